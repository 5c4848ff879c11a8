//! The body of `POST /containers/create`, field by field as the docker command sends it, its defaults
//! included: an engine keeps them, and inspects show them. What docker sends as empty is left out where
//! the engine fills in the same (docker/cli, `cli/command/container/opts.go`).

use std::collections::BTreeMap;

use serde::Serialize;
use slipway_action::ContainerOptions;
use slipway_action::limit::{Cpus, Memory};
use slipway_action::name::{ExtraHost, Label};
use slipway_action::policy::RestartPolicy;
use slipway_action::port::{ExposeSpec, PortSpec, Protocol};
use slipway_action::text::Invalid;
use slipway_action::volume::{Source, VolumeSpec};

use crate::perform::{env, invalid};
use crate::problem::Problem;

/// What a container is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan<'a> {
    /// The flags.
    pub options: &'a ContainerOptions,
    /// The image.
    pub image: &'a str,
    /// The program and its arguments; empty for the image's own.
    pub command: &'a [String],
    /// `docker run -d`: nobody is attached to it. `docker create` counts as attached.
    pub detached: bool,
}

/// An empty JSON object: engines keep sets as the keys of maps.
#[derive(Debug, Default, Serialize)]
pub(super) struct Nothing {}

type Set = BTreeMap<String, Nothing>;

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Body {
    hostname: String,
    user: String,
    attach_stdin: bool,
    attach_stdout: bool,
    attach_stderr: bool,
    #[serde(skip_serializing_if = "Set::is_empty")]
    exposed_ports: Set,
    tty: bool,
    open_stdin: bool,
    stdin_once: bool,
    env: Option<Vec<String>>,
    cmd: Option<Vec<String>>,
    image: String,
    volumes: Set,
    working_dir: String,
    entrypoint: Option<Vec<String>>,
    labels: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stop_signal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stop_timeout: Option<i32>,
    host_config: HostConfig,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct HostConfig {
    binds: Option<Vec<String>>,
    log_config: LogConfig,
    network_mode: String,
    port_bindings: BTreeMap<String, Vec<PortBinding>>,
    restart_policy: Restart,
    auto_remove: bool,
    console_size: [u32; 2],
    dns: Vec<String>,
    dns_options: Vec<String>,
    dns_search: Vec<String>,
    extra_hosts: Option<Vec<String>>,
    privileged: bool,
    publish_all_ports: bool,
    readonly_rootfs: bool,
    memory: u64,
    nano_cpus: i64,
    blkio_weight_device: Vec<Nothing>,
    blkio_device_read_bps: Vec<Nothing>,
    blkio_device_write_bps: Vec<Nothing>,
    #[serde(rename = "BlkioDeviceReadIOps")]
    blkio_device_read_iops: Vec<Nothing>,
    #[serde(rename = "BlkioDeviceWriteIOps")]
    blkio_device_write_iops: Vec<Nothing>,
    devices: Vec<Nothing>,
    memory_swappiness: i64,
    oom_kill_disable: bool,
    pids_limit: i64,
    ulimits: Vec<Nothing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    init: Option<bool>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct LogConfig {
    r#type: String,
    config: BTreeMap<String, String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct PortBinding {
    host_ip: String,
    host_port: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Restart {
    name: String,
    maximum_retry_count: u32,
}

impl Body {
    /// Reads the files that the flags name, and this process' environment where a flag takes a
    /// variable from there.
    pub async fn of(plan: &Plan<'_>) -> Result<Self, Problem> {
        let options = plan.options;
        let env = env::all(&options.env_file, &options.env).await?;
        Self::with_env(plan, env).map_err(|error| invalid(&error.to_string()))
    }

    fn with_env(plan: &Plan<'_>, env: Vec<String>) -> Result<Self, Invalid> {
        let options = plan.options;
        let attached = !plan.detached;
        let (exposed_ports, port_bindings) = ports(options)?;
        let (volumes, binds) = volumes(&options.volume)?;
        Ok(Self {
            hostname: options.hostname.clone().unwrap_or_default(),
            user: options.user.clone().unwrap_or_default(),
            attach_stdin: attached && options.interactive,
            attach_stdout: attached,
            attach_stderr: attached,
            exposed_ports,
            tty: options.tty,
            open_stdin: options.interactive,
            stdin_once: attached && options.interactive,
            env: some(env),
            cmd: some(plan.command.to_vec()),
            image: plan.image.to_owned(),
            volumes,
            working_dir: options.workdir.clone().unwrap_or_default(),
            // An empty one takes the image's entrypoint away.
            entrypoint: options.entrypoint.clone().map(|program| vec![program]),
            labels: labels(&options.label)?,
            stop_signal: options.stop_signal.clone(),
            stop_timeout: options.stop_timeout,
            host_config: HostConfig::of(options, binds, port_bindings)?,
        })
    }
}

impl HostConfig {
    fn of(
        options: &ContainerOptions,
        binds: Vec<String>,
        port_bindings: BTreeMap<String, Vec<PortBinding>>,
    ) -> Result<Self, Invalid> {
        let memory = options.memory.as_deref().map(Memory::parse).transpose()?;
        let cpus = options.cpus.as_deref().map(Cpus::parse).transpose()?;
        let hosts: Result<Vec<_>, _> = options
            .add_host
            .iter()
            .map(|it| ExtraHost::parse(it))
            .collect();
        let hosts = hosts?.iter().map(ToString::to_string).collect();
        Ok(Self {
            binds: some(binds),
            log_config: LogConfig {
                r#type: String::new(),
                config: BTreeMap::new(),
            },
            network_mode: options
                .network
                .first()
                .cloned()
                .unwrap_or_else(|| "default".to_owned()),
            port_bindings,
            restart_policy: Restart::of(options.restart.as_deref())?,
            auto_remove: options.rm,
            console_size: [0, 0],
            dns: Vec::new(),
            dns_options: Vec::new(),
            dns_search: Vec::new(),
            extra_hosts: some(hosts),
            privileged: options.privileged,
            publish_all_ports: options.publish_all,
            readonly_rootfs: options.read_only,
            memory: memory.map_or(0, |memory| memory.0),
            nano_cpus: cpus.map_or(0, |cpus| cpus.nano),
            blkio_weight_device: Vec::new(),
            blkio_device_read_bps: Vec::new(),
            blkio_device_write_bps: Vec::new(),
            blkio_device_read_iops: Vec::new(),
            blkio_device_write_iops: Vec::new(),
            devices: Vec::new(),
            memory_swappiness: -1,
            oom_kill_disable: false,
            pids_limit: 0,
            ulimits: Vec::new(),
            init: options.init.then_some(true),
        })
    }
}

impl Restart {
    fn of(text: Option<&str>) -> Result<Self, Invalid> {
        let policy = text.map_or(Ok(RestartPolicy::No), RestartPolicy::parse)?;
        let maximum_retry_count = match policy {
            RestartPolicy::OnFailure { retries } => retries.unwrap_or(0),
            RestartPolicy::No | RestartPolicy::Always | RestartPolicy::UnlessStopped => 0,
        };
        Ok(Self {
            name: policy.as_str().to_owned(),
            maximum_retry_count,
        })
    }
}

/// Go's `null` for a list that nobody filled.
fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// The ports that the container says it uses, and where each is published.
fn ports(options: &ContainerOptions) -> Result<(Set, BTreeMap<String, Vec<PortBinding>>), Invalid> {
    let key = |port: u16, protocol: Protocol| format!("{port}/{}", protocol.as_str());
    let mut exposed = Set::new();
    let mut bindings: BTreeMap<String, Vec<PortBinding>> = BTreeMap::new();
    for text in &options.publish {
        let spec = PortSpec::parse(text)?;
        for (port, host) in spec.pairs() {
            let key = key(port, spec.protocol);
            exposed.insert(key.clone(), Nothing {});
            bindings.entry(key).or_default().push(PortBinding {
                host_ip: spec
                    .address
                    .map(|address| address.to_string())
                    .unwrap_or_default(),
                host_port: match host {
                    None => String::new(),
                    Some(range) if range.start() == range.end() => range.start().to_string(),
                    Some(range) => format!("{}-{}", range.start(), range.end()),
                },
            });
        }
    }
    for text in &options.expose {
        let spec = ExposeSpec::parse(text)?;
        for port in spec.container {
            exposed.insert(key(port, spec.protocol), Nothing {});
        }
    }
    Ok((exposed, bindings))
}

/// Volumes without a name, and what is bound to a place.
fn volumes(texts: &[String]) -> Result<(Set, Vec<String>), Invalid> {
    let mut nameless = Set::new();
    let mut binds = Vec::new();
    for text in texts {
        let mut spec = VolumeSpec::parse(text)?;
        if let Source::RelativeFolder(folder) = &spec.source
            && let Ok(full) = std::path::absolute(folder)
        {
            spec.source = Source::Folder(full.to_string_lossy().into_owned());
        }
        match spec.bind() {
            Some(bind) => binds.push(bind),
            None => {
                nameless.insert(spec.target, Nothing {});
            }
        }
    }
    Ok((nameless, binds))
}

fn labels(texts: &[String]) -> Result<BTreeMap<String, String>, Invalid> {
    let labels = texts
        .iter()
        .map(|text| Label::parse(text).map(|label| (label.name, label.value)));
    labels.collect()
}

#[cfg(test)]
#[path = "body/tests.rs"]
mod tests;
