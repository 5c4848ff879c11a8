//! The task behind a session: seeks an engine, stays with it, seeks again.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::list::List;
use super::{Current, Wish, pause};
use crate::connect::Engine;
use crate::endpoint::Endpoint;
use crate::find::{self, Candidate, OWN};
use crate::model::{Change, EngineState};
use crate::own::{self, Own};
use crate::problem::{Code, Problem};
use crate::surroundings::Surroundings;
use crate::watch::{WatchEvent, watch};

/// How many engines are looked at in one go.
const LOOKS_AT_ONCE: usize = 4;
/// An engine that stayed so long has come back for good: the next pause is short again.
const STEADY: Duration = Duration::from_secs(5);

/// The task's state.
pub(super) struct Keeper {
    surroundings: Arc<Surroundings>,
    own: Arc<Own>,
    wishes: watch::Receiver<Wish>,
    /// The wish as it was last heeded.
    heeded: Wish,
    current: Current,
    changes: mpsc::Sender<Change>,
    list: List,
    /// The engine whose lists the page shows.
    shown: Option<String>,
    /// Failures in a row to connect to the engine that is meant.
    tries: u32,
    /// The engines that are to be looked at when the list is next found.
    due: Option<Reach>,
    looks: Looks,
}

/// Which engines are looked at.
#[derive(Clone, Copy)]
enum Reach {
    /// Sockets and pipes of this computer.
    Near,
    /// All: only when the user wants it, since ssh may ask for a touch on a key.
    Far,
}

/// Looks at engines that are not in use.
struct Looks {
    sender: mpsc::Sender<Looked>,
    receiver: mpsc::Receiver<Looked>,
    under_way: HashSet<String>,
    at_once: Arc<Semaphore>,
}

struct Looked {
    id: String,
    endpoint: Endpoint,
    state: EngineState,
}

/// The session is over: nobody holds it, or nobody takes its changes.
struct Ended;

/// What seeking led to.
enum Sought {
    Engine(Box<Engine>),
    /// Something else is wanted.
    Wish,
}

impl Keeper {
    pub(super) fn new(
        surroundings: Surroundings,
        own: Arc<Own>,
        wishes: watch::Receiver<Wish>,
        current: Current,
        changes: mpsc::Sender<Change>,
    ) -> Self {
        let (sender, receiver) = mpsc::channel(LOOKS_AT_ONCE);
        let looks = Looks {
            sender,
            receiver,
            under_way: HashSet::new(),
            at_once: Arc::new(Semaphore::new(LOOKS_AT_ONCE)),
        };
        let heeded = wishes.borrow().clone();
        Self {
            surroundings: Arc::new(surroundings),
            own,
            heeded,
            wishes,
            current,
            changes,
            list: List::default(),
            shown: None,
            tries: 0,
            due: Some(Reach::Near),
            looks,
        }
    }

    pub(super) async fn run(mut self) {
        // However it ends, nothing may go on streaming.
        let ended = self.keep().await;
        if let Some((_, cancel)) = self.current.get() {
            self.current.end(&cancel);
        }
        match ended {
            Err(Ended) => tracing::debug!("the session has ended"),
            Ok(never) => match never {},
        }
    }

    async fn keep(&mut self) -> Result<std::convert::Infallible, Ended> {
        self.find(self.heeded.chosen.clone()).await;
        self.list.aim(self.list.found().meant.clone());
        loop {
            match self.seek().await? {
                Sought::Engine(engine) => self.stay_with(*engine).await?,
                Sought::Wish => self.heed(),
            }
        }
    }

    /// Tries to connect until something answers or something else is wanted.
    async fn seek(&mut self) -> Result<Sought, Ended> {
        let mut round = 0;
        loop {
            self.find(self.list.target().map(str::to_owned)).await;
            if self.list.target().is_none() {
                // A choice that was taken back leaves what the environment means. That it answered when it was
                // looked at does not make it the one in use yet.
                let meant = self.list.found().meant.clone();
                if let Some(id) = &meant {
                    self.list.set(id, EngineState::Unknown);
                }
                self.list.aim(meant);
            }
            self.look_at_others();
            self.tell().await?;
            for candidate in self.next_candidates(round == 0) {
                if let Some(sought) = self.try_one(candidate).await? {
                    return Ok(sought);
                }
            }
            round += 1;
            if self.pause().await? {
                return Ok(Sought::Wish);
            }
        }
    }

