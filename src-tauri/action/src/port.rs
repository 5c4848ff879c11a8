//! Ports: what `-p` and `--expose` say.

use std::fmt;
use std::net::IpAddr;
use std::ops::RangeInclusive;

use crate::text::{Invalid, shown};

/// How a port is spoken to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// TCP, which web pages and nearly everything else use.
    #[default]
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
}

impl Protocol {
    /// Its name in an engine's API.
    pub fn as_str(self) -> &'static str {
        match self {
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
            Protocol::Sctp => "sctp",
        }
    }
}

/// One `-p`: which port of this computer leads to which port of the container.
///
/// `[address:][host[-host]:]container[-container][/protocol]`, as `docker` reads it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PortSpec {
    /// The address on the engine's computer; `None` is what the engine is set to, usually all.
    pub address: Option<IpAddr>,
    /// The ports on the engine's computer; `None` lets the engine choose.
    /// Longer than `container` only where that is a single port: then any one of them is taken.
    pub host: Option<RangeInclusive<u16>>,
    /// The ports in the container, at least one, none of them 0.
    pub container: RangeInclusive<u16>,
    /// How they are spoken to.
    pub protocol: Protocol,
}

impl PortSpec {
    /// Reads the value of a `-p`.
    ///
    /// # Errors
    /// Says which part is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.is_empty() {
            return Err(Invalid::new(
                "Write the ports as HOST:CONTAINER, such as 5000:5050.",
            ));
        }
        if text.contains('=') {
            return PortSpec::parse(&short_form(text)?);
        }
        let (ports, protocol) = split_protocol(text)?;
        let (address, host, container) = split_parts(ports);
        let container = range(container, IN_CONTAINER)?;
        let host = match host {
            None | Some("" | "0") => None,
            Some(host) => Some(range(host, ON_COMPUTER)?),
        };
        if let Some(host) = &host
            && count(host) != count(&container)
            && count(&container) != 1
        {
            return Err(Invalid::new(format!(
                "The two ranges are not of the same length: {} ports on this computer, {} in the container.",
                count(host),
                count(&container)
            )));
        }
        Ok(PortSpec {
            address: address.map(parse_address).transpose()?.flatten(),
            host,
            container,
            protocol,
        })
    }

    /// Each port of the container with the port of this computer that leads to it: `None` where
    /// the engine chooses one, more than one where it chooses among them.
    pub fn pairs(&self) -> impl Iterator<Item = (u16, Option<RangeInclusive<u16>>)> + '_ {
        let first = *self.container.start();
        self.container.clone().map(move |port| {
            let host = self.host.as_ref().map(|host| {
                if count(&self.container) == 1 {
                    host.clone()
                } else {
                    let same_place = host.start().saturating_add(port - first);
                    same_place..=same_place
                }
            });
            (port, host)
        })
    }

    /// The ports of this computer that are taken for certain: none where the engine chooses.
    pub fn fixed_host_ports(&self) -> Option<RangeInclusive<u16>> {
        self.host
            .clone()
            .filter(|host| count(host) == count(&self.container))
    }

    /// Whether both want a port of this computer that only one of them can have.
    pub fn clashes_with(&self, other: &PortSpec) -> bool {
        let (Some(mine), Some(theirs)) = (self.fixed_host_ports(), other.fixed_host_ports()) else {
            return false;
        };
        let overlaps = mine.start() <= theirs.end() && theirs.start() <= mine.end();
        overlaps && self.protocol == other.protocol && share_an_address(self.address, other.address)
    }
}

fn share_an_address(one: Option<IpAddr>, other: Option<IpAddr>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) if one.is_ipv4() == other.is_ipv4() => {
            one == other || one.is_unspecified() || other.is_unspecified()
        }
        (Some(_), Some(_)) => false,
        (None, _) | (_, None) => true,
    }
}

impl fmt::Display for PortSpec {
    /// The shortest way to write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address {
            Some(IpAddr::V4(address)) => write!(f, "{address}:")?,
            Some(IpAddr::V6(address)) => write!(f, "[{address}]:")?,
            None => {}
        }
        if let Some(host) = &self.host {
            write_range(f, host)?;
        }
        if self.host.is_some() || self.address.is_some() {
            f.write_str(":")?;
        }
        write_range(f, &self.container)?;
        match self.protocol {
            Protocol::Tcp => Ok(()),
            Protocol::Udp | Protocol::Sctp => write!(f, "/{}", self.protocol.as_str()),
        }
    }
}

/// One `--expose`: a port of the container, without one of this computer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExposeSpec {
    /// The ports in the container.
    pub container: RangeInclusive<u16>,
    /// How they are spoken to.
    pub protocol: Protocol,
}

