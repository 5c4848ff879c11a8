//! The addresses of networks, and of containers in them, as docker's command line puts them together
//! (docker/cli, `cli/command/network`).

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::Serialize;
use serde_json::{Value, json};
use slipway_action::subnet::{Subnet, TakenAddress};
use slipway_action::text::Invalid;
use slipway_action::{ConnectNetwork, CreateNetwork};

use crate::perform::volume::pairs;

/// One range of addresses of a network.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Pool<'a> {
    subnet: &'a str,
    #[serde(rename = "IPRange", skip_serializing_if = "Option::is_none")]
    range: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
    #[serde(
        rename = "AuxiliaryAddresses",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    others: BTreeMap<String, String>,
}

/// The flags' ranges, gateways and other addresses, each with the subnet that it lies in.
/// `Action::check` has seen that each lies in one.
pub(super) fn ipam(verb: &CreateNetwork) -> Result<Vec<Pool<'_>>, Invalid> {
    let mut pools: Vec<(Subnet, Pool<'_>)> = Vec::new();
    for subnet in &verb.subnet {
        let pool = Pool {
            subnet,
            range: None,
            gateway: None,
            others: BTreeMap::new(),
        };
        pools.push((Subnet::parse(subnet)?, pool));
    }
    let mut with = |address: IpAddr, change: &mut dyn FnMut(&mut Pool<'_>)| {
        let found = pools
            .iter_mut()
            .find(|(subnet, _)| subnet.contains(address));
        if let Some((_, pool)) = found {
            change(pool);
        }
    };
    for range in &verb.ip_range {
        let address = Subnet::parse(range)?.address;
        with(address, &mut |pool| pool.range = Some(range.clone()));
    }
    for gateway in &verb.gateway {
        if let Ok(address) = gateway.parse() {
            with(address, &mut |pool| pool.gateway = Some(gateway.clone()));
        }
    }
    for text in &verb.aux_address {
        let taken = TakenAddress::parse(text)?;
        with(taken.address, &mut |pool| {
            pool.others
                .insert(taken.name.clone(), taken.address.to_string());
        });
    }
    Ok(pools.into_iter().map(|(_, pool)| pool).collect())
}

/// How a container is connected to a network.
pub(super) fn endpoint(verb: &ConnectNetwork) -> Value {
    json!({
        "IPAMConfig": {
            "IPv4Address": verb.ip.as_deref().unwrap_or_default(),
            "IPv6Address": verb.ip6.as_deref().unwrap_or_default(),
            "LinkLocalIPs": verb.link_local_ip,
        },
        "Links": (!verb.link.is_empty()).then_some(&verb.link),
        "Aliases": verb.alias,
        "DriverOpts": pairs(&verb.driver_opt),
        "GwPriority": verb.gw_priority.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use slipway_action::Action;

    use super::*;

    fn made(flags: &str) -> Value {
        let action = Action::parse(&format!("docker network create {flags} net")).unwrap();
        let Action::CreateNetwork(verb) = &action else {
            unreachable!("{action:?}")
        };
        serde_json::to_value(ipam(verb).unwrap()).unwrap()
    }

    #[test]
    fn addresses_find_their_subnet() {
        let flags = "--subnet 10.1.0.0/16 --subnet fd00::/64 --gateway 10.1.0.9 --gateway fd00::9 \
                     --ip-range 10.1.2.0/24 --aux-address nas=10.1.0.7";
        let expected = json!([
            {"Subnet": "10.1.0.0/16", "IPRange": "10.1.2.0/24", "Gateway": "10.1.0.9",
             "AuxiliaryAddresses": {"nas": "10.1.0.7"}},
            {"Subnet": "fd00::/64", "Gateway": "fd00::9"},
        ]);
        assert_eq!(made(flags), expected);
        assert_eq!(made(""), json!([]));
    }
}
