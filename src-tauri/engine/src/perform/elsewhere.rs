//! What Slipway knows and does not perform: it is refused with the reason, and the command stays
//! there to be run in a terminal.

use std::future::{Ready, ready};

use slipway_action::{Action, Reach, Shell, redact};

use crate::model::Outcome;
use crate::perform::Job;
use crate::problem::{Code, Problem};

/// Refuses a verb.
pub(super) fn refuse(job: Job<'_>) -> Ready<Result<Outcome, Problem>> {
    let command = redact(job.action).render(Shell::default()).line;
    let verb: Vec<&str> = command.split(' ').take(2).collect();
    let verb = verb.join(" ");
    let (why, todo) = match job.action.reach() {
        Reach::Screen => (
            "Its answer is always on one of the screens.",
            "Open that screen, or run the command in a terminal.",
        ),
        Reach::Performed | Reach::Known => (
            "This command can be read and explained, but not performed here.",
            "Run it in a terminal.",
        ),
    };
    let what = format!("Slipway does not do {verb} yet");
    ready(Err(
        Problem::new(Code::Invalid, what, why, todo).with_command(command)
    ))
}

/// Refuses an action that would be another one without the flags that are not performed.
pub(super) fn refuse_flags(action: &Action) -> Option<Problem> {
    let notes = action.unperformed();
    if notes.is_empty() {
        return None;
    }
    let why: Vec<String> = notes.into_iter().map(|note| note.message).collect();
    let problem = Problem::new(
        Code::Invalid,
        "Slipway does not do everything that this command asks for",
        why.join(" "),
        "Leave these flags out, or run the command in a terminal.",
    );
    Some(problem.with_command(redact(action).render(Shell::default()).line))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn an_action_that_would_be_another_one_is_refused() {
        let pull = Action::parse("docker pull --disable-content-trust=false x").unwrap();
        let problem = refuse_flags(&pull).unwrap();
        assert_eq!(problem.code, Code::Invalid);
        assert!(
            problem.why.contains("--disable-content-trust"),
            "{problem:?}"
        );
        assert_eq!(
            problem.command.as_deref(),
            Some("docker pull --disable-content-trust=false x")
        );
        // It is kept and shown, also where a secret is too short to be looked for.
        let run = "docker run -e PASSWORD=abc --kernel-memory 64m x";
        let problem = refuse_flags(&Action::parse(run).unwrap()).unwrap();
        assert_eq!(
            problem.command.as_deref(),
            Some("docker run -e 'PASSWORD=***' --kernel-memory 64m x")
        );
        // What only changes the print is performed.
        let pull = Action::parse("docker pull -q x").unwrap();
        assert_eq!(refuse_flags(&pull), None);
    }
}
