//! The vocabulary of Slipway: each verb of docker is a value, an [`Action`].
//!
//! An action can be filled in (a dialog), rendered (the exact `docker …` command), parsed (a pasted
//! command), explained (each flag), recorded (the trail) and performed (by the engine crate).
//! This crate is pure: it knows no engine, no async, no files and no window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub mod attachment;
mod blank;
mod check;
pub mod complete;
pub mod device;
pub mod duration;
pub mod env;
mod fields;
mod flags;
mod folder;
pub mod form;
pub mod gpu;
pub mod grammar;
pub mod help;
mod hidden;
pub mod limit;
pub mod mount;
pub mod name;
mod near;
pub mod object;
pub mod pair;
mod parse;
mod paste;
pub mod policy;
pub mod port;
pub mod quote;
pub mod reading;
pub mod reference;
mod refusal;
pub mod render;
pub mod rights;
pub mod script;
pub mod secret;
pub mod subnet;
mod target;
pub mod text;
pub mod ulimit;
mod unperformed;
mod verb;
mod verbs;
pub mod volume;
pub mod words;

pub use complete::{
    Completion, CompletionKind, Completions, KnownContainer, KnownImage, Names, complete,
};
pub use env::EnvVar;
pub use form::{FieldKind, Form, FormField, form};
pub use help::{HelpGroup, HelpItem, HelpPage, help};
pub use hidden::{secret_files, secret_variables, secrets};
pub use limit::{Cpus, Memory};
pub use name::{
    ContainerArg, ContainerName, ExtraHost, HostAddress, Hostname, Label, Network, User,
};
pub use object::{NetworkArg, VolumeName};
pub use policy::{Filter, Platform, PullPolicy, RestartPolicy, Signal};
pub use port::{ExposeSpec, PortSpec, Protocol};
pub use reading::{Blank, Line, Reading, Said, read};
pub use reference::{ImageName, Reference};
pub use refusal::ParseError;
pub use render::{FieldProblem, Rendered, Shell, Token};
pub use script::{Ended, Entry, script};
pub use secret::{HIDDEN, names_secret, redact};
pub use target::CopyPlace;
pub use text::Invalid;
pub use unperformed::Note;
pub use verb::Reach;
pub use verbs::{
    Addresses, Attach, Build, BuildLimits, BuildOutput, BuildSteps, ClusterVolume, Commit,
    ConnectNetwork, ContainerOptions, Copy, Create, CreateNetwork, CreateVolume, Diff,
    DisconnectNetwork, Events, Exec, Export, Health, History, Import, Info, Inspect,
    InspectContainer, InspectImage, InspectNetwork, InspectVolume, Kill, Limits, ListContainers,
    ListContexts, ListImages, ListNetworks, ListPorts, ListVolumes, Load, Login, Logout, Logs,
    Pause, PruneContainers, PruneImages, PruneNetworks, PruneVolumes, Pull, Push, Recording,
    RemoveContainer, RemoveImage, RemoveNetwork, RemoveVolume, Rename, Resources, Restart, Rights,
    Run, Save, Search, Start, Stats, Stop, Storage, SystemDf, SystemPrune, Tag, Top, Unpause,
    Update, UseContext, Version, Wait, WindowsOnly,
};
pub use volume::{Source, VolumeSpec};

/// One verb of docker with its arguments: everything that changes an engine or looks at it.
///
/// The arguments are kept as the command line writes them, so that a half-filled dialog is an
/// action too; [`check`](Action::check) says what is wrong with them, field by field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "verb", rename_all = "kebab-case")]
pub enum Action {
    /// `docker image ls`
    ListImages(ListImages),
    /// `docker pull`
    Pull(Pull),
    /// `docker push`
    Push(Push),
    /// `docker rmi`
    RemoveImage(RemoveImage),
    /// `docker tag`
    Tag(Tag),
    /// `docker history`
    History(History),
    /// `docker image inspect`
    InspectImage(InspectImage),
    /// `docker save`
    Save(Save),
    /// `docker load`
    Load(Load),
    /// `docker import`
    Import(Import),
    /// `docker image prune`
    PruneImages(PruneImages),
    /// `docker build`
    Build(Build),
    /// `docker container ls`
    ListContainers(ListContainers),
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
    /// `docker attach`
    Attach(Attach),
    /// `docker exec`
    Exec(Exec),
    /// `docker logs`
    Logs(Logs),
    /// `docker cp`
    Copy(Copy),
    /// `docker commit`
    Commit(Commit),
    /// `docker diff`
    Diff(Diff),
    /// `docker rename`
    Rename(Rename),
    /// `docker rm`
    RemoveContainer(RemoveContainer),
    /// `docker container prune`
    PruneContainers(PruneContainers),
    /// `docker container inspect`
    InspectContainer(InspectContainer),
    /// `docker port`
    ListPorts(ListPorts),
    /// `docker top`
    Top(Top),
    /// `docker stats`
    Stats(Stats),
    /// `docker wait`
    Wait(Wait),
    /// `docker update`
    Update(Update),
    /// `docker export`
    Export(Export),
    /// `docker volume ls`
    ListVolumes(ListVolumes),
    /// `docker volume create`
    CreateVolume(CreateVolume),
    /// `docker volume rm`
    RemoveVolume(RemoveVolume),
    /// `docker volume inspect`
    InspectVolume(InspectVolume),
    /// `docker volume prune`
    PruneVolumes(PruneVolumes),
    /// `docker network ls`
    ListNetworks(ListNetworks),
    /// `docker network create`
    CreateNetwork(CreateNetwork),
    /// `docker network rm`
    RemoveNetwork(RemoveNetwork),
    /// `docker network inspect`
    InspectNetwork(InspectNetwork),
    /// `docker network prune`
    PruneNetworks(PruneNetworks),
    /// `docker network connect`
    ConnectNetwork(ConnectNetwork),
    /// `docker network disconnect`
    DisconnectNetwork(DisconnectNetwork),
    /// `docker system df`
    SystemDf(SystemDf),
    /// `docker system prune`
    SystemPrune(SystemPrune),
    /// `docker info`
    Info(Info),
    /// `docker version`
    Version(Version),
    /// `docker events`
    Events(Events),
    /// `docker inspect`
    Inspect(Inspect),
    /// `docker login`
    Login(Login),
    /// `docker logout`
    Logout(Logout),
    /// `docker search`
    Search(Search),
    /// `docker context ls`
    ListContexts(ListContexts),
    /// `docker context use`
    UseContext(UseContext),
}

impl Action {
    /// The flags of the container that it makes, if it makes one.
    pub fn container_options(&self) -> Option<&ContainerOptions> {
        if let Action::Run(Run { options, .. }) | Action::Create(Create { options, .. }) = self {
            Some(options)
        } else {
            None
        }
    }

    /// The same, for changing.
    pub fn container_options_mut(&mut self) -> Option<&mut ContainerOptions> {
        if let Action::Run(Run { options, .. }) | Action::Create(Create { options, .. }) = self {
            Some(options)
        } else {
            None
        }
    }
}
