//! Which layer belongs to which step of an image's making.

use std::io;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::archive::Found;
use crate::image::LayerFiles;

/// Links are followed so often.
const MOST_LINKS: usize = 8;
/// An index may name another one.
const MOST_INDEXES: usize = 4;

/// `manifest.json` of Docker's own form; Docker writes it beside OCI's too.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Exported {
    config: String,
    layers: Option<Vec<String>>,
}

/// An index or a manifest of OCI.
#[derive(Debug, Deserialize)]
struct Listed {
    manifests: Option<Vec<Part>>,
    config: Option<Part>,
    layers: Option<Vec<Part>>,
}

#[derive(Debug, Deserialize)]
struct Part {
    digest: String,
    platform: Option<Platform>,
}

#[derive(Debug, Deserialize)]
struct Platform {
    #[serde(default)]
    os: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Config {
    history: Option<Vec<Step>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Step {
    empty_layer: bool,
}

/// The layers in the order of the image's steps.
pub(super) fn layers(mut found: Found) -> io::Result<Vec<LayerFiles>> {
    let (config, paths) = exported(&found)
        .or_else(|| listed(&found))
        .ok_or_else(|| io::Error::other("nothing says which layers the image has"))?;
    let config: Config = read(&found, &config).unwrap_or_default();
    let steps = config.history.unwrap_or_default();
    let full = steps.iter().zip(0..).filter(|(step, _)| !step.empty_layer);
    let mut places: Vec<u32> = full.map(|(_, place)| place).collect();
    if places.len() != paths.len() {
        // Its history does not tell of all layers, as that of an imported image.
        places = (0..).take(paths.len()).collect();
    }
    let mut all = Vec::new();
    for (path, place) in paths.into_iter().zip(places) {
        let path = followed(&found, path);
        let Some(layer) = found.layers.get(&path) else {
            let why = found.unread.remove(&path);
            let why = why.unwrap_or_else(|| "a layer is missing".to_owned());
            return Err(io::Error::other(why));
        };
        all.push(layer.clone().at(place));
    }
    Ok(all)
}

fn read<T: DeserializeOwned>(found: &Found, path: &str) -> Option<T> {
    let path = followed(found, path.to_owned());
    serde_json::from_slice(found.texts.get(&path)?).ok()
}

fn exported(found: &Found) -> Option<(String, Vec<String>)> {
    let images: Vec<Exported> = read(found, "manifest.json")?;
    let image = images.into_iter().next()?;
    Some((image.config, image.layers.unwrap_or_default()))
}

fn listed(found: &Found) -> Option<(String, Vec<String>)> {
    let mut list: Listed = read(found, "index.json")?;
    for _ in 0..MOST_INDEXES {
        if let (Some(config), Some(layers)) = (&list.config, &list.layers) {
            let paths = layers.iter().map(|part| blob(&part.digest)).collect();
            return Some((blob(&config.digest), paths));
        }
        // Records of how it was made are listed beside images, for a system that does not exist.
        let parts = list.manifests?;
        let is_image = |part: &&Part| {
            let os = part.platform.as_ref().map(|platform| platform.os.as_str());
            os != Some("unknown") && found.texts.contains_key(&blob(&part.digest))
        };
        let part = parts.iter().find(is_image)?;
        list = read(found, &blob(&part.digest))?;
    }
    None
}

/// `sha256:4f1c…` lies in `blobs/sha256/4f1c…`.
fn blob(digest: &str) -> String {
    format!("blobs/{}", digest.replacen(':', "/", 1))
}

fn followed(found: &Found, mut path: String) -> String {
    for _ in 0..MOST_LINKS {
        match found.links.get(&path) {
            Some(target) => target.clone_into(&mut path),
            None => break,
        }
    }
    path
}
