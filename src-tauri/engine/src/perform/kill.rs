//! `docker kill`

use slipway_action::Kill;

use crate::call::{Call, container};
use crate::model::Outcome;
use crate::perform::{Job, targets};
use crate::problem::Problem;
use crate::problem::explain::Subject;

pub(super) async fn kill(job: Job<'_>, verb: &Kill) -> Result<Outcome, Problem> {
    targets::each(
        job,
        &verb.containers,
        Subject::Container,
        |name| async move {
            let call = Call::post(container(name, "/kill")?);
            call.with_some("signal", verb.signal.as_deref())
                .send(job.engine)
                .await?;
            Ok(Vec::new())
        },
    )
    .await
}
