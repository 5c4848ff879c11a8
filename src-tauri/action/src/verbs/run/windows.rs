//! What only containers of Windows have.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The flags that mean something on Windows alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct WindowsOnly {
    /// How Windows holds the container apart: default, process or hyperv.
    #[arg(long, value_name = "KIND")]
    #[ts(optional = nullable)]
    pub isolation: Option<String>,
    /// How many processors the container may use.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub cpu_count: Option<i32>,
    /// How much of the processors the container may use.
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub cpu_percent: Option<i32>,
    /// How fast the container may use the system's disk, such as 10mb.
    #[arg(long, value_name = "RATE")]
    #[ts(optional = nullable)]
    pub io_maxbandwidth: Option<String>,
    /// How often in a second the container may use the system's disk.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub io_maxiops: Option<i32>,
}
