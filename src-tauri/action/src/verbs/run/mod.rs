//! `docker run` and `docker create`: a new container from an image.

#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "the fields' comments are sentences for users, where brackets are docker's own"
)]

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::verbs::limits::Limits;

mod addresses;
mod health;
mod recording;
mod resources;
mod rights;
mod storage;
mod windows;

pub use addresses::Addresses;
pub use health::Health;
pub use recording::Recording;
pub use resources::Resources;
pub use rights::Rights;
pub use storage::Storage;
pub use windows::WindowsOnly;

/// The flags that `docker run` and `docker create` share.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct ContainerOptions {
    /// Keeps the program's input open, so that you can type into it.
    #[arg(short = 'i', long)]
    pub interactive: bool,
    /// Gives the program a terminal, so that shells and other interactive programs work.
    #[arg(short = 't', long)]
    pub tty: bool,
    /// Removes the container by itself when its program ends.
    #[arg(long)]
    pub rm: bool,
    /// Opens a port on this computer and sends what arrives there to a port in the container.
    #[arg(short = 'p', long, value_name = "[ADDRESS:]HOST:CONTAINER")]
    pub publish: Vec<String>,
    /// Opens a random port on this computer for each port that the image says it uses.
    #[arg(short = 'P', long)]
    pub publish_all: bool,
    /// Gives the container a name; without one the engine makes one up.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Sets a variable in the program's environment.
    #[arg(short = 'e', long, value_name = "NAME=VALUE")]
    pub env: Vec<String>,
    /// Reads variables for the program's environment from a file.
    #[arg(long, value_name = "FILE")]
    pub env_file: Vec<String>,
    /// Puts a folder of this computer, or a volume, into the container.
    #[arg(short = 'v', long, value_name = "SOURCE:TARGET[:OPTIONS]")]
    pub volume: Vec<String>,
    /// The folder in which the program starts.
    #[arg(short = 'w', long, value_name = "FOLDER")]
    pub workdir: Option<String>,
    /// The user, and the group, as whom the program runs.
    #[arg(short = 'u', long, value_name = "NAME|UID[:GROUP]")]
    pub user: Option<String>,
    /// Starts another program than the image's entrypoint.
    #[arg(long, value_name = "PROGRAM")]
    pub entrypoint: Option<String>,
    /// Connects the container to a network, by name, or as name=NETWORK,alias=NAME,ip=ADDRESS.
    #[arg(long, alias = "net", value_name = "NETWORK")]
    pub network: Vec<String>,
    /// The container's own host name.
    #[arg(short = 'h', long, value_name = "NAME")]
    pub hostname: Option<String>,
    /// When the engine starts the container again by itself: no, on-failure[:TIMES], always or unless-stopped.
    #[arg(long, value_name = "POLICY")]
    pub restart: Option<String>,
    /// The most memory the container may use, such as 512m or 2g.
    #[arg(short = 'm', long, value_name = "SIZE")]
    pub memory: Option<String>,
    /// How many processors the container may use, such as 1.5.
    #[arg(long, value_name = "NUMBER")]
    pub cpus: Option<String>,
    /// Attaches a note to the container, as name=value.
    #[arg(short = 'l', long, value_name = "NAME=VALUE")]
    pub label: Vec<String>,
    /// Adds a line to the container's list of known hosts.
    #[arg(long, value_name = "HOST:ADDRESS")]
    pub add_host: Vec<String>,
    /// Says that the container listens on this port, without opening it.
    #[arg(long, value_name = "PORT")]
    pub expose: Vec<String>,
    /// Runs a tiny init program first, which passes signals on and cleans up after the others.
    #[arg(long)]
    pub init: bool,
    /// Makes the container's own files read-only.
    #[arg(long)]
    pub read_only: bool,
    /// Gives the container nearly all rights of this computer. Rarely needed, never safe.
    #[arg(long)]
    pub privileged: bool,
    /// Picks the image for another kind of processor or system, such as linux/arm64.
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// When the image is downloaded before: always, missing or never.
    #[arg(long, value_name = "WHEN")]
    pub pull: Option<String>,
    /// The signal that asks the program to end.
    #[arg(long, value_name = "SIGNAL")]
    pub stop_signal: Option<String>,
    /// How many seconds the program has to end before it is ended by force.
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub stop_timeout: Option<i32>,
    /// What is put into its file system.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub storage: Storage,
    /// Its place in its networks.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub addresses: Addresses,
    /// What can be changed later, too.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub limits: Limits,
    /// The finer limits.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub resources: Resources,
    /// Its health check.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub health: Health,
    /// What it may do.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub rights: Rights,
    /// What is written down about it.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub recording: Recording,
    /// What only Windows has.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub windows: WindowsOnly,
}

/// Make a new container from an image and start it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Run {
    /// Lets the container run in the background.
    #[arg(short = 'd', long)]
    pub detach: bool,
    /// The keys that leave the container without ending it, such as ctrl-p,ctrl-q.
    #[arg(long, value_name = "KEYS")]
    #[ts(optional = nullable)]
    pub detach_keys: Option<String>,
    /// Passes signals such as Ctrl+C on to the program, unless it is false.
    #[arg(
        long,
        value_name = "true|false",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    #[ts(optional = nullable)]
    pub sig_proxy: Option<bool>,
    /// The flags shared with `docker create`.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub options: ContainerOptions,
    /// The image to make the container from.
    #[arg(value_name = "IMAGE")]
    pub image: String,
    /// The program to start instead of the image's own, with its arguments.
    #[arg(
        value_name = "COMMAND",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub command: Vec<String>,
}

/// Make a new container from an image without starting it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Create {
    /// The flags shared with `docker run`.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub options: ContainerOptions,
    /// The image to make the container from.
    #[arg(value_name = "IMAGE")]
    pub image: String,
    /// The program to start instead of the image's own, with its arguments.
    #[arg(
        value_name = "COMMAND",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub command: Vec<String>,
}
