//! What the page pulls: a build, and the history. A reader only remembers what it has told, so a slow
//! page costs nothing, and what was overtaken meanwhile is never sent.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::{Builds, Record};
use crate::ipc::{BuildNews, BuildWhole, BuildsNews};

/// What happens to the history within this time comes in one piece: nobody reads faster.
const GATHER: Duration = Duration::from_millis(40);

/// The same of one build. A log that moves on ten times a second is as much as eyes can follow, and each look at it
/// costs the page a layout and a paint, for which a computer that builds has no time to spare.
const GATHER_LOG: Duration = Duration::from_millis(100);

/// A piece of the stream of one build.
#[derive(Debug, PartialEq)]
pub enum BuildPiece {
    /// The first.
    Whole(Box<BuildWhole>),
    /// Each further one.
    News(Box<BuildNews>),
}

/// Reads one build.
#[derive(Debug)]
pub struct BuildReader {
    record: Arc<Record>,
    follow: Follow,
}

impl BuildReader {
    /// From the beginning.
    pub fn new(record: Arc<Record>) -> BuildReader {
        let follow = Follow::new(record.changes(), GATHER_LOG);
        BuildReader { record, follow }
    }

    /// Waits for the next piece; `None` when the build has ended and all of it was told.
    pub async fn next(&mut self) -> Option<BuildPiece> {
        let Some(seen) = self.follow.seen else {
            let (whole, last) = self.record.whole();
            self.follow.told(last);
            return Some(BuildPiece::Whole(Box::new(whole)));
        };
        // Asked before it is waited: a build that has ended never changes again.
        if self.record.is_ended() && !self.follow.has_more(seen) {
            return None;
        }
        // Nothing gathers any more behind the end.
        self.follow.more(seen, self.record.ended()).await;
        let (news, last) = self.record.news(seen);
        self.follow.told(last);
        Some(BuildPiece::News(Box::new(news)))
    }
}

/// Reads the history.
#[derive(Debug)]
pub struct BuildsReader {
    builds: Arc<Builds>,
    follow: Follow,
}

impl BuildsReader {
    /// From the beginning.
    pub fn new(builds: Arc<Builds>) -> BuildsReader {
        let follow = Follow::new(builds.changes(), GATHER);
        BuildsReader { builds, follow }
    }

    /// Waits for the next piece.
    pub async fn next(&mut self) -> BuildsNews {
        let seen = self.follow.seen;
        let never = std::future::pending();
        self.follow.more(seen.unwrap_or_default(), never).await;
        let (news, last) = self.builds.news(seen);
        self.follow.told(last);
        news
    }
}

/// How far somebody has read.
#[derive(Debug)]
struct Follow {
    changes: watch::Receiver<u64>,
    seen: Option<u64>,
    gather: Duration,
    /// The next piece comes no earlier.
    next: Instant,
}

impl Follow {
    fn new(changes: watch::Receiver<u64>, gather: Duration) -> Follow {
        Follow {
            changes,
            seen: None,
            gather,
            next: Instant::now(),
        }
    }

    fn has_more(&self, seen: u64) -> bool {
        *self.changes.borrow() > seen
    }

    /// Waits for a change behind `seen`, and for what else gathers until `end`.
    async fn more(&mut self, seen: u64, end: impl Future<Output = ()>) {
        if self.changes.wait_for(|last| *last > seen).await.is_err() {
            // Whoever could change it is gone.
            std::future::pending::<()>().await;
        }
        tokio::select! {
            () = sleep_until(self.next) => {}
            () = end => {}
        }
    }

    fn told(&mut self, last: u64) {
        self.seen = Some(last);
        self.next = Instant::now() + self.gather;
    }
}
