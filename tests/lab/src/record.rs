//! What the run folder says about each thing that runs: enough to end it from any other process.
//!
//! Each thing has a folder in the run folder, with `record.json` in it. The folder is there before
//! anything is started, and goes last.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::cache::{remove, say};
use crate::error::{During, LabError};
use crate::kind::Kind;
use crate::net::Slot;
use crate::paths::{Paths, make_folder};
use crate::process::Recorded;
use crate::{podman, wait_until};

/// One thing that runs, or that a killed process left behind.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Record {
    /// The process that it is for; it ends with that process. `None`: it stays until `lab down`.
    pub owner: Option<Recorded>,
    /// What runs, in the order in which it is to be ended.
    pub processes: Vec<Recorded>,
    /// The daemon, if it is an engine; the only process of it that tests stop.
    pub daemon: Option<Recorded>,
    /// The kind, if it is an engine.
    pub kind: Option<Kind>,
    /// The network, if it is an engine.
    pub slot: Option<Slot>,
    /// The loopback port, if it is a registry.
    pub port: Option<u16>,
}

impl Record {
    /// A thing that belongs to this process (or is being started by it) and doesn't run yet.
    pub fn starting() -> Self {
        Self {
            owner: Recorded::this(),
            processes: Vec::new(),
            daemon: None,
            kind: None,
            slot: None,
            port: None,
        }
    }

    /// Reads the record in `folder`; `None` if there is none.
    pub fn read(folder: &Path) -> Result<Option<Self>, LabError> {
        let path = file(folder);
        match fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text)
                .map(Some)
                .map_err(|error| LabError::Record {
                    path,
                    why: error.to_string(),
                }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).during(|| format!("read {}", path.display())),
        }
    }

    /// Writes it to `folder`, which is made when missing. Readers see the old or the new one.
    pub fn write(&self, folder: &Path) -> Result<(), LabError> {
        make_folder(folder)?;
        let path = file(folder);
        let text = serde_json::to_string_pretty(self).map_err(|error| LabError::Record {
            path: path.clone(),
            why: error.to_string(),
        })?;
        let fresh = folder.join("record.new");
        fs::write(&fresh, text).during(|| format!("write {}", fresh.display()))?;
        fs::rename(&fresh, &path).during(|| format!("write {}", path.display()))
    }

    /// Whether all of it still runs; whether its daemon does is another question.
    pub fn alive(&self) -> bool {
        !self.processes.is_empty() && self.processes.iter().all(|process| process.alive())
    }

    /// Ends what runs and removes every trace of it.
    pub fn end(&self, paths: &Paths, folder: &Path) -> Result<(), LabError> {
        // A test may leave a paused container: what is frozen does not even end when it is killed.
        each_cgroup(folder, thaw);
        for process in &self.processes {
            process.kill()?;
        }
        if self.kind == Some(Kind::Podman)
            && let Some(slot) = self.slot
        {
            podman::remove_rules(paths, slot)?;
        }
        // Of the empty ones, one that can't be removed costs nothing.
        each_cgroup(folder, remove_cgroup);
        // The kernel takes the namespaces' mounts away a moment after their last process ended.
        let what = format!("{} to be removable", folder.display());
        wait_until(Duration::from_secs(20), &what, || remove(folder).ok())?;
        match self.slot {
            Some(slot) => slot.release(paths),
            None => Ok(()),
        }
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("record.json")
}

/// The cgroup that holds all containers of the Docker engine in `folder`.
pub(crate) fn cgroup(folder: &Path) -> String {
    let part = |path: Option<&Path>| {
        path.and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned())
    };
    let tree = part(folder.parent()).unwrap_or_default();
    format!(
        "slipway-lab-{tree}-{}",
        part(Some(folder)).unwrap_or_default()
    )
}

/// Does something with each cgroup that the engine in `folder` has made, if it is there.
fn each_cgroup(folder: &Path, work: fn(&Path)) {
    let podman = podman::containers(folder).into_iter().flat_map(|id| {
        ["libpod", "libpod-conmon"].map(|name| format!("libpod_parent/{name}-{id}"))
    });
    let groups: Vec<String> = std::iter::once(cgroup(folder)).chain(podman).collect();
    let Ok(entries) = fs::read_dir("/sys/fs/cgroup") else {
        return;
    };
    // Version 1 and the hybrid layout have a hierarchy for each controller, version 2 has one.
    let hierarchies = entries
        .flatten()
        .map(|entry| entry.path())
        .chain(std::iter::once(PathBuf::from("/sys/fs/cgroup")));
    for hierarchy in hierarchies {
        for group in &groups {
            work(&hierarchy.join(group));
        }
    }
}

/// Lets what is frozen in a cgroup and those below it go on.
fn thaw(path: &Path) {
    // Version 1, and version 2; a file that is not there belongs to the other.
    for (file, word) in [("freezer.state", "THAWED"), ("cgroup.freeze", "0")] {
        let file = path.join(file);
        if file.is_file() {
            let _ = fs::write(file, word);
        }
    }
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    for entry in entries {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            thaw(&entry.path());
        }
    }
}

fn remove_cgroup(path: &Path) {
    let Ok(entries) = fs::read_dir(path) else {
        return;
    };
    for entry in entries.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_cgroup(&entry.path());
        }
    }
    let _ = fs::remove_dir(path);
}

/// Every thing in the run folder, by folder.
pub(crate) fn all(paths: &Paths) -> Result<Vec<(PathBuf, Record)>, LabError> {
    let mut found = Vec::new();
    let entries = fs::read_dir(&paths.run).during(|| format!("list {}", paths.run.display()))?;
    for folder in entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
    {
        if let Some(record) = Record::read(&folder)? {
            found.push((folder, record));
        }
    }
    Ok(found)
}

/// Ends what killed processes left behind.
pub(crate) fn sweep(paths: &Paths) -> Result<(), LabError> {
    for (folder, record) in all(paths)? {
        if record.owner.is_some_and(|owner| !owner.alive()) {
            say(&format!(
                "removing {}, whose test was killed",
                folder.display()
            ));
            record.end(paths, &folder)?;
        }
    }
    Ok(())
}
