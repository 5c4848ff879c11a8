//! Builds images: sends a folder to an engine, has its Dockerfile followed, and tells how it goes.

pub mod context;
pub mod dockerfile;
mod model;

pub use model::{Finding, Sent, Step, StepNumber, StepPart, StepState, Told, Way};