    /// The engine that is meant and no other; where none is, all that may be asked without being told
    /// to: sockets of this computer, and once the docker CLI's current context.
    fn next_candidates(&mut self, first: bool) -> Vec<Candidate> {
        if let Some(id) = self.list.target() {
            if let Some(candidate) = self.list.candidate(id) {
                return vec![candidate.clone()];
            }
            // It is no longer to be found anywhere.
            self.list.aim(None);
        }
        let found = self.list.found();
        let may_ask = |candidate: &&Candidate| match &candidate.endpoint {
            Ok(endpoint) => {
                endpoint.is_cheap() || (first && found.current.as_ref() == Some(&candidate.id))
            }
            Err(_) => false,
        };
        found.candidates.iter().filter(may_ask).cloned().collect()
    }

    async fn try_one(&mut self, candidate: Candidate) -> Result<Option<Sought>, Ended> {
        let id = candidate.id;
        let Ok(endpoint) = candidate.endpoint else {
            // The list tells why already.
            return Ok(None);
        };
        // Later tries are quiet: a state that changes to and fro would flicker.
        if *self.list.state(&id) == EngineState::Unknown {
            self.list.set(&id, EngineState::Connecting);
            self.tell().await?;
        }
        let connected = tokio::select! {
            connected = connect(&self.surroundings, &id, &endpoint) => connected,
            changed = self.wishes.changed() => {
                return changed.map(|()| Some(Sought::Wish)).map_err(|_| Ended);
            }
            () = self.changes.closed() => return Err(Ended),
        };
        match connected {
            Ok(engine) => Ok(Some(Sought::Engine(Box::new(engine)))),
            Err(problem) => {
                self.list.set(&id, EngineState::Failed { problem });
                self.tell().await?;
                Ok(None)
            }
        }
    }

    /// Waits before the next round; answers whether something else is wanted.
    async fn pause(&mut self) -> Result<bool, Ended> {
        let target = self.list.target().and_then(|id| self.list.candidate(id));
        let pause = match target.map(|candidate| &candidate.endpoint) {
            Some(Ok(endpoint)) => pause::before(self.tries, endpoint),
            Some(Err(_)) | None => pause::NONE_ANSWERS,
        };
        self.tries = self.tries.saturating_add(1);
        let over = tokio::time::sleep(pause);
        tokio::pin!(over);
        loop {
            tokio::select! {
                () = &mut over => return Ok(false),
                changed = self.wishes.changed() => return changed.map(|()| true).map_err(|_| Ended),
                Some(looked) = self.looks.receiver.recv() => self.note(looked).await?,
                () = self.changes.closed() => return Err(Ended),
            }
        }
    }

    /// Uses an engine until it is lost or another is wanted.
    async fn stay_with(&mut self, engine: Engine) -> Result<(), Ended> {
        let cancel = CancellationToken::new();
        let wishes = &self.wishes;
        if !self
            .current
            .put(&engine, &cancel, || wishes.has_changed().unwrap_or(true))
        {
            self.heed();
            return Ok(());
        }
        self.list.aim(Some(engine.id().to_owned()));
        self.list
            .set(engine.id(), EngineState::Ready(engine.facts().clone()));
        self.forget_other_lists(engine.id()).await?;
        self.tell().await?;
        let since = Instant::now();
        let mut events = watch(engine.clone(), cancel.clone());
        let lost = loop {
            tokio::select! {
                event = events.recv() => match event {
                    Some(WatchEvent::Change(change)) => self.say(change).await?,
                    Some(WatchEvent::Lost(problem)) => break Some(problem),
                    // The watch ends without a word when its token is cancelled.
                    None => break None,
                },
                changed = self.wishes.changed() => {
                    changed.map_err(|_| Ended)?;
                    self.heed();
                    self.find(self.list.target().map(str::to_owned)).await;
                    self.look_at_others();
                    self.tell().await?;
                    if self.list.target() != Some(engine.id()) {
                        break None;
                    }
                }
                Some(looked) = self.looks.receiver.recv() => self.note(looked).await?,
                () = self.changes.closed() => return Err(Ended),
            }
        };
        self.current.end(&cancel);
        // Where it was left rather than lost, it still stands as it was seen last.
        let Some(problem) = lost else {
            return self.tell().await;
        };
        self.list.set(engine.id(), EngineState::Failed { problem });
        self.tell().await?;
        if since.elapsed() >= STEADY {
            self.tries = 0;
        } else if self.pause().await? {
            // One that answers and is lost at once must not be asked without a pause between.
            self.heed();
        }
        Ok(())
    }

