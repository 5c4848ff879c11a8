//! What the app knows of an engine and of what lives in it, in plain types that go over the IPC.
//! bollard's types never leave this crate.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use slipway_action::Action;
use ts_rs::TS;

use crate::problem::Problem;

/// What a container is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ContainerState {
    /// Made, never started.
    Created,
    /// Its main program runs.
    Running,
    /// Frozen.
    Paused,
    /// Between two runs, by its restart policy.
    Restarting,
    /// Being removed.
    Removing,
    /// Its main program has ended.
    Exited,
    /// The engine could not stop or remove it.
    Dead,
    /// A state this version does not know; the row's `status` has the engine's word for it.
    Unknown,
}

/// A port that a container uses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Port {
    /// The address on the engine's computer, such as 127.0.0.1 or 0.0.0.0; `None` when not published.
    pub address: Option<String>,
    /// The port on the engine's computer; `None` when not published.
    pub host: Option<u16>,
    /// The port in the container.
    pub container: u16,
    /// `tcp`, `udp` or `sctp`.
    pub protocol: String,
}

/// One line of the list of containers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ContainerRow {
    /// The full id, 64 hex digits.
    pub id: String,
    /// The name without the leading slash.
    pub name: String,
    /// The image as the container was asked for, such as `ubuntu` or `sha256:…`.
    pub image: String,
    /// The image's id.
    pub image_id: String,
    /// The command as the engine prints it.
    pub command: String,
    /// What it is doing.
    pub state: ContainerState,
    /// The engine's words for it, such as `Exited (0) 5 minutes ago`.
    pub status: String,
    /// How its program ended, once it has; taken from `status`.
    pub exit_code: Option<i64>,
    /// When it was made, in Unix seconds.
    pub created: i64,
    /// The ports, published ones first, no port twice for IPv4 and IPv6.
    pub ports: Vec<Port>,
    /// The notes attached to it.
    pub labels: BTreeMap<String, String>,
}

/// One line of the list of images.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ImageRow {
    /// The full id, `sha256:` and 64 hex digits.
    pub id: String,
    /// Its names as `repository:tag`; empty for an image without a name.
    pub tags: Vec<String>,
    /// Its digests as `repository@sha256:…`.
    pub digests: Vec<String>,
    /// Bytes on disk, layers shared with others counted too.
    pub size: u64,
    /// When it was built, in Unix seconds.
    pub created: i64,
}

/// One engine that the app knows of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EngineChoice {
    /// Stable name of this choice, such as `env`, `context:colima`, `socket:/run/docker.sock`, `own`.
    pub id: String,
    /// What people read: `Docker`, `Podman`, `colima`, `Slipway’s own engine`.
    pub name: String,
    /// Where it comes from, in words: `DOCKER_HOST`, `docker context`, `found on this computer`.
    pub source: String,
    /// Its address, such as `unix:///var/run/docker.sock`.
    pub address: String,
    /// Whether it answers, as of the last look.
    pub state: EngineState,
}

/// How it stands with an engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum EngineState {
    /// Not asked yet.
    Unknown,
    /// Being asked.
    Connecting,
    /// It answers.
    Ready(EngineFacts),
    /// It does not answer, and this is why.
    Failed {
        /// What, why, and what to do. Its `code` is one of the `engine-*` codes.
        problem: Problem,
    },
}

/// What an engine says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EngineFacts {
    /// `Docker` or `Podman`, for people to read; code asks `capabilities`.
    pub product: String,
    /// Its version, such as `28.5.2`.
    pub version: String,
    /// The API version that requests are pinned to, such as `1.51`.
    pub api: String,
    /// Such as `linux/amd64`.
    pub platform: String,
    /// Whether it runs on this computer, so that `127.0.0.1` and folders here mean the same there.
    pub local: bool,
    /// What it can do.
    pub capabilities: Capabilities,
}

/// What an engine can do; asked instead of its brand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Capabilities {
    /// Builds with BuildKit.
    pub buildkit: bool,
    /// Has swarm mode.
    pub swarm: bool,
    /// Can limit memory and processors.
    pub limits: bool,
    /// Runs without root's rights, so ports under 1024 may be closed to it.
    pub rootless: bool,
}

