//! Which ignore file counts for a build, and what it says.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::dockerfile::{canonical, is_utf16};
use super::error::{ContextError, why};
use super::ignore::Patterns;
use super::model::{EditedIgnore, IgnoreWrong};

/// No ignore file is so large; what is larger is something else.
const LARGEST: u64 = 10 * 1024 * 1024;

/// The ignore file of a build; it may not exist.
#[derive(Debug, Clone, Default)]
pub struct IgnoreFile {
    /// Where it lies; `None` when there is none.
    pub path: Option<PathBuf>,
    /// What it says.
    pub text: String,
    /// Its patterns.
    pub patterns: Patterns,
    /// Its lines that are no patterns.
    pub wrong: Vec<IgnoreWrong>,
    /// It is text of a kind in which docker finds no pattern that fits anything.
    pub utf16: bool,
}

impl IgnoreFile {
    /// Reads `<Dockerfile>.dockerignore` beside the Dockerfile, or else `.dockerignore` in the folder. The
    /// docker command looks for the first only where BuildKit builds. Here it counts for every builder: who
    /// wrote it meant what it says, cannot be expected to know which builder an engine has, and what is sent
    /// against one's will (a key, a password) is not got back. A build that misses a file says so at once.
    /// Those that are `edited` stand for themselves on disk.
    pub(super) fn find(
        folder: &Path,
        dockerfile: &Path,
        edited: &[EditedIgnore],
    ) -> Result<Self, ContextError> {
        let own = own(dockerfile);
        let usual = folder.join(".dockerignore");
        let (path, bytes) = if let Some(bytes) = says(&own, edited)? {
            (own, bytes)
        } else if let Some(bytes) = says(&usual, edited)? {
            (usual, bytes)
        } else {
            return Ok(Self::default());
        };
        let utf16 = is_utf16(&bytes);
        // A name that is not UTF-8 cannot be named by a pattern here; such a line fits nothing.
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (patterns, wrong) = if utf16 {
            (Patterns::default(), Vec::new())
        } else {
            Patterns::read(&text)
        };
        Ok(Self {
            path: Some(path),
            text,
            patterns,
            wrong,
            utf16,
        })
    }

    /// Its path as people know it: relative to the folder, or absolute.
    pub fn shown(&self, folder: &Path) -> Option<String> {
        let path = self.path.as_deref()?;
        let path = path.strip_prefix(folder).unwrap_or(path);
        Some(path.to_string_lossy().replace('\\', "/"))
    }
}

/// What an ignore file says, in the editor or on disk.
fn says(path: &Path, edited: &[EditedIgnore]) -> Result<Option<Vec<u8>>, ContextError> {
    match edited.iter().find(|it| is_same(&it.path, path)) {
        Some(edited) => Ok(Some(edited.text.as_bytes().to_vec())),
        None => bytes(path),
    }
}

/// Whether two paths name one place, of which only the folder need be there.
fn is_same(one: &Path, other: &Path) -> bool {
    let folder = |path: &Path| canonical(path.parent()?).ok();
    one == other
        || (one.file_name() == other.file_name()
            && folder(one).is_some_and(|it| Some(it) == folder(other)))
}

/// The ignore file that belongs to one Dockerfile alone.
fn own(dockerfile: &Path) -> PathBuf {
    let mut name = OsString::from(dockerfile);
    name.push(".dockerignore");
    PathBuf::from(name)
}

/// What an ignore file says, if it is there: an ordinary file that is not too large, since to open a pipe
/// waits for who writes into it.
pub(super) fn bytes(path: &Path) -> Result<Option<Vec<u8>>, ContextError> {
    let unreadable = |why: String| ContextError::IgnoreUnreadable {
        path: path.to_owned(),
        why,
    };
    match fs::metadata(path) {
        Ok(facts) if facts.is_file() => {}
        Ok(_) => return Err(unreadable("it is no file".to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(why(&error))),
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(why(&error)))?;
    if bytes.len() as u64 > LARGEST {
        return Err(unreadable("it is larger than 10 MB".to_owned()));
    }
    Ok(Some(bytes))
}
