//! `--mount`, as an engine takes it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use slipway_action::mount::{self, MountKind, Recursive};
use slipway_action::pair::Pair;
use slipway_action::text::Invalid;

use crate::perform::place;

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Mount {
    r#type: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    source: String,
    target: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    read_only: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    consistency: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    bind_options: Option<Bind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    volume_options: Option<Volume>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tmpfs_options: Option<Tmpfs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image_options: Option<Image>,
}

#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Bind {
    #[serde(skip_serializing_if = "String::is_empty")]
    propagation: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    non_recursive: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    create_mountpoint: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    read_only_non_recursive: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    read_only_force_recursive: bool,
}

#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Volume {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    no_copy: bool,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    labels: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    subpath: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    driver_config: Option<Driver>,
}

#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Driver {
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    options: BTreeMap<String, String>,
}

#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Tmpfs {
    #[serde(skip_serializing_if = "Option::is_none")]
    size_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<u32>,
}

#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Image {
    subpath: String,
}

impl Mount {
    pub fn parse(folder: &Path, text: &str) -> Result<Self, Invalid> {
        let read = mount::Mount::parse(text)?;
        let bind = Bind {
            propagation: read.propagation.unwrap_or_default(),
            non_recursive: read.recursive == Recursive::Disabled,
            create_mountpoint: read.create_source,
            read_only_non_recursive: read.recursive == Recursive::Writable,
            read_only_force_recursive: read.recursive == Recursive::Readonly,
        };
        let driver = Driver {
            name: read.driver.unwrap_or_default(),
            options: map(read.driver_options),
        };
        let subpath = read.subpath.unwrap_or_default();
        let of_image = read.kind == MountKind::Image;
        let volume = Volume {
            no_copy: read.no_copy,
            labels: map(read.labels),
            subpath: if of_image {
                String::new()
            } else {
                subpath.clone()
            },
            driver_config: set(driver),
        };
        let tmpfs = Tmpfs {
            size_bytes: read.tmpfs_size.map(|size| size.0),
            mode: read.tmpfs_mode,
        };
        let image = Image {
            subpath: if of_image { subpath } else { String::new() },
        };
        Ok(Self {
            r#type: read.kind.as_str().to_owned(),
            source: source(folder, read.kind, read.source.unwrap_or_default()),
            target: read.target,
            read_only: read.read_only,
            consistency: read.consistency.unwrap_or_default(),
            bind_options: set(bind),
            // The docker command sends an empty driver beside any of the others.
            volume_options: set(volume).map(|mut volume| {
                volume.driver_config.get_or_insert_default();
                volume
            }),
            tmpfs_options: set(tmpfs),
            image_options: set(image),
        })
    }
}

/// What says anything at all.
fn set<T: Default + PartialEq>(options: T) -> Option<T> {
    (options != T::default()).then_some(options)
}

fn map(pairs: Vec<Pair>) -> BTreeMap<String, String> {
    pairs.into_iter().map(|it| (it.name, it.value)).collect()
}

/// A folder that is named from `folder` is named in full: the engine is somewhere else.
fn source(folder: &Path, kind: MountKind, source: String) -> String {
    if kind == MountKind::Bind && source.starts_with('.') {
        place::in_full(folder, &source)
    } else {
        source
    }
}
