//! `docker image inspect`

use slipway_action::InspectImage;

use crate::call::{Call, image};
use crate::model::Outcome;
use crate::perform::{Job, indent, targets};
use crate::problem::Problem;
use crate::problem::explain::Subject;

pub(super) async fn inspect(job: Job<'_>, verb: &InspectImage) -> Result<Outcome, Problem> {
    let found = indent::Found::default();
    let outcome = targets::each(job, &verb.images, Subject::Image, |name| {
        let found = &found;
        async move {
            found.add(
                name,
                Call::get(image(name, "/json")?).read(job.engine).await?,
            );
            Ok(Vec::new())
        }
    })
    .await;
    let found = found.finish(&verb.images);
    match outcome {
        Ok(_) => Ok(found),
        Err(problem) => {
            job.report.outcome(found);
            Err(problem)
        }
    }
}
