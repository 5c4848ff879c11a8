//! What the program finds around itself: environment, home, programs. Given as a value, so that what
//! depends on it can be asked about any computer.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Where the system's own sockets lie, `/` but in tests.
const ROOT: &str = "/";

/// The surroundings of a program.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The environment.
    pub env: BTreeMap<String, String>,
    /// The user's home.
    pub home: Option<PathBuf>,
    /// The user's folder for sockets, `$XDG_RUNTIME_DIR`.
    pub runtime_dir: Option<PathBuf>,
    /// The number of the user; `None` where users have none (Windows).
    pub uid: Option<u32>,
    /// Where the file system begins.
    pub root: PathBuf,
}

impl Surroundings {
    /// Those of this program.
    pub fn of_this_process() -> Self {
        // What is no Unicode can't be an address or a name that we could show.
        let env: BTreeMap<String, String> = env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self {
            home: env::home_dir(),
            runtime_dir: env
                .get("XDG_RUNTIME_DIR")
                .filter(|dir| !dir.is_empty())
                .map(PathBuf::from),
            uid: uid(),
            root: PathBuf::from(ROOT),
            env,
        }
    }

    /// A variable that is set and not empty, as the docker CLI reads them.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.env
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// A path of the system, such as `/run/docker.sock`.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root.join(path.trim_start_matches('/'))
    }

    /// Whether this is root.
    #[cfg(target_os = "linux")]
    pub(crate) fn is_root(&self) -> bool {
        self.uid == Some(0)
    }

    /// The program of this name: on `PATH`, or where systems put what ordinary users' `PATH` leaves out.
    pub(crate) fn program(&self, name: &str) -> Option<PathBuf> {
        let path = self.var("PATH").unwrap_or_default();
        let named = env::split_paths(OsStr::new(path)).filter(|folder| folder.is_absolute());
        let usual = EXTRA_FOLDERS.iter().map(|folder| self.at(folder));
        named
            .chain(usual)
            .flat_map(|folder| candidates(&folder, name))
            .find(|path| is_program(path))
    }
}

/// Where engines' programs lie beside `PATH`: a window started from a desktop has a short one.
const EXTRA_FOLDERS: &[&str] = &[
    "/usr/local/bin",
    "/usr/local/sbin",
    "/usr/bin",
    "/usr/sbin",
    "/bin",
    "/sbin",
    "/opt/homebrew/bin",
    "/usr/share/docker.io/contrib",
    "/opt/docker-desktop/bin",
    "/Applications/Docker.app/Contents/Resources/bin",
];

fn candidates(folder: &Path, name: &str) -> Vec<PathBuf> {
    if cfg!(windows) {
        vec![folder.join(format!("{name}.exe"))]
    } else {
        vec![folder.join(name)]
    }
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(unix)]
fn uid() -> Option<u32> {
    Some(rustix::process::getuid().as_raw())
}

#[cfg(not(unix))]
fn uid() -> Option<u32> {
    None
}
