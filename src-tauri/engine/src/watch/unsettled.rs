//! Containers that have ended by the engine's events, and still run by its lists.
//!
//! Docker tells that a program has ended before it has cleaned up behind it, and only then changes what
//! its lists say (moby, `daemon/monitor.go`: the event `die` comes before `CheckpointTo`). So a list read
//! right after the event may show the container running, and no further event would correct that.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use tokio::time::Instant;

/// The pause before the first new look; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(40);
/// Looks before the list is believed after all: about ten seconds.
const TRIES: u32 = 8;

#[derive(Debug)]
struct Look {
    at: Instant,
    tries: u32,
}

/// Those that are looked at again.
#[derive(Debug, Default)]
pub(super) struct Unsettled {
    looks: HashMap<String, Look>,
}

impl Unsettled {
    /// Waits until a look is due; for ever when nothing is unsettled.
    pub(super) async fn due(&self) {
        match self.looks.values().map(|look| look.at).min() {
            Some(at) => tokio::time::sleep_until(at).await,
            None => std::future::pending().await,
        }
    }

    /// Takes in what the events said: these ended, and those were started after that.
    pub(super) fn heard(&mut self, ended: BTreeSet<String>, started: &BTreeSet<String>) {
        for id in started {
            self.looks.remove(id);
        }
        let look = || Look {
            at: Instant::now(),
            tries: 0,
        };
        self.looks.extend(ended.into_iter().map(|id| (id, look())));
    }

    /// Those that are due now.
    pub(super) fn take_due(&self) -> impl Iterator<Item = &String> {
        let now = Instant::now();
        self.looks
            .iter()
            .filter(move |(_, look)| look.at <= now)
            .map(|(id, _)| id)
    }

    /// Takes in what the lists say now: who `runs` is looked at again, a little later each time.
    pub(super) fn looked(&mut self, runs: impl Fn(&str) -> bool) {
        let now = Instant::now();
        self.looks.retain(|id, look| {
            if look.at <= now {
                look.at = now + FIRST * 2_u32.pow(look.tries);
                look.tries += 1;
            }
            runs(id) && look.tries <= TRIES
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(ids: &[&str]) -> BTreeSet<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_ended_is_looked_at_until_the_list_agrees() {
        let mut unsettled = Unsettled::default();
        unsettled.heard(set(&["a", "b"]), &set(&[]));
        unsettled.looked(|id| id == "a");
        for look in 1..=3 {
            unsettled.due().await;
            assert_eq!(unsettled.take_due().collect::<Vec<_>>(), ["a"]);
            unsettled.looked(|_| look < 3);
        }
        assert!(unsettled.looks.is_empty(), "the list agrees");
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_was_started_again_is_not_looked_at() {
        let mut unsettled = Unsettled::default();
        unsettled.heard(set(&["a"]), &set(&[]));
        unsettled.heard(set(&[]), &set(&["a"]));
        assert!(unsettled.looks.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn the_list_is_believed_in_the_end() {
        let mut unsettled = Unsettled::default();
        unsettled.heard(set(&["a"]), &set(&[]));
        let began = Instant::now();
        while !unsettled.looks.is_empty() {
            unsettled.due().await;
            unsettled.looked(|_| true);
        }
        assert!(
            began.elapsed() > Duration::from_secs(5),
            "it had time to clean up"
        );
    }
}
