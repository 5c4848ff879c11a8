//! Root file systems: the base image's, and the one that the newest engines run in.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cache::made;
use crate::error::LabError;
use crate::paths::Paths;
use crate::process::run;
use crate::world::authority;

pub(crate) const BASE: &str = include_str!("../make/root-base.sh");
const SID: &str = include_str!("../make/root-sid.sh");

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
