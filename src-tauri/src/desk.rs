//! The editor as it was left, on disk: what is open and not saved survives whatever ends the app.
//!
//! Each open file is a file of its own, so that a keystroke costs that one alone; a further file says
//! in which order they are open, and what else lies on the desk. Each is written beside its place and
//! renamed, and is on disk when that is answered. What cannot be read again is set aside, never lost.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::Serialize;
use serde::de::DeserializeOwned;
use slipway_action::redact;

use crate::disk;
use crate::hub::lock;
use crate::ipc::{Desk, Draft};

/// Files that may be open.
const OPEN: usize = 200;

/// The longest text of a draft, in bytes: a little more than the largest file that is opened, since
/// it grows while it is edited.
const LONGEST: usize = 16 << 20;

/// A longer file is none of the desk's: each byte of a text may take six in it.
const LONGEST_FILE: u64 = 7 * LONGEST as u64;

/// Files that are remembered after they were closed.
const RECENT: usize = 30;

/// The end of the name of what could not be read.
const ASIDE: &str = "broken";

/// Why something was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// The text is too long.
    #[error("The text is longer than {} MB.", LONGEST >> 20)]
    Long,
    /// Too much is open.
    #[error("More than {OPEN} files are open.")]
    Many,
    /// It cannot be written.
    #[error("The system says: {0}.")]
    Disk(#[from] io::Error),
    /// It cannot be put into words; a mistake of the app's own.
    #[error("{0}")]
    Words(#[from] serde_json::Error),
}

/// Where the desk is kept. Whoever changes it waits for the change before.
#[derive(Debug)]
pub struct DeskFolder {
    folder: PathBuf,
    turn: Mutex<()>,
}

impl DeskFolder {
    /// The desk in the folder `data`; nothing is read yet.
    pub fn new(data: &Path) -> DeskFolder {
        DeskFolder {
            folder: data.join("desk"),
            turn: Mutex::new(()),
        }
    }

    /// The desk as it was left.
    pub fn read(&self) -> Desk {
        let _turn = lock(&self.turn);
        let mut lost = Vec::new();
        let arranged: Desk = self
            .read_one(
                &self.arrangement(),
                "the order of your open files",
                &mut lost,
            )
            .unwrap_or_default();
        let mut drafts = self.drafts(&mut lost);
        // First those whose place is known, then those that were opened just before the end.
        let mut open: Vec<Draft> = arranged
            .open
            .into_iter()
            .filter_map(|known| match drafts.remove(&known.id) {
                Some(draft) => Some(draft),
                // It had no text of its own, so its file has all that there is.
                None => known.path.is_some().then_some(Draft {
                    text: None,
                    ..known
                }),
            })
            .collect();
        open.extend(drafts.into_values());
        Desk {
            front: arranged
                .front
                .filter(|front| open.iter().any(|draft| draft.id == *front)),
            open,
            lost,
            ..arranged
        }
    }

    /// Keeps an open file; it is on disk when this answers.
    ///
    /// # Errors
    /// When it is not.
    pub fn keep(&self, draft: &Draft) -> Result<(), NotKept> {
        if draft.text.as_ref().is_some_and(|text| text.len() > LONGEST) {
            return Err(NotKept::Long);
        }
        let _turn = lock(&self.turn);
        let path = self.draft(draft.id);
        if !path.exists() && self.ids()?.len() >= OPEN {
            return Err(NotKept::Many);
        }
        self.write(&path, draft)
    }

    /// Keeps the order, which file is in front, what was open lately and the build that is filled in.
    ///
    /// # Errors
    /// When it is not kept.
    pub fn arrange(&self, desk: Desk) -> Result<(), NotKept> {
        let _turn = lock(&self.turn);
        let mut desk = Desk {
            // Texts have files of their own, and secrets have none at all.
            open: desk
                .open
                .into_iter()
                .take(OPEN)
                .map(|draft| Draft {
                    text: None,
                    ..draft
                })
                .collect(),
            build: desk.build.as_ref().map(redact),
            lost: Vec::new(),
            ..desk
        };
        desk.recent.truncate(RECENT);
        self.write(&self.arrangement(), &desk)
    }

    /// Forgets a file that was closed.
    ///
    /// # Errors
    /// When it stays.
    pub fn forget(&self, id: u32) -> Result<(), NotKept> {
        let _turn = lock(&self.turn);
        match std::fs::remove_file(self.draft(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
        // It must not come back should the app end before the files are arranged anew.
        let arranged = disk::read(&self.arrangement(), LONGEST_FILE)
            .and_then(|bytes| Ok(serde_json::from_slice::<Desk>(&bytes)?));
        // One that cannot be read brings nothing back either; it is said when it is read next.
        if let Ok(mut arranged) = arranged {
            arranged.open.retain(|draft| draft.id != id);
            self.write(&self.arrangement(), &arranged)?;
        }
        Ok(())
    }

    fn arrangement(&self) -> PathBuf {
        self.folder.join("desk.json")
    }

    fn draft(&self, id: u32) -> PathBuf {
        self.folder.join(format!("draft-{id}.json"))
    }

    fn write(&self, path: &Path, value: &impl Serialize) -> Result<(), NotKept> {
        disk::make_private_folder(&self.folder)?;
        Ok(disk::keep(path, &serde_json::to_vec(value)?)?)
    }

    /// The ids of the drafts on disk.
    fn ids(&self) -> io::Result<Vec<u32>> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            // Nothing was ever kept.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut ids = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            let id: Option<u32> = name.to_str().and_then(|name| {
                let id = name.strip_prefix("draft-")?.strip_suffix(".json")?;
                id.parse().ok()
            });
            ids.extend(id);
        }
        Ok(ids)
    }

    fn drafts(&self, lost: &mut Vec<String>) -> BTreeMap<u32, Draft> {
        let ids = self.ids().unwrap_or_else(|error| {
            let folder = self.folder.display();
            lost.push(format!(
                "What was open cannot be read from {folder}: {error}."
            ));
            Vec::new()
        });
        let mut drafts = BTreeMap::new();
        for id in ids {
            let path = self.draft(id);
            let draft: Option<Draft> = self.read_one(&path, "an open file", lost);
            // A file that was copied by hand may say another id than its name.
            drafts.extend(draft.map(|draft| (id, Draft { id, ..draft })));
        }
        drafts
    }

    /// Reads a file of the desk. One that is not as this app writes it is set aside.
    fn read_one<T: DeserializeOwned>(
        &self,
        path: &Path,
        what: &str,
        lost: &mut Vec<String>,
    ) -> Option<T> {
        let read = match disk::read(path, LONGEST_FILE) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::from),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => Err(error),
        };
        read.inspect_err(|error| {
            tracing::warn!("{}: {error}", path.display());
            let aside = free_place(path);
            let kept = match std::fs::rename(path, &aside) {
                Ok(()) => aside,
                Err(_) => path.to_owned(),
            };
            lost.push(format!(
                "The note of {what} cannot be read. What it held is kept in {}.",
                kept.display()
            ));
        })
        .ok()
    }
}

/// A name beside `path` that nothing has.
fn free_place(path: &Path) -> PathBuf {
    let names = (1_u32..).map(|number| path.with_extension(format!("json.{ASIDE}-{number}")));
    let mut free = names.filter(|name| !name.exists());
    free.next().unwrap_or_else(|| path.with_extension(ASIDE))
}

#[cfg(test)]
#[path = "desk_tests.rs"]
mod tests;
