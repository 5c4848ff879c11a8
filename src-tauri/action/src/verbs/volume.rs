//! The verbs on volumes, the engine's own storage that outlives containers.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// List the volumes of this engine.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct ListVolumes {
    /// Shows only the volumes of a swarm.
    #[arg(long)]
    pub cluster: bool,
    /// Shows only some volumes, such as dangling=true or name=data.
    #[arg(short = 'f', long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Shows only the names.
    #[arg(short = 'q', long)]
    pub quiet: bool,
}

/// Make a volume: storage that outlives containers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct CreateVolume {
    /// What provides the storage; without it this is the engine's own computer.
    #[arg(short = 'd', long, value_name = "NAME")]
    pub driver: Option<String>,
    /// Attaches a note to the volume, as name=value.
    #[arg(long, value_name = "NAME=VALUE")]
    pub label: Vec<String>,
    /// Tells the driver something, such as type=tmpfs.
    #[arg(short = 'o', long, value_name = "NAME=VALUE")]
    pub opt: Vec<String>,
    /// What only the volumes of a swarm have.
    #[command(flatten)]
    #[serde(flatten)]
    #[ts(flatten)]
    pub cluster: ClusterVolume,
    /// The new volume's name; without one the engine makes one up.
    #[arg(value_name = "VOLUME")]
    pub volume: Option<String>,
}

/// What only the volumes of a swarm have.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct ClusterVolume {
    /// Whether the swarm may use the volume: active, pause or drain.
    #[arg(long, value_name = "STATE")]
    #[ts(optional = nullable)]
    pub availability: Option<String>,
    /// The group of volumes that it belongs to.
    #[arg(long, value_name = "NAME")]
    #[ts(optional = nullable)]
    pub group: Option<String>,
    /// The most space it may have.
    #[arg(long, value_name = "SIZE")]
    #[ts(optional = nullable)]
    pub limit_bytes: Option<String>,
    /// The least space it must have.
    #[arg(long, value_name = "SIZE")]
    #[ts(optional = nullable)]
    pub required_bytes: Option<String>,
    /// Whether one computer of the swarm or several may use it: single or multi.
    #[arg(long, value_name = "SCOPE")]
    #[ts(optional = nullable)]
    pub scope: Option<String>,
    /// A secret of the swarm that the driver needs.
    #[arg(long, value_name = "NAME=SECRET")]
    #[ts(as = "Option<_>", optional)]
    pub secret: Vec<String>,
    /// Who may use it at once: none, readonly, onewriter or all.
    #[arg(long, value_name = "HOW")]
    #[ts(optional = nullable)]
    pub sharing: Option<String>,
    /// Where in the swarm it should better be.
    #[arg(long, value_name = "PLACES")]
    #[ts(as = "Option<_>", optional)]
    pub topology_preferred: Vec<String>,
    /// Where in the swarm it must be reachable.
    #[arg(long, value_name = "PLACES")]
    #[ts(as = "Option<_>", optional)]
    pub topology_required: Vec<String>,
    /// How programs see it: mount or block.
    #[arg(long, value_name = "KIND")]
    #[ts(optional = nullable)]
    pub r#type: Option<String>,
}

/// Remove volumes, with everything in them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct RemoveVolume {
    /// Says nothing about volumes that do not exist.
    #[arg(short = 'f', long)]
    pub force: bool,
    /// The volumes to remove, by name.
    #[arg(value_name = "VOLUME", required = true)]
    pub volumes: Vec<String>,
}

/// Show everything the engine knows about volumes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct InspectVolume {
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(short = 'f', long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// The volumes to look at, by name.
    #[arg(value_name = "VOLUME", required = true)]
    pub volumes: Vec<String>,
}

/// Remove the volumes that no container uses.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct PruneVolumes {
    /// Removes volumes with a name, too, not just those without.
    #[arg(short = 'a', long)]
    pub all: bool,
    /// Limits what is removed, such as label=demo.
    #[arg(long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Does not ask for confirmation.
    #[arg(short = 'f', long)]
    pub force: bool,
}
