//! How a new container is connected: `--network` in both its forms, and the flags that say more of the
//! first one (docker/cli, `opts/network.go` and `cli/command/container/opts.go`).

use std::collections::BTreeMap;

use serde::Serialize;
use slipway_action::attachment::{Attachment, MacAddress};
use slipway_action::text::Invalid;
use slipway_action::{Addresses, ContainerOptions};

/// The connection to one network.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Endpoint {
    #[serde(rename = "IPAMConfig", skip_serializing_if = "Option::is_none")]
    addresses: Option<Ipam>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    mac_address: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    driver_opts: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "is_zero")]
    gw_priority: i32,
}

#[derive(Debug, Default, PartialEq, Eq, Serialize)]
struct Ipam {
    #[serde(rename = "IPv4Address", skip_serializing_if = "String::is_empty")]
    four: String,
    #[serde(rename = "IPv6Address", skip_serializing_if = "String::is_empty")]
    six: String,
    #[serde(rename = "LinkLocalIPs", skip_serializing_if = "Vec::is_empty")]
    link_local: Vec<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(number: &i32) -> bool {
    *number == 0
}

/// The networks of a new container, and which of them is its first.
#[derive(Debug)]
pub(super) struct Networks {
    pub first: String,
    pub endpoints: BTreeMap<String, Endpoint>,
}

impl Networks {
    pub fn of(options: &ContainerOptions) -> Result<Self, Invalid> {
        let mut named: Vec<(String, Endpoint)> = Vec::new();
        for text in &options.network {
            let wanted = Attachment::parse(text)?;
            let name = wanted.network.to_string();
            let endpoint = Endpoint::from(wanted);
            named.push((name, endpoint));
        }
        if named.is_empty() {
            named.push(("default".to_owned(), Endpoint::default()));
        }
        if let Some((name, first)) = named.first_mut() {
            first.add(&options.addresses, name)?;
        }
        let first = named.first().map(|(name, _)| name.clone());
        // A single network without more is left to the engine, as the docker command leaves it.
        if named.len() == 1 {
            named.retain(|(_, endpoint)| *endpoint != Endpoint::default());
        }
        Ok(Self {
            first: first.unwrap_or_default(),
            endpoints: named.into_iter().collect(),
        })
    }
}

/// Networks that nobody has to create, and those that are another container's.
fn is_special(name: &str) -> bool {
    matches!(name, "default" | "bridge" | "host" | "none") || name.starts_with("container:")
}

impl From<Attachment> for Endpoint {
    fn from(wanted: Attachment) -> Self {
        let addresses = Ipam {
            four: wanted.ip.map(|ip| ip.to_string()).unwrap_or_default(),
            six: wanted.ip6.map(|ip| ip.to_string()).unwrap_or_default(),
            link_local: wanted
                .link_local_ips
                .iter()
                .map(ToString::to_string)
                .collect(),
        };
        let options = wanted.driver_options.into_iter();
        let mac_address = wanted.mac_address.map(|it| it.as_str().to_owned());
        Self {
            addresses: (addresses != Ipam::default()).then_some(addresses),
            links: Vec::new(),
            aliases: wanted.aliases,
            mac_address: mac_address.unwrap_or_default(),
            driver_opts: options.map(|it| (it.name, it.value)).collect(),
            gw_priority: wanted.gateway_priority,
        }
    }
}

impl Endpoint {
    fn addresses(&mut self) -> &mut Ipam {
        self.addresses.get_or_insert_default()
    }

    /// Adds what flags of their own say; `Action::check` has seen that nothing is said twice.
    fn add(&mut self, flags: &Addresses, network: &str) -> Result<(), Invalid> {
        if !flags.network_alias.is_empty() {
            self.aliases.clone_from(&flags.network_alias);
        }
        // Those of the default network are the container's own.
        if !flags.link.is_empty() && !is_special(network) {
            self.links.clone_from(&flags.link);
        }
        if let Some(four) = &flags.ip {
            four.clone_into(&mut self.addresses().four);
        }
        if let Some(six) = &flags.ip6 {
            six.clone_into(&mut self.addresses().six);
        }
        if !flags.link_local_ip.is_empty() {
            self.addresses().link_local.clone_from(&flags.link_local_ip);
        }
        if let Some(mac) = &flags.mac_address {
            MacAddress::parse(mac)?
                .as_str()
                .clone_into(&mut self.mac_address);
        }
        Ok(())
    }
}
