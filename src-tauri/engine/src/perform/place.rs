//! Where a path of an action leads: it begins in the action's folder, as in a terminal, and not where this
//! program was started.

use std::io;
use std::path::{Component, Path, PathBuf};

use slipway_action::Action;

/// The folder for actions that were given none: the one in which this program was started.
///
/// # Errors
/// That folder is gone, and one of them names a file by a path that begins there.
pub fn started_in<'a>(actions: impl IntoIterator<Item = &'a Action>) -> io::Result<PathBuf> {
    unless_gone(std::env::current_dir(), actions)
}

fn unless_gone<'a>(
    found: io::Result<PathBuf>,
    actions: impl IntoIterator<Item = &'a Action>,
) -> io::Result<PathBuf> {
    match found {
        Err(_) if !actions.into_iter().any(Action::is_of_a_folder) => Ok(PathBuf::new()),
        found => found,
    }
}

/// The place of a file that is read or written here.
pub(super) fn here(folder: &Path, path: &str) -> PathBuf {
    folder.join(path)
}

/// The whole path of a folder, for an engine: without `.` and `..`, as the docker command sends it (Go's
/// `filepath.Abs`, which looks at the words alone and at no links).
pub(super) fn in_full(folder: &Path, path: &str) -> String {
    let mut full = PathBuf::new();
    for part in folder.join(path).components() {
        match part {
            Component::ParentDir => {
                full.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => full.push(part),
        }
    }
    full.to_string_lossy().into_owned()
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_folder_that_is_gone_matters_to_those_that_need_one() {
        let rows = [
            ("docker stop a", true),
            ("docker save -o /a.tar web", true),
            ("docker save -o a.tar web", false),
            ("docker build .", false),
        ];
        for (line, fine) in rows {
            let action = Action::parse(line).unwrap();
            let gone = || Err(io::ErrorKind::NotFound.into());
            assert_eq!(unless_gone(gone(), [&action]).is_ok(), fine, "{line}");
            let here = PathBuf::from("/here");
            assert_eq!(unless_gone(Ok(here.clone()), [&action]).unwrap(), here);
        }
    }

    #[test]
    fn folders_are_named_in_full_as_go_does() {
        let rows = [
            (".", "/work/app"),
            ("./data", "/work/app/data"),
            ("data/./x//y/", "/work/app/data/x/y"),
            ("../data", "/work/data"),
            ("./a/../b", "/work/app/b"),
            ("../../../..", "/"),
            ("/srv/./a", "/srv/a"),
        ];
        for (path, expected) in rows {
            assert_eq!(in_full(Path::new("/work/app"), path), expected, "{path}");
        }
    }
}
