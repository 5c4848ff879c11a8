//! Root file systems: the base image's, and those that engines run in which this machine doesn't have.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::cache::made;
use crate::error::LabError;
use crate::paths::Paths;
use crate::process::run;
use crate::world::authority;

pub(crate) const BASE: &str = include_str!("../make/root-base.sh");
const SID: &str = include_str!("../make/root-sid.sh");
const BOOKWORM: &str = include_str!("../make/root-bookworm.sh");

/// With this variable set, Docker 20.10 runs in a root file system of its own on every machine.
const FORCE: &str = "SLIPWAY_LAB_OWN_DOCKER20";

/// The base image's root file system, as a tar archive.
pub(crate) fn base(paths: &Paths) -> Result<PathBuf, LabError> {
    let authority = authority::certificate(paths)?;
    let base = made(paths, "base", &[BASE], |folder| {
        script(BASE, folder, Some(&authority))
    })?;
    Ok(base.join("base.tar"))
}

/// The root file system that holds the newest engines.
pub(crate) fn sid(paths: &Paths) -> Result<PathBuf, LabError> {
    Ok(made(paths, "sid", &[SID], |folder| script(SID, folder, None))?.join("root"))
}

/// The root file system that holds Docker 20.10; `None` where this machine's own Docker is that old.
pub(crate) fn docker20(paths: &Paths) -> Result<Option<PathBuf>, LabError> {
    if has_docker20() {
        return Ok(None);
    }
    let made = made(paths, "bookworm", &[BOOKWORM], |folder| {
        script(BOOKWORM, folder, None)
    })?;
    Ok(Some(made.join("root")))
}

/// Whether this machine's own `dockerd` is 20.10, as Debian 12's is.
pub(crate) fn has_docker20() -> bool {
    static OWN: OnceLock<bool> = OnceLock::new();
    *OWN.get_or_init(|| {
        let told = Command::new("dockerd").arg("--version").output();
        let is_old = told.is_ok_and(|told| {
            String::from_utf8_lossy(&told.stdout).starts_with("Docker version 20.10.")
        });
        is_old && std::env::var_os(FORCE).is_none_or(|value| value.is_empty())
    })
}

/// Runs a script that makes something in `folder`. It gets namespaces of its own, so that what it
/// mounts is gone with it, even when it is killed.
fn script(text: &str, folder: &Path, more: Option<&Path>) -> Result<(), LabError> {
    let mut command = Command::new("unshare");
    command
        .args(["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"])
        .args(["bash", "-c", text, "make"])
        .arg(folder)
        .args(more)
        .env("LC_ALL", "C");
    run(&mut command).map(drop)
}
