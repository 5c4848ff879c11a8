//! What the editor and the window share.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a file was when it was read: another one now means that somebody changed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stamp(
    /// A digest of its bytes.
    pub String,
);

/// A text file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextFile {
    /// Its absolute path.
    pub path: String,
    /// Its text, with `\n` alone at the ends of its lines and without a byte order mark; saving puts both back.
    pub text: String,
    /// Its lines end with `\r\n`.
    pub crlf: bool,
    /// It begins with a byte order mark.
    pub bom: bool,
    /// It is UTF-16, which docker cannot read; saving makes it UTF-8.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub utf16: bool,
    /// How it is on disk.
    pub stamp: Stamp,
    /// It cannot be written.
    pub read_only: bool,
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "saved", rename_all = "kebab-case")]
pub enum Saved {
    /// The file holds the text.
    Done {
        /// Its absolute path.
        path: String,
        /// How it is on disk now.
        stamp: Stamp,
    },
    /// Somebody changed the file meanwhile; nothing was written.
    Changed {
        /// What it holds now.
        disk: TextFile,
    },
    /// The file is gone; nothing was written.
    Gone,
    /// The user picked no file.
    NotPicked,
}

/// A file that is open in the editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Draft {
    /// Counts up; a draft keeps it across restarts.
    pub id: u32,
    /// Its absolute path; `None` when it was never saved.
    pub path: Option<String>,
    /// The name on its tab.
    pub name: String,
    /// The text that is not saved; `None` when the file holds it.
    pub text: Option<String>,
    /// How the file was when it was read or saved; `None` without a file.
    pub stamp: Option<Stamp>,
    /// The lines of a new file end with `\r\n`.
    pub crlf: bool,
    /// It begins with a byte order mark.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<_>", optional)]
    pub bom: bool,
}

/// The editor as it was left.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Desk {
    /// The files that are open, in the order of their tabs.
    pub open: Vec<Draft>,
    /// The `id` of the one in front.
    pub front: Option<u32>,
    /// Files that were open lately, newest first, absolute paths.
    pub recent: Vec<String>,
    /// The build that is filled in, as an action; a `Build`.
    pub build: Option<slipway_action::Action>,
    /// The folder in which its paths begin: the context's.
    pub folder: Option<String>,
    /// What could not be read again, as sentences; each is said once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<_>", optional)]
    pub lost: Vec<String>,
}
