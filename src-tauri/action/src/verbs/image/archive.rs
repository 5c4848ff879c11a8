//! The verbs that put images into files and take them out.

use clap::Args;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Write images, with their layers and names, into a tar file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Save {
    /// The file to write; without it the content goes to the terminal.
    #[arg(short = 'o', long, value_name = "FILE")]
    pub output: Option<String>,
    /// Writes only the variant for this kind of processor, such as linux/arm64.
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Vec<String>,
    /// The images to write, by name or id.
    #[arg(value_name = "IMAGE", required = true)]
    pub images: Vec<String>,
}

/// Take images out of a file that docker save has written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Load {
    /// The file to read; without it what comes in from the terminal is read.
    #[arg(short = 'i', long, value_name = "FILE")]
    pub input: Option<String>,
    /// Takes only the variant for this kind of processor, such as linux/arm64.
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Vec<String>,
    /// Prints only the names at the end.
    #[arg(short = 'q', long)]
    pub quiet: bool,
}

/// Make an image of one layer from a tar file of a file system.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, Args)]
#[serde(default)]
#[ts(optional_fields = nullable)]
pub struct Import {
    /// Applies a line of a Dockerfile to the new image, such as CMD bash.
    #[arg(short = 'c', long, value_name = "INSTRUCTION")]
    pub change: Vec<String>,
    /// A remark that is kept with the image.
    #[arg(short = 'm', long, value_name = "TEXT")]
    pub message: Option<String>,
    /// Says for which kind of processor or system the content is, such as linux/arm64.
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Option<String>,
    /// The file or the address to read from, or - for what comes in from the terminal.
    #[arg(value_name = "FILE|URL|-")]
    pub source: String,
    /// The name of the new image; without one it has only an id.
    #[arg(value_name = "REPOSITORY[:TAG]")]
    pub image: Option<String>,
}
