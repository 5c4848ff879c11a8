//! What a container may do, and what it shares with the computer and others.

#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "the fields' comments are sentences for users, where brackets are docker's own"
)]

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The rights of a container, and what it shares with this computer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Rights {
    /// Gives the container one of the system's rights, such as NET_ADMIN or ALL.
    #[arg(long, value_name = "RIGHT")]
    #[ts(as = "Option<_>", optional)]
    pub cap_add: Vec<String>,
    /// Takes one of the system's rights from the container, such as CHOWN or ALL.
    #[arg(long, value_name = "RIGHT")]
    #[ts(as = "Option<_>", optional)]
    pub cap_drop: Vec<String>,
    /// Changes how the container is held apart from the rest, such as no-new-privileges.
    #[arg(long, value_name = "OPTION")]
    #[ts(as = "Option<_>", optional)]
    pub security_opt: Vec<String>,
    /// Adds the program to a further group, by name or number.
    #[arg(long, value_name = "GROUP")]
    #[ts(as = "Option<_>", optional)]
    pub group_add: Vec<String>,
    /// Lets the container use a device of this computer, such as /dev/ttyUSB0.
    #[arg(long, value_name = "DEVICE[:PATH[:RIGHTS]]")]
    #[ts(as = "Option<_>", optional)]
    pub device: Vec<String>,
    /// Lets the container use a kind of device, such as c 42:* rmw.
    #[arg(long, value_name = "RULE")]
    #[ts(as = "Option<_>", optional)]
    pub device_cgroup_rule: Vec<String>,
    /// Lets the container use graphics processors: all, a number, or device=0,1.
    #[arg(long, value_name = "DEVICES")]
    #[ts(as = "Option<_>", optional)]
    pub gpus: Vec<String>,
    /// Whose programs the container sees: host, or container:NAME.
    #[arg(long, value_name = "MODE")]
    #[ts(optional = nullable)]
    pub pid: Option<String>,
    /// With whom the container shares memory between programs: none, private, shareable, host or container:NAME.
    #[arg(long, value_name = "MODE")]
    #[ts(optional = nullable)]
    pub ipc: Option<String>,
    /// Shares this computer's host name with the container: host.
    #[arg(long, value_name = "MODE")]
    #[ts(optional = nullable)]
    pub uts: Option<String>,
    /// Does not translate the container's users to others: host.
    #[arg(long, value_name = "MODE")]
    #[ts(optional = nullable)]
    pub userns: Option<String>,
    /// Changes a setting of the kernel for the container, such as net.core.somaxconn=1024.
    #[arg(long, value_name = "NAME=VALUE")]
    #[ts(as = "Option<_>", optional)]
    pub sysctl: Vec<String>,
    /// The program with which the engine starts the container.
    #[arg(long, value_name = "NAME")]
    #[ts(optional = nullable)]
    pub runtime: Option<String>,
    /// Lets the container command this engine. Whoever is in it then has nearly all rights of this computer.
    #[arg(long)]
    #[ts(as = "Option<_>", optional)]
    pub use_api_socket: bool,
}
