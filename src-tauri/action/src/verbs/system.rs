//! The verbs on the engine as a whole.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Show how much space images, containers, volumes and the build cache take.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct SystemDf {
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Shows each image, container and volume by itself.
    #[arg(short = 'v', long)]
    pub verbose: bool,
}

/// Remove stopped containers, unused networks, images without a name, and the build cache.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct SystemPrune {
    /// Removes every image that no container uses, not just those without a name.
    #[arg(short = 'a', long)]
    pub all: bool,
    /// Removes the volumes without a name that no container uses, too.
    #[arg(long)]
    pub volumes: bool,
    /// Limits what is removed, such as until=24h or label=demo.
    #[arg(long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Does not ask for confirmation.
    #[arg(short = 'f', long)]
    pub force: bool,
}

/// Show what the engine says of itself and its computer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Info {
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(short = 'f', long, value_name = "TEMPLATE")]
    pub format: Option<String>,
}

/// Show the versions of docker and of the engine.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Version {
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(short = 'f', long, value_name = "TEMPLATE")]
    pub format: Option<String>,
}

/// Show what happens in the engine, while it happens.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Events {
    /// Shows only some events, such as type=container or event=start.
    #[arg(short = 'f', long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Begins with what happened after this time, such as 10m for the last ten minutes.
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Ends at this time.
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
}

/// Show everything the engine knows about containers, images, volumes and networks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Inspect {
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(short = 'f', long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Adds the size of a container's files.
    #[arg(short = 's', long)]
    pub size: bool,
    /// Looks only among these: container, image, network or volume.
    #[arg(long, value_name = "KIND")]
    pub r#type: Option<String>,
    /// What to look at, by name or id.
    #[arg(value_name = "NAME|ID", required = true)]
    pub names: Vec<String>,
}
