//! Containers of which the engine's events say something else than its lists.
//!
//! Docker tells that a program has ended before it has cleaned up behind it, and only then changes what
//! its lists say (moby, `daemon/monitor.go`: the event `die` comes before `CheckpointTo`); so it does when
//! it has frozen one (`daemon/pause.go`). A list read right after the event may show the container as it
//! was before, and no further event would correct that.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use tokio::time::Instant;

use crate::model::ContainerState;

/// The pause before the first new look; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(40);
/// Looks before the list is believed after all: about ten seconds.
const TRIES: u32 = 8;

/// What the events said last of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Its program was started, or all of it is gone: the lists knew that first.
    Started,
    Ended,
    Paused,
    Unpaused,
}

impl Said {
    /// Whether a list that shows this state is older than the event.
    fn is_denied_by(self, state: ContainerState) -> bool {
        match self {
            Said::Started => false,
            Said::Ended | Said::Paused => state == ContainerState::Running,
            Said::Unpaused => state == ContainerState::Paused,
        }
    }
}

#[derive(Debug)]
struct Look {
    said: Said,
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

    /// Takes in what the events said.
    pub(super) fn heard(&mut self, said: BTreeMap<String, Said>) {
        for (id, said) in said {
            if said == Said::Started {
                self.looks.remove(&id);
                continue;
            }
            let (at, tries) = (Instant::now(), 0);
            self.looks.insert(id, Look { said, at, tries });
        }
    }

    /// Those that are due now.
    pub(super) fn take_due(&self) -> impl Iterator<Item = &String> {
        let now = Instant::now();
        self.looks
            .iter()
            .filter(move |(_, look)| look.at <= now)
            .map(|(id, _)| id)
    }

    /// Takes in what the lists say now: who stands as before is looked at again, a little later each time.
    pub(super) fn looked(&mut self, state: impl Fn(&str) -> Option<ContainerState>) {
        let now = Instant::now();
        self.looks.retain(|id, look| {
            if look.at <= now {
                look.at = now + FIRST * 2_u32.pow(look.tries);
                look.tries += 1;
            }
            state(id).is_some_and(|state| look.said.is_denied_by(state)) && look.tries <= TRIES
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(ids: &[&str], said: Said) -> BTreeMap<String, Said> {
        ids.iter().map(|id| ((*id).to_owned(), said)).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn one_is_looked_at_until_the_list_agrees() {
        let (running, paused) = (ContainerState::Running, ContainerState::Paused);
        for (said, before, after) in [
            (Said::Ended, running, ContainerState::Exited),
            (Said::Paused, running, paused),
            (Said::Unpaused, paused, running),
        ] {
            let mut unsettled = Unsettled::default();
            unsettled.heard(say(&["a", "b"], said));
            unsettled.looked(|id| Some(if id == "a" { before } else { after }));
            for look in 1..=3 {
                unsettled.due().await;
                assert_eq!(unsettled.take_due().collect::<Vec<_>>(), ["a"]);
                unsettled.looked(|_| Some(if look < 3 { before } else { after }));
            }
            assert!(unsettled.looks.is_empty(), "{said:?}: the list agrees");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_was_started_again_is_not_looked_at() {
        let mut unsettled = Unsettled::default();
        unsettled.heard(say(&["a"], Said::Ended));
        unsettled.heard(say(&["a"], Said::Started));
        assert!(unsettled.looks.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn the_list_is_believed_in_the_end() {
        let mut unsettled = Unsettled::default();
        unsettled.heard(say(&["a"], Said::Ended));
        let began = Instant::now();
        while !unsettled.looks.is_empty() {
            unsettled.due().await;
            unsettled.looked(|_| Some(ContainerState::Running));
        }
        assert!(
            began.elapsed() > Duration::from_secs(5),
            "it had time to clean up"
        );
    }
}
