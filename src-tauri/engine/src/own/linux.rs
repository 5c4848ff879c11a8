//! The engine's life: looked at, started, stopped. Everything about it is in files, so that another
//! run of the app, or a second one beside this, finds the same engine.

mod bridge;
mod config;
mod explain;
mod means;
mod place;
mod process;
mod record;

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

use self::means::Means;
use self::place::Place;
use self::process::Process;
use self::record::Record;
use super::install_command;
use crate::connect::answers;
use crate::model::OwnEngine;
use crate::problem::Problem;
use crate::surroundings::Surroundings;

/// How long an engine may take until it answers. It takes 3 s, more on its first start.
const START_LIMIT: Duration = Duration::from_secs(90);
/// How long it may take to end: it gives its containers 15 s.
const STOP_LIMIT: Duration = Duration::from_secs(60);
/// How long another app that starts or stops it is waited for.
const LOCK_LIMIT: Duration = Duration::from_secs(100);
/// The pause between two looks.
const AGAIN: Duration = Duration::from_millis(100);

/// Slipway's own engine.
#[derive(Debug)]
pub struct Own {
    surroundings: Surroundings,
    place: Place,
    /// Why the last start failed, until the next one.
    failure: Mutex<Option<Problem>>,
    /// How many starts are under way here.
    starting: AtomicUsize,
}

impl Own {
    /// The one that belongs to this data folder; nothing is started or made.
    pub fn new(surroundings: &Surroundings, data_dir: &Path) -> Self {
        Self {
            place: Place::new(surroundings, data_dir),
            surroundings: surroundings.clone(),
            failure: Mutex::default(),
            starting: AtomicUsize::new(0),
        }
    }

    /// Where it answers when it runs.
    pub fn socket(&self) -> Option<&Path> {
        Some(self.place.socket())
    }

    /// Whether it can be used or started at all.
    pub fn is_offered(&self) -> bool {
        Means::find(&self.surroundings).is_some() || self.place.record().exists()
    }

    /// The end of its log; empty when it has never run.
    pub async fn log(&self) -> String {
        let place = self.place.clone();
        tokio::task::spawn_blocking(move || place.log_to_read())
            .await
            .unwrap_or_default()
    }

    /// Looks how it stands with it.
    pub async fn state(&self) -> OwnEngine {
        match self.look().await {
            Look::Answers { means, process } => OwnEngine::Running {
                how: means.words().to_owned(),
                pid: process.pid(),
            },
            Look::Silent {
                means,
                process: _,
                age,
            } if age < START_LIMIT => OwnEngine::Starting {
                how: means.words().to_owned(),
            },
            Look::Silent { .. } => OwnEngine::Failed {
                problem: explain::silent(&self.place.log_tail()),
            },
            Look::Died => OwnEngine::Failed {
                problem: explain::died(&self.place.log_tail()),
            },
            Look::Off => self.off(),
        }
    }

    fn is_starting(&self) -> bool {
        self.starting.load(Ordering::Relaxed) > 0
    }

    fn off(&self) -> OwnEngine {
        let failure = self
            .failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        match (failure, Means::find(&self.surroundings)) {
            (Some(problem), _) => OwnEngine::Failed { problem },
            (None, Some(means)) if self.is_starting() => OwnEngine::Starting {
                how: means.words().to_owned(),
            },
            (None, Some(means)) => OwnEngine::Stopped {
                how: means.words().to_owned(),
            },
            (None, None) => OwnEngine::NotInstalled {
                install: install_command(),
            },
        }
    }

    /// Starts it and waits until it answers; an engine that runs already is taken as it is.
    ///
    /// # Errors
    /// Why it did not start, with the end of its log.
    pub async fn start(&self) -> Result<(), Problem> {
        self.forget_failure();
        let _starting = Starting::begin(&self.starting);
        let started = self.start_locked().await;
        if let Err(problem) = &started {
            let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
            *failure = Some(problem.clone());
        }
        started
    }

    async fn start_locked(&self) -> Result<(), Problem> {
        let means = Means::find(&self.surroundings).ok_or_else(explain::nothing_to_start)?;
        self.place.make().map_err(|error| explain::files(&error))?;
        let _lock = self.lock().await?;
        match self.look().await {
            Look::Answers { .. } => return Ok(()),
            Look::Silent { process, .. } => return self.wait_until_up(process, None).await,
            Look::Died | Look::Off => {}
        }
        self.outlive_the_last().await?;
        let up = self.start_fresh(&means).await;
        if up.is_err() {
            self.clear_away().map_err(|error| explain::files(&error))?;
        }
        up
    }

    async fn start_fresh(&self, means: &Means) -> Result<(), Problem> {
        let child = self.spawn(means).map_err(|error| explain::spawn(&error))?;
        let Some(process) = child.id().and_then(Process::of) else {
            return Err(explain::ended(&self.place.log_tail()));
        };
        // Written before it answers: if the app ends now, the next one finds it.
        let record = Record::new(process, means.kind());
        let written = record
            .write(&self.place.record())
            .map_err(|error| explain::files(&error));
        let up = match written {
            Ok(()) => self.wait_until_up(process, Some(child)).await,
            Err(problem) => Err(problem),
        };
        if up.is_err() {
            // What never answered is no engine that somebody could be using.
            process
                .terminate()
                .map_err(|error| explain::files(&error))?;
            self.wait_until_gone(process).await?;
        }
        up
    }

