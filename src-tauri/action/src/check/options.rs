//! The flags of `docker run` and `docker create`.

use super::findings::Findings;
use super::value::{argument, container_path, isolation, path};
use crate::attachment::{Attachment, Link, MacAddress, VolumesFrom, ip, ipv4, ipv6};
use crate::device::{Device, cgroup_rule};
use crate::duration::Span;
use crate::gpu::GpuRequest;
use crate::limit::{Bytes, SwapLimit};
use crate::mount::Mount;
use crate::name::{ContainerName, ExtraHost, Hostname, Network, User, plain_name};
use crate::pair::Pair;
use crate::policy::{PullPolicy, RestartPolicy, Signal};
use crate::port::{ExposeSpec, PortSpec};
use crate::rights::{Capability, SecurityOption, Shared, sharing};
use crate::text::{Invalid, shown};
use crate::volume::VolumeSpec;
use crate::{Addresses, ContainerOptions, Health, Recording, Rights, Storage, WindowsOnly};

impl Findings {
    pub(super) fn options(&mut self, options: &ContainerOptions) {
        let ports = self.each_parsed("publish", &options.publish, PortSpec::parse);
        self.double_ports(&ports);
        self.optional("name", options.name.as_deref(), ContainerName::parse);
        self.environment(&options.env, &options.env_file);
        self.volumes(&options.volume);
        self.optional("workdir", options.workdir.as_deref(), container_path);
        self.optional("user", options.user.as_deref(), User::parse);
        self.optional("entrypoint", options.entrypoint.as_deref(), argument);
        self.attachments(options);
        self.optional("hostname", options.hostname.as_deref(), Hostname::parse);
        self.restart(options);
        self.labels(&options.label);
        self.each("add_host", &options.add_host, ExtraHost::parse);
        self.each("expose", &options.expose, ExposeSpec::parse);
        self.platform(options.platform.as_deref());
        self.optional("pull", options.pull.as_deref(), PullPolicy::parse);
        self.optional("stop_signal", options.stop_signal.as_deref(), Signal::parse);
        self.seconds("stop_timeout", options.stop_timeout);
        self.storage(&options.storage);
        self.addresses(&options.addresses);
        self.limits(
            options.memory.as_deref(),
            options.cpus.as_deref(),
            &options.limits,
        );
        if options.limits.memory_swap.as_deref().is_some_and(is_limit)
            && options.memory.as_deref().is_none_or(str::is_empty)
        {
            self.add(
                "memory_swap",
                0,
                "Swap space can only be limited together with memory. Set --memory, too.",
            );
        }
        self.resources(&options.resources);
        self.health(&options.health);
        self.rights(&options.rights);
        self.recording(&options.recording);
        self.windows_only(&options.windows);
    }

    fn double_ports(&mut self, ports: &[(usize, PortSpec)]) {
        for (place, (index, port)) in ports.iter().enumerate() {
            if ports[..place]
                .iter()
                .any(|(_, earlier)| port.clashes_with(earlier))
            {
                let host = port
                    .fixed_host_ports()
                    .map(|host| *host.start())
                    .unwrap_or_default();
                self.add("publish", *index, format!(
                    "Port {host} of this computer is used twice in this command. Choose another one, such as {}.",
                    host.checked_add(1).unwrap_or(8080)
                ));
            }
        }
    }

    fn volumes(&mut self, volumes: &[String]) {
        let parsed = self.each_parsed("volume", volumes, VolumeSpec::parse);
        for (place, (index, volume)) in parsed.iter().enumerate() {
            if parsed[..place]
                .iter()
                .any(|(_, earlier)| earlier.target == volume.target)
            {
                self.add("volume", *index, format!(
                    "Two entries go to {} in the container. Choose another place for one of them.",
                    shown(&volume.target)
                ));
            }
        }
    }

