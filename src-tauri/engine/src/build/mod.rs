//! Builds images: sends a folder to an engine, has its Dockerfile followed, and tells how it goes.

pub(crate) mod classic;
pub mod context;
pub mod dockerfile;
pub(crate) mod lines;
mod model;
pub(crate) mod steps;

pub use model::{Finding, Sent, Step, StepNumber, StepPart, StepState, Told, Way};
