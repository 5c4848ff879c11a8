//! `docker stop`

use slipway_action::Stop;

use crate::call::{Call, container};
use crate::model::Outcome;
use crate::perform::{Job, SIGNAL_SINCE, targets, too_old};
use crate::problem::Problem;
use crate::problem::explain::Subject;

pub(super) async fn stop(job: Job<'_>, verb: &Stop) -> Result<Outcome, Problem> {
    if verb.signal.is_some()
        && let Some(problem) = too_old(job.engine, SIGNAL_SINCE, "--signal")
    {
        return Err(problem);
    }
    targets::each(
        job,
        &verb.containers,
        Subject::Container,
        |name| async move {
            let call = Call::post(container(name, "/stop")?)
                .with_some("t", verb.timeout)
                .with_some("signal", verb.signal.as_deref());
            call.send(job.engine).await?;
            Ok(Vec::new())
        },
    )
    .await
}
