//! The body of `POST /containers/create`, field by field as the docker command sends it, its defaults
//! included: an engine keeps them, and inspects show them. What docker sends as empty is left out where
//! the engine fills in the same (docker/cli, `cli/command/container/opts.go`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;
use slipway_action::ContainerOptions;
use slipway_action::name::{ExtraHost, Label};
use slipway_action::policy::RestartPolicy;
use slipway_action::port::{ExposeSpec, PortSpec, Protocol};
use slipway_action::rights::Capability;
use slipway_action::text::Invalid;
use slipway_action::volume::{Source, VolumeSpec};

use crate::perform::{env, invalid, place};
use crate::problem::Problem;

mod devices;
mod health;
pub(super) mod limits;
mod mount;
mod networks;
mod security;

use devices::{Device, Request};
use health::Check;
use limits::Amounts;
use mount::Mount;
use networks::{Endpoint, Networks};
use security::Security;

/// What a container is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan<'a> {
    /// Where paths in the flags begin; absolute.
    pub folder: &'a Path,
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
    domainname: String,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    healthcheck: Option<Check>,
    host_config: HostConfig,
    networking_config: Networking,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Networking {
    endpoints_config: BTreeMap<String, Endpoint>,
}

/// What the flags name and this computer has: read before anything is sent.
#[derive(Debug, Default)]
struct Read {
    env: Vec<String>,
    labels: Vec<String>,
    security: Vec<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct HostConfig {
    binds: Option<Vec<String>>,
    #[serde(rename = "ContainerIDFile")]
    id_file: String,
    log_config: LogConfig,
    network_mode: String,
    port_bindings: BTreeMap<String, Vec<PortBinding>>,
    restart_policy: Restart,
    auto_remove: bool,
    volume_driver: String,
    volumes_from: Option<Vec<String>>,
    console_size: [u32; 2],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    annotations: BTreeMap<String, String>,
    cap_add: Option<Vec<String>>,
    cap_drop: Option<Vec<String>>,
    cgroupns_mode: String,
    dns: Vec<String>,
    dns_options: Vec<String>,
    dns_search: Vec<String>,
    extra_hosts: Option<Vec<String>>,
    group_add: Option<Vec<String>>,
    ipc_mode: String,
    links: Option<Vec<String>>,
    pid_mode: String,
    privileged: bool,
    publish_all_ports: bool,
    readonly_rootfs: bool,
    #[serde(flatten)]
    security: Security,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    storage_opt: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    tmpfs: BTreeMap<String, String>,
    #[serde(rename = "UTSMode")]
    uts_mode: String,
    userns_mode: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    sysctls: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    runtime: String,
    cgroup_parent: String,
    #[serde(flatten)]
    amounts: Amounts,
    devices: Vec<Device>,
    device_cgroup_rules: Option<Vec<String>>,
    device_requests: Option<Vec<Request>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mounts: Vec<Mount>,
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
pub(super) struct Restart {
    name: String,
    maximum_retry_count: u32,
}

impl Body {
    /// Reads the files that the flags name, and this process' environment where a flag takes a
    /// variable from there.
    pub async fn of(plan: &Plan<'_>) -> Result<Self, Problem> {
        let options = plan.options;
        let labels = env::labels(plan.folder, &options.recording.label_file).await?;
        let read = Read {
            env: env::all(plan.folder, &options.env_file, &options.env).await?,
            labels,
            security: security::read(plan.folder, &options.rights.security_opt).await?,
        };
        Self::with(plan, read).map_err(|error| invalid(&error.to_string()))
    }

    fn with(plan: &Plan<'_>, read: Read) -> Result<Self, Invalid> {
        let options = plan.options;
        let attached = !plan.detached;
        let (exposed_ports, port_bindings) = ports(options)?;
        let (volumes, binds) = volumes(plan.folder, &options.volume)?;
        let networks = Networks::of(options)?;
        let mut labels = labels(&read.labels)?;
        labels.extend(self::labels(&options.label)?);
        let mounts = options.storage.mount.iter();
        let mounts: Result<_, _> = mounts.map(|it| Mount::parse(plan.folder, it)).collect();
        let places = Places {
            binds,
            mounts: mounts?,
        };
        let host_config = HostConfig::of(
            options,
            read.security,
            places,
            port_bindings,
            networks.first,
        )?;
        Ok(Self {
            hostname: text(options.hostname.as_ref()),
            domainname: text(options.addresses.domainname.as_ref()),
            user: text(options.user.as_ref()),
            attach_stdin: attached && options.interactive,
            attach_stdout: attached,
            attach_stderr: attached,
            exposed_ports,
            tty: options.tty,
            open_stdin: options.interactive,
            stdin_once: attached && options.interactive,
            env: some(read.env),
            cmd: some(plan.command.to_vec()),
            image: plan.image.to_owned(),
            volumes,
            working_dir: text(options.workdir.as_ref()),
            // An empty one takes the image's entrypoint away.
            entrypoint: options.entrypoint.clone().map(|program| vec![program]),
            labels,
            stop_signal: options.stop_signal.clone(),
            stop_timeout: options.stop_timeout,
            healthcheck: Check::of(&options.health)?,
            host_config,
            networking_config: Networking {
                endpoints_config: networks.endpoints,
            },
        })
    }
}

/// What of this computer and of the engine is put into the container.
struct Places {
    binds: Vec<String>,
    mounts: Vec<Mount>,
}

impl HostConfig {
    fn of(
        options: &ContainerOptions,
        security: Vec<String>,
        places: Places,
        port_bindings: BTreeMap<String, Vec<PortBinding>>,
        network_mode: String,
    ) -> Result<Self, Invalid> {
        let hosts: Result<Vec<_>, _> = options
            .add_host
            .iter()
            .map(|it| ExtraHost::parse(it))
            .collect();
        let hosts = hosts?.iter().map(ToString::to_string).collect();
        let (storage, rights, recording) = (&options.storage, &options.rights, &options.recording);
        let (resources, addresses) = (&options.resources, &options.addresses);
        let (devices, requests) = devices::devices(&rights.device, &rights.gpus)?;
        let (cap_add, cap_drop) = capabilities(&rights.cap_add, &rights.cap_drop)?;
        let (memory, cpus) = (options.memory.as_deref(), options.cpus.as_deref());
        Ok(Self {
            binds: some(places.binds),
            id_file: text(recording.cidfile.as_ref()),
            log_config: LogConfig {
                r#type: text(recording.log_driver.as_ref()),
                config: pairs(&recording.log_opt, '='),
            },
            network_mode,
            port_bindings,
            restart_policy: Restart::of(options.restart.as_deref())?,
            auto_remove: options.rm,
            volume_driver: text(storage.volume_driver.as_ref()),
            volumes_from: some(storage.volumes_from.clone()),
            console_size: [0, 0],
            annotations: pairs(&recording.annotation, '='),
            cap_add: some(cap_add),
            cap_drop: some(cap_drop),
            cgroupns_mode: text(resources.cgroupns.as_ref()),
            dns: addresses.dns.clone(),
            dns_options: addresses.dns_option.clone(),
            dns_search: addresses.dns_search.clone(),
            extra_hosts: some(hosts),
            group_add: some(rights.group_add.clone()),
            ipc_mode: text(rights.ipc.as_ref()),
            links: some(addresses.link.clone()),
            pid_mode: text(rights.pid.as_ref()),
            privileged: options.privileged,
            publish_all_ports: options.publish_all,
            readonly_rootfs: options.read_only,
            security: Security::of(security),
            storage_opt: pairs(&storage.storage_opt, '='),
            tmpfs: pairs(&storage.tmpfs, ':'),
            uts_mode: text(rights.uts.as_ref()),
            userns_mode: text(rights.userns.as_ref()),
            sysctls: pairs(&rights.sysctl, '='),
            runtime: text(rights.runtime.as_ref()),
            cgroup_parent: text(resources.cgroup_parent.as_ref()),
            amounts: Amounts::of(memory, cpus, &options.limits, resources)?,
            devices,
            device_cgroup_rules: some(rights.device_cgroup_rule.clone()),
            device_requests: some(requests),
            mounts: places.mounts,
            init: options.init.then_some(true),
        })
    }
}

impl Restart {
    /// Reads the value of `--restart`.
    pub fn of(text: Option<&str>) -> Result<Self, Invalid> {
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

fn text(flag: Option<&String>) -> String {
    flag.cloned().unwrap_or_default()
}

/// Names with their values; a name alone has an empty one.
fn pairs(texts: &[String], between: char) -> BTreeMap<String, String> {
    let pair = |text: &String| match text.split_once(between) {
        Some((name, value)) => (name.to_owned(), value.to_owned()),
        None => (text.clone(), String::new()),
    };
    texts.iter().map(pair).collect()
}

/// Rights of the kernel under their full names, each once; one that is added is not dropped.
fn capabilities(add: &[String], drop: &[String]) -> Result<(Vec<String>, Vec<String>), Invalid> {
    let full = |names: &[String]| -> Result<BTreeSet<String>, Invalid> {
        let names = names.iter().map(|name| Capability::parse(name));
        let all: BTreeSet<String> = names
            .map(|name| name.map(|name| name.as_str().to_owned()))
            .collect::<Result<_, _>>()?;
        // It leaves nothing for the others to say.
        let all_of_them = BTreeSet::from(["ALL".to_owned()]);
        Ok(if all.is_superset(&all_of_them) {
            all_of_them
        } else {
            all
        })
    };
    let (add, drop) = (full(add)?, full(drop)?);
    let dropped = drop.difference(&add).cloned().collect();
    Ok((add.into_iter().collect(), dropped))
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
fn volumes(folder: &Path, texts: &[String]) -> Result<(Set, Vec<String>), Invalid> {
    let mut nameless = Set::new();
    let mut binds = Vec::new();
    for text in texts {
        let mut spec = VolumeSpec::parse(text)?;
        if let Source::RelativeFolder(path) = &spec.source {
            spec.source = Source::Folder(place::in_full(folder, path));
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
