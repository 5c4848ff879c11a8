//! Every failure that reaches a person: what happened, why, what to do.

use serde::{Deserialize, Serialize};
use slipway_action::{Action, Shell};
use ts_rs::TS;

pub(crate) mod build;
pub mod ended;
pub(crate) mod explain;
pub(crate) mod failure;
pub(crate) mod mend;
pub(crate) mod near;
pub mod page;
mod sentences;
pub(crate) mod words;

/// Which failure it is; a code of its own exists only where the page treats it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// No engine is installed.
    EngineNotInstalled,
    /// An engine is installed, or was here, and does not run.
    EngineNotRunning,
    /// This user may not use the engine's socket.
    EngineNoPermission,
    /// The address cannot be reached.
    EngineUnreachable,
    /// The secure connection failed.
    EngineTls,
    /// The engine is older than Slipway can use.
    EngineTooOld,
    /// The connection broke while something was under way.
    EngineLost,
    /// There is no such container.
    NoSuchContainer,
    /// There is no such image.
    NoSuchImage,
    /// The name belongs to another container.
    NameTaken,
    /// The port on this computer is taken.
    PortTaken,
    /// A container still uses the image.
    ImageInUse,
    /// The container runs, so it cannot be removed.
    ContainerRunning,
    /// The container does not run.
    ContainerNotRunning,
    /// The container is paused.
    ContainerPaused,
    /// There is no such volume.
    NoSuchVolume,
    /// A container still uses the volume.
    VolumeInUse,
    /// There is no such network.
    NoSuchNetwork,
    /// Containers are still connected to the network.
    NetworkInUse,
    /// A folder or file can't be put into the container.
    MountRefused,
    /// The registry wants a login, or the image does not exist there.
    LoginNeeded,
    /// The registry cannot be reached.
    NoNetwork,
    /// The registry gives no more downloads for now.
    RateLimited,
    /// There is no image for this kind of processor.
    NoSuchPlatform,
    /// No space is left.
    DiskFull,
    /// The program named in the command is not in the image.
    NoSuchProgram,
    /// The program ended without an error: no failure, but it surprises who expects it to stay.
    DidItsJob,
    /// The program waits for what is typed, and had no terminal to read it from.
    NoTerminal,
    /// The program needed more memory than it may use.
    OutOfMemory,
    /// The program ended with an error of its own.
    ProgramFailed,
    /// The program listens where the published port does not lead.
    ListensElsewhere,
    /// The action's fields are not right; nothing was sent.
    Invalid,
    /// No rule knows it: the engine's words say it.
    Other,
}

/// A failure, told to a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{what}: {why}")]
pub struct Problem {
    /// Which failure it is.
    pub code: Code,
    /// What happened, as a heading.
    pub what: String,
    /// Why.
    pub why: String,
    /// What to do about it.
    pub todo: String,
    /// A command that mends it in a terminal, where it cannot be mended here.
    pub command: Option<String>,
    /// Ways to mend it from here, the gentlest first.
    pub fixes: Vec<Fix>,
    /// The engine's own words.
    pub detail: String,
}

/// A way to mend a failure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Fix {
    /// What it does, as the words on its button.
    pub label: String,
    /// It removes something.
    pub danger: bool,
    /// What is lost or kept by it.
    pub note: String,
    /// What is done, in order; it stops at the first failure.
    pub actions: Vec<Action>,
    /// The commands of `actions`, as they are shown.
    pub commands: Vec<slipway_action::Rendered>,
}

impl Problem {
    /// A problem without fixes and without the engine's words.
    pub fn new(
        code: Code,
        what: impl Into<String>,
        why: impl Into<String>,
        todo: impl Into<String>,
    ) -> Self {
        Self {
            code,
            what: what.into(),
            why: why.into(),
            todo: todo.into(),
            command: None,
            fixes: Vec::new(),
            detail: String::new(),
        }
    }

    /// The same with the engine's own words.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// The same with a command for a terminal.
    #[must_use]
    pub fn with_command(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }

    /// The same with one more fix, less gentle than those before it.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }
}

impl Fix {
    /// A fix that removes nothing.
    pub fn new(label: impl Into<String>, actions: Vec<Action>) -> Self {
        let commands = actions
            .iter()
            .map(|action| action.render(Shell::default()))
            .collect();
        Self {
            label: label.into(),
            danger: false,
            note: String::new(),
            actions,
            commands,
        }
    }

    /// The same with what is lost or kept by it.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// The same, marked as one that removes something.
    #[must_use]
    pub fn dangerous(mut self) -> Self {
        self.danger = true;
        self
    }
}
