//! Keeps a build's steps as BuildKit tells of them, and tells what changed.

use std::collections::HashMap;
use std::time::{SystemTime, UNIX_EPOCH};

use bollard_buildkit_proto::google::protobuf::Timestamp;
use bollard_buildkit_proto::moby::buildkit::v1::{StatusResponse, Vertex, VertexStatus};

use super::finding;
use super::name;
use crate::build::dockerfile::Dockerfile;
use crate::build::lines::Lines;
use crate::build::model::{Finding, LONGEST_TEXT, Step, StepPart, StepState, Told, bounded};

/// More than any build, any step or any Dockerfile has; what an engine says beyond is not kept.
const MOST_STEPS: usize = 10_000;
const MOST_PARTS: usize = 2_000;
const MOST_FINDINGS: usize = 1_000;
/// A clock that differs by less is taken to be the same.
const SAME_CLOCK_MS: i64 = 1_000;

/// All that was told of a build.
pub(super) struct Steps<'a> {
    told: &'a (dyn Fn(Told<'_>) + Send + Sync),
    dockerfile: Dockerfile,
    steps: Vec<Kept>,
    by_digest: HashMap<String, u32>,
    findings: Vec<Finding>,
    /// What is added to the engine's times to have this computer's.
    clock: Option<i64>,
}

struct Kept {
    step: Step,
    /// The digests of the steps that it builds on, some of which may not be known yet.
    inputs: Vec<String>,
    changed: bool,
    told: bool,
}

