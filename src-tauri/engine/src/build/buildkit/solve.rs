//! Has a build done, and follows it until the engine has said how it ended.

use std::pin::pin;
use std::time::Duration;

use bollard_buildkit_proto::moby::buildkit::v1::{
    Exporter, SolveRequest, SolveResponse, StatusRequest, StatusResponse,
};
use futures_util::{StreamExt as _, TryFutureExt as _};
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};
use tonic::{Code, Status};

use super::error::{self, BuildkitError, Failure};
use super::files::Telling;
use super::grpc::Channel;
use super::ids;
use super::options::Options;
use super::steps::Steps;
use crate::build::model::{Sent, Told};

const SOLVE: &str = "/moby.buildkit.v1.Control/Solve";
const STATUS: &str = "/moby.buildkit.v1.Control/Status";
/// How often it is told how much was sent.
const TELL_EVERY: Duration = Duration::from_millis(100);
/// What steps printed may come after the answer. So long may the engine be silent before that is all.
const SILENCE: Duration = Duration::from_secs(10);
/// The engine notices by itself that it can't ask this computer any more, and says so.
const WITHOUT_SESSION: Duration = Duration::from_secs(10);

/// The end of a connection is noticed sooner than this.
const ENDS_WITHIN: Duration = Duration::from_secs(1);

/// What a build is followed with.
pub(super) struct Following<'a> {
    pub channel: &'a Channel,
    /// Tells how much was sent, and which file could not be.
    pub telling: &'a Telling,
    pub sent: watch::Receiver<Sent>,
    /// Tells when the engine can't ask this computer any more.
    pub ended: oneshot::Receiver<()>,
    pub told: &'a (dyn Fn(Told<'_>) + Send + Sync),
}

/// The question for a build into the engine's own images.
pub(super) fn request(options: Options, session: String, tags: &[String]) -> SolveRequest {
    let names = tags.iter().flat_map(|it| it.split(','));
    let names: Vec<_> = names.map(str::trim).filter(|it| !it.is_empty()).collect();
    let mut attributes = std::collections::HashMap::new();
    if !names.is_empty() {
        attributes.insert("name".to_owned(), names.join(","));
    }
    SolveRequest {
        r#ref: ids::fresh(),
        // Newer engines read the list, older ones the single one.
        exporters: vec![Exporter {
            r#type: "moby".to_owned(),
            attrs: attributes.clone(),
        }],
        exporter_deprecated: "moby".to_owned(),
        exporter_attrs_deprecated: attributes,
        session,
        frontend: options.frontend,
        frontend_attrs: options.attributes,
        cache: Some(options.cache),
        entitlements: options.entitlements,
        ..SolveRequest::default()
    }
}

/// How a build goes on.
#[derive(Default)]
struct Course {
    answer: Option<Result<SolveResponse, Status>>,
    /// Nothing more is told.
    silent: bool,
    session_lost: bool,
    /// No more is waited for after this.
    until: Option<Instant>,
}

/// Asks for the build and tells how it goes. Dropping the future ends it on the engine, too, once its
/// connections are closed.
pub(super) async fn follow(
    request: SolveRequest,
    following: Following<'_>,
    steps: &mut Steps<'_>,
) -> Result<SolveResponse, BuildkitError> {
    let Following {
        channel,
        telling,
        mut sent,
        mut ended,
        told,
    } = following;
    let reference = request.r#ref.clone();
    let mut solve = pin!(channel.ask::<_, SolveResponse>(SOLVE, request, None));
    let asked = StatusRequest { r#ref: reference };
    let statuses = channel.follow::<_, StatusResponse>(STATUS, asked);
    let mut statuses = pin!(statuses.try_flatten_stream());
    let mut tick = interval(TELL_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut course = Course::default();
    while !course.is_over() {
        let until = course.until;
        tokio::select! {
            answer = &mut solve, if course.answer.is_none() => {
                course.answer = Some(answer);
                course.until = Some(Instant::now() + SILENCE);
            }
            status = statuses.next(), if !course.silent => match status {
                Some(Ok(status)) => {
                    steps.take(status);
                    if course.answer.is_some() {
                        course.until = Some(Instant::now() + SILENCE);
                    }
                }
                Some(Err(status)) => {
                    tracing::debug!(%status, "a build tells no more");
                    course.silent = true;
                }
                None => course.silent = true,
            },
            _ = tick.tick(), if sent.has_changed().unwrap_or(false) => {
                let now = *sent.borrow_and_update();
                told(Told::Sent(now));
            }
            _ = &mut ended, if !course.session_lost => {
                course.session_lost = true;
                if course.answer.is_none() {
                    course.until = Some(Instant::now() + WITHOUT_SESSION);
                }
            }
            () = sleep_until(until.unwrap_or_else(Instant::now)), if until.is_some() => break,
        }
    }
    // An engine that can't ask any more gives up the build, and its answer may be here first.
    let given_up = matches!(&course.answer, Some(Err(status))
        if status.code() == Code::Cancelled || error::tells_of_a_cut(status.message()));
    if given_up && !course.session_lost {
        let ended = tokio::time::timeout(ENDS_WITHIN, &mut ended).await;
        course.session_lost = ended.is_ok();
    }
    let now = *sent.borrow();
    if now.files > 0 {
        told(Told::Sent(Sent { done: true, ..now }));
    }
    course.end(telling, steps)
}

impl Course {
    fn is_over(&self) -> bool {
        self.answer.is_some() && self.silent
    }

    /// What it all came to.
    fn end(self, telling: &Telling, steps: &mut Steps<'_>) -> Result<SolveResponse, BuildkitError> {
        let lost_session = self.session_lost;
        match self.answer {
            Some(Ok(response)) => {
                steps.end_well();
                Ok(response)
            }
            answer => {
                steps.end_ill();
                if let Some(Err(status)) = &answer
                    && status.message().contains("invalid UTF-8")
                {
                    telling.name_refused();
                }
                if let Some(failure) = telling.take_failure() {
                    return Err(BuildkitError::File(failure));
                }
                match answer {
                    Some(Err(status)) if !lost_session || error::is_broken(&status) => {
                        Err(failed(&status, steps))
                    }
                    Some(Err(status)) => Err(BuildkitError::Session(error::said(&status))),
                    Some(Ok(_)) | None => {
                        let words = "its connection for questions ended".to_owned();
                        Err(BuildkitError::Session(words))
                    }
                }
            }
        }
    }
}

/// The failure, with the step that it belongs to.
fn failed(status: &Status, steps: &Steps<'_>) -> BuildkitError {
    if error::is_lost(status) {
        return BuildkitError::Lost(error::said(status));
    }
    let details = error::details(status);
    let named = details.vertex.and_then(|digest| steps.find(&digest));
    let told = steps.failed();
    let line = told.and_then(|(_, line)| line);
    BuildkitError::Failed(Box::new(Failure {
        message: error::bare(&error::said(status)).to_owned(),
        step: told.map(|(id, _)| id).or(named),
        lines: details
            .lines
            .or(line.map(|line| (line, line)))
            .map(|lines| steps.whole(lines)),
    }))
}
