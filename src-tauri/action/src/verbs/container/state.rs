//! The verbs that start and stop containers.

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
    /// The keys that leave the container without ending it, such as ctrl-p,ctrl-q.
    #[arg(long, value_name = "KEYS")]
    #[ts(optional = nullable)]
    pub detach_keys: Option<String>,
    /// Goes on from a state of the programs that was saved before.
    #[arg(long, value_name = "NAME")]
    #[ts(optional = nullable)]
    pub checkpoint: Option<String>,
    /// Where the saved states are.
    #[arg(long, value_name = "FOLDER")]
    #[ts(optional = nullable)]
    pub checkpoint_dir: Option<String>,
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

/// Wait until containers have ended, and show how their programs ended.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Wait {
    /// The containers to wait for, by name or id.
    #[arg(value_name = "CONTAINER", required = true)]
    pub containers: Vec<String>,
}
