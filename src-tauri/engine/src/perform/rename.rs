//! `docker rename`

use slipway_action::Rename;

use crate::call::{Call, container};
use crate::model::Outcome;
use crate::perform::Job;
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;

pub(super) async fn rename(job: Job<'_>, verb: &Rename) -> Result<Outcome, Problem> {
    let renamed = async {
        let call = Call::post(container(&verb.container, "/rename")?);
        call.with("name", &verb.new_name).send(job.engine).await?;
        Ok::<(), Failure>(())
    };
    match renamed.await {
        Ok(()) => Ok(Outcome {
            done: vec![verb.new_name.clone()],
            ..Outcome::default()
        }),
        Err(failure) => Err(job
            .problem(failure, Subject::Container(&verb.container), None)
            .await),
    }
}
