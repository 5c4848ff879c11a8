//! What is written down of a started engine, so that the next run of the app finds it.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::means::Kind;
use super::process::Process;

/// A started engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    process: Process,
    kind: Kind,
    /// The start of the computer that it belongs to: start times count from there.
    boot: String,
    /// When it was started, in Unix seconds.
    at: u64,
}

impl Record {
    pub(super) fn new(process: Process, kind: Kind) -> Self {
        Self {
            process,
            kind,
            boot: boot(),
            at: now(),
        }
    }

    /// `None` where there is none, or none that can be read: then no engine is known.
    pub(super) fn read(path: &Path) -> Option<Self> {
        serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
    }

    /// Renamed into place: half a record would hide a running engine.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let fresh = path.with_extension("new");
        fs::write(&fresh, serde_json::to_vec(self)?)?;
        fs::rename(fresh, path)
    }

    pub(super) fn remove(path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Its process, if it runs.
    pub(super) fn process(&self) -> Option<Process> {
        (self.is_of_this_boot() && self.process.is_alive()).then_some(self.process)
    }

    pub(super) fn is_of_this_boot(&self) -> bool {
        self.boot == boot()
    }

    /// The time since it was started; none if the clock went back meanwhile.
    pub(super) fn age(&self) -> Duration {
        Duration::from_secs(now().saturating_sub(self.at))
    }
}

fn boot() -> String {
    fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}
