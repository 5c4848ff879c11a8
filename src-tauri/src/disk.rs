//! Files that are written whole or not at all, and that are on disk when it is said so.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A file that is being written beside the place where it will be. Dropped before it is put there, it
/// leaves nothing behind.
#[derive(Debug)]
pub struct Beside {
    path: PathBuf,
    file: File,
    placed: bool,
}

impl Beside {
    /// Opens a new file in the folder of `target`, which nobody else may read.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn of(target: &Path) -> io::Result<Beside> {
        static LAST: AtomicU32 = AtomicU32::new(0);
        let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        loop {
            let number = LAST.fetch_add(1, Ordering::Relaxed);
            let mut beside = std::ffi::OsString::from(".");
            // A name may be as long as the system allows, and this one is longer.
            let short: String = name.to_string_lossy().chars().take(40).collect();
            beside.push(short);
            beside.push(format!(".{}-{number}.slipway", std::process::id()));
            let path = target.with_file_name(beside);
            match private().write(true).create_new(true).open(&path) {
                Ok(file) => {
                    return Ok(Beside {
                        path,
                        file,
                        placed: false,
                    });
                }
                // Left by another process of the same number, which is gone.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The file itself.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Puts it in the place of `target`, once all of it is on disk.
    ///
    /// # Errors
    /// When it cannot be written or moved; `target` is then as it was.
    pub fn place(mut self, target: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        std::fs::rename(&self.path, target)?;
        self.placed = true;
        sync_folder_of(target);
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.placed
            && let Err(error) = std::fs::remove_file(&self.path)
        {
            tracing::warn!("{} stays behind: {error}", self.path.display());
        }
    }
}

/// Writes a file of the app's own, which nobody else may read: it is on disk, whole, when this answers.
///
/// # Errors
/// When it cannot be written; what was there before is then still there.
pub fn keep(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = Beside::of(target)?;
    beside.file().write_all(bytes)?;
    beside.place(target)
}

/// Makes a folder of the app's own, which nobody else may look into.
///
/// # Errors
/// When it cannot be made.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// What is kept says much about a person: nobody else reads it.
pub fn private() -> OpenOptions {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A rename is on disk when the folder is.
#[cfg(unix)]
fn sync_folder_of(path: &Path) {
    let folder = path.parent().map(File::open);
    if let Some(Err(error)) = folder.map(|folder| folder.and_then(|folder| folder.sync_all())) {
        // The file is there and whole; some file systems do not sync folders.
        tracing::debug!("the folder of {}: {error}", path.display());
    }
}

#[cfg(not(unix))]
fn sync_folder_of(_path: &Path) {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{Beside, keep};

    #[test]
    fn a_file_is_there_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n".repeat(255));
        keep(&path, b"old").unwrap();
        let mut half = Beside::of(&path).unwrap();
        std::io::Write::write_all(half.file(), b"ne").unwrap();
        drop(half);
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        keep(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
