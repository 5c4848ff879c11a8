//! Limits that the system sets on each program: what `--ulimit` says.

use crate::near::nearest;
use crate::text::{Invalid, shown};

/// One `--ulimit`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ulimit {
    /// What is limited, such as `nofile`.
    pub name: String,
    /// Where a program is held, which it may raise itself; -1 is without a limit.
    pub soft: i64,
    /// How far it may raise it; -1 is without a limit.
    pub hard: i64,
}

/// What can be limited (<https://github.com/docker/go-units/blob/master/ulimit.go>).
const NAMES: &[&str] = &[
    "core",
    "cpu",
    "data",
    "fsize",
    "locks",
    "memlock",
    "msgqueue",
    "nice",
    "nofile",
    "nproc",
    "rss",
    "rtprio",
    "rttime",
    "sigpending",
    "stack",
];

impl Ulimit {
    /// Reads the value of `--ulimit`: `name=soft[:hard]`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = || {
            Invalid::new(format!(
                "{} is not a limit. Write it as NAME=NUMBER, such as nofile=1024, or with two numbers, such as nofile=1024:2048.",
                shown(text)
            ))
        };
        let (name, limits) = text.split_once('=').ok_or_else(wrong)?;
        if !NAMES.contains(&name) {
            let similar = nearest(name, NAMES.iter().copied());
            let meant = similar.map(|similar| format!(" Did you mean {similar}?"));
            return Err(Invalid::new(format!(
                "There is no limit named {}.{}",
                shown(name),
                meant.unwrap_or_else(|| format!(" There are {}.", NAMES.join(", ")))
            )));
        }
        let number = |text: &str| text.parse::<i64>().ok().filter(|number| *number >= -1);
        let (soft, hard) = limits.split_once(':').unwrap_or((limits, limits));
        let (soft, hard) = number(soft).zip(number(hard)).ok_or_else(wrong)?;
        if hard != -1 && (soft == -1 || soft > hard) {
            return Err(Invalid::new(
                "The first number can’t be greater than the second, up to which it may be raised.",
            ));
        }
        Ok(Ulimit {
            name: name.to_owned(),
            soft,
            hard,
        })
    }
}
