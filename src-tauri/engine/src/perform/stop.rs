//! `docker stop`

use bollard::query_parameters::StopContainerOptions;
use slipway_action::Stop;

use crate::model::Outcome;
use crate::perform::{Job, SIGNAL_SINCE, targets, too_old};
use crate::problem::Problem;

pub(super) async fn stop(job: Job<'_>, verb: &Stop) -> Result<Outcome, Problem> {
    if verb.signal.is_some()
        && let Some(problem) = too_old(job.engine, SIGNAL_SINCE, "--signal")
    {
        return Err(problem);
    }
    targets::containers(job, &verb.containers, |docker, name| async move {
        let options = StopContainerOptions {
            signal: verb.signal.clone(),
            t: verb.timeout,
        };
        docker.stop_container(name.as_str(), Some(options)).await
    })
    .await
}
