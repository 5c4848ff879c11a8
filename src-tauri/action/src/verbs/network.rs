//! The verbs on networks, over which containers reach each other.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// List the networks of this engine.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct ListNetworks {
    /// Shows only some networks, such as driver=bridge.
    #[arg(short = 'f', long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Shows ids in full length.
    #[arg(long)]
    pub no_trunc: bool,
    /// Shows only the ids.
    #[arg(short = 'q', long)]
    pub quiet: bool,
}

/// Make a network over which containers reach each other by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct CreateNetwork {
    /// The kind of network; without it this is bridge.
    #[arg(short = 'd', long, value_name = "NAME")]
    pub driver: Option<String>,
    /// Lets no container of this network reach the outside.
    #[arg(long)]
    pub internal: bool,
    /// The range of addresses, such as 172.28.0.0/16.
    #[arg(long, value_name = "ADDRESS/BITS")]
    pub subnet: Vec<String>,
    /// The address of the way out, such as 172.28.0.1.
    #[arg(long, value_name = "ADDRESS")]
    pub gateway: Vec<String>,
    /// The part of the range from which containers get theirs.
    #[arg(long, value_name = "ADDRESS/BITS")]
    pub ip_range: Vec<String>,
    /// An address that no container gets.
    #[arg(long, value_name = "NAME=ADDRESS")]
    pub aux_address: Vec<String>,
    /// Gives containers an IPv4 address, unless it is false.
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub ipv4: Option<bool>,
    /// Gives containers an IPv6 address.
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub ipv6: Option<bool>,
    /// Attaches a note to the network, as name=value.
    #[arg(long, value_name = "NAME=VALUE")]
    pub label: Vec<String>,
    /// Tells the driver something, such as com.docker.network.bridge.name=br0.
    #[arg(short = 'o', long, value_name = "NAME=VALUE")]
    pub opt: Vec<String>,
    /// What deals out the addresses.
    #[arg(long, value_name = "NAME")]
    pub ipam_driver: Option<String>,
    /// Tells what deals out the addresses something.
    #[arg(long, value_name = "NAME=VALUE")]
    pub ipam_opt: Vec<String>,
    /// Lets single containers join a network of a swarm.
    #[arg(long)]
    pub attachable: bool,
    /// Makes it the network over which a swarm is reached from outside.
    #[arg(long)]
    pub ingress: bool,
    /// How far it reaches: local, swarm or global.
    #[arg(long, value_name = "SCOPE")]
    pub scope: Option<String>,
    /// Makes only a set of settings, which other networks take over.
    #[arg(long)]
    pub config_only: bool,
    /// Takes the settings from this network.
    #[arg(long, value_name = "NETWORK")]
    pub config_from: Option<String>,
    /// The new network's name.
    #[arg(value_name = "NETWORK")]
    pub network: String,
}

/// Remove networks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct RemoveNetwork {
    /// Says nothing about networks that do not exist.
    #[arg(short = 'f', long)]
    pub force: bool,
    /// The networks to remove, by name or id.
    #[arg(value_name = "NETWORK", required = true)]
    pub networks: Vec<String>,
}

/// Show everything the engine knows about networks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct InspectNetwork {
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(short = 'f', long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Adds what helps to find faults, such as the services of a swarm.
    #[arg(short = 'v', long)]
    pub verbose: bool,
    /// The networks to look at, by name or id.
    #[arg(value_name = "NETWORK", required = true)]
    pub networks: Vec<String>,
}

/// Remove the networks that no container uses.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct PruneNetworks {
    /// Limits what is removed, such as until=24h or label=demo.
    #[arg(long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Does not ask for confirmation.
    #[arg(short = 'f', long)]
    pub force: bool,
}

/// Connect a container to one more network.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct ConnectNetwork {
    /// A further name under which the others on this network find the container.
    #[arg(long, value_name = "NAME")]
    pub alias: Vec<String>,
    /// The container's IPv4 address on this network, such as 172.28.0.5.
    #[arg(long, value_name = "ADDRESS")]
    pub ip: Option<String>,
    /// The container's IPv6 address on this network, such as 2001:db8::33.
    #[arg(long, value_name = "ADDRESS")]
    pub ip6: Option<String>,
    /// Lets the container find another one under a name.
    #[arg(long, value_name = "CONTAINER[:NAME]")]
    pub link: Vec<String>,
    /// An address that holds only on this wire.
    #[arg(long, value_name = "ADDRESS")]
    pub link_local_ip: Vec<String>,
    /// Tells the network's driver something about this connection.
    #[arg(long, value_name = "NAME=VALUE")]
    pub driver_opt: Vec<String>,
    /// Of all networks the one with the highest number leads outside.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub gw_priority: Option<i32>,
    /// The network, by name or id.
    #[arg(value_name = "NETWORK")]
    pub network: String,
    /// The container, by name or id.
    #[arg(value_name = "CONTAINER")]
    pub container: String,
}

/// Disconnect a container from a network.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct DisconnectNetwork {
    /// Disconnects even if the container does not answer or is gone.
    #[arg(short = 'f', long)]
    pub force: bool,
    /// The network, by name or id.
    #[arg(value_name = "NETWORK")]
    pub network: String,
    /// The container, by name or id.
    #[arg(value_name = "CONTAINER")]
    pub container: String,
}
