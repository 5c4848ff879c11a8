//! How much a container may use, as docker's command line reads it.

use serde::Serialize;
use serde_json::{Map, Value};
use slipway_action::device::Throttle;
use slipway_action::limit::{Bytes, Cpus, Memory, SwapLimit};
use slipway_action::text::Invalid;
use slipway_action::{Limits, Resources, ulimit};

/// The amounts of a new container; what is not limited is zero, or -1 where zero means something.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Amounts {
    memory: u64,
    nano_cpus: i64,
    memory_reservation: i64,
    memory_swap: i64,
    memory_swappiness: i64,
    oom_kill_disable: bool,
    oom_score_adj: i32,
    pids_limit: i32,
    shm_size: i64,
    cpu_shares: i32,
    cpu_period: i32,
    cpu_quota: i32,
    cpu_realtime_period: i32,
    cpu_realtime_runtime: i32,
    cpuset_cpus: String,
    cpuset_mems: String,
    blkio_weight: i32,
    blkio_weight_device: Vec<Weight>,
    blkio_device_read_bps: Vec<Rate>,
    blkio_device_write_bps: Vec<Rate>,
    #[serde(rename = "BlkioDeviceReadIOps")]
    blkio_device_read_iops: Vec<Rate>,
    #[serde(rename = "BlkioDeviceWriteIOps")]
    blkio_device_write_iops: Vec<Rate>,
    ulimits: Vec<Ulimit>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Weight {
    path: String,
    weight: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Rate {
    path: String,
    rate: u64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Ulimit {
    name: String,
    hard: i64,
    soft: i64,
}

impl Amounts {
    pub fn of(
        memory: Option<&str>,
        cpus: Option<&str>,
        limits: &Limits,
        resources: &Resources,
    ) -> Result<Self, Invalid> {
        let bytes = |text: Option<&str>| text.map_or(Ok(0), bytes);
        let in_bytes = |texts| each(texts, Throttle::in_bytes);
        let in_accesses = |texts| each(texts, Throttle::in_accesses);
        let swap = limits.memory_swap.as_deref().map(SwapLimit::parse);
        let mut ulimits: Vec<Ulimit> = Vec::new();
        for text in &resources.ulimit {
            let one = Ulimit::from(ulimit::Ulimit::parse(text)?);
            ulimits.retain(|earlier| earlier.name != one.name);
            ulimits.push(one);
        }
        ulimits.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(Self {
            memory: memory.map(Memory::parse).transpose()?.map_or(0, |it| it.0),
            nano_cpus: cpus.map(Cpus::parse).transpose()?.map_or(0, |it| it.nano),
            memory_reservation: bytes(limits.memory_reservation.as_deref())?,
            memory_swap: swap.transpose()?.map_or(0, SwapLimit::in_bytes),
            memory_swappiness: resources.memory_swappiness.map_or(-1, i64::from),
            oom_kill_disable: resources.oom_kill_disable,
            oom_score_adj: resources.oom_score_adj.unwrap_or_default(),
            pids_limit: limits.pids_limit.unwrap_or_default(),
            shm_size: bytes(resources.shm_size.as_deref())?,
            cpu_shares: limits.cpu_shares.unwrap_or_default(),
            cpu_period: limits.cpu_period.unwrap_or_default(),
            cpu_quota: limits.cpu_quota.unwrap_or_default(),
            cpu_realtime_period: limits.cpu_rt_period.unwrap_or_default(),
            cpu_realtime_runtime: limits.cpu_rt_runtime.unwrap_or_default(),
            cpuset_cpus: limits.cpuset_cpus.clone().unwrap_or_default(),
            cpuset_mems: limits.cpuset_mems.clone().unwrap_or_default(),
            blkio_weight: limits.blkio_weight.unwrap_or_default(),
            blkio_weight_device: each(&resources.blkio_weight_device, Throttle::weight)?,
            blkio_device_read_bps: in_bytes(&resources.device_read_bps)?,
            blkio_device_write_bps: in_bytes(&resources.device_write_bps)?,
            blkio_device_read_iops: in_accesses(&resources.device_read_iops)?,
            blkio_device_write_iops: in_accesses(&resources.device_write_iops)?,
            ulimits,
        })
    }
}

fn each<T: From<Throttle>>(
    texts: &[String],
    read: fn(&str) -> Result<Throttle, Invalid>,
) -> Result<Vec<T>, Invalid> {
    texts.iter().map(|text| read(text).map(T::from)).collect()
}

/// What `docker update` sends: only the limits that are set.
pub(in crate::perform) fn changed(
    limits: &Limits,
    memory: Option<&str>,
    cpus: Option<&str>,
) -> Result<Map<String, Value>, Invalid> {
    let amounts = Amounts::of(memory, cpus, limits, &Resources::default())?;
    let mut body = Map::new();
    if let Ok(Value::Object(all)) = serde_json::to_value(amounts) {
        let is_set = |value: &Value| match value {
            Value::Number(number) => number.as_i64() != Some(0),
            Value::String(text) => !text.is_empty(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => false,
        };
        body.extend(all.into_iter().filter(|(_, value)| is_set(value)));
    }
    // It has no flag here, and -1 is not nothing.
    body.remove("MemorySwappiness");
    Ok(body)
}

/// An amount, as the API's whole numbers take it.
fn bytes(text: &str) -> Result<i64, Invalid> {
    Bytes::parse(text).map(|bytes| i64::try_from(bytes.0).unwrap_or(i64::MAX))
}

impl From<Throttle> for Rate {
    fn from(throttle: Throttle) -> Self {
        Self {
            path: throttle.device,
            rate: throttle.rate,
        }
    }
}

impl From<Throttle> for Weight {
    fn from(throttle: Throttle) -> Self {
        Self {
            path: throttle.device,
            weight: throttle.rate,
        }
    }
}

impl From<ulimit::Ulimit> for Ulimit {
    fn from(limit: ulimit::Ulimit) -> Self {
        Self {
            name: limit.name,
            hard: limit.hard,
            soft: limit.soft,
        }
    }
}
