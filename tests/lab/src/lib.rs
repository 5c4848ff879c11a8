//! The lab: what Slipway's tests run against. Real engines of several kinds, each private; a registry
//! that stands for Docker Hub; images under the names that a beginner types; a display; and a socket
//! that says exactly what a script tells it to, for what no real engine does on demand.
//!
//! It knows container engines and this machine, and must not know Slipway. On Windows it is empty.
#![cfg(unix)]

mod cache;
mod cli;
mod daemon;
mod display;
mod engine;
mod error;
pub mod images;
mod kind;
mod lab;
mod left_out;
mod net;
mod paths;
mod podman;
mod process;
mod record;
mod registry;
mod roots;
pub mod scripted;
mod socket;
mod wait;
mod world;

pub use cli::{buildx, newest_cli};
pub use display::Display;
pub use engine::{Engine, Output};
pub use error::LabError;
pub use kind::Kind;
pub use lab::{Lab, Running, shell};
pub use left_out::left_out;
pub use process::Recorded;
pub use registry::Registry;
pub use wait::wait_until;
pub use world::World;