/// What has changed; the page applies these in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[allow(
    clippy::large_enum_variant,
    reason = "few exist at a time, each for a moment"
)]
pub enum Change {
    /// The engines that the app knows of, all of them, and which one it uses.
    Engines {
        /// All of them.
        engines: Vec<EngineChoice>,
        /// The `id` of the one in use.
        current: Option<String>,
    },
    /// Containers came, changed or went.
    Containers {
        /// Forget what was known before: this is the whole list.
        reset: bool,
        /// New and changed ones.
        changed: Vec<ContainerRow>,
        /// The ids of those that are gone.
        removed: Vec<String>,
    },
    /// Images came, changed or went.
    Images {
        /// Forget what was known before: this is the whole list.
        reset: bool,
        /// New and changed ones.
        changed: Vec<ImageRow>,
        /// The ids of those that are gone.
        removed: Vec<String>,
    },
    /// A task began, went on or ended.
    Task {
        /// The task as it is now.
        task: Task,
    },
    /// Slipway's own engine changed its state.
    OwnEngine {
        /// Its state now.
        own: OwnEngine,
    },
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum TaskState {
    /// It comes after another one that has not ended yet.
    Waiting,
    /// Under way.
    Running,
    /// The engine said that it is done.
    Done,
    /// It failed; `problem` says why.
    Failed,
    /// The user stopped it, or what it waited for did not come to a good end.
    Cancelled,
    /// The app ended while it was under way.
    Interrupted,
}

impl TaskState {
    /// Whether nothing more comes.
    pub fn is_ended(self) -> bool {
        match self {
            TaskState::Waiting | TaskState::Running => false,
            TaskState::Done | TaskState::Failed | TaskState::Cancelled | TaskState::Interrupted => {
                true
            }
        }
    }
}

/// An action that was asked for, and how it goes: a line of the trail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Task {
    /// Counts up from 1, also from one run of the app to the next.
    pub id: u64,
    /// The engine it acts on, by `EngineChoice::id`.
    pub engine: String,
    /// What was asked for.
    pub action: Action,
    /// The command as it is shown.
    pub command: slipway_action::Rendered,
    /// The folder in which the command's paths begin; `None` where it names no file by such a path.
    pub folder: Option<String>,
    /// How far it is.
    pub state: TaskState,
    /// When it began, in Unix milliseconds.
    pub started: i64,
    /// When it ended, in Unix milliseconds.
    pub ended: Option<i64>,
    /// What it is doing, while it runs.
    pub progress: Progress,
    /// What it led to; partly filled while it runs (the id of a container that runs in the foreground).
    pub outcome: Outcome,
    /// Why it failed.
    pub problem: Option<Problem>,
}

/// What a task is doing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Progress {
    /// In words, such as `Downloading`; empty when there is nothing to say.
    pub text: String,
    /// Each layer of a pull, in the order in which the registry named them.
    pub layers: Vec<Layer>,
}

/// One layer of an image that is being downloaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Layer {
    /// The short id.
    pub id: String,
    /// The engine's word: `Waiting`, `Downloading`, `Extracting`, `Pull complete`, `Already exists`, …
    pub status: String,
    /// Bytes done of `total`, where the engine counts.
    pub current: u64,
    /// Bytes in all; 0 when not known.
    pub total: u64,
    /// It needs nothing more.
    pub done: bool,
}

/// What an action led to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Outcome {
    /// The full id of the container, image or network that was made; a volume's name.
    pub id: Option<String>,
    /// The name of the container that was made: as it was asked for, or as the engine made it up.
    pub name: Option<String>,
    /// How the container's program ended, for a run in the foreground.
    pub exit_code: Option<i64>,
    /// Bytes won back by a prune.
    pub reclaimed: Option<u64>,
    /// What was removed, by name or id.
    pub removed: Vec<String>,
    /// What was acted on and is done, of several; the others are in the problem.
    pub done: Vec<String>,
    /// What the engine warned of.
    pub warnings: Vec<String>,
    /// The answer to a question, as the docker command prints it: a table, lines, or the JSON of an
    /// inspect, indented.
    pub text: Option<String>,
}

/// What an image says of how it wants to be run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ImageFacts {
    /// Whether the engine has it.
    pub present: bool,
    /// Its id.
    pub id: Option<String>,
    /// Bytes.
    pub size: u64,
    /// When it was built, in Unix seconds.
    pub created: Option<i64>,
    /// Ports it says it uses (EXPOSE), such as `5050/tcp`.
    pub exposed: Vec<String>,
    /// Its entrypoint and command, together.
    pub command: Vec<String>,
    /// Its main program is a shell or another prompt, which ends at once without a terminal.
    pub wants_terminal: bool,
}

/// Whether a port on this computer can be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum PortCheck {
    /// Nothing listens there.
    Free,
    /// Something does.
    Taken {
        /// What holds it, in words (`container hello`, `process gunicorn`), where that is known.
        by: Option<String>,
        /// The next free port.
        next_free: Option<u16>,
    },
    /// Under 1024, and the engine has no right to open it.
    Privileged {
        /// A free port to use instead.
        next_free: Option<u16>,
    },
    /// Not known, because the engine is on another computer.
    Elsewhere,
}

/// Slipway's own engine on this computer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum OwnEngine {
    /// This system has nothing to make an engine from.
    NotInstalled {
        /// The exact command that installs it here, if one is known.
        install: Option<String>,
    },
    /// It can be started.
    Stopped {
        /// What would run: `dockerd`, `rootless dockerd`, `podman`.
        how: String,
    },
    /// It is coming up.
    Starting {
        /// What would run.
        how: String,
    },
    /// It answers.
    Running {
        /// What runs.
        how: String,
        /// Its process id.
        pid: u32,
    },
    /// It could not be started, or it died.
    Failed {
        /// Why, and what to do.
        problem: Problem,
    },
}
