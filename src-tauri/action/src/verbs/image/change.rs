//! The verbs that name and remove images.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Give an image one more name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Tag {
    /// The image, by name or id.
    #[arg(value_name = "SOURCE_IMAGE[:TAG]")]
    pub source: String,
    /// Its additional name. Without a tag it is `latest`.
    #[arg(value_name = "TARGET_IMAGE[:TAG]")]
    pub target: String,
}

/// Remove images from this engine.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct RemoveImage {
    /// Removes the image even if a stopped container was made from it or it has several names.
    #[arg(short = 'f', long)]
    pub force: bool,
    /// Keeps parent layers that have no name of their own.
    #[arg(long)]
    pub no_prune: bool,
    /// Removes only the variant for this kind of processor, such as linux/arm64.
    #[arg(long, value_name = "PLATFORM")]
    #[ts(as = "Option<_>", optional)]
    pub platform: Vec<String>,
    /// The images to remove, by name or id.
    #[arg(value_name = "IMAGE", required = true)]
    pub images: Vec<String>,
}

/// Remove unused images.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct PruneImages {
    /// Removes every image that no container uses, not just those without a name.
    #[arg(short = 'a', long)]
    pub all: bool,
    /// Limits what is removed, such as until=24h or label=demo.
    #[arg(long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Does not ask for confirmation.
    #[arg(short = 'f', long)]
    pub force: bool,
}
