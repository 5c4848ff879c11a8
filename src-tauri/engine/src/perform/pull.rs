//! `docker pull`, and the download that `docker run` and `docker create` may begin with.

use std::time::Duration;

use serde::Deserialize;
use serde::de::IgnoredAny;
use slipway_action::Pull;
use slipway_action::reference::Reference;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::call::{Call, filters, image};
use crate::model::Outcome;
use crate::perform::layers::{Layers, Message};
use crate::perform::{Job, create, invalid};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;
use crate::registry;
use crate::stream::Objects;
use crate::transport::RequestError;

/// How often progress is told at most.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// What is to be downloaded.
pub(super) struct Wanted<'a> {
    /// A reference.
    pub image: &'a str,
    /// For another kind of computer than the engine's.
    pub platform: Option<String>,
    /// Every tag of the repository.
    pub all_tags: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inspected {
    id: String,
}

pub(super) async fn pull(job: Job<'_>, verb: &Pull) -> Result<Outcome, Problem> {
    let wanted = Wanted {
        image: &verb.image,
        platform: create::platform(verb.platform.as_deref()),
        all_tags: verb.all_tags,
    };
    let Downloaded { id, warnings } = download(job, &wanted).await?;
    let done = vec![verb.image.clone()];
    Ok(Outcome {
        id,
        done,
        warnings,
        ..Outcome::default()
    })
}

/// What a download has led to.
pub(super) struct Downloaded {
    /// The image's id, where it is one image.
    id: Option<String>,
    warnings: Vec<String>,
}

/// Downloads an image, or all images of a repository.
pub(super) async fn download(job: Job<'_>, wanted: &Wanted<'_>) -> Result<Downloaded, Problem> {
    let reference = Reference::parse(wanted.image).map_err(|error| invalid(&error.to_string()))?;
    match proven(job, wanted, &reference).await {
        Ok(downloaded) => Ok(downloaded),
        Err(failure) => Err(job
            .problem(failure, Subject::Download(wanted.image), None)
            .await),
    }
}

/// The end of the stream is no proof: the engine must have said that it is done, and have the image.
async fn proven(
    job: Job<'_>,
    wanted: &Wanted<'_>,
    reference: &Reference,
) -> Result<Downloaded, Failure> {
    let mut layers = followed(job, wanted, reference).await?;
    let id = if wanted.all_tags {
        let filters = filters([("reference", reference.familiar_name().as_str())]);
        let found: Vec<IgnoredAny> = Call::get("/images/json")
            .with("filters", filters)
            .read(job.engine)
            .await?;
        if found.is_empty() || !layers.has_closed() {
            return Err(unproven());
        }
        None
    } else {
        let path = image(&reference.familiar(), "/json")?;
        let found: Inspected = match Call::get(path).read(job.engine).await {
            Ok(found) => found,
            Err(RequestError::Status { status: 404, .. }) => return Err(unproven()),
            Err(error) => return Err(error.into()),
        };
        if !layers.says_complete(&found.id) {
            return Err(unproven());
        }
        Some(found.id)
    };
    layers.complete();
    job.report.progress(layers.progress().clone());
    Ok(Downloaded {
        id,
        warnings: layers.into_warnings(),
    })
}

/// The engine has not said that it is done.
pub(super) fn unproven() -> Failure {
    let cut_short = "the engine stopped sending before it said that it is done";
    Failure::Stream(crate::stream::StreamError::Broken(cut_short.into()))
}

async fn followed(
    job: Job<'_>,
    wanted: &Wanted<'_>,
    reference: &Reference,
) -> Result<Layers, Failure> {
    let tag = match (wanted.all_tags, reference.digest()) {
        (true, _) => None,
        (false, Some(digest)) => Some(digest),
        (false, None) => reference.tag_or_latest(),
    };
    let call = Call::post("/images/create")
        .with(
            "fromImage",
            format!("{}/{}", reference.domain(), reference.path()),
        )
        .with_some("tag", tag)
        .with_some("platform", wanted.platform.as_deref());
    let login = registry::login(job.engine, reference.domain()).await;
    let call = match login {
        Some(login) => call.login(&login),
        None => call,
    };
    follow(job, call).await
}

/// Follows what an engine says of a transfer until it stops, and tells the job's report of it.
pub(super) async fn follow(job: Job<'_>, call: Call) -> Result<Layers, Failure> {
    let mut messages = Objects::of(call.send(job.engine).await?);
    let mut layers = Layers::default();
    let mut tick = interval_at(Instant::now(), TELL_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut untold = false;
    loop {
        tokio::select! {
            biased;
            _ = tick.tick(), if untold => {
                untold = false;
                job.report.progress(layers.progress().clone());
            }
            message = messages.next::<Message>() => match message {
                None => return Ok(layers),
                Some(message) => {
                    layers.take(message?).map_err(Failure::Said)?;
                    untold = true;
                }
            },
        }
    }
}
