//! The connection on which the engine asks this computer: for folders, logins, secrets and signatures.

use std::sync::Arc;

use bollard_buildkit_proto::health::{HealthCheckRequest, HealthCheckResponse};
use bollard_buildkit_proto::moby::buildkit::secrets::v1::GetSecretRequest;
use bollard_buildkit_proto::moby::filesync::v1::CredentialsRequest;
use bollard_buildkit_proto::moby::sshforward::v1::CheckAgentRequest;
use http::header::HeaderValue;
use http::{Request, Response};
use hyper::body::Incoming;
use tokio::sync::oneshot;
use tonic::Status;
use tonic::body::Body;

use super::error::BuildkitError;
use super::files::{self, Folders, Telling};
use super::grpc;
use super::secrets::Secrets;
use super::ssh::Agents;
use super::tasks::Spawner;
use super::wire;
use super::{auth, ids};
use crate::connect::Engine;

const HEALTH: &str = "/grpc.health.v1.Health/Check";
const DIFF_COPY: &str = "/moby.filesync.v1.FileSync/DiffCopy";
const CREDENTIALS: &str = "/moby.filesync.v1.Auth/Credentials";
const SECRET: &str = "/moby.buildkit.secrets.v1.Secrets/GetSecret";
const CHECK_AGENT: &str = "/moby.sshforward.v1.SSH/CheckAgent";
const FORWARD_AGENT: &str = "/moby.sshforward.v1.SSH/ForwardAgent";

/// What the engine may ask for.
pub(super) struct Session {
    pub engine: Engine,
    pub folders: Folders,
    pub telling: Arc<Telling>,
    pub secrets: Secrets,
    pub agents: Agents,
}

/// A session that the engine knows.
pub(super) struct Opened {
    /// Its name, which the build goes by.
    pub id: String,
    /// Tells when the engine can't ask any more.
    pub ended: oneshot::Receiver<()>,
}

impl Session {
    /// Opens it. `shared` names the folder, so that the engine finds again what it has of it.
    pub async fn open(self, shared: &str, spawner: &Spawner) -> Result<Opened, BuildkitError> {
        let id = ids::fresh();
        let mut headers = vec![
            ("x-docker-expose-session-uuid", text(&id)?),
            ("x-docker-expose-session-name", HeaderValue::from_static("")),
            ("x-docker-expose-session-sharedkey", text(shared)?),
        ];
        headers.extend(self.methods().map(|method| {
            let value = HeaderValue::from_static(method);
            ("x-docker-expose-session-grpc-method", value)
        }));
        let connection = wire::open(&self.engine, "/session", headers).await?;
        let (tell, ended) = oneshot::channel();
        let session = Arc::new(self);
        let starts = spawner.clone();
        spawner.spawn(async move {
            let handle = |request| handle(session.clone(), starts.clone(), request);
            if let Err(error) = grpc::serve(connection, &starts, handle).await {
                tracing::debug!(%error, "a session ended");
            }
            // The build may have ended before.
            let _ = tell.send(());
        });
        Ok(Opened { id, ended })
    }

    /// What it answers. What there is nothing for is not offered, so that the engine can say so.
    fn methods(&self) -> impl Iterator<Item = &'static str> {
        let ssh = [CHECK_AGENT, FORWARD_AGENT].into_iter();
        let ssh = ssh.filter(|_| !self.agents.is_empty());
        [HEALTH, DIFF_COPY, CREDENTIALS, SECRET]
            .into_iter()
            .chain(ssh)
    }
}

fn text(value: &str) -> Result<HeaderValue, BuildkitError> {
    HeaderValue::try_from(value).map_err(|error| BuildkitError::Session(error.to_string()))
}

async fn handle(
    session: Arc<Session>,
    spawner: Spawner,
    request: Request<Incoming>,
) -> Response<Body> {
    match request.uri().path() {
        HEALTH => {
            let fine = async |_: HealthCheckRequest| Ok(HealthCheckResponse { status: 1 });
            grpc::answer(request, fine).await
        }
        DIFF_COPY => files::diff_copy(request, &session.folders, &session.telling, &spawner),
        CREDENTIALS => {
            let login =
                async |asked: CredentialsRequest| auth::credentials(&session.engine, asked).await;
            grpc::answer(request, login).await
        }
        SECRET => {
            let secret = async |asked: GetSecretRequest| session.secrets.get(asked).await;
            grpc::answer(request, secret).await
        }
        CHECK_AGENT => {
            let check = async |asked: CheckAgentRequest| session.agents.check(&asked);
            grpc::answer(request, check).await
        }
        FORWARD_AGENT => forward_agent(request, &session.agents, &spawner),
        _ => Status::unimplemented("this is not offered").into_http(),
    }
}

#[cfg(unix)]
fn forward_agent(request: Request<Incoming>, agents: &Agents, spawner: &Spawner) -> Response<Body> {
    let id = grpc::values(request.headers(), "buildkit.ssh.id");
    let socket = match agents.get(id.first().map_or("", String::as_str)) {
        Ok(socket) => socket.to_owned(),
        Err(status) => return status.into_http(),
    };
    let (send, mut answers) = tokio::sync::mpsc::channel(4);
    let questions = grpc::questions(request.into_body());
    spawner.spawn(super::ssh::forward(socket, questions, send));
    grpc::answers(futures_util::stream::poll_fn(move |context| {
        answers.poll_recv(context)
    }))
}

#[cfg(not(unix))]
fn forward_agent(_: Request<Incoming>, _: &Agents, _: &Spawner) -> Response<Body> {
    Status::unimplemented("ssh agents are lent on Unix only").into_http()
}
