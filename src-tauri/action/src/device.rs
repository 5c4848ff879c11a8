//! Devices of the engine's computer: disks, and whatever else lies in /dev.

use crate::limit::Bytes;
use crate::text::{Invalid, refuse_nul, shown};

/// One `--device`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Device {
    /// A file in /dev.
    File {
        /// On the engine's computer.
        host: String,
        /// In the container.
        container: String,
        /// What the container may do with it: read, write, make.
        rights: String,
    },
    /// A name that the engine looks up (<https://github.com/cncf-tags/container-device-interface>),
    /// such as `nvidia.com/gpu=all`.
    Named(String),
}

impl Device {
    /// Reads the value of `--device`: `device[:path[:rights]]`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        refuse_nul(text)?;
        if is_named(text) {
            return Ok(Device::Named(text.to_owned()));
        }
        let parts: Vec<&str> = text.split(':').collect();
        let (host, container, rights) = match parts[..] {
            [host] => (host, host, "rwm"),
            [host, rights] if are_rights(rights) => (host, host, rights),
            [host, container] => (host, container, "rwm"),
            [host, container, rights] if are_rights(rights) => (host, container, rights),
            [_, _, rights] => {
                return Err(Invalid::new(format!(
                    "{} are not the rights on a device. Write r to read, w to write and m to make it, such as rw.",
                    shown(rights)
                )));
            }
            _ => {
                return Err(Invalid::new(
                    "There is a “:” too many. Write it as DEVICE:PATH:rwm.",
                ));
            }
        };
        for path in [host, container] {
            if !path.starts_with('/') {
                return Err(Invalid::new(format!(
                    "{} is not a device. Write its full path, such as /dev/ttyUSB0.",
                    shown(path)
                )));
            }
        }
        Ok(Device::File {
            host: host.to_owned(),
            container: container.to_owned(),
            rights: rights.to_owned(),
        })
    }
}

/// Some of `rwm`, none twice.
fn are_rights(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| matches!(c, 'r' | 'w' | 'm'))
        && text.char_indices().all(|(at, c)| !text[..at].contains(c))
}

/// `vendor.com/class=name`
fn is_named(text: &str) -> bool {
    let is_word = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-.:".contains(c))
    };
    text.split_once('=').is_some_and(|(kind, name)| {
        let (vendor, class) = kind.split_once('/').unwrap_or_default();
        is_word(name) && is_word(vendor) && is_word(class)
    })
}

/// A disk and how fast it may be used: `--device-read-bps` and its kin.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Throttle {
    /// The disk's path.
    pub device: String,
    /// Bytes, or accesses, in a second.
    pub rate: u64,
}

impl Throttle {
    /// Reads a disk and bytes in a second, such as `/dev/sda:1mb`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn in_bytes(text: &str) -> Result<Self, Invalid> {
        let (device, rate) = disk(text, "/dev/sda:1mb")?;
        let rate = Bytes::parse(rate)?.0;
        Ok(Throttle {
            device: device.to_owned(),
            rate,
        })
    }

    /// Reads a disk and accesses in a second, such as `/dev/sda:1000`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn in_accesses(text: &str) -> Result<Self, Invalid> {
        let (device, rate) = disk(text, "/dev/sda:1000")?;
        let rate = rate.parse().map_err(|_| {
            Invalid::new(format!(
                "{} is not a number of accesses in a second. Write one such as /dev/sda:1000.",
                shown(rate)
            ))
        })?;
        Ok(Throttle {
            device: device.to_owned(),
            rate,
        })
    }

    /// Reads a disk and its weight, such as `/dev/sda:200`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn weight(text: &str) -> Result<Self, Invalid> {
        let (device, weight) = disk(text, "/dev/sda:200")?;
        let number = weight
            .parse()
            .ok()
            .filter(|weight| *weight == 0 || (10..=1000).contains(weight));
        let rate = number.ok_or_else(|| {
            Invalid::new(format!(
                "{} is not a weight. Write a number from 10 to 1000, or 0 to switch it off.",
                shown(weight)
            ))
        })?;
        Ok(Throttle {
            device: device.to_owned(),
            rate,
        })
    }
}

fn disk<'a>(text: &'a str, example: &str) -> Result<(&'a str, &'a str), Invalid> {
    refuse_nul(text)?;
    let parts = text
        .split_once(':')
        .filter(|(path, _)| path.starts_with("/dev/"));
    parts.ok_or_else(|| {
        Invalid::new(format!(
            "{} does not name a disk and a number. Write it as {example}.",
            shown(text)
        ))
    })
}

/// Looks at the value of `--device-cgroup-rule`, such as `c 42:* rmw`.
pub(crate) fn cgroup_rule(text: &str) -> Result<(), Invalid> {
    let is_number =
        |text: &str| text == "*" || !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split(' ').collect();
    let is_rule = match parts[..] {
        ["a" | "c" | "b", device, rights] => {
            let numbers = device.split_once(':');
            numbers.is_some_and(|(major, minor)| is_number(major) && is_number(minor))
                && (1..=3).contains(&rights.len())
                && rights.chars().all(|c| matches!(c, 'r' | 'w' | 'm'))
        }
        _ => false,
    };
    if is_rule {
        return Ok(());
    }
    Err(Invalid::new(format!(
        "{} is not a rule for devices. Write the kind, the two numbers and the rights, such as c 42:* rmw.",
        shown(text)
    )))
}
