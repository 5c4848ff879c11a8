//! An exported image: a tar file that holds the layers as tar files, in Docker's own form or in that of OCI
//! (<https://github.com/opencontainers/image-spec/blob/main/image-layout.md>). What the layers are comes
//! behind them, so each is read as it passes.

use std::collections::HashMap;
use std::io::{self, Read};

use flate2::read::GzDecoder;

use super::layer::Layer;
use super::order;
use super::tar::{Kind, Tar, fill, is_header};
use crate::image::LayerFiles;

/// A description may be this long.
const LONGEST_TEXT: u64 = 4 * 1024 * 1024;
/// There may be so many entries.
const MOST: usize = 20_000;
/// All descriptions together may be this long.
const ALL_TEXTS: u64 = 64 * 1024 * 1024;
/// The path of a part may be this long; it is the digest of what it holds.
const LONGEST_PATH: usize = 1024;
/// All that is kept of the layers together may take so much memory, in bytes.
const ALL_NAMES: usize = 64 * 1024 * 1024;

/// What an archive was found to hold.
#[derive(Default)]
pub(super) struct Found {
    /// The layers, by their path.
    pub layers: HashMap<String, Layer>,
    /// Why a layer could not be read, by its path.
    pub unread: HashMap<String, String>,
    /// The descriptions, by their path.
    pub texts: HashMap<String, Vec<u8>>,
    /// What links lead to, by their path.
    pub links: HashMap<String, String>,
}

/// Reads an exported image.
pub(super) fn read(source: impl Read) -> io::Result<Vec<LayerFiles>> {
    let mut tar = Tar::new(source);
    let mut found = Found::default();
    let (mut room, mut names) = (ALL_TEXTS, ALL_NAMES);
    for _ in 0..MOST {
        let Some(entry) = tar.next()? else {
            return order::layers(found);
        };
        let path = entry.path.trim_start_matches("./").to_owned();
        if path.len() > LONGEST_PATH || entry.target.len() > LONGEST_PATH {
            continue;
        }
        match entry.kind {
            Kind::Symbolic | Kind::Hard => {
                let target = match entry.kind {
                    Kind::Hard => entry.target.trim_start_matches("./").to_owned(),
                    _ => beside(&path, &entry.target),
                };
                found.links.insert(path, target);
                continue;
            }
            Kind::File => {}
            Kind::Folder | Kind::Other => continue,
        }
        let mut head = [0; 512];
        let mut content = tar.content();
        let filled = fill(&mut content, &mut head)?;
        let begun = head[..filled].chain(content);
        match kind(&head[..filled]) {
            Inside::Tar => keep(&mut found, &mut names, path, Layer::read(begun))?,
            Inside::Gzip => {
                let layer = Layer::read(GzDecoder::new(begun));
                keep(&mut found, &mut names, path, layer)?;
            }
            Inside::Zstd => {
                let why = "a layer is packed with zstd".to_owned();
                found.unread.insert(path, why);
            }
            Inside::Text if entry.size <= LONGEST_TEXT.min(room) => {
                let mut text = Vec::new();
                let mut begun = begun;
                begun.read_to_end(&mut text)?;
                room = room.saturating_sub(entry.size);
                found.texts.insert(path, text);
            }
            Inside::Text | Inside::Other => {}
        }
    }
    Err(too_many())
}

fn too_many() -> io::Error {
    io::Error::other("the image has too many parts")
}

/// Keeps a layer, as long as there is room for its names.
fn keep(
    found: &mut Found,
    room: &mut usize,
    path: String,
    layer: io::Result<Layer>,
) -> io::Result<()> {
    match layer {
        Ok(layer) => {
            *room = room.checked_sub(layer.takes()).ok_or_else(too_many)?;
            found.layers.insert(path, layer);
        }
        // The archive may still be whole: its entries say where each ends.
        Err(error) => {
            found.unread.insert(path, error.to_string());
        }
    }
    Ok(())
}

/// What an entry's first bytes say that it holds.
enum Inside {
    Tar,
    Gzip,
    Zstd,
    /// JSON.
    Text,
    Other,
}

fn kind(head: &[u8]) -> Inside {
    match head {
        [0x1f, 0x8b, ..] => Inside::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Inside::Zstd,
        // A layer without files is nothing but zeros.
        _ if head.len() == 512 && head.iter().all(|byte| *byte == 0) => Inside::Tar,
        // Before what JSON begins with, which may be the name of a layer's first file.
        _ if is_header(head) => Inside::Tar,
        [b'{' | b'[', ..] => Inside::Text,
        _ => Inside::Other,
    }
}

/// The path that a link means, seen from the folder that it lies in.
fn beside(path: &str, target: &str) -> String {
    let mut names: Vec<&str> = path.split('/').collect();
    names.pop();
    for name in target.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests;
