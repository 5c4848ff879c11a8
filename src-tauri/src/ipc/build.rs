//! What the build room's page and the window share.

use serde::{Deserialize, Serialize};
use slipway_engine::build::{Finding, Sent, Step, Way};
use slipway_engine::problem::Problem;
use ts_rs::TS;

/// How a build ended, or that it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BuildState {
    /// Under way.
    Running,
    /// The image is there.
    Done,
    /// It failed.
    Failed,
    /// The user stopped it.
    Cancelled,
    /// The app ended while it was under way.
    Interrupted,
}

/// A line of the history of builds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BuildSummary {
    /// The id of its task; it stays across restarts.
    pub id: u64,
    /// The engine that built, by `EngineChoice::id`.
    pub engine: String,
    /// What was asked for, without secrets; a `Build`.
    pub action: slipway_action::Action,
    /// The command as it is shown.
    pub command: slipway_action::Rendered,
    /// The folder in which the command's paths begin.
    pub folder: String,
    /// How it was done; `None` before that is known.
    pub way: Option<Way>,
    /// Why it was done in this way, as a sentence.
    pub way_why: String,
    /// How far it is.
    pub state: BuildState,
    /// When it began, in Unix milliseconds.
    pub began: i64,
    /// When it ended, in Unix milliseconds.
    pub ended: Option<i64>,
    /// How many steps of the Dockerfile are known by now.
    pub steps: u32,
    /// How many of them are done, cached ones too.
    pub done: u32,
    /// How many of them were cached.
    pub cached: u32,
    /// What is being done now, or where it failed: a step's name.
    pub at: Option<String>,
    /// The image's id.
    pub image: Option<String>,
    /// The image's size in bytes.
    pub size: Option<u64>,
    /// The size of the image that had the same name before.
    pub size_before: Option<u64>,
    /// Its layers, those of the base too.
    pub layers: Option<u32>,
    /// Why it failed.
    pub problem: Option<Problem>,
    /// The first line of the Dockerfile at which it failed, from 1.
    pub line: Option<u32>,
}

/// A build with its steps, as it is now: the first piece of its stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BuildWhole {
    /// The line of the history.
    pub summary: BuildSummary,
    /// Its steps, by their ids.
    pub steps: Vec<Step>,
    /// How many lines each step has printed; as many as there are steps.
    pub lines: Vec<u32>,
    /// What was sent of the folder.
    pub sent: Sent,
    /// What the builder's checks found.
    pub findings: Vec<Finding>,
    /// The Dockerfile as it was when the build began; empty when it could not be read.
    pub dockerfile: String,
}

/// What has changed in a build since the piece before: every further piece of its stream.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct BuildNews {
    /// The line of the history, when it changed.
    pub summary: Option<BuildSummary>,
    /// New and changed steps, whole.
    pub steps: Vec<Step>,
    /// The steps that printed, each with how many lines it has by now.
    pub lines: Vec<(u32, u32)>,
    /// What was sent of the folder, when it changed.
    pub sent: Option<Sent>,
    /// What else the builder's checks found.
    pub findings: Vec<Finding>,
}

/// What has changed in the history of builds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct BuildsNews {
    /// Forget what was known before: these are all.
    pub reset: bool,
    /// New and changed ones.
    pub changed: Vec<BuildSummary>,
    /// The ids of those that are gone.
    pub removed: Vec<u64>,
}

/// A line of a build's log that has what was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LogHit {
    /// The step's id.
    pub step: u32,
    /// The line, from 0.
    pub line: u32,
}
