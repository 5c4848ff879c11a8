//! The crate on real engines, and on a scripted socket for what no real engine does on demand.
//!
//! One program for all of them: each more would be linked anew with everything that the crate brings.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::result_large_err,
    missing_docs,
    reason = "a test that cannot go on has failed, and says where"
)]

#[cfg(unix)]
mod alike;
#[cfg(unix)]
mod around;
#[cfg(unix)]
mod building;
#[cfg(unix)]
mod comparing;
#[cfg(unix)]
mod cutting;
#[cfg(unix)]
mod doing;
#[cfg(unix)]
mod folders;
#[cfg(unix)]
mod kit;
#[cfg(unix)]
mod registry;
#[cfg(unix)]
mod scene;

mod archives;
mod build;
mod build_broken;
mod build_failures;
mod build_large;
mod build_lent;
mod build_parity;
mod build_sent;
mod build_stopped;
mod buildkit;
mod buildkit_ends;
mod buildkit_files;
mod buildkit_long;
mod context;
mod context_engines;
mod context_look;
mod context_refused;
mod disk_full;
mod ended;
mod failures;
mod find;
mod grammar;
mod own;
mod parity;
mod parity_life;
mod parity_verbs;
mod perform;
mod probing;
mod problems;
mod pushing;
mod questions;
mod registries;
mod scripted;
mod session;
mod ssh;
mod tls;
mod transport;
mod values;
mod watching;
