//! The verbs on registries, from which images come.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Log in to a registry.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Login {
    /// Your name there.
    #[arg(short = 'u', long, value_name = "NAME")]
    pub username: Option<String>,
    /// Your password or access token; everyone on this computer can read what is typed here.
    #[arg(short = 'p', long, value_name = "PASSWORD")]
    pub password: Option<String>,
    /// Reads the password from what comes in, so that it is nowhere seen.
    #[arg(long)]
    pub password_stdin: bool,
    /// The registry; without one it is Docker Hub.
    #[arg(value_name = "SERVER")]
    pub server: Option<String>,
}

/// Log out from a registry.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Logout {
    /// The registry; without one it is Docker Hub.
    #[arg(value_name = "SERVER")]
    pub server: Option<String>,
}
