//! Each verb of docker as a struct: its fields are the flags under their own names, and their
//! comments are the explanations that people read.

mod build;
mod container;
mod context;
mod image;
mod limits;
mod network;
mod registry;
mod run;
mod system;
mod volume;

pub use build::{Build, BuildLimits, BuildOutput, BuildSteps};
pub use container::{
    Attach, Commit, Copy, Diff, Exec, Export, InspectContainer, Kill, ListContainers, ListPorts,
    Logs, Pause, PruneContainers, RemoveContainer, Rename, Restart, Start, Stats, Stop, Top,
    Unpause, Update, Wait,
};
pub use context::{ListContexts, UseContext};
pub use image::{
    History, Import, InspectImage, ListImages, Load, PruneImages, Pull, Push, RemoveImage, Save,
    Search, Tag,
};
pub use limits::Limits;
pub use network::{
    ConnectNetwork, CreateNetwork, DisconnectNetwork, InspectNetwork, ListNetworks, PruneNetworks,
    RemoveNetwork,
};
pub use registry::{Login, Logout};
pub use run::{
    Addresses, ContainerOptions, Create, Health, Recording, Resources, Rights, Run, Storage,
    WindowsOnly,
};
pub use system::{Events, Info, Inspect, SystemDf, SystemPrune, Version};
pub use volume::{
    ClusterVolume, CreateVolume, InspectVolume, ListVolumes, PruneVolumes, RemoveVolume,
};
