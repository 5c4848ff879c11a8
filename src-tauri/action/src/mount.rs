//! Folders, volumes and memory in a container: what `--mount` says.

use crate::fields::{split, yes_or_no};
use crate::limit::Bytes;
use crate::near::nearest;
use crate::pair::Pair;
use crate::text::{Invalid, shown};

/// One `--mount`, with docker's defaults where nothing was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Mount {
    /// What is put into the container.
    pub kind: MountKind,
    /// The folder, the volume or the image; `None` for a new volume and for memory. It may be
    /// written from where the command is run (`./data`).
    pub source: Option<String>,
    /// Where it appears in the container.
    pub target: String,
    /// Whether the container may only read it.
    pub read_only: bool,
    /// How exactly both sides see the same; only Docker Desktop listens to it.
    pub consistency: Option<String>,
    /// Whether mounts that come later are passed on: `rprivate`, `shared` and so on.
    pub propagation: Option<String>,
    /// What becomes of mounts below a folder.
    pub recursive: Recursive,
    /// Makes the folder on the engine's computer when it is missing.
    pub create_source: bool,
    /// The folder in the volume or the image.
    pub subpath: Option<String>,
    /// Leaves a new volume empty instead of filling it with what the image has there.
    pub no_copy: bool,
    /// Notes on a new volume.
    pub labels: Vec<Pair>,
    /// What provides the storage of a new volume.
    pub driver: Option<String>,
    /// What the driver is told.
    pub driver_options: Vec<Pair>,
    /// How much memory it may take.
    pub tmpfs_size: Option<Bytes>,
    /// Who may use the folder in memory, in octal, such as 1777.
    pub tmpfs_mode: Option<u32>,
}

/// What is put into a container.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MountKind {
    /// A volume of the engine.
    #[default]
    Volume,
    /// A file or folder of the engine's computer.
    Bind,
    /// Memory.
    Tmpfs,
    /// The files of an image.
    Image,
    /// A pipe of Windows.
    Npipe,
    /// A volume of a swarm.
    Cluster,
}

/// What becomes of mounts below a folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Recursive {
    /// They come along, and are read-only where the folder is, if the engine can do that.
    #[default]
    Enabled,
    /// They do not come along.
    Disabled,
    /// They come along and stay writable.
    Writable,
    /// They come along and must be read-only.
    Readonly,
}

const KINDS: &[(&str, MountKind)] = &[
    ("bind", MountKind::Bind),
    ("volume", MountKind::Volume),
    ("tmpfs", MountKind::Tmpfs),
    ("image", MountKind::Image),
    ("npipe", MountKind::Npipe),
    ("cluster", MountKind::Cluster),
];

const PROPAGATIONS: &[&str] = &[
    "private", "rprivate", "shared", "rshared", "slave", "rslave",
];

const KEYS: &[&str] = &[
    "type",
    "source",
    "src",
    "target",
    "dst",
    "destination",
    "readonly",
    "ro",
    "consistency",
    "bind-propagation",
    "bind-recursive",
    "bind-create-src",
    "volume-subpath",
    "volume-nocopy",
    "volume-label",
    "volume-driver",
    "volume-opt",
    "image-subpath",
    "tmpfs-size",
    "tmpfs-mode",
];

/// Keys that stand for themselves.
const SWITCHES: &[&str] = &["readonly", "ro", "volume-nocopy", "bind-create-src"];

impl MountKind {
    /// Its name in an engine's API.
    pub fn as_str(self) -> &'static str {
        let found = KINDS.iter().find(|(_, kind)| *kind == self);
        found.map_or("volume", |(name, _)| name)
    }
}

