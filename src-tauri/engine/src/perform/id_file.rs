//! `--cidfile`: a file that gets the new container's id.

use std::fs::OpenOptions;
use std::io;
use std::path::{Path, PathBuf};

use crate::perform::{invalid, place};
use crate::problem::Problem;

/// The file, which is there already, empty. Dropped before it is written, it leaves nothing behind.
pub(super) struct IdFile(Option<PathBuf>);

impl IdFile {
    /// Makes the file, if there is to be one; one that is there already is left alone.
    pub fn of(folder: &Path, path: Option<&str>) -> io::Result<Self> {
        let Some(path) = path.filter(|path| !path.is_empty()) else {
            return Ok(Self(None));
        };
        // At once, not on another thread, as in `Partial`.
        let path = place::here(folder, path);
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)?;
        Ok(Self(Some(path)))
    }

    /// Writes the id.
    pub async fn write(mut self, id: &str) -> Result<(), Problem> {
        let Some(path) = self.0.take() else {
            return Ok(());
        };
        let written = tokio::fs::write(&path, id).await;
        written.map_err(|error| {
            invalid(&format!(
                "The container was made, but its id can’t be written to “{}”: {error}.",
                path.display()
            ))
        })
    }
}

impl Drop for IdFile {
    fn drop(&mut self) {
        if let Some(path) = self.0.take()
            && let Err(error) = std::fs::remove_file(&path)
        {
            tracing::warn!(%error, "the file for a container's id could not be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[tokio::test]
    async fn the_file_is_there_only_with_an_id() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("id");
        let of = |name| IdFile::of(folder.path(), Some(name));
        drop(of("id").unwrap());
        assert!(!path.exists());
        of("id").unwrap().write("0a").await.unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"0a");
        assert!(of("id").is_err(), "an earlier one is kept");
        assert_eq!(std::fs::read(&path).unwrap(), b"0a");
    }
}
