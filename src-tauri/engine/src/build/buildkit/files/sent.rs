//! How much was sent, and what went wrong with a file.

use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

use crate::build::buildkit::error::FileFailure;
use crate::build::model::Sent;

/// What the sending of folders tells to who waits for the build.
#[derive(Debug)]
pub(in crate::build::buildkit) struct Telling {
    sent: watch::Sender<Sent>,
    failed: Mutex<Option<FileFailure>>,
}

impl Telling {
    /// What to tell to, and what hears of it.
    pub fn new() -> (Self, watch::Receiver<Sent>) {
        let (sent, heard) = watch::channel(Sent::default());
        let failed = Mutex::default();
        (Self { sent, failed }, heard)
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

    /// The file that could not be sent.
    pub fn take_failure(&self) -> Option<FileFailure> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.take()
    }
}
