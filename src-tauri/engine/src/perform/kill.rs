//! `docker kill`

use bollard::query_parameters::KillContainerOptions;
use slipway_action::Kill;

use crate::model::Outcome;
use crate::perform::{Job, targets};
use crate::problem::Problem;

pub(super) async fn kill(job: Job<'_>, verb: &Kill) -> Result<Outcome, Problem> {
    targets::containers(job, &verb.containers, |docker, name| async move {
        let signal = verb.signal.clone();
        let options = signal.map(|signal| KillContainerOptions { signal });
        docker.kill_container(name.as_str(), options).await
    })
    .await
}
