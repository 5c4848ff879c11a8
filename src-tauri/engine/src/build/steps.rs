//! What is known of a build while it goes on, whichever way it is done: its steps, the end of what each
//! printed, and what is left open when it stops.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::build::dockerfile::Dockerfile;
use crate::build::lines::Lines;
use crate::build::model::bounded;
use crate::build::{Step, StepState, Told};

/// Whoever is told how a build goes on.
pub(crate) type Tell<'t> = dyn Fn(Told<'_>) + Send + Sync + 't;

/// So much of the end of what a step printed is kept for its problem.
const TAIL: usize = 16 * 1024;
/// No more steps than these are remembered.
const MOST: usize = 10_000;

/// Passes on what a build tells, with each step's line, and remembers what a failure needs.
pub(crate) struct Steps<'t> {
    tell: &'t Tell<'t>,
    lines: Option<Lines<'t>>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    steps: Vec<Step>,
    tails: HashMap<u32, VecDeque<u8>>,
    /// It ended well; what was not needed stays as it is.
    done: bool,
}

/// The step at which a build ended, with the end of what it printed.
#[derive(Debug, Clone)]
pub(crate) struct FailedStep {
    pub step: Step,
    pub log: String,
}

impl<'t> Steps<'t> {
    pub fn new(tell: &'t Tell<'t>, dockerfile: Option<&'t Dockerfile>) -> Self {
        Self {
            tell,
            lines: dockerfile.map(Lines::of),
            known: Mutex::default(),
        }
    }

    /// Remembers and passes on what is told.
    pub fn told(&self, told: Told<'_>) {
        match told {
            Told::Step(step) => self.step(step.clone()),
            Told::Log(step, bytes) => {
                self.known().printed(step, bytes);
                (self.tell)(told);
            }
            Told::Way(..) | Told::Sent(_) | Told::Finding(_) => (self.tell)(told),
        }
    }

    fn step(&self, mut step: Step) {
        if step.line.is_none() {
            step.line = self.lines.as_ref().and_then(|lines| lines.line(&step));
        }
        self.known().keep(&step);
        (self.tell)(Told::Step(&step));
    }

    /// The step that failed, if one did: the last of them.
    pub fn failed(&self) -> Option<FailedStep> {
        let known = self.known();
        let failed = |step: &&Step| step.state == StepState::Failed;
        let step = known.steps.iter().rfind(failed)?.clone();
        let log = known.tails.get(&step.id).map(|tail| {
            let bytes: Vec<u8> = tail.iter().copied().collect();
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let log = log.unwrap_or_default();
        Some(FailedStep { step, log })
    }

    /// The step on this line fails: the builder did not come to it, since it cannot read it.
    pub fn fail_line(&self, line: u32, name: &str, why: &str) {
        let step = {
            let known = self.known();
            let failed = |step: &&Step| step.state == StepState::Failed;
            if let Some(failed) = known.steps.iter().rfind(failed) {
                if failed.line.is_some() {
                    return;
                }
                // What the builder does of itself for this line.
                failed.clone()
            } else {
                let on_line = known.steps.iter().find(|step| step.line == Some(line));
                on_line.cloned().unwrap_or_else(|| {
                    let id = u32::try_from(known.steps.len()).unwrap_or(u32::MAX);
                    Step::waiting(id, name)
                })
            }
        };
        self.step(Step {
            state: StepState::Failed,
            line: Some(line),
            error: Some(bounded(why)),
            ..step
        });
    }

    /// The build went well.
    pub fn done(&self) {
        self.known().done = true;
    }

    /// The build is over: nothing more will be told of the steps that are still open.
    fn close(&self) {
        if self.known().done {
            return;
        }
        let open: Vec<Step> = {
            let known = self.known();
            let is_open =
                |step: &&Step| matches!(step.state, StepState::Waiting | StepState::Running);
            known.steps.iter().filter(is_open).cloned().collect()
        };
        for mut step in open {
            if step.state == StepState::Running {
                step.ended = Some(now());
            }
            step.state = StepState::Cancelled;
            self.step(step);
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whoever stops waiting for a build has stopped it.
impl Drop for Steps<'_> {
    fn drop(&mut self) {
        self.close();
    }
}

impl Known {
    fn keep(&mut self, step: &Step) {
        match step.state {
            // What went well is not asked for again.
            StepState::Done | StepState::Cached => {
                self.tails.remove(&step.id);
            }
            StepState::Waiting | StepState::Running | StepState::Failed | StepState::Cancelled => {}
        }
        if let Some(known) = self.steps.iter_mut().find(|known| known.id == step.id) {
            step.clone_into(known);
        } else if self.steps.len() < MOST {
            self.steps.push(step.clone());
        }
    }

    fn printed(&mut self, step: u32, bytes: &[u8]) {
        if self.tails.len() >= MOST && !self.tails.contains_key(&step) {
            return;
        }
        let tail = self.tails.entry(step).or_default();
        let last = bytes
            .get(bytes.len().saturating_sub(TAIL)..)
            .unwrap_or(bytes);
        tail.extend(last);
        let over = tail.len().saturating_sub(TAIL);
        tail.drain(..over);
    }
}

/// Unix milliseconds by this computer's clock.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    pub(crate) fn step(id: u32, state: StepState) -> Step {
        Step {
            stage: Some("stage-0".to_owned()),
            state,
            ..Step::waiting(id, "RUN x")
        }
    }

    #[test]
    fn what_is_open_at_the_end_is_closed_and_the_failed_step_keeps_the_end_of_its_log() {
        let told = Mutex::new(Vec::new());
        let tell = |it: Told<'_>| {
            if let Told::Step(step) = it {
                told.lock().unwrap().push((step.id, step.state, step.line));
            }
        };
        let dockerfile = Dockerfile::read(b"FROM a\n\nRUN x\n");
        let steps = Steps::new(&tell, Some(&dockerfile));
        steps.told(Told::Step(&step(0, StepState::Done)));
        steps.told(Told::Step(&step(1, StepState::Running)));
        steps.told(Told::Step(&step(2, StepState::Waiting)));
        steps.told(Told::Log(1, &[b'x'; 2 * TAIL]));
        steps.told(Told::Log(1, b"the end\xff"));
        steps.told(Told::Step(&step(1, StepState::Failed)));
        let failed = steps.failed().unwrap();
        assert_eq!(failed.step.line, Some(3));
        assert!(failed.log.len() <= TAIL + 2 && failed.log.ends_with("the end\u{fffd}"));
        drop(steps);
        let last = told.lock().unwrap().last().copied();
        assert_eq!(last, Some((2, StepState::Cancelled, Some(3))));
    }
}
