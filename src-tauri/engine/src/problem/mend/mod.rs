//! Ways to mend a failure, found by a look at the engine: who holds the name or the port, which
//! containers use the image, what else there is. Each way is a list of actions, the gentlest way first.
//!
//! A look that fails too adds nothing: the failure itself is told in any case.

use slipway_action::port::PortSpec;
use slipway_action::{
    Action, ContainerOptions, PruneContainers, PruneImages, RemoveContainer, Stop, SystemPrune,
    Unpause,
};

use crate::call::container;
use crate::connect::Engine;
use crate::model::{ContainerRow, ContainerState};
use crate::problem::explain::{self, Subject};
use crate::problem::failure::Failure;
use crate::problem::words::Said;
use crate::problem::{Code, Fix, Problem};

mod image;
mod mount;
mod name;
mod network;
mod port;
mod state;
mod volume;

/// Containers named in a sentence; of more, their number is said.
const MOST_NAMED: usize = 3;

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
        Some(
            Said::HasChildren
            | Said::BeingRemoved
            | Said::AlreadyPaused
            | Said::NotPaused
            | Said::OwnNetwork
            | Said::NotExecutable
            | Said::NoSuchUser
            | Said::NoGpu
            | Said::NoSuchDevice
            | Said::PlainRegistry
            | Said::UnknownCertificate
            | Said::Known(_),
        )
        | None => {}
    }
    match problem.code {
        Code::NameTaken => name::taken(about, problem).await,
        Code::PortTaken => port::taken(about, problem).await,
        Code::ImageInUse => image::in_use(about, problem).await,
        Code::NoSuchImage | Code::LoginNeeded => image::near_names(about, problem).await,
        Code::NoSuchPlatform => image::other_platform(about.action, problem),
        Code::ContainerRunning => state::running(about, problem).await,
        Code::ContainerNotRunning => state::not_running(about, problem),
        Code::ContainerPaused => state::paused(about, problem),
        Code::NoSuchNetwork => network::create(about, problem).await,
        Code::NetworkInUse => network::in_use(about, problem).await,
        Code::VolumeInUse => volume::in_use(about, problem).await,
        Code::MountRefused => mount::make_folder(about, problem).await,
        Code::NoSuchProgram => no_such_program(about, problem).await,
        Code::NoNetwork => problem.with_fix(Fix::new("Try again", vec![about.action.clone()])),
        Code::DiskFull if removes(about.action) => no_room_to_remove(problem),
        Code::DiskFull => make_room(problem),
        Code::EngineNotInstalled
        | Code::EngineNotRunning
        | Code::EngineNoPermission
        | Code::EngineUnreachable
        | Code::EngineTls
        | Code::EngineTooOld
        | Code::EngineLost
        | Code::NoSuchContainer
        | Code::NoSuchVolume
        | Code::RateLimited
        | Code::DidItsJob
        | Code::NoTerminal
        | Code::OutOfMemory
        | Code::ProgramFailed
        | Code::ListensElsewhere
        | Code::Invalid
        | Code::Other => problem,
    }
}

impl About<'_> {
    /// The flags of the container that was to be made.
    fn options(&self) -> Option<&ContainerOptions> {
        container_options(self.action)
    }

    /// The same action with other flags, if it makes a container.
    fn changed(&self, change: impl FnOnce(&mut ContainerOptions)) -> Option<Action> {
        with_options(self.action, change)
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

    /// The action for the one target that failed: others of it may be done.
    fn narrowed(&self) -> Action {
        let mut action = self.action.clone();
        let only = vec![self.subject.name().to_owned()];
        if let Action::RemoveVolume(remove) = &mut action {
            remove.volumes = only;
        } else if let Action::RemoveNetwork(remove) = &mut action {
            remove.networks = only;
        } else if let Action::RemoveContainer(remove) = &mut action {
            remove.containers = only;
        } else if let Action::RemoveImage(remove) = &mut action {
            remove.images = only;
        }
        action
    }

    /// The leftover's removal, then `action`.
    async fn instead(&self, action: Action) -> Vec<Action> {
        let mut actions = self.leftover().await;
        actions.push(action);
        actions
    }
}

