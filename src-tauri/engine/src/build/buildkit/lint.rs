//! BuildKit's own checks of a Dockerfile, without a build: its frontend is asked through the gateway, as
//! `docker build --check` does.

use std::collections::HashMap;
use std::pin::pin;
use std::sync::Arc;

use bollard_buildkit_proto::moby::buildkit::v1::{SolveRequest, SolveResponse, frontend};
use tonic::metadata::AsciiMetadataValue;
use tonic::{Code, Status};

use super::error::{self, BuildkitError};
use super::files::{DOCKERFILE, Folder, Folders, Telling};
use super::finding;
use super::grpc::Channel;
use super::ids;
use super::secrets::Secrets;
use super::session::Session;
use super::source::Definition;
use super::ssh::Agents;
use super::tasks::Tasks;
use super::wire;
use crate::build::model::Finding;
use crate::connect::Engine;

const SOLVE: &str = "/moby.buildkit.v1.Control/Solve";
const BRIDGE_SOLVE: &str = "/moby.buildkit.v1.frontend.LLBBridge/Solve";
const BRIDGE_RETURN: &str = "/moby.buildkit.v1.frontend.LLBBridge/Return";
/// Names the build that a question through the gateway belongs to.
const BUILD: &str = "buildkit-controlapi-buildid";

/// What BuildKit has to say of a Dockerfile's text; nothing where the engine has no such checks.
///
/// # Errors
/// The engine could not be asked.
pub async fn check(engine: &Engine, text: &str) -> Result<Vec<Finding>, BuildkitError> {
    let tasks = Tasks::default();
    let spawner = tasks.spawner();
    let connection = match wire::open(engine, "/grpc", Vec::new()).await {
        Ok(connection) => connection,
        Err(BuildkitError::TooOld(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let channel = Channel::over(connection, &spawner)
        .await
        .map_err(|error| BuildkitError::Lost(error.to_string()))?;
    let dockerfile = Definition {
        name: "Dockerfile".to_owned(),
        text: text.as_bytes().into(),
        ignore: None,
    };
    let folders = HashMap::from([
        (DOCKERFILE.to_owned(), Folder::Memory(dockerfile.files())),
        ("context".to_owned(), Folder::Memory(Vec::new())),
    ]);
    let session = Session {
        engine: engine.clone(),
        folders: Folders(folders),
        telling: Arc::new(Telling::new().0),
        secrets: Secrets::default(),
        agents: Agents::default(),
    };
    let session = session.open("", &spawner).await?;
    let request = SolveRequest {
        r#ref: ids::fresh(),
        session: session.id,
        // It is no build that anybody wants to see in a list of builds.
        internal: true,
        ..SolveRequest::default()
    };
    let build = AsciiMetadataValue::try_from(request.r#ref.as_str());
    let build = build.map_err(|error| BuildkitError::Session(error.to_string()))?;
    let mut solve = pin!(channel.ask::<_, SolveResponse>(SOLVE, request, None));
    let mut asked = pin!(ask(&channel, build));
    let answer = tokio::select! {
        answer = &mut asked => answer,
        // The build ends when its answer is returned, or for a reason that matters more.
        ended = &mut solve => match ended {
            Err(status) => Err(status),
            Ok(_) => asked.await,
        },
    };
    match answer {
        Ok(json) => finding::read(&json)
            .map_err(|error| BuildkitError::Session(format!("its checks can’t be read: {error}"))),
        Err(status) if error::is_lost(&status) => Err(BuildkitError::Lost(error::said(&status))),
        Err(status) => Ok(refused(&status)),
    }
}

/// Asks for the checks, and gives back an empty result, so that the build that they belong to ends.
async fn ask(channel: &Channel, build: AsciiMetadataValue) -> Result<Vec<u8>, Status> {
    let options = [
        ("filename", "Dockerfile"),
        ("requestid", "frontend.lint"),
        (
            "frontend.caps",
            "moby.buildkit.frontend.subrequests+forward",
        ),
        ("image-resolve-mode", "local"),
    ];
    let options = options.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let request = frontend::SolveRequest {
        frontend: "dockerfile.v0".to_owned(),
        frontend_opt: options.into(),
        allow_result_return: true,
        allow_result_array_ref: true,
        ..frontend::SolveRequest::default()
    };
    let about = Some((BUILD, build));
    let answer: frontend::SolveResponse = channel.ask(BRIDGE_SOLVE, request, about.clone()).await?;
    let mut metadata = answer.result.unwrap_or_default().metadata;
    let json = metadata.remove("result.json");
    let nothing = frontend::ReturnRequest {
        result: Some(frontend::Result::default()),
        error: None,
    };
    let returned = channel.ask::<_, frontend::ReturnResponse>(BRIDGE_RETURN, nothing, about);
    if let Err(status) = returned.await {
        tracing::debug!(%status, "checks are not given back");
    }
    // A frontend that knows no such question may have built instead.
    json.ok_or_else(|| Status::unimplemented("the frontend has no checks"))
}

/// What it means that there are no checks: a Dockerfile that can't be followed, or a frontend without them.
fn refused(status: &Status) -> Vec<Finding> {
    let message = error::said(status);
    let message = error::bare(&message);
    let lines = error::details(status).lines;
    let about_the_file = lines.is_some() || message.contains("dockerfile parse error");
    if status.code() != Code::Unimplemented && about_the_file {
        return vec![finding::unreadable(message.to_owned(), lines)];
    }
    tracing::debug!(%status, "the engine has no checks of Dockerfiles");
    Vec::new()
}
