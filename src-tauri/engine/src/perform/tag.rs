//! `docker tag`

use slipway_action::Tag;
use slipway_action::reference::Reference;

use crate::call::{Call, image};
use crate::model::Outcome;
use crate::perform::{Job, invalid};
use crate::problem::Problem;
use crate::problem::explain::Subject;

pub(super) async fn tag(job: Job<'_>, verb: &Tag) -> Result<Outcome, Problem> {
    let target = Reference::parse(&verb.target).map_err(|error| invalid(&error.to_string()))?;
    let asked = async {
        let call = Call::post(image(&verb.source, "/tag")?)
            .with("repo", format!("{}/{}", target.domain(), target.path()))
            .with_some("tag", target.tag_or_latest());
        call.send(job.engine).await
    };
    job.answer(asked.await, Subject::Image(&verb.source))
        .await?;
    Ok(Outcome {
        done: vec![verb.target.clone()],
        ..Outcome::default()
    })
}
