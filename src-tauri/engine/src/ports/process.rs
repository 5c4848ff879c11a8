//! Which program of this computer listens on a port. Linux tells everybody who listens, and everybody
//! with the right to it which program that is; other systems need tools of their own, so nothing is
//! said there.

use std::net::IpAddr;

use slipway_action::port::Protocol;

/// The name of the program that listens on a port, where this system tells it.
#[cfg(target_os = "linux")]
pub(super) fn listening(address: Option<IpAddr>, port: u16, protocol: Protocol) -> Option<String> {
    linux::listening(address, port, protocol)
}

/// The name of the program that listens on a port, where this system tells it.
#[cfg(not(target_os = "linux"))]
pub(super) fn listening(_: Option<IpAddr>, _: u16, _: Protocol) -> Option<String> {
    None
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::net::IpAddr;
    use std::path::Path;

    use slipway_action::port::Protocol;

    use crate::ports::overlap;
    use crate::proc_net::{self, LISTENING};

    /// The state of a bound UDP socket (Linux, `include/net/tcp_states.h`).
    const BOUND: &str = "07";

    pub(super) fn listening(
        address: Option<IpAddr>,
        port: u16,
        protocol: Protocol,
    ) -> Option<String> {
        let (tables, state) = match protocol {
            Protocol::Tcp => (["/proc/net/tcp", "/proc/net/tcp6"], LISTENING),
            Protocol::Udp => (["/proc/net/udp", "/proc/net/udp6"], BOUND),
            Protocol::Sctp => return None,
        };
        let sockets = tables
            .iter()
            .filter_map(|table| fs::read_to_string(table).ok());
        let inodes: Vec<String> = sockets
            .flat_map(|table| inodes(&table, state, address, port))
            .collect();
        if inodes.is_empty() {
            None
        } else {
            owner(&inodes)
        }
    }

    pub(super) fn inodes(
        table: &str,
        state: &str,
        address: Option<IpAddr>,
        port: u16,
    ) -> Vec<String> {
        let fits = |socket: &proc_net::Socket<'_>| {
            socket.state == state
                && socket.local.port == port
                && overlap(address, Some(socket.local.address))
                && socket.inode != "0"
        };
        let found = proc_net::sockets(table).filter(fits);
        found.map(|socket| socket.inode.to_owned()).collect()
    }

    /// The program that has one of these sockets open, among those that this user may look into.
    fn owner(inodes: &[String]) -> Option<String> {
        let wanted: Vec<String> = inodes
            .iter()
            .map(|inode| format!("socket:[{inode}]"))
            .collect();
        let processes = fs::read_dir("/proc").ok()?.flatten().filter(|entry| {
            entry
                .file_name()
                .to_string_lossy()
                .bytes()
                .all(|byte| byte.is_ascii_digit())
        });
        let mut owners = processes.filter(|process| {
            let files = fs::read_dir(process.path().join("fd"));
            files.into_iter().flatten().flatten().any(|file| {
                let link = fs::read_link(file.path()).unwrap_or_default();
                wanted.iter().any(|wanted| link == Path::new(wanted))
            })
        });
        let name = fs::read_to_string(owners.next()?.path().join("comm")).ok()?;
        Some(name.trim().to_owned()).filter(|name| !name.is_empty())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    #[test]
    fn a_listening_program_is_found_by_its_name() {
        let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let listener = TcpListener::bind((local, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let own = std::fs::read_to_string("/proc/self/comm").unwrap();
        let found = listening(None, port, Protocol::Tcp);
        assert_eq!(found.as_deref(), Some(own.trim()));
        assert_eq!(listening(None, port, Protocol::Udp), None);
        let other: IpAddr = "127.0.0.99".parse().unwrap();
        assert_eq!(listening(Some(other), port, Protocol::Tcp), None);
    }

    #[cfg(target_endian = "little")]
    #[test]
    fn tables_are_read() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 x
   1: 0100007F:1F90 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 x
   2: 00000000:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 x
   3: broken";
        assert_eq!(linux::inodes(table, "0A", None, 8080), ["4711"]);
        assert_eq!(linux::inodes(table, "0A", None, 8081), ["4713"]);
    }
}
