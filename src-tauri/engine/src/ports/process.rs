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
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
    use std::path::Path;

    use slipway_action::port::Protocol;

    use crate::ports::overlap;

    /// `TCP_LISTEN`, and the state of a bound UDP socket (Linux, `include/net/tcp_states.h`).
    const LISTENING: &str = "0A";
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

    /// The sockets in a table of `/proc/net` (Linux, `Documentation/networking/proc_net_tcp.rst`).
    pub(super) fn inodes(
        table: &str,
        state: &str,
        address: Option<IpAddr>,
        port: u16,
    ) -> Vec<String> {
        let sockets = table.lines().skip(1).filter_map(|line| {
            let words: Vec<&str> = line.split_ascii_whitespace().collect();
            let (local, is_state) = (words.get(1)?, *words.get(3)? == state);
            let (theirs, their_port) = local.split_once(':')?;
            let fits = is_state
                && u16::from_str_radix(their_port, 16) == Ok(port)
                && overlap(address, self::address(theirs));
            fits.then(|| words.get(9).map(|inode| (*inode).to_owned()))?
        });
        sockets.filter(|inode| inode != "0").collect()
    }

    /// Four bytes, or four times four, each group in this computer's byte order.
    pub(super) fn address(hex: &str) -> Option<IpAddr> {
        let group = |at: usize| {
            let digits = hex.get(at * 8..at * 8 + 8)?;
            Some(u32::from_str_radix(digits, 16).ok()?.to_ne_bytes())
        };
        match hex.len() {
            8 => Some(IpAddr::V4(Ipv4Addr::from(group(0)?))),
            32 => {
                let mut bytes = [0; 16];
                for (at, part) in bytes.chunks_mut(4).enumerate() {
                    part.copy_from_slice(&group(at)?);
                }
                Some(IpAddr::V6(Ipv6Addr::from(bytes)).to_canonical())
            }
            _ => None,
        }
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
        assert_eq!(
            linux::address("0100007F"),
            Some(IpAddr::V4(Ipv4Addr::LOCALHOST))
        );
        let mapped = "0000000000000000FFFF00000100007F";
        assert_eq!(
            linux::address(mapped),
            Some(IpAddr::V4(Ipv4Addr::LOCALHOST))
        );
        assert_eq!(linux::address("zz"), None);
    }
}
