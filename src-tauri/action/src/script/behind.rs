//! What a script does in the background: a person goes on while a program runs in the foreground, but a script
//! would wait there, and for ever where a later command is what ends it.

use std::borrow::Cow;

use super::{Ended, Entry};
use crate::Action;

/// How a script gives a command.
pub(super) enum Given<'a> {
    /// As it was given.
    AsItWas(&'a Action),
    /// So that it does not hold up what follows.
    Behind(Box<Action>),
    /// Not at all: it did nothing but wait.
    Not,
}

impl<'a> Given<'a> {
    pub(super) fn of(entry: &Entry<'a>) -> Given<'a> {
        let is_there = matches!(entry.ended, Ended::Open) && entry.made.is_some();
        let is_done = matches!(entry.ended, Ended::Done { .. }) && entry.overtaken;
        if !is_there && !is_done {
            return Given::AsItWas(entry.action);
        }
        if let Action::Run(run) = entry.action
            && !run.detach
        {
            let mut run = run.clone();
            run.detach = true;
            // docker takes one or the other.
            run.options.recording.attach.clear();
            Given::Behind(Box::new(Action::Run(run)))
        } else if let Action::Start(start) = entry.action
            && (start.attach || start.interactive)
        {
            let mut start = start.clone();
            (start.attach, start.interactive) = (false, false);
            Given::Behind(Box::new(Action::Start(start)))
        } else if matches!(entry.action, Action::Wait(_)) {
            Given::Not
        } else {
            Given::AsItWas(entry.action)
        }
    }

    /// The action, where there is one.
    pub(super) fn action(self) -> Option<Cow<'a, Action>> {
        match self {
            Given::AsItWas(action) => Some(Cow::Borrowed(action)),
            Given::Behind(action) => Some(Cow::Owned(*action)),
            Given::Not => None,
        }
    }
}
