//! `docker export`

use slipway_action::Export;

use crate::call::{Call, container};
use crate::model::Outcome;
use crate::perform::{Job, archive, invalid};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;

pub(super) async fn export(job: Job<'_>, verb: &Export) -> Result<Outcome, Problem> {
    let Some(output) = verb.output.as_deref() else {
        return Err(invalid(
            "Say into which file the container’s files are to be exported (--output).",
        ));
    };
    let exported = async {
        let call = Call::get(container(&verb.container, "/export")?);
        archive::receive(job, call, output).await
    };
    let exported: Result<(), Failure> = exported.await;
    match exported {
        Ok(()) => Ok(Outcome {
            done: vec![verb.container.clone()],
            ..Outcome::default()
        }),
        Err(failure) => Err(job
            .problem(failure, Subject::Container(&verb.container), None)
            .await),
    }
}
