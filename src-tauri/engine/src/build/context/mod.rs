//! The folder that a build sends: what of it, in which order, and why something is not in it.

mod class;
mod glob;
pub mod ignore;
mod model;

pub use model::{ContextFile, ContextLook, ContextPath, IgnoreWrong, SourceCheck, SourceFound};
