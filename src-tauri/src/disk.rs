//! Files that are written whole or not at all, and that are on disk when it is said so.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use tempfile::NamedTempFile;

/// A file that is being written beside the place where it will be, which nobody else may read. Dropped
/// before it is put there, it leaves nothing behind.
#[derive(Debug)]
pub struct Beside(NamedTempFile);

impl Beside {
    /// Opens a new file in the folder of `target`.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn of(target: &Path) -> io::Result<Beside> {
        let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        // A name may be as long as the system allows, and this one is longer.
        let short: String = name.to_string_lossy().chars().take(40).collect();
        let made = tempfile::Builder::new()
            .prefix(&format!(".{short}."))
            .suffix(".slipway")
            .tempfile_in(folder);
        made.map(Beside)
    }

    /// The file itself.
    pub fn file(&mut self) -> &mut File {
        self.0.as_file_mut()
    }

    /// Puts it in the place of `target`, once all of it is on disk.
    ///
    /// # Errors
    /// When it cannot be written or moved; `target` is then as it was.
    pub fn place(self, target: &Path) -> io::Result<File> {
        self.0.as_file().sync_all()?;
        let file = self.0.persist(target)?;
        sync_folder_of(target);
        Ok(file)
    }
}

/// Reads a file of the app's own, whose length no one vouches for.
///
/// # Errors
/// When it cannot be read, or is longer than `most` bytes.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Writes a file of the app's own, which nobody else may read: it is on disk, whole, when this answers.
///
/// # Errors
/// When it cannot be written; what was there before is then still there.
pub fn keep(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = Beside::of(target)?;
    beside.file().write_all(bytes)?;
    beside.place(target).map(drop)
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

    use super::{Beside, keep, read};

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
        assert_eq!(read(&path, 3).unwrap(), b"new");
        assert!(read(&path, 2).is_err());
    }
}
