//! Reads a file's content piece by piece, and notices when it changes meanwhile.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::facts;
use crate::build::buildkit::error::{FileFailure, FileTrouble};

/// Bytes in a message. Larger ones cost memory and gain nothing.
const PIECE: usize = 128 * 1024;

/// What was told of a file before its content was asked for.
#[derive(Debug)]
pub(super) struct Listed {
    /// Its path in the folder, with `/`.
    pub name: Vec<u8>,
    pub size: i64,
    pub modified: i64,
}

/// Gives the content to `give`, which answers whether it wants more.
pub(super) fn read(
    path: &Path,
    listed: &Listed,
    give: &mut dyn FnMut(Vec<u8>) -> bool,
) -> Result<(), FileFailure> {
    let failed = |why| FileFailure {
        path: path.to_owned(),
        why,
    };
    let unreadable = |error: io::Error| {
        failed(match error.kind() {
            io::ErrorKind::NotFound => FileTrouble::Gone,
            _ => FileTrouble::Unreadable(error),
        })
    };
    let mut file = open(path).map_err(unreadable)?;
    let facts = file.metadata().map_err(unreadable)?;
    let same = |facts: &std::fs::Metadata| {
        facts.is_file()
            && i64::try_from(facts.len()) == Ok(listed.size)
            && facts::modified(facts) == listed.modified
    };
    if !same(&facts) {
        return Err(failed(FileTrouble::Changed));
    }
    let mut left = facts.len();
    while left > 0 {
        let length = usize::try_from(left).map_or(PIECE, |left| left.min(PIECE));
        let mut piece = vec![0; length];
        match file.read_exact(&mut piece) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(failed(FileTrouble::Changed));
            }
            Err(error) => return Err(unreadable(error)),
        }
        left -= length as u64;
        if !give(piece) {
            return Ok(());
        }
    }
    let facts = file.metadata().map_err(unreadable)?;
    if !same(&facts) {
        return Err(failed(FileTrouble::Changed));
    }
    Ok(())
}

/// Opens a plain file. A link or a pipe that was put into its place meanwhile is not followed or waited for.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}
