//! `docker commit`

use serde::Deserialize;
use slipway_action::Commit;
use slipway_action::reference::Reference;

use crate::call::Call;
use crate::model::Outcome;
use crate::perform::{Job, invalid};
use crate::problem::Problem;
use crate::problem::explain::Subject;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Made {
    id: String,
}

pub(super) async fn commit(job: Job<'_>, verb: &Commit) -> Result<Outcome, Problem> {
    let target = verb.image.as_deref().map(Reference::parse).transpose();
    let target = target.map_err(|error| invalid(&error.to_string()))?;
    let mut call = Call::post("/commit")
        .with("container", &verb.container)
        .with_some("repo", target.as_ref().map(Reference::familiar_name))
        .with_some("tag", target.as_ref().and_then(Reference::tag_or_latest))
        .with_some("comment", verb.message.as_deref())
        .with_some("author", verb.author.as_deref());
    for change in &verb.change {
        call = call.with("changes", change);
    }
    if verb.pause == Some(false) {
        call = call.with("pause", 0);
    }
    let answer = call.read::<Made>(job.engine).await;
    let made = job
        .answer(answer, Subject::Container(&verb.container))
        .await?;
    Ok(Outcome {
        done: vec![verb.image.clone().unwrap_or_else(|| made.id.clone())],
        id: Some(made.id),
        ..Outcome::default()
    })
}
