//! The flags of `docker run` and `docker create`.

use super::findings::Findings;
use super::value::{argument, container_path};
use crate::ContainerOptions;
use crate::limit::{Cpus, Memory};
use crate::name::{ContainerName, ExtraHost, Hostname, Network, User};
use crate::policy::{PullPolicy, RestartPolicy, Signal};
use crate::port::{ExposeSpec, PortSpec};
use crate::text::shown;
use crate::volume::VolumeSpec;

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
        self.each("network", &options.network, Network::parse);
        self.optional("hostname", options.hostname.as_deref(), Hostname::parse);
        self.restart(options);
        self.optional("memory", options.memory.as_deref(), Memory::parse);
        self.optional("cpus", options.cpus.as_deref(), Cpus::parse);
        self.labels(&options.label);
        self.each("add_host", &options.add_host, ExtraHost::parse);
        self.each("expose", &options.expose, ExposeSpec::parse);
        self.platform(options.platform.as_deref());
        self.optional("pull", options.pull.as_deref(), PullPolicy::parse);
        self.optional("stop_signal", options.stop_signal.as_deref(), Signal::parse);
        self.seconds("stop_timeout", options.stop_timeout);
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
}
