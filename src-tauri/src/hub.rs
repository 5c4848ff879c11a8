//! What the page should know: the whole of it, and for each open stream what that stream has not
//! told the page yet.
//!
//! A change that is overtaken by a newer one before the page has asked is never sent, so a slow page
//! costs at most as much memory as the lists themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use slipway_engine::model::{Change, ContainerRow, EngineChoice, ImageRow, OwnEngine, Task};
use tokio::sync::Notify;

/// Rows in one piece at most: about 200 KiB of JSON, so that the first rows are painted early.
const ROWS_PER_PIECE: usize = 500;

/// Tasks in one piece at most. The trail of earlier runs is long, and the lists come first.
const TASKS_PER_PIECE: usize = 100;

/// Ended tasks that are remembered.
const TASKS_KEPT: usize = crate::trail::KEPT;

/// The rows of one list that are new, changed or gone.
#[derive(Debug, Clone)]
struct Rows<R> {
    reset: bool,
    changed: BTreeMap<String, R>,
    removed: BTreeSet<String>,
}

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Rows {
            reset: false,
            changed: BTreeMap::new(),
            removed: BTreeSet::new(),
        }
    }
}

impl<R: Clone> Rows<R> {
    fn apply(&mut self, reset: bool, changed: &[R], removed: &[String], id: fn(&R) -> &String) {
        if reset {
            *self = Rows {
                reset: true,
                ..Rows::default()
            };
        }
        for gone in removed {
            self.changed.remove(gone);
            // After a reset nothing is known that could be gone.
            if !self.reset {
                self.removed.insert(gone.clone());
            }
        }
        for row in changed {
            self.removed.remove(id(row));
            self.changed.insert(id(row).clone(), row.clone());
        }
    }

    /// Takes up to `ROWS_PER_PIECE` rows out; the flag says whether anything is left.
    fn take(&mut self) -> (Rows<R>, bool) {
        let rest = match self.changed.keys().nth(ROWS_PER_PIECE).cloned() {
            Some(key) => self.changed.split_off(&key),
            None => BTreeMap::new(),
        };
        let left = !rest.is_empty();
        let piece = std::mem::take(self);
        self.changed = rest;
        (piece, left)
    }
}

/// Changes folded together: each thing once, as it is now.
#[derive(Debug, Clone, Default)]
struct Fold {
    /// The engine that the lists are of.
    of: Option<String>,
    engines: Option<(Vec<EngineChoice>, Option<String>)>,
    own: Option<OwnEngine>,
    containers: Option<Rows<ContainerRow>>,
    images: Option<Rows<ImageRow>>,
    tasks: BTreeMap<u64, Task>,
}

