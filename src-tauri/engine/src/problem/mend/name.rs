//! The name is taken.

use slipway_action::{Action, Rename};

use super::{About, end, remove};
use crate::list;
use crate::problem::explain::shown;
use crate::problem::{Fix, Problem};

pub(super) async fn taken(about: &About<'_>, mut problem: Problem) -> Problem {
    let wanted = match about.action {
        Action::Rename(rename) => Some(rename.new_name.clone()),
        _ => about.options().and_then(|options| options.name.clone()),
    };
    let Some(wanted) = wanted else { return problem };
    problem.what = format!("The name {} is taken", shown(&wanted));
    let Ok(rows) = list::containers(about.engine).await else {
        return problem;
    };
    let free = |base: &str| {
        let candidates = (2..1000).map(|number| format!("{base}-{number}"));
        let mut candidates = candidates.filter(|name| rows.iter().all(|row| row.name != *name));
        candidates.next().unwrap_or_else(|| format!("{base}-other"))
    };
    let other_name = free(&wanted);
    let again = match about.action {
        Action::Rename(rename) => Some(Action::Rename(Rename {
            new_name: other_name.clone(),
            ..rename.clone()
        })),
        _ => about.changed(|options| options.name = Some(other_name.clone())),
    };
    if let Some(again) = again {
        let label = format!("Use the name {}", shown(&other_name));
        problem = problem.with_fix(Fix::new(label, vec![again]));
    }
    let Some(holder) = rows.iter().find(|row| row.name == wanted) else {
        return problem;
    };
    problem.why = format!(
        "A container of the image {} has this name ({}). No two can share one.",
        shown(&holder.image),
        holder.status.to_lowercase()
    );
    let old = free(&format!("{wanted}-old"));
    let aside = Action::Rename(Rename {
        container: holder.name.clone(),
        new_name: old.clone(),
    });
    let mut away = end(holder);
    away.extend([remove(&holder.name), about.action.clone()]);
    problem
        .with_fix(
            Fix::new(
                format!("Rename the other container to {}", shown(&old)),
                vec![aside, about.action.clone()],
            )
            .with_note("The other container goes on as it is, under its new name."),
        )
        .with_fix(
            Fix::new("Remove the other container", away)
                .with_note("Files that were changed in it are lost. Its image is kept.")
                .dangerous(),
        )
}
