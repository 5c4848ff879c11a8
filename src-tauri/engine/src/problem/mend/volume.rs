//! The volume is used.

use slipway_action::Action;

use super::{About, end, named, remove};
use crate::list;
use crate::problem::{Fix, Problem};

pub(super) async fn in_use(about: &About<'_>, mut problem: Problem) -> Problem {
    let name = about.subject.name();
    let Ok(users) = list::containers_by(about.engine, "volume", name).await else {
        return problem;
    };
    if users.is_empty() {
        return problem;
    }
    let who = named(&users);
    problem.why = format!(
        "{} it, whether running or not.",
        who.uses("keeps files in", "keep files in")
    );
    let mut actions: Vec<Action> = users.iter().flat_map(end).collect();
    actions.extend(users.iter().map(|row| remove(&row.name)));
    actions.push(about.narrowed());
    problem.with_fix(
        Fix::new(format!("Remove {}, then the volume", who.label()), actions)
            .with_note(
                "The files in the volume are lost, and those that were changed in the containers.",
            )
            .dangerous(),
    )
}
