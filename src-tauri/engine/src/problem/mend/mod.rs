//! Ways to mend a failure, found by a look at the engine: who holds the name or the port, which
//! containers use the image, what else there is. Each way is a list of actions, the gentlest way first.
//!
//! A look that fails too adds nothing: the failure itself is told in any case.

use slipway_action::{
    Action, ContainerOptions, PruneContainers, PruneImages, RemoveContainer, Stop, Unpause,
};

use crate::call::container;
use crate::connect::Engine;
use crate::model::{ContainerRow, ContainerState};
use crate::problem::explain::{self, Subject};
use crate::problem::failure::Failure;
use crate::problem::words::Said;
use crate::problem::{Code, Fix, Problem};

mod image;
mod name;
mod port;
mod state;

/// What failed.
pub(crate) struct About<'a> {
    /// The engine that was asked.
    pub engine: &'a Engine,
    /// What was asked for.
    pub action: &'a Action,
    /// Which of its targets failed.
    pub subject: Subject<'a>,
    /// The container that it had made by then.
    pub created: Option<&'a str>,
}

/// Tells a failure to a person, with the ways to mend it.
pub(crate) async fn problem(about: &About<'_>, failure: &Failure) -> Problem {
    let problem = explain::plain(failure, about.subject);
    if matches!(failure, Failure::Told(_)) {
        return problem;
    }
    match explain::said(failure, about.subject) {
        Some(Said::PrivilegedPort) => return port::privileged(about, problem).await,
        Some(Said::ManyNames) => return image::many_names(about, problem).await,
        Some(Said::HasChildren | Said::BeingRemoved | Said::Known(_)) | None => {}
    }
    match problem.code {
        Code::NameTaken => name::taken(about, problem).await,
        Code::PortTaken => port::taken(about, problem).await,
        Code::ImageInUse => image::in_use(about, problem).await,
        Code::NoSuchImage | Code::LoginNeeded => image::near_names(about, problem).await,
        Code::NoSuchPlatform => image::other_platform(about, problem),
        Code::ContainerRunning => state::running(about, problem).await,
        Code::ContainerNotRunning => state::not_running(about, problem),
        Code::NoSuchProgram => no_such_program(about, problem).await,
        Code::NoNetwork => problem.with_fix(Fix::new("Try again", vec![about.action.clone()])),
        Code::DiskFull => make_room(problem),
        Code::EngineNotInstalled
        | Code::EngineNotRunning
        | Code::EngineNoPermission
        | Code::EngineUnreachable
        | Code::EngineTls
        | Code::EngineTooOld
        | Code::EngineLost
        | Code::NoSuchContainer
        | Code::RateLimited
        | Code::Invalid
        | Code::Other => problem,
    }
}

impl About<'_> {
    /// The flags of the container that was to be made.
    fn options(&self) -> Option<&ContainerOptions> {
        if let Action::Run(run) = self.action {
            return Some(&run.options);
        }
        if let Action::Create(create) = self.action {
            return Some(&create.options);
        }
        None
    }

    /// The same action with other flags, if it makes a container.
    fn changed(&self, change: impl FnOnce(&mut ContainerOptions)) -> Option<Action> {
        let mut action = self.action.clone();
        if let Action::Run(run) = &mut action {
            change(&mut run.options);
        } else if let Action::Create(create) = &mut action {
            change(&mut create.options);
        } else {
            return None;
        }
        Some(action)
    }

    /// What must go before the same thing is tried again: a run that failed to start leaves its
    /// container behind, and that holds the name.
    async fn leftover(&self) -> Vec<Action> {
        let Some(id) = self.created else {
            return Vec::new();
        };
        let Ok(path) = container(id, "/json") else {
            return Vec::new();
        };
        if self
            .engine
            .get_json::<serde::de::IgnoredAny>(&path)
            .await
            .is_err()
        {
            return Vec::new();
        }
        let name = self.options().and_then(|options| options.name.clone());
        vec![remove(
            &name.unwrap_or_else(|| id.chars().take(12).collect()),
        )]
    }

    /// The leftover's removal, then `action`.
    async fn instead(&self, action: Action) -> Vec<Action> {
        let mut actions = self.leftover().await;
        actions.push(action);
        actions
    }
}

fn remove(container: &str) -> Action {
    let containers = vec![container.to_owned()];
    Action::RemoveContainer(RemoveContainer {
        containers,
        ..RemoveContainer::default()
    })
}

fn stop(container: &str) -> Action {
    Action::Stop(Stop {
        containers: vec![container.to_owned()],
        ..Stop::default()
    })
}

/// What brings a container to its end.
fn end(container: &ContainerRow) -> Vec<Action> {
    match container.state {
        ContainerState::Running | ContainerState::Restarting => vec![stop(&container.name)],
        // A frozen program can't be asked to end.
        ContainerState::Paused => {
            let containers = vec![container.name.clone()];
            vec![
                Action::Unpause(Unpause { containers }),
                stop(&container.name),
            ]
        }
        ContainerState::Created
        | ContainerState::Removing
        | ContainerState::Exited
        | ContainerState::Dead
        | ContainerState::Unknown => Vec::new(),
    }
}

async fn no_such_program(about: &About<'_>, problem: Problem) -> Problem {
    let mut action = about.action.clone();
    let command = match &mut action {
        Action::Run(run) => &mut run.command,
        _ => return problem,
    };
    if command.is_empty() {
        return problem;
    }
    command.clear();
    let actions = about.instead(action).await;
    problem.with_fix(Fix::new("Run the image’s own program", actions))
}

fn make_room(problem: Problem) -> Problem {
    let force = true;
    let containers = Action::PruneContainers(PruneContainers {
        force,
        ..PruneContainers::default()
    });
    let images = Action::PruneImages(PruneImages {
        force,
        ..PruneImages::default()
    });
    problem
        .with_fix(
            Fix::new("Remove images without a name", vec![images])
                .with_note("Images that have a name, or that a container uses, are kept.")
                .dangerous(),
        )
        .with_fix(
            Fix::new("Remove all stopped containers", vec![containers])
                .with_note("Files that were changed in them are lost. Their images are kept.")
                .dangerous(),
        )
}
