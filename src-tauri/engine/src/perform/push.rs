//! `docker push`

use slipway_action::Push;
use slipway_action::reference::Reference;

use crate::call::{Call, image};
use crate::model::Outcome;
use crate::perform::pull::{follow, unproven};
use crate::perform::{Job, invalid};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;
use crate::registry;

pub(super) async fn push(job: Job<'_>, verb: &Push) -> Result<Outcome, Problem> {
    let reference = Reference::parse(&verb.image).map_err(|error| invalid(&error.to_string()))?;
    match pushed(job, verb, &reference).await {
        Ok(digests) => Ok(Outcome {
            done: vec![verb.image.clone()],
            text: Some(digests.join("\n")),
            ..Outcome::default()
        }),
        Err(failure) => {
            // Without a status it is the engine that has no such image; else the registry refuses.
            let subject = match failure.status() {
                Some(404) => Subject::Image(&verb.image),
                Some(_) | None => Subject::Upload(&verb.image),
            };
            Err(job.problem(failure, subject, None).await)
        }
    }
}

/// It is done when the engine has told the digest by which the registry now knows the image.
async fn pushed(job: Job<'_>, verb: &Push, reference: &Reference) -> Result<Vec<String>, Failure> {
    let name = reference.familiar_name();
    let tag = (!verb.all_tags)
        .then(|| reference.tag_or_latest())
        .flatten();
    let login = registry::login(job.engine, reference.domain()).await;
    let call = Call::post(image(&name, "/push")?)
        .with_some("tag", tag)
        .login(&login.unwrap_or_else(registry::nobody));
    let mut layers = follow(job, call).await?;
    let digests = layers.take_digests();
    if digests.is_empty() {
        return Err(unproven());
    }
    layers.complete();
    job.report.progress(layers.progress().clone());
    Ok(digests)
}
