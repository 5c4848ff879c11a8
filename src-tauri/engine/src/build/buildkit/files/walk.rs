//! Tells the files of a folder, in the order that the engine asks for: each folder before what it holds,
//! names in the order of their bytes.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::facts::{self, Names};
use super::filter::{Above, Filter};
use crate::build::buildkit::error::{FileFailure, FileTrouble};
use crate::build::buildkit::message::Stat;

/// Why a walk ended early.
#[derive(Debug)]
pub(super) enum Stopped {
    /// Nobody wants to know any more.
    Unwanted,
    /// A file can't be told.
    Failed(FileFailure),
}

/// A folder that is being gone through.
struct Level {
    names: std::vec::IntoIter<OsString>,
    /// Where it lies, in the folder and on this computer.
    name: Vec<u8>,
    path: PathBuf,
    above: Above,
    /// Its facts, as long as they have not been told: only what holds something that is sent is.
    untold: Option<Stat>,
}

/// Tells each file that `filter` chooses to `tell`, which answers whether it wants more. Where much is gone
/// through and nothing told, `unwanted` says that nobody listens any more.
pub(super) fn walk(
    root: &Path,
    filter: &Filter,
    unwanted: &dyn Fn() -> bool,
    tell: &mut dyn FnMut(Stat) -> bool,
) -> Result<(), Stopped> {
    let mut names = Names::new();
    let mut levels = vec![Level {
        names: sorted(root).map_err(|error| failed(root, error))?,
        name: Vec::new(),
        path: root.to_owned(),
        above: filter.top(),
        untold: None,
    }];
    while let Some(level) = levels.last_mut() {
        let Some(name) = level.names.next() else {
            levels.pop();
            continue;
        };
        if unwanted() {
            return Err(Stopped::Unwanted);
        }
        let path = level.path.join(&name);
        let mut told_as = level.name.clone();
        if !told_as.is_empty() {
            told_as.push(b'/');
        }
        told_as.extend(super::slashed(&name));
        let choice = filter.choose(&told_as, &level.above);
        let facts = match fs::symlink_metadata(&path) {
            Ok(facts) => facts,
            // It went away before anybody was told of it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) if choice.keep => return Err(failed(&path, error)),
            Err(_) => continue,
        };
        let is_folder = facts.is_dir();
        let descend = is_folder && choice.descend;
        if !choice.keep && !descend {
            continue;
        }
        let stat = match facts::of(&path, &told_as, &facts, &mut names) {
            Ok(Some(stat)) => stat,
            Ok(None) => continue,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed(&path, error)),
        };
        let mut untold = Some(stat);
        if choice.keep {
            let above = levels.iter_mut().filter_map(|level| level.untold.take());
            let wanted = above.chain(untold.take()).all(&mut *tell);
            if !wanted {
                return Err(Stopped::Unwanted);
            }
        }
        if descend {
            let inside = match sorted(&path) {
                Ok(inside) => inside,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) if !choice.keep && error.kind() == io::ErrorKind::PermissionDenied => {
                    continue;
                }
                Err(error) => return Err(failed(&path, error)),
            };
            levels.push(Level {
                names: inside,
                name: told_as,
                path,
                above: choice.above,
                untold,
            });
        }
    }
    Ok(())
}

fn sorted(folder: &Path) -> io::Result<std::vec::IntoIter<OsString>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name()));
    let mut names: Vec<_> = entries.collect::<io::Result<_>>()?;
    names.sort_unstable();
    Ok(names.into_iter())
}

fn failed(path: &Path, error: io::Error) -> Stopped {
    Stopped::Failed(FileFailure {
        path: path.to_owned(),
        why: FileTrouble::Unreadable(error),
    })
}
