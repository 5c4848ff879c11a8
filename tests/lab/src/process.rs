//! Processes that the lab started, told from all others by pid and start time.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::error::{During, LabError};
use crate::wait::wait_until;

/// A process by pid and start time, so that a pid which the system gave to somebody else since is
/// never taken for ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    pid: u32,
    /// Field 22 of `/proc/PID/stat`: clock ticks since boot (proc(5)).
    started: u64,
}

/// What the lab reads from `/proc/PID/stat`.
struct Stat {
    state: char,
    parent: u32,
    started: u64,
}

impl Recorded {
    /// The process that has this pid now, if there is one.
    pub fn of(pid: u32) -> Option<Self> {
        stat(pid).map(|stat| Self {
            pid,
            started: stat.started,
        })
    }

    /// The process that asks.
    pub fn this() -> Option<Self> {
        Self::of(std::process::id())
    }

    /// The pid, on the host.
    pub fn pid(self) -> u32 {
        self.pid
    }

    /// Whether it still runs. A process that ended and was not waited for yet (a zombie) doesn't.
    pub fn alive(self) -> bool {
        stat(self.pid)
            .is_some_and(|stat| stat.started == self.started && !matches!(stat.state, 'Z' | 'X'))
    }

    /// The first process that it started and that still exists.
    pub(crate) fn child(self) -> Option<Self> {
        let entries = fs::read_dir("/proc").ok()?;
        entries
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
            .find(|&pid| stat(pid).is_some_and(|stat| stat.parent == self.pid))
            .and_then(Self::of)
    }

    /// The process that started it, as long as that exists.
    pub(crate) fn parent(self) -> Option<Self> {
        stat(self.pid)
            .filter(|stat| stat.started == self.started)
            .and_then(|it| Self::of(it.parent))
    }

    /// Sends a signal (`KILL`, `TERM`, `STOP`, `CONT`); nothing happens when it no longer runs.
    pub fn signal(self, name: &str) -> Result<(), LabError> {
        if !self.alive() {
            return Ok(());
        }
        // By way of kill(1): the workspace forbids `unsafe`, and no other crate is needed for it.
        Command::new("kill")
            .args(["-s", name, "--", &self.pid.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .during(|| format!("kill -s {name} {}", self.pid))?;
        Ok(())
    }

    /// Stops it, and answers once it does stand still: the signal is taken by one of its threads, and
    /// until that one has its turn on a busy processor the others go on.
    pub(crate) fn stop(self) -> Result<(), LabError> {
        self.signal("STOP")?;
        let what = format!("process {} to stand still", self.pid);
        wait_until(Duration::from_secs(20), &what, || {
            (!self.alive() || self.stands_still()).then_some(())
        })
    }

    /// Whether each of its threads is stopped. Without a look at them nobody knows, so that is a no.
    fn stands_still(self) -> bool {
        let Ok(threads) = fs::read_dir(format!("/proc/{}/task", self.pid)) else {
            return false;
        };
        threads.flatten().all(|thread| {
            // A thread that ended meanwhile does nothing either.
            read_stat(&thread.path()).is_none_or(|stat| matches!(stat.state, 'T' | 'Z' | 'X'))
        })
    }

    /// Waits until it no longer runs.
    pub fn wait_gone(self, limit: Duration) -> Result<(), LabError> {
        let what = format!("the end of process {}", self.pid);
        wait_until(limit, &what, || (!self.alive()).then_some(()))
    }

    /// Kills it and waits until it is gone.
    pub fn kill(self) -> Result<(), LabError> {
        self.signal("KILL")?;
        self.wait_gone(Duration::from_secs(20))
    }
}

fn stat(pid: u32) -> Option<Stat> {
    read_stat(Path::new(&format!("/proc/{pid}")))
}

/// Of a process or of one of its threads, by its folder.
fn read_stat(folder: &Path) -> Option<Stat> {
    let text = fs::read_to_string(folder.join("stat")).ok()?;
    // The second field is the name in parentheses, and may itself hold spaces and parentheses.
    let mut fields = text.get(text.rfind(')')? + 1..)?.split_ascii_whitespace();
    let state = fields.next()?.chars().next()?;
    let parent = fields.next()?.parse().ok()?;
    // Fields 5 to 21 are skipped; the next one is field 22.
    let started = fields.nth(17)?.parse().ok()?;
    Some(Stat {
        state,
        parent,
        started,
    })
}

/// The end of a text, for error messages: what a program said last is what matters.
pub(crate) fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// Runs a command to its end and gives what it wrote to stdout; a failure carries what it wrote.
pub(crate) fn run(command: &mut Command) -> Result<String, LabError> {
    let line = words(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .during(|| line.clone())?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(stdout);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(LabError::Command {
        command: line,
        status: output.status.to_string(),
        output: tail(&format!("{stdout}{stderr}"), 25),
    })
}

fn words(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for word in command.get_args() {
        line.push(' ');
        line.push_str(&word.to_string_lossy());
    }
    line
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_alive_and_another_start_time_is_not_it() -> Result<(), &'static str> {
        let this = Recorded::this().ok_or("/proc must tell of this process")?;
        assert!(this.alive());
        let reused = Recorded {
            started: this.started + 1,
            ..this
        };
        assert!(
            !reused.alive(),
            "a reused pid must not pass for the recorded process"
        );
        Ok(())
    }

    #[test]
    fn an_ended_process_that_nobody_waited_for_is_not_alive() -> Result<(), LabError> {
        let start = || "start sleep".to_owned();
        let mut child = Command::new("sleep").arg("60").spawn().during(start)?;
        let recorded = Recorded::of(child.id());
        assert!(recorded.is_some_and(Recorded::alive));
        if let Some(recorded) = recorded {
            recorded.kill()?;
        }
        assert!(!recorded.is_some_and(Recorded::alive));
        child.wait().during(start).map(drop)
    }
}
