//! The folder that a build sends: what of it, in which order, and why something is not in it.

mod class;
mod dockerfile;
mod error;
mod facts;
mod glob;
pub mod ignore;
mod ignore_file;
mod look;
mod model;
mod size;
mod sources;
mod tar;
pub mod walk;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) use dockerfile::place;
pub use dockerfile::{Dockerfile, dockerfiles};
pub use error::{ContextError, DockerfileWrong};
#[cfg(unix)]
pub(in crate::build) use facts::device_numbers;
pub use facts::{Facts, Kind};
pub use ignore_file::IgnoreFile;
pub use look::{look, paths};
pub use model::{
    ContextFile, ContextLook, ContextPath, EditedIgnore, IgnoreWrong, SourceCheck, SourceFound,
};
pub(crate) use sources::is_elsewhere;
pub use sources::sources;
pub(in crate::build) use tar::Lent;
pub use tar::{ContextTar, Sending, TarBody};

/// A folder that can be built from, with its Dockerfile and what its ignore file leaves out.
#[derive(Debug, Clone)]
pub struct Context {
    /// The folder, links followed.
    pub folder: PathBuf,
    /// Its Dockerfile, or one from elsewhere.
    pub dockerfile: Dockerfile,
    /// Its ignore file, without a line that is wrong.
    pub ignore: IgnoreFile,
}

impl Context {
    /// Looks whether a build can begin, and reads all that it needs but the files themselves. A Dockerfile
    /// that does not begin at the root begins at `folder`. It reads from disk: not for an async task.
    ///
    /// # Errors
    /// What is missing or wrong, as a sentence.
    pub fn open(folder: &Path, dockerfile: Option<&Path>) -> Result<Self, ContextError> {
        let folder = real_folder(folder)?;
        let dockerfile = Dockerfile::find(&folder, dockerfile)?;
        let ignore = IgnoreFile::find(&folder, &dockerfile.path, &[])?;
        if let (Some(path), [_, ..]) = (&ignore.path, ignore.wrong.as_slice()) {
            return Err(ContextError::IgnoreWrong {
                path: path.clone(),
                wrong: ignore.wrong.clone(),
            });
        }
        Ok(Self {
            folder,
            dockerfile,
            ignore,
        })
    }
}

/// The folder with its links followed.
fn real_folder(folder: &Path) -> Result<PathBuf, ContextError> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => ContextError::NoFolder(folder.to_owned()),
        _ => ContextError::FolderUnreadable {
            path: folder.to_owned(),
            why: error::why(&error),
        },
    };
    let real = dockerfile::canonical(folder).map_err(unreadable)?;
    if !fs::metadata(&real).map_err(unreadable)?.is_dir() {
        return Err(ContextError::FolderIsFile(folder.to_owned()));
    }
    // Listed once, so that a folder without permission is told before anything is asked of the engine.
    fs::read_dir(&real).map_err(unreadable)?;
    Ok(real)
}
