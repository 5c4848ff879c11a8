//! `docker restart`

use bollard::query_parameters::RestartContainerOptions;
use slipway_action::Restart;

use crate::model::Outcome;
use crate::perform::{Job, SIGNAL_SINCE, targets, too_old};
use crate::problem::Problem;

pub(super) async fn restart(job: Job<'_>, verb: &Restart) -> Result<Outcome, Problem> {
    if verb.signal.is_some()
        && let Some(problem) = too_old(job.engine, SIGNAL_SINCE, "--signal")
    {
        return Err(problem);
    }
    targets::containers(job, &verb.containers, |docker, name| async move {
        let options = RestartContainerOptions {
            signal: verb.signal.clone(),
            t: verb.timeout,
        };
        docker.restart_container(name.as_str(), Some(options)).await
    })
    .await
}
