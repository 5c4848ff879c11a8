//! What should be asked before a folder is sent, and what should be said.

use std::env;
use std::path::{Path, PathBuf};

use crate::build::context::error::{ContextError, shown_bytes};
use crate::build::context::facts::Kind;
use crate::build::context::ignore_file::IgnoreFile;
use crate::build::context::model::ContextLook;
use crate::build::context::size;
use crate::build::context::walk::Entry;

/// More than this takes a while on any connection.
const HUGE: u64 = 1_000_000_000;
/// More than this is rarely meant where nobody wrote an ignore file.
const LARGE: u64 = 100_000_000;

/// Folders that hardly any image needs, and what they are.
const NEEDLESS: [(&[u8], &str); 4] = [
    (b".git", "the history of your files"),
    (b"node_modules", "packages that npm installs again"),
    (b"venv", "Python packages of this computer"),
    (b".venv", "Python packages of this computer"),
];

/// Folders of a system, none of which is a project's.
const SYSTEM: [&str; 22] = [
    "/",
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/home",
    "/lib",
    "/media",
    "/mnt",
    "/opt",
    "/proc",
    "/root",
    "/run",
    "/srv",
    "/sys",
    "/usr",
    "/var",
    "/Applications",
    "/Library",
    "/System",
    "/Users",
    "/Volumes",
];

/// Why hardly anybody means to build from this folder, the weightiest first.
pub(super) fn asks(folder: &Path, look: &ContextLook) -> Vec<String> {
    let mut asks = Vec::new();
    let home = env::home_dir().and_then(|it| it.canonicalize().ok());
    if home.as_deref() == Some(folder) {
        asks.push(
            "This is your home folder: a step such as COPY . . puts all of it into the image, keys and \
             passwords too. Put the Dockerfile and what it needs into a folder of their own."
                .to_owned(),
        );
    } else if is_system(folder) {
        asks.push(
            "This folder belongs to the system: a step such as COPY . . puts all of it into the image. \
             Put the Dockerfile and what it needs into a folder of their own."
                .to_owned(),
        );
    }
    if look.bytes > HUGE || look.cut {
        let more = if look.cut { "more than " } else { "" };
        asks.push(format!(
            "The folder has {more}{} in {} files. BuildKit is sent what the steps ask for, other builders \
             get all of it. Leave out with lines in .dockerignore what the image does not need.",
            size::words(look.bytes),
            look.files
        ));
    }
    asks
}

/// What a look noticed on its way.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The first of each kind.
    needless: [Option<Vec<u8>>; NEEDLESS.len()],
    failed: Option<ContextError>,
}

impl Seen {
    /// Notices what will be sent.
    pub fn note(&mut self, entry: &Entry) {
        if entry.facts.kind != Kind::Folder {
            return;
        }
        let name = entry
            .path
            .rsplit(|it| *it == b'/')
            .next()
            .unwrap_or_default();
        for ((needless, _), seen) in NEEDLESS.iter().zip(&mut self.needless) {
            if name == *needless && seen.is_none() {
                *seen = Some(entry.path.clone());
            }
        }
    }

    /// Notices what cannot be read.
    pub fn fail(&mut self, error: ContextError) {
        self.failed.get_or_insert(error);
    }

    /// What would make the build better, the weightiest first.
    pub fn warnings(&self, ignore: &IgnoreFile, look: &ContextLook) -> Vec<String> {
        let mut warnings = Vec::new();
        if let Some(error) = &self.failed {
            warnings.push(format!(
                "There is something that can’t be sent, and a build that needs it fails. {error}"
            ));
        }
        if look.bytes > LARGE && look.bytes <= HUGE && !look.cut && ignore.path.is_none() {
            warnings.push(format!(
                "The folder has {}, and no .dockerignore. Its lines name what the image does not need.",
                size::words(look.bytes)
            ));
        }
        if ignore.utf16 {
            warnings.push(
                "The ignore file is saved as UTF-16, so none of its lines counts. Save it as UTF-8."
                    .to_owned(),
            );
        }
        for ((name, what), seen) in NEEDLESS.iter().zip(&self.needless) {
            let Some(path) = seen else {
                continue;
            };
            let name = String::from_utf8_lossy(name);
            let line = if path.contains(&b'/') {
                format!("**/{name}")
            } else {
                name.into_owned()
            };
            warnings.push(format!(
                "“{}” is not left out: {what}. The line “{line}” in .dockerignore does that.",
                shown_bytes(path)
            ));
        }
        warnings
    }
}

fn is_system(folder: &Path) -> bool {
    if cfg!(windows) {
        let windows = env::var_os("SystemRoot").map(PathBuf::from);
        let programs = env::var_os("ProgramFiles").map(PathBuf::from);
        let real = [windows, programs]
            .into_iter()
            .flatten()
            .filter_map(|it| it.canonicalize().ok());
        return folder.parent().is_none() || real.into_iter().any(|it| folder.starts_with(it));
    }
    SYSTEM.iter().any(|it| folder == Path::new(it))
}