/// The flags of the container that an action makes, if it makes one.
pub(super) fn container_options(action: &Action) -> Option<&ContainerOptions> {
    if let Action::Run(run) = action {
        return Some(&run.options);
    }
    if let Action::Create(create) = action {
        return Some(&create.options);
    }
    None
}

/// The same action with other flags, if it makes a container.
pub(super) fn with_options(
    action: &Action,
    change: impl FnOnce(&mut ContainerOptions),
) -> Option<Action> {
    let mut action = action.clone();
    if let Action::Run(run) = &mut action {
        change(&mut run.options);
    } else if let Action::Create(create) = &mut action {
        change(&mut create.options);
    } else {
        return None;
    }
    Some(action)
}

/// The same action with what is published from the container's port `from` published from `to`.
pub(super) fn with_port(action: &Action, from: u16, to: u16) -> Option<Action> {
    let mut found = false;
    let changed = with_options(action, |options| {
        for text in &mut options.publish {
            let Ok(mut spec) = PortSpec::parse(text) else {
                continue;
            };
            if spec.container == (from..=from) {
                spec.container = to..=to;
                *text = spec.to_string();
                found = true;
            }
        }
    });
    changed.filter(|_| found)
}

pub(super) fn remove(container: &str) -> Action {
    let containers = vec![container.to_owned()];
    Action::RemoveContainer(RemoveContainer {
        containers,
        ..RemoveContainer::default()
    })
}

pub(super) fn stop(container: &str) -> Action {
    Action::Stop(Stop {
        containers: vec![container.to_owned()],
        ..Stop::default()
    })
}

/// Containers as the subject of a sentence.
struct Named {
    names: Vec<String>,
}

fn named(rows: &[ContainerRow]) -> Named {
    Named {
        names: rows.iter().map(|row| explain::shown(&row.name)).collect(),
    }
}

impl Named {
    /// `The container “web” needs`, `The containers “a”, “b” need`, `5 containers need`.
    fn uses(&self, one: &str, many: &str) -> String {
        match self.names.as_slice() {
            [name] => format!("The container {name} {one}"),
            some if some.len() <= MOST_NAMED => {
                format!("The containers {} {many}", some.join(", "))
            }
            all => format!("{} containers {many}", all.len()),
        }
    }

    /// `the container “web”`, as the words on a button name it.
    fn label(&self) -> String {
        match self.names.as_slice() {
            [name] => format!("the container {name}"),
            some if some.len() <= MOST_NAMED => format!("the containers {}", some.join(", ")),
            all => format!("{} containers", all.len()),
        }
    }
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

/// Offers local images whose names are nearly that of the one that can't be had.
pub(crate) async fn near_images(about: &About<'_>, problem: Problem) -> Problem {
    image::near_names(about, problem).await
}

/// Offers what mends a build that failed in the middle: room where none is left, and the processor of this
/// computer where another was asked for.
pub(crate) fn broken_build(action: &Action, problem: Problem) -> Problem {
    if problem.code == Code::DiskFull {
        make_room(problem)
    } else if problem.code == Code::NoSuchPlatform {
        image::other_platform(action, problem)
    } else {
        problem
    }
}

/// Whether an action makes room by itself.
fn removes(action: &Action) -> bool {
    matches!(
        action,
        Action::SystemPrune(_)
            | Action::PruneContainers(_)
            | Action::PruneImages(_)
            | Action::PruneVolumes(_)
            | Action::RemoveContainer(_)
            | Action::RemoveImage(_)
            | Action::RemoveVolume(_)
    )
}

/// Podman writes its lists anew before it removes anything, and a disk that is full to the last byte has no
/// room for that.
fn no_room_to_remove(problem: Problem) -> Problem {
    Problem {
        why: "The disk on which the engine keeps images and containers is full, and even removing something needs a little room there.".to_owned(),
        todo: "Remove some other file from that disk, then try again.".to_owned(),
        ..problem
    }
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
    let everything = Action::SystemPrune(SystemPrune {
        force,
        ..SystemPrune::default()
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
        .with_fix(
            Fix::new(
                "Remove both, and what earlier builds left for later ones",
                vec![everything],
            )
            .with_note("Networks that nothing uses go too. The next builds take longer.")
            .dangerous(),
        )
}
