//! The limits that `docker run`, `docker create` and `docker update` share, and the finer ones.

use super::findings::Findings;
use super::value::argument;
use crate::device::Throttle;
use crate::limit::{Bytes, CpuSet, Cpus, Memory, SwapLimit};
use crate::rights::{Shared, sharing};
use crate::text::Invalid;
use crate::ulimit::Ulimit;
use crate::{Limits, Resources};

impl Findings {
    /// A whole number between two others.
    pub(super) fn number(&mut self, field: &str, number: Option<i32>, least: i32, most: i32) {
        if number.is_none_or(|number| (least..=most).contains(&number)) {
            return;
        }
        let message = match (least, most) {
            (least, i32::MAX) => format!("Write a whole number, {least} or more."),
            (least, most) => format!("Write a whole number from {least} to {most}."),
        };
        self.add(field, 0, message);
    }

    /// Memory and processors, and how they fit together.
    pub(super) fn limits(&mut self, memory: Option<&str>, cpus: Option<&str>, limits: &Limits) {
        self.optional("memory", memory, Memory::parse);
        self.optional("cpus", cpus, Cpus::parse);
        self.optional(
            "memory_reservation",
            limits.memory_reservation.as_deref(),
            Memory::parse,
        );
        self.optional(
            "memory_swap",
            limits.memory_swap.as_deref(),
            SwapLimit::parse,
        );
        self.memory_fits(memory, limits);
        self.number("pids_limit", limits.pids_limit, -1, i32::MAX);
        self.number("cpu_shares", limits.cpu_shares, 0, i32::MAX);
        if limits.cpu_period != Some(0) {
            self.number("cpu_period", limits.cpu_period, 1000, 1_000_000);
        }
        if limits.cpu_quota.is_some_and(|quota| quota > 0) {
            self.number("cpu_quota", limits.cpu_quota, 1000, i32::MAX);
        }
        self.number("cpu_rt_period", limits.cpu_rt_period, 0, i32::MAX);
        self.number("cpu_rt_runtime", limits.cpu_rt_runtime, -1, i32::MAX);
        self.optional("cpuset_cpus", limits.cpuset_cpus.as_deref(), CpuSet::parse);
        self.optional("cpuset_mems", limits.cpuset_mems.as_deref(), CpuSet::parse);
        if limits.blkio_weight != Some(0) {
            self.number("blkio_weight", limits.blkio_weight, 10, 1000);
        }
        let turns = limits
            .cpu_period
            .or(limits.cpu_quota)
            .is_some_and(|turn| turn != 0);
        if cpus.and_then(nonzero).is_some() && turns {
            self.add("cpus", 0, "Processors are limited either by --cpus or by --cpu-period and --cpu-quota. Leave out one of them.");
        }
    }

    fn memory_fits(&mut self, memory: Option<&str>, limits: &Limits) {
        let Some(Ok(Memory(most))) = memory.map(Memory::parse) else {
            return;
        };
        let least = limits.memory_reservation.as_deref().map(Memory::parse);
        if let Some(Ok(Memory(least))) = least
            && most != 0
            && least > most
        {
            self.add(
                "memory_reservation",
                0,
                "This can’t be more than the most memory that the container may use.",
            );
        }
        let swap = limits.memory_swap.as_deref().map(SwapLimit::parse);
        if let Some(Ok(SwapLimit::Limited(Bytes(both)))) = swap
            && both != 0
            && both < most
        {
            self.add("memory_swap", 0, "This is memory and swap space together, so it can’t be less than the memory alone.");
        }
    }

    pub(super) fn resources(&mut self, resources: &Resources) {
        self.optional("shm_size", resources.shm_size.as_deref(), some_bytes);
        self.each("ulimit", &resources.ulimit, Ulimit::parse);
        self.number("memory_swappiness", resources.memory_swappiness, -1, 100);
        self.number("oom_score_adj", resources.oom_score_adj, -1000, 1000);
        self.optional(
            "kernel_memory",
            resources.kernel_memory.as_deref(),
            Bytes::parse,
        );
        self.optional(
            "cgroup_parent",
            resources.cgroup_parent.as_deref(),
            argument,
        );
        self.optional("cgroupns", resources.cgroupns.as_deref(), |text| {
            sharing(Shared::Cgroupns, text)
        });
        self.each(
            "blkio_weight_device",
            &resources.blkio_weight_device,
            Throttle::weight,
        );
        self.each(
            "device_read_bps",
            &resources.device_read_bps,
            Throttle::in_bytes,
        );
        self.each(
            "device_read_iops",
            &resources.device_read_iops,
            Throttle::in_accesses,
        );
        self.each(
            "device_write_bps",
            &resources.device_write_bps,
            Throttle::in_bytes,
        );
        self.each(
            "device_write_iops",
            &resources.device_write_iops,
            Throttle::in_accesses,
        );
    }
}

/// An amount that is not nothing.
pub(super) fn some_bytes(text: &str) -> Result<Bytes, Invalid> {
    let bytes = Bytes::parse(text)?;
    if bytes.0 == 0 {
        return Err(Invalid::new(
            "This can’t be 0. Write an amount such as 64m.",
        ));
    }
    Ok(bytes)
}

fn nonzero(cpus: &str) -> Option<Cpus> {
    Cpus::parse(cpus).ok().filter(|cpus| cpus.nano != 0)
}
