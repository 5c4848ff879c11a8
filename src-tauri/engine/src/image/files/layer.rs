//! What one layer holds.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{self, Read};

use super::tar::{Kind, Tar};
use crate::image::{LayerFile, LayerFiles};

/// So many files are named.
const MOST: usize = 200;
/// Of these, so many that were taken away.
const MOST_REMOVED: usize = 100;
/// A path is kept up to this length.
const LONGEST: usize = 1024;
/// The mark of what a layer takes away (<https://github.com/opencontainers/image-spec/blob/main/layer.md>).
const REMOVED: &str = ".wh.";
/// The mark of a folder whose earlier content is taken away.
const EMPTIED: &str = ".wh..wh..opq";

/// The files of a layer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Layer {
    files: u64,
    named: Vec<LayerFile>,
}

impl Layer {
    /// Reads a layer to its end.
    pub fn read(source: impl Read) -> io::Result<Self> {
        let mut tar = Tar::new(source);
        let mut files = 0u64;
        let mut largest: BinaryHeap<(Reverse<u64>, String)> = BinaryHeap::new();
        let mut removed = Vec::new();
        while let Some(entry) = tar.next()? {
            let path = absolute(&entry.path);
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
            if let Some(gone) = name.strip_prefix(REMOVED) {
                let path = match name {
                    EMPTIED => format!("{folder}/"),
                    _ if gone.starts_with(REMOVED) => continue,
                    _ => format!("{folder}/{gone}"),
                };
                if removed.len() < MOST_REMOVED {
                    removed.push(LayerFile {
                        path,
                        bytes: 0,
                        removed: true,
                    });
                }
                continue;
            }
            match entry.kind {
                Kind::File | Kind::Hard | Kind::Symbolic => {}
                Kind::Folder | Kind::Other => continue,
            }
            files = files.saturating_add(1);
            largest.push((Reverse(entry.size), path));
            if largest.len() > MOST {
                largest.pop();
            }
        }
        let mut named: Vec<LayerFile> = largest
            .into_sorted_vec()
            .into_iter()
            .map(|(Reverse(bytes), path)| LayerFile {
                path,
                bytes,
                removed: false,
            })
            .collect();
        named.sort_by(|one, other| (other.bytes, &one.path).cmp(&(one.bytes, &other.path)));
        named.truncate(MOST - removed.len());
        named.append(&mut removed);
        Ok(Self { files, named })
    }

    /// How much memory it takes, in bytes.
    pub fn takes(&self) -> usize {
        let names = self.named.iter();
        names.map(|it| size_of::<LayerFile>() + it.path.len()).sum()
    }

    /// As the page is told, at the place of its step.
    pub fn at(self, layer: u32) -> LayerFiles {
        LayerFiles {
            layer,
            files: self.files,
            biggest: self.named,
        }
    }
}

/// A path with a leading slash, and no other mark that it begins at the root.
fn absolute(path: &str) -> String {
    let bare = path.trim_start_matches("./").trim_matches('/');
    // What is cut off takes no memory either.
    let kept = bare.char_indices().nth(LONGEST);
    let kept = kept.and_then(|(end, _)| bare.get(..end)).unwrap_or(bare);
    format!("/{kept}")
}
