//! `docker pause`

use slipway_action::Pause;

use crate::model::Outcome;
use crate::perform::{Job, targets};
use crate::problem::Problem;

pub(super) async fn pause(job: Job<'_>, verb: &Pause) -> Result<Outcome, Problem> {
    targets::containers(job, &verb.containers, |docker, name| async move {
        docker.pause_container(name.as_str()).await
    })
    .await
}