    fn restart(&mut self, options: &ContainerOptions) {
        let Some(restart) = options.restart.as_deref().filter(|text| !text.is_empty()) else {
            return;
        };
        let policy = self.value("restart", 0, restart, RestartPolicy::parse);
        if options.rm && policy.is_some_and(|policy| policy != RestartPolicy::No) {
            self.add("restart", 0, "A container that is removed when its program ends can’t be started again. Leave out either --rm or --restart.");
        }
    }

    fn attachments(&mut self, options: &ContainerOptions) {
        let parsed = self.each_parsed("network", &options.network, Attachment::parse);
        for (place, (index, attachment)) in parsed.iter().enumerate() {
            let network = &attachment.network;
            if parsed[..place]
                .iter()
                .any(|(_, earlier)| earlier.network == *network)
            {
                self.add(
                    "network",
                    *index,
                    format!(
                        "The network {} stands here twice. Leave one of them out.",
                        shown(&network.to_string())
                    ),
                );
            }
        }
        let is_own = |attachment: &Attachment| match &attachment.network {
            Network::Container(_) => false,
            Network::Named(name) => !matches!(
                name.as_str(),
                "bridge" | "default" | "host" | "none" | "nat"
            ),
        };
        let own = parsed
            .iter()
            .filter(|(_, attachment)| is_own(attachment))
            .count();
        if own > 0 && own < parsed.len() {
            self.add("network", 0, "The engine’s own networks (bridge, host, none) can’t be mixed with others. Choose one kind.");
        }
        let Some((_, first)) = parsed.first() else {
            return;
        };
        let addresses = &options.addresses;
        let twice = [
            (
                "network_alias",
                !first.aliases.is_empty() && has_any(&addresses.network_alias),
            ),
            ("ip", first.ip.is_some() && is_some(addresses.ip.as_deref())),
            (
                "ip6",
                first.ip6.is_some() && is_some(addresses.ip6.as_deref()),
            ),
            (
                "mac_address",
                first.mac_address.is_some() && is_some(addresses.mac_address.as_deref()),
            ),
            (
                "link_local_ip",
                !first.link_local_ips.is_empty() && has_any(&addresses.link_local_ip),
            ),
        ];
        for (field, _) in twice.into_iter().filter(|(_, twice)| *twice) {
            self.add(
                field,
                0,
                "This is said in --network, too. Leave out one of the two.",
            );
        }
    }

    fn storage(&mut self, storage: &Storage) {
        self.each("mount", &storage.mount, Mount::parse);
        self.each("tmpfs", &storage.tmpfs, |text| {
            let folder = text.split_once(':').map_or(text, |(folder, _)| folder);
            container_path(folder)
        });
        self.each("volumes_from", &storage.volumes_from, VolumesFrom::parse);
        self.optional("volume_driver", storage.volume_driver.as_deref(), argument);
        self.each("storage_opt", &storage.storage_opt, Pair::whole);
    }

    fn addresses(&mut self, addresses: &Addresses) {
        self.each("network_alias", &addresses.network_alias, |text| {
            plain_name(text, "A name on a network")
        });
        self.optional("ip", addresses.ip.as_deref(), ipv4);
        self.optional("ip6", addresses.ip6.as_deref(), ipv6);
        self.optional(
            "mac_address",
            addresses.mac_address.as_deref(),
            MacAddress::parse,
        );
        self.each("link", &addresses.link, Link::parse);
        self.each("link_local_ip", &addresses.link_local_ip, ip);
        self.each("dns", &addresses.dns, ip);
        self.each("dns_option", &addresses.dns_option, argument);
        self.each("dns_search", &addresses.dns_search, domain);
        self.optional(
            "domainname",
            addresses.domainname.as_deref(),
            Hostname::parse,
        );
    }

