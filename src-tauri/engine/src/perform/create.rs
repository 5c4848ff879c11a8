//! `docker create`, and the making of a container that `docker run` begins with.

use serde::Deserialize;
use slipway_action::policy::{Platform, PullPolicy};
use slipway_action::reference::Reference;
use slipway_action::{ContainerOptions, Create};

use crate::call::{Call, container};
use crate::model::Outcome;
use crate::perform::body::{Body, Plan};
use crate::perform::id_file::IdFile;
use crate::perform::{Job, invalid, pull, too_old};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;
use crate::transport::{ApiVersion, RequestError};

/// A container that was made.
#[derive(Debug)]
pub(super) struct Made {
    pub id: String,
    /// Its name; `None` where the engine made one up and does not tell it.
    pub name: Option<String>,
    pub warnings: Vec<String>,
}

/// What an engine answers when it has made a container.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    id: String,
    warnings: Option<Vec<String>>,
}

/// What an engine knows of a container, as far as it is asked here.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Known {
    name: String,
}

pub(super) async fn create(job: Job<'_>, verb: &Create) -> Result<Outcome, Problem> {
    let plan = Plan {
        folder: job.folder,
        options: &verb.options,
        image: &verb.image,
        command: &verb.command,
        detached: false,
    };
    let made = make(job, &plan).await?;
    Ok(Outcome {
        done: vec![made.id.clone()],
        id: Some(made.id),
        name: made.name,
        warnings: made.warnings,
        ..Outcome::default()
    })
}

/// Makes the container, and downloads its image before where that is wanted.
pub(super) async fn make(job: Job<'_>, plan: &Plan<'_>) -> Result<Made, Problem> {
    if let Some(problem) = newer_flags(job, plan.options) {
        return Err(problem);
    }
    let body = Body::of(plan).await?;
    let id_file = plan.options.recording.cidfile.as_deref();
    let id_file = IdFile::of(job.folder, id_file).map_err(|error| {
        let path = id_file.unwrap_or_default();
        invalid(&format!(
            "The file “{path}” for the container’s id can’t be made: {error}. It must not be there yet."
        ))
    })?;
    let Answer { id, warnings } = downloaded_and_made(job, plan, &body).await?;
    id_file.write(&id).await?;
    let name = match asked_name(plan.options) {
        Some(name) => Some(name.to_owned()),
        None => made_up_name(job, &id).await,
    };
    Ok(Made {
        id,
        name,
        warnings: warnings.unwrap_or_default(),
    })
}

fn asked_name(options: &ContainerOptions) -> Option<&str> {
    options.name.as_deref().filter(|name| !name.is_empty())
}

/// The name that the engine made up. It does not tell it when it has made the container, and later
/// the container may be gone.
async fn made_up_name(job: Job<'_>, id: &str) -> Option<String> {
    match known(job, id).await {
        Ok(known) => Some(known.name.trim_start_matches('/').to_owned()),
        // The container is made, whatever its name.
        Err(error) => {
            tracing::debug!("the name of a new container is not known: {error}");
            None
        }
    }
}

async fn known(job: Job<'_>, id: &str) -> Result<Known, RequestError> {
    Call::get(container(id, "/json")?).read(job.engine).await
}

/// The flag that this engine would take no notice of, told as the docker command tells it.
fn newer_flags(job: Job<'_>, options: &ContainerOptions) -> Option<Problem> {
    let since = |minor| ApiVersion { major: 1, minor };
    let flags = [
        (!options.recording.annotation.is_empty(), 43, "--annotation"),
        (
            options.health.health_start_interval.is_some(),
            44,
            "--health-start-interval",
        ),
        (options.addresses.mac_address.is_some(), 44, "--mac-address"),
    ];
    let mut set = flags.into_iter().filter(|(is_set, _, _)| *is_set);
    set.find_map(|(_, minor, flag)| too_old(job.engine, since(minor), flag))
}

async fn downloaded_and_made(
    job: Job<'_>,
    plan: &Plan<'_>,
    body: &Body,
) -> Result<Answer, Problem> {
    let policy = plan
        .options
        .pull
        .as_deref()
        .map_or(Ok(PullPolicy::default()), PullPolicy::parse);
    let policy = policy.map_err(|error| invalid(&error.to_string()))?;
    if policy == PullPolicy::Always {
        download(job, plan).await?;
    }
    let failure = match post(job, plan, body).await {
        Ok(made) => return Ok(made),
        Err(error) => error,
    };
    // Docker's command does this on any 404, whatever is not there.
    let missing = failure.status() == Some(404) && policy == PullPolicy::Missing;
    if missing && Reference::parse(plan.image).is_ok() {
        download(job, plan).await?;
        return match post(job, plan, body).await {
            Ok(made) => Ok(made),
            // Podman has it now, and still says that it has none: none for this platform.
            Err(RequestError::Status {
                status: 404,
                message,
            }) if plan.options.platform.is_some() => {
                Err(told(job, plan, Failure::OtherPlatform(message)).await)
            }
            Err(error) => Err(told(job, plan, error.into()).await),
        };
    }
    Err(told(job, plan, failure.into()).await)
}

async fn told(job: Job<'_>, plan: &Plan<'_>, failure: Failure) -> Problem {
    job.problem(failure, Subject::NewContainer { image: plan.image }, None)
        .await
}

async fn post(job: Job<'_>, plan: &Plan<'_>, body: &Body) -> Result<Answer, RequestError> {
    Call::post("/containers/create")
        .with_some("name", asked_name(plan.options))
        .with_some("platform", platform(plan.options.platform.as_deref()))
        .json(body)?
        .read(job.engine)
        .await
}

async fn download(job: Job<'_>, plan: &Plan<'_>) -> Result<(), Problem> {
    let wanted = pull::Wanted {
        image: plan.image,
        platform: platform(plan.options.platform.as_deref()),
        all_tags: false,
    };
    pull::download(job, &wanted).await.map(drop)
}

/// A platform as an engine takes it; one that can't be read was refused before.
pub(super) fn platform(text: Option<&str>) -> Option<String> {
    let platform = Platform::parse(text?).ok()?;
    Some(platform.to_string())
}
