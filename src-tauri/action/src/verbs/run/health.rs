//! How the engine looks after a container's health.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The health check of a container.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Health {
    /// A command that is run in the container to see whether the program is well.
    #[arg(long, value_name = "COMMAND")]
    #[ts(optional = nullable)]
    pub health_cmd: Option<String>,
    /// The time between two checks, such as 30s.
    #[arg(long, value_name = "DURATION")]
    #[ts(optional = nullable)]
    pub health_interval: Option<String>,
    /// How many checks in a row must fail before the container counts as unhealthy.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    #[ts(optional = nullable)]
    pub health_retries: Option<i32>,
    /// The time between two checks while the program starts, such as 1s.
    #[arg(long, value_name = "DURATION")]
    #[ts(optional = nullable)]
    pub health_start_interval: Option<String>,
    /// How long the program may take to start before failures count, such as 20s.
    #[arg(long, value_name = "DURATION")]
    #[ts(optional = nullable)]
    pub health_start_period: Option<String>,
    /// How long one check may take, such as 5s.
    #[arg(long, value_name = "DURATION")]
    #[ts(optional = nullable)]
    pub health_timeout: Option<String>,
    /// Switches off the check that the image brings along.
    #[arg(long)]
    #[ts(as = "Option<_>", optional)]
    pub no_healthcheck: bool,
}
