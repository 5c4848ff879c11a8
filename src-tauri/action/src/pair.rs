//! `NAME=VALUE`, where nothing is known of the two but that both are there.

use crate::text::{Invalid, refuse_nul, shown};

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pair {
    /// The name.
    pub name: String,
    /// The value; empty where nothing was written.
    pub value: String,
}

impl Pair {
    /// Reads `NAME` or `NAME=VALUE`, as `--log-opt` and `--opt` take it.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        refuse_nul(text)?;
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        if name.trim().is_empty() {
            return Err(Invalid::new(format!(
                "{} has no name. Write it as NAME=VALUE.",
                shown(text)
            )));
        }
        Ok(Pair {
            name: name.to_owned(),
            value: value.to_owned(),
        })
    }

    /// Reads `NAME=VALUE` where the value may not be left out, as `--storage-opt` takes it.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn whole(text: &str) -> Result<Self, Invalid> {
        if !text.contains('=') {
            return Err(Invalid::new(format!(
                "{} has no value. Write it as NAME=VALUE.",
                shown(text)
            )));
        }
        Pair::parse(text)
    }

    /// Reads the value of `--sysctl`: only settings that each container has for itself.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn sysctl(text: &str) -> Result<Self, Invalid> {
        const OWN: &[&str] = &[
            "kernel.msgmax",
            "kernel.msgmnb",
            "kernel.msgmni",
            "kernel.sem",
            "kernel.shmall",
            "kernel.shmmax",
            "kernel.shmmni",
            "kernel.shm_rmid_forced",
        ];
        let pair = Pair::whole(text)?;
        let is_own = OWN.contains(&pair.name.as_str())
            || ["net.", "fs.mqueue."]
                .iter()
                .any(|start| pair.name.starts_with(start));
        if is_own {
            return Ok(pair);
        }
        Err(Invalid::new(format!(
            "{} is a setting of the whole computer, not of a container. Those of a container begin with net., fs.mqueue., kernel.msg, kernel.sem or kernel.shm.",
            shown(&pair.name)
        )))
    }
}
