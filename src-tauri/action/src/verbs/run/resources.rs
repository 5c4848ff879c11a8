//! What a container may use of the computer's kernel and disks.

#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "the fields' comments are sentences for users, where brackets are docker's own"
)]

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The finer limits of `docker run`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Resources {
    /// The size of the memory that the container's programs share, /dev/shm, such as 256m.
    #[arg(long, value_name = "SIZE")]
    #[ts(optional = nullable)]
    pub shm_size: Option<String>,
    /// Sets a limit of the system for each program, such as nofile=1024:2048.
    #[arg(long, value_name = "NAME=SOFT[:HARD]")]
    #[ts(as = "Option<_>", optional)]
    pub ulimit: Vec<String>,
    /// How readily the container's memory is moved to disk, from 0 to 100.
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub memory_swappiness: Option<i32>,
    /// Does not end the container's programs when memory runs out. Only safe together with a limit of memory.
    #[arg(long)]
    #[ts(as = "Option<_>", optional)]
    pub oom_kill_disable: bool,
    /// How early the container is chosen when memory runs out, from -1000 (last) to 1000 (first).
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub oom_score_adj: Option<i32>,
    /// A limit of the kernel's own memory, which newer engines no longer have.
    #[arg(long, value_name = "SIZE")]
    #[ts(optional = nullable)]
    pub kernel_memory: Option<String>,
    /// The system's group of programs to which the container belongs.
    #[arg(long, value_name = "NAME")]
    #[ts(optional = nullable)]
    pub cgroup_parent: Option<String>,
    /// Whether the container sees the computer's groups of programs (host) or only its own (private).
    #[arg(long, value_name = "MODE")]
    #[ts(optional = nullable)]
    pub cgroupns: Option<String>,
    /// The container's share of one disk against others, such as /dev/sda:200.
    #[arg(long, value_name = "DEVICE:WEIGHT")]
    #[ts(as = "Option<_>", optional)]
    pub blkio_weight_device: Vec<String>,
    /// How fast the container may read from a disk, such as /dev/sda:1mb.
    #[arg(long, value_name = "DEVICE:RATE")]
    #[ts(as = "Option<_>", optional)]
    pub device_read_bps: Vec<String>,
    /// How often in a second the container may read from a disk.
    #[arg(long, value_name = "DEVICE:RATE")]
    #[ts(as = "Option<_>", optional)]
    pub device_read_iops: Vec<String>,
    /// How fast the container may write to a disk, such as /dev/sda:1mb.
    #[arg(long, value_name = "DEVICE:RATE")]
    #[ts(as = "Option<_>", optional)]
    pub device_write_bps: Vec<String>,
    /// How often in a second the container may write to a disk.
    #[arg(long, value_name = "DEVICE:RATE")]
    #[ts(as = "Option<_>", optional)]
    pub device_write_iops: Vec<String>,
}
