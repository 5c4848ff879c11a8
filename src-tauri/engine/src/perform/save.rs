//! `docker save`

use slipway_action::Save;

use crate::call::{Call, image_name};
use crate::model::Outcome;
use crate::perform::{Job, archive, invalid};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;

pub(super) async fn save(job: Job<'_>, verb: &Save) -> Result<Outcome, Problem> {
    let Some(output) = verb.output.as_deref() else {
        return Err(invalid(
            "Say into which file the images are to be saved (--output).",
        ));
    };
    let saved = async {
        let mut call = Call::get("/images/get");
        for name in &verb.images {
            call = call.with("names", image_name(name)?);
        }
        archive::receive(job, call, output).await
    };
    let saved: Result<(), Failure> = saved.await;
    match saved {
        Ok(()) => Ok(Outcome {
            done: verb.images.clone(),
            ..Outcome::default()
        }),
        Err(failure) => {
            let first = verb.images.first().map(String::as_str).unwrap_or_default();
            Err(job.problem(failure, Subject::Image(first), None).await)
        }
    }
}
