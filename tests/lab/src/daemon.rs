//! The command lines that start each kind of engine, and where its files lie.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{During, LabError};
use crate::kind::Kind;
use crate::net::Slot;
use crate::podman;
use crate::process::Recorded;
use crate::record::cgroup;

/// What a daemon is started with.
pub(crate) struct Start<'a> {
    pub kind: Kind,
    /// The engine's own folder.
    pub folder: &'a Path,
    /// The process whose namespaces it runs in.
    pub holder: Recorded,
    pub slot: Slot,
    /// The loopback port of the registry that stands for Docker Hub.
    pub mirror: u16,
}

/// The socket of the engine in `folder`.
pub(crate) fn socket(folder: &Path) -> PathBuf {
    folder.join("s")
}

/// The log of the engine in `folder`.
pub(crate) fn log(folder: &Path) -> PathBuf {
    folder.join("log")
}

/// The command that runs the daemon in its holder's namespaces.
pub(crate) fn command(start: &Start) -> Result<Command, LabError> {
    let pid = start.holder.pid();
    let mut command = Command::new("nsenter");
    command.args([
        format!("--mount=/proc/{pid}/ns/mnt"),
        format!("--pid=/proc/{pid}/ns/pid"),
    ]);
    command.arg("--");
    // The daemon must not take anything from the user's settings for the docker CLI.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("DOCKER_") {
            command.env_remove(name);
        }
    }
    command.env(
        "PATH",
        "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    );
    match start.kind {
        Kind::Docker20 | Kind::DockerNewest => docker(&mut command, start)?,
        Kind::Podman => podman::daemon(&mut command, start)?,
    }
    Ok(command)
}

fn docker(command: &mut Command, start: &Start) -> Result<(), LabError> {
    let folder = start.folder;
    let config = folder.join("daemon.json");
    // A file of our own, because the default one is the user's.
    fs::write(&config, "{}\n").during(|| format!("write {}", config.display()))?;
    // A daemon that was killed leaves its pid file, and the next one may find that pid taken.
    let pid_file = folder.join("pid");
    let _ = fs::remove_file(&pid_file);
    command
        .arg("dockerd")
        .arg(format!("--config-file={}", config.display()))
        .arg(format!("--host=unix://{}", socket(folder).display()))
        .arg(format!("--data-root={}", folder.join("data").display()))
        .arg(format!("--exec-root={}", folder.join("exec").display()))
        .arg(format!("--pidfile={}", pid_file.display()))
        .arg(format!("--bridge={}", start.slot.bridge()))
        .arg(format!(
            "--default-address-pool=base={},size=27",
            start.slot.pool()
        ))
        .args(["--iptables=false", "--ip6tables=false"])
        .arg("--exec-opt=native.cgroupdriver=cgroupfs")
        .arg(format!("--cgroup-parent={}", cgroup(folder)))
        .arg(format!(
            "--registry-mirror=http://127.0.0.1:{}",
            start.mirror
        ));
    Ok(())
}
