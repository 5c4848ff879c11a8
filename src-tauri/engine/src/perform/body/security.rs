//! `--security-opt` (docker/cli, `cli/command/container/opts.go`).

use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use slipway_action::rights::SecurityOption;

use crate::perform::{invalid, place};
use crate::problem::Problem;

/// The option by which nothing of the system's is hidden.
const OPEN_PATHS: &str = "systempaths=unconfined";

/// What guards the rest of the system from a container.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Security {
    security_opt: Option<Vec<String>>,
    masked_paths: Option<Vec<String>>,
    readonly_paths: Option<Vec<String>>,
}

impl Security {
    /// `systempaths=unconfined` is told to the engine by empty lists of paths.
    pub fn of(mut options: Vec<String>) -> Self {
        let none = options.is_empty();
        let open = options.iter().any(|it| it == OPEN_PATHS);
        options.retain(|it| it != OPEN_PATHS);
        Self {
            security_opt: (!none).then_some(options),
            masked_paths: open.then(Vec::new),
            readonly_paths: open.then(Vec::new),
        }
    }
}

/// The options, with the profile in the place of its file's name: the engine can't read files of here.
pub(super) async fn read(folder: &Path, options: &[String]) -> Result<Vec<String>, Problem> {
    let mut read = Vec::with_capacity(options.len());
    for option in options {
        let parsed = SecurityOption::parse(option).map_err(|error| invalid(&error.to_string()))?;
        read.push(match parsed {
            SecurityOption::Seccomp(name) if matches!(name.as_str(), "unconfined" | "builtin") => {
                option.clone()
            }
            SecurityOption::Seccomp(file) => format!("seccomp={}", profile(folder, &file).await?),
            SecurityOption::NoNewPrivileges(text) | SecurityOption::Other(text) => text,
            SecurityOption::SystemPathsUnconfined => OPEN_PATHS.to_owned(),
        });
    }
    Ok(read)
}

async fn profile(folder: &Path, file: &str) -> Result<Value, Problem> {
    let unreadable = |why: String| {
        invalid(&format!(
            "The seccomp profile “{file}” can’t be read: {why}."
        ))
    };
    let bytes = tokio::fs::read(place::here(folder, file)).await;
    let bytes = bytes.map_err(|error| unreadable(error.to_string()))?;
    serde_json::from_slice(&bytes).map_err(|error| unreadable(error.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[tokio::test]
    async fn profiles_are_sent_and_not_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let profile = "{ \"defaultAction\":\n \"SCMP_ACT_ALLOW\" }";
        std::fs::write(folder.path().join("profile.json"), profile).unwrap();
        let options = [
            "seccomp=profile.json".to_owned(),
            "label=disable".to_owned(),
            "no-new-privileges".to_owned(),
        ];
        let expected = [
            r#"seccomp={"defaultAction":"SCMP_ACT_ALLOW"}"#,
            "label=disable",
            "no-new-privileges",
        ];
        assert_eq!(read(folder.path(), &options).await.unwrap(), expected);
        for wrong in ["seccomp=/no/such/file", "apparmor", "label="] {
            assert!(
                read(folder.path(), &[wrong.to_owned()]).await.is_err(),
                "{wrong}"
            );
        }
    }
}
