//! Where the lab keeps things.
//!
//! What is slow to make lies in the cache folder and outlives everything. What runs lies in the run
//! folder, whose path is short because a unix socket's path must fit in 108 bytes (unix(7)).

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::error::{During, LabError};

/// The two folders, made when they are missing.
#[derive(Debug, Clone)]
pub(crate) struct Paths {
    /// Roots, base images and registry data.
    pub cache: PathBuf,
    /// Sockets, data and logs of what runs for this work tree.
    pub run: PathBuf,
    /// What all work trees of this user share: which networks are taken.
    pub net: PathBuf,
}

impl Paths {
    pub fn new() -> Result<Self, LabError> {
        let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let cache = variable("SLIPWAY_LAB_CACHE")
            .map(PathBuf::from)
            .unwrap_or_else(|| {
                variable("XDG_CACHE_HOME")
                    .map(PathBuf::from)
                    .or_else(|| variable("HOME").map(|home| Path::new(&home).join(".cache")))
                    .unwrap_or_else(|| PathBuf::from("/var/cache"))
                    .join("slipway-lab")
            });
        let all = PathBuf::from(format!("/tmp/slipway-lab-{}", uid()?));
        // One run folder for each work tree: `lab down` in one clone must not end another's tests.
        let tree = fnv(env!("CARGO_MANIFEST_DIR").as_bytes()) & 0xff_ffff;
        let paths = Self {
            cache,
            run: all.join(format!("{tree:06x}")),
            net: all.join("net"),
        };
        for folder in [&paths.cache, &paths.run, &paths.net] {
            make_folder(folder)?;
        }
        Ok(paths)
    }
}

/// Makes a folder and those above it.
pub(crate) fn make_folder(path: &Path) -> Result<(), LabError> {
    fs::create_dir_all(path).during(|| format!("make folder {}", path.display()))
}

/// The user that runs this process.
pub(crate) fn uid() -> Result<u32, LabError> {
    // A process's folder in /proc belongs to its user; elsewhere, a folder of one's own says it.
    let place = if Path::new("/proc/self").exists() {
        PathBuf::from("/proc/self")
    } else {
        std::env::var_os("HOME")
            .map(PathBuf::from)
            .unwrap_or_else(std::env::temp_dir)
    };
    Ok(fs::metadata(&place)
        .during(|| format!("look at {}", place.display()))?
        .uid())
}

/// FNV-1a, 64 bits: a name for a recipe that stays the same over compilers and machines.
pub(crate) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
