//! `docker image prune`

use serde::Deserialize;
use slipway_action::PruneImages;
use slipway_action::policy::Filter;

use crate::call::Call;
use crate::model::Outcome;
use crate::perform::remove_image::{Removed, names};
use crate::perform::{Job, invalid, prune};
use crate::problem::Problem;
use crate::problem::explain::Subject;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Pruned {
    images_deleted: Option<Vec<Removed>>,
    space_reclaimed: Option<u64>,
}

pub(super) async fn prune(job: Job<'_>, verb: &PruneImages) -> Result<Outcome, Problem> {
    let dangling = if verb.all { "false" } else { "true" };
    let filters = prune::query(
        &verb.filter,
        Filter::for_images,
        Some(("dangling", dangling)),
    );
    let filters = filters.map_err(|error| invalid(&error.to_string()))?;
    let call = Call::post("/images/prune").with("filters", filters);
    match call.read::<Pruned>(job.engine).await {
        Ok(pruned) => Ok(Outcome {
            removed: names(pruned.images_deleted),
            reclaimed: Some(pruned.space_reclaimed.unwrap_or_default()),
            ..Outcome::default()
        }),
        Err(error) => Err(job.problem(error.into(), Subject::Engine, None).await),
    }
}
