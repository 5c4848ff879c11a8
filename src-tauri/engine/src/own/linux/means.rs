//! What this computer has to make an engine from.

use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tokio::process::Command;

use super::place::Place;
use super::{bridge, config};
use crate::surroundings::Surroundings;

/// What the session's own folders are called where an engine looks for them.
const RUNTIME_DIR: &str = "XDG_RUNTIME_DIR";

/// A kind of engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Dockerd,
    RootlessDockerd,
    Podman,
}

/// A program that makes an engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Means {
    kind: Kind,
    program: PathBuf,
}

impl Kind {
    /// What people read.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Dockerd => "dockerd",
            Self::RootlessDockerd => "rootless dockerd",
            Self::Podman => "podman",
        }
    }

    /// The command that stops the containers, for an engine that leaves them running when it ends.
    pub(super) fn stop_all(self, surroundings: &Surroundings, place: &Place) -> Option<Command> {
        match self {
            Self::Dockerd | Self::RootlessDockerd => None,
            Self::Podman => {
                let means = Means {
                    kind: self,
                    program: surroundings.program("podman")?,
                };
                let mut command = means.podman(surroundings, place);
                command.args(["stop", "--all", "--time", "10"]);
                command.stdin(std::process::Stdio::null());
                command
                    .stdout(std::process::Stdio::null())
                    .stderr(std::process::Stdio::null());
                Some(command)
            }
        }
    }
}

impl Means {
    /// The best that is here: Docker before Podman, since it is what the lessons speak of.
    pub(super) fn find(surroundings: &Surroundings) -> Option<Self> {
        let with = |kind: Kind, name: &str| {
            surroundings
                .program(name)
                .map(|program| Self { kind, program })
        };
        let docker = if surroundings.is_root() {
            with(Kind::Dockerd, "dockerd")
        } else if can_be_rootless(surroundings) {
            with(Kind::RootlessDockerd, "dockerd-rootless.sh")
        } else {
            None
        };
        docker.or_else(|| with(Kind::Podman, "podman"))
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    pub(super) fn words(&self) -> &'static str {
        self.kind.words()
    }

    /// The command that runs it in the foreground. It gets a session of its own, so that no end of a
    /// terminal or of the app takes it along; `setsid` keeps the pid, since a fresh child leads no group.
    pub(super) fn command(
        &self,
        surroundings: &Surroundings,
        place: &Place,
    ) -> io::Result<Command> {
        let mut words = vec![self.program.clone().into_os_string()];
        match self.kind {
            Kind::Dockerd | Kind::RootlessDockerd => {
                let bridge = match self.kind {
                    Kind::Dockerd => bridge::make(surroundings, &place.bridge()),
                    // It has a network of its own, with Docker's usual bridge in it.
                    Kind::RootlessDockerd | Kind::Podman => None,
                };
                config::write(place, bridge.as_deref())?;
                // All else is in that file: dockerd-rootless.sh splits its words at spaces.
                words.push(format!("--config-file={}", place.config().display()).into());
            }
            Kind::Podman => {
                words.extend(podman_folders(place));
                words.extend(["system", "service", "--time=0"].map(Into::into));
                words.push(format!("unix://{}", place.socket().display()).into());
            }
        }
        let mut command = match surroundings.program("setsid") {
            Some(setsid) => {
                let mut command = super::command(surroundings, &setsid);
                command.args(words);
                command
            }
            None => {
                let mut command = super::command(surroundings, &self.program);
                command.args(&words[1..]).process_group(0);
                command
            }
        };
        self.environment(&mut command, surroundings, place);
        Ok(command)
    }

    fn podman(&self, surroundings: &Surroundings, place: &Place) -> Command {
        let mut command = super::command(surroundings, &self.program);
        command.args(podman_folders(place));
        command
    }

    fn environment(&self, command: &mut Command, surroundings: &Surroundings, place: &Place) {
        // dockerd and rootlesskit call iptables, newuidmap and others by name, and a desktop's PATH
        // leaves out the folders that hold some of them.
        let usual = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        let path = match surroundings.var("PATH") {
            Some(path) => format!("{path}:{usual}"),
            None => usual.to_owned(),
        };
        command.env("PATH", path);
        if self.kind == Kind::RootlessDockerd {
            // rootlesskit and dockerd keep their state there; the user's own rootless Docker may use
            // the usual one. The session's bus, by which limits are asked for, stays where it is.
            command.env(RUNTIME_DIR, place.runtime());
            let bus = surroundings.runtime_dir.as_ref().map(|dir| dir.join("bus"));
            if let Some(bus) = bus.filter(|bus| bus.exists())
                && surroundings.var("DBUS_SESSION_BUS_ADDRESS").is_none()
            {
                command.env(
                    "DBUS_SESSION_BUS_ADDRESS",
                    format!("unix:path={}", bus.display()),
                );
            }
            if let Some(home) = &surroundings.home {
                command.env("HOME", home);
            }
        }
    }
}

/// Podman's data and state, private like those of the others.
fn podman_folders(place: &Place) -> [std::ffi::OsString; 4] {
    [
        "--root".into(),
        place.data().join("podman").into_os_string(),
        "--runroot".into(),
        place.runtime().join("podman").into_os_string(),
    ]
}

/// Whether what `dockerd-rootless.sh` needs is here: the maps of user ids and a network of its own.
fn can_be_rootless(surroundings: &Surroundings) -> bool {
    let has = |name: &str| surroundings.program(name).is_some();
    has("dockerd")
        && has("newuidmap")
        && (has("rootlesskit") || has("docker-rootlesskit"))
        && (has("slirp4netns") || has("vpnkit") || has("pasta"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const ROOTLESS: &[&str] = &[
        "dockerd",
        "dockerd-rootless.sh",
        "newuidmap",
        "rootlesskit",
        "slirp4netns",
    ];

    #[test]
    fn what_is_here_decides_what_runs() {
        let rows: &[(u32, &[&str], Option<Kind>)] = &[
            (0, &["dockerd", "podman"], Some(Kind::Dockerd)),
            (0, &["podman"], Some(Kind::Podman)),
            (0, &[], None),
            (1000, ROOTLESS, Some(Kind::RootlessDockerd)),
            (1000, &["dockerd", "dockerd-rootless.sh"], None),
            (1000, &["dockerd", "podman"], Some(Kind::Podman)),
            (1000, &["dockerd"], None),
        ];
        for (uid, programs, kind) in rows {
            let root = tempfile::tempdir().unwrap();
            let bin = root.path().join("usr/bin");
            std::fs::create_dir_all(&bin).unwrap();
            for program in *programs {
                let path = bin.join(program);
                std::fs::write(&path, "").unwrap();
                std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
            }
            let surroundings = Surroundings {
                uid: Some(*uid),
                root: root.path().to_owned(),
                ..Surroundings::default()
            };
            let found = Means::find(&surroundings).map(|means| means.kind());
            assert_eq!(found, *kind, "uid {uid} with {programs:?}");
        }
    }
}
