//! `docker unpause`

use slipway_action::Unpause;

use crate::model::Outcome;
use crate::perform::{Job, targets};
use crate::problem::Problem;

pub(super) async fn unpause(job: Job<'_>, verb: &Unpause) -> Result<Outcome, Problem> {
    targets::containers(job, &verb.containers, |docker, name| async move {
        docker.unpause_container(name.as_str()).await
    })
    .await
}
