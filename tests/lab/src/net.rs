//! A network for each engine, so that several daemons on one host don't fight.
//!
//! A starting `dockerd` flushes the iptables chains that every other `dockerd` on the host relies on.
//! So the lab's daemons run with `--iptables=false`: published ports work by `docker-proxy`, and the
//! way out of the containers is one pair of rules for the range that all the lab's networks lie in.

use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::cache::Lock;
use crate::error::{During, LabError};
use crate::paths::Paths;
use crate::process::run;

/// All the lab's networks.
const RANGE: &str = "10.213.0.0/16";

/// One engine's share of the range: four /24 networks (the default one, the lab's world, and two for
/// networks that a user makes) and a bridge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Slot(u8);

impl Slot {
    /// How many engines can run at once.
    const COUNT: u8 = 64;

    /// Takes a free slot for the engine that lives in `folder`; it is free again once that folder is
    /// gone.
    pub fn take(paths: &Paths, folder: &Path) -> Result<Self, LabError> {
        let _lock = lock(paths)?;
        rules("-I")?;
        for slot in (0..Self::COUNT).map(Self) {
            let file = slot.file(paths);
            let owner = fs::read_to_string(&file).unwrap_or_default();
            if !owner.is_empty() && Path::new(owner.trim()).exists() {
                continue;
            }
            fs::write(&file, folder.to_string_lossy().as_bytes())
                .during(|| format!("write {}", file.display()))?;
            return Ok(slot);
        }
        Err(LabError::CannotRun {
            what: "another engine".to_owned(),
            why: format!("{} are running already", Self::COUNT),
        })
    }

    /// Gives the slot back, and removes every network that its engine left on the host.
    pub fn release(self, paths: &Paths) -> Result<(), LabError> {
        let _lock = lock(paths)?;
        let prefixes = self.prefixes('.');
        for line in run(Command::new("ip").args(["-4", "-o", "addr", "show"]))?.lines() {
            // "7: slab0    inet 10.213.0.1/24 scope global slab0 ..."
            let mut words = line.split_ascii_whitespace();
            let (Some(link), Some(address)) = (words.nth(1), words.nth(1)) else {
                continue;
            };
            if prefixes.iter().any(|prefix| address.starts_with(prefix)) {
                remove_link(link);
            }
        }
        let file = self.file(paths);
        fs::remove_file(&file).during(|| format!("remove {}", file.display()))?;
        let left = fs::read_dir(&paths.net).during(|| format!("list {}", paths.net.display()))?;
        if left.flatten().all(|entry| entry.file_name() == LOCK) {
            rules("-D")?;
        }
        Ok(())
    }

    /// Makes the bridge that the engine's default network uses.
    pub fn make_bridge(self) -> Result<(), LabError> {
        let name = self.bridge();
        remove_link(&name);
        run(Command::new("ip").args(["link", "add", &name, "type", "bridge"]))?;
        let address = format!("{}/24", self.gateway());
        run(Command::new("ip").args(["addr", "add", &address, "dev", &name]))?;
        run(Command::new("ip").args(["link", "set", &name, "up"])).map(drop)
    }

    /// Makes the address at which the lab's world lies for this engine, on a link of its own.
    pub fn make_world(self) -> Result<Ipv4Addr, LabError> {
        let name = format!("slabw{}", self.0);
        let address = Ipv4Addr::new(10, 213, self.first() + 1, 1);
        remove_link(&name);
        run(Command::new("ip").args(["link", "add", &name, "type", "bridge"]))?;
        run(Command::new("ip").args(["addr", "add", &format!("{address}/24"), "dev", &name]))?;
        run(Command::new("ip").args(["link", "set", &name, "up"]))?;
        Ok(address)
    }

    /// Which of the slots it is.
    pub fn number(self) -> u8 {
        self.0
    }

    /// The name of the bridge.
    pub fn bridge(self) -> String {
        format!("slab{}", self.0)
    }

    /// The host's address on the bridge.
    pub fn gateway(self) -> String {
        format!("10.213.{}.1", self.first())
    }

    /// The default network.
    pub fn subnet(self) -> String {
        format!("10.213.{}.0/24", self.first())
    }

    /// Where networks that a user makes are taken from: 16 of /27.
    pub fn pool(self) -> String {
        format!("10.213.{}.0/23", self.first() + 2)
    }

    /// What the slot's addresses start with, dots written as `separator`: netavark writes subnets
    /// into the names of its chains, with underscores.
    pub fn prefixes(self, separator: char) -> Vec<String> {
        (0..4u8)
            .map(|part| {
                format!(
                    "10{separator}213{separator}{}{separator}",
                    self.first() + part
                )
            })
            .collect()
    }

    fn first(self) -> u8 {
        self.0 * 4
    }

    fn file(self, paths: &Paths) -> PathBuf {
        paths.net.join(self.0.to_string())
    }
}

const LOCK: &str = "lock";

fn lock(paths: &Paths) -> Result<Lock, LabError> {
    Lock::take(&paths.net.join(LOCK))
}

/// A link that is gone already is what was wanted, so the outcome doesn't matter.
fn remove_link(name: &str) {
    let _ = run(Command::new("ip").args(["link", "del", name]));
}

/// Adds (`-I`) or removes (`-D`) the rules that let containers out. They are put first, because a
/// Docker of the user's own may have set the policy of FORWARD to DROP.
fn rules(action: &str) -> Result<(), LabError> {
    let all: [&[&str]; 3] = [
        &["filter", "FORWARD", "-s", RANGE, "-j", "ACCEPT"],
        &["filter", "FORWARD", "-d", RANGE, "-j", "ACCEPT"],
        &[
            "nat",
            "POSTROUTING",
            "-s",
            RANGE,
            "!",
            "-d",
            RANGE,
            "-j",
            "MASQUERADE",
        ],
    ];
    for rule in all {
        let iptables = |action: &str| {
            let mut command = Command::new("iptables");
            command
                .args(["-w", "-t", rule[0], action, rule[1]])
                .args(&rule[2..]);
            run(&mut command)
        };
        let there = iptables("-C").is_ok();
        if there != (action == "-I") {
            iptables(action)?;
        }
    }
    Ok(())
}
