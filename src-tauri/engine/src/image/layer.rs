//! What an image is made of, layer by layer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A step in the making of an image, as the image itself tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImageLayer {
    /// The instruction that made it, without the builder's own words. Hostile text.
    pub made_by: String,
    /// Bytes that it added.
    pub size: u64,
    /// When it was made, in Unix seconds.
    pub created: i64,
    /// It changed no file: it only says how the image is to be run.
    pub empty: bool,
    /// The names of an image that ends here.
    pub tags: Vec<String>,
}

/// What a layer added, changed and took away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LayerFiles {
    /// The place of its step among the image's, from 0, oldest first, empty ones counted.
    pub layer: u32,
    /// Files that it holds.
    pub files: u64,
    /// The largest of them, and what it took away, two hundred at most.
    pub biggest: Vec<LayerFile>,
}

/// A file in a layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LayerFile {
    /// Its path, with a leading `/`. Hostile text.
    pub path: String,
    /// Bytes; 0 for one that was taken away.
    pub bytes: u64,
    /// It was taken away.
    pub removed: bool,
}
