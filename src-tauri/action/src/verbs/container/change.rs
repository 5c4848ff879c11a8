//! The verbs that change, keep and remove containers.

#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "the fields' comments are sentences for users, where brackets are docker's own"
)]

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::verbs::limits::Limits;

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

/// Change the limits of containers while they exist.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Update {
    /// The limits that `docker run` has, too.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub limits: Limits,
    /// The most memory the container may use, such as 512m or 2g.
    #[arg(short = 'm', long, value_name = "SIZE")]
    pub memory: Option<String>,
    /// How many processors the container may use, such as 1.5.
    #[arg(long, value_name = "NUMBER")]
    pub cpus: Option<String>,
    /// When the engine starts the container again by itself: no, on-failure[:TIMES], always or unless-stopped.
    #[arg(long, value_name = "POLICY")]
    pub restart: Option<String>,
    /// The containers to change, by name or id.
    #[arg(value_name = "CONTAINER", required = true)]
    pub containers: Vec<String>,
}

/// Make an image from a container with all changes in its files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Commit {
    /// Who made the image, such as Jane Doe <jane@example.com>.
    #[arg(short = 'a', long, value_name = "NAME")]
    pub author: Option<String>,
    /// Applies a line of a Dockerfile to the new image, such as CMD bash.
    #[arg(short = 'c', long, value_name = "INSTRUCTION")]
    pub change: Vec<String>,
    /// A remark that is kept with the image.
    #[arg(short = 'm', long, value_name = "TEXT")]
    pub message: Option<String>,
    /// Freezes the container's programs meanwhile, unless it is false.
    #[arg(short = 'p', long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub pause: Option<bool>,
    /// The container, by name or id.
    #[arg(value_name = "CONTAINER")]
    pub container: String,
    /// The name of the new image; without one it has only an id.
    #[arg(value_name = "REPOSITORY[:TAG]")]
    pub image: Option<String>,
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
