//! Reading a text file, and looking whether it is still the same.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use slipway_engine::problem::Problem;

use super::decode::{NoText, decode, stamp};
use super::{called, problem};
use crate::ipc::{Stamp, TextFile};

/// The largest file that the editor takes, in bytes.
pub const LARGEST: u64 = 10 << 20;

/// Files that are looked at in one question.
const STAMPS: usize = 1_000;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unread {
    /// There is nothing of that name.
    #[error("There is no such file.")]
    Gone,
    /// It has no place to begin at.
    #[error("Its path does not begin at the root.")]
    Relative,
    /// It is a folder.
    #[error("It is a folder, not a file.")]
    Folder,
    /// It is a pipe, a socket or a device.
    #[error("It is not an ordinary file, but a pipe, a socket or a device.")]
    Special,
    /// It is a link that leads back to itself.
    #[error("It is a link that leads in a circle.")]
    Circle,
    /// This user may not read it.
    #[error("You have no permission to read it.")]
    Permission,
    /// It is larger than the editor takes.
    #[error("It has {} MB; the editor takes files of up to {} MB.", .0.div_ceil(1 << 20), LARGEST >> 20)]
    Large(u64),
    /// It is no text.
    #[error(transparent)]
    NoText(#[from] NoText),
    /// The system says otherwise why.
    #[error("The system says: {0}.")]
    Other(io::Error),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Unread {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Unread::Gone,
            ErrorKind::PermissionDenied => Unread::Permission,
            ErrorKind::IsADirectory => Unread::Folder,
            _ if is_circle(&error) => Unread::Circle,
            _ => Unread::Other(error),
        }
    }
}

#[cfg(unix)]
fn is_circle(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
fn is_circle(_error: &io::Error) -> bool {
    false
}

impl Unread {
    fn todo(&self) -> &'static str {
        match self {
            Unread::Gone => "It may have been moved or deleted. Pick it anew.",
            Unread::Relative | Unread::Folder | Unread::Special | Unread::Circle => {
                "Pick another file."
            }
            Unread::Permission => "Change who may read it, or pick another file.",
            Unread::Large(_) | Unread::NoText(NoText::Binary) => "Open it in another program.",
            Unread::NoText(NoText::Encoding { .. }) => {
                "Save it as UTF-8 in the program that made it, then open it again."
            }
            Unread::Other(_) => "Try again, or pick another file.",
        }
    }

    /// The same for a person.
    pub(super) fn told(&self, path: &Path) -> Problem {
        let what = format!("{} can’t be opened", called(path));
        problem(&what, self.to_string(), self.todo())
    }
}

/// Reads a text file; links are followed.
///
/// # Errors
/// Says why it cannot be read, or is none.
pub fn open(path: &Path) -> Result<TextFile, Problem> {
    read(path).map_err(|why| why.told(path))
}

pub(super) fn read(path: &Path) -> Result<TextFile, Unread> {
    let bytes = bytes(path)?;
    let decoded = decode(&bytes)?;
    Ok(TextFile {
        path: path.to_string_lossy().into_owned(),
        text: decoded.text,
        crlf: decoded.crlf,
        bom: decoded.bom,
        utf16: decoded.utf16,
        stamp: stamp(&bytes),
        read_only: !is_writable(path),
    })
}

/// The bytes of an ordinary file that is not too large.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Unread> {
    let facts = facts(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(facts.len()).unwrap_or_default());
    // It may grow meanwhile, and some files say that they have no length.
    File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    let length = bytes.len() as u64;
    if length > LARGEST {
        return Err(Unread::Large(length));
    }
    Ok(bytes)
}

/// What the system says of a file, before anything waits for a pipe's other end.
fn facts(path: &Path) -> Result<Metadata, Unread> {
    if !path.is_absolute() {
        return Err(Unread::Relative);
    }
    let facts = std::fs::metadata(path)?;
    if facts.is_dir() {
        return Err(Unread::Folder);
    }
    if !facts.is_file() {
        return Err(Unread::Special);
    }
    if facts.len() > LARGEST {
        return Err(Unread::Large(facts.len()));
    }
    Ok(facts)
}

/// Whether a file can be written, asked in the only way that knows of every rule of the system.
pub(super) fn is_writable(path: &Path) -> bool {
    // Who may do everything is still told that a file is meant to stay as it is.
    let marked = std::fs::metadata(path).is_ok_and(|facts| facts.permissions().readonly());
    !marked && File::options().write(true).open(path).is_ok()
}

/// How files are on disk; `None` for one that is not there, or is no ordinary file.
pub fn stamps(paths: &[PathBuf]) -> Vec<Option<Stamp>> {
    let look = |(place, path): (usize, &PathBuf)| {
        if place < STAMPS { now(path) } else { None }
    };
    paths.iter().enumerate().map(look).collect()
}

/// How a file is on disk.
pub(super) fn now(path: &Path) -> Option<Stamp> {
    match bytes(path) {
        Ok(bytes) => Some(stamp(&bytes)),
        Err(
            Unread::Gone | Unread::Relative | Unread::Folder | Unread::Special | Unread::Circle,
        ) => None,
        // It is there and cannot be read, so it is another one than was read.
        Err(Unread::Large(_) | Unread::NoText(_) | Unread::Permission | Unread::Other(_)) => {
            let facts = std::fs::metadata(path).ok()?;
            let since = facts.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
            Some(Stamp(format!("{}:{}", facts.len(), since.as_nanos())))
        }
    }
}
