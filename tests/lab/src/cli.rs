//! The newest docker command line, without any engine: for what it says of itself.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::error::LabError;
use crate::kind::Kind;
use crate::lab::why_not;
use crate::paths::Paths;
use crate::roots;

/// The newest buildx, a part of the docker command that this machine may not have itself.
pub fn buildx() -> Option<PathBuf> {
    let root = roots::sid(&Paths::new().ok()?).ok()?;
    let program = root.join("usr/libexec/docker/cli-plugins/docker-buildx");
    program.is_file().then_some(program)
}

/// A `docker` command of the newest kind, with its plugins and with no setting but `setting`
/// (`NAME=VALUE`), to be given words and run. It reaches no engine.
///
/// # Errors
/// [`LabError::CannotRun`] where the lab has no newest engine; whatever fails while its root file
/// system is made.
pub fn newest_cli(setting: Option<&str>) -> Result<Command, LabError> {
    if let Some(why) = why_not(Kind::DockerNewest) {
        return Err(LabError::CannotRun {
            what: "the newest docker command".to_owned(),
            why,
        });
    }
    let root = roots::sid(&Paths::new()?)?;
    let mut command = Command::new("chroot");
    command
        .arg(root)
        .args([
            "/usr/bin/env",
            "-i",
            "PATH=/usr/bin:/bin",
            "HOME=/nonexistent",
        ])
        .arg("DOCKER_HOST=unix:///nonexistent")
        .args(setting)
        .arg("docker")
        .stdin(Stdio::null());
    Ok(command)
}
