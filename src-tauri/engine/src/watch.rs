//! What changes in an engine: the lists once, then deltas, found by following its events.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

use crate::call::Call;
use crate::connect::Engine;
use crate::list;
use crate::model::{Change, ContainerRow, ContainerState, ImageRow};
use crate::problem::{Problem, explain};
use crate::stream::{Objects, StreamError};
use crate::transport::RequestError;

mod clock;
mod unsettled;

use unsettled::{Said, Unsettled};

/// How long events are gathered before what they touched is read again.
const GATHER: Duration = Duration::from_millis(30);
/// More touched containers than this are read by one list of all.
const MANY: usize = 500;
/// After this long without an event the engine is asked whether it is still there: a connection to
/// another computer can die without a word.
const SILENCE: Duration = Duration::from_secs(30);
/// How long it may take to say so.
const PING_LIMIT: Duration = Duration::from_secs(30);
/// How often a list is asked for again that failed while something vanished from it.
const LIST_TRIES: u32 = 5;
/// Unread changes; beyond it events are gathered longer.
const WAITING: usize = 16;

/// What a watch says.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "no more than a few are ever on their way"
)]
pub enum WatchEvent {
    /// Something changed. The first two are the whole lists, with `reset`.
    Change(Change),
    /// The engine is gone, and so is the watch: after this comes nothing. Connect and watch again.
    Lost(Problem),
}

/// Watches an engine until `cancel`, or until it is lost. A slow receiver loses nothing: what happens
/// meanwhile is gathered.
pub fn watch(engine: Engine, cancel: CancellationToken) -> mpsc::Receiver<WatchEvent> {
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        let lost = tokio::select! {
            () = cancel.cancelled() => return,
            () = sender.closed() => return,
            ended = run(&engine, &sender) => match ended {
                Err(problem) => problem,
                Ok(never) => match never {},
            },
        };
        // Nobody may be left to hear it.
        let _ = sender.send(WatchEvent::Lost(lost)).await;
    });
    receiver
}

/// Never ends well.
async fn run(engine: &Engine, sender: &mpsc::Sender<WatchEvent>) -> Result<Infallible, Problem> {
    // Events from this second on are delivered even if they happen before the engine has begun to
    // follow them for us: nothing falls between the events and the lists.
    let since = clock::of(engine)
        .await
        .map_err(|error| explain::lost(&error))?;
    let touched = Touched::default();
    tokio::select! {
        ended = follow(engine, since, &touched) => ended,
        ended = keep_up(engine, &touched, sender) => ended,
    }
}

/// What events have touched since the lists were last read.
#[derive(Default)]
struct Touched {
    parts: Mutex<Parts>,
    any: Notify,
}

#[derive(Default)]
struct Parts {
    containers: BTreeSet<String>,
    /// What was said last of those whose state changed.
    said: BTreeMap<String, Said>,
    /// Too many to name.
    all_containers: bool,
    images: bool,
}

impl Touched {
    fn add(&self, event: &Event) {
        let mut parts = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
        match event.touches() {
            Touch::Container { id, images } => {
                parts.images |= images;
                let said = match event.word() {
                    "die" | "died" => Some(Said::Ended),
                    "pause" => Some(Said::Paused),
                    "unpause" => Some(Said::Unpaused),
                    "start" | "restart" | "destroy" | "remove" => Some(Said::Started),
                    _ => None,
                };
                if let Some(said) = said {
                    parts.said.insert(id.to_owned(), said);
                }
                if parts.containers.len() >= MANY {
                    parts.all_containers = true;
                } else {
                    parts.containers.insert(id.to_owned());
                }
            }
            Touch::Images => parts.images = true,
            Touch::Nothing => return,
        }
        drop(parts);
        self.any.notify_one();
    }

