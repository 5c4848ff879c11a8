//! The builds: those that are under way, and the history of those that were.

mod find;
mod image;
mod kept;
mod log;
mod record;
mod report;
mod stream;
mod text;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use slipway_action::Shell;
use slipway_engine::build::Told;
use slipway_engine::model::Task;
use tokio::sync::watch;

pub use find::find;
pub use record::Record;
pub use report::BuildReport;
pub use stream::{BuildPiece, BuildReader, BuildsReader};
pub use text::{clipboard, write_all};

use crate::hub::lock;
use crate::ipc::{BuildState, BuildSummary, BuildsNews};

/// Builds that are remembered; the page says how many (`builds.about` in ui/src/text/en/build.ts).
const KEPT: usize = 100;

/// What they may take of the disk together, in bytes.
const BYTES: u64 = 500 << 20;

/// Ended builds whose steps and places of lines stay in memory.
const OPEN: usize = 4;

/// Builds that are gone, for the readers that have not heard of it yet.
const GONE: usize = 1_000;

/// All builds.
#[derive(Debug)]
pub struct Builds {
    folder: PathBuf,
    inner: Mutex<Inner>,
    /// The number of the last change; 0 before the history was read.
    changed: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Inner {
    last: u64,
    /// The history was read.
    is_read: bool,
    known: BTreeMap<u64, Known>,
    gone: VecDeque<(u64, u64)>,
    running: BTreeMap<u64, Arc<Record>>,
    open: VecDeque<(u64, Arc<Record>)>,
}

/// A line of the history.
#[derive(Debug)]
struct Known {
    summary: BuildSummary,
    changed: u64,
    bytes: u64,
}

impl Builds {
    /// The builds in the folder `data`, of which none is read yet.
    pub fn new(data: &Path) -> Builds {
        Builds {
            folder: data.join("builds"),
            inner: Mutex::default(),
            changed: watch::Sender::new(0),
        }
    }

    /// The highest id that a build of an earlier run has; 0 when there is none.
    pub fn last_id(&self) -> u64 {
        self.ids().into_iter().max().unwrap_or_default()
    }

    /// Reads the history, with its commands quoted for `shell`. What cannot be read is left out, and
    /// stays where it is.
    pub fn read_history(&self, shell: Shell) {
        let mut read = BTreeMap::new();
        for id in self.ids() {
            let folder = self.place(id);
            match kept::read(&folder) {
                Ok(kept) if kept.summary.id == id => {
                    let command = kept.summary.action.render(shell);
                    let summary = BuildSummary {
                        command,
                        ..kept.summary
                    };
                    read.insert(id, (summary, size_of(&folder)));
                }
                Ok(_) => tracing::warn!("{}: it is another build’s", folder.display()),
                Err(error) => tracing::warn!("{}: {error}", folder.display()),
            }
        }
        self.change(|inner| {
            inner.is_read = true;
            for (id, (summary, bytes)) in read {
                let changed = inner.last;
                // One that was begun meanwhile knows better.
                inner.known.entry(id).or_insert(Known {
                    summary,
                    changed,
                    bytes,
                });
            }
        });
        self.forget_old();
    }

    /// A build that is to be done by this task; nothing is written before it begins.
    pub fn add(&self, task: &Task, folder: &Path, secrets: Vec<String>) -> Arc<Record> {
        let summary = BuildSummary {
            id: task.id,
            engine: task.engine.clone(),
            action: task.action.clone(),
            command: task.command.clone(),
            folder: folder.display().to_string(),
            way: None,
            way_why: String::new(),
            state: BuildState::Running,
            began: task.started,
            ended: None,
            steps: 0,
            done: 0,
            cached: 0,
            at: None,
            image: None,
            size: None,
            size_before: None,
            layers: None,
            problem: None,
            line: None,
        };
        let record = Arc::new(Record::new(&self.place(task.id), summary, secrets));
        lock(&self.inner)
            .running
            .insert(task.id, Arc::clone(&record));
        self.publish(&record);
        record
    }

    /// Takes in what a build tells.
    pub fn tell(&self, record: &Record, told: Told<'_>) {
        if record.tell(told) {
            self.publish(record);
        }
    }

    /// Tells the line of a build as it is now.
    pub fn publish(&self, record: &Record) {
        let summary = record.summary();
        self.change(|inner| {
            let changed = inner.last;
            let bytes = inner.known.get(&summary.id).map_or(0, |known| known.bytes);
            inner.known.insert(
                summary.id,
                Known {
                    summary,
                    changed,
                    bytes,
                },
            );
        });
    }

    /// A build has ended, and all of it is written: it is history now.
    pub fn ended(&self, record: &Arc<Record>) {
        let id = record.id();
        let bytes = size_of(&self.place(id));
        self.publish(record);
        {
            let mut inner = lock(&self.inner);
            inner.running.remove(&id);
            inner.keep_open(id, Arc::clone(record));
            if let Some(known) = inner.known.get_mut(&id) {
                known.bytes = bytes;
            }
        }
        self.forget_old();
    }

