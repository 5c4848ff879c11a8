//! A container's connections: what `--network`, `--link` and `--mac-address` say.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::fields::split;
use crate::name::{ContainerArg, Network, plain_name};
use crate::near::nearest;
use crate::pair::Pair;
use crate::text::{Invalid, shown};

/// One `--network`: a network, and the container's place in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attachment {
    /// The network.
    pub network: Network,
    /// Further names under which others on it find the container.
    pub aliases: Vec<String>,
    /// The container's IPv4 address there.
    pub ip: Option<Ipv4Addr>,
    /// The container's IPv6 address there.
    pub ip6: Option<Ipv6Addr>,
    /// The address of its network card there.
    pub mac_address: Option<MacAddress>,
    /// Addresses that hold only on this wire.
    pub link_local_ips: Vec<IpAddr>,
    /// What the network's driver is told.
    pub driver_options: Vec<Pair>,
    /// Of all networks the one with the highest number leads outside.
    pub gateway_priority: i32,
}

const KEYS: &[&str] = &[
    "name",
    "alias",
    "ip",
    "ip6",
    "mac-address",
    "link-local-ip",
    "driver-opt",
    "gw-priority",
];

impl Attachment {
    /// Reads the value of `--network`: a name, or `name=…,alias=…` (docker/cli, `opts/network.go`).
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if !text.contains('=') {
            return Network::parse(text).map(Attachment::to);
        }
        let mut network = None;
        let mut attachment = Attachment::to(Network::Named(String::new()));
        for field in split(text)? {
            // Docker's command line makes everything small here, values too.
            let field = field.to_lowercase();
            let (key, value) = field.split_once('=').unwrap_or((&field, ""));
            let (key, value) = (key.trim(), value.trim());
            if value.is_empty() && KEYS.contains(&key) {
                return Err(Invalid::new(format!("After {key}= its value is missing.")));
            }
            match key {
                "name" => network = Some(Network::parse(value)?),
                "alias" => {
                    plain_name(value, "A name on a network")?;
                    attachment.aliases.push(value.to_owned());
                }
                "ip" => attachment.ip = Some(ipv4(value)?),
                "ip6" => attachment.ip6 = Some(ipv6(value)?),
                "mac-address" => attachment.mac_address = Some(MacAddress::parse(value)?),
                "link-local-ip" => attachment.link_local_ips.push(ip(value)?),
                "driver-opt" => attachment.driver_options.push(Pair::whole(value)?),
                "gw-priority" => {
                    attachment.gateway_priority = value
                        .parse()
                        .map_err(|_| Invalid::new("After gw-priority= comes a whole number."))?;
                }
                _ => {
                    let meant = nearest(key, KEYS.iter().copied());
                    let meant = meant.map(|near| format!(" Did you mean {near}?"));
                    return Err(Invalid::new(format!(
                        "{} means nothing here.{}",
                        shown(key),
                        meant.unwrap_or_else(|| " Write it as name=NETWORK,alias=NAME.".to_owned())
                    )));
                }
            }
        }
        attachment.network = network.ok_or_else(|| {
            Invalid::new("The network's name is missing. Write it as name=NETWORK.")
        })?;
        Ok(attachment)
    }

    /// A network without anything more.
    pub fn to(network: Network) -> Attachment {
        Attachment {
            network,
            aliases: Vec::new(),
            ip: None,
            ip6: None,
            mac_address: None,
            link_local_ips: Vec::new(),
            driver_options: Vec::new(),
            gateway_priority: 0,
        }
    }
}

/// The address of a network card.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MacAddress(String);

impl MacAddress {
    /// Reads six pairs of hex digits with colons or dashes between them.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        let between = if text.contains('-') { '-' } else { ':' };
        let is_pair = |pair: &str| pair.len() == 2 && pair.bytes().all(|b| b.is_ascii_hexdigit());
        if text.split(between).count() == 6 && text.split(between).all(is_pair) {
            let address = text.replace('-', ":").to_ascii_lowercase();
            return Ok(MacAddress(address));
        }
        Err(Invalid::new(format!(
            "{} is not the address of a network card. Write one such as 92:d0:c6:0a:29:33.",
            shown(text)
        )))
    }

    /// The address, in small letters with colons.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One `--link`: another container, and the name under which it is found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// The other container.
    pub container: ContainerArg,
    /// Its name here; the container's own where none was written.
    pub alias: String,
}

impl Link {
    /// Reads the value of `--link`: `container[:alias]`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let (container, alias) = text.split_once(':').unwrap_or((text, text));
        let container = ContainerArg::parse(container)?;
        if !text.contains(':') {
            let alias = container.as_str().to_owned();
            return Ok(Link { container, alias });
        }
        plain_name(alias, "The name for a container")?;
        Ok(Link {
            container,
            alias: alias.to_owned(),
        })
    }
}

/// One `--volumes-from`: another container, and what may be done with its volumes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VolumesFrom {
    /// The other container.
    pub container: ContainerArg,
    /// `ro`, `rw`, `z` and the like; empty where nothing was written.
    pub mode: String,
}

impl VolumesFrom {
    /// Reads the value of `--volumes-from`: `container[:mode]`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let (container, mode) = text.split_once(':').unwrap_or((text, ""));
        let is_known = |one: &str| matches!(one, "ro" | "rw" | "z" | "Z");
        if text.contains(':') && !mode.split(',').all(is_known) {
            return Err(Invalid::new(format!(
                "{} can’t stand behind the container. Write ro (read only) or rw.",
                shown(mode)
            )));
        }
        Ok(VolumesFrom {
            container: ContainerArg::parse(container)?,
            mode: mode.to_owned(),
        })
    }
}

/// Reads an address of either kind.
pub(crate) fn ip(text: &str) -> Result<IpAddr, Invalid> {
    text.parse().map_err(|_| {
        Invalid::new(format!(
            "{} is not an address. Write one such as 172.28.0.5 or 2001:db8::33.",
            shown(text)
        ))
    })
}

pub(crate) fn ipv4(text: &str) -> Result<Ipv4Addr, Invalid> {
    text.parse().map_err(|_| {
        Invalid::new(format!(
            "{} is not an IPv4 address. Write one such as 172.28.0.5.",
            shown(text)
        ))
    })
}

pub(crate) fn ipv6(text: &str) -> Result<Ipv6Addr, Invalid> {
    text.parse().map_err(|_| {
        Invalid::new(format!(
            "{} is not an IPv6 address. Write one such as 2001:db8::33.",
            shown(text)
        ))
    })
}
