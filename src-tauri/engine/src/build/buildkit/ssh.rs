//! What `--ssh` lends to the steps that ask for it: the agent of this computer, for looking at its keys and
//! signing with them, and for nothing else.

#[cfg(unix)]
mod agent;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use bollard_buildkit_proto::moby::sshforward::v1::{CheckAgentRequest, CheckAgentResponse};
use tonic::Status;

#[cfg(unix)]
pub(super) use agent::forward;

use super::error::BuildkitError;
use crate::surroundings::Surroundings;

/// The agents' sockets, by the names that steps ask for.
#[derive(Debug, Clone, Default)]
pub(super) struct Agents(HashMap<String, PathBuf>);

impl Agents {
    /// Reads what stands behind `--ssh`: `default` or `name=socket`; relative paths begin at `folder`.
    pub async fn read(
        flags: &[String],
        folder: &Path,
        surroundings: &Surroundings,
    ) -> Result<Self, BuildkitError> {
        let mut agents = HashMap::new();
        for flag in flags {
            let wrong =
                |why: &str| BuildkitError::Option(format!("--ssh {flag} can’t be used: {why}"));
            let (id, path) = match flag.split_once('=') {
                Some((id, path)) => (id, folder.join(path)),
                None => {
                    let socket = surroundings.var("SSH_AUTH_SOCK").ok_or_else(|| {
                        wrong("no ssh agent runs here. Start one, and add your key with ssh-add")
                    })?;
                    (flag.as_str(), PathBuf::from(socket))
                }
            };
            if !is_socket(&path).await {
                return Err(wrong(&format!("{} is no agent’s socket", path.display())));
            }
            let id = if id.is_empty() { "default" } else { id };
            agents.insert(id.to_owned(), path);
        }
        Ok(Self(agents))
    }

    /// Whether there is an agent of this name.
    pub fn check(&self, asked: &CheckAgentRequest) -> Result<CheckAgentResponse, Status> {
        self.get(&asked.id).map(|_| CheckAgentResponse {})
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The socket of this name.
    pub fn get(&self, id: &str) -> Result<&Path, Status> {
        let id = if id.is_empty() { "default" } else { id };
        let found = self.0.get(id).map(PathBuf::as_path);
        found.ok_or_else(|| Status::not_found(format!("no ssh agent is lent as {id}")))
    }
}

#[cfg(unix)]
async fn is_socket(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    let facts = tokio::fs::metadata(path).await;
    facts.is_ok_and(|facts| facts.file_type().is_socket())
}

/// Agents are no files on other systems.
#[cfg(not(unix))]
async fn is_socket(path: &Path) -> bool {
    tracing::debug!(path = %path.display(), "ssh agents are lent on Unix only");
    std::future::ready(false).await
}
