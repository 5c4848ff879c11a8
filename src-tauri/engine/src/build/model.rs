//! What a build tells of itself, the same for every way in which it is done.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a build is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "BuildWay")]
pub enum Way {
    /// By the engine's BuildKit, over its API.
    Buildkit,
    /// By the engine's classic builder, over its API: step by step, each in a container.
    Classic,
    /// By the docker command of this computer, for what the API cannot do.
    Cli,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// Its turn has not come.
    Waiting,
    /// Under way.
    Running,
    /// Done now.
    Done,
    /// Nothing had changed for it, so its earlier result was taken.
    Cached,
    /// It failed.
    Failed,
    /// It was under way, or still to come, when the build was stopped or another step failed.
    Cancelled,
}

/// One step of a build as it is now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "BuildStep")]
pub struct Step {
    /// Counts up from 0 in the order in which the engine named the steps.
    pub id: u32,
    /// The instruction as the Dockerfile has it (`RUN pip install flask`), or what the builder does of itself
    /// (`load build context`), without the engine's marks. Hostile text.
    pub name: String,
    /// The stage it belongs to, by its name or `stage-0`; `None` for what the builder does of itself.
    pub stage: Option<String>,
    /// Its place among the steps of its stage.
    pub number: Option<StepNumber>,
    /// Its first line in the Dockerfile, from 1, where that is known.
    pub line: Option<u32>,
    /// The ids of the steps that it builds on.
    pub inputs: Vec<u32>,
    /// How far it is.
    pub state: StepState,
    /// When it began, in Unix milliseconds by this computer's clock.
    pub began: Option<i64>,
    /// When it ended, in Unix milliseconds by this computer's clock.
    pub ended: Option<i64>,
    /// What it downloads or sends, part by part.
    pub parts: Vec<StepPart>,
    /// The engine's words for its failure.
    pub error: Option<String>,
}

/// The names and errors of steps are kept up to so many characters.
pub(crate) const LONGEST_TEXT: usize = 4_000;

impl Step {
    /// One that waits, and of which nothing more is known.
    pub(crate) fn waiting(id: u32, name: &str) -> Self {
        Self {
            id,
            name: bounded(name),
            stage: None,
            number: None,
            line: None,
            inputs: Vec::new(),
            state: StepState::Waiting,
            began: None,
            ended: None,
            parts: Vec::new(),
            error: None,
        }
    }
}

/// A text of an engine's, as much of it as is kept.
pub(crate) fn bounded(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}

/// The place of a step: the second of seven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StepNumber {
    /// From 1.
    pub at: u32,
    /// How many there are.
    pub of: u32,
}

/// A part of a step's work that is counted: a layer that is downloaded, the folder that is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StepPart {
    /// Which one, such as `sha256:4f1c…` or `transferring context`. Hostile text.
    pub what: String,
    /// Bytes done.
    pub current: u64,
    /// Bytes in all; 0 when not known.
    pub total: u64,
    /// It needs nothing more.
    pub done: bool,
}

/// How much of the folder has been sent to the engine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ContextSent")]
pub struct Sent {
    /// Files whose content was sent.
    pub files: u64,
    /// Bytes of content.
    pub bytes: u64,
    /// Nothing more will be sent.
    pub done: bool,
}

/// Something that a check has to say about a Dockerfile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "BuildFinding")]
pub struct Finding {
    /// The rule's name, such as `JSONArgsRecommended`.
    pub rule: String,
    /// What it says of this place.
    pub message: String,
    /// What the rule is about, in general.
    pub about: String,
    /// Where more is told: an http or https address.
    pub url: Option<String>,
    /// First line, from 1; `None` where it is about the whole.
    pub line: Option<u32>,
    /// Last line, from 1.
    pub last_line: Option<u32>,
}

/// What is told while a build goes on, in the order in which it happens.
#[derive(Debug, Clone, Copy)]
pub enum Told<'a> {
    /// How it is done, and a sentence why; the first that is told.
    Way(Way, &'a str),
    /// So much of the folder was sent by now.
    Sent(Sent),
    /// A step is new, or it changed.
    Step(&'a Step),
    /// What a step printed, as it came: a line may be cut anywhere, bytes may be anything.
    Log(u32, &'a [u8]),
    /// The builder's own checks found something.
    Finding(&'a Finding),
}
