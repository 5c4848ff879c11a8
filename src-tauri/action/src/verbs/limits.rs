//! How much a container may use: what can be set when it is made and changed later.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The limits that `docker run` sets and `docker update` changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Limits {
    /// The memory that the container is held to when memory runs short.
    #[arg(long, value_name = "SIZE")]
    #[ts(optional = nullable)]
    pub memory_reservation: Option<String>,
    /// The most memory and swap space together; -1 is without a limit.
    #[arg(long, value_name = "SIZE")]
    #[ts(optional = nullable)]
    pub memory_swap: Option<String>,
    /// How many programs and threads may run in the container at once; -1 is without a limit.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub pids_limit: Option<i32>,
    /// The container's share of the processors against others; 1024 is usual.
    #[arg(
        short = 'c',
        long,
        value_name = "WEIGHT",
        allow_negative_numbers = true
    )]
    #[ts(optional = nullable)]
    pub cpu_shares: Option<i32>,
    /// The length of the turns in which processor time is dealt out.
    #[arg(long, value_name = "MICROSECONDS", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub cpu_period: Option<i32>,
    /// How much processor time the container gets in each turn.
    #[arg(long, value_name = "MICROSECONDS", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub cpu_quota: Option<i32>,
    /// The length of the turns in which time for real-time programs is dealt out.
    #[arg(long, value_name = "MICROSECONDS", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub cpu_rt_period: Option<i32>,
    /// How much real-time processor time the container gets in each turn.
    #[arg(long, value_name = "MICROSECONDS", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub cpu_rt_runtime: Option<i32>,
    /// The processors that the container may use, such as 0-3 or 0,1.
    #[arg(long, value_name = "NUMBERS")]
    #[ts(optional = nullable)]
    pub cpuset_cpus: Option<String>,
    /// The parts of memory that the container may use, on computers with several.
    #[arg(long, value_name = "NUMBERS")]
    #[ts(optional = nullable)]
    pub cpuset_mems: Option<String>,
    /// The container's share of the disks against others, from 10 to 1000; 0 switches it off.
    #[arg(long, value_name = "WEIGHT", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub blkio_weight: Option<i32>,
}
