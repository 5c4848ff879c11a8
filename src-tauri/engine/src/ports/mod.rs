//! Whether a port of this computer can be published, and who holds it where it can't.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};

use slipway_action::port::Protocol;

use crate::connect::Engine;
use crate::list;
use crate::model::{ContainerRow, PortCheck};

mod process;

/// Ports under this one need rights.
const FIRST_FREE_FOR_ALL: u16 = 1024;
/// Where a free port is looked for instead of one of those: 80 becomes 8080.
const INSTEAD_OF_LOW: u16 = 8000;
/// So many ports are tried.
const TRIES: usize = 200;

/// Who has a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Holder {
    /// A container of the same engine, by name.
    Container(String),
    /// A program of this computer, by name.
    Process(String),
}

/// Whether the engine could publish this port; `address` is `None` where no address was given, which
/// means all of them.
pub async fn check_port(
    engine: &Engine,
    address: Option<IpAddr>,
    port: u16,
    protocol: Protocol,
) -> PortCheck {
    let rows = list::containers(engine).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "the containers can't be asked for their ports");
        Vec::new()
    });
    let free = || next_free(engine, &rows, address, port, protocol, &[]);
    let holder = holder(engine, &rows, address, port, protocol).await;
    if let Some(holder) = holder {
        let by = match holder {
            Holder::Container(name) => format!("container {name}"),
            Holder::Process(name) => format!("process {name}"),
        };
        return PortCheck::Taken {
            by: Some(by),
            next_free: free(),
        };
    }
    let facts = engine.facts();
    if !facts.local {
        return PortCheck::Elsewhere;
    }
    if port < first_allowed(facts.capabilities.rootless) {
        return PortCheck::Privileged { next_free: free() };
    }
    if is_bindable(address, port, protocol) {
        PortCheck::Free
    } else {
        PortCheck::Taken {
            by: None,
            next_free: free(),
        }
    }
}

/// Who has the port: one of these containers, else a program of this computer if the engine runs here.
pub(crate) async fn holder<'r>(
    engine: &Engine,
    rows: impl IntoIterator<Item = &'r ContainerRow>,
    address: Option<IpAddr>,
    port: u16,
    protocol: Protocol,
) -> Option<Holder> {
    let container = rows
        .into_iter()
        .find(|row| publishes(row, address, port, protocol));
    if let Some(row) = container {
        return Some(Holder::Container(row.name.clone()));
    }
    if !engine.facts().local {
        return None;
    }
    // It walks through all processes.
    let found = tokio::task::spawn_blocking(move || process::listening(address, port, protocol));
    found.await.ok().flatten().map(Holder::Process)
}

fn publishes(row: &ContainerRow, address: Option<IpAddr>, port: u16, protocol: Protocol) -> bool {
    row.ports.iter().any(|published| {
        let theirs = published
            .address
            .as_deref()
            .and_then(|text| text.parse().ok());
        published.host == Some(port)
            && published.protocol == protocol.as_str()
            && overlap(address, theirs)
    })
}

/// Whether one port can't be had on both addresses; `None` is all of them.
fn overlap(one: Option<IpAddr>, other: Option<IpAddr>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one == other || one.is_unspecified() || other.is_unspecified(),
        (None, _) | (_, None) => true,
    }
}

/// The next port that nothing holds and that is not in `also_taken`; of an engine elsewhere only its
/// containers are known.
pub(crate) fn next_free(
    engine: &Engine,
    rows: &[ContainerRow],
    address: Option<IpAddr>,
    port: u16,
    protocol: Protocol,
    also_taken: &[u16],
) -> Option<u16> {
    let first = if port < FIRST_FREE_FOR_ALL {
        INSTEAD_OF_LOW + port
    } else {
        port.checked_add(1)?
    };
    let published = |port| {
        rows.iter()
            .any(|row| publishes(row, address, port, protocol))
    };
    (first..=u16::MAX).take(TRIES).find(|port| {
        !also_taken.contains(port)
            && !published(*port)
            && (!engine.facts().local || is_bindable(address, *port, protocol))
    })
}

/// Whether nothing listens there. Where this program has no right to try, nothing is known against it.
fn is_bindable(address: Option<IpAddr>, port: u16, protocol: Protocol) -> bool {
    let addresses = match address {
        Some(address) => vec![address],
        None => vec![
            IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        ],
    };
    addresses.into_iter().all(|address| {
        let address = SocketAddr::new(address, port);
        let tried = match protocol {
            Protocol::Tcp => TcpListener::bind(address).map(drop),
            Protocol::Udp => UdpSocket::bind(address).map(drop),
            // The standard library has none; the engine will say.
            Protocol::Sctp => Ok(()),
        };
        !matches!(tried, Err(error) if error.kind() == io::ErrorKind::AddrInUse)
    })
}

/// The lowest port that the engine may open.
fn first_allowed(rootless: bool) -> u16 {
    if !rootless {
        return 0;
    }
    // Linux can be told to guard fewer of them; other systems have no such file.
    std::fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start")
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(FIRST_FREE_FOR_ALL)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_port_that_is_listened_on_can_not_be_bound() {
        let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let listener = TcpListener::bind((local, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(!is_bindable(Some(local), port, Protocol::Tcp));
        assert!(
            !is_bindable(None, port, Protocol::Tcp),
            "all addresses hold this one too"
        );
        drop(listener);
        assert!(is_bindable(Some(local), port, Protocol::Tcp));
    }

    #[test]
    fn addresses_overlap_where_one_port_can_not_be_had_on_both() {
        let address = |text: &str| (!text.is_empty()).then(|| text.parse::<IpAddr>().unwrap());
        let rows = [
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("127.0.0.1", "0.0.0.0", true),
            ("0.0.0.0", "10.0.0.1", true),
            ("", "10.0.0.1", true),
            ("127.0.0.1", "", true),
        ];
        for (one, other, expected) in rows {
            assert_eq!(
                overlap(address(one), address(other)),
                expected,
                "{one} {other}"
            );
        }
    }
}