    /// Stops it, with what runs in it, and waits until it is gone.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn stop(&self) -> Result<(), Problem> {
        self.forget_failure();
        self.place.make().map_err(|error| explain::files(&error))?;
        let _lock = self.lock().await?;
        match self.look().await {
            Look::Answers { means, process } | Look::Silent { means, process, .. } => {
                if let Some(mut command) = means.stop_all(&self.surroundings, &self.place) {
                    // Best effort: what could not be stopped ends up in the wait below.
                    let ended = command.status().await;
                    tracing::debug!(?ended, "asked the own engine's containers to stop");
                }
                process
                    .terminate()
                    .map_err(|error| explain::files(&error))?;
                self.wait_until_gone(process).await?;
            }
            Look::Died | Look::Off => {}
        }
        self.clear_away().map_err(|error| explain::files(&error))
    }

    fn forget_failure(&self) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    async fn look(&self) -> Look {
        let Some(record) = Record::read(&self.place.record()) else {
            return Look::Off;
        };
        let means = record.kind();
        match record.process() {
            Some(process) if answers(self.place.socket()).await => Look::Answers { means, process },
            Some(process) => Look::Silent {
                means,
                process,
                age: record.age(),
            },
            None if record.is_of_this_boot() => Look::Died,
            // It ended with the computer.
            None => Look::Off,
        }
    }

    /// Waits until nothing is left of an engine that was killed. Its containerd ends a moment after it,
    /// and a new dockerd that still sees it takes it for its own and waits for it in vain.
    async fn outlive_the_last(&self) -> Result<(), Problem> {
        let left: Vec<Process> = self
            .place
            .pid_files()
            .iter()
            .filter_map(|path| fs::read_to_string(path).ok()?.trim().parse().ok())
            .filter_map(Process::of)
            .filter(|process| process.mentions(self.place.runtime()))
            .collect();
        for process in left {
            process
                .terminate()
                .map_err(|error| explain::files(&error))?;
            self.wait_until_gone(process).await?;
        }
        Ok(())
    }

    async fn wait_until_gone(&self, process: Process) -> Result<(), Problem> {
        let end = Instant::now() + STOP_LIMIT;
        while process.is_alive() {
            if Instant::now() >= end {
                return Err(explain::will_not_stop(&self.place.log_tail()));
            }
            sleep(AGAIN).await;
        }
        Ok(())
    }

    fn spawn(&self, means: &Means) -> io::Result<Child> {
        let log = self.place.new_log()?;
        // What an engine that was killed has left: its successor would take it for a running one.
        self.place.remove_leftovers()?;
        let mut command = means.command(&self.surroundings, &self.place)?;
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        command.spawn()
    }

    async fn wait_until_up(&self, process: Process, child: Option<Child>) -> Result<(), Problem> {
        // Kept to the end: an ended child that nobody waited for would look alive to others.
        let _child = child;
        let end = Instant::now() + START_LIMIT;
        loop {
            if answers(self.place.socket()).await {
                return Ok(());
            }
            if !process.is_alive() {
                return Err(explain::ended(&self.place.log_tail()));
            }
            if Instant::now() >= end {
                return Err(explain::silent(&self.place.log_tail()));
            }
            sleep(AGAIN).await;
        }
    }

    /// One app at a time starts or stops it. The lock ends with the file, so with the process too.
    async fn lock(&self) -> Result<File, Problem> {
        let file = self
            .place
            .lock_file()
            .map_err(|error| explain::files(&error))?;
        let end = Instant::now() + LOCK_LIMIT;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) if Instant::now() >= end => {
                    return Err(explain::busy());
                }
                Err(TryLockError::WouldBlock) => sleep(AGAIN).await,
                Err(TryLockError::Error(error)) => return Err(explain::files(&error)),
            }
        }
    }

    fn clear_away(&self) -> io::Result<()> {
        self.place.remove_leftovers()?;
        bridge::remove(&self.surroundings, &self.place.bridge());
        Record::remove(&self.place.record())
    }
}

/// A start that is under way, until it ends in whatever way.
struct Starting<'a>(&'a AtomicUsize);

impl<'a> Starting<'a> {
    fn begin(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Starting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What a look found.
enum Look {
    /// It runs and answers.
    Answers {
        means: means::Kind,
        process: Process,
    },
    /// It runs and does not answer (yet); `age` is the time since it was started.
    Silent {
        means: means::Kind,
        process: Process,
        age: Duration,
    },
    /// It ran since this computer was started, and nobody stopped it.
    Died,
    /// It does not run.
    Off,
}

/// A program of the surroundings, ready to be given its words.
fn command(surroundings: &Surroundings, program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().envs(&surroundings.env).current_dir("/");
    for name in surroundings.env.keys() {
        // The engine must not take the settings of the docker CLI for its own, nor the libraries that
        // an AppImage brings for the app.
        let bundled = surroundings.var("APPDIR").is_some() && name.starts_with("LD_");
        if name.starts_with("DOCKER_") || bundled {
            command.env_remove(name);
        }
    }
    command
}