impl<'a> Steps<'a> {
    /// Nothing was told yet. `dockerfile` is empty where it is not known.
    pub fn new(told: &'a (dyn Fn(Told<'_>) + Send + Sync), dockerfile: Dockerfile) -> Self {
        Self {
            told,
            dockerfile,
            steps: Vec::new(),
            by_digest: HashMap::new(),
            findings: Vec::new(),
            clock: None,
        }
    }

    /// Takes what the engine says: first what is new, then what steps print, then how they stand.
    pub fn take(&mut self, mut status: StatusResponse) {
        self.set_clock(&status);
        // What is said at once comes in any order; people expect that of the Dockerfile.
        let place = |vertex: &Vertex| name::read(&vertex.name).number.map(|number| number.at);
        status.vertexes.sort_by_key(place);
        for vertex in &status.vertexes {
            self.id_of(&vertex.digest);
        }
        for vertex in status.vertexes {
            self.vertex(vertex);
        }
        for status in status.statuses {
            self.status(status);
        }
        let going = |kept: &Kept| {
            matches!(kept.step.state, StepState::Waiting | StepState::Running) || !kept.told
        };
        self.tell(going);
        for log in status.logs {
            if !log.msg.is_empty() {
                let Some(id) = self.id_of(&log.vertex) else {
                    continue;
                };
                self.tell(|_| true);
                (self.told)(Told::Log(id, &log.msg));
            }
        }
        self.tell(|_| true);
        for warning in status.warnings {
            let found = finding::of(warning);
            let finding = Finding {
                rule: bounded(&found.rule),
                message: bounded(&found.message),
                about: bounded(&found.about),
                url: found.url.filter(|url| url.len() <= LONGEST_TEXT),
                ..found
            };
            let room = self.findings.len() < MOST_FINDINGS;
            // Each is said once for every time that the frontend runs.
            if room && !self.findings.contains(&finding) {
                (self.told)(Told::Finding(&finding));
                self.findings.push(finding);
            }
        }
    }

    /// The build ended well: whatever was not told to be done is done.
    pub fn end_well(&mut self) {
        self.end(StepState::Done, StepState::Cached);
    }

    /// The build ended otherwise: what was not done never will be.
    pub fn end_ill(&mut self) {
        self.end(StepState::Cancelled, StepState::Cancelled);
    }

    /// The step of a digest.
    pub fn find(&self, digest: &str) -> Option<u32> {
        self.by_digest.get(digest).copied()
    }

    /// The lines of an instruction, of which older engines say the first alone.
    pub fn whole(&self, lines: (u32, u32)) -> (u32, u32) {
        let all = &self.dockerfile.instructions;
        let whole = all.iter().find(|it| it.first == lines.0);
        (lines.0, whole.map_or(lines.1, |it| it.last.max(lines.1)))
    }

    /// The step that failed, and its line.
    pub fn failed(&self) -> Option<(u32, Option<u32>)> {
        let steps = self.steps.iter().map(|kept| &kept.step);
        let mut failed = steps.filter(|step| step.state == StepState::Failed);
        failed.next().map(|step| (step.id, step.line))
    }

    fn end(&mut self, running: StepState, waiting: StepState) {
        let now = now();
        for kept in &mut self.steps {
            match kept.step.state {
                StepState::Running => {
                    kept.step.state = running;
                    kept.step.ended = kept.step.ended.or(Some(now));
                    kept.changed = true;
                }
                StepState::Waiting => {
                    kept.step.state = waiting;
                    kept.changed = true;
                }
                StepState::Done | StepState::Cached | StepState::Failed | StepState::Cancelled => {}
            }
        }
        self.tell(|_| true);
    }

    /// The id of a digest; a new step where it is new, and there are not too many.
    fn id_of(&mut self, digest: &str) -> Option<u32> {
        if let Some(id) = self.by_digest.get(digest) {
            return Some(*id);
        }
        if self.steps.len() >= MOST_STEPS || digest.len() > LONGEST_TEXT {
            return None;
        }
        let id = u32::try_from(self.steps.len()).ok()?;
        self.by_digest.insert(digest.to_owned(), id);
        self.steps.push(Kept {
            step: Step::waiting(id, digest),
            inputs: Vec::new(),
            changed: true,
            told: false,
        });
        Some(id)
    }

    fn vertex(&mut self, mut vertex: Vertex) {
        vertex.inputs.truncate(MOST_PARTS);
        vertex.inputs.retain(|digest| digest.len() <= LONGEST_TEXT);
        let Some(id) = self.id_of(&vertex.digest) else {
            return;
        };
        let began = self.time(vertex.started);
        let ended = self.time(vertex.completed);
        let named = name::read(&vertex.name);
        let inputs: Vec<_> = vertex.inputs.iter().map(|it| self.find(it)).collect();
        let Some(kept) = self.steps.get_mut(id as usize) else {
            return;
        };
        let before = kept.step.clone();
        let step = &mut kept.step;
        if !vertex.name.is_empty() {
            step.name = bounded(named.name);
            step.stage = named.stage.as_deref().map(bounded);
            step.number = named.number;
            step.line = Lines::of(&self.dockerfile).line(step);
        }
        if !vertex.inputs.is_empty() {
            step.inputs = inputs.into_iter().flatten().collect();
            kept.inputs = vertex.inputs;
        }
        step.began = began.or(step.began);
        step.ended = ended;
        step.state = match (&vertex.error, vertex.cached) {
            // A step that was stopped since another failed says so, in Go's words.
            (error, _) if error.ends_with("context canceled") => StepState::Cancelled,
            (error, _) if !error.is_empty() => StepState::Failed,
            (_, true) => StepState::Cached,
            (_, false) if ended.is_some() => StepState::Done,
            (_, false) if began.is_some() => StepState::Running,
            (_, false) => step.state,
        };
        step.error = (!vertex.error.is_empty()).then(|| bounded(&vertex.error));
        kept.changed |= kept.step != before;
    }

    fn status(&mut self, status: VertexStatus) {
        let Some(id) = self.id_of(&status.vertex) else {
            return;
        };
        let Some(kept) = self.steps.get_mut(id as usize) else {
            return;
        };
        let part = StepPart {
            what: bounded(status.id.trim_end_matches(':')),
            current: u64::try_from(status.current).unwrap_or(0),
            total: u64::try_from(status.total).unwrap_or(0),
            done: status.completed.is_some(),
        };
        let parts = &mut kept.step.parts;
        match parts.iter().position(|it| it.what == part.what) {
            Some(at) => {
                kept.changed |= parts[at] != part;
                parts[at] = part;
            }
            None if parts.len() < MOST_PARTS => {
                parts.push(part);
                kept.changed = true;
            }
            None => {}
        }
    }

    /// Tells those of the changed steps that `which` names.
    fn tell(&mut self, which: impl Fn(&Kept) -> bool) {
        for kept in &mut self.steps {
            if kept.changed && which(kept) {
                kept.changed = false;
                kept.told = true;
                // Inputs may have become known since.
                if kept.step.inputs.len() < kept.inputs.len() {
                    let known = kept.inputs.iter().filter_map(|it| self.by_digest.get(it));
                    kept.step.inputs = known.copied().collect();
                }
                (self.told)(Told::Step(&kept.step));
            }
        }
    }

    /// An engine elsewhere may have another clock. The newest of its times is about now.
    fn set_clock(&mut self, status: &StatusResponse) {
        if self.clock.is_some() {
            return;
        }
        let vertices = status
            .vertexes
            .iter()
            .flat_map(|it| [it.started, it.completed]);
        let logs = status.logs.iter().map(|it| it.timestamp);
        let newest = vertices.chain(logs).flatten().map(milliseconds).max();
        self.clock = newest.map(|newest| match now().saturating_sub(newest) {
            off if off.saturating_abs() < SAME_CLOCK_MS => 0,
            off => off,
        });
    }

    fn time(&self, time: Option<Timestamp>) -> Option<i64> {
        Some(milliseconds(time?).saturating_add(self.clock.unwrap_or(0)))
    }
}

fn milliseconds(time: Timestamp) -> i64 {
    let whole = time.seconds.saturating_mul(1_000);
    whole.saturating_add(i64::from(time.nanos / 1_000_000))
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(since.unwrap_or_default().as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