impl Mount {
    /// Reads the value of a `--mount` (docker/cli, `opts/mount.go`).
    ///
    /// # Errors
    /// Says which part is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let mut mount = Mount::default();
        // The keys that hold for one kind only, to be compared with the kind at the end.
        let mut special = Vec::new();
        for field in split(text.trim())? {
            let (key, value) = match field.split_once('=') {
                Some((key, value)) => (key, Some(value)),
                None => (field.as_str(), None),
            };
            let key = key.to_ascii_lowercase();
            mount.set(&key, value)?;
            if let Some((kind, _)) = key.split_once('-') {
                special.push((kind.to_owned(), key.clone()));
            }
        }
        mount.check(&special)?;
        Ok(mount)
    }

    fn set(&mut self, key: &str, value: Option<&str>) -> Result<(), Invalid> {
        if !KEYS.contains(&key) {
            let meant =
                nearest(key, KEYS.iter().copied()).map(|near| format!(" Did you mean {near}?"));
            return Err(Invalid::new(format!(
                "{} means nothing here.{}",
                shown(key),
                meant.unwrap_or_else(
                    || " Write it as type=bind,source=/data,target=/data.".to_owned()
                )
            )));
        }
        if value == Some("") || value.is_none() && !SWITCHES.contains(&key) {
            return Err(Invalid::new(format!("After {key}= its value is missing.")));
        }
        let text = value.unwrap_or_default();
        if text.trim() != text {
            return Err(Invalid::new(format!(
                "There is a space too many around the value of {key}."
            )));
        }
        match key {
            "type" => self.kind = kind(text)?,
            "source" | "src" => self.source = Some(text.to_owned()),
            "target" | "dst" | "destination" => text.clone_into(&mut self.target),
            "readonly" | "ro" => self.read_only = yes_or_no(key, value)?,
            "consistency" => self.consistency = Some(text.to_ascii_lowercase()),
            "bind-propagation" => {
                let text = text.to_ascii_lowercase();
                one_of(key, &text, PROPAGATIONS)?;
                self.propagation = Some(text);
            }
            "bind-recursive" => self.recursive = recursive(text)?,
            "bind-create-src" => self.create_source = yes_or_no(key, value)?,
            "volume-subpath" | "image-subpath" => self.subpath = Some(text.to_owned()),
            "volume-nocopy" => self.no_copy = yes_or_no(key, value)?,
            "volume-label" => self.labels.push(Pair::parse(text)?),
            "volume-driver" => self.driver = Some(text.to_owned()),
            "volume-opt" => self.driver_options.push(Pair::parse(text)?),
            "tmpfs-size" => self.tmpfs_size = Some(Bytes::parse(text)?),
            // Every other key was refused above.
            _ => {
                let mode = u32::from_str_radix(text, 8)
                    .ok()
                    .filter(|mode| *mode <= 0o7777);
                let wrong = || {
                    Invalid::new("After tmpfs-mode= come digits from 0 to 7, such as 1777 or 700.")
                };
                self.tmpfs_mode = Some(mode.ok_or_else(wrong)?);
            }
        }
        Ok(())
    }

    fn check(&self, special: &[(String, String)]) -> Result<(), Invalid> {
        let kind = self.kind.as_str();
        if let Some((_, key)) = special.iter().find(|(of, _)| of != kind) {
            return Err(Invalid::new(format!(
                "{key} can’t be used with type={kind}."
            )));
        }
        if self.target.is_empty() {
            return Err(Invalid::new(
                "The place in the container is missing. Write it as target=/data.",
            ));
        }
        let is_drive = self
            .target
            .get(1..3)
            .is_some_and(|rest| matches!(rest, ":\\" | ":/"));
        if !self.target.starts_with(['/', '\\']) && !is_drive {
            return Err(Invalid::new(format!(
                "{} is not a full path. It begins with “/”, such as target=/data.",
                shown(&self.target)
            )));
        }
        match (self.kind, &self.source) {
            (MountKind::Bind, None) => Err(Invalid::new(
                "The folder of this computer is missing. Write it as source=/home/me/data.",
            )),
            (MountKind::Image, None) => Err(Invalid::new(
                "The image is missing. Write it as source=IMAGE.",
            )),
            (MountKind::Tmpfs, Some(_)) => {
                Err(Invalid::new("Memory has no source. Leave out source=."))
            }
            (MountKind::Volume, None) if self.subpath.is_some() => Err(Invalid::new(
                "A folder in a volume needs the volume's name. Write it as source=NAME.",
            )),
            (MountKind::Bind, Some(source)) => full_path(source),
            _ => Ok(()),
        }
    }
}

/// A path that only a terminal could complete is refused, as for `--volume`.
fn full_path(source: &str) -> Result<(), Invalid> {
    if source.contains('$') || source.starts_with('~') {
        return Err(Invalid::new(format!(
            "Only a terminal knows what {} stands for. Write the folder's full path.",
            shown(source)
        )));
    }
    let is_drive = source.get(1..2) == Some(":");
    if source.starts_with(['/', '.', '\\']) || is_drive {
        return Ok(());
    }
    Err(Invalid::new(format!(
        "{} is not a full path. Write one, such as source=/home/me/data.",
        shown(source)
    )))
}

fn kind(text: &str) -> Result<MountKind, Invalid> {
    let name = text.to_ascii_lowercase();
    let found = KINDS.iter().find(|(known, _)| *known == name);
    found.map(|(_, kind)| *kind).ok_or_else(|| {
        Invalid::new(format!(
            "{} is not a kind of mount. There are bind, volume, tmpfs and image.",
            shown(text)
        ))
    })
}

fn recursive(text: &str) -> Result<Recursive, Invalid> {
    match text {
        "enabled" => Ok(Recursive::Enabled),
        "disabled" => Ok(Recursive::Disabled),
        "writable" => Ok(Recursive::Writable),
        "readonly" => Ok(Recursive::Readonly),
        _ => Err(Invalid::new(
            "After bind-recursive= comes enabled, disabled, writable or readonly.",
        )),
    }
}

fn one_of(key: &str, text: &str, known: &[&str]) -> Result<(), Invalid> {
    if known.contains(&text) {
        return Ok(());
    }
    Err(Invalid::new(format!(
        "After {key}= comes one of {}.",
        known.join(", ")
    )))
}
