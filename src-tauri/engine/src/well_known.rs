//! The sockets that engines are known to make.

use std::fs;
use std::path::{Path, PathBuf};

use crate::endpoint::Endpoint;
use crate::surroundings::Surroundings;

/// A socket or pipe that an engine is known to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Socket {
    /// Whose it is, for people.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) endpoint: Endpoint,
}

impl Socket {
    /// Whether something is there. Links whose goal is gone count: their engine is installed, and does
    /// not run.
    fn exists(&self) -> bool {
        matches!(&self.endpoint, Endpoint::Unix(path) if path.symlink_metadata().is_ok())
    }

    /// The path or the pipe's name alone.
    pub(crate) fn place(&self) -> String {
        let address = self.endpoint.to_string();
        address
            .split_once("://")
            .map_or(address.clone(), |(_, place)| place.to_owned())
    }
}

/// Those that are here, and the one at the place `keep`: an engine in use stays in the list while it
/// is stopped. Docker's own is there always: it is what “the engine” means on a computer that has none
/// yet, and asking it tells what is missing.
pub(crate) fn sockets(surroundings: &Surroundings, keep: Option<&str>) -> Vec<Socket> {
    if cfg!(windows) {
        pipes()
    } else {
        unix(surroundings, keep)
    }
}

fn unix(surroundings: &Surroundings, keep: Option<&str>) -> Vec<Socket> {
    let docker = surroundings.at("/var/run/docker.sock");
    let mut found = vec![socket("Docker", docker)];
    let mut known = |name: &str, path: PathBuf| {
        let socket = socket(name, path);
        if socket.exists() || keep == Some(socket.place().as_str()) {
            found.push(socket);
        }
    };
    let runtime_dirs = runtime_dirs(surroundings);
    if let Some(home) = &surroundings.home {
        known("Docker Desktop", home.join(".docker/desktop/docker.sock"));
        known("Docker Desktop", home.join(".docker/run/docker.sock"));
    }
    for dir in &runtime_dirs {
        known("Docker (rootless)", dir.join("docker.sock"));
    }
    for dir in &runtime_dirs {
        known("Podman", dir.join("podman/podman.sock"));
    }
    known("Podman (root)", surroundings.at("/run/podman/podman.sock"));
    if let Some(home) = &surroundings.home {
        known(
            "Podman",
            home.join(".local/share/containers/podman/machine/podman.sock"),
        );
        for (profile, path) in colima(surroundings, home) {
            let name = if profile == "default" {
                "Colima".to_owned()
            } else {
                format!("Colima ({profile})")
            };
            known(&name, path);
        }
        known("OrbStack", home.join(".orbstack/run/docker.sock"));
        known("Rancher Desktop", home.join(".rd/docker.sock"));
    }
    found
}

fn socket(name: &str, path: PathBuf) -> Socket {
    Socket {
        name: name.to_owned(),
        endpoint: Endpoint::Unix(path),
    }
}

/// A program that was not started from a login may miss the variable, and the folder is there.
fn runtime_dirs(surroundings: &Surroundings) -> Vec<PathBuf> {
    let by_uid = surroundings
        .uid
        .map(|uid| surroundings.at(&format!("/run/user/{uid}")));
    surroundings
        .runtime_dir
        .iter()
        .cloned()
        .chain(by_uid)
        .collect()
}

/// Colima keeps a folder for each of its profiles.
fn colima(surroundings: &Surroundings, home: &Path) -> Vec<(String, PathBuf)> {
    let set = surroundings.var("COLIMA_HOME").map(PathBuf::from);
    let usual = [home.join(".colima"), home.join(".config/colima")];
    let mut found: Vec<(String, PathBuf)> = set
        .into_iter()
        .chain(usual)
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flat_map(|profiles| profiles.flatten())
        .filter_map(|profile| {
            let name = profile.file_name().into_string().ok()?;
            Some((name, profile.path().join("docker.sock")))
        })
        .collect();
    found.sort();
    found
}

/// Pipes have no files that could be looked for without opening them; those that nobody made answer
/// “not found” at once.
fn pipes() -> Vec<Socket> {
    let pipe = |name: &str, pipe: &str| Socket {
        name: name.to_owned(),
        endpoint: Endpoint::Pipe(format!("\\\\.\\pipe\\{pipe}")),
    };
    vec![
        pipe("Docker", "docker_engine"),
        pipe("Docker Desktop", "dockerDesktopLinuxEngine"),
        pipe("Podman", "podman-machine-default"),
    ]
}
