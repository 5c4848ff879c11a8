//! The folder that a build sends: what of it, in which order, and why something is not in it.

mod model;

pub use model::{ContextFile, ContextLook, ContextPath, IgnoreWrong, SourceCheck, SourceFound};
