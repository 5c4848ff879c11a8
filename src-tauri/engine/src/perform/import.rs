//! `docker import`

use serde::Deserialize;
use slipway_action::Import;

use crate::call::Call;
use crate::model::Outcome;
use crate::perform::pull::unproven;
use crate::perform::{Job, archive, create, invalid};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;
use crate::stream::Objects;

#[derive(Debug, Deserialize)]
struct Message {
    status: Option<String>,
    error: Option<String>,
}

pub(super) async fn import(job: Job<'_>, verb: &Import) -> Result<Outcome, Problem> {
    if verb.source == "-" {
        return Err(invalid(
            "Say from which file, or from which address, the files are to be imported.",
        ));
    }
    match imported(job, verb).await {
        Ok(id) => Ok(Outcome {
            done: vec![verb.image.clone().unwrap_or_else(|| id.clone())],
            id: Some(id),
            ..Outcome::default()
        }),
        Err(failure) => Err(job.problem(failure, Subject::Engine, None).await),
    }
}

/// It is done when the engine has told the new image's id.
async fn imported(job: Job<'_>, verb: &Import) -> Result<String, Failure> {
    let address = verb.source.starts_with("http://") || verb.source.starts_with("https://");
    let from = if address { verb.source.as_str() } else { "-" };
    let mut call = Call::post("/images/create")
        .with("fromSrc", from)
        .with_some("repo", verb.image.as_deref())
        .with_some("message", verb.message.as_deref())
        .with_some("platform", create::platform(verb.platform.as_deref()));
    for change in &verb.change {
        call = call.with("changes", change);
    }
    let answer = if address {
        call.send(job.engine).await?
    } else {
        archive::send(job, call, &verb.source).await?
    };
    let mut messages = Objects::of(answer);
    let mut id = None;
    while let Some(message) = messages.next::<Message>().await {
        let message = message?;
        if let Some(error) = message.error.filter(|error| !error.is_empty()) {
            return Err(Failure::Said(error));
        }
        id = message
            .status
            .filter(|status| status.starts_with("sha256:"))
            .or(id);
    }
    id.ok_or_else(unproven)
}
