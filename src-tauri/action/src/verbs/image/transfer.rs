//! The verbs that move images between this engine and a registry.

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
    /// Skips the check of the image's signature; this is docker's own habit.
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    #[ts(optional = nullable)]
    pub disable_content_trust: Option<bool>,
    /// The image to download. Without a registry it comes from Docker Hub, without a tag it is `latest`.
    #[arg(value_name = "NAME[:TAG|@DIGEST]")]
    pub image: String,
}

/// Upload an image to a registry.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Push {
    /// Uploads every tag of the repository, not just one.
    #[arg(short = 'a', long)]
    pub all_tags: bool,
    /// Uploads only the variant for this kind of processor, such as linux/arm64.
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// Prints only the name of the image at the end.
    #[arg(short = 'q', long)]
    pub quiet: bool,
    /// Skips the check of the image's signature; this is docker's own habit.
    #[arg(long, value_name = "true|false", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub disable_content_trust: Option<bool>,
    /// The image to upload. Its name says which registry it goes to; without one it is Docker Hub.
    #[arg(value_name = "NAME[:TAG]")]
    pub image: String,
}

/// Search Docker Hub for images.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Search {
    /// Shows only some of the finds, such as is-official=true or stars=10.
    #[arg(short = 'f', long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Prints the answer in another shape: json, table, or a template in Go's own language.
    #[arg(long, value_name = "TEMPLATE")]
    pub format: Option<String>,
    /// Shows at most this many finds.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub limit: Option<i32>,
    /// Shows descriptions in full length.
    #[arg(long)]
    pub no_trunc: bool,
    /// The word to look for.
    #[arg(value_name = "TERM")]
    pub term: String,
}
