//! What the page pulls: a build, and the history. A reader only remembers what it has told, so a slow
//! page costs nothing, and what was overtaken meanwhile is never sent.

use std::collections::BTreeMap;
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

/// The same where more lines came at once than anybody reads.
const GATHER_TORRENT: Duration = Duration::from_millis(400);

/// So many lines in one piece are a torrent.
const TORRENT: u32 = 1_000;

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
    /// How many lines each step is known to have printed.
    lines: BTreeMap<u32, u32>,
}

impl BuildReader {
    /// From the beginning.
    pub fn new(record: Arc<Record>) -> BuildReader {
        let follow = Follow::new(record.changes(), GATHER_LOG);
        BuildReader {
            record,
            follow,
            lines: BTreeMap::new(),
        }
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
        self.follow.gather = gather(self.more_lines(&news));
        self.follow.told(last);
        Some(BuildPiece::News(Box::new(news)))
    }
}

impl BuildReader {
    /// How many lines are new.
    fn more_lines(&mut self, news: &BuildNews) -> u32 {
        let known = &mut self.lines;
        let more = news.lines.iter().map(|&(step, count)| {
            let before = known.insert(step, count).unwrap_or_default();
            count.saturating_sub(before)
        });
        more.fold(0, u32::saturating_add)
    }
}

/// How long to gather after so many new lines.
fn gather(lines: u32) -> Duration {
    if lines < TORRENT {
        GATHER_LOG
    } else {
        GATHER_TORRENT
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::sync::Arc;

    use slipway_engine::build::Told;

    use super::{BuildReader, GATHER_LOG, GATHER_TORRENT, TORRENT};
    use crate::builds::record::tests::record;

    #[tokio::test]
    async fn what_nobody_reads_is_told_less_often() {
        let folder = tempfile::tempdir().unwrap();
        let record = record(folder.path(), "docker build .");
        let mut reader = BuildReader::new(Arc::clone(&record));
        reader.next().await.unwrap();
        for (lines, gather) in [
            (1, GATHER_LOG),
            (TORRENT, GATHER_TORRENT),
            (TORRENT - 1, GATHER_LOG),
        ] {
            for _ in 0..lines {
                record.tell(Told::Log(0, b"a line\n"));
            }
            reader.next().await.unwrap();
            assert_eq!(reader.follow.gather, gather, "after {lines} lines");
        }
    }
}
