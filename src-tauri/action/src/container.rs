//! The verbs on containers that exist already.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Start stopped containers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Start {
    /// Shows what the container prints, and passes signals on to it.
    #[arg(short = 'a', long)]
    pub attach: bool,
    /// Passes what is typed on to the container's main program.
    #[arg(short = 'i', long)]
    pub interactive: bool,
    /// The containers to start, by name or id.
    #[arg(value_name = "CONTAINER", required = true)]
    pub containers: Vec<String>,
}

/// Stop running containers: ask the program to end, then end it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Stop {
    /// The signal that asks the program to end; the image may name its own, otherwise SIGTERM.
    #[arg(short = 's', long, value_name = "SIGNAL")]
    pub signal: Option<String>,
    /// How many seconds to wait before the program is ended by force.
    #[arg(
        short = 't',
        long,
        alias = "time",
        value_name = "SECONDS",
        allow_negative_numbers = true
    )]
    pub timeout: Option<i32>,
    /// The containers to stop, by name or id.
    #[arg(value_name = "CONTAINER", required = true)]
    pub containers: Vec<String>,
}

/// Stop containers and start them again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Restart {
    /// The signal that asks the program to end; the image may name its own, otherwise SIGTERM.
    #[arg(short = 's', long, value_name = "SIGNAL")]
    pub signal: Option<String>,
    /// How many seconds to wait before the program is ended by force.
    #[arg(
        short = 't',
        long,
        alias = "time",
        value_name = "SECONDS",
        allow_negative_numbers = true
    )]
    pub timeout: Option<i32>,
    /// The containers to restart, by name or id.
    #[arg(value_name = "CONTAINER", required = true)]
    pub containers: Vec<String>,
}

/// End running containers at once.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Kill {
    /// The signal to send instead of SIGKILL.
    #[arg(short = 's', long, value_name = "SIGNAL")]
    pub signal: Option<String>,
    /// The containers to end, by name or id.
    #[arg(value_name = "CONTAINER", required = true)]
    pub containers: Vec<String>,
}

/// Freeze every program in containers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Pause {
    /// The containers to pause, by name or id.
    #[arg(value_name = "CONTAINER", required = true)]
    pub containers: Vec<String>,
}

/// Let paused containers go on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Unpause {
    /// The containers to continue, by name or id.
    #[arg(value_name = "CONTAINER", required = true)]
    pub containers: Vec<String>,
}

/// Give a container another name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Rename {
    /// The container, by its present name or id.
    #[arg(value_name = "CONTAINER")]
    pub container: String,
    /// Its new name.
    #[arg(value_name = "NEW_NAME")]
    pub new_name: String,
}

/// Remove containers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct RemoveContainer {
    /// Removes a running container too; it is ended first.
    #[arg(short = 'f', long)]
    pub force: bool,
    /// Removes a link between containers, not the container.
    #[arg(short = 'l', long)]
    pub link: bool,
    /// Removes the volumes without a name that belong to the container, too.
    #[arg(short = 'v', long)]
    pub volumes: bool,
    /// The containers to remove, by name or id.
    #[arg(value_name = "CONTAINER", required = true)]
    pub containers: Vec<String>,
}

/// Remove all stopped containers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct PruneContainers {
    /// Limits what is removed, such as until=24h or label=demo.
    #[arg(long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Does not ask for confirmation.
    #[arg(short = 'f', long)]
    pub force: bool,
}

/// Show everything the engine knows about containers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct InspectContainer {
    /// Adds the size of the container's files.
    #[arg(short = 's', long)]
    pub size: bool,
    /// The containers to look at, by name or id.
    #[arg(value_name = "CONTAINER", required = true)]
    pub containers: Vec<String>,
}
