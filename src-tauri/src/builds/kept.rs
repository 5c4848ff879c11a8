//! A build as it lies on disk: a folder with a file of what is known of it, beside its log.

use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use slipway_engine::build::{Finding, Sent, Step, StepState};
use slipway_engine::problem::Problem;

use crate::disk;
use crate::ipc::{BuildState, BuildSummary};
use crate::trail::scrub;

/// The file's name.
const FILE: &str = "build.json";

/// A longer file is none of ours.
const LONGEST: u64 = 64 << 20;

/// All that is kept of a build beside its log.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kept {
    /// Its line in the history.
    pub summary: BuildSummary,
    /// Its steps.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// What was sent of the folder.
    #[serde(default)]
    pub sent: Sent,
    /// What the builder's checks found.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// The Dockerfile as it was when it began.
    #[serde(default)]
    pub dockerfile: String,
}

impl Kept {
    /// A build that begins.
    pub fn begun(summary: BuildSummary) -> Kept {
        Kept {
            summary,
            steps: Vec::new(),
            sent: Sent::default(),
            findings: Vec::new(),
            dockerfile: String::new(),
        }
    }
}

/// Writes it into its folder, without the texts that its action's redaction took away.
///
/// # Errors
/// When it cannot be written; what was there before then is there still.
pub fn write(folder: &Path, mut kept: Kept, secrets: &[String]) -> io::Result<()> {
    if let Some(problem) = kept.summary.problem.take() {
        kept.summary.problem = Some(Problem {
            // A fix carries the whole action; without its secrets it would not work.
            fixes: Vec::new(),
            ..problem
        });
    }
    let kept = scrub(kept, secrets).ok_or(io::ErrorKind::InvalidData)?;
    disk::make_private_folder(folder)?;
    disk::keep(&folder.join(FILE), &serde_json::to_vec(&kept)?)
}

/// Reads it from its folder. What was under way when the app ended is not any more.
///
/// # Errors
/// When it cannot be read, or is none.
pub fn read(folder: &Path) -> io::Result<Kept> {
    let path = folder.join(FILE);
    let mut kept: Kept = serde_json::from_slice(&disk::read(&path, LONGEST)?)?;
    if kept.summary.state == BuildState::Running {
        let modified = std::fs::metadata(&path)?.modified()?;
        let since = modified.duration_since(UNIX_EPOCH).ok();
        let last = since.and_then(|since| i64::try_from(since.as_millis()).ok());
        let ended = last.unwrap_or_default().max(kept.summary.began);
        kept.summary.state = BuildState::Interrupted;
        kept.summary.ended = Some(ended);
        kept.steps.iter_mut().for_each(|step| {
            leave(step, ended);
        });
    }
    Ok(kept)
}

/// A step that has not ended when its build does was left where it is; answers whether that is so.
pub fn leave(step: &mut Step, ended: i64) -> bool {
    match step.state {
        StepState::Waiting => {}
        StepState::Running => step.ended = Some(ended),
        StepState::Done | StepState::Cached | StepState::Failed | StepState::Cancelled => {
            return false;
        }
    }
    step.state = StepState::Cancelled;
    true
}
