//! What a classic builder says, told as steps.
//!
//! Both builders speak of a step and print what its program printed in one stream, so a program could
//! speak as the builder does. What counts as the builder's word is therefore held to its exact form, in a
//! message of its own, at a moment when the builder may say it; anything else is what the step printed.
//! Nothing is lost: what the builder says beside the headings of steps stands in the step's log too.

use std::time::{Duration, Instant};

use super::plan::Plan;
use super::words::{Heading, Message, image_id, is_id};
use crate::build::lines::{keyword, plain};
use crate::build::model::bounded;
use crate::build::steps::now;
use crate::build::{Step, StepNumber, StepPart, StepState, Told};
use crate::capability::Builder;

/// Parts of a download that are told of a step at most.
const MOST_PARTS: usize = 200;
/// Steps that no plan knew: an image's `ONBUILD`, a Dockerfile that only the engine has.
const MOST_STEPS: usize = 10_000;
/// How often a download is told of at most.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// The engine said that it failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SaidError {
    pub message: String,
    /// With which code the program of the step ended.
    pub code: Option<i64>,
}

/// Reads the stream of one build.
pub(super) struct Reader<'t> {
    tell: &'t (dyn Fn(Told<'_>) + Send + Sync),
    builder: Builder,
    /// Podman says no more between the steps when it makes one layer of all.
    one_layer: bool,
    plan: Plan,
    /// The place of the step that is under way in the plan's steps.
    current: Option<usize>,
    /// What Podman numbers: the stage and the step in it.
    counted: (u32, u32),
    /// The builder has said that the step is done, and nothing since.
    committed: bool,
    /// The step has printed something, or its container runs.
    begun: bool,
    /// The line's end of a heading is still to come.
    ends_heading: bool,
    untold: Option<Instant>,
    /// The image that the last stage became, and whether the builder then said that it is built.
    image: Option<String>,
    built: bool,
}

