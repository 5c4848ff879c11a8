//! The logins for registries, which the engine asks for when it needs one.

use bollard_buildkit_proto::moby::filesync::v1::{CredentialsRequest, CredentialsResponse};
use tonic::Status;

use crate::connect::Engine;
use crate::registry;

/// Where Docker Hub's images lie; its logins are kept under another name.
const HUB: &str = "registry-1.docker.io";

/// The login for a registry; an empty one where the docker command keeps none.
pub(super) async fn credentials(
    engine: &Engine,
    asked: CredentialsRequest,
) -> Result<CredentialsResponse, Status> {
    let host = match asked.host.as_str() {
        HUB | "docker.io" | "index.docker.io" => "docker.io",
        other => other,
    };
    let login = registry::login(engine, host).await;
    let (username, secret) = login.map(|login| login.parts()).unwrap_or_default();
    Ok(CredentialsResponse { username, secret })
}
