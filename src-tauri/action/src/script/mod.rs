//! The trail as a script that runs as it stands.
//!
//! What was done is done again, in the same order, and each command says when it ran and how it
//! ended. What failed, was cancelled or was done on another engine stays in as a remark, and so does what
//! was done to things that such a command left behind. A program that ran in the foreground while later commands
//! were given runs in the background. Ids are of one engine and one day: where
//! a command names what an earlier one made, the script remembers what that one printed. Where a
//! command's paths begin in another folder than those before, the script goes there first. Secrets are
//! not in the trail, so the script takes them from the environment and says first which.

mod behind;
mod made;
mod plan;
mod posix;
mod powershell;

use crate::Action;
use crate::render::Shell;
use crate::text::is_hidden;
use behind::Given;
use plan::{Got, Planned, Step, plan};

/// One command of the trail.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// What was done, its secrets hidden by [`redact`](crate::redact).
    pub action: &'a Action,
    /// When, as it is to be written.
    pub time: &'a str,
    /// The folder in which its relative paths begin; `None` where it has none.
    pub folder: Option<&'a str>,
    /// The whole id of the container or image that it made, also where it failed behind that.
    pub made: Option<&'a str>,
    /// The name of that container.
    pub name: Option<&'a str>,
    /// How it ended.
    pub ended: Ended<'a>,
    /// Whether a later command began before it ended: a script gives one after the other.
    pub overtaken: bool,
}

/// How a command of the trail ended.
#[derive(Debug, Clone, Copy)]
pub enum Ended<'a> {
    /// It was done.
    Done {
        /// How the container's program ended, if the command waited for it.
        exit_code: Option<i64>,
    },
    /// It failed.
    Failed {
        /// Why.
        why: &'a str,
    },
    /// It was stopped before its end.
    Cancelled,
    /// It has not ended yet.
    Open,
    /// It was begun on another engine than the one that the script is for.
    Elsewhere {
        /// That engine, as people know it.
        engine: &'a str,
    },
}

const NAMED: &str = "It is given a name here, so that later commands find it.";
const QUIET: &str = "It prints only the image’s id here, so that later commands find it.";
const BEHIND: &str = "It runs in the background here, so that the script goes on.";
const OVERTAKEN: &str = "It only waited while the next commands were given, so it is left out.";
const ON_NOTHING: &str =
    "It was done to something that a command made which is left out, so it is left out, too.";

/// Writes the trail as a script: for `sh` and its kin, or for PowerShell.
pub fn script(entries: &[Entry<'_>], shell: Shell) -> String {
    let plan = plan(entries);
    let mut text = match shell {
        Shell::Posix => posix::head(&plan),
        Shell::Powershell => powershell::head(&plan),
    };
    for (entry, step) in entries.iter().zip(&plan.steps) {
        text.push('\n');
        remark(&mut text, &said(entry));
        match step {
            Planned::Again(step) => {
                if step.behind {
                    remark(&mut text, BEHIND);
                }
                match step.got {
                    Some(Got::Name) => remark(&mut text, NAMED),
                    Some(Got::Quiet) => remark(&mut text, QUIET),
                    None => {}
                }
                match shell {
                    Shell::Posix => posix::step(&mut text, step),
                    Shell::Powershell => powershell::step(&mut text, step),
                }
            }
            Planned::NotDone => remark(&mut text, &entry.action.render(shell).line),
            Planned::OnNothing | Planned::Overtaken => {
                let is_overtaken = matches!(step, Planned::Overtaken);
                let why = if is_overtaken { OVERTAKEN } else { ON_NOTHING };
                remark(&mut text, why);
                remark(&mut text, &entry.action.render(shell).line);
            }
        }
    }
    text
}

/// When a command ran, and how it ended.
fn said(entry: &Entry<'_>) -> String {
    let time = entry.time;
    match entry.ended {
        Ended::Done {
            exit_code: Some(code),
        } if code != 0 => format!("{time}: done; its program ended with code {code}"),
        Ended::Done { .. } => format!("{time}: done"),
        Ended::Failed { why } => format!("{time}: failed, so it is left out: {why}"),
        Ended::Cancelled => format!("{time}: cancelled, so it is left out"),
        Ended::Open if matches!(Given::of(entry), Given::Behind(_)) => {
            format!("{time}: its program still ran")
        }
        Ended::Open => format!("{time}: had not ended, so it is left out"),
        Ended::Elsewhere { engine } => {
            format!("{time}: on another engine, so it is left out: {engine}")
        }
    }
}

/// Writes a remark. No text can end one: each of its lines gets its sign, and what else a shell may
/// take for the end of a line is written as an escape.
fn remark(text: &mut String, said: &str) {
    for line in said.split(['\n', '\r']).filter(|line| !line.is_empty()) {
        text.push_str("# ");
        for c in line.chars() {
            if is_hidden(c) {
                text.extend(c.escape_unicode());
            } else {
                text.push(c);
            }
        }
        text.push('\n');
    }
}

/// Whether the script ends when this command fails. One that had failed before may do so again.
fn must_succeed(step: &Step) -> bool {
    step.exit_code == 0
}
