//! The verbs on images.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Download an image from a registry.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct Pull {
    /// Downloads every tag of the repository, not just one.
    #[arg(short = 'a', long)]
    pub all_tags: bool,
    /// Picks the variant for another kind of processor or system, such as linux/arm64.
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// Prints only the name of the image at the end.
    #[arg(short = 'q', long)]
    pub quiet: bool,
    /// The image to download. Without a registry it comes from Docker Hub, without a tag it is `latest`.
    #[arg(value_name = "NAME[:TAG|@DIGEST]")]
    pub image: String,
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

/// Show everything the engine knows about images.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct InspectImage {
    /// The images to look at, by name or id.
    #[arg(value_name = "IMAGE", required = true)]
    pub images: Vec<String>,
}
