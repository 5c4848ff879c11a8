//! Where the engine's files are.
//!
//! What lasts lies in the data folder; sockets and state lie in a folder of the session, which the
//! system empties, and whose path is short: a socket's path may have 107 bytes.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::surroundings::Surroundings;

/// How much of the log's end is shown with a failure.
const WITH_FAILURE: u64 = 4 * 1024;
/// How much of it is shown to somebody who asks for the log.
const TO_READ: u64 = 256 * 1024;

/// The engine's folders.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// `<data dir>/engine`.
    data: PathBuf,
    /// Short, for this user alone.
    runtime: PathBuf,
    socket: PathBuf,
    uid: Option<u32>,
    tag: String,
}

impl Place {
    pub(super) fn new(surroundings: &Surroundings, data_dir: &Path) -> Self {
        let data = data_dir.join("engine");
        // Two data folders are two engines.
        let digest = Sha256::digest(data.as_os_str().as_encoded_bytes());
        let tag: String = digest
            .iter()
            .take(4)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let session = surroundings.runtime_dir.clone().filter(|dir| dir.is_dir());
        let runtime = match (session, surroundings.uid) {
            (Some(dir), _) => dir.join(format!("slipway-{tag}")),
            (None, Some(0)) => surroundings.at(&format!("/run/slipway-{tag}")),
            (None, uid) => {
                surroundings.at(&format!("/tmp/slipway-{}-{tag}", uid.unwrap_or_default()))
            }
        };
        let socket = runtime.join("docker.sock");
        Self {
            data,
            runtime,
            socket,
            uid: surroundings.uid,
            tag,
        }
    }

    pub(super) fn data(&self) -> &Path {
        &self.data
    }

    pub(super) fn runtime(&self) -> &Path {
        &self.runtime
    }

    pub(super) fn socket(&self) -> &Path {
        &self.socket
    }

    /// What the user may write to set up the engine: Docker's own format.
    pub(super) fn user_config(&self) -> PathBuf {
        self.data.join("daemon.json")
    }

    /// What the engine reads: the user's settings and ours.
    pub(super) fn config(&self) -> PathBuf {
        self.runtime.join("daemon.json")
    }

    pub(super) fn pid_file(&self) -> PathBuf {
        self.runtime.join("docker.pid")
    }

    /// Below which the engine keeps its sockets and state.
    pub(super) fn exec_root(&self) -> PathBuf {
        self.runtime.join("exec")
    }

    /// The files in which the engine's own processes write their pids.
    pub(super) fn pid_files(&self) -> [PathBuf; 2] {
        [
            self.pid_file(),
            self.exec_root().join("containerd").join("containerd.pid"),
        ]
    }

    pub(super) fn record(&self) -> PathBuf {
        self.data.join("state.json")
    }

    /// A network device's name has at most 15 bytes.
    pub(super) fn bridge(&self) -> String {
        format!("slip{}", self.tag)
    }

    /// Makes the folders, for this user alone.
    pub(super) fn make(&self) -> io::Result<()> {
        let mut folder = DirBuilder::new();
        folder.recursive(true).mode(0o700).create(&self.data)?;
        match DirBuilder::new().mode(0o700).create(&self.runtime) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => self.check_runtime(),
            Err(error) => Err(error),
        }
    }

    /// Under /tmp anybody could have made the folder first, and would then own our socket.
    fn check_runtime(&self) -> io::Result<()> {
        let meta = self.runtime.symlink_metadata()?;
        if meta.is_dir() && self.uid.is_none_or(|uid| uid == meta.uid()) {
            return fs::set_permissions(&self.runtime, fs::Permissions::from_mode(0o700));
        }
        let text = format!("{} belongs to somebody else", self.runtime.display());
        Err(io::Error::new(io::ErrorKind::PermissionDenied, text))
    }

    pub(super) fn lock_file(&self) -> io::Result<File> {
        OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.data.join("lock"))
    }

    /// A new log; the one before is kept under another name, and the one before that goes.
    pub(super) fn new_log(&self) -> io::Result<File> {
        let log = self.log();
        match fs::rename(&log, self.data.join("log.1")) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        OpenOptions::new().create(true).append(true).open(log)
    }

    fn log(&self) -> PathBuf {
        self.data.join("log")
    }

    /// The last lines of the log, for a failure; empty where there is none.
    pub(super) fn log_tail(&self) -> String {
        self.log_end(WITH_FAILURE)
    }

    /// As much of the log's end as somebody may want to read; empty where there is none.
    pub(super) fn log_to_read(&self) -> String {
        self.log_end(TO_READ)
    }

    fn log_end(&self, most: u64) -> String {
        let read = || -> io::Result<Vec<u8>> {
            let mut file = File::open(self.log())?;
            let length = file.metadata()?.len();
            file.seek(SeekFrom::Start(length.saturating_sub(most)))?;
            let mut bytes = Vec::new();
            file.take(most).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read()
            .map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned())
            .unwrap_or_default()
    }

    /// Removes what would make the next engine believe that one runs. A pid in such a file counts for
    /// dockerd as long as any process has it, even one that has ended and was not waited for.
    pub(super) fn remove_leftovers(&self) -> io::Result<()> {
        for path in self.pid_files().iter().chain([&self.socket]) {
            match fs::remove_file(path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_failure_shows_the_end_of_the_log_and_a_reader_gets_more() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(&Surroundings::default(), folder.path());
        assert_eq!(place.log_to_read(), "", "it has never run");
        fs::create_dir_all(&place.data).unwrap();
        let lines: Vec<String> = (0..100_000).map(|line| format!("line {line}")).collect();
        fs::write(place.log(), lines.join("\n")).unwrap();
        let (short, long) = (place.log_tail(), place.log_to_read());
        assert!(short.len() <= 4 * 1024 && short.ends_with("line 99999"));
        assert!(long.len() > 200 * 1024 && long.ends_with(&short));
    }
}
