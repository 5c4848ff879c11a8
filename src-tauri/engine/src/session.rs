//! The one who keeps the connection: finds engines, uses the one that is meant or the first that
//! answers, watches it, and comes back to it when it was gone.
//!
//! An [`Engine`] is a value, and a task keeps its own: what was asked of one engine never lands on
//! another, whatever is chosen meanwhile. Whatever streams from an engine ends with the token that
//! [`Session::current`] gives out beside it.

mod keeper;
mod list;
mod own;
mod pause;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::connect::Engine;
use crate::find::OWN;
use crate::model::{Change, OwnEngine};
use crate::own::Own;
use crate::problem::{Code, Problem};
use crate::surroundings::Surroundings;

/// Changes that nobody has taken yet; beyond it the session waits, and the engine's events gather.
const WAITING: usize = 64;

/// What a session is started with.
#[derive(Debug, Clone)]
pub struct SessionConfig {
    /// Where engines are looked for.
    pub surroundings: Surroundings,
    /// The app's data folder; Slipway's own engine keeps its files in `engine` below it.
    pub data_dir: PathBuf,
    /// The engine that the user has chosen, by `EngineChoice::id`.
    pub chosen: Option<String>,
}

/// A running session. Clones are the same one; it ends when the last of them is dropped, or when its
/// changes are no longer taken.
#[derive(Debug, Clone)]
pub struct Session(Arc<Handles>);

#[derive(Debug)]
struct Handles {
    wish: watch::Sender<Wish>,
    current: Current,
    own: Arc<Own>,
    own_changed: Arc<Notify>,
}

/// What the user wants; the newest wish replaces the ones before.
#[derive(Debug, Clone, Default)]
struct Wish {
    /// Counts what was chosen.
    choices: u64,
    /// What was chosen last.
    chosen: Option<String>,
    /// Counts how often all engines were to be looked at again.
    looks: u64,
}

impl Session {
    /// Starts it. The first changes are the engines and the state of Slipway's own; the lists follow
    /// when one answers. Needs a running tokio runtime.
    pub fn start(config: SessionConfig) -> (Self, mpsc::Receiver<Change>) {
        let (changes, receiver) = mpsc::channel(WAITING);
        let (wish, wishes) = watch::channel(Wish {
            chosen: config.chosen.clone(),
            ..Wish::default()
        });
        let own = Arc::new(Own::new(&config.surroundings, &config.data_dir));
        let own_changed = Arc::new(Notify::new());
        let current = Current::default();
        tokio::spawn(own::follow(
            Arc::clone(&own),
            Arc::clone(&own_changed),
            wish.subscribe(),
            changes.clone(),
        ));
        let keeper = keeper::Keeper::new(
            config.surroundings,
            Arc::clone(&own),
            wishes,
            current.clone(),
            changes,
        );
        tokio::spawn(keeper.run());
        (
            Self(Arc::new(Handles {
                wish,
                current,
                own,
                own_changed,
            })),
            receiver,
        )
    }

    /// The engine in use, if it answers, and the token by which everything that streams from it ends.
    pub fn current(&self) -> Option<(Engine, CancellationToken)> {
        self.0.current.get()
    }

    /// Uses another engine; `None` takes a choice back, and what is used is sought as at a start
    /// without one. When this returns, the streams of the engine before are cancelled, and
    /// [`current`](Self::current) no longer gives it out.
    pub fn choose(&self, id: Option<&str>) {
        self.0.current.leave_for(id, || {
            self.0.wish.send_modify(|wish| {
                wish.choices += 1;
                wish.chosen = id.map(str::to_owned);
            });
        });
    }

    /// Looks at all engines again, those on other computers too, and connects at once where it waited.
    pub fn look_again(&self) {
        self.0.wish.send_modify(|wish| wish.looks += 1);
        self.0.own_changed.notify_one();
    }

    /// Starts Slipway's own engine, and chooses it if no engine is in use then; answers whether it did.
    /// Goes on if it is not waited for.
    ///
    /// # Errors
    /// Why it did not start.
    pub async fn start_own(&self) -> Result<bool, Problem> {
        let own = Arc::clone(&self.0.own);
        let changed = Arc::clone(&self.0.own_changed);
        let started = tokio::spawn(async move {
            changed.notify_one();
            let started = own.start().await;
            changed.notify_one();
            started
        });
        finish(started).await?;
        let alone = self.current().is_none();
        if alone {
            self.choose(Some(OWN));
        }
        Ok(alone)
    }

    /// Stops Slipway's own engine with what runs in it. Goes on if it is not waited for.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn stop_own(&self) -> Result<(), Problem> {
        let own = Arc::clone(&self.0.own);
        let changed = Arc::clone(&self.0.own_changed);
        let stopped = tokio::spawn(async move {
            let stopped = own.stop().await;
            changed.notify_one();
            stopped
        });
        finish(stopped).await
    }

    /// The end of the log of Slipway's own engine; empty when it has never run.
    pub async fn own_log(&self) -> String {
        self.0.own.log().await
    }

    /// How it stands with Slipway's own engine now.
    pub async fn own_state(&self) -> OwnEngine {
        self.0.own.state().await
    }
}

/// A task ends without an answer only when the runtime is shut down under it.
async fn finish(task: JoinHandle<Result<(), Problem>>) -> Result<(), Problem> {
    match task.await {
        Ok(ended) => ended,
        Err(error) => Err(Problem {
            code: Code::Other,
            what: "Slipway is ending".to_owned(),
            why: "What was under way was left.".to_owned(),
            todo: "Start Slipway again.".to_owned(),
            command: None,
            fixes: Vec::new(),
            detail: error.to_string(),
        }),
    }
}

/// The engine in use.
#[derive(Debug, Clone, Default)]
struct Current(Arc<Mutex<Option<(Engine, CancellationToken)>>>);

impl Current {
    fn lock(&self) -> MutexGuard<'_, Option<(Engine, CancellationToken)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self) -> Option<(Engine, CancellationToken)> {
        self.lock().clone()
    }

    /// Gives an engine out, unless `outdated`: asked under the same lock as `leave_for` takes, so that
    /// a choice made meanwhile is never overtaken by the engine from before.
    fn put(
        &self,
        engine: &Engine,
        cancel: &CancellationToken,
        outdated: impl FnOnce() -> bool,
    ) -> bool {
        let mut current = self.lock();
        if outdated() {
            return false;
        }
        *current = Some((engine.clone(), cancel.clone()));
        true
    }

    /// Takes back any engine but the one with this id, after `wish` has been made known.
    fn leave_for(&self, id: Option<&str>, wish: impl FnOnce()) {
        let mut current = self.lock();
        wish();
        if let Some((_, cancel)) = current.take_if(|(engine, _)| Some(engine.id()) != id) {
            cancel.cancel();
        }
    }

    /// Takes back the engine that was given out with this token, if it still is.
    fn end(&self, cancel: &CancellationToken) {
        cancel.cancel();
        let mut current = self.lock();
        current.take_if(|(_, given)| given.is_cancelled());
    }
}
