//! Where an engine is reached, read from the addresses that Docker's tools use.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

/// The port of an engine that speaks plain HTTP over TCP.
const PLAIN_PORT: u16 = 2375;
/// The port of an engine that speaks TLS over TCP.
const TLS_PORT: u16 = 2376;

/// Where an engine is reached.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// A unix socket, by its path.
    Unix(PathBuf),
    /// A named pipe of Windows, such as `\\.\pipe\docker_engine`.
    Pipe(String),
    /// A TCP port.
    Tcp {
        /// A name or an address; an IPv6 address stands here without its brackets.
        host: String,
        /// The port.
        port: u16,
        /// How to speak TLS there; `None` speaks plain HTTP.
        tls: Option<TlsFiles>,
    },
    /// Another computer, by way of the system's `ssh` and the `docker` that is installed there.
    Ssh {
        /// The account there; `None` leaves it to ssh's own settings.
        user: Option<String>,
        /// A name, an address, or a `Host` of ssh's own settings.
        host: String,
        /// The port; `None` leaves it to ssh's own settings.
        port: Option<u16>,
    },
}

/// What a TLS connection is made with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct TlsFiles {
    /// The certificate of the authority that the engine's own must come from; `None` trusts those
    /// that this computer trusts.
    pub ca: Option<PathBuf>,
    /// The certificate by which the engine knows us.
    pub cert: Option<PathBuf>,
    /// The key of `cert`.
    pub key: Option<PathBuf>,
    /// Whoever answers is taken for the engine.
    pub skip_verify: bool,
    /// The name that the engine's certificate must hold, where it isn't the host's.
    pub server_name: Option<String>,
}

/// Why an address can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is empty.
    #[error("the address is empty")]
    Empty,
    /// It begins with a word that is none of the known ones.
    #[error("“{0}://” is not a way to reach an engine: unix, npipe, tcp, http, https and ssh are")]
    Scheme(String),
    /// The part that names the computer can't be one.
    #[error("“{0}” can’t be the name of a computer")]
    Host(String),
    /// The port is no number from 1 to 65535.
    #[error("“{0}” is not a port")]
    Port(String),
    /// The account's name can't be one.
    #[error("“{0}” can’t be the name of an account")]
    User(String),
    /// Something stands behind the host and the port.
    #[error("nothing may follow the port, and “{0}” does")]
    Path(String),
    /// A socket or a pipe without its path.
    #[error("the path is missing")]
    NoPath,
}

impl Endpoint {
    /// Reads an address as `DOCKER_HOST` and contexts hold it: `unix:///run/docker.sock`,
    /// `npipe:////./pipe/docker_engine`, `tcp://host:2375`, `http(s)://host:port`,
    /// `ssh://user@host:22`; a bare `host:port` means TCP, as it does for the docker CLI.
    ///
    /// # Errors
    /// Says which part can't be read.
    pub fn parse(address: &str) -> Result<Self, AddressError> {
        Self::parse_with(address, None)
    }

    /// As [`parse`](Self::parse), for an engine that is reached by TLS with these files wherever the
    /// address means TCP.
    ///
    /// # Errors
    /// Says which part can't be read.
    pub fn parse_with(address: &str, tls: Option<TlsFiles>) -> Result<Self, AddressError> {
        let address = address.trim();
        if address.is_empty() {
            return Err(AddressError::Empty);
        }
        let (scheme, rest) = address.split_once("://").unwrap_or(("tcp", address));
        match scheme.to_ascii_lowercase().as_str() {
            "unix" if rest.is_empty() => Err(AddressError::NoPath),
            "unix" => Ok(Self::Unix(PathBuf::from(rest))),
            "npipe" if rest.is_empty() => Err(AddressError::NoPath),
            "npipe" => Ok(Self::Pipe(rest.replace('/', "\\"))),
            "tcp" | "http" => tcp(rest, tls),
            "https" => tcp(rest, Some(tls.unwrap_or_default())),
            "ssh" => ssh(rest),
            _ => Err(AddressError::Scheme(scheme.to_owned())),
        }
    }

