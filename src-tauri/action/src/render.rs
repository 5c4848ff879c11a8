//! An action as a command line.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One piece of a rendered command: a word, or a flag together with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Token {
    /// The piece as it is typed, quoted for the shell, such as `-p 5000:5050`.
    pub text: String,
    /// The action's field that it comes from, in the field's own spelling (`publish`); `None` for `docker` and the verb.
    pub field: Option<String>,
    /// What it does, in plain words; empty for `docker` and the verb.
    pub explain: String,
}

/// The shell for which a command is quoted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Shell {
    /// bash, zsh, sh and their kin.
    #[default]
    Posix,
    /// PowerShell.
    Powershell,
}

/// Something wrong in one field of an action, said to the person who fills it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldProblem {
    /// The action's field (`publish`, `name`, `image`, …).
    pub field: String,
    /// Which entry, when the field is a list; 0 otherwise.
    pub index: u32,
    /// What is wrong and what would be right.
    pub message: String,
}

/// A command, ready to be shown under a dialog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rendered {
    /// The pieces, in order.
    pub tokens: Vec<Token>,
    /// The whole command for copying.
    pub line: String,
    /// What must be mended before the action can be performed; empty when it can.
    pub problems: Vec<FieldProblem>,
}
