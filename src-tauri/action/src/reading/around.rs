//! What a line says besides its command: files that it reads and writes, programs that it is
//! joined with, variables that it sets.

use super::program::is_assignment;
use crate::text::shown;
use crate::words::{Joint, Redirect, Word};
use crate::{Action, Note};

fn note(message: impl Into<String>) -> Note {
    Note {
        field: None,
        message: message.into(),
    }
}

/// Variables in front of the program: `DOCKER_BUILDKIT=1 docker build .`
pub(super) fn lead(words: &[Word]) -> Option<Note> {
    let set = words.iter().find(|word| is_assignment(&word.text))?;
    Some(note(format!(
        "{} is meant for the docker program itself, and is left out.",
        shown(&set.text)
    )))
}

/// `$(docker ps -aq)`, in whose place a terminal would put what that prints.
pub(super) fn substituted(words: &[Word]) -> Option<Note> {
    let word = words.iter().find(|word| word.text.starts_with("$("))?;
    Some(note(format!(
        "A terminal would run {} and put what it prints in its place. Write that here yourself.",
        shown(&word.text)
    )))
}

/// `> file` and `< file`. Where docker has a flag that does the same, the action gets it.
pub(super) fn redirects(action: &mut Action, redirects: &[Redirect]) -> Vec<Note> {
    let left_out = redirects
        .iter()
        .filter(|redirect| !into_flag(action, redirect));
    left_out
        .map(|redirect| {
            if redirect.is_here_document {
                note("The lines that this command is handed are left out. Only a terminal hands them on.")
            } else if redirect.reads {
                note(format!(
                    "The file {} is not handed to this command. Only a terminal does that.",
                    shown(&redirect.target)
                ))
            } else {
                note("What this command prints is shown, and not written to a file as this line says.")
            }
        })
        .collect()
}

/// Whether a flag of the action now says the same.
fn into_flag(action: &mut Action, redirect: &Redirect) -> bool {
    let file = if let Action::Load(load) = action {
        Some(&mut load.input).filter(|_| redirect.reads && !redirect.is_here_document)
    } else if let Action::Save(save) = action {
        Some(&mut save.output).filter(|_| !redirect.reads)
    } else if let Action::Export(export) = action {
        Some(&mut export.output).filter(|_| !redirect.reads)
    } else {
        None
    };
    let Some(file) = file else {
        return false;
    };
    if file.is_some() || redirect.target.is_empty() {
        return false;
    }
    *file = Some(redirect.target.clone());
    true
}

/// What the sign in front of a command says of it.
pub(super) fn joined(joint: Joint) -> Option<Note> {
    match joint {
        Joint::IfFailed => Some(note(
            "This one is meant for when the command before it fails.",
        )),
        Joint::Pipe => Some(note(
            "This command is meant to be given what the command before it prints. Only a terminal does that.",
        )),
        Joint::Then | Joint::IfDone | Joint::Meanwhile => None,
    }
}

/// What a `|` behind a command says of it.
pub(super) fn piped() -> Note {
    note(
        "What this command prints is meant for the program behind “|”. Only a terminal hands it on.",
    )
}
