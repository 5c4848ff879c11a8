//! Names that people give: containers, networks, users, hosts, labels.

use std::fmt;
use std::net::IpAddr;

use crate::text::{Invalid, shown, shown_char};

/// More than any engine has use for, and short enough for every file system.
const MAX_NAME: usize = 255;

/// A name for a container, as engines take it: `[a-zA-Z0-9][a-zA-Z0-9_.-]+`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ContainerName(String);

impl ContainerName {
    /// Reads a new container's name.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        plain_name(text, "A container's name")?;
        if text.len() < 2 {
            return Err(Invalid::new(
                "A container's name has at least two characters.",
            ));
        }
        Ok(ContainerName(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A container that exists, named by its name or the beginning of its id.
///
/// What is inside can stand in a URL's path as it is: it has no `/`, `?`, `#`, `%` and is not `..`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ContainerArg(String);

impl ContainerArg {
    /// Reads an argument such as those of `docker rm`. Engines list names as `/hello`, so a slash
    /// in front is taken and dropped.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let name = text.strip_prefix('/').unwrap_or(text);
        if name.is_empty() {
            return Err(Invalid::new("Say which container, by its name or id."));
        }
        plain_name(name, "A container's name or id")?;
        Ok(ContainerArg(name.to_owned()))
    }

    /// The name or id, without a slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContainerArg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a container is connected to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Network {
    /// The network of another container.
    Container(ContainerArg),
    /// A network by name or id; `bridge`, `host`, `none` and `default` are such names too.
    Named(String),
}

impl Network {
    /// Reads the value of `--network`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if let Some(container) = text.strip_prefix("container:") {
            return ContainerArg::parse(container).map(Network::Container);
        }
        if text.contains('=') {
            return Err(Invalid::new(
                "Only the network's name can stand here, without name=, alias= and the like.",
            ));
        }
        if text.is_empty() {
            return Err(Invalid::new("Name a network, such as bridge."));
        }
        plain_name(text, "A network's name")?;
        Ok(Network::Named(text.to_owned()))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Network::Container(container) => write!(f, "container:{container}"),
            Network::Named(name) => f.write_str(name),
        }
    }
}

/// As whom a program runs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct User {
    /// A name or a number.
    pub user: String,
    /// The group's name or number.
    pub group: Option<String>,
}

impl User {
    /// Reads the value of `--user`: `name|uid[:group|gid]`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let (user, group) = match text.split_once(':') {
            Some((user, group)) => (user, Some(group)),
            None => (text, None),
        };
        let is_good = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "_-.@$\\".contains(c))
        };
        if text.len() > MAX_NAME || !is_good(user) || !group.is_none_or(is_good) {
            return Err(Invalid::new(format!(
                "{} is not a user. Write a name or a number, and a group after a colon if needed, such as 1000:1000.",
                shown(text)
            )));
        }
        Ok(User {
            user: user.to_owned(),
            group: group.map(str::to_owned),
        })
    }
}

/// A container's own host name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hostname(String);

/// The kernel takes no longer one.
const MAX_HOSTNAME: usize = 64;

impl Hostname {
    /// Reads the value of `--hostname`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.len() > MAX_HOSTNAME {
            return Err(Invalid::new(format!(
                "A host name has at most {MAX_HOSTNAME} characters; this one has {}.",
                text.chars().count()
            )));
        }
        plain_name(text, "A host name")?;
        Ok(Hostname(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A note attached to a container.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    /// Its name.
    pub name: String,
    /// What it says; empty where no `=` was written.
    pub value: String,
}

impl Label {
    /// Reads the value of `--label`: `name[=value]`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        crate::text::refuse_nul(text)?;
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        if name.is_empty() {
            return Err(Invalid::new(
                "The label has no name. Write it as NAME=VALUE.",
            ));
        }
        if name.contains(char::is_whitespace) {
            return Err(Invalid::new(
                "A label's name can’t contain a space. Write it as NAME=VALUE.",
            ));
        }
        Ok(Label {
            name: name.to_owned(),
            value: value.to_owned(),
        })
    }
}

/// A line for a container's list of known hosts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExtraHost {
    /// The name.
    pub host: String,
    /// Where it is.
    pub address: HostAddress,
}

/// Where a known host is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HostAddress {
    /// At this address.
    Ip(IpAddr),
    /// Wherever the engine's own computer is (`host-gateway`).
    Gateway,
}

impl ExtraHost {
    /// Reads the value of `--add-host`: `host:address` or `host=address`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = || {
            Invalid::new(format!(
                "{} is not a known host. Write it as NAME:ADDRESS, such as db:192.168.1.5 or host.docker.internal:host-gateway.",
                shown(text)
            ))
        };
        let at = text.find(['=', ':']).ok_or_else(wrong)?;
        let (host, address) = (&text[..at], &text[at + 1..]);
        plain_name(host, "A host name")?;
        let address = if address == "host-gateway" {
            HostAddress::Gateway
        } else {
            let bare = address
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
                .unwrap_or(address);
            HostAddress::Ip(bare.parse().map_err(|_| wrong())?)
        };
        Ok(ExtraHost {
            host: host.to_owned(),
            address,
        })
    }
}

impl fmt::Display for ExtraHost {
    /// As an engine's API takes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address {
            HostAddress::Ip(address) => write!(f, "{}:{address}", self.host),
            HostAddress::Gateway => write!(f, "{}:host-gateway", self.host),
        }
    }
}

/// `[a-zA-Z0-9][a-zA-Z0-9_.-]*`, and not too long.
pub(crate) fn plain_name(text: &str, what: &str) -> Result<(), Invalid> {
    if text.is_empty() {
        return Err(Invalid::new(format!("{what} is missing.")));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if let Some(c) = text.chars().find(|c| !allowed(*c)) {
        return Err(Invalid::new(format!(
            "{what} can’t contain {}. It has letters without accents, digits, and _ . - between them.",
            shown_char(c)
        )));
    }
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Err(Invalid::new(format!(
            "{what} begins with a letter or a digit."
        )));
    }
    if text.len() > MAX_NAME {
        return Err(Invalid::new(format!(
            "{what} has at most {MAX_NAME} characters; this one has {}.",
            text.len()
        )));
    }
    Ok(())
}
