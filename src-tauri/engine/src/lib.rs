//! Talks to container engines: finds them, connects, performs actions, watches, streams, and explains
//! failures. It knows nothing of the window (no Tauri).

pub mod build;
mod call;
mod capability;
pub mod connect;
pub mod context;
mod dial;
pub mod endpoint;
mod exec;
pub mod find;
pub mod image;
mod list;
pub mod model;
pub mod names;
pub mod own;
pub mod path;
pub mod perform;
pub mod ports;
pub mod probe;
pub mod problem;
mod proc_net;
mod registry;
pub mod session;
pub mod stream;
pub mod surroundings;
mod tar;
mod transport;
pub mod watch;
mod well_known;

pub use connect::Engine;
pub use dial::DialError;
pub use transport::{ApiVersion, RequestError};
