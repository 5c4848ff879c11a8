//! `docker unpause`

use slipway_action::Unpause;

use crate::call::{Call, container};
use crate::model::Outcome;
use crate::perform::{Job, targets};
use crate::problem::Problem;
use crate::problem::explain::Subject;

pub(super) async fn unpause(job: Job<'_>, verb: &Unpause) -> Result<Outcome, Problem> {
    targets::each(
        job,
        &verb.containers,
        Subject::Container,
        |name| async move {
            Call::post(container(name, "/unpause")?)
                .send(job.engine)
                .await?;
            Ok(Vec::new())
        },
    )
    .await
}
