//! The verbs on containers that exist already.

mod change;
mod inside;
mod look;
mod state;

pub use change::{Commit, PruneContainers, RemoveContainer, Rename, Update};
pub use inside::{Attach, Copy, Exec, Export};
pub use look::{Diff, InspectContainer, ListContainers, ListPorts, Logs, Stats, Top};
pub use state::{Kill, Pause, Restart, Start, Stop, Unpause, Wait};
