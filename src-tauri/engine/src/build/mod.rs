//! Builds images: sends a folder to an engine, has its Dockerfile followed, and tells how it goes.

mod arguments;
pub mod buildkit;
pub(crate) mod classic;
mod cli;
pub mod context;
pub mod dockerfile;
pub(crate) mod lines;
pub(crate) mod model;
mod place;
pub(crate) mod proof;
pub(crate) mod steps;
mod through_buildkit;
pub(crate) mod way;
pub(crate) mod why;

use std::path::Path;

use http::Request;
use http_body_util::Empty;
use slipway_action::{Action, Build};

pub use place::dockerfile as dockerfile_of;

pub use model::{Finding, Sent, Step, StepNumber, StepPart, StepState, Told, Way};

use crate::build::buildkit::{BuildkitError, Secrets};
use crate::build::classic::Source;
use crate::build::cli::Cli;
use crate::build::context::{Context, ContextError, Lent};
use crate::build::dockerfile::Dockerfile;
use crate::build::place::Place;
use crate::build::steps::{Steps, Tell};
use crate::build::way::Asked;
use crate::capability;
use crate::connect::Engine;
use crate::problem::build::{Broken, about_folder, broken};
use crate::problem::explain::{self, Subject};
use crate::problem::failure::Failure;
use crate::problem::{Code, Problem};
use crate::stream::StreamError;
use crate::transport::RequestError;

/// A build that is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Task<'a> {
    pub engine: &'a Engine,
    /// The action, as it is shown.
    pub action: &'a Action,
    /// Its build.
    pub verb: &'a Build,
    /// Where relative paths begin.
    pub folder: &'a Path,
    /// Who is told how it goes on.
    pub tell: &'a Tell<'a>,
}

/// What a build led to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Built {
    /// The image, which the engine has.
    pub id: Option<String>,
    /// What was done differently from what the flags say.
    pub warnings: Vec<String>,
    /// What `--metadata-file` gets, where the builder tells more than the image's id.
    pub metadata: Option<serde_json::Value>,
    /// What a check or an outline answered.
    pub text: Option<String>,
}

/// Why a build came to nothing.
#[derive(Debug)]
pub(crate) enum BuildError {
    /// The folder could not be sent as it was.
    Context(ContextError),
    /// The request or its answer failed.
    Engine(Failure),
    /// The builder said that it failed.
    Said {
        /// Its words.
        message: String,
        /// With which code the step's program ended.
        code: Option<i64>,
        /// The line of the Dockerfile that they are about, where the builder says it.
        line: Option<u32>,
    },
}

impl From<Failure> for BuildError {
    fn from(failure: Failure) -> Self {
        Self::Engine(failure)
    }
}

impl From<RequestError> for BuildError {
    fn from(error: RequestError) -> Self {
        Self::Engine(error.into())
    }
}

impl From<StreamError> for BuildError {
    fn from(error: StreamError) -> Self {
        Self::Engine(error.into())
    }
}

impl From<Problem> for BuildError {
    fn from(problem: Problem) -> Self {
        Self::Engine(problem.into())
    }
}

/// Builds. The way is told first. Dropping the future ends the build on the engine; the steps that were
/// open are then told as cancelled.
pub(crate) async fn build(task: Task<'_>) -> Result<Built, Problem> {
    let place = Place::of(task.verb, task.folder).map_err(|problem| *problem)?;
    let context = match &place {
        Place::Folder { folder, dockerfile } => Some(open(folder, dockerfile.as_deref()).await?),
        Place::Remote { .. } => None,
    };
    let dockerfile = context
        .as_ref()
        .map(|context| Dockerfile::read(context.dockerfile.text.as_bytes()));
    let can = task.engine.facts().capabilities.buildkit;
    let cli = match way::beyond(task.verb) {
        Some(_) if can => Cli::find(task.engine).await,
        Some(_) | None => None,
    };
    let chosen = way::choose(Asked {
        verb: task.verb,
        dockerfile: dockerfile.as_ref(),
        buildkit: can,
        builder: capability::builder(task.engine.facts()),
        secrets: capability::takes_secrets(task.engine.facts()),
        by_default: by_default(task.engine)
            .await
            .map_err(|error| explain::plain(&Failure::Request(error), Subject::Engine))?,
        wished: wished(task.engine),
        command: cli.is_some(),
    })
    .map_err(|problem| *problem)?;
    let steps = Steps::new(task.tell, dockerfile.as_ref());
    steps.told(Told::Way(chosen.way, &chosen.why));
    let built = match (chosen.way, &cli) {
        (Way::Buildkit, _) => through_buildkit::build(task, &place, context.as_ref(), &steps).await,
        (Way::Cli, Some(cli)) => {
            let text = context.as_ref().map(|it| it.dockerfile.text.as_bytes());
            Box::pin(cli::build(task, cli, text, &steps)).await
        }
        (Way::Classic, _) | (Way::Cli, None) => {
            classically(task, &place, context.as_ref(), dockerfile.as_ref(), &steps).await
        }
    };
    match built {
        Ok(built) => {
            steps.done();
            Ok(built)
        }
        Err(error) => Err(told(task, context.as_ref(), dockerfile.as_ref(), &steps, error).await),
    }
}

