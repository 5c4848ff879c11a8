//! Where a path of an action leads: it begins in the action's folder, as in a terminal, and not where this
//! program was started.

use std::path::{Component, Path, PathBuf};

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
    use super::*;

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
