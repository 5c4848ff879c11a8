//! The verbs that look at images.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// List the images of this engine.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct ListImages {
    /// Shows the unnamed images in between, too.
    #[arg(short = 'a', long)]
    pub all: bool,
    /// Shows each image's digest, which names exactly this content.
    #[arg(long)]
    pub digests: bool,
    /// Shows only some images, such as dangling=true or reference=ubuntu.
    #[arg(short = 'f', long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Shows ids in full length.
    #[arg(long)]
    pub no_trunc: bool,
    /// Shows only the ids.
    #[arg(short = 'q', long)]
    pub quiet: bool,
    /// Shows the variants of an image below it, as a tree.
    #[arg(long)]
    pub tree: bool,
    /// Shows only the images of this name.
    #[arg(value_name = "REPOSITORY[:TAG]")]
    pub repository: Option<String>,
}

/// Show the steps that an image was made of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct History {
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Writes sizes and dates for people to read, unless it is false.
    #[arg(short = 'H', long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub human: Option<bool>,
    /// Shows each step in full length.
    #[arg(long)]
    pub no_trunc: bool,
    /// Shows the variant for this kind of processor, such as linux/arm64.
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// Shows only the ids.
    #[arg(short = 'q', long)]
    pub quiet: bool,
    /// The image, by name or id.
    #[arg(value_name = "IMAGE")]
    pub image: String,
}

/// Show everything the engine knows about images.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
pub struct InspectImage {
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(short = 'f', long, value_name = "TEMPLATE")]
    #[ts(optional = nullable)]
    pub format: Option<String>,
    /// Shows the variant for this kind of processor, such as linux/arm64.
    #[arg(long, value_name = "PLATFORM")]
    #[ts(optional = nullable)]
    pub platform: Option<String>,
    /// The images to look at, by name or id.
    #[arg(value_name = "IMAGE", required = true)]
    pub images: Vec<String>,
}
