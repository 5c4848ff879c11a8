//! The verbs on images, but for `docker build`.

mod archive;
mod change;
mod look;
mod transfer;

pub use archive::{Import, Load, Save};
pub use change::{PruneImages, RemoveImage, Tag};
pub use look::{History, InspectImage, ListImages};
pub use transfer::{Pull, Push, Search};