    fn take(&self) -> Parts {
        std::mem::take(&mut *self.parts.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One line of `GET /events`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Event {
    #[serde(rename = "Type")]
    kind: Option<String>,
    #[serde(rename = "Action")]
    action: Option<String>,
    #[serde(rename = "Actor")]
    actor: Option<Actor>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Actor {
    #[serde(rename = "ID")]
    id: String,
}

enum Touch<'a> {
    Container { id: &'a str, images: bool },
    Images,
    Nothing,
}

impl Event {
    /// What happened, without its details.
    fn word(&self) -> &str {
        let action = self.action.as_deref().unwrap_or_default();
        action.split(':').next().unwrap_or_default()
    }

    /// Engines differ in their words for what happens (`die` and `died`, `destroy` and `remove`), so
    /// anything that happens to a container counts, but for what is frequent and changes no row: a
    /// health check makes three `exec` events each time.
    fn touches(&self) -> Touch<'_> {
        let word = self.word();
        match self.kind.as_deref() {
            Some("container") => match (&self.actor, word) {
                (_, "exec_create" | "exec_start" | "exec_die" | "exec_detach" | "exec_died")
                | (_, "exec" | "top" | "resize" | "attach" | "detach")
                | (None, _) => Touch::Nothing,
                // A commit makes an image without an event of the image's own.
                (Some(actor), _) => Touch::Container {
                    id: &actor.id,
                    images: word == "commit",
                },
            },
            Some("image" | "builder") => Touch::Images,
            Some(_) | None => Touch::Nothing,
        }
    }
}

/// Reads the events, and nothing else, so that the engine never has to drop one for us.
async fn follow(engine: &Engine, since: i64, touched: &Touched) -> Result<Infallible, Problem> {
    let call = Call::get("/events").with("since", since);
    // Podman 5.2 answers with the first event only (podman#23712): no limit here.
    let answer = alive_while(engine, call.send(engine)).await?;
    let mut events = Objects::of(answer.map_err(|error| explain::lost(&error))?);
    loop {
        match alive_while(engine, events.next::<Event>()).await? {
            Some(Ok(event)) => touched.add(&event),
            // An event that is not what it should be; the stream goes on.
            Some(Err(StreamError::Json(crate::stream::json::JsonError::Shape(error)))) => {
                tracing::warn!(%error, "an event of the engine can't be read");
            }
            Some(Err(error)) => return Err(explain::lost(&error)),
            None => return Err(explain::lost(&"the engine ended its stream of events")),
        }
    }
}

/// Waits for `waited`, and asks the engine now and then whether it is still there.
async fn alive_while<T>(engine: &Engine, waited: impl Future<Output = T>) -> Result<T, Problem> {
    tokio::pin!(waited);
    loop {
        match tokio::time::timeout(SILENCE, &mut waited).await {
            Ok(value) => return Ok(value),
            Err(_) => engine
                .ping(PING_LIMIT)
                .await
                .map_err(|error| explain::lost(&error))?,
        }
    }
}

/// Lists, and reads again what is touched.
async fn keep_up(
    engine: &Engine,
    touched: &Touched,
    sender: &mpsc::Sender<WatchEvent>,
) -> Result<Infallible, Problem> {
    let (containers, images) = tokio::try_join!(
        again(|| list::containers(engine)),
        again(|| list::images(engine))
    )?;
    let mut known = Known::default();
    let all = Change::Containers {
        reset: true,
        changed: containers.clone(),
        removed: Vec::new(),
    };
    known.containers = by_id(containers, |row| &row.id);
    say(sender, all).await;
    let all = Change::Images {
        reset: true,
        changed: images.clone(),
        removed: Vec::new(),
    };
    known.images = by_id(images, |row| &row.id);
    say(sender, all).await;
    let mut unsettled = Unsettled::default();
    loop {
        tokio::select! {
            () = touched.any.notified() => tokio::time::sleep(GATHER).await,
            () = unsettled.due() => {}
        }
        let parts = touched.take();
        unsettled.heard(parts.said);
        let mut wanted = parts.containers;
        wanted.extend(unsettled.take_due().cloned());
        if parts.images {
            let images = again(|| list::images(engine)).await?;
            let change = known.images_are(images, &mut wanted);
            say_if_any(sender, change).await;
        }
        let change = if parts.all_containers || wanted.len() > MANY {
            let rows = again(|| list::containers(engine)).await?;
            let gone = known.containers.keys().cloned().collect();
            known.containers_are(rows, gone)
        } else if wanted.is_empty() {
            continue;
        } else {
            let ids: Vec<String> = wanted.iter().cloned().collect();
            let rows = again(|| list::containers_with(engine, &ids)).await?;
            known.containers_are(rows, wanted)
        };
        unsettled.looked(|id| known.state(id));
        say_if_any(sender, change).await;
    }
}

/// Lists again where the engine stumbled: Podman fails a list when a container vanishes meanwhile.
async fn again<T, F>(mut list: impl FnMut() -> F) -> Result<T, Problem>
where
    F: Future<Output = Result<T, RequestError>>,
{
    let mut tries = 1;
    loop {
        match list().await {
            Ok(rows) => return Ok(rows),
            Err(RequestError::Status { status, message }) if tries < LIST_TRIES => {
                tracing::debug!(status, message, "the engine could not list; asking again");
                tokio::time::sleep(GATHER * tries).await;
                tries += 1;
            }
            Err(error) => return Err(explain::lost(&error)),
        }
    }
}

async fn say(sender: &mpsc::Sender<WatchEvent>, change: Change) {
    // It fails only when nobody listens any more, and then the watch is about to end.
    let _ = sender.send(WatchEvent::Change(change)).await;
}

async fn say_if_any(sender: &mpsc::Sender<WatchEvent>, change: Option<Change>) {
    if let Some(change) = change {
        say(sender, change).await;
    }
}

fn by_id<T>(rows: Vec<T>, id: impl Fn(&T) -> &String) -> HashMap<String, T> {
    rows.into_iter()
        .map(|row| (id(&row).clone(), row))
        .collect()
}

/// What the other side was told.
#[derive(Default)]
struct Known {
    containers: HashMap<String, ContainerRow>,
    images: HashMap<String, ImageRow>,
}

impl Known {
    /// Its state, as the lists say.
    fn state(&self, id: &str) -> Option<ContainerState> {
        self.containers.get(id).map(|row| row.state)
    }

    /// Takes the rows as they are now for the containers `asked`; those without a row are gone.
    fn containers_are(
        &mut self,
        rows: Vec<ContainerRow>,
        asked: BTreeSet<String>,
    ) -> Option<Change> {
        let there: HashSet<String> = rows.iter().map(|row| row.id.clone()).collect();
        let removed: Vec<String> = asked
            .into_iter()
            .filter(|id| !there.contains(id) && self.containers.remove(id).is_some())
            .collect();
        let mut changed = Vec::new();
        for row in rows {
            if self.containers.get(&row.id) != Some(&row) {
                self.containers.insert(row.id.clone(), row.clone());
                changed.push(row);
            }
        }
        let any = !changed.is_empty() || !removed.is_empty();
        any.then_some(Change::Containers {
            reset: false,
            changed,
            removed,
        })
    }

    /// Takes all images as they are now, and adds to `touched` the containers whose image was renamed
    /// or removed, since their rows show its name.
    fn images_are(
        &mut self,
        rows: Vec<ImageRow>,
        touched: &mut BTreeSet<String>,
    ) -> Option<Change> {
        let mut before = std::mem::take(&mut self.images);
        let mut changed = Vec::new();
        let mut renamed = HashSet::new();
        for row in rows {
            let old = before.remove(&row.id);
            if old.as_ref().map(|old| &old.tags) != Some(&row.tags) {
                renamed.insert(row.id.clone());
            }
            if old.as_ref() != Some(&row) {
                changed.push(row.clone());
            }
            self.images.insert(row.id.clone(), row);
        }
        let removed: Vec<String> = before.into_keys().collect();
        renamed.extend(removed.iter().cloned());
        let of_these = |row: &&ContainerRow| renamed.contains(&row.image_id);
        touched.extend(
            self.containers
                .values()
                .filter(of_these)
                .map(|row| row.id.clone()),
        );
        let any = !changed.is_empty() || !removed.is_empty();
        any.then_some(Change::Images {
            reset: false,
            changed,
            removed,
        })
    }
}

#[cfg(test)]
#[path = "watch/tests.rs"]
mod tests;
