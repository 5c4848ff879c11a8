//! Things that are slow to make: made once, kept under a name that holds their recipe's hash.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::error::{During, LabError};
use crate::paths::{Paths, fnv, make_folder};

/// A lock between processes, held until dropped (or until the process dies).
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock on the file `path`, which is made when missing.
    pub fn take(path: &Path) -> Result<Self, LabError> {
        let file = File::create(path).during(|| format!("open lock {}", path.display()))?;
        file.lock().during(|| format!("lock {}", path.display()))?;
        Ok(Self { _file: file })
    }
}

/// Gives the path of the thing `name` made by `recipe`, and makes it when it isn't there.
///
/// `make` gets an empty folder to fill. It is put in place by a rename once complete, and under a
/// lock, so that no process ever sees half of it and no two make it at once.
pub(crate) fn made(
    paths: &Paths,
    name: &str,
    recipe: &[&str],
    make: impl FnOnce(&Path) -> Result<(), LabError>,
) -> Result<PathBuf, LabError> {
    let hash = fnv(recipe.concat().as_bytes());
    let done = paths.cache.join(format!("{name}-{hash:016x}"));
    if done.exists() {
        return Ok(done);
    }
    let _lock = Lock::take(&paths.cache.join(format!("{name}.lock")))?;
    if done.exists() {
        return Ok(done);
    }
    let unfinished = paths.cache.join(format!("{name}.unfinished"));
    remove(&unfinished)?;
    make_folder(&unfinished)?;
    let start = Instant::now();
    say(&format!(
        "making {name} (once; kept in {})",
        paths.cache.display()
    ));
    make(&unfinished)?;
    fs::rename(&unfinished, &done).during(|| format!("put {} in place", done.display()))?;
    say(&format!("made {name} in {} s", start.elapsed().as_secs()));
    Ok(done)
}

/// Removes a folder with all in it; one that isn't there is fine.
pub(crate) fn remove(path: &Path) -> Result<(), LabError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).during(|| format!("remove {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Tells whoever waits what takes long.
pub(crate) fn say(text: &str) {
    eprintln!("lab: {text}");
}
