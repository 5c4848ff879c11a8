//! The image: used, not there, under several names, for another kind of computer.

use serde::Deserialize;
use serde::de::IgnoredAny;
use slipway_action::{Action, Reference, RemoveImage};

use super::{About, MOST_NAMED, container_options, end, named, remove, with_options};
use crate::call::{container, image};
use crate::list;
use crate::model::ContainerRow;
use crate::problem::explain::{Subject, shown};
use crate::problem::near::near;
use crate::problem::{Fix, Problem};

/// Names offered instead of one that isn't there.
const MOST_NAMES: usize = 3;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inspected {
    id: String,
    repo_tags: Option<Vec<String>>,
}

async fn inspected(about: &About<'_>) -> Option<(RemoveImage, Inspected)> {
    let (Action::RemoveImage(verb), Subject::Image(name)) = (about.action, about.subject) else {
        return None;
    };
    let found = about
        .engine
        .get_json(&image(name, "/json").ok()?)
        .await
        .ok()?;
    Some((
        RemoveImage {
            images: vec![name.to_owned()],
            ..verb.clone()
        },
        found,
    ))
}

pub(super) async fn in_use(about: &About<'_>, mut problem: Problem) -> Problem {
    let Some((verb, found)) = inspected(about).await else {
        return problem;
    };
    let Ok(mut users) = list::containers(about.engine).await else {
        return problem;
    };
    users.retain(|row| row.image_id == found.id);
    if users.is_empty() {
        return problem;
    }
    let who = named(&users);
    let label = format!("Remove {}, then the image", who.label());
    problem.why = if users.len() == 1 {
        format!(
            "{} made from it and still needs it.",
            who.uses("was", "were")
        )
    } else {
        format!(
            "{} made from it and still need it.",
            who.uses("was", "were")
        )
    };
    let note = what_is_lost(about, &users).await;
    let mut actions: Vec<Action> = users.iter().flat_map(end).collect();
    actions.extend(users.iter().map(|row| remove(&row.name)));
    actions.push(Action::RemoveImage(verb));
    problem.with_fix(Fix::new(label, actions).with_note(note).dangerous())
}

/// Whether files were changed in the containers, which would be lost with them.
async fn what_is_lost(about: &About<'_>, users: &[ContainerRow]) -> String {
    let mut changed = Vec::new();
    for row in users.iter().take(MOST_NAMED) {
        let Ok(path) = container(&row.id, "/changes") else {
            continue;
        };
        match about
            .engine
            .get_json::<Option<Vec<IgnoredAny>>>(&path)
            .await
        {
            Ok(changes) if changes.as_ref().is_none_or(Vec::is_empty) => {}
            Ok(_) => changed.push(shown(&row.name)),
            Err(_) => return "Files that were changed in it are lost.".to_owned(),
        }
    }
    match changed.as_slice() {
        [] if users.len() > MOST_NAMED => "Files that were changed in them are lost.".to_owned(),
        [] => "No files were changed in it, so nothing is lost.".to_owned(),
        some => format!(
            "Files were changed in {}; these changes are lost.",
            some.join(", ")
        ),
    }
}

pub(super) async fn many_names(about: &About<'_>, problem: Problem) -> Problem {
    let Some((verb, found)) = inspected(about).await else {
        return problem;
    };
    let images = found.repo_tags.unwrap_or_default();
    if images.is_empty() {
        return problem;
    }
    let label = format!("Remove all {} names, and so the image", images.len());
    let all = Action::RemoveImage(RemoveImage { images, ..verb });
    problem.with_fix(Fix::new(label, vec![all]).dangerous())
}

/// Offers local images whose name is nearly the one that isn't there.
pub(super) async fn near_names(about: &About<'_>, mut problem: Problem) -> Problem {
    let wanted = about.subject.name();
    let Ok(images) = list::images(about.engine).await else {
        return problem;
    };
    // Podman lists `docker.io/library/busy:latest` for what people call `busy`.
    let plain = |name: &str| {
        let familiar = Reference::parse(name).map_or_else(|_| name.to_owned(), |it| it.familiar());
        familiar
            .strip_suffix(":latest")
            .map(str::to_owned)
            .unwrap_or(familiar)
    };
    let names: Vec<String> = images
        .iter()
        .flat_map(|row| &row.tags)
        .map(|tag| plain(tag))
        .collect();
    let wanted = plain(wanted);
    let found = near(&wanted, names.iter().map(String::as_str));
    let Some(first) = found.first() else {
        return problem;
    };
    problem.todo = format!("{} Did you mean {}?", problem.todo, shown(first));
    for name in found.into_iter().take(MOST_NAMES) {
        if let Some(action) = with_image(about.action, name) {
            let label = format!("Use {} instead", shown(name));
            problem = problem.with_fix(Fix::new(label, vec![action]));
        }
    }
    problem
}

/// The same action on another image, where that can do no harm.
fn with_image(action: &Action, image: &str) -> Option<Action> {
    let mut action = action.clone();
    if let Action::Run(run) = &mut action {
        image.clone_into(&mut run.image);
    } else if let Action::Create(create) = &mut action {
        image.clone_into(&mut create.image);
    } else if let Action::Pull(pull) = &mut action {
        image.clone_into(&mut pull.image);
    } else if let Action::InspectImage(inspect) = &mut action {
        inspect.images = vec![image.to_owned()];
    } else {
        return None;
    }
    Some(action)
}

/// Offers the same without a platform, where one was asked for.
pub(super) fn other_platform(action: &Action, problem: Problem) -> Problem {
    let own = match action {
        Action::Pull(pull) if pull.platform.is_some() => {
            let mut pull = pull.clone();
            pull.platform = None;
            Some(Action::Pull(pull))
        }
        Action::Build(build) if !build.platform.is_empty() => {
            let mut build = build.clone();
            build.platform.clear();
            Some(Action::Build(build))
        }
        _ if container_options(action).is_some_and(|options| options.platform.is_some()) => {
            with_options(action, |options| options.platform = None)
        }
        _ => None,
    };
    match own {
        Some(action) => problem.with_fix(Fix::new("Use the kind of this computer", vec![action])),
        None => problem,
    }
}