    /// Whether the engine runs on this computer as far as the address tells: folders and `127.0.0.1`
    /// mean the same there. A virtual machine behind a local socket shares both, so it counts.
    pub fn is_local(&self) -> bool {
        match self {
            Self::Unix(_) => true,
            // `\\.\pipe\…` is this computer's, `\\server\pipe\…` another's.
            Self::Pipe(name) => name.starts_with("\\\\.\\"),
            Self::Tcp { host, .. } => {
                host.eq_ignore_ascii_case("localhost")
                    || host
                        .parse::<IpAddr>()
                        .is_ok_and(|address| address.is_loopback())
            }
            Self::Ssh { .. } => false,
        }
    }

    /// Whether asking it costs next to nothing and disturbs nobody: a socket or pipe of this computer.
    pub(crate) fn is_cheap(&self) -> bool {
        matches!(self, Self::Unix(_) | Self::Pipe(_)) && self.is_local()
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix://{}", path.display()),
            Self::Pipe(name) => write!(f, "npipe://{}", name.replace('\\', "/")),
            Self::Tcp { host, port, .. } => write!(f, "tcp://{}:{port}", bracketed(host)),
            Self::Ssh { user, host, port } => {
                f.write_str("ssh://")?;
                if let Some(user) = user {
                    write!(f, "{user}@")?;
                }
                f.write_str(&bracketed(host))?;
                match port {
                    Some(port) => write!(f, ":{port}"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// A host as an address writes it: an IPv6 address in brackets.
pub(crate) fn bracketed(host: &str) -> String {
    if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    }
}

fn tcp(rest: &str, tls: Option<TlsFiles>) -> Result<Endpoint, AddressError> {
    let authority = without_path(rest)?;
    let (host, port) = host_and_port(authority)?;
    let host = if host.is_empty() {
        "localhost".to_owned()
    } else {
        checked_host(host)?
    };
    let default = if tls.is_some() { TLS_PORT } else { PLAIN_PORT };
    Ok(Endpoint::Tcp {
        host,
        port: port.unwrap_or(default),
        tls,
    })
}

fn ssh(rest: &str) -> Result<Endpoint, AddressError> {
    let authority = without_path(rest)?;
    let (user, authority) = match authority.rsplit_once('@') {
        Some((user, authority)) => (Some(checked_user(user)?), authority),
        None => (None, authority),
    };
    let (host, port) = host_and_port(authority)?;
    Ok(Endpoint::Ssh {
        user,
        host: checked_host(host)?,
        port,
    })
}

fn without_path(rest: &str) -> Result<&str, AddressError> {
    match rest.find(['/', '?', '#']) {
        None => Ok(rest),
        Some(at) if &rest[at..] == "/" => Ok(&rest[..at]),
        Some(at) => Err(AddressError::Path(rest[at..].to_owned())),
    }
}

fn host_and_port(authority: &str) -> Result<(&str, Option<u16>), AddressError> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (host, after) = rest
                .split_once(']')
                .ok_or_else(|| AddressError::Host(authority.to_owned()))?;
            match after {
                "" => (host, None),
                _ => match after.strip_prefix(':') {
                    Some(port) => (host, Some(port)),
                    None => return Err(AddressError::Host(authority.to_owned())),
                },
            }
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    let port = match port {
        None => None,
        Some(text) => match text.parse::<u16>() {
            Ok(port) if port > 0 => Some(port),
            Ok(_) | Err(_) => return Err(AddressError::Port(text.to_owned())),
        },
    };
    Ok((host, port))
}

/// A host goes into ssh's command line and into HTTP headers, so nothing but a name passes.
fn checked_host(host: &str) -> Result<String, AddressError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    let refused = host.is_empty()
        || host.starts_with('-')
        || !host.chars().all(fits)
        || (host.contains(':') && host.parse::<std::net::Ipv6Addr>().is_err());
    if refused {
        Err(AddressError::Host(host.to_owned()))
    } else {
        Ok(host.to_owned())
    }
}

/// A password in the address is refused too: ssh could not take it.
fn checked_user(user: &str) -> Result<String, AddressError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '\\');
    let refused = user.is_empty() || user.starts_with('-') || !user.chars().all(fits);
    if refused {
        Err(AddressError::User(user.to_owned()))
    } else {
        Ok(user.to_owned())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn tcp_at(host: &str, port: u16) -> Endpoint {
        Endpoint::Tcp {
            host: host.to_owned(),
            port,
            tls: None,
        }
    }

    fn ssh_at(user: Option<&str>, host: &str, port: Option<u16>) -> Endpoint {
        Endpoint::Ssh {
            user: user.map(str::to_owned),
            host: host.to_owned(),
            port,
        }
    }

    #[test]
    fn addresses_are_read_and_written_back() {
        let rows = [
            (
                "unix:///var/run/docker.sock",
                Endpoint::Unix("/var/run/docker.sock".into()),
                None,
            ),
            (
                "npipe:////./pipe/docker_engine",
                Endpoint::Pipe("\\\\.\\pipe\\docker_engine".into()),
                None,
            ),
            ("tcp://10.0.0.2:2375", tcp_at("10.0.0.2", 2375), None),
            (
                "tcp://build-box",
                tcp_at("build-box", 2375),
                Some("tcp://build-box:2375"),
            ),
            (
                "tcp://:4000",
                tcp_at("localhost", 4000),
                Some("tcp://localhost:4000"),
            ),
            (
                "tcp://[::1]:2375/",
                tcp_at("::1", 2375),
                Some("tcp://[::1]:2375"),
            ),
            ("http://a.b:80", tcp_at("a.b", 80), Some("tcp://a.b:80")),
            (
                "10.0.0.2:2375",
                tcp_at("10.0.0.2", 2375),
                Some("tcp://10.0.0.2:2375"),
            ),
            (
                "ssh://me@box:2222",
                ssh_at(Some("me"), "box", Some(2222)),
                None,
            ),
            ("ssh://box", ssh_at(None, "box", None), None),
            ("SSH://box/", ssh_at(None, "box", None), Some("ssh://box")),
        ];
        for (address, endpoint, written) in rows {
            let read = Endpoint::parse(address).unwrap();
            assert_eq!(read, endpoint, "{address}");
            assert_eq!(read.to_string(), written.unwrap_or(address), "{address}");
        }
    }

    #[test]
    fn https_speaks_tls_on_its_own_port() {
        let read = Endpoint::parse("https://box").unwrap();
        let tls = Some(TlsFiles::default());
        assert_eq!(
            read,
            Endpoint::Tcp {
                host: "box".into(),
                port: 2376,
                tls
            }
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let rows = [
            ("", AddressError::Empty),
            ("fd://3", AddressError::Scheme("fd".into())),
            ("unix://", AddressError::NoPath),
            ("tcp://a:b", AddressError::Port("b".into())),
            ("tcp://a:0", AddressError::Port("0".into())),
            ("tcp://a:70000", AddressError::Port("70000".into())),
            ("tcp://a:1/b", AddressError::Path("/b".into())),
            ("tcp://a b:1", AddressError::Host("a b".into())),
            // Each of these would be an option of ssh, or more than one word of a shell.
            (
                "ssh://-oProxyCommand=x",
                AddressError::Host("-oProxyCommand=x".into()),
            ),
            ("ssh://-l@box", AddressError::User("-l".into())),
            ("ssh://me;id@box", AddressError::User("me;id".into())),
            (
                "ssh://me:secret@box",
                AddressError::User("me:secret".into()),
            ),
            ("ssh://box\nHost", AddressError::Host("box\nHost".into())),
            ("ssh://", AddressError::Host(String::new())),
            (
                "ssh://box/run/docker.sock",
                AddressError::Path("/run/docker.sock".into()),
            ),
        ];
        for (address, error) in rows {
            assert_eq!(Endpoint::parse(address), Err(error), "{address:?}");
        }
    }

    #[test]
    fn locality_follows_the_address() {
        let rows = [
            ("unix:///x", true),
            ("npipe:////./pipe/x", true),
            ("npipe:////server/pipe/x", false),
            ("tcp://localhost:1", true),
            ("tcp://127.8.0.1:1", true),
            ("tcp://[::1]:1", true),
            ("tcp://10.0.0.1:1", false),
            ("ssh://localhost", false),
        ];
        for (address, local) in rows {
            assert_eq!(
                Endpoint::parse(address).unwrap().is_local(),
                local,
                "{address}"
            );
        }
    }
}
