//! What the steps of a build print, however much that is: a file for each step, of which only the
//! places of the lines are kept in memory.
//!
//! Whoever prints never waits for the disk: lines gather in memory until the build's own thread takes
//! them out, and a reader that asks meanwhile finds them there. The lock is held only while bytes are
//! copied.

mod lines;
mod scrub;
mod step;
mod store;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

pub use scrub::Scrub;
use step::{LeftOut, Most, StepLog};

use crate::hub::lock;

/// What is kept of one build; what comes after that is left out, but for the end of each step.
const MOST: Most = Most {
    bytes: 256 << 20,
    lines: 4_000_000,
};

/// Bytes that may wait for the disk before lines are left out.
const WAITING: usize = 32 << 20;

/// So much is written at once.
const CHUNK: usize = 256 << 10;

/// The log of a build.
#[derive(Debug)]
pub struct BuildLog {
    folder: PathBuf,
    scrub: Scrub,
    most: Most,
    inner: Mutex<Inner>,
    /// There is enough to write, or the build has ended.
    due: Condvar,
}

#[derive(Debug, Default)]
struct Inner {
    steps: BTreeMap<u32, StepLog>,
    /// What was taken in, all steps together.
    taken: Most,
    /// Bytes that wait for the disk.
    waiting: usize,
    /// Why nothing can be stored any more.
    failed: Option<String>,
    is_sealed: bool,
}

impl BuildLog {
    /// The empty log of a build that keeps its files in `folder`, without the secrets of `scrub`.
    pub fn new(folder: &Path, scrub: Scrub) -> BuildLog {
        BuildLog::bounded(folder, scrub, MOST)
    }

    fn bounded(folder: &Path, scrub: Scrub, most: Most) -> BuildLog {
        BuildLog {
            folder: folder.to_owned(),
            scrub,
            most,
            inner: Mutex::default(),
            due: Condvar::new(),
        }
    }

    /// The log that an ended build left in `folder`. What cannot be read is empty.
    pub fn load(folder: &Path) -> BuildLog {
        let log = BuildLog::new(folder, Scrub::default());
        let mut inner = Inner {
            is_sealed: true,
            ..Inner::default()
        };
        for (step, starts, length) in store::scan(folder, MOST) {
            inner.steps.insert(step, StepLog::of_file(starts, length));
        }
        *lock(&log.inner) = inner;
        log
    }

    /// Takes in what a step printed.
    pub fn push(&self, step: u32, bytes: &[u8]) {
        // However much comes at once, what is kept does not go far over the bounds.
        for piece in bytes.chunks(CHUNK) {
            self.push_piece(step, piece);
        }
    }

    fn push_piece(&self, step: u32, bytes: &[u8]) {
        let mut inner = lock(&self.inner);
        let Inner {
            steps,
            taken,
            waiting,
            failed,
            is_sealed,
        } = &mut *inner;
        if *is_sealed {
            return;
        }
        let left_out = match failed {
            Some(why) => Some(LeftOut::Disk(why.clone())),
            None if taken.bytes >= self.most.bytes || taken.lines >= self.most.lines => {
                Some(LeftOut::Full(self.most))
            }
            None if *waiting >= WAITING => Some(LeftOut::Slow),
            None => None,
        };
        let count = steps.len();
        let log = steps.entry(step).or_default();
        let left_out = left_out.as_ref().map(|why| (why, count));
        let more = log.push(bytes, &self.scrub, left_out);
        taken.bytes += more.bytes;
        taken.lines += more.lines;
        *waiting += usize::try_from(more.bytes).unwrap_or(usize::MAX);
        if *waiting >= CHUNK {
            self.due.notify_one();
        }
    }

    /// Nothing more comes.
    pub fn seal(&self) {
        let mut inner = lock(&self.inner);
        inner.is_sealed = true;
        let mut waiting = 0;
        for step in inner.steps.values_mut() {
            step.seal(&self.scrub);
            waiting += step.waiting();
        }
        inner.waiting = waiting;
        self.due.notify_one();
    }

    /// Waits until there is enough to write, `most` at longest. Answers whether more may come.
    pub fn wait(&self, most: Duration) -> bool {
        let inner = lock(&self.inner);
        let (inner, _) = self
            .due
            .wait_timeout_while(inner, most, |inner| {
                inner.waiting < CHUNK && !inner.is_sealed
            })
            .unwrap_or_else(PoisonError::into_inner);
        !inner.is_sealed
    }

    /// Writes what waits. The files stay open in `files` from one call to the next.
    pub fn write_out(&self, files: &mut store::Files) {
        loop {
            let (step, bytes) = {
                let mut inner = lock(&self.inner);
                if inner.failed.is_some() {
                    return;
                }
                let next = inner.steps.iter_mut().find(|(_, log)| log.waiting() > 0);
                let Some((step, log)) = next else { return };
                let (step, bytes) = (*step, log.take());
                inner.waiting = inner.waiting.saturating_sub(bytes.len());
                (step, bytes)
            };
            let written = files.append(&self.folder, step, &bytes);
            let mut inner = lock(&self.inner);
            match written {
                Ok(()) => {
                    if let Some(log) = inner.steps.get_mut(&step) {
                        log.written();
                    }
                }
                Err(error) => {
                    tracing::warn!("{}: {error}", self.folder.display());
                    inner.fail(&error.to_string());
                }
            }
        }
    }

    /// The steps that printed, and how many lines each has.
    pub fn counts(&self) -> BTreeMap<u32, u32> {
        let inner = lock(&self.inner);
        let count = |log: &StepLog| u32::try_from(log.count()).unwrap_or(u32::MAX);
        inner
            .steps
            .iter()
            .map(|(step, log)| (*step, count(log)))
            .collect()
    }

    /// Lines of a step from `from` on: `count` at most, and fewer where they are very long. Empty
    /// where there are none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn lines(&self, step: u32, from: usize, count: usize) -> std::io::Result<Vec<Vec<u8>>> {
        let window = {
            let inner = lock(&self.inner);
            match inner.steps.get(&step) {
                Some(log) => log.window(from, count, &self.scrub),
                None => return Ok(Vec::new()),
            }
        };
        store::read(&self.folder, step, window)
    }
}

impl Inner {
    fn fail(&mut self, why: &str) {
        self.failed = Some(why.to_owned());
        self.waiting = 0;
        for log in self.steps.values_mut() {
            if log.waiting() > 0 || log.is_flushing() {
                log.not_written(why);
            }
        }
    }
}

pub use store::Files;

#[cfg(test)]
mod tests;
