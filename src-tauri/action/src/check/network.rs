//! The verbs on networks and volumes that have many flags.

use std::net::IpAddr;

use super::findings::Findings;
use super::value::{argument, one_of};
use crate::attachment::{Link, ip, ipv4, ipv6};
use crate::limit::Bytes;
use crate::name::plain_name;
use crate::object::{NetworkArg, VolumeName};
use crate::pair::Pair;
use crate::subnet::{Subnet, TakenAddress};
use crate::{ClusterVolume, ConnectNetwork, CreateNetwork, CreateVolume};

impl Findings {
    pub(super) fn create_network(&mut self, verb: &CreateNetwork) {
        self.optional("driver", verb.driver.as_deref(), argument);
        let subnets = self.each_parsed("subnet", &verb.subnet, Subnet::parse);
        for (place, (index, subnet)) in subnets.iter().enumerate() {
            if subnets[..place]
                .iter()
                .any(|(_, earlier)| subnet.overlaps(earlier))
            {
                self.add(
                    "subnet",
                    *index,
                    "Two of the ranges share addresses. Choose ranges that lie apart.",
                );
            }
        }
        let subnets: Vec<Subnet> = subnets.into_iter().map(|(_, subnet)| subnet).collect();
        let gateways = self.each_parsed("gateway", &verb.gateway, ip);
        let ranges = self.each_parsed("ip_range", &verb.ip_range, Subnet::parse);
        let taken = self.each_parsed("aux_address", &verb.aux_address, TakenAddress::parse);
        let gateways = gateways
            .into_iter()
            .map(|(index, ip)| ("gateway", index, ip));
        let ranges = ranges
            .into_iter()
            .map(|(index, range)| ("ip_range", index, range.address));
        let taken = taken
            .into_iter()
            .map(|(index, taken)| ("aux_address", index, taken.address));
        let inside: Vec<(&str, usize, IpAddr)> = gateways.chain(ranges).chain(taken).collect();
        for (field, index, address) in inside {
            if !subnets.iter().any(|subnet| subnet.contains(address)) {
                self.add(
                    field,
                    index,
                    format!(
                        "{address} lies in none of the ranges. Set --subnet to one that has it."
                    ),
                );
            }
        }
        self.labels(&verb.label);
        self.each("opt", &verb.opt, Pair::parse);
        self.optional("ipam_driver", verb.ipam_driver.as_deref(), argument);
        self.each("ipam_opt", &verb.ipam_opt, Pair::parse);
        self.optional("scope", verb.scope.as_deref(), |text| {
            one_of(text, &["local", "swarm", "global"])
        });
        self.optional(
            "config_from",
            verb.config_from.as_deref(),
            NetworkArg::parse,
        );
        self.value("network", 0, &verb.network, NetworkArg::parse);
    }

    pub(super) fn connect_network(&mut self, verb: &ConnectNetwork) {
        self.each("alias", &verb.alias, |text| {
            plain_name(text, "A name on a network")
        });
        self.optional("ip", verb.ip.as_deref(), ipv4);
        self.optional("ip6", verb.ip6.as_deref(), ipv6);
        self.each("link", &verb.link, Link::parse);
        self.each("link_local_ip", &verb.link_local_ip, ip);
        self.each("driver_opt", &verb.driver_opt, Pair::whole);
        self.value("network", 0, &verb.network, NetworkArg::parse);
        self.container(&verb.container);
    }

    pub(super) fn create_volume(&mut self, verb: &CreateVolume) {
        self.optional("driver", verb.driver.as_deref(), argument);
        self.labels(&verb.label);
        self.each("opt", &verb.opt, Pair::parse);
        self.cluster_volume(&verb.cluster);
        self.optional("volume", verb.volume.as_deref(), VolumeName::parse);
    }

    fn cluster_volume(&mut self, cluster: &ClusterVolume) {
        let words: [(&str, Option<&str>, &[&str]); 4] = [
            (
                "availability",
                cluster.availability.as_deref(),
                &["active", "pause", "drain"],
            ),
            ("scope", cluster.scope.as_deref(), &["single", "multi"]),
            (
                "sharing",
                cluster.sharing.as_deref(),
                &["none", "readonly", "onewriter", "all"],
            ),
            ("type", cluster.r#type.as_deref(), &["mount", "block"]),
        ];
        for (field, text, known) in words {
            self.optional(field, text, |text| one_of(text, known));
        }
        self.optional("group", cluster.group.as_deref(), argument);
        self.optional("limit_bytes", cluster.limit_bytes.as_deref(), Bytes::parse);
        self.optional(
            "required_bytes",
            cluster.required_bytes.as_deref(),
            Bytes::parse,
        );
        self.each("secret", &cluster.secret, Pair::parse);
        self.each("topology_preferred", &cluster.topology_preferred, argument);
        self.each("topology_required", &cluster.topology_required, argument);
    }
}
