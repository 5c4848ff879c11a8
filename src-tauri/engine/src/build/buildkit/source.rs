//! What is built: files, and the Dockerfile that says how.

use std::path::Path;
use std::sync::Arc;

/// Where the files of a build come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source<'a> {
    /// A folder of this computer; absolute.
    Folder(&'a Path),
    /// An address that the engine fetches: a repository, or an archive.
    Remote(&'a str),
}

/// A Dockerfile that is at hand, wherever it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The file's own name, without its folder, as steps and failures show it.
    pub name: String,
    /// Its text.
    pub text: Arc<[u8]>,
    /// The ignore file that is meant for this Dockerfile alone: `NAME.dockerignore` beside it. The folder's
    /// own `.dockerignore` is looked for by the engine.
    pub ignore: Option<Arc<[u8]>>,
}

impl Definition {
    /// The files that the engine may ask for.
    pub(super) fn files(&self) -> Vec<(String, Arc<[u8]>)> {
        let own = (self.name.clone(), self.text.clone());
        let ignore = self.ignore.clone();
        let ignore = ignore.map(|text| (format!("{}.dockerignore", self.name), text));
        [own].into_iter().chain(ignore).collect()
    }
}
