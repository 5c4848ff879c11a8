//! What is written down about a container, and where.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The logs of a container, the notes on it, and what docker prints meanwhile.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Recording {
    /// Where what the container prints is kept, such as json-file, local or none.
    #[arg(long, value_name = "NAME")]
    #[ts(optional = nullable)]
    pub log_driver: Option<String>,
    /// Tells the log something, such as max-size=10m.
    #[arg(long, value_name = "NAME=VALUE")]
    #[ts(as = "Option<_>", optional)]
    pub log_opt: Vec<String>,
    /// Attaches a note for the program that starts the container.
    #[arg(long, value_name = "NAME=VALUE")]
    #[ts(as = "Option<_>", optional)]
    pub annotation: Vec<String>,
    /// Reads notes from a file, one name=value a line.
    #[arg(long, value_name = "FILE")]
    #[ts(as = "Option<_>", optional)]
    pub label_file: Vec<String>,
    /// Writes the new container's id into a file.
    #[arg(long, value_name = "FILE")]
    #[ts(optional = nullable)]
    pub cidfile: Option<String>,
    /// Connects only some of the program's streams: stdin, stdout, stderr.
    #[arg(short = 'a', long, value_name = "STREAM")]
    #[ts(as = "Option<_>", optional)]
    pub attach: Vec<String>,
    /// Does not show how the download goes.
    #[arg(short = 'q', long)]
    #[ts(as = "Option<_>", optional)]
    pub quiet: bool,
    /// Skips the check of the image's signature; this is docker's own habit.
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[ts(optional = nullable)]
    pub disable_content_trust: Option<bool>,
}
