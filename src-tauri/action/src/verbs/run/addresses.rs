//! A container's place in its networks.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The addresses and names of a container, and how it finds others.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Addresses {
    /// A further name under which others on the network find the container.
    #[arg(long, alias = "net-alias", value_name = "NAME")]
    #[ts(as = "Option<_>", optional)]
    pub network_alias: Vec<String>,
    /// The container's IPv4 address, such as 172.28.0.5.
    #[arg(long, value_name = "ADDRESS")]
    #[ts(optional = nullable)]
    pub ip: Option<String>,
    /// The container's IPv6 address, such as 2001:db8::33.
    #[arg(long, value_name = "ADDRESS")]
    #[ts(optional = nullable)]
    pub ip6: Option<String>,
    /// The address of the container's network card, such as 92:d0:c6:0a:29:33.
    #[arg(long, value_name = "ADDRESS")]
    #[ts(optional = nullable)]
    pub mac_address: Option<String>,
    /// Lets the container find another one under a name.
    #[arg(long, value_name = "CONTAINER[:NAME]")]
    #[ts(as = "Option<_>", optional)]
    pub link: Vec<String>,
    /// An address that holds only on this wire.
    #[arg(long, value_name = "ADDRESS")]
    #[ts(as = "Option<_>", optional)]
    pub link_local_ip: Vec<String>,
    /// Asks this server for the addresses of names.
    #[arg(long, value_name = "ADDRESS")]
    #[ts(as = "Option<_>", optional)]
    pub dns: Vec<String>,
    /// Changes how names are looked up, such as ndots:2.
    #[arg(long, alias = "dns-opt", value_name = "OPTION")]
    #[ts(as = "Option<_>", optional)]
    pub dns_option: Vec<String>,
    /// Completes short names with this domain.
    #[arg(long, value_name = "DOMAIN")]
    #[ts(as = "Option<_>", optional)]
    pub dns_search: Vec<String>,
    /// The domain of the container's own host name.
    #[arg(long, value_name = "NAME")]
    #[ts(optional = nullable)]
    pub domainname: Option<String>,
}