    fn health(&mut self, health: &Health) {
        self.optional("health_cmd", health.health_cmd.as_deref(), argument);
        let spans = [
            ("health_interval", &health.health_interval),
            ("health_start_interval", &health.health_start_interval),
            ("health_start_period", &health.health_start_period),
            ("health_timeout", &health.health_timeout),
        ];
        for (field, span) in spans {
            self.optional(field, span.as_deref(), Span::of_health);
        }
        self.number("health_retries", health.health_retries, 0, i32::MAX);
        let is_set = health
            .health_cmd
            .as_deref()
            .is_some_and(|text| !text.is_empty())
            || spans
                .iter()
                .any(|(_, span)| span.as_deref().is_some_and(|text| !text.is_empty()))
            || health.health_retries.is_some();
        if health.no_healthcheck && is_set {
            self.add(
                "no_healthcheck",
                0,
                "The check of health is switched off and set at once. Leave out one of the two.",
            );
        }
    }

    fn rights(&mut self, rights: &Rights) {
        self.each("cap_add", &rights.cap_add, Capability::parse);
        self.each("cap_drop", &rights.cap_drop, Capability::parse);
        self.each("security_opt", &rights.security_opt, SecurityOption::parse);
        self.each("group_add", &rights.group_add, User::parse);
        self.each("device", &rights.device, Device::parse);
        self.each(
            "device_cgroup_rule",
            &rights.device_cgroup_rule,
            cgroup_rule,
        );
        self.each("gpus", &rights.gpus, GpuRequest::parse);
        let shared = [
            ("pid", &rights.pid, Shared::Pid),
            ("ipc", &rights.ipc, Shared::Ipc),
            ("uts", &rights.uts, Shared::Uts),
            ("userns", &rights.userns, Shared::Userns),
        ];
        for (field, mode, what) in shared {
            self.optional(field, mode.as_deref(), |text| sharing(what, text));
        }
        self.each("sysctl", &rights.sysctl, Pair::sysctl);
        self.optional("runtime", rights.runtime.as_deref(), argument);
    }

    fn recording(&mut self, recording: &Recording) {
        self.optional("log_driver", recording.log_driver.as_deref(), argument);
        self.each("log_opt", &recording.log_opt, Pair::parse);
        if recording.log_driver.as_deref() == Some("none") && has_any(&recording.log_opt) {
            self.add("log_opt", 0, "Where no log is kept, it can’t be told anything. Leave out either --log-opt or --log-driver none.");
        }
        self.each("annotation", &recording.annotation, Pair::parse);
        self.each("label_file", &recording.label_file, path);
        self.optional("cidfile", recording.cidfile.as_deref(), path);
        self.each("attach", &recording.attach, stream);
    }

    fn windows_only(&mut self, windows: &WindowsOnly) {
        self.optional("isolation", windows.isolation.as_deref(), isolation);
        self.number("cpu_count", windows.cpu_count, 0, i32::MAX);
        self.number("cpu_percent", windows.cpu_percent, 0, 100);
        self.optional(
            "io_maxbandwidth",
            windows.io_maxbandwidth.as_deref(),
            Bytes::parse,
        );
        self.number("io_maxiops", windows.io_maxiops, 0, i32::MAX);
    }
}

fn is_some(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.is_empty())
}

fn has_any(list: &[String]) -> bool {
    list.iter().any(|entry| !entry.is_empty())
}

/// Whether it limits anything, rather than lifting all limits.
fn is_limit(swap: &str) -> bool {
    matches!(SwapLimit::parse(swap), Ok(SwapLimit::Limited(Bytes(bytes))) if bytes != 0)
}

/// A domain with which short names are completed; a dot is none.
fn domain(text: &str) -> Result<(), Invalid> {
    if text == "." {
        return Ok(());
    }
    plain_name(text.strip_suffix('.').unwrap_or(text), "A domain")
}

/// One of the three streams of a program.
fn stream(text: &str) -> Result<(), Invalid> {
    let known = ["stdin", "stdout", "stderr"];
    if known.contains(&text.to_ascii_lowercase().as_str()) {
        return Ok(());
    }
    Err(Invalid::new(format!(
        "{} is not a stream of a program. There are stdin, stdout and stderr.",
        shown(text)
    )))
}
