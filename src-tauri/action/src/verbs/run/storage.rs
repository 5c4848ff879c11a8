//! What is put into a container's file system.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The folders, volumes and file systems of a container, beside `--volume`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Storage {
    /// Puts a folder, a volume or memory into the container, such as type=bind,source=/data,target=/data.
    #[arg(long, value_name = "KEY=VALUE,…")]
    #[ts(as = "Option<_>", optional)]
    pub mount: Vec<String>,
    /// Puts a folder in memory into the container; what is written there is gone when it stops.
    #[arg(long, value_name = "FOLDER[:OPTIONS]")]
    #[ts(as = "Option<_>", optional)]
    pub tmpfs: Vec<String>,
    /// Gives the container the same volumes as another one.
    #[arg(long, value_name = "CONTAINER[:ro|rw]")]
    #[ts(as = "Option<_>", optional)]
    pub volumes_from: Vec<String>,
    /// What provides the storage of new volumes.
    #[arg(long, value_name = "NAME")]
    #[ts(optional = nullable)]
    pub volume_driver: Option<String>,
    /// Tells the engine's storage something, such as size=10G.
    #[arg(long, value_name = "NAME=VALUE")]
    #[ts(as = "Option<_>", optional)]
    pub storage_opt: Vec<String>,
}
