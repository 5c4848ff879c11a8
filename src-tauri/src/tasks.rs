//! What the user has asked for: each perform of an action is a task, and a line of the trail.

use std::collections::{HashMap, VecDeque};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use slipway_action::{
    Action, Shell, names_secret, redact, secret_files, secret_variables, secrets,
};
use slipway_engine::build::Told;
use slipway_engine::connect::Engine;
use slipway_engine::model::{Change, Outcome, Progress, Task, TaskState};
use slipway_engine::perform::{Report, perform_in};
use slipway_engine::problem::Problem;
use slipway_engine::stream::ring::Ring;
use tokio_util::sync::CancellationToken;

use crate::builds::{BuildReport, Builds};
use crate::hub::{Hub, lock};
use crate::one_thread::OneThread;
use crate::trail::{TrailFile, scrub_problem};

/// What a program printed is kept for this many ended tasks.
const OUTPUTS_KEPT: usize = 16;

/// Shorter values of variables are in every sentence.
const SHORTEST_SECRET: usize = 4;

/// BuildKit takes no larger file for a secret, in bytes.
const LARGEST_SECRET: u64 = 500 * 1024;

/// What is kept of each, in bytes; more than a terminal shows at once, less than a photo.
const OUTPUT_BYTES: usize = 1 << 20;

/// The tasks: those of this run of the app, after those of earlier ones.
#[derive(Debug)]
pub struct Tasks {
    hub: Arc<Hub>,
    trail: Arc<TrailFile>,
    builds: Arc<Builds>,
    build_thread: OneThread,
    last: AtomicU64,
    running: Mutex<HashMap<u64, CancellationToken>>,
    outputs: Mutex<VecDeque<(u64, Arc<Ring>)>>,
}

impl Tasks {
    /// No task yet, after those of earlier runs; each is told to `hub` and written to `trail`, and a
    /// build is followed by `builds`.
    ///
    /// # Errors
    /// When the system has no further thread.
    pub fn new(
        hub: Arc<Hub>,
        trail: TrailFile,
        builds: Arc<Builds>,
        last: u64,
    ) -> std::io::Result<Tasks> {
        // Whoever emptied the trail kept the builds, and their ids are of the same kind.
        let last = last.max(builds.last_id());
        Ok(Tasks {
            hub,
            trail: Arc::new(trail),
            builds,
            build_thread: OneThread::start("builds")?,
            last: AtomicU64::new(last),
            running: Mutex::default(),
            outputs: Mutex::default(),
        })
    }

    /// Begins to perform `actions` on `engine`, one after the other, and gives back their tasks' ids at
    /// once. Their relative paths begin at `folder`. One that does not come to a good end cancels those that wait for it.
    pub fn start(
        self: &Arc<Self>,
        engine: &Engine,
        actions: Vec<Action>,
        folder: &Path,
        shell: Shell,
    ) -> Vec<u64> {
        let builds = actions
            .iter()
            .any(|action| matches!(action, Action::Build(_)));
        let jobs: Vec<Job> = actions
            .into_iter()
            .map(|action| self.job(engine, action, folder, shell))
            .collect();
        let ids = jobs.iter().map(|job| job.id).collect();
        let tasks = Arc::clone(self);
        let engine = engine.clone();
        let work = async move {
            let mut good = true;
            for job in jobs {
                good = tasks.run(&engine, job, good).await;
            }
        };
        if builds {
            self.build_thread.spawn(work);
        } else {
            tauri::async_runtime::spawn(work);
        }
        ids
    }

    fn job(&self, engine: &Engine, action: Action, folder: &Path, shell: Shell) -> Job {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let cancel = CancellationToken::new();
        let output = Arc::new(Ring::new(OUTPUT_BYTES));
        lock(&self.running).insert(id, cancel.clone());
        self.keep_output(id, Arc::clone(&output));
        // Secrets stay out of everything that is shown or kept.
        let shown = redact(&action);
        let task = Task {
            id,
            engine: engine.id().to_owned(),
            command: shown.render(shell),
            action: shown,
            folder: action
                .is_of_a_folder()
                .then(|| folder.display().to_string()),
            state: TaskState::Waiting,
            started: unix_millis(),
            ended: None,
            progress: Progress::default(),
            outcome: Outcome::default(),
            problem: None,
        };
        let secrets = all_secrets(&action, folder);
        let build = matches!(action, Action::Build(_)).then(|| {
            let record = self.builds.add(&task, folder, secrets.clone());
            BuildReport::new(Arc::clone(&self.builds), record)
        });
        let report = TaskReport {
            hub: Arc::clone(&self.hub),
            trail: Arc::clone(&self.trail),
            output,
            secrets,
            build,
            task: Mutex::new(task),
        };
        report.change(|_| ());
        Job {
            id,
            action,
            folder: folder.to_owned(),
            cancel,
            report,
        }
    }

    /// Performs one action, unless the one before it went wrong; answers whether it is done.
    async fn run(&self, engine: &Engine, job: Job, good: bool) -> bool {
        let Job {
            id,
            action,
            folder,
            cancel,
            report,
        } = job;
        if !good {
            cancel.cancel();
        }
        let result = if cancel.is_cancelled() {
            None
        } else {
            report.change_and_keep(|task| {
                task.state = TaskState::Running;
                task.started = unix_millis();
            });
            if let Some(build) = &report.build {
                // Whoever stops it waits for no engine that is slow to say what is there.
                let began = build.begin(engine, &folder, &action, unix_millis());
                cancel.run_until_cancelled(Box::pin(began)).await;
            }
            let done = perform_in(&folder, engine, &action, &report, &cancel).await;
            // It is shown, kept, and may be looked for on the web.
            Some(done.map_err(|problem| scrub_problem(problem, &report.secrets)))
        };
        if let Some(build) = &report.build {
            let cancelled = cancel.is_cancelled();
            build
                .end(engine, &action, result.as_ref(), cancelled, unix_millis())
                .await;
        }
        // Whoever waits for the end must find the task no longer running.
        lock(&self.running).remove(&id);
        report.end(result, cancel.is_cancelled())
    }