impl Fold {
    fn apply(&mut self, change: &Change) {
        match change {
            Change::Engines { engines, current } => {
                // The lists of another engine say nothing of this one.
                if self.of != *current {
                    self.of.clone_from(current);
                    self.containers = None;
                    self.images = None;
                }
                self.engines = Some((engines.clone(), current.clone()));
            }
            Change::OwnEngine { own } => self.own = Some(own.clone()),
            Change::Containers {
                reset,
                changed,
                removed,
            } => self
                .containers
                .get_or_insert_default()
                .apply(*reset, changed, removed, |row| &row.id),
            Change::Images {
                reset,
                changed,
                removed,
            } => {
                self.images
                    .get_or_insert_default()
                    .apply(*reset, changed, removed, |row| &row.id);
            }
            Change::Task { task } => {
                self.tasks.insert(task.id, task.clone());
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.engines.is_none()
            && self.own.is_none()
            && self.containers.is_none()
            && self.images.is_none()
            && self.tasks.is_empty()
    }

    /// The next piece for the page: everything small, and as many rows as fit.
    fn take(&mut self) -> Vec<Change> {
        let mut piece = Vec::new();
        if let Some((engines, current)) = self.engines.take() {
            piece.push(Change::Engines { engines, current });
        }
        if let Some(own) = self.own.take() {
            piece.push(Change::OwnEngine { own });
        }
        piece.extend(
            self.newest_tasks()
                .into_values()
                .map(|task| Change::Task { task }),
        );
        if let Some(mut rows) = self.containers.take() {
            let (
                Rows {
                    reset,
                    changed,
                    removed,
                },
                left,
            ) = rows.take();
            self.containers = left.then_some(rows);
            piece.push(Change::Containers {
                reset,
                changed: changed.into_values().collect(),
                removed: removed.into_iter().collect(),
            });
        }
        if let Some(mut rows) = self.images.take() {
            let (
                Rows {
                    reset,
                    changed,
                    removed,
                },
                left,
            ) = rows.take();
            self.images = left.then_some(rows);
            piece.push(Change::Images {
                reset,
                changed: changed.into_values().collect(),
                removed: removed.into_iter().collect(),
            });
        }
        piece
    }

    /// Takes up to `TASKS_PER_PIECE` tasks out, the newest.
    fn newest_tasks(&mut self) -> BTreeMap<u64, Task> {
        let before = self.tasks.len().saturating_sub(TASKS_PER_PIECE);
        match self.tasks.keys().nth(before).copied() {
            Some(first) => self.tasks.split_off(&first),
            None => BTreeMap::new(),
        }
    }

    fn forget_old_tasks(&mut self) {
        while self.tasks.len() > TASKS_KEPT {
            let oldest_ended = self
                .tasks
                .iter()
                .find(|(_, task)| task.state.is_ended())
                .map(|(id, _)| *id);
            match oldest_ended {
                Some(id) => self.tasks.remove(&id),
                None => break,
            };
        }
    }
}

/// One page's view of the changes.
#[derive(Debug)]
pub struct Subscription {
    pending: Mutex<Fold>,
    arrived: Notify,
}

impl Subscription {
    /// Waits until something has changed, and says what, in one piece.
    pub async fn next(&self) -> Vec<Change> {
        loop {
            {
                let mut pending = lock(&self.pending);
                if !pending.is_empty() {
                    return pending.take();
                }
            }
            // `notify_one` leaves a permit when nobody waits yet, so no change is slept over.
            self.arrived.notified().await;
        }
    }
}

/// The lists of the engine in use, by id.
#[derive(Debug)]
pub struct Lists<'a> {
    /// The containers.
    pub containers: Vec<&'a ContainerRow>,
    /// The images.
    pub images: Vec<&'a ImageRow>,
}

#[derive(Debug, Default)]
struct Inner {
    known: Fold,
    subscriptions: HashMap<u32, Arc<Subscription>>,
}

/// Takes changes in, and hands them to every open stream.
#[derive(Debug, Default)]
pub struct Hub {
    inner: Mutex<Inner>,
}

impl Hub {
    /// Takes a change in.
    pub fn publish(&self, change: &Change) {
        let mut inner = lock(&self.inner);
        inner.known.apply(change);
        inner.known.forget_old_tasks();
        for subscription in inner.subscriptions.values() {
            lock(&subscription.pending).apply(change);
            subscription.arrived.notify_one();
        }
    }

    /// Forgets the tasks that have ended; answers the others.
    pub fn forget_ended_tasks(&self) -> Vec<Task> {
        let mut inner = lock(&self.inner);
        let under_way = |_: &u64, task: &mut Task| !task.state.is_ended();
        inner.known.tasks.retain(under_way);
        for subscription in inner.subscriptions.values() {
            lock(&subscription.pending).tasks.retain(under_way);
        }
        inner.known.tasks.values().cloned().collect()
    }

    /// All tasks that are remembered, oldest first.
    pub fn tasks(&self) -> Vec<Task> {
        lock(&self.inner).known.tasks.values().cloned().collect()
    }

    /// The engines that the app knows of, and the one in use.
    pub fn engines(&self) -> (Vec<EngineChoice>, Option<String>) {
        lock(&self.inner).known.engines.clone().unwrap_or_default()
    }

    /// Looks at the lists of the engine in use.
    pub fn with_lists<A>(&self, look: impl FnOnce(&Lists<'_>) -> A) -> A {
        let inner = lock(&self.inner);
        let known = &inner.known;
        look(&Lists {
            containers: known
                .containers
                .iter()
                .flat_map(|rows| rows.changed.values())
                .collect(),
            images: known
                .images
                .iter()
                .flat_map(|rows| rows.changed.values())
                .collect(),
        })
    }

    /// Opens a view for the stream `id`; it begins with all that is known.
    pub fn subscribe(&self, id: u32) -> Arc<Subscription> {
        let mut inner = lock(&self.inner);
        let subscription = Arc::new(Subscription {
            pending: Mutex::new(inner.known.clone()),
            arrived: Notify::new(),
        });
        inner.subscriptions.insert(id, Arc::clone(&subscription));
        subscription
    }

    /// Closes the view of the stream `id`.
    pub fn unsubscribe(&self, id: u32) {
        lock(&self.inner).subscriptions.remove(&id);
    }
}

/// A poisoned lock still holds whole data: every change is applied in one step.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "hub_tests.rs"]
mod tests;
