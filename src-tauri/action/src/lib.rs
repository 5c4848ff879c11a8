//! The vocabulary of Slipway: each verb of docker is a value, an [`Action`].
//!
//! An action can be filled in (a dialog), rendered (the exact `docker …` command), parsed (a pasted
//! command), explained (each flag), recorded (the trail) and performed (by the engine crate).
//! This crate is pure: it knows no engine, no async, no files and no window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub mod container;
pub mod image;
pub mod render;
pub mod run;

pub use container::{
    InspectContainer, Kill, Pause, PruneContainers, RemoveContainer, Rename, Restart, Start, Stop,
    Unpause,
};
pub use image::{InspectImage, PruneImages, Pull, RemoveImage};
pub use render::{FieldProblem, Rendered, Shell, Token};
pub use run::{ContainerOptions, Create, Run};

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
