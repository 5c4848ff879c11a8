//! What the user has asked for: each perform of an action is a task, and a line of the trail.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use slipway_action::{Action, Shell, redact};
use slipway_engine::connect::Engine;
use slipway_engine::model::{Change, Outcome, Progress, Task, TaskState};
use slipway_engine::perform::{Report, perform};
use slipway_engine::problem::Problem;
use slipway_engine::stream::ring::Ring;
use tokio_util::sync::CancellationToken;

use crate::hub::{Hub, lock};

/// What a program printed is kept for this many ended tasks.
const OUTPUTS_KEPT: usize = 16;

/// What is kept of each, in bytes; more than a terminal shows at once, less than a photo.
const OUTPUT_BYTES: usize = 1 << 20;

/// All tasks of this run of the app.
#[derive(Debug)]
pub struct Tasks {
    hub: Arc<Hub>,
    last: AtomicU64,
    running: Mutex<HashMap<u64, CancellationToken>>,
    outputs: Mutex<VecDeque<(u64, Arc<Ring>)>>,
}

impl Tasks {
    /// No task yet; each is told to `hub`.
    pub fn new(hub: Arc<Hub>) -> Tasks {
        Tasks {
            hub,
            last: AtomicU64::new(0),
            running: Mutex::default(),
            outputs: Mutex::default(),
        }
    }

    /// Begins to perform `action` on `engine`, and gives back the task's id at once.
    pub fn start(self: &Arc<Self>, engine: Engine, action: Action, shell: Shell) -> u64 {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let cancel = CancellationToken::new();
        let output = Arc::new(Ring::new(OUTPUT_BYTES));
        lock(&self.running).insert(id, cancel.clone());
        self.keep_output(id, Arc::clone(&output));
        // Secrets stay out of everything that is shown or kept.
        let shown = redact(&action);
        let report = TaskReport {
            hub: Arc::clone(&self.hub),
            output,
            task: Mutex::new(Task {
                id,
                engine: engine.id().to_owned(),
                command: shown.render(shell),
                action: shown,
                state: TaskState::Running,
                started: unix_millis(),
                ended: None,
                progress: Progress::default(),
                outcome: Outcome::default(),
                problem: None,
            }),
        };
        report.change(|_| ());
        let tasks = Arc::clone(self);
        tauri::async_runtime::spawn(async move {
            let result = perform(&engine, &action, &report, &cancel).await;
            // Whoever waits for the end must find the task no longer running.
            lock(&tasks.running).remove(&id);
            report.end(result, cancel.is_cancelled());
        });
        id
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

/// Tells the hub how one task goes.
struct TaskReport {
    hub: Arc<Hub>,
    output: Arc<Ring>,
    task: Mutex<Task>,
}

impl TaskReport {
    fn change(&self, change: impl FnOnce(&mut Task)) {
        let mut task = lock(&self.task);
        change(&mut task);
        self.hub.publish(&Change::Task { task: task.clone() });
    }

    fn end(&self, result: Result<Outcome, Problem>, cancelled: bool) {
        self.output.close();
        self.change(|task| {
            task.ended = Some(unix_millis());
            match result {
                Ok(outcome) => {
                    task.state = TaskState::Done;
                    task.outcome = outcome;
                }
                Err(_) if cancelled => task.state = TaskState::Cancelled,
                Err(problem) => {
                    task.state = TaskState::Failed;
                    task.problem = Some(problem);
                }
            }
        });
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
}

/// Milliseconds since 1970; a clock before that counts as 1970.
fn unix_millis() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .unwrap_or_default()
}