impl ExposeSpec {
    /// Reads the value of an `--expose`, such as `80`, `80/udp` or `8000-8010`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.contains(':') {
            return Err(Invalid::new(
                "Only the container's port stands here, such as 5050. To open it on this computer, publish it.",
            ));
        }
        let (ports, protocol) = split_protocol(text)?;
        Ok(ExposeSpec {
            container: range(ports, IN_CONTAINER)?,
            protocol,
        })
    }
}

fn split_protocol(text: &str) -> Result<(&str, Protocol), Invalid> {
    let Some((ports, protocol)) = text.split_once('/') else {
        return Ok((text, Protocol::Tcp));
    };
    // Docker takes `80/` for `80/tcp`.
    let protocol = match protocol.to_ascii_lowercase().as_str() {
        "" | "tcp" => Protocol::Tcp,
        "udp" => Protocol::Udp,
        "sctp" => Protocol::Sctp,
        _ => {
            return Err(Invalid::new(format!(
                "{} is not a protocol. After the “/” comes tcp, udp or sctp.",
                shown(protocol)
            )));
        }
    };
    Ok((ports, protocol))
}

/// `published=80,target=5050,protocol=tcp` as docker rewrites it: `80:5050/tcp`.
fn short_form(text: &str) -> Result<String, Invalid> {
    let (mut host, mut container, mut protocol) = ("", "", "tcp");
    for field in text.split(',') {
        match field.split_once('=') {
            Some(("published", value)) => host = value,
            Some(("target", value)) => container = value,
            Some(("protocol", value)) => protocol = value,
            Some(_) | None => {
                return Err(Invalid::new(format!(
                    "{} means nothing here. Write the ports as HOST:CONTAINER, such as 5000:5050, or as published=5000,target=5050.",
                    shown(field)
                )));
            }
        }
    }
    // What it is rewritten to is read again, and has to have an end.
    if [host, container, protocol]
        .iter()
        .any(|part| part.contains('='))
    {
        return Err(Invalid::new(format!("{} has a “=” too many.", shown(text))));
    }
    Ok(format!("{host}:{container}/{protocol}"))
}

/// Splits at the last two colons, because an IPv6 address has colons of its own.
fn split_parts(text: &str) -> (Option<&str>, Option<&str>, &str) {
    let Some((before, container)) = text.rsplit_once(':') else {
        return (None, None, text);
    };
    match before.rsplit_once(':') {
        Some((address, host)) => (Some(address), Some(host), container),
        None => (None, Some(before), container),
    }
}

fn parse_address(text: &str) -> Result<Option<IpAddr>, Invalid> {
    if text.is_empty() {
        return Ok(None);
    }
    let bare = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(text);
    bare.parse().map(Some).map_err(|_| {
        Invalid::new(format!(
            "{} is not an address of this computer. Write one in digits, such as 127.0.0.1 or [::1], or none.",
            shown(text)
        ))
    })
}

/// Where a port is, as sentences say it.
const IN_CONTAINER: &str = "in the container";
const ON_COMPUTER: &str = "on this computer";

fn range(text: &str, side: &str) -> Result<RangeInclusive<u16>, Invalid> {
    let (start, end) = match text.split_once('-') {
        Some((start, end)) => (port(start, side)?, port(end, side)?),
        None => {
            let only = port(text, side)?;
            (only, only)
        }
    };
    if start > end {
        return Err(Invalid::new(format!(
            "The range {start}-{end} runs backwards. Write the smaller port first."
        )));
    }
    Ok(start..=end)
}

fn port(text: &str, side: &str) -> Result<u16, Invalid> {
    if text.is_empty() {
        return Err(Invalid::new(format!(
            "The port {side} is missing. Write the ports as HOST:CONTAINER, such as 5000:5050."
        )));
    }
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Invalid::new(format!(
            "{} is not a port. A port is a number from 1 to 65535.",
            shown(text)
        )));
    }
    match text.parse::<u16>() {
        Ok(0) => Err(Invalid::new(format!(
            "There is no port 0 {side}. A port is a number from 1 to 65535."
        ))),
        Ok(port) => Ok(port),
        Err(_) => Err(Invalid::new(format!(
            "There is no port {}. A port is a number from 1 to 65535.",
            shown(text)
        ))),
    }
}

fn count(range: &RangeInclusive<u16>) -> u32 {
    u32::from(*range.end()) - u32::from(*range.start()) + 1
}

fn write_range(f: &mut fmt::Formatter<'_>, range: &RangeInclusive<u16>) -> fmt::Result {
    if range.start() == range.end() {
        write!(f, "{}", range.start())
    } else {
        write!(f, "{}-{}", range.start(), range.end())
    }
}
