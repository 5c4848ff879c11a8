//! Processes, told from all others by pid and start time.

use std::fs;
use std::io;
use std::path::Path;

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use serde::{Deserialize, Serialize};

/// A process. A pid that the system gave to somebody else since does not pass for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Process {
    pid: u32,
    /// Field 22 of `/proc/PID/stat`: clock ticks since the computer was started (proc(5)).
    started: u64,
}

impl Process {
    /// The one that has this pid now.
    pub(super) fn of(pid: u32) -> Option<Self> {
        stat(pid).map(|stat| Self {
            pid,
            started: stat.started,
        })
    }

    pub(super) fn pid(self) -> u32 {
        self.pid
    }

    /// Whether this path stands in its command line.
    pub(super) fn mentions(self, path: &Path) -> bool {
        let line = fs::read(format!("/proc/{}/cmdline", self.pid)).unwrap_or_default();
        let path = path.as_os_str().as_encoded_bytes();
        self.is_alive() && line.windows(path.len()).any(|part| part == path)
    }

    /// Whether it runs. One that ended and was not waited for (a zombie) doesn't.
    pub(super) fn is_alive(self) -> bool {
        stat(self.pid)
            .is_some_and(|stat| stat.started == self.started && !matches!(stat.state, 'Z' | 'X'))
    }

    /// Asks it to end. By way of a pidfd, which stays with its process: between a look at a bare pid
    /// and the signal the pid could come to mean another one.
    pub(super) fn terminate(self) -> io::Result<()> {
        let Some(pid) = i32::try_from(self.pid).ok().and_then(Pid::from_raw) else {
            return Ok(());
        };
        let handle = match pidfd_open(pid, PidfdFlags::empty()) {
            Ok(handle) => handle,
            Err(rustix::io::Errno::SRCH) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        if !self.is_alive() {
            return Ok(());
        }
        match pidfd_send_signal(handle, Signal::TERM) {
            Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

struct Stat {
    state: char,
    started: u64,
}

fn stat(pid: u32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The second field is the name in parentheses, and may itself hold spaces and parentheses.
    let mut fields = text.get(text.rfind(')')? + 1..)?.split_ascii_whitespace();
    let state = fields.next()?.chars().next()?;
    // Fields 4 to 21 are skipped; the next one is field 22.
    let started = fields.nth(18)?.parse().ok()?;
    Some(Stat { state, started })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn another_start_time_is_another_process() {
        let this = Process::of(std::process::id()).unwrap();
        assert!(this.is_alive());
        let reused = Process {
            started: this.started + 1,
            ..this
        };
        assert!(!reused.is_alive());
        // Were it not refused, this test would end here.
        reused.terminate().unwrap();
    }

    #[test]
    fn a_process_that_was_asked_to_end_is_gone_before_it_is_waited_for() {
        let mut child = std::process::Command::new("sleep")
            .arg("600")
            .spawn()
            .unwrap();
        let process = Process::of(child.id()).unwrap();
        process.terminate().unwrap();
        while process.is_alive() {
            std::thread::yield_now();
        }
        child.wait().unwrap();
        process.terminate().unwrap();
    }
}
