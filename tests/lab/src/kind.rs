//! The kinds of engine that the lab has.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A kind of engine. All speak Docker's API; they differ in age and in what they can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Debian 12's `dockerd`, 20.10.24 (API 1.41), the oldest that Slipway supports: the machine's own
    /// where that is so old, else one in a root file system of its own.
    Docker20,
    /// The newest `dockerd` that Debian has (sid), in a root file system of its own.
    DockerNewest,
    /// The newest `podman` that Debian has (sid), by its Docker-compatible API.
    Podman,
}

impl Kind {
    /// Every kind, the quickest to make first.
    pub const ALL: [Self; 3] = [Self::Docker20, Self::DockerNewest, Self::Podman];

    /// A short name for folders, logs and the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docker20 => "docker20",
            Self::DockerNewest => "docker-newest",
            Self::Podman => "podman",
        }
    }

    /// The kind that has this [`name`](Self::name).
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