    /// Takes up what is wanted.
    fn heed(&mut self) {
        let wish = self.wishes.borrow_and_update().clone();
        if wish.choices != self.heeded.choices {
            self.tries = 0;
            let chosen = wish.chosen.clone();
            let in_use = self.current.get().map(|(engine, _)| engine.id().to_owned());
            if let Some(id) = chosen.as_deref().filter(|id| in_use.as_deref() != Some(id)) {
                self.list.set(id, EngineState::Unknown);
            }
            self.list.aim(chosen);
        }
        if wish.looks != self.heeded.looks {
            self.tries = 0;
            self.due = Some(Reach::Far);
        }
        self.heeded = wish;
    }

    /// Finds the candidates anew. Files are read for it, perhaps from a network share.
    async fn find(&mut self, keep: Option<String>) {
        let surroundings = Arc::clone(&self.surroundings);
        let own = Arc::clone(&self.own);
        let found = tokio::task::spawn_blocking(move || {
            let socket = own.socket().filter(|_| own.is_offered());
            find::find(&surroundings, keep.as_deref(), socket)
        });
        match found.await {
            Ok(found) => self.list.replace(found),
            // Only when the runtime shuts down.
            Err(error) => tracing::warn!(%error, "engines could not be looked for"),
        }
    }

    /// Asks the engines that are not in use whether they answer, if that is due.
    fn look_at_others(&mut self) {
        let Some(reach) = self.due.take() else { return };
        for candidate in &self.list.found().candidates {
            let Ok(endpoint) = candidate.endpoint.clone() else {
                continue;
            };
            let within = match reach {
                Reach::Near => endpoint.is_cheap(),
                Reach::Far => true,
            };
            if !within || self.list.target() == Some(candidate.id.as_str()) {
                continue;
            }
            let id = candidate.id.clone();
            if !self.looks.under_way.insert(id.clone()) {
                continue;
            }
            let sender = self.looks.sender.clone();
            let at_once = Arc::clone(&self.looks.at_once);
            let surroundings = Arc::clone(&self.surroundings);
            tokio::spawn(async move {
                // Never closed, so there is always a permit to wait for.
                let _permit = at_once.acquire().await;
                let state = match connect(&surroundings, &id, &endpoint).await {
                    Ok(engine) => EngineState::Ready(engine.facts().clone()),
                    Err(problem) => EngineState::Failed { problem },
                };
                // The session may have ended meanwhile.
                let _ = sender
                    .send(Looked {
                        id,
                        endpoint,
                        state,
                    })
                    .await;
            });
        }
    }

    async fn note(&mut self, looked: Looked) -> Result<(), Ended> {
        self.looks.under_way.remove(&looked.id);
        let same = self
            .list
            .candidate(&looked.id)
            .is_some_and(|candidate| candidate.endpoint.as_ref() == Ok(&looked.endpoint));
        // Of the one in use more is known than a look could tell.
        if same && self.list.target() != Some(looked.id.as_str()) {
            self.list.set(&looked.id, looked.state);
        }
        self.tell().await
    }

    /// The page must not show one engine's containers under another's name.
    async fn forget_other_lists(&mut self, id: &str) -> Result<(), Ended> {
        if self.shown.as_deref().is_some_and(|shown| shown != id) {
            let (changed, removed) = (Vec::new(), Vec::new());
            self.say(Change::Containers {
                reset: true,
                changed,
                removed,
            })
            .await?;
            let (changed, removed) = (Vec::new(), Vec::new());
            self.say(Change::Images {
                reset: true,
                changed,
                removed,
            })
            .await?;
            self.shown = None;
        }
        Ok(())
    }

    /// Says what is new of the engines.
    async fn tell(&mut self) -> Result<(), Ended> {
        if let Some(target) = self.list.target().map(str::to_owned) {
            self.forget_other_lists(&target).await?;
        }
        match self.list.news() {
            Some(change) => self.say(change).await,
            None => Ok(()),
        }
    }

    async fn say(&mut self, change: Change) -> Result<(), Ended> {
        if matches!(change, Change::Containers { .. } | Change::Images { .. }) {
            self.shown = self.list.target().map(str::to_owned);
        }
        self.changes.send(change).await.map_err(|_| Ended)
    }
}

async fn connect(
    surroundings: &Surroundings,
    id: &str,
    endpoint: &Endpoint,
) -> Result<Engine, Problem> {
    Engine::connect_in(surroundings, id, endpoint)
        .await
        .map_err(|problem| {
            let off = matches!(
                problem.code,
                Code::EngineNotRunning | Code::EngineNotInstalled
            );
            if id == OWN && off {
                own::not_running(problem.detail)
            } else {
                problem
            }
        })
}
