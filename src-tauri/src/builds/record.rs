//! One build: how it goes while it is under way, and how it was afterwards.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use slipway_engine::build::{Finding, Sent, Step, StepState, Told};
use slipway_engine::problem::Problem;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::kept::{self, Kept};
use super::log::{BuildLog, Files, Scrub};
use crate::hub::lock;
use crate::ipc::{BuildNews, BuildState, BuildSummary, BuildWhole};

/// What is new is written at least this often, so that little is lost with the app.
const WRITE_EVERY: Duration = Duration::from_millis(500);

/// Findings that are kept of one build.
const FINDINGS: usize = 1_000;

/// A build.
#[derive(Debug)]
pub struct Record {
    folder: PathBuf,
    secrets: Vec<String>,
    scrub: Scrub,
    log: BuildLog,
    state: Mutex<State>,
    /// The number of the last change.
    changed: watch::Sender<u64>,
    ended: CancellationToken,
}

/// What is known of it, each part with the number of its last change.
#[derive(Debug)]
struct State {
    last: u64,
    /// The last change of what is kept in its file: all but what was printed.
    last_kept: u64,
    summary: (BuildSummary, u64),
    steps: BTreeMap<u32, (Step, u64)>,
    printed: BTreeMap<u32, u64>,
    sent: (Sent, u64),
    findings: Vec<(Finding, u64)>,
    dockerfile: String,
}

impl State {
    fn of(kept: Kept) -> State {
        let Kept {
            summary,
            steps,
            sent,
            findings,
            dockerfile,
        } = kept;
        State {
            last: 1,
            last_kept: 1,
            summary: (summary, 1),
            steps: steps.into_iter().map(|step| (step.id, (step, 1))).collect(),
            printed: BTreeMap::new(),
            sent: (sent, 1),
            findings: findings.into_iter().map(|finding| (finding, 1)).collect(),
            dockerfile,
        }
    }

    fn kept(&self) -> Kept {
        Kept {
            summary: self.summary.0.clone(),
            steps: self.steps.values().map(|(step, _)| step.clone()).collect(),
            sent: self.sent.0,
            findings: self
                .findings
                .iter()
                .map(|(finding, _)| finding.clone())
                .collect(),
            dockerfile: self.dockerfile.clone(),
        }
    }

    /// Counts the steps anew; answers whether that changed the line of the history.
    fn count(&mut self) -> bool {
        let mut counted = self.summary.0.clone();
        (counted.steps, counted.done, counted.cached) = (0, 0, 0);
        counted.at = None;
        let mut began = None;
        for (step, _) in self.steps.values() {
            if step.number.is_some() {
                counted.steps += 1;
                counted.cached += u32::from(step.state == StepState::Cached);
                counted.done +=
                    u32::from(matches!(step.state, StepState::Done | StepState::Cached));
            }
            match step.state {
                StepState::Failed => {
                    counted.at = Some(step.name.clone());
                    counted.line = step.line.or(counted.line);
                    // Nothing that runs beside it says more.
                    began = Some(i64::MAX);
                }
                StepState::Running if step.began >= began => {
                    counted.at = Some(step.name.clone());
                    began = step.began;
                }
                StepState::Running
                | StepState::Waiting
                | StepState::Done
                | StepState::Cached
                | StepState::Cancelled => {}
            }
        }
        let is_new = counted != self.summary.0;
        if is_new {
            self.summary = (counted, self.last);
        }
        is_new
    }
}

/// How a build came to its end.
#[derive(Debug, Default)]
pub struct Ending {
    /// Why it failed.
    pub problem: Option<Problem>,
    /// The image's id.
    pub image: Option<String>,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// How many layers it has.
    pub layers: Option<u32>,
}

impl Record {
    /// A build that begins, kept in `folder`, where nothing is written before [`Record::keep_writing`].
    pub fn new(folder: &Path, summary: BuildSummary, secrets: Vec<String>) -> Record {
        let log = BuildLog::new(folder, Scrub::new(&secrets));
        Record::with(folder, Kept::begun(summary), log, secrets)
    }

