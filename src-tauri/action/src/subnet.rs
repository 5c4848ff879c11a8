//! A network's addresses: what `--subnet`, `--ip-range` and `--aux-address` say.

use std::fmt;
use std::net::IpAddr;

use crate::attachment::ip;
use crate::text::{Invalid, shown};

/// A range of addresses, such as `172.28.0.0/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subnet {
    /// The address as it was written.
    pub address: IpAddr,
    /// How many of its first bits all addresses share.
    pub bits: u8,
}

impl Subnet {
    /// Reads an address and its bits.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = || {
            Invalid::new(format!(
                "{} is not a range of addresses. Write one such as 172.28.0.0/16.",
                shown(text)
            ))
        };
        let (address, bits) = text.split_once('/').ok_or_else(wrong)?;
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let is_number = (1..=3).contains(&bits.len()) && bits.bytes().all(|b| b.is_ascii_digit());
        let bits: u8 = bits.parse().map_err(|_| wrong())?;
        if !is_number || bits > most {
            return Err(wrong());
        }
        Ok(Subnet { address, bits })
    }

    /// Whether an address lies in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (Some(own), Some(other)) = (self.prefix(self.address), self.prefix(address)) else {
            return false;
        };
        self.address.is_ipv4() == address.is_ipv4() && own == other
    }

    /// Whether both share an address.
    pub fn overlaps(&self, other: &Subnet) -> bool {
        self.contains(other.address) || other.contains(self.address)
    }

    /// The bits that all addresses share, moved to the right end.
    fn prefix(&self, address: IpAddr) -> Option<u128> {
        let (value, all) = match address {
            IpAddr::V4(address) => (u128::from(address.to_bits()), 32_u32),
            IpAddr::V6(address) => (address.to_bits(), 128),
        };
        let rest = all.checked_sub(u32::from(self.bits))?;
        Some(value.checked_shr(rest).unwrap_or_default())
    }
}

impl fmt::Display for Subnet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.bits)
    }
}

/// One `--aux-address`: an address that no container gets, and who has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TakenAddress {
    /// Who has it.
    pub name: String,
    /// The address.
    pub address: IpAddr,
}

impl TakenAddress {
    /// Reads `NAME=ADDRESS`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let parts = text.split_once('=').filter(|(name, _)| !name.is_empty());
        let (name, address) = parts.ok_or_else(|| {
            Invalid::new(format!(
                "{} is not a taken address. Write it as NAME=ADDRESS, such as router=172.28.1.5.",
                shown(text)
            ))
        })?;
        Ok(TakenAddress {
            name: name.to_owned(),
            address: ip(address)?,
        })
    }
}
