//! The network device of an engine that runs as root. Docker's usual one, docker0, may belong to the
//! computer's own Docker.

use std::fs;
use std::net::Ipv4Addr;
use std::process::{Command, Stdio};

use crate::surroundings::Surroundings;

/// Makes the device, unless it is there, and answers with its name. `None` where it could not be
/// made: then the engine uses its default, which is right on a computer without another Docker.
pub(super) fn make(surroundings: &Surroundings, name: &str) -> Option<String> {
    if exists(name) {
        return Some(name.to_owned());
    }
    let routes = fs::read_to_string("/proc/net/route").ok()?;
    let address = free_address(&routes)?;
    let made = ip(
        surroundings,
        &["link", "add", "name", name, "type", "bridge"],
    ) && ip(
        surroundings,
        &["address", "add", &format!("{address}/16"), "dev", name],
    ) && ip(surroundings, &["link", "set", "dev", name, "up"]);
    if !made {
        remove(surroundings, name);
    }
    made.then(|| name.to_owned())
}

/// Removes the device, if it is there.
pub(super) fn remove(surroundings: &Surroundings, name: &str) {
    if exists(name) && !ip(surroundings, &["link", "delete", "dev", name]) {
        tracing::warn!(name, "the own engine's bridge could not be removed");
    }
}

fn exists(name: &str) -> bool {
    fs::symlink_metadata(format!("/sys/class/net/{name}")).is_ok()
}

fn ip(surroundings: &Surroundings, words: &[&str]) -> bool {
    let Some(program) = surroundings.program("ip") else {
        return false;
    };
    let silent = || Stdio::null();
    let status = Command::new(program)
        .args(words)
        .stdin(silent())
        .stdout(silent())
        .stderr(silent())
        .status();
    status.is_ok_and(|status| status.success())
}

/// The first address of a private network, 172.20.0.0/16 to 172.31.0.0/16, that no route leads to.
/// Docker itself begins at 172.17.
fn free_address(routes: &str) -> Option<Ipv4Addr> {
    let taken: Vec<(u32, u32)> = routes.lines().filter_map(route).collect();
    (20..=31)
        .map(|second| Ipv4Addr::new(172, second, 0, 1))
        .find(|address| {
            let network = address.to_bits() & 0xffff_0000;
            // Two networks overlap when they agree in the bits that both fix.
            taken.iter().all(|(goal, mask)| {
                let both = mask & 0xffff_0000;
                *mask == 0 || goal & both != network & both
            })
        })
}

/// A line of `/proc/net/route`: the goal is its second field, the mask the eighth, as hex digits of
/// the bytes in reverse.
fn route(line: &str) -> Option<(u32, u32)> {
    let mut fields = line.split_ascii_whitespace();
    let mut number = |skip: usize| {
        let field = fields.nth(skip)?;
        u32::from_str_radix(field, 16).ok().map(u32::swap_bytes)
    };
    Some((number(1)?, number(5)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\n";

    #[test]
    fn a_network_that_a_route_leads_to_is_left_alone() {
        let line = |goal: &str, mask: &str| format!("eth0\t{goal}\t0\t3\t0\t0\t0\t{mask}\t0\n");
        let default = line("00000000", "00000000");
        let first = line("000014AC", "0000FFFF"); // 172.20.0.0/16
        let inside = line("004015AC", "00FFFFFF"); // 172.21.64.0/24
        let around = line("000010AC", "0000F0FF"); // 172.16.0.0/12
        let rows = [
            (default.clone(), Some(Ipv4Addr::new(172, 20, 0, 1))),
            (
                format!("{default}{first}"),
                Some(Ipv4Addr::new(172, 21, 0, 1)),
            ),
            (
                format!("{first}{inside}"),
                Some(Ipv4Addr::new(172, 22, 0, 1)),
            ),
            (around, None),
        ];
        for (lines, free) in rows {
            assert_eq!(free_address(&format!("{HEAD}{lines}")), free, "{lines}");
        }
    }
}
