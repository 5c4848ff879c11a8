//! Talks to container engines: finds them, connects, performs actions, watches, streams, and explains
//! failures. It knows nothing of the window (no Tauri).

pub mod model;
pub mod probe;
pub mod problem;
