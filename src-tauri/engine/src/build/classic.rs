//! Builds with a classic builder: Docker's, or Podman's. The folder goes up as one tar file, and the
//! engine does one step after the other.

mod parameters;
mod plan;
mod reader;
mod words;

use std::collections::BTreeMap;
use std::time::Duration;

use http::Response;
use http_body_util::Empty;
use hyper::body::Incoming;
use serde_json::json;
use slipway_action::Build;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use plan::Plan;
use reader::{Reader, SaidError};
use words::Message;

use crate::build::context::{ContextError, ContextTar};
use crate::build::dockerfile::Dockerfile;
use crate::build::steps::Steps;
use crate::build::{BuildError, Told};
use crate::build::{proof, why};
use crate::call::Call;
use crate::capability;
use crate::connect::Engine;
use crate::problem::failure::Failure;
use crate::registry;
use crate::stream::{Objects, StreamError};
use crate::transport::RequestError;

/// How often is told how much was sent.
const TELL_EVERY: Duration = Duration::from_millis(200);

/// What a build is made from.
pub(crate) enum Source {
    /// A folder of this computer.
    Folder(ContextTar),
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
    /// The secrets that are sent with the folder, each as `id=name,src=file`.
    pub secrets: Vec<String>,
    /// The Dockerfile, where it is known.
    pub dockerfile: Option<&'a Dockerfile>,
}

/// Builds, and answers with the id of an image that an inspect has found.
pub(crate) async fn build(
    request: Request<'_>,
    source: Source,
    steps: &Steps<'_>,
) -> Result<String, BuildError> {
    let Request {
        engine,
        verb,
        arguments,
        secrets,
        dockerfile,
    } = request;
    let builder = capability::builder(engine.facts());
    let call = parameters::call(verb, builder, &arguments)
        .map_err(|invalid| Failure::Said(invalid.to_string()))?
        .with_some("secrets", (!secrets.is_empty()).then(|| json!(secrets)))
        .logins(registry::logins(engine).await);
    let sending = match &source {
        Source::Folder(tar) => Some(tar.sending.clone()),
        Source::Remote { .. } => None,
    };
    let plan = Plan::of(
        dockerfile,
        verb.target.as_deref(),
        builder,
        sending.is_some(),
    );
    let tell = |told: Told<'_>| steps.told(told);
    let mut reader = Reader::begin(&tell, builder, verb.output.squash, plan);
    let sent = send(engine, call, source, steps, &mut reader).await;
    // What could not be read here is why the engine complains, whatever its complaint is.
    // A reading that nobody listens to any more ended because the connection did, and that one knows why.
    let unread = sending
        .and_then(|sending| sending.borrow().failed.clone())
        .filter(|error| *error != ContextError::Stopped);
    if let Some(error) = unread {
        reader.fail(&error.to_string());
        return Err(BuildError::Context(error));
    }
    let answer = match sent {
        Ok(answer) => answer,
        Err(error) => {
            match error.status() {
                Some(_) => refused(&mut reader, &error.to_string(), dockerfile),
                None => reader.fail(&error.to_string()),
            }
            return Err(error.into());
        }
    };
    let mut messages = Objects::of(answer);
    let mut trouble: Option<StreamError> = None;
    while let Some(message) = messages.next::<Message>().await {
        match message {
            Ok(message) => {
                if let Err(SaidError { message, code }) = reader.take(message) {
                    refused(&mut reader, &message, dockerfile);
                    return Err(BuildError::Said {
                        message,
                        code,
                        line: None,
                    });
                }
            }
            Err(error) => trouble = Some(error),
        }
    }
    if let Some(error) = trouble {
        reader.fail(&error.to_string());
        return Err(error.into());
    }
    match proof::proven(engine, verb, reader.built()).await {
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

/// Sends what is to be built, and answers with the head of the response.
async fn send(
    engine: &Engine,
    call: Call,
    source: Source,
    steps: &Steps<'_>,
    reader: &mut Reader<'_>,
) -> Result<Response<Incoming>, RequestError> {
    let kind = "application/x-tar";
    let tar = match source {
        Source::Folder(tar) => tar,
        Source::Remote { url, dockerfile } => {
            let call = call.with("remote", url).with_some("dockerfile", dockerfile);
            return call.send_body(engine, kind, Empty::new()).await;
        }
    };
    let state = tar.sending;
    let call = call.with("dockerfile", tar.dockerfile);
    let sending = call.send_body(engine, kind, tar.body);
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
        let now = state.borrow().sent;
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

/// The builder won't go on. Where it has not begun a step and its words are about the Dockerfile, the
/// folder did arrive.
fn refused(reader: &mut Reader<'_>, said: &str, dockerfile: Option<&Dockerfile>) {
    let about_file = dockerfile.is_some_and(|it| why::bad_line(said, it).is_some());
    if about_file && reader.is_sending() {
        reader.finish();
    } else {
        reader.fail(said);
    }
}
