//! The container runs, or does not.

use slipway_action::{Action, RemoveContainer, Start, Unpause};

use super::{About, end, stop};
use crate::list;
use crate::problem::explain::Subject;
use crate::problem::{Fix, Problem};

pub(super) async fn running(about: &About<'_>, problem: Problem) -> Problem {
    let (Action::RemoveContainer(verb), Subject::Container(name)) = (about.action, about.subject)
    else {
        return problem;
    };
    let remove = |force: bool| {
        let containers = vec![name.to_owned()];
        Action::RemoveContainer(RemoveContainer {
            force,
            containers,
            ..verb.clone()
        })
    };
    let rows = list::containers(about.engine).await.unwrap_or_default();
    let row = rows
        .iter()
        .find(|row| row.name == name || row.id.starts_with(name));
    let mut gently = row
        .map(end)
        .filter(|ways| !ways.is_empty())
        .unwrap_or_else(|| vec![stop(name)]);
    gently.push(remove(false));
    problem
        .with_fix(
            Fix::new("Stop it, then remove it", gently)
                .with_note("Its program gets the time to end properly. Files that were changed in it are lost.")
                .dangerous(),
        )
        .with_fix(
            Fix::new("Remove it at once", vec![remove(true)])
                .with_note("Its program is ended in the middle of what it does. Files that were changed in it are lost.")
                .dangerous(),
        )
}

pub(super) fn not_running(about: &About<'_>, mut problem: Problem) -> Problem {
    let Subject::Container(name) = about.subject else {
        return problem;
    };
    if let Action::Kill(_) | Action::Stop(_) = about.action {
        problem.todo = "Its program has ended already, so nothing is left to do.".to_owned();
        return problem;
    }
    let containers = vec![name.to_owned()];
    let start = Action::Start(Start {
        containers,
        ..Start::default()
    });
    if let Action::Pause(_) = about.action {
        return problem.with_fix(Fix::new("Start it", vec![start]));
    }
    let actions = vec![start, about.action.clone()];
    problem.with_fix(Fix::new("Start it, then try again", actions))
}

pub(super) fn paused(about: &About<'_>, problem: Problem) -> Problem {
    let Subject::Container(name) = about.subject else {
        return problem;
    };
    let containers = vec![name.to_owned()];
    let unpause = Action::Unpause(Unpause { containers });
    if let Action::Start(_) = about.action {
        return problem.with_fix(Fix::new("Let it go on", vec![unpause]));
    }
    let actions = vec![unpause, about.action.clone()];
    problem.with_fix(Fix::new("Let it go on, then try again", actions))
}
