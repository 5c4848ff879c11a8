//! What can go wrong with the own engine, told to a person.

use std::io;

use super::install_command;
use crate::problem::{Code, Problem};

/// Nothing is installed that an engine could be made from.
pub(super) fn nothing_to_start() -> Problem {
    Problem {
        code: Code::EngineNotInstalled,
        why: "Nothing that can run containers is installed on this computer.".to_owned(),
        todo: "Install an engine with the command below, then try again.".to_owned(),
        command: install_command(),
        ..not_started(String::new())
    }
}

/// The program could not be started, or its settings can't be read.
pub(super) fn spawn(error: &io::Error) -> Problem {
    if error.kind() == io::ErrorKind::InvalidData {
        return Problem {
            why: "Its file of settings, daemon.json, can’t be read.".to_owned(),
            todo: "Correct the file that is named below, or remove it.".to_owned(),
            ..not_started(error.to_string())
        };
    }
    files(error)
}

/// Its folders or files can't be made or read.
pub(super) fn files(error: &io::Error) -> Problem {
    Problem {
        why: "The files that it needs could not be made or read.".to_owned(),
        todo: "Check that the disk has space and that the folder belongs to you, then try again."
            .to_owned(),
        ..not_started(error.to_string())
    }
}

/// It ended before it answered.
pub(super) fn ended(log: &str) -> Problem {
    Problem {
        why: "The program ended before it was ready. Its last words are below.".to_owned(),
        todo: "Read what it said, mend it, and start it again.".to_owned(),
        ..not_started(log.to_owned())
    }
}

/// It runs and does not answer.
pub(super) fn silent(log: &str) -> Problem {
    Problem {
        why: "The program runs, but does not answer. Its last words are below.".to_owned(),
        todo: "Stop it and start it again.".to_owned(),
        ..not_started(log.to_owned())
    }
}

/// It ran, and nobody stopped it.
pub(super) fn died(log: &str) -> Problem {
    Problem {
        what: "Slipway’s own engine has ended".to_owned(),
        why: "It ended by itself, or something ended it. Its last words are below.".to_owned(),
        todo: "Start it again. Containers and images are kept.".to_owned(),
        ..not_started(log.to_owned())
    }
}

/// It was asked to end and goes on.
pub(super) fn will_not_stop(log: &str) -> Problem {
    Problem {
        what: "Slipway’s own engine is still stopping".to_owned(),
        why: "A container takes long to end.".to_owned(),
        todo: "Wait a little, then stop it again.".to_owned(),
        ..not_started(log.to_owned())
    }
}

/// Another window of the app is at it.
pub(super) fn busy() -> Problem {
    Problem {
        why: "Another Slipway is starting or stopping it just now.".to_owned(),
        todo: "Wait a little, then try again.".to_owned(),
        ..not_started(String::new())
    }
}

fn not_started(detail: String) -> Problem {
    Problem {
        code: Code::EngineNotRunning,
        what: "Slipway’s own engine did not start".to_owned(),
        why: String::new(),
        todo: String::new(),
        command: None,
        fixes: Vec::new(),
        detail,
    }
}
