//! `docker container prune`

use bollard::query_parameters::PruneContainersOptions;
use slipway_action::PruneContainers;
use slipway_action::policy::Filter;

use crate::model::Outcome;
use crate::perform::{Job, invalid, prune};
use crate::problem::Problem;
use crate::problem::explain::Subject;

pub(super) async fn prune(job: Job<'_>, verb: &PruneContainers) -> Result<Outcome, Problem> {
    let filters = prune::filters(&verb.filter, Filter::for_containers);
    let filters = Some(filters.map_err(|error| invalid(&error.to_string()))?);
    let options = PruneContainersOptions { filters };
    match job.engine.docker().prune_containers(Some(options)).await {
        Ok(pruned) => Ok(Outcome {
            removed: pruned.containers_deleted.unwrap_or_default(),
            reclaimed: prune::reclaimed(pruned.space_reclaimed),
            ..Outcome::default()
        }),
        Err(error) => Err(job.problem(error.into(), Subject::Engine, None).await),
    }
}
