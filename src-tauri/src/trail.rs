//! The command trail on disk: what was asked for and how it ended, across restarts.
//!
//! A task is written when it begins and again when it ends, a line of JSON each time, so that an app
//! that is killed in between leaves a line that says so. What is written holds no secret: actions come
//! in redacted, and the engine's words are searched for what was hidden.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use slipway_action::{Action, Shell};
use slipway_engine::model::{Outcome, Progress, Task, TaskState};
use slipway_engine::problem::Problem;

use crate::disk::{self, Beside};
use crate::hub::lock;

/// Tasks that are remembered; the page has this number, too.
pub const KEPT: usize = 500;

/// Lines after which the file is written anew with what is remembered.
const LINES: usize = 4 * KEPT;

/// A longer line is none of ours.
const LONGEST: u64 = 1 << 20;

/// A task as it lies in the file. The command is there for whoever reads the file; the app makes it anew.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    id: u64,
    engine: String,
    command: String,
    action: Action,
    #[serde(default)]
    folder: Option<String>,
    state: TaskState,
    started: i64,
    ended: Option<i64>,
    #[serde(default)]
    outcome: Outcome,
    problem: Option<Problem>,
}

impl Kept {
    /// `secrets` are the texts that the action's redaction took away.
    fn of(task: &Task, secrets: &[String]) -> Kept {
        let outcome = Outcome {
            // What a question was answered may be long, and nobody has looked through it for secrets.
            text: None,
            ..task.outcome.clone()
        };
        let problem = task.problem.clone().map(|problem| Problem {
            // A fix carries the whole action; without its secrets it would not work.
            fixes: Vec::new(),
            ..scrub_problem(problem, secrets)
        });
        Kept {
            id: task.id,
            engine: task.engine.clone(),
            command: task.command.line.clone(),
            action: task.action.clone(),
            folder: task.folder.clone(),
            state: task.state,
            started: task.started,
            ended: task.ended,
            outcome: scrub(outcome, secrets).unwrap_or_default(),
            problem,
        }
    }

    fn into_task(self, shell: Shell) -> Task {
        Task {
            id: self.id,
            engine: self.engine,
            command: self.action.render(shell),
            action: self.action,
            folder: self.folder,
            state: self.state,
            started: self.started,
            ended: self.ended,
            progress: Progress::default(),
            outcome: self.outcome,
            problem: self.problem,
        }
    }
}

/// The same problem without secrets in what it says. Its fixes stay as they are: they need them.
pub fn scrub_problem(problem: Problem, secrets: &[String]) -> Problem {
    let clean = |mut text: String| {
        scrub_text(&mut text, secrets);
        text
    };
    Problem {
        code: problem.code,
        what: clean(problem.what),
        why: clean(problem.why),
        todo: clean(problem.todo),
        command: problem.command.map(clean),
        fixes: problem.fixes,
        detail: clean(problem.detail),
    }
}

fn scrub_text(text: &mut String, secrets: &[String]) {
    for secret in secrets {
        if text.contains(secret.as_str()) {
            *text = text.replace(secret.as_str(), slipway_action::HIDDEN);
        }
    }
}

/// The same value with every secret in its texts replaced; nothing, should it not be the same kind of value any more.
pub fn scrub<T: Serialize + serde::de::DeserializeOwned>(
    value: T,
    secrets: &[String],
) -> Option<T> {
    if secrets.is_empty() {
        return Some(value);
    }
    let mut json = serde_json::to_value(value).ok()?;
    scrub_json(&mut json, secrets);
    serde_json::from_value(json).ok()
}

