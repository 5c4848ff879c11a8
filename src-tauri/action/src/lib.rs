//! The vocabulary of Slipway: each verb of docker is a value, an [`Action`].
//!
//! An action can be filled in (a dialog), rendered (the exact `docker …` command), parsed (a pasted
//! command), explained (each flag), recorded (the trail) and performed (by the engine crate).
//! This crate is pure: it knows no engine, no async, no files and no window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod blank;
mod check;
pub mod container;
pub mod env;
mod flags;
pub mod image;
pub mod limit;
pub mod name;
mod near;
mod parse;
mod paste;
pub mod policy;
pub mod port;
pub mod quote;
pub mod reference;
mod refusal;
pub mod render;
pub mod run;
mod secret;
pub mod text;
mod verb;
pub mod volume;
pub mod words;

pub use container::{
    InspectContainer, Kill, Pause, PruneContainers, RemoveContainer, Rename, Restart, Start, Stop,
    Unpause,
};
pub use env::EnvVar;
pub use image::{InspectImage, PruneImages, Pull, RemoveImage};
pub use limit::{Cpus, Memory};
pub use name::{
    ContainerArg, ContainerName, ExtraHost, HostAddress, Hostname, Label, Network, User,
};
pub use policy::{Filter, Platform, PullPolicy, RestartPolicy, Signal};
pub use port::{ExposeSpec, PortSpec, Protocol};
pub use reference::{ImageName, Reference};
pub use refusal::ParseError;
pub use render::{FieldProblem, Rendered, Shell, Token};
pub use run::{ContainerOptions, Create, Run};
pub use secret::{names_secret, redact};
pub use text::Invalid;
pub use volume::{Source, VolumeSpec};

/// One verb of docker with its arguments: everything that changes an engine is one of these.
///
/// The arguments are kept as the command line writes them, so that a half-filled dialog is an
/// action too; [`check`](Action::check) says what is wrong with them, field by field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "kebab-case")]
pub enum Action {
    /// `docker pull`
    Pull(Pull),
    /// `docker run`
    Run(Run),
    /// `docker create`
    Create(Create),
    /// `docker start`
    Start(Start),
    /// `docker stop`
    Stop(Stop),
    /// `docker restart`
    Restart(Restart),
    /// `docker kill`
    Kill(Kill),
    /// `docker pause`
    Pause(Pause),
    /// `docker unpause`
    Unpause(Unpause),
    /// `docker rename`
    Rename(Rename),
    /// `docker rm`
    RemoveContainer(RemoveContainer),
    /// `docker container prune`
    PruneContainers(PruneContainers),
    /// `docker container inspect`
    InspectContainer(InspectContainer),
    /// `docker rmi`
    RemoveImage(RemoveImage),
    /// `docker image prune`
    PruneImages(PruneImages),
    /// `docker image inspect`
    InspectImage(InspectImage),
}

impl Action {
    /// Whether it removes containers or images.
    pub fn destroys(&self) -> bool {
        match self {
            Action::RemoveContainer(_)
            | Action::PruneContainers(_)
            | Action::RemoveImage(_)
            | Action::PruneImages(_) => true,
            Action::Pull(_)
            | Action::Run(_)
            | Action::Create(_)
            | Action::Start(_)
            | Action::Stop(_)
            | Action::Restart(_)
            | Action::Kill(_)
            | Action::Pause(_)
            | Action::Unpause(_)
            | Action::Rename(_)
            | Action::InspectContainer(_)
            | Action::InspectImage(_) => false,
        }
    }

    /// The containers or images that it names, as they were written.
    pub fn targets(&self) -> Vec<&str> {
        let names = match self {
            Action::Pull(pull) => std::slice::from_ref(&pull.image),
            Action::Run(run) => std::slice::from_ref(&run.image),
            Action::Create(create) => std::slice::from_ref(&create.image),
            Action::Rename(rename) => std::slice::from_ref(&rename.container),
            Action::Start(start) => &start.containers,
            Action::Stop(stop) => &stop.containers,
            Action::Restart(restart) => &restart.containers,
            Action::Kill(kill) => &kill.containers,
            Action::Pause(pause) => &pause.containers,
            Action::Unpause(unpause) => &unpause.containers,
            Action::RemoveContainer(remove) => &remove.containers,
            Action::InspectContainer(inspect) => &inspect.containers,
            Action::RemoveImage(remove) => &remove.images,
            Action::InspectImage(inspect) => &inspect.images,
            Action::PruneContainers(_) | Action::PruneImages(_) => &[],
        };
        names
            .iter()
            .map(String::as_str)
            .filter(|name| !name.is_empty())
            .collect()
    }
}
