//! Waiting for a state, never for a time.

use std::thread;
use std::time::{Duration, Instant};

use crate::error::LabError;

/// Asks `probe` until it answers, with pauses that grow from 5 ms to 200 ms.
///
/// `what` completes the sentence "waited 10s for ...", which is the error after `limit`. The probe
/// runs at least twice, so that a busy machine that lost the whole limit to something else still gets
/// its answer.
pub fn wait_until<T>(
    limit: Duration,
    what: &str,
    mut probe: impl FnMut() -> Option<T>,
) -> Result<T, LabError> {
    let end = Instant::now() + limit;
    let mut pause = Duration::from_millis(5);
    loop {
        let last = Instant::now() >= end;
        if let Some(found) = probe() {
            return Ok(found);
        }
        if last {
            return Err(LabError::TimedOut {
                what: what.to_owned(),
                limit,
                detail: String::new(),
            });
        }
        thread::sleep(pause);
        pause = (pause * 3 / 2).min(Duration::from_millis(200));
    }
}