    /// A build, read from disk where it is not in memory.
    ///
    /// # Errors
    /// When it is not known, or cannot be read.
    pub fn get(&self, id: u64) -> io::Result<Arc<Record>> {
        {
            let inner = lock(&self.inner);
            let open = inner.open.iter().find(|(open, _)| *open == id);
            let found = inner.running.get(&id).or(open.map(|(_, record)| record));
            if let Some(record) = found {
                return Ok(Arc::clone(record));
            }
            if !inner.known.contains_key(&id) {
                return Err(io::ErrorKind::NotFound.into());
            }
        }
        let record = Arc::new(Record::load(&self.place(id))?);
        let mut inner = lock(&self.inner);
        if let Some(known) = inner.known.get(&id) {
            let command = known.summary.command.clone();
            record.change_summary(|summary| summary.command = command);
        }
        inner.keep_open(id, Arc::clone(&record));
        Ok(record)
    }

    /// Forgets builds that have ended, here and on disk.
    ///
    /// # Errors
    /// The first failure; what could be forgotten is.
    pub fn forget(&self, ids: &[u64]) -> io::Result<()> {
        let mut first = Ok(());
        for id in ids {
            let is_ended = lock(&self.inner).is_ended(*id);
            if !is_ended {
                continue;
            }
            match std::fs::remove_dir_all(self.place(*id)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    if first.is_ok() {
                        first = Err(error);
                    }
                }
                Ok(()) | Err(_) => self.change(|inner| {
                    inner.known.remove(id);
                    inner.open.retain(|(open, _)| open != id);
                    inner.gone.push_back((*id, inner.last));
                    if inner.gone.len() > GONE {
                        inner.gone.pop_front();
                    }
                }),
            }
        }
        first
    }

    /// The number of the last change, as it goes on.
    fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// What has changed since the change `seen`, or all; and the number of the last change in it.
    fn news(&self, seen: Option<u64>) -> (BuildsNews, u64) {
        let inner = lock(&self.inner);
        let told = |last: &u64| seen.is_some_and(|seen| *last <= seen);
        let changed = inner.known.values().filter(|known| !told(&known.changed));
        // Who slept longer than what is gone is remembered must hear it all.
        let reset = match (seen, inner.gone.front()) {
            (None, _) => true,
            (Some(seen), Some((_, first))) => inner.gone.len() == GONE && seen < *first,
            (Some(_), None) => false,
        };
        let news = if reset {
            BuildsNews {
                reset,
                changed: inner
                    .known
                    .values()
                    .map(|known| known.summary.clone())
                    .collect(),
                removed: Vec::new(),
            }
        } else {
            let gone = inner.gone.iter().filter(|(_, last)| !told(last));
            BuildsNews {
                reset,
                changed: changed.map(|known| known.summary.clone()).collect(),
                removed: gone.map(|(id, _)| *id).collect(),
            }
        };
        (news, inner.last)
    }

    fn change(&self, change: impl FnOnce(&mut Inner)) {
        let mut inner = lock(&self.inner);
        inner.last += 1;
        change(&mut inner);
        // A build that begins before the history was read must not stand for all of it.
        if inner.is_read {
            self.changed.send_replace(inner.last);
        }
    }

    /// Forgets the oldest, as many as are too many.
    fn forget_old(&self) {
        let ids = lock(&self.inner).too_many();
        if let Err(error) = self.forget(&ids) {
            tracing::warn!("{}: {error}", self.folder.display());
        }
    }

    fn place(&self, id: u64) -> PathBuf {
        self.folder.join(id.to_string())
    }

    /// The ids of the builds on disk.
    fn ids(&self) -> Vec<u64> {
        let Ok(entries) = std::fs::read_dir(&self.folder) else {
            // There is none before the first build.
            return Vec::new();
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        names.filter_map(|name| name.parse().ok()).collect()
    }
}

impl Inner {
    fn keep_open(&mut self, id: u64, record: Arc<Record>) {
        self.open.retain(|(open, _)| *open != id);
        self.open.push_back((id, record));
        if self.open.len() > OPEN {
            self.open.pop_front();
        }
    }

    fn is_ended(&self, id: u64) -> bool {
        let known = self.known.get(&id);
        known.is_some_and(|known| known.summary.state != BuildState::Running)
            && !self.running.contains_key(&id)
    }

    /// The oldest ended builds that are over the bounds.
    fn too_many(&self) -> Vec<u64> {
        let mut count = self.known.len();
        let mut bytes: u64 = self.known.values().map(|known| known.bytes).sum();
        let mut many = Vec::new();
        for (id, known) in &self.known {
            if count <= KEPT && bytes <= BYTES {
                break;
            }
            if self.is_ended(*id) {
                many.push(*id);
                count -= 1;
                bytes -= known.bytes;
            }
        }
        many
    }
}

/// What a build's folder takes of the disk, in bytes.
fn size_of(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let sizes = entries.filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len()));
    sizes.sum()
}

#[cfg(test)]
mod tests;
