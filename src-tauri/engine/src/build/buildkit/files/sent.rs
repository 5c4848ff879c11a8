//! How much was sent, and what went wrong with a file.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

use crate::build::buildkit::error::{FileFailure, FileTrouble};
use crate::build::model::Sent;

/// What the sending of folders tells to who waits for the build.
#[derive(Debug)]
pub(in crate::build::buildkit) struct Telling {
    sent: watch::Sender<Sent>,
    failed: Mutex<Option<FileFailure>>,
    odd_name: Mutex<Option<PathBuf>>,
}

impl Telling {
    /// What to tell to, and what hears of it.
    pub fn new() -> (Self, watch::Receiver<Sent>) {
        let (sent, heard) = watch::channel(Sent::default());
        let telling = Self {
            sent,
            failed: Mutex::default(),
            odd_name: Mutex::default(),
        };
        (telling, heard)
    }

    /// A piece of content is on its way.
    pub(super) fn add_bytes(&self, bytes: usize) {
        self.sent.send_modify(|sent| sent.bytes += bytes as u64);
    }

    /// A file is on its way to its end.
    pub(super) fn add_file(&self) {
        self.sent.send_modify(|sent| sent.files += 1);
    }

    /// The engine has all that it asked for.
    pub(super) fn done(&self) {
        self.sent.send_modify(|sent| sent.done = true);
    }

    /// Something further is asked for.
    pub(super) fn more(&self) {
        self.sent.send_modify(|sent| sent.done = false);
    }

    /// A file can't be sent; the first that says so counts.
    pub(super) fn fail(&self, failure: FileFailure) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get_or_insert(failure);
    }

    /// A file whose name is not UTF-8 was told.
    pub(super) fn add_odd_name(&self, path: PathBuf) {
        let mut odd = self.odd_name.lock().unwrap_or_else(PoisonError::into_inner);
        odd.get_or_insert(path);
    }

    /// The engine can't take a name that is not UTF-8, as newer ones can't.
    pub fn name_refused(&self) {
        let mut odd = self.odd_name.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = odd.take() {
            self.fail(FileFailure {
                path,
                why: FileTrouble::Name,
            });
        }
    }

    /// The file that could not be sent.
    pub fn take_failure(&self) -> Option<FileFailure> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.take()
    }
}