fn scrub_json(value: &mut serde_json::Value, secrets: &[String]) {
    match value {
        serde_json::Value::String(text) => scrub_text(text, secrets),
        serde_json::Value::Array(values) => {
            values.iter_mut().for_each(|one| scrub_json(one, secrets));
        }
        serde_json::Value::Object(fields) => {
            fields.values_mut().for_each(|one| scrub_json(one, secrets));
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

/// The file, open for the next line.
#[derive(Debug)]
pub struct TrailFile {
    path: PathBuf,
    /// `None` once it could not be written: said once, and the trail then lasts until the app ends.
    open: Mutex<Option<Open>>,
}

/// The file, and the lines that it has by now.
#[derive(Debug)]
struct Open {
    file: File,
    lines: usize,
}

/// The tasks of earlier runs, oldest first.
#[derive(Debug, Default)]
pub struct Earlier(Vec<Kept>);

impl Earlier {
    /// The highest id among them; 0 when there is none.
    pub fn last_id(&self) -> u64 {
        self.0.last().map_or(0, |kept| kept.id)
    }

    /// Them as tasks, their commands quoted for `shell`.
    pub fn into_tasks(self, shell: Shell) -> impl Iterator<Item = Task> {
        self.0.into_iter().map(move |kept| kept.into_task(shell))
    }
}

impl TrailFile {
    /// Opens `trail.jsonl` in the folder `data`, and reads what earlier runs left there. A line that
    /// cannot be read is left out; a task that was under way is interrupted now.
    pub fn open(data: &Path) -> (TrailFile, Earlier) {
        let path = data.join("trail.jsonl");
        let (all, lines) = read(&path);
        let was_killed = all.iter().any(|kept| !kept.state.is_ended());
        let earlier = remembered(all.into_iter().map(interrupted).collect());
        let trail = TrailFile {
            path,
            open: Mutex::new(None),
        };
        // From here on, what the file calls under way is under way.
        let opened = if lines > LINES || was_killed {
            trail.write_anew(&earlier)
        } else {
            trail.append(lines)
        };
        match opened {
            Ok(open) => *lock(&trail.open) = Some(open),
            Err(error) => tracing::warn!("{}: {error}", trail.path.display()),
        }
        (trail, Earlier(earlier))
    }

    /// Writes a task as it is now.
    pub fn keep(&self, task: &Task, secrets: &[String]) {
        let mut at = lock(&self.open);
        let Some(open) = at.as_mut() else { return };
        if let Err(error) = write_line(&mut open.file, &Kept::of(task, secrets)) {
            tracing::warn!("{}: {error}", self.path.display());
            *at = None;
            return;
        }
        open.lines += 1;
        if open.lines > LINES {
            match self.write_anew(&remembered(read(&self.path).0)) {
                Ok(anew) => *open = anew,
                Err(error) => {
                    tracing::warn!("{} grows: {error}", self.path.display());
                    // Tried again after as many lines.
                    open.lines = 0;
                }
            }
        }
    }

    /// Forgets all that was written.
    ///
    /// # Errors
    /// When the file cannot be emptied.
    pub fn clear(&self) -> std::io::Result<()> {
        *lock(&self.open) = Some(self.write_anew(&[])?);
        Ok(())
    }

    fn append(&self, lines: usize) -> std::io::Result<Open> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = disk::private().append(true).create(true).open(&self.path)?;
        // The line of an app that was killed while it wrote ends here.
        if file.metadata()?.len() > 0 {
            file.write_all(b"\n")?;
        }
        Ok(Open { file, lines })
    }

    /// Never half: beside it, then in its place.
    fn write_anew(&self, kept: &[Kept]) -> std::io::Result<Open> {
        let mut fresh = Beside::of(&self.path)?;
        for one in kept {
            write_line(fresh.file(), one)?;
        }
        fresh.place(&self.path)?;
        self.append(kept.len())
    }
}

fn write_line(file: &mut File, kept: &Kept) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(kept)?;
    line.push(b'\n');
    // One call, so that a line is there whole or not at all.
    file.write_all(&line)
}

/// The last state of each task, the oldest first, and how many lines the file has.
fn read(path: &Path) -> (Vec<Kept>, usize) {
    let Ok(file) = File::open(path) else {
        // There is none before the first task.
        return (Vec::new(), 0);
    };
    let mut tasks = BTreeMap::new();
    let mut lines = 0;
    let mut file = BufReader::new(file);
    let mut line = Vec::new();
    // Of a longer line, each piece is none of ours, too.
    while let Ok(1..) = {
        line.clear();
        (&mut file).take(LONGEST).read_until(b'\n', &mut line)
    } {
        if line == b"\n" {
            continue;
        }
        lines += 1;
        match serde_json::from_slice::<Kept>(&line) {
            Ok(kept) => {
                tasks.insert(kept.id, kept);
            }
            Err(error) => tracing::warn!("{}: a line is not readable: {error}", path.display()),
        }
    }
    (tasks.into_values().collect(), lines)
}

/// As many as are remembered: the newest, and what is under way, which is told again when it ends.
fn remembered(mut tasks: Vec<Kept>) -> Vec<Kept> {
    let mut surplus = tasks.len().saturating_sub(KEPT);
    tasks.retain(|kept| {
        let stays = surplus == 0 || !kept.state.is_ended();
        surplus -= usize::from(!stays);
        stays
    });
    tasks
}

/// What was under way when the app ended is not any more.
fn interrupted(kept: Kept) -> Kept {
    let state = match kept.state {
        TaskState::Waiting | TaskState::Running => TaskState::Interrupted,
        ended @ (TaskState::Done
        | TaskState::Failed
        | TaskState::Cancelled
        | TaskState::Interrupted) => ended,
    };
    Kept { state, ..kept }
}

#[cfg(test)]
#[path = "trail_tests.rs"]
mod tests;