    /// A build that has ended, as it lies in `folder`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn load(folder: &Path) -> std::io::Result<Record> {
        let kept = kept::read(folder)?;
        Ok(Record::with(
            folder,
            kept,
            BuildLog::load(folder),
            Vec::new(),
        ))
    }

    fn with(folder: &Path, kept: Kept, log: BuildLog, secrets: Vec<String>) -> Record {
        let ended = CancellationToken::new();
        if kept.summary.state != BuildState::Running {
            ended.cancel();
        }
        Record {
            ended,
            folder: folder.to_owned(),
            scrub: Scrub::new(&secrets),
            secrets,
            log,
            state: Mutex::new(State::of(kept)),
            changed: watch::Sender::new(1),
        }
    }

    /// The id of its task.
    pub fn id(&self) -> u64 {
        lock(&self.state).summary.0.id
    }

    /// Its line in the history, as it is now.
    pub fn summary(&self) -> BuildSummary {
        lock(&self.state).summary.0.clone()
    }

    /// What its steps printed.
    pub fn log(&self) -> &BuildLog {
        &self.log
    }

    /// The number of the last change.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Takes in what a build tells. Answers whether its line in the history has changed.
    pub fn tell(&self, told: Told<'_>) -> bool {
        match told {
            Told::Log(step, bytes) => {
                self.log.push(step, bytes);
                let mut state = lock(&self.state);
                state.last += 1;
                let last = state.last;
                state.printed.insert(step, last);
                self.changed.send_replace(last);
                false
            }
            Told::Way(way, why) => self.change_summary(|summary| {
                summary.way = Some(way);
                summary.way_why = self.scrub.text(why);
            }),
            Told::Sent(sent) => self.change(|state| {
                state.sent = (sent, state.last);
                false
            }),
            Told::Step(step) => self.change(|state| {
                let step = self.shown(step);
                state.steps.insert(step.id, (step, state.last));
                state.count()
            }),
            Told::Finding(finding) => self.change(|state| {
                if state.findings.len() < FINDINGS {
                    let message = self.scrub.text(&finding.message);
                    let finding = Finding {
                        message,
                        ..finding.clone()
                    };
                    state.findings.push((finding, state.last));
                }
                false
            }),
        }
    }

    /// The step as it may be shown and kept.
    fn shown(&self, step: &Step) -> Step {
        Step {
            name: self.scrub.text(&step.name),
            error: step.error.as_deref().map(|error| self.scrub.text(error)),
            ..step.clone()
        }
    }

    /// Changes its line in the history.
    pub fn change_summary(&self, change: impl FnOnce(&mut BuildSummary)) -> bool {
        self.change(|state| {
            change(&mut state.summary.0);
            state.summary.1 = state.last;
            true
        })
    }

    /// The Dockerfile as it is now, before anything is sent.
    pub fn set_dockerfile(&self, text: &str) {
        self.change(|state| {
            state.dockerfile = self.scrub.text(text);
            false
        });
    }

    /// The build has ended, now.
    pub fn end(&self, how: BuildState, ended: i64, ending: Ending) {
        self.log.seal();
        self.change(|state| {
            for (step, changed) in state.steps.values_mut() {
                if kept::leave(step, ended) {
                    *changed = state.last;
                }
            }
            state.count();
            let (summary, changed) = &mut state.summary;
            *changed = state.last;
            summary.state = how;
            summary.ended = Some(ended);
            summary.image = ending.image;
            summary.size = ending.size;
            summary.layers = ending.layers;
            summary.problem = ending.problem;
            true
        });
        self.ended.cancel();
    }

    /// Waits for its end.
    pub async fn ended(&self) {
        self.ended.cancelled().await;
    }

    fn change(&self, change: impl FnOnce(&mut State) -> bool) -> bool {
        let mut state = lock(&self.state);
        state.last += 1;
        state.last_kept = state.last;
        let is_told = change(&mut state);
        self.changed.send_replace(state.last);
        is_told
    }

    /// All of it, and the number of the last change in it.
    pub fn whole(&self) -> (BuildWhole, u64) {
        let (kept, last) = {
            let state = lock(&self.state);
            (state.kept(), state.last)
        };
        let counts = self.log.counts();
        let lines = |step: &Step| counts.get(&step.id).copied().unwrap_or_default();
        let whole = BuildWhole {
            lines: kept.steps.iter().map(lines).collect(),
            summary: kept.summary,
            steps: kept.steps,
            sent: kept.sent,
            findings: kept.findings,
            dockerfile: kept.dockerfile,
        };
        (whole, last)
    }

    /// What has changed since the change `seen`, and the number of the last change in it.
    pub fn news(&self, seen: u64) -> (BuildNews, u64) {
        let (mut news, printed, last) = {
            let state = lock(&self.state);
            let steps = state.steps.values();
            let findings = state.findings.iter();
            let news = BuildNews {
                summary: is_new(&state.summary, seen).cloned(),
                steps: steps
                    .filter_map(|step| is_new(step, seen))
                    .cloned()
                    .collect(),
                lines: Vec::new(),
                sent: is_new(&state.sent, seen).copied(),
                findings: findings
                    .filter_map(|it| is_new(it, seen))
                    .cloned()
                    .collect(),
            };
            let printed = state.printed.iter().filter(|(_, changed)| **changed > seen);
            let printed: Vec<u32> = printed.map(|(step, _)| *step).collect();
            // At its end, what was left of a line has become one.
            let printed = match &news.summary {
                Some(summary) if summary.ended.is_some() => state.printed.keys().copied().collect(),
                Some(_) | None => printed,
            };
            (news, printed, state.last)
        };
        if !printed.is_empty() {
            let counts = self.log.counts();
            let count = |step| (step, counts.get(&step).copied().unwrap_or_default());
            news.lines = printed.into_iter().map(count).collect();
        }
        (news, last)
    }

    /// Whether it has ended.
    pub fn is_ended(&self) -> bool {
        lock(&self.state).summary.0.state != BuildState::Running
    }

    /// Begins to write it down, on a thread of its own, until it has ended. The thread must be waited
    /// for before somebody else reads the folder.
    ///
    /// # Errors
    /// When the system has no further thread.
    pub fn keep_writing(self: &Arc<Self>) -> std::io::Result<std::thread::JoinHandle<()>> {
        let record = Arc::clone(self);
        let name = format!("build {}", record.id());
        std::thread::Builder::new().name(name).spawn(move || {
            let mut written = record.write_down(0);
            let mut at = Instant::now();
            let mut files = Files::default();
            while record.log.wait(WRITE_EVERY) {
                record.log.write_out(&mut files);
                if at.elapsed() >= WRITE_EVERY {
                    written = record.write_down(written);
                    at = Instant::now();
                }
            }
            record.log.write_out(&mut files);
        })
    }

    /// Writes its last state; the thread of [`Record::keep_writing`] has ended by then.
    pub fn write_end(&self) {
        self.write_down(0);
    }

    /// Writes its state, if that is another one than the state `written`; answers which is written now.
    fn write_down(&self, written: u64) -> u64 {
        let (kept, last) = {
            let state = lock(&self.state);
            if state.last_kept == written {
                return written;
            }
            (state.kept(), state.last_kept)
        };
        if let Err(error) = kept::write(&self.folder, kept, &self.secrets) {
            tracing::warn!("{}: {error}", self.folder.display());
        }
        last
    }
}

/// The part, if it changed after the change `seen`.
fn is_new<T>((part, changed): &(T, u64), seen: u64) -> Option<&T> {
    (*changed > seen).then_some(part)
}

#[cfg(test)]
#[path = "record_tests.rs"]
pub(super) mod tests;
