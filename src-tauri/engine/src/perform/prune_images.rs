//! `docker image prune`

use bollard::query_parameters::PruneImagesOptions;
use slipway_action::PruneImages;
use slipway_action::policy::Filter;

use crate::model::Outcome;
use crate::perform::remove_image::names;
use crate::perform::{Job, invalid, prune};
use crate::problem::Problem;
use crate::problem::explain::Subject;

pub(super) async fn prune(job: Job<'_>, verb: &PruneImages) -> Result<Outcome, Problem> {
    let filters = prune::filters(&verb.filter, Filter::for_images);
    let mut filters = filters.map_err(|error| invalid(&error.to_string()))?;
    let dangling = if verb.all { "false" } else { "true" };
    // Added to one that was asked for, as docker's command line does.
    let danglings = filters.entry("dangling".to_owned()).or_default();
    danglings.push(dangling.to_owned());
    let filters = Some(filters);
    let options = PruneImagesOptions { filters };
    match job.engine.docker().prune_images(Some(options)).await {
        Ok(pruned) => Ok(Outcome {
            removed: names(pruned.images_deleted.unwrap_or_default()),
            reclaimed: prune::reclaimed(pruned.space_reclaimed),
            ..Outcome::default()
        }),
        Err(error) => Err(job.problem(error.into(), Subject::Engine, None).await),
    }
}
