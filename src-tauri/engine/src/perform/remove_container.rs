//! `docker rm`

use bollard::query_parameters::RemoveContainerOptions;
use slipway_action::RemoveContainer;

use crate::call::container_name;
use crate::model::Outcome;
use crate::perform::{Job, targets};
use crate::problem::Problem;
use crate::problem::explain::{Subject, said};
use crate::problem::failure::Failure;
use crate::problem::words::Said;

pub(super) async fn remove(job: Job<'_>, verb: &RemoveContainer) -> Result<Outcome, Problem> {
    targets::each(
        job,
        &verb.containers,
        Subject::Container,
        |name| async move {
            let segment = container_name(name)?;
            let options = RemoveContainerOptions {
                v: verb.volumes,
                force: verb.force,
                link: verb.link,
            };
            let docker = job.engine.docker();
            let removed = docker.remove_container(segment.as_str(), Some(options));
            match removed.await {
                Ok(()) => Ok(vec![name.to_owned()]),
                Err(error) => gone_anyway(error.into(), name, verb.force),
            }
        },
    )
    .await
}

/// Another client may have removed it, or be about to. Docker minds a container that isn't there only
/// where it was not told to use force.
fn gone_anyway(failure: Failure, name: &str, force: bool) -> Result<Vec<String>, Failure> {
    let being_removed = said(&failure, Subject::Container(name)) == Some(Said::BeingRemoved);
    if being_removed || (force && failure.status() == Some(404)) {
        Ok(Vec::new())
    } else {
        Err(failure)
    }
}
