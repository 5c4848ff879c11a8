//! `docker load`

use serde::Deserialize;
use slipway_action::Load;

use crate::call::Call;
use crate::model::Outcome;
use crate::perform::pull::unproven;
use crate::perform::{Job, archive, invalid};
use crate::problem::Problem;
use crate::problem::explain::{Subject, cleaned_line};
use crate::problem::failure::Failure;
use crate::stream::Objects;

#[derive(Debug, Deserialize)]
struct Message {
    stream: Option<String>,
    error: Option<String>,
}

pub(super) async fn load(job: Job<'_>, verb: &Load) -> Result<Outcome, Problem> {
    let Some(input) = verb.input.as_deref() else {
        return Err(invalid(
            "Say from which file the images are to be loaded (--input).",
        ));
    };
    match loaded(job, input).await {
        Ok(names) => Ok(Outcome {
            done: names,
            ..Outcome::default()
        }),
        Err(failure) => Err(job.problem(failure, Subject::Engine, None).await),
    }
}

/// It is done when the engine has named what it loaded.
async fn loaded(job: Job<'_>, input: &str) -> Result<Vec<String>, Failure> {
    let call = Call::post("/images/load").with("quiet", 1);
    let mut messages = Objects::of(archive::send(job, call, input).await?);
    let mut said = String::new();
    while let Some(message) = messages.next::<Message>().await {
        let message = message?;
        if let Some(error) = message.error.filter(|error| !error.is_empty()) {
            return Err(Failure::Said(error));
        }
        said.push_str(&message.stream.unwrap_or_default());
        said.push('\n');
    }
    let names: Vec<String> = said.lines().filter_map(name).collect();
    if names.is_empty() {
        return Err(unproven());
    }
    Ok(names)
}

/// `Loaded image: busy:latest`, or `Loaded image ID: sha256:…` of one without a name; Podman names several
/// on one line.
fn name(line: &str) -> Option<String> {
    let rest = line
        .strip_prefix("Loaded image: ")
        .or_else(|| line.strip_prefix("Loaded image ID: "))
        .or_else(|| line.strip_prefix("Loaded image(s): "))?;
    Some(cleaned_line(rest.trim()))
}
