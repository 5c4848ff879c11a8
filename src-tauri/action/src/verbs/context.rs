//! The verbs on contexts, which say how docker reaches an engine.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// List the engines that docker knows on this computer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct ListContexts {
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Shows only the names.
    #[arg(short = 'q', long)]
    pub quiet: bool,
}

/// Choose the engine that docker talks to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct UseContext {
    /// The context, by name.
    #[arg(value_name = "CONTEXT")]
    pub context: String,
}
