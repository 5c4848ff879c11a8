//! What can go wrong in the lab.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// A failure of the lab itself. A test that meets one can't say anything about Slipway.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// This machine can't run what was asked for; the text says what is missing.
    #[error("this machine can't run {what}: {why}")]
    CannotRun {
        /// The engine or service that was asked for.
        what: String,
        /// What the machine lacks.
        why: String,
    },
    /// A file or a process could not be reached.
    #[error("{what}: {source}")]
    Io {
        /// What the lab was doing.
        what: String,
        /// The system's answer.
        source: io::Error,
    },
    /// A command ended with a failure.
    #[error("{command} failed ({status}):\n{output}")]
    Command {
        /// The command line, its words joined by spaces.
        command: String,
        /// The exit status in words.
        status: String,
        /// The end of what it wrote.
        output: String,
    },
    /// A state was awaited and did not come.
    #[error("waited {limit:?} for {what}{detail}")]
    TimedOut {
        /// The state that was awaited.
        what: String,
        /// How long.
        limit: Duration,
        /// What is known about the reason; empty, or starting with a separator.
        detail: String,
    },
    /// A record in the run folder that can't be read.
    #[error("{path} is not a record of the lab: {why}")]
    Record {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

/// Adds to an [`io::Error`] what was being done.
pub(crate) trait During<T> {
    /// `what` names the action and the file or program it was about.
    fn during(self, what: impl FnOnce() -> String) -> Result<T, LabError>;
}

impl<T> During<T> for io::Result<T> {
    fn during(self, what: impl FnOnce() -> String) -> Result<T, LabError> {
        self.map_err(|source| LabError::Io {
            what: what(),
            source,
        })
    }
}
