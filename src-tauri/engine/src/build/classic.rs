//! Builds with a classic builder: Docker's, or Podman's. The folder goes up as one tar file, and the
//! engine does one step after the other.

mod parameters;
mod plan;
mod reader;
mod words;

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Empty};
use hyper::body::Incoming;
use serde::Deserialize;
use slipway_action::Build;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use plan::Plan;
use reader::{Reader, SaidError};
use words::Message;

use crate::build::dockerfile::Dockerfile;
use crate::build::steps::Steps;
use crate::build::{Sent, Told};
use crate::call::{Call, image};
use crate::capability;
use crate::connect::Engine;
use crate::problem::failure::Failure;
use crate::registry;
use crate::stream::{Objects, StreamError};
use crate::transport::RequestError;

/// How often is told how much was sent.
const TELL_EVERY: Duration = Duration::from_millis(200);

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A body that is sent piece by piece.
pub(crate) type Upload = UnsyncBoxBody<Bytes, BoxError>;

/// What a build is made from.
pub(crate) enum Source {
    /// A folder of this computer.
    Folder {
        /// Its tar file.
        tar: Upload,
        /// The Dockerfile's name in it.
        dockerfile: String,
        /// How much of it was sent by now.
        sent: Box<dyn Fn() -> Sent + Send + Sync>,
    },
    /// An address that the engine fetches itself.
    Remote {
        /// The address.
        url: String,
        /// The Dockerfile's path there.
        dockerfile: Option<String>,
    },
}

/// What is to be built.
pub(crate) struct Request<'a> {
    pub engine: &'a Engine,
    pub verb: &'a Build,
    /// The variables; one without a value is left to the Dockerfile.
    pub arguments: BTreeMap<String, Option<String>>,
    /// The Dockerfile, where it is known.
    pub dockerfile: Option<&'a Dockerfile>,
}

/// Why a build came to nothing.
#[derive(Debug)]
pub(crate) enum ClassicError {
    /// The request or its answer failed.
    Engine(Failure),
    /// The builder said that it failed.
    Said {
        /// Its words.
        message: String,
        /// With which code the step's program ended.
        code: Option<i64>,
    },
}

impl<E: Into<Failure>> From<E> for ClassicError {
    fn from(error: E) -> Self {
        Self::Engine(error.into())
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inspected {
    id: String,
}

/// Builds, and answers with the id of an image that an inspect has found.
pub(crate) async fn build(
    request: Request<'_>,
    source: Source,
    steps: &Steps<'_>,
) -> Result<String, ClassicError> {
    let Request {
        engine,
        verb,
        arguments,
        dockerfile,
    } = request;
    let builder = capability::builder(engine.facts());
    let call = parameters::call(verb, builder, &arguments)
        .map_err(|invalid| Failure::Said(invalid.to_string()))?
        .logins(registry::logins(engine).await);
    let sends = matches!(source, Source::Folder { .. });
    let plan = Plan::of(dockerfile, verb.target.as_deref(), builder, sends);
    let tell = |told: Told<'_>| steps.told(told);
    let mut reader = Reader::begin(&tell, builder, verb.output.squash, plan);
    let answer = match send(engine, call, source, steps, &mut reader).await {
        Ok(answer) => answer,
        Err(error) => {
            refused(&mut reader, &error);
            return Err(error.into());
        }
    };
    let mut messages = Objects::of(answer);
    let mut trouble: Option<StreamError> = None;
    while let Some(message) = messages.next::<Message>().await {
        match message {
            Ok(message) => {
                if let Err(SaidError { message, code }) = reader.take(message) {
                    return Err(ClassicError::Said { message, code });
                }
            }
            Err(error) => trouble = Some(error),
        }
    }
    if let Some(error) = trouble {
        reader.fail(&error.to_string());
        return Err(error.into());
    }
    match proven(engine, verb, reader.built()).await {
        Ok(id) => {
            reader.finish();
            Ok(id)
        }
        Err(failure) => {
            reader.fail(&failure.to_string());
            Err(failure.into())
        }
    }
}

/// The builder must have named the image, and the engine must have it, under each of its names.
async fn proven(engine: &Engine, verb: &Build, built: Option<&str>) -> Result<String, Failure> {
    let id = built.ok_or_else(unproven)?;
    let found = inspected(engine, id).await?;
    for tag in &verb.tag {
        if inspected(engine, tag).await? != found {
            return Err(unproven());
        }
    }
    Ok(found)
}

async fn inspected(engine: &Engine, name: &str) -> Result<String, Failure> {
    match Call::get(image(name, "/json")?)
        .read::<Inspected>(engine)
        .await
    {
        Ok(found) => Ok(found.id),
        Err(RequestError::Status { status: 404, .. }) => Err(unproven()),
        Err(error) => Err(error.into()),
    }
}

/// The engine has not said that it is done.
fn unproven() -> Failure {
    let cut_short = "the engine stopped sending before it said that the image is built";
    Failure::Stream(StreamError::Broken(cut_short.into()))
}

/// Sends what is to be built, and answers with the head of the response.
async fn send(
    engine: &Engine,
    call: Call,
    source: Source,
    steps: &Steps<'_>,
    reader: &mut Reader<'_>,
) -> Result<Response<Incoming>, RequestError> {
    let (call, tar, sent) = match source {
        Source::Folder {
            tar,
            dockerfile,
            sent,
        } => (call.with("dockerfile", dockerfile), tar, Some(sent)),
        Source::Remote { url, dockerfile } => {
            let call = call.with("remote", url).with_some("dockerfile", dockerfile);
            let nothing = Empty::new().map_err(|never| match never {});
            (call, nothing.boxed_unsync(), None)
        }
    };
    let sending = call.send_body(engine, "application/x-tar", tar);
    let Some(sent) = sent else {
        return sending.await;
    };
    tokio::pin!(sending);
    let mut tick = interval_at(Instant::now(), TELL_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = None;
    loop {
        let answer = tokio::select! {
            biased;
            answer = &mut sending => Some(answer),
            _ = tick.tick() => None,
        };
        let now = sent();
        if told != Some(now) {
            told = Some(now);
            steps.told(Told::Sent(now));
            reader.sent(now.bytes, now.done);
        }
        if let Some(answer) = answer {
            return answer;
        }
    }
}

/// The engine did not begin: where it says which line it cannot read, that step has failed.
fn refused(reader: &mut Reader<'_>, error: &RequestError) {
    let text = error.to_string();
    match bad_line(&text) {
        Some(line) if error.status().is_some() => reader.fail_at(line, &text),
        Some(_) | None => reader.fail(&text),
    }
}

/// The line that a parse error names: `dockerfile parse error line 2: …`, since Docker 24 `… on line 2: …`.
pub(crate) fn bad_line(text: &str) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    let rest = lower.split_once("dockerfile parse error")?.1;
    let rest = rest.split_once("line ")?.1;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
