//! The verbs that reach into a container: its program, its files.

#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "the fields' comments are sentences for users, where brackets are docker's own"
)]

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Connect this terminal with the main program of a running container.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Attach {
    /// The keys that leave the container without ending it, such as ctrl-p,ctrl-q.
    #[arg(long, value_name = "KEYS")]
    pub detach_keys: Option<String>,
    /// Only shows what is printed; nothing that is typed reaches the program.
    #[arg(long)]
    pub no_stdin: bool,
    /// Passes signals such as Ctrl+C on to the program, unless it is false.
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub sig_proxy: Option<bool>,
    /// The container, by name or id.
    #[arg(value_name = "CONTAINER")]
    pub container: String,
}

/// Run one more program in a running container.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Exec {
    /// Lets the program run in the background.
    #[arg(short = 'd', long)]
    pub detach: bool,
    /// Keeps the program's input open, so that you can type into it.
    #[arg(short = 'i', long)]
    pub interactive: bool,
    /// Gives the program a terminal, so that shells and other interactive programs work.
    #[arg(short = 't', long)]
    pub tty: bool,
    /// The keys that leave the container without ending it, such as ctrl-p,ctrl-q.
    #[arg(long, value_name = "KEYS")]
    pub detach_keys: Option<String>,
    /// Sets a variable in the program's environment.
    #[arg(short = 'e', long, value_name = "NAME=VALUE")]
    pub env: Vec<String>,
    /// Reads variables for the program's environment from a file.
    #[arg(long, value_name = "FILE")]
    pub env_file: Vec<String>,
    /// The user, and the group, as whom the program runs.
    #[arg(short = 'u', long, value_name = "NAME|UID[:GROUP]")]
    pub user: Option<String>,
    /// The folder in which the program starts.
    #[arg(short = 'w', long, value_name = "FOLDER")]
    pub workdir: Option<String>,
    /// Gives the program nearly all rights of this computer. Rarely needed, never safe.
    #[arg(long)]
    pub privileged: bool,
    /// The container, by name or id.
    #[arg(value_name = "CONTAINER")]
    pub container: String,
    /// The program to run, with its arguments.
    #[arg(
        value_name = "COMMAND",
        required = true,
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub command: Vec<String>,
}

/// Copy files between a container and this computer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Copy {
    /// Keeps the files' owner and group.
    #[arg(short = 'a', long)]
    pub archive: bool,
    /// Copies what a link points to instead of the link.
    #[arg(short = 'L', long)]
    pub follow_link: bool,
    /// Does not show how far it is.
    #[arg(short = 'q', long)]
    pub quiet: bool,
    /// What to copy: CONTAINER:PATH, or a file or folder of this computer, or - for a tar file from the terminal.
    #[arg(value_name = "SOURCE")]
    pub source: String,
    /// Where to: CONTAINER:PATH, or a place on this computer, or - for the terminal.
    #[arg(value_name = "TARGET")]
    pub target: String,
}

/// Write all files of a container into a tar file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Export {
    /// The file to write; without it the content goes to the terminal.
    #[arg(short = 'o', long, value_name = "FILE")]
    pub output: Option<String>,
    /// The container, by name or id.
    #[arg(value_name = "CONTAINER")]
    pub container: String,
}
