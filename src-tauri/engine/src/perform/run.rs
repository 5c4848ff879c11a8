//! `docker run`

use slipway_action::Run;

use crate::model::{Outcome, Progress};
use crate::perform::body::Plan;
use crate::perform::{Job, create, foreground, start};
use crate::problem::Problem;
use crate::problem::explain::Subject;

pub(super) async fn run(job: Job<'_>, verb: &Run) -> Result<Outcome, Problem> {
    let plan = Plan {
        folder: job.folder,
        options: &verb.options,
        image: &verb.image,
        command: &verb.command,
        detached: verb.detach,
    };
    let made = create::make(job, &plan).await?;
    let id = made.id;
    let outcome = Outcome {
        id: Some(id.clone()),
        name: made.name,
        done: vec![id.clone()],
        warnings: made.warnings,
        ..Outcome::default()
    };
    job.report.progress(Progress::default());
    job.report.outcome(outcome.clone());
    let ended = if verb.detach {
        start::one(job, &id).await.map(|_| None)
    } else {
        foreground::start(job, &id, verb.options.tty, verb.options.rm)
            .await
            .map(Some)
    };
    match ended {
        Ok(exit_code) => Ok(Outcome {
            exit_code,
            ..outcome
        }),
        // The container stays, as it does after the docker command.
        Err(failure) => {
            let subject = Subject::NewContainer { image: &verb.image };
            Err(job.problem(failure, subject, Some(&id)).await)
        }
    }
}
