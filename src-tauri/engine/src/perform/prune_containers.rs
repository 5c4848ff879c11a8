//! `docker container prune`

use serde::Deserialize;
use slipway_action::PruneContainers;
use slipway_action::policy::Filter;

use crate::call::Call;
use crate::model::Outcome;
use crate::perform::{Job, invalid, prune};
use crate::problem::Problem;
use crate::problem::explain::Subject;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Pruned {
    containers_deleted: Option<Vec<String>>,
    space_reclaimed: Option<u64>,
}

pub(super) async fn prune(job: Job<'_>, verb: &PruneContainers) -> Result<Outcome, Problem> {
    let filters = prune::query(&verb.filter, Filter::for_containers, None);
    let filters = filters.map_err(|error| invalid(&error.to_string()))?;
    let call = Call::post("/containers/prune").with("filters", filters);
    match call.read::<Pruned>(job.engine).await {
        Ok(pruned) => Ok(Outcome {
            removed: pruned.containers_deleted.unwrap_or_default(),
            reclaimed: Some(pruned.space_reclaimed.unwrap_or_default()),
            ..Outcome::default()
        }),
        Err(error) => Err(job.problem(error.into(), Subject::Engine, None).await),
    }
}