    /// Forgets the tasks that have ended, here and on disk.
    ///
    /// # Errors
    /// When the file of the trail cannot be emptied; nothing is forgotten then.
    pub fn forget_ended(&self) -> std::io::Result<()> {
        self.trail.clear()?;
        for task in self.hub.forget_ended_tasks() {
            // Its action is redacted already, and it has no outcome yet that could tell a secret.
            self.trail.keep(&task, &[]);
        }
        Ok(())
    }

    /// Stops a task; one that has ended stays as it is.
    pub fn cancel(&self, id: u64) {
        if let Some(cancel) = lock(&self.running).get(&id) {
            cancel.cancel();
        }
    }

    /// What the task `id` printed, as long as it is remembered.
    pub fn output(&self, id: u64) -> Option<Arc<Ring>> {
        lock(&self.outputs)
            .iter()
            .find(|(task, _)| *task == id)
            .map(|(_, ring)| Arc::clone(ring))
    }

    fn keep_output(&self, id: u64, output: Arc<Ring>) {
        let running = lock(&self.running);
        let mut outputs = lock(&self.outputs);
        outputs.push_back((id, output));
        while outputs.len() > OUTPUTS_KEPT {
            let ended = outputs
                .iter()
                .position(|(task, _)| !running.contains_key(task));
            match ended {
                Some(place) => outputs.remove(place),
                None => break,
            };
        }
    }
}

/// What must not be kept of an action: what it hides, and what it takes along from the environment and
/// from the files that `--secret` lends.
fn all_secrets(action: &Action, folder: &Path) -> Vec<String> {
    let variables = secret_variables(action).into_iter();
    // One that is empty, or not text, is in no line that is kept.
    let taken = variables.filter_map(|name| std::env::var(name).ok());
    let files = secret_files(action).into_iter();
    let lent = files.flat_map(|path| lent(&folder.join(at_home(&path))));
    let mut all = secrets(action);
    all.extend(
        taken
            .chain(lent)
            .filter(|value| value.chars().count() >= SHORTEST_SECRET),
    );
    all.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    all
}

/// What is in a file that is lent as a secret: its lines, and what stands behind the names of secrets in
/// them. Nothing where the build will not take it either, or where it is no text.
fn lent(path: &Path) -> Vec<String> {
    let is_taken = |facts: &Metadata| facts.is_file() && facts.len() <= LARGEST_SECRET;
    if !std::fs::metadata(path).is_ok_and(|facts| is_taken(&facts)) {
        return Vec::new();
    }
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        found.push(line.to_owned());
        if let Some((name, value)) = line.split_once('=')
            && names_secret(name)
        {
            found.push(value.trim_matches('"').to_owned());
        }
    }
    found
}

/// A path as the build takes it, which knows the sign of the home folder.
fn at_home(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        (Some(_) | None, _) => PathBuf::from(path),
    }
}

/// An action that is to be performed.
struct Job {
    id: u64,
    action: Action,
    folder: PathBuf,
    cancel: CancellationToken,
    report: TaskReport,
}

/// Tells the hub and the trail how one task goes.
struct TaskReport {
    hub: Arc<Hub>,
    trail: Arc<TrailFile>,
    output: Arc<Ring>,
    secrets: Vec<String>,
    build: Option<BuildReport>,
    task: Mutex<Task>,
}

impl TaskReport {
    fn change(&self, change: impl FnOnce(&mut Task)) {
        let mut task = lock(&self.task);
        change(&mut task);
        self.hub.publish(&Change::Task { task: task.clone() });
    }

    fn change_and_keep(&self, change: impl FnOnce(&mut Task)) {
        self.change(change);
        self.trail.keep(&lock(&self.task), &self.secrets);
    }

    /// Tells the end; `None` when it never began. Answers whether it is done.
    fn end(&self, result: Option<Result<Outcome, Problem>>, cancelled: bool) -> bool {
        self.output.close();
        let done = matches!(result, Some(Ok(_)));
        self.change_and_keep(|task| {
            task.ended = Some(unix_millis());
            match result {
                Some(Ok(outcome)) => {
                    task.state = TaskState::Done;
                    task.outcome = outcome;
                }
                Some(Err(problem)) if !cancelled => {
                    task.state = TaskState::Failed;
                    task.problem = Some(problem);
                }
                Some(Err(_)) | None => task.state = TaskState::Cancelled,
            }
        });
        done
    }
}

impl Report for TaskReport {
    fn progress(&self, progress: Progress) {
        self.change(|task| task.progress = progress);
    }

    fn outcome(&self, partial: Outcome) {
        self.change(|task| task.outcome = partial);
    }

    fn output(&self, bytes: &[u8]) {
        self.output.push(bytes);
    }

    fn build(&self, told: Told<'_>) {
        if let Some(build) = &self.build {
            build.tell(told);
        }
    }
}

/// Milliseconds since 1970; a clock before that counts as 1970.
fn unix_millis() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .unwrap_or_default()
}
