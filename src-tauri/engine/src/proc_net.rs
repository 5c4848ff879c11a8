//! Linux' tables of sockets (`/proc/net/tcp` and the like; `Documentation/networking/proc_net_tcp.rst`),
//! of this computer or of a container.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// `TCP_LISTEN` (Linux, `include/net/tcp_states.h`).
pub(crate) const LISTENING: &str = "0A";

/// A socket that waits for connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Listener {
    /// On which address.
    pub address: IpAddr,
    /// On which port.
    pub port: u16,
}

/// One line of a table.
pub(crate) struct Socket<'t> {
    /// Its own end.
    pub local: Listener,
    /// Its state, as two hex digits.
    pub state: &'t str,
    /// The number by which `/proc/PID/fd` names it.
    pub inode: &'t str,
}

/// The sockets in a table, or in several of them one after the other.
pub(crate) fn sockets(table: &str) -> impl Iterator<Item = Socket<'_>> {
    table.lines().filter_map(|line| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let (address, port) = words.get(1)?.split_once(':')?;
        Some(Socket {
            local: Listener {
                address: self::address(address)?,
                port: u16::from_str_radix(port, 16).ok()?,
            },
            state: words.get(3)?,
            inode: words.get(9)?,
        })
    })
}

/// The sockets that wait for connections.
pub(crate) fn listeners(table: &str) -> Vec<Listener> {
    sockets(table)
        .filter(|socket| socket.state == LISTENING)
        .map(|socket| socket.local)
        .collect()
}

/// Four bytes, or four times four, each group in the byte order of this computer, which is that of its
/// containers too.
pub(crate) fn address(hex: &str) -> Option<IpAddr> {
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

#[cfg(all(test, target_endian = "little"))]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let local = Some(IpAddr::V4(Ipv4Addr::LOCALHOST));
        assert_eq!(address("0100007F"), local);
        assert_eq!(address("0000000000000000FFFF00000100007F"), local);
        for wrong in ["zz", "", "0100007", "ä100007F"] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn listeners_of_both_tables_are_found() {
        let tables = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 x
   1: 0100007F:1F90 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 x
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 19035
   3: broken";
        let found: Vec<String> = listeners(tables)
            .iter()
            .map(|it| format!("{}:{}", it.address, it.port))
            .collect();
        assert_eq!(found, ["127.0.0.1:8080", ":::22"]);
    }
}