impl<'t> Reader<'t> {
    /// Tells all steps that are known from the start; the first one, the sending, is under way.
    pub fn begin(
        tell: &'t (dyn Fn(Told<'_>) + Send + Sync),
        builder: Builder,
        one_layer: bool,
        plan: Plan,
    ) -> Self {
        let mut reader = Self {
            tell,
            builder,
            one_layer,
            plan,
            current: None,
            counted: (0, 0),
            committed: true,
            begun: false,
            ends_heading: false,
            untold: None,
            image: None,
            built: false,
        };
        for at in 0..reader.plan.steps.len() {
            reader.tell_step(at);
        }
        if reader.plan.sends {
            reader.start(0);
        }
        reader
    }

    /// How much of the folder is sent by now.
    pub fn sent(&mut self, bytes: u64, done: bool) {
        let part = StepPart {
            what: "transferring context".to_owned(),
            current: bytes,
            total: 0,
            done,
        };
        if let Some(step) = self.plan.steps.first_mut() {
            step.parts = vec![part];
            self.tell_step(0);
        }
    }

    /// Takes the next object.
    pub fn take(&mut self, message: Message) -> Result<(), SaidError> {
        if let Some(text) = &message.stream {
            self.stream(text);
        }
        if let Some(status) = &message.status {
            self.status(status, &message);
        }
        if let Some(id) = message.aux.as_ref().and_then(image_id) {
            self.image = Some(id);
            self.built = false;
        }
        let said = message.failed.unwrap_or_default();
        let text = said.message.or(message.error);
        match text.filter(|text| !text.is_empty()) {
            Some(message) => {
                let error = SaidError {
                    message,
                    code: said.code,
                };
                Err(error)
            }
            None => Ok(()),
        }
    }

    /// The image, if the builder has said that it is built.
    pub fn built(&self) -> Option<&str> {
        self.image.as_deref().filter(|_| self.built)
    }

    /// Whether the builder has not begun a step.
    pub fn is_sending(&self) -> bool {
        self.counted == (0, 0)
    }

    /// The last step is done, since the image is there.
    pub fn finish(&mut self) {
        self.end_current(StepState::Done);
    }

    /// What is under way has failed.
    pub fn fail(&mut self, why: &str) {
        if let Some(step) = self.current.and_then(|at| self.plan.steps.get_mut(at)) {
            step.error = Some(bounded(why));
        }
        self.end_current(StepState::Failed);
    }

    fn stream(&mut self, text: &str) {
        if std::mem::take(&mut self.ends_heading) && text == "\n" {
            return;
        }
        if let Some(heading) = self.heading(text) {
            self.step(&heading);
            return;
        }
        self.hear(text);
        self.log(text.as_bytes());
    }

    /// What the builder says of the step that is under way.
    fn hear(&mut self, text: &str) {
        let line = text.strip_suffix('\n').unwrap_or(text);
        self.committed = false;
        match self.builder {
            Builder::Docker => match line.strip_prefix(" ---> ") {
                Some("Using cache") if !self.begun => self.cached(),
                Some(said) if said.starts_with("Running in ") => self.begun = true,
                Some(id) if is_id(id) => self.committed = true,
                Some(_) | None => {}
            },
            Builder::Buildah => match line.strip_prefix("--> ") {
                Some(said) => match said.strip_prefix("Using cache ") {
                    Some(id) if is_id(id) && !self.begun => self.cached(),
                    Some(_) => {}
                    None => self.committed = is_id(said),
                },
                None => self.begun = true,
            },
        }
        // Only after the last stage's image: what a step prints comes before that.
        let id = line.strip_prefix("Successfully built ");
        if let (Some(id), Some(image)) = (id, &self.image) {
            let bare = image.strip_prefix("sha256:").unwrap_or(image);
            self.built |= id.len() >= 12 && bare.starts_with(id.trim_start_matches("sha256:"));
        }
    }

    /// The heading of a step, if this is one and one may come now.
    fn heading(&self, text: &str) -> Option<Heading> {
        let heading = match self.builder {
            Builder::Docker => Heading::of_docker(text)?,
            Builder::Buildah => Heading::of_buildah(text)?,
        };
        let runs = self
            .current
            .and_then(|at| self.plan.steps.get(at))
            .map(|step| keyword(&step.name));
        let may_print = matches!(runs.as_deref(), Some("RUN" | "FROM" | "ADD" | "COPY"));
        let fits = match self.builder {
            Builder::Docker => heading.at == self.counted.1 + 1 && (self.committed || !may_print),
            Builder::Buildah => {
                let follows = heading.stage == self.counted.0 && heading.at == self.counted.1 + 1;
                let begins = heading.at == 1 && heading.stage > self.counted.0;
                let silent = runs.as_deref() != Some("RUN") || self.one_layer;
                (follows || begins) && (self.committed || silent)
            }
        };
        fits.then_some(heading)
    }

    fn step(&mut self, heading: &Heading) {
        self.end_current(StepState::Done);
        self.counted = (heading.stage, heading.at);
        self.ends_heading = self.builder == Builder::Docker;
        self.image = None;
        self.built = false;
        let at = match self.planned(heading) {
            Some(at) => at,
            None => match self.unplanned(heading) {
                Some(at) => at,
                None => return,
            },
        };
        // Podman counts what an image's ONBUILD put in between, which the plan can't know.
        if self.builder == Builder::Buildah {
            let (at_step, of) = (heading.at, heading.of);
            self.number(at, StepNumber { at: at_step, of });
        }
        self.start(at);
    }

    /// The step of the plan that a heading means.
    fn planned(&self, heading: &Heading) -> Option<usize> {
        let word = keyword(&heading.text);
        let waits = |at: &usize| {
            let step = self.plan.steps.get(*at);
            step.is_some_and(|it| it.state == StepState::Waiting && keyword(&it.name) == word)
        };
        match self.builder {
            Builder::Docker => {
                let before = usize::from(self.plan.sends);
                let total = usize::try_from(heading.of).ok()?;
                let at = usize::try_from(heading.at).ok()?.checked_sub(1)? + before;
                if self.plan.steps.len() == total + before {
                    return Some(at).filter(waits);
                }
                let text = plain(&heading.text);
                let mut steps = self.plan.steps.iter();
                steps
                    .position(|step| plain(&step.name) == text)
                    .filter(waits)
            }
            Builder::Buildah => {
                let stage = heading.stage_place();
                let of_stage = |at: &usize| {
                    let its = self.plan.stages.get(*at).copied().flatten();
                    its.is_some() && (stage.is_none() || its == stage)
                };
                let first = (0..self.plan.steps.len()).find(|at| {
                    of_stage(at)
                        && self
                            .plan
                            .steps
                            .get(*at)
                            .is_some_and(|step| step.state == StepState::Waiting)
                })?;
                // What an image's ONBUILD put in between is not in the plan.
                let name = &self.plan.steps.get(first)?.name;
                let same = plain(name) == plain(&heading.text) || word == "FROM";
                let variable = name.contains('$');
                (waits(&first) && (same || variable || name.contains("<<"))).then_some(first)
            }
        }
    }

    fn unplanned(&mut self, heading: &Heading) -> Option<usize> {
        if self.plan.steps.len() >= MOST_STEPS {
            return None;
        }
        let id = u32::try_from(self.plan.steps.len()).ok()?;
        let before = self.current.and_then(|at| self.plan.steps.get(at));
        let mut step = Step::waiting(id, &heading.text);
        step.stage = before.and_then(|step| step.stage.clone());
        step.inputs = before.map(|step| step.id).into_iter().collect();
        // Docker counts over all stages, which is of use only where no stage is known.
        let number = if self.builder == Builder::Docker && self.plan.whole {
            before.and_then(|step| step.number).map(|it| StepNumber {
                at: it.at.saturating_add(1),
                of: it.of.saturating_add(1),
            })
        } else {
            Some(StepNumber {
                at: heading.at,
                of: heading.of,
            })
        };
        let stage = self
            .current
            .and_then(|at| self.plan.stages.get(at).copied().flatten());
        self.plan.steps.push(step);
        self.plan.stages.push(stage);
        let at = self.plan.steps.len().checked_sub(1)?;
        if let Some(number) = number {
            self.number(at, number);
        }
        Some(at)
    }

    /// Gives a step its place in its stage. Those of the stage that wait come behind it, so that all are
    /// counted by one scale.
    fn number(&mut self, at: usize, number: StepNumber) {
        let Some(step) = self.plan.steps.get_mut(at) else {
            return;
        };
        if step.number.replace(number) == Some(number) {
            return;
        }
        let stage = self.plan.stages.get(at).copied().flatten();
        let mut behind = number.at;
        for other in (0..self.plan.steps.len()).filter(|other| *other != at) {
            let its = self.plan.stages.get(other).copied().flatten();
            if its.is_none() || its != stage {
                continue;
            }
            if let Some(step) = self.plan.steps.get_mut(other) {
                if step.state == StepState::Waiting {
                    behind = behind.saturating_add(1);
                    step.number = Some(StepNumber {
                        at: behind,
                        of: number.of,
                    });
                } else if let Some(known) = &mut step.number {
                    known.of = number.of;
                }
                self.tell_step(other);
            }
        }
    }

    fn start(&mut self, at: usize) {
        self.current = Some(at);
        self.committed = false;
        self.begun = false;
        if let Some(step) = self.plan.steps.get_mut(at) {
            step.state = StepState::Running;
            step.began = Some(now());
        }
        self.tell_step(at);
    }

    fn cached(&mut self) {
        if let Some(at) = self.current
            && let Some(step) = self.plan.steps.get_mut(at)
        {
            step.state = StepState::Cached;
            self.tell_step(at);
        }
    }

    fn end_current(&mut self, state: StepState) {
        let Some(at) = self.current else { return };
        self.untold = None;
        if let Some(step) = self.plan.steps.get_mut(at) {
            if step.ended.is_some() {
                return;
            }
            step.ended = Some(now());
            match (step.state, state) {
                (StepState::Cached, StepState::Done) => {}
                (_, state) => step.state = state,
            }
            self.tell_step(at);
        }
    }

    /// What is said of a download.
    fn status(&mut self, status: &str, message: &Message) {
        let Some(at) = self.current else { return };
        let (Some(id), Some(detail)) = (&message.id, &message.detail) else {
            let line = match &message.id {
                Some(id) => format!("{id}: {status}\n"),
                None => format!("{status}\n"),
            };
            self.log(line.as_bytes());
            return;
        };
        self.begun = true;
        let Some(step) = self.plan.steps.get_mut(at) else {
            return;
        };
        let known = step.parts.iter().position(|part| part.what == *id);
        if known.is_none() && step.parts.len() < MOST_PARTS {
            step.parts.push(StepPart {
                what: id.chars().take(100).collect(),
                current: 0,
                total: 0,
                done: false,
            });
        }
        let place = known.unwrap_or(step.parts.len().saturating_sub(1));
        let Some(part) = step.parts.get_mut(place).filter(|part| part.what == *id) else {
            return;
        };
        part.current = detail.current.unwrap_or(part.current);
        part.total = detail.total.unwrap_or(part.total);
        part.done = matches!(status, "Pull complete" | "Already exists");
        if part.done && part.total > 0 {
            part.current = part.total;
        }
        let told = *self.untold.get_or_insert_with(Instant::now);
        if told.elapsed() >= TELL_EVERY || part.done {
            self.untold = Some(Instant::now());
            self.tell_step(at);
        }
    }

    fn log(&self, bytes: &[u8]) {
        let step = self.current.and_then(|at| self.plan.steps.get(at));
        if let Some(step) = step.or_else(|| self.plan.steps.first()) {
            (self.tell)(Told::Log(step.id, bytes));
        }
    }

    fn tell_step(&self, at: usize) {
        if let Some(step) = self.plan.steps.get(at) {
            (self.tell)(Told::Step(step));
        }
    }
}

#[cfg(test)]
mod tests;
