//! `docker pause`

use slipway_action::Pause;

use crate::call::{Call, container};
use crate::model::Outcome;
use crate::perform::{Job, targets};
use crate::problem::Problem;
use crate::problem::explain::Subject;

pub(super) async fn pause(job: Job<'_>, verb: &Pause) -> Result<Outcome, Problem> {
    targets::each(
        job,
        &verb.containers,
        Subject::Container,
        |name| async move {
            Call::post(container(name, "/pause")?)
                .send(job.engine)
                .await?;
            Ok(Vec::new())
        },
    )
    .await
}
