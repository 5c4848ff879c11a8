//! The verbs that look at containers.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// List containers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct ListContainers {
    /// Shows stopped containers, too.
    #[arg(short = 'a', long)]
    pub all: bool,
    /// Shows only some containers, such as status=exited or name=web.
    #[arg(short = 'f', long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Shows only the last so many that were made, stopped ones too.
    #[arg(
        short = 'n',
        long,
        value_name = "NUMBER",
        allow_negative_numbers = true
    )]
    pub last: Option<i32>,
    /// Shows only the one that was made last, even if it is stopped.
    #[arg(short = 'l', long)]
    pub latest: bool,
    /// Shows ids and commands in full length.
    #[arg(long)]
    pub no_trunc: bool,
    /// Shows only the ids.
    #[arg(short = 'q', long)]
    pub quiet: bool,
    /// Shows how much space each container's files take.
    #[arg(short = 's', long)]
    pub size: bool,
}

/// Show everything the engine knows about containers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct InspectContainer {
    /// Adds the size of the container's files.
    #[arg(short = 's', long)]
    pub size: bool,
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(short = 'f', long, value_name = "TEMPLATE")]
    #[ts(optional = nullable)]
    pub format: Option<String>,
    /// The containers to look at, by name or id.
    #[arg(value_name = "CONTAINER", required = true)]
    pub containers: Vec<String>,
}

/// Show what a container has printed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Logs {
    /// Shows the notes that the log keeps with each line.
    #[arg(long)]
    pub details: bool,
    /// Goes on showing what is printed, until you stop it.
    #[arg(short = 'f', long)]
    pub follow: bool,
    /// Shows only lines after this time, such as 2026-01-31T10:00:00 or 10m for the last ten minutes.
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Shows only the last so many lines; all shows everything.
    #[arg(short = 'n', long, value_name = "LINES")]
    pub tail: Option<String>,
    /// Writes the time before each line.
    #[arg(short = 't', long)]
    pub timestamps: bool,
    /// Shows only lines before this time, such as 2026-01-31T10:00:00 or 10m for ten minutes ago.
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// The container, by name or id.
    #[arg(value_name = "CONTAINER")]
    pub container: String,
}

/// Show which files of a container were added, changed or deleted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Diff {
    /// The container, by name or id.
    #[arg(value_name = "CONTAINER")]
    pub container: String,
}

/// Show which ports of this computer lead to a container.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct ListPorts {
    /// The container, by name or id.
    #[arg(value_name = "CONTAINER")]
    pub container: String,
    /// Shows only this port of the container, such as 80 or 53/udp.
    #[arg(value_name = "PRIVATE_PORT[/PROTO]")]
    pub private_port: Option<String>,
}

/// Show the programs that run in a container.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Top {
    /// The container, by name or id.
    #[arg(value_name = "CONTAINER")]
    pub container: String,
    /// What the engine's computer shows of them, in the words of its program ps, such as -ef.
    #[arg(
        value_name = "PS_OPTIONS",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub options: Vec<String>,
}

/// Show how much processor, memory and network containers use.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Stats {
    /// Shows stopped containers, too.
    #[arg(short = 'a', long)]
    pub all: bool,
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Shows the figures once, instead of again and again.
    #[arg(long)]
    pub no_stream: bool,
    /// Shows ids in full length.
    #[arg(long)]
    pub no_trunc: bool,
    /// The containers, by name or id; without any, all that run.
    #[arg(value_name = "CONTAINER")]
    pub containers: Vec<String>,
}
