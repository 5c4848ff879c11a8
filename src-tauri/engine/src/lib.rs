//! Talks to container engines: finds them, connects, performs actions, watches, streams, and explains
//! failures. It knows nothing of the window (no Tauri).

mod capability;
pub mod connect;
mod dial;
pub mod endpoint;
pub mod model;
mod own;
pub mod path;
pub mod probe;
pub mod problem;
pub mod surroundings;
mod transport;

pub use connect::Engine;
pub use dial::DialError;
pub use transport::{ApiVersion, RequestError};
