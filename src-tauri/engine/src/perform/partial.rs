//! A file that is written beside its place, and put there once it is whole.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

/// A tar file ends with at least so many zero bytes (POSIX.1, `pax`). An engine that fails in the middle
/// of one has said so by its status already, and ends the stream as if all was well.
const END_OF_TAR: usize = 1024;

/// A file in the making. Dropped before [`finish`](Self::finish), it leaves nothing behind.
pub(super) struct Partial {
    file: File,
    /// Takes the file away unless it is put in its place.
    path: TempPath,
    target: PathBuf,
    written: u64,
    zeros: usize,
}

impl Partial {
    /// Begins one that is to become `target`, an absolute path.
    pub fn beside(target: &Path) -> io::Result<Self> {
        let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(io::ErrorKind::IsADirectory.into());
        };
        if target.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let short: String = name.to_string_lossy().chars().take(40).collect();
        let mut made = tempfile::Builder::new();
        let prefix = format!(".{short}.");
        made.prefix(&prefix).suffix(".partial");
        // It becomes the user's own file, which others may read as far as the system lets them.
        #[cfg(unix)]
        made.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        // At once, not on another thread: whoever stops waiting must not leave a file that comes later.
        let (file, path) = made.tempfile_in(folder)?.into_parts();
        Ok(Self {
            file: File::from_std(file),
            path,
            target: target.to_owned(),
            written: 0,
            zeros: 0,
        })
    }

    /// Writes the next bytes.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await?;
        self.written += bytes.len() as u64;
        let zeros = bytes.iter().rev().take_while(|byte| **byte == 0).count();
        self.zeros = if zeros == bytes.len() {
            self.zeros.saturating_add(zeros)
        } else {
            zeros
        };
        Ok(())
    }

    /// Bytes written so far.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Whether what was written ends as a tar file does.
    pub fn ends_as_tar(&self) -> bool {
        self.zeros >= END_OF_TAR
    }

    /// Puts the file in its place, where it takes that of an earlier one.
    pub async fn finish(mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        let (path, target) = (self.path, self.target);
        let placed = tokio::task::spawn_blocking(move || path.persist(target)).await;
        Ok(placed.map_err(io::Error::other)??)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap().flatten();
        entries
            .map(|it| it.file_name().to_string_lossy().into_owned())
            .collect()
    }

    #[tokio::test]
    async fn a_file_is_there_only_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.tar");
        std::fs::write(&target, "before").unwrap();
        let mut partial = Partial::beside(&target).unwrap();
        partial.write(b"half").await.unwrap();
        drop(partial);
        assert_eq!(names(folder.path()), ["a.tar"]);
        assert_eq!(std::fs::read(&target).unwrap(), b"before");

        let mut partial = Partial::beside(&target).unwrap();
        partial.write(b"whole").await.unwrap();
        assert!(!partial.ends_as_tar());
        partial.write(&[0; 1000]).await.unwrap();
        assert!(!partial.ends_as_tar());
        partial.write(&[0; 24]).await.unwrap();
        assert!(partial.ends_as_tar());
        partial.finish().await.unwrap();
        assert_eq!(names(folder.path()), ["a.tar"]);
        assert_eq!(std::fs::read(&target).unwrap().len(), 1029);

        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().mode();
            let usual = folder.path().join("usual");
            std::fs::write(&usual, "").unwrap();
            assert_eq!(mode(&target), mode(&usual), "others may read it as usual");
        }
        // As long as a name may be.
        let long = folder.path().join("n".repeat(255));
        Partial::beside(&long).unwrap().finish().await.unwrap();
        assert!(long.exists());
        assert!(Partial::beside(folder.path()).is_err(), "a folder");
        assert!(Partial::beside(&folder.path().join("no/such")).is_err());
    }
}
