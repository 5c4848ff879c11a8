//! `docker container inspect`

use slipway_action::InspectContainer;

use crate::call::{Call, container};
use crate::model::Outcome;
use crate::perform::{Job, indent, targets};
use crate::problem::Problem;
use crate::problem::explain::Subject;

pub(super) async fn inspect(job: Job<'_>, verb: &InspectContainer) -> Result<Outcome, Problem> {
    let found = indent::Found::default();
    let outcome = targets::each(job, &verb.containers, Subject::Container, |name| {
        let found = &found;
        async move {
            let call = Call::get(container(name, "/json")?).with_flag("size", verb.size);
            found.add(name, call.read(job.engine).await?);
            Ok(Vec::new())
        }
    })
    .await;
    let found = found.finish(&verb.containers);
    match outcome {
        Ok(_) => Ok(found),
        Err(problem) => {
            job.report.outcome(found);
            Err(problem)
        }
    }
}
