//! What can be said of a build's folder before anything is sent.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What of a folder would be sent, after `.dockerignore`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContextLook {
    /// Files that would be sent, links too.
    pub files: u64,
    /// Bytes of their content.
    pub bytes: u64,
    /// Files and folders that are left out by a line of the ignore file; a folder counts once.
    pub left_out: u64,
    /// The largest of those that would be sent, largest first, ten at most.
    pub biggest: Vec<ContextFile>,
    /// The first of them by name, a thousand at most.
    pub first: Vec<ContextFile>,
    /// The ignore file that counts, relative to the folder or absolute; `None` when there is none.
    pub ignore_file: Option<String>,
    /// What is wrong with it, by line.
    pub ignore_wrong: Vec<IgnoreWrong>,
    /// Why this folder is hardly meant, as sentences: who builds from it is asked first.
    pub asks: Vec<String>,
    /// What would make the build better, as sentences.
    pub warnings: Vec<String>,
    /// The look ended early, since there is more than anybody wants to send; the counts are what was seen.
    pub cut: bool,
}

/// A file of a build's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContextFile {
    /// Its path in the folder, with `/` on every system. What is not UTF-8 is shown as U+FFFD.
    pub path: String,
    /// Bytes.
    pub bytes: u64,
}

/// A line of an ignore file that cannot be read as a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IgnoreWrong {
    /// From 1.
    pub line: u32,
    /// Why.
    pub message: String,
}

/// An ignore file that is open in an editor: what it says there counts, saved or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditedIgnore {
    /// Where it lies, or will lie once it is saved.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// A file or folder that COPY could name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ContextPath {
    /// Its path in the folder, with `/`; that of a folder ends with one.
    pub path: String,
    /// It is a folder.
    pub folder: bool,
    /// The ignore file leaves it out.
    pub left_out: bool,
}

/// Whether COPY would find what it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceCheck {
    /// The source as it was asked for.
    pub source: String,
    /// Whether it is there.
    #[serde(flatten)]
    #[ts(flatten)]
    pub found: SourceFound,
}

/// Where a source of COPY is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "found", rename_all = "kebab-case")]
pub enum SourceFound {
    /// In the folder, and it is sent.
    Here,
    /// In the folder, and left out by the ignore file.
    Ignored {
        /// The pattern that does it, as it is written.
        pattern: String,
        /// Its line in the ignore file, from 1.
        line: u32,
        /// The ignore file.
        file: String,
    },
    /// It names a place outside the folder.
    Outside,
    /// There is nothing of that name, but of one that differs in upper and lower case.
    Case {
        /// The name that is there.
        similar: String,
    },
    /// There is nothing of that name.
    Missing {
        /// A name that is much like it.
        similar: Option<String>,
    },
    /// It holds a variable, so nobody knows before the build.
    Unknown,
}
