//! Goes through a build's folder in docker's order: names sorted byte by byte, a folder before what it
//! holds. Links are never followed, so they cannot lead out of the folder or round in a circle. Nothing is
//! read ahead but the names of the folders that are open.

use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::vec;

use super::error::{ContextError, shown_bytes, why};
use super::facts::{Facts, Kind, joined, name_bytes};
use super::ignore::{Above, Patterns};

/// Into which ignored folders one looks for exceptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// Into those in which one can be, as BuildKit's clients do.
    Exact,
    /// Into those that an exception begins with, as the CLI of the classic builder does: with `*` and
    /// `!**/README.md` it finds the README at the top alone.
    Classic,
}

/// What the walk met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Met {
    /// To be sent.
    Sent(Entry),
    /// Left out by a pattern. What a folder holds is not met after it, unless an exception saves it.
    LeftOut(Entry),
    /// Something that nobody is told of: it is in a folder that is left out, or can't be sent. A walk through
    /// very many of these can be stopped like any other.
    Passed,
}

/// Something in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path in the folder, with `/`, as bytes since names need not be text.
    pub path: Vec<u8>,
    /// Where it lies.
    pub place: PathBuf,
    /// What it is.
    pub facts: Facts,
}

/// A walk through a folder.
#[derive(Debug)]
pub struct Walk<'p> {
    patterns: &'p Patterns,
    rules: Rules,
    open: Vec<Open>,
    /// What went wrong before anything was met.
    first: Option<ContextError>,
}

#[derive(Debug)]
struct Open {
    path: Vec<u8>,
    place: PathBuf,
    above: Above,
    left_out: bool,
    names: vec::IntoIter<(OsString, FileType)>,
}

impl<'p> Walk<'p> {
    /// A walk through `folder`, which is itself not met.
    pub fn new(folder: &Path, patterns: &'p Patterns, rules: Rules) -> Self {
        let mut walk = Self {
            patterns,
            rules,
            open: Vec::new(),
            first: None,
        };
        walk.first = match names(folder) {
            Ok(names) => {
                walk.open.push(Open {
                    path: Vec::new(),
                    place: folder.to_owned(),
                    above: patterns.top(),
                    left_out: false,
                    names,
                });
                None
            }
            Err(error) => Some(ContextError::FolderUnreadable {
                path: folder.to_owned(),
                why: why(&error),
            }),
        };
        walk
    }

    fn meet(&mut self, name: &OsString, kind: FileType) -> Result<Met, ContextError> {
        let Some(folder) = self.open.last() else {
            return Ok(Met::Passed);
        };
        let path = joined(&folder.path, name);
        let place = folder.place.join(name);
        let (verdict, above) = self.patterns.look(&path, &folder.above);
        let ignored = verdict.ignored;
        let inside_left_out = folder.left_out;
        let metadata = fs::symlink_metadata(&place).map_err(|error| failed(&path, &error))?;
        let facts = Facts::of(&metadata);
        // A folder that became a file just now is met as what it is.
        let is_folder = kind.is_dir() && facts.kind == Kind::Folder;
        let skipped = ignored
            && match self.rules {
                Rules::Exact => self.patterns.may_skip(&path),
                Rules::Classic => self.patterns.classic_skips(&path),
            };
        if is_folder && !skipped {
            match names(&place) {
                Ok(names) => self.open.push(Open {
                    path: path.clone(),
                    place: place.clone(),
                    above,
                    left_out: ignored,
                    names,
                }),
                // Nothing of it is wanted, unless an exception names something that nobody can read.
                Err(error) if ignored && error.kind() == io::ErrorKind::PermissionDenied => {}
                Err(error) => return Err(failed(&path, &error)),
            }
        }
        let entry = Entry { path, place, facts };
        Ok(match (ignored, facts.kind) {
            // Docker's clients have no way to send a socket, and say nothing about it.
            (false, Kind::Socket) => Met::Passed,
            (false, _) => Met::Sent(entry),
            (true, _) if inside_left_out => Met::Passed,
            (true, _) => Met::LeftOut(entry),
        })
    }
}

impl Iterator for Walk<'_> {
    type Item = Result<Met, ContextError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.first.take() {
            return Some(Err(error));
        }
        loop {
            let folder = self.open.last_mut()?;
            let Some((name, kind)) = folder.names.next() else {
                self.open.pop();
                continue;
            };
            return Some(self.meet(&name, kind));
        }
    }
}

fn names(folder: &Path) -> io::Result<vec::IntoIter<(OsString, FileType)>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        names.push((entry.file_name(), entry.file_type()?));
    }
    names.sort_unstable_by(|one, other| name_bytes(&one.0).cmp(&name_bytes(&other.0)));
    Ok(names.into_iter())
}

pub(super) fn failed(path: &[u8], error: &io::Error) -> ContextError {
    let path = shown_bytes(path);
    if error.kind() == io::ErrorKind::NotFound {
        ContextError::Gone { path }
    } else {
        let why = why(error);
        ContextError::Unreadable { path, why }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_walk_through_what_is_left_out_can_be_stopped_at_each_file() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("left/out");
        fs::create_dir_all(&inner).unwrap();
        for number in 0..50 {
            fs::write(inner.join(number.to_string()), "").unwrap();
        }
        let (patterns, wrong) = Patterns::read("*\n!**/kept\n");
        assert!(wrong.is_empty());
        let met: Vec<_> = Walk::new(folder.path(), &patterns, Rules::Exact).collect();
        let passed = met.iter().filter(|it| **it == Ok(Met::Passed)).count();
        assert_eq!(
            (met.len(), passed),
            (52, 51),
            "the folder at the top is told"
        );
    }
}