async fn classically(
    task: Task<'_>,
    place: &Place,
    context: Option<&Context>,
    dockerfile: Option<&Dockerfile>,
    steps: &Steps<'_>,
) -> Result<Built, BuildError> {
    let mut secrets = Vec::new();
    let source = match (place, context) {
        (Place::Remote { url, dockerfile }, _) => Source::Remote {
            url: url.clone(),
            dockerfile: dockerfile.clone(),
        },
        (Place::Folder { .. }, Some(context)) => {
            let lent = secrets_of(task).await?;
            let named = lent
                .iter()
                .map(|(id, lent)| format!("id={id},src={}", lent.name));
            secrets.extend(named);
            let lent = lent.into_iter().map(|(_, lent)| lent).collect();
            Source::Folder(context.tar_lending(task.verb.steps.compress, lent))
        }
        (Place::Folder { folder, .. }, None) => {
            return Err(BuildError::Context(ContextError::NoFolder(folder.clone())));
        }
    };
    let request = classic::Request {
        engine: task.engine,
        verb: task.verb,
        arguments: arguments::of(task.engine, task.verb).await,
        secrets,
        dockerfile,
    };
    let id = classic::build(request, source, steps).await?;
    Ok(Built {
        id: Some(id),
        ..Built::default()
    })
}

/// The secrets of a build by their names, for a builder that gets them with the folder.
async fn secrets_of(task: Task<'_>) -> Result<Vec<(String, Lent)>, BuildError> {
    let flags = &task.verb.secret;
    let secrets = Secrets::read(flags, task.folder, task.engine.surroundings()).await?;
    let mut lent = Vec::new();
    for (id, content) in secrets.all().await? {
        if id.contains([',', '=']) {
            let why = format!(
                "The secret “{id}” can’t be used: this engine’s builder takes no name with a comma or “=” in it."
            );
            return Err(BuildkitError::Option(why).into());
        }
        lent.push((id, Lent::of(content)));
    }
    Ok(lent)
}

/// Opens the folder. It reads from disk, which is no work for the threads that answer the page.
async fn open(folder: &Path, dockerfile: Option<&Path>) -> Result<Context, Problem> {
    let folder = folder.to_owned();
    let dockerfile = dockerfile.map(Path::to_owned);
    let opened =
        tokio::task::spawn_blocking(move || Context::open(&folder, dockerfile.as_deref())).await;
    match opened {
        Ok(Ok(context)) => Ok(context),
        Ok(Err(error)) => Err(about_folder(&error)),
        Err(error) => Err(Problem::new(
            Code::Other,
            "The folder can’t be read",
            error.to_string(),
            "Try again.",
        )),
    }
}

/// Whether the engine asks for BuildKit of itself: since Docker 23 it says so with each ping.
async fn by_default(engine: &Engine) -> Result<bool, RequestError> {
    let ping = Request::get("/_ping")
        .body(Empty::new())
        .map_err(|error| RequestError::Request(error.into()))?;
    let answer = engine.send(ping).await?;
    let version = answer.headers().get("builder-version");
    Ok(version.is_some_and(|version| version.as_bytes() == b"2"))
}

/// What `DOCKER_BUILDKIT` says in the environment of this program.
fn wished(engine: &Engine) -> Option<bool> {
    match engine.surroundings().var("DOCKER_BUILDKIT")? {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

/// Tells a failure to a person.
async fn told(
    task: Task<'_>,
    context: Option<&Context>,
    dockerfile: Option<&Dockerfile>,
    steps: &Steps<'_>,
    error: BuildError,
) -> Problem {
    let (message, code, line) = match error {
        BuildError::Context(error) => return about_folder(&error),
        BuildError::Engine(failure) if failure.status().is_none() => {
            return explain::plain(&failure, Subject::Engine);
        }
        BuildError::Engine(failure) => (failure.to_string(), None, None),
        BuildError::Said {
            message,
            code,
            line,
        } => (message, code, line),
    };
    let bad = dockerfile.and_then(|it| {
        let on_line = |line| it.instructions.iter().find(|it| it.last >= line);
        line.and_then(on_line)
            .or_else(|| why::bad_instruction(&message, it))
            .or_else(|| {
                let failed = steps.failed()?;
                why::from_of(why::looked_for(&failed.step.name)?, it)
            })
    });
    if let Some(bad) = bad {
        steps.fail_line(bad.first, &bad.text, &message);
    }
    let step = steps.failed();
    let line = step.as_ref().and_then(|failed| failed.step.line);
    let sources = match (context, dockerfile) {
        (Some(context), Some(dockerfile)) => place::sources(context, dockerfile, line).await,
        (_, _) => Vec::new(),
    };
    broken(&Broken {
        engine: task.engine,
        action: task.action,
        dockerfile,
        step,
        message: &message,
        code,
        sources,
    })
    .await
}
