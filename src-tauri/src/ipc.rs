//! The types that only the window and the page share; everything else comes from the crates below.

mod build;
mod text;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use build::{BuildNews, BuildState, BuildSummary, BuildWhole, BuildsNews, LogHit};
pub use text::{Desk, Draft, Saved, Stamp, TextFile};

/// What a stream carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "stream", rename_all = "kebab-case")]
pub enum StreamKind {
    /// Everything that changes in the app's lists: batches of `Change`, the whole state first.
    Changes,
    /// What a container's program has printed and prints, newest 2,000 lines first, raw bytes.
    Output {
        /// The container's id.
        container: String,
    },
    /// What a task printed that runs in the foreground (`docker run` without `-d`), raw bytes.
    TaskOutput {
        /// The task's id.
        task: u64,
    },
    /// A build: a `BuildWhole`, then a `BuildNews` whenever something has changed, until it has ended.
    Build {
        /// The id of its task.
        build: u64,
    },
    /// The history of builds: a `BuildsNews` with all of them, then one whenever some have changed.
    Builds,
    /// The page in the preview inside the window: a `PreviewNews`, then one whenever it has changed.
    Preview,
}

/// The first byte of each answer of `stream_next`; what follows depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Piece {
    /// Raw bytes.
    Bytes = 0,
    /// A JSON array of `Change`.
    Changes = 1,
    /// A JSON `StreamEnd`: the last piece.
    End = 2,
    /// A JSON number: so many bytes were left out here because the page was too slow.
    Skipped = 3,
    /// A JSON `BuildWhole`.
    Build = 4,
    /// A JSON `BuildNews`.
    BuildNews = 5,
    /// A JSON `BuildsNews`.
    Builds = 6,
    /// A JSON `PreviewNews`.
    Preview = 7,
}

/// How a stream ended; the last thing that it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "end", rename_all = "kebab-case")]
pub enum StreamEnd {
    /// The program ended, or the task did.
    Finished,
    /// The page closed it, or the engine was switched.
    Closed,
    /// It broke.
    Failed {
        /// Why.
        problem: slipway_engine::problem::Problem,
    },
}

/// Light, dark, or what the system says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// What the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What the user has chosen, kept in a file across starts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// The theme.
    pub theme: Theme,
    /// The engine to use, by `EngineChoice::id`; `None` takes the first that answers.
    pub engine: Option<String>,
    /// The shell for which shown commands are quoted.
    pub shell: slipway_action::Shell,
    /// Whether the command trail is open.
    pub trail_open: bool,
    /// One-letter keys in lists are off.
    pub no_letter_keys: bool,
}

/// What the page needs before its first picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct StartUp {
    /// The app's version.
    pub version: String,
    /// `linux`, `macos` or `windows`.
    pub system: String,
    /// The settings.
    pub settings: Settings,
    /// The preview can be laid into the Preview tab here; otherwise it has its own window only.
    pub preview_inside: bool,
}

impl StartUp {
    /// With what this program and its system are.
    pub fn new(settings: Settings, preview_inside: bool) -> StartUp {
        StartUp {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            system: std::env::consts::OS.to_owned(),
            settings,
            preview_inside,
        }
    }
}

/// A place on the page, in CSS pixels from the window's upper left.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
pub struct Bounds {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Where the preview goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PreviewStep {
    /// One page back.
    Back,
    /// One page on.
    Forward,
    /// The same page again.
    Reload,
}

/// How it stands with the page in the preview.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewNews {
    /// The address of the page that is shown; `None` while there is none, and of one that is endless.
    pub address: Option<String>,
    /// What the page wanted last, and may not.
    pub refused: Option<PreviewRefused>,
}

/// Something that the page in the preview may not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewRefused {
    /// What.
    pub kind: RefusedKind,
    /// To where, cut where it is endless. The page made it up.
    pub url: String,
}

/// What a page in the preview may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RefusedKind {
    /// Going to another address, itself or in a frame.
    Elsewhere,
    /// Opening a window.
    Window,
    /// Saving a file.
    Download,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Inspected {
    /// A container.
    Container,
    /// An image.
    Image,
}
