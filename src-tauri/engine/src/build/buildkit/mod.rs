//! Builds with the engine's BuildKit, as `docker buildx build` does with the engine's own builder: over two
//! connections that the engine hands over (`/grpc`, `/session`), both HTTP/2. On the first it is asked to
//! build and tells how it goes; on the second it asks this computer for files, logins and secrets.
//!
//! What belongs to a build ends with its future: connections, tasks, files that are read.

mod auth;
mod error;
mod files;
mod finding;
mod followed;
mod grpc;
mod ids;
mod lint;
mod message;
mod name;
mod options;
mod pairs;
mod secrets;
mod session;
mod solve;
mod source;
mod ssh;
mod steps;
mod tasks;
mod wire;

use std::path::Path;
use std::sync::Arc;

use bollard_buildkit_proto::moby::buildkit::v1::{ListWorkersRequest, ListWorkersResponse};
use slipway_action::Build;

pub(crate) use followed::Followed;
pub(in crate::build) use secrets::Secrets;

pub(crate) use error::tells_of_a_cut;
pub use error::{BuildkitError, Failure, FileFailure, FileTrouble};
pub use lint::check;
pub use source::{Definition, Source};

use crate::build::arguments;
use crate::build::dockerfile::Dockerfile;
use crate::build::model::Told;
use crate::connect::Engine;
use files::{Folders, Telling};
use grpc::Channel;
use options::Options;
use session::Session;
use solve::Following;
use ssh::Agents;
use steps::Steps;
use tasks::Tasks;

/// Where the engine says what its own computer's address is.
const GATEWAY_LABEL: &str = "org.mobyproject.buildkit.worker.moby.host-gateway-ip";

/// What is to be built.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The options.
    pub action: &'a Build,
    /// Where relative paths in the options begin; absolute.
    pub folder: &'a Path,
    /// Where the files come from.
    pub source: Source<'a>,
    /// The Dockerfile, unless it lies in a remote source.
    pub dockerfile: Option<Definition>,
}

/// A build that ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// The image's id, `sha256:…`.
    pub image: String,
}

/// Why these options can't be followed over the engine's API, as the end of a sentence; the docker command
/// can then. `None` where they can.
pub fn beyond(action: &Build) -> Option<String> {
    options::beyond(action)
}

/// Builds an image, and tells how it goes. Dropping the future stops the build on the engine.
///
/// # Errors
/// Why there is no image.
pub async fn build(
    engine: &Engine,
    request: &Request<'_>,
    told: &(dyn Fn(Told<'_>) + Send + Sync),
) -> Result<Built, BuildkitError> {
    let action = request.action;
    let surroundings = engine.surroundings();
    let secrets = Secrets::read(&action.secret, request.folder, surroundings).await?;
    let agents = Agents::read(&action.ssh, request.folder, surroundings).await?;
    let tasks = Tasks::default();
    let spawner = tasks.spawner();
    let connection = wire::open(engine, "/grpc", Vec::new()).await?;
    let channel = Channel::over(connection, &spawner)
        .await
        .map_err(|error| BuildkitError::Lost(error.to_string()))?;
    let gateway = gateway(&channel, action).await?;
    let arguments = arguments::of(engine, action).await;
    let mut options = Options::read(request, arguments, gateway.as_deref())?;
    let (telling, sent) = Telling::new();
    let telling = Arc::new(telling);
    let session = Session {
        engine: engine.clone(),
        folders: Folders(std::mem::take(&mut options.folders)),
        telling: telling.clone(),
        secrets,
        agents,
    };
    let shared = match request.source {
        Source::Folder(path) => shared_key(path),
        Source::Remote(_) => String::new(),
    };
    let session = session.open(&shared, &spawner).await?;
    let following = Following {
        channel: &channel,
        telling: &telling,
        sent,
        ended: session.ended,
        told,
    };
    let dockerfile = request.dockerfile.as_ref();
    let dockerfile = dockerfile.map(|it| Dockerfile::read(&it.text));
    let mut steps = Steps::new(told, dockerfile.unwrap_or_default());
    let solve = solve::request(options, session.id, &action.tag);
    let answer = Box::pin(solve::follow(solve, following, &mut steps)).await?;
    let mut facts = answer.exporter_response;
    // The second where the engine keeps its images itself and is old.
    let image = facts
        .remove("containerimage.digest")
        .or_else(|| facts.remove("containerimage.config.digest"));
    let image = image.ok_or_else(|| {
        BuildkitError::Failed(Box::new(Failure {
            message: "the engine did not say which image it made".to_owned(),
            ..Failure::default()
        }))
    })?;
    Ok(Built { image })
}

/// The address of the engine's own computer, if the options ask for it.
async fn gateway(channel: &Channel, action: &Build) -> Result<Option<String>, BuildkitError> {
    if !action
        .add_host
        .iter()
        .any(|it| it.ends_with(options::GATEWAY))
    {
        return Ok(None);
    }
    let path = "/moby.buildkit.v1.Control/ListWorkers";
    let workers: ListWorkersResponse = channel
        .ask(path, ListWorkersRequest::default(), None)
        .await
        .map_err(|status| BuildkitError::of_status(&status))?;
    let mut labels = workers.record.into_iter().map(|worker| worker.labels);
    Ok(labels.find_map(|mut labels| labels.remove(GATEWAY_LABEL)))
}

/// By this the engine finds again what it has of a folder from an earlier build. Folders of other computers
/// that lie at the same place are others.
fn shared_key(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(32)
        .collect();
    let computer = std::env::var_os("COMPUTERNAME").or_else(|| std::env::var_os("HOSTNAME"));
    let whole = format!(
        "{}\0{}",
        computer.unwrap_or_default().display(),
        path.display()
    );
    format!("{plain}:{}", ids::of(whole.as_bytes()))
}
