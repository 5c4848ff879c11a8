//! The Dockerfile of a build: where it lies, and that it is a text that an engine can read.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use super::error::{ContextError, DockerfileWrong, why};

/// More than any Dockerfile has.
const LARGEST: u64 = 10 * 1024 * 1024;
/// More names than these help nobody.
const NAMES: usize = 20;

/// A Dockerfile that can be built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dockerfile {
    /// Where it lies, links followed.
    pub path: PathBuf,
    /// Its path in the build's folder, with `/`; `None` where it lies outside.
    pub inside: Option<String>,
    /// What it says, byte by byte: a byte order mark and `\r` are still there, since Docker takes both.
    pub text: String,
}

impl Dockerfile {
    /// Finds and reads the Dockerfile of the build in `folder`, whose links are followed already.
    pub(super) fn find(folder: &Path, named: Option<&Path>) -> Result<Self, ContextError> {
        let asked = place(folder, named);
        let path = match canonical(&asked) {
            Ok(path) => path,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(ContextError::NoDockerfile {
                    path: asked,
                    similar: dockerfiles(folder),
                });
            }
            Err(error) => return Err(wrong(&asked, DockerfileWrong::Unreadable(why(&error)))),
        };
        let text = read(&path).map_err(|it| wrong(&asked, it))?;
        Ok(Self {
            inside: inside(folder, &path),
            path,
            text,
        })
    }
}

/// Where the Dockerfile is looked for. As docker does, `dockerfile` is taken where there is no `Dockerfile`.
pub(crate) fn place(folder: &Path, named: Option<&Path>) -> PathBuf {
    if let Some(named) = named {
        return folder.join(named);
    }
    let usual = folder.join("Dockerfile");
    let small = folder.join("dockerfile");
    let missing = |path: &Path| {
        fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    };
    if missing(&usual) && !missing(&small) {
        small
    } else {
        usual
    }
}

/// Names in a folder that look like those of Dockerfiles, sorted; the usual one comes first.
pub fn dockerfiles(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_file = entry.file_type().is_ok_and(|it| !it.is_dir());
            (is_file && looks_like_one(&name)).then_some(name)
        })
        .collect();
    names.sort_by_key(|name| (name != "Dockerfile", name.to_lowercase(), name.clone()));
    names.truncate(NAMES);
    names
}

fn looks_like_one(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let fits = matches!(name.as_str(), "dockerfile" | "containerfile")
        || name.ends_with(".dockerfile")
        || name.starts_with("dockerfile.")
        || name.starts_with("containerfile.");
    fits && !name.ends_with(".dockerignore") && !name.chars().any(char::is_control)
}

/// The path of `path` in `folder`; `None` where it is outside, or holds names that no request can carry.
fn inside(folder: &Path, path: &Path) -> Option<String> {
    let names: Option<Vec<&str>> = path
        .strip_prefix(folder)
        .ok()?
        .components()
        .map(|it| match it {
            Component::Normal(name) => name.to_str(),
            Component::Prefix(_)
            | Component::RootDir
            | Component::CurDir
            | Component::ParentDir => None,
        })
        .collect();
    names.map(|it| it.join("/"))
}

/// The path with its links followed. On Windows std writes it as `\\?\C:\…`, which is used as it is.
pub(super) fn canonical(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

fn read(path: &Path) -> Result<String, DockerfileWrong> {
    let unreadable = |error: io::Error| DockerfileWrong::Unreadable(why(&error));
    // Asked before it is opened: to open a pipe waits for who writes into it.
    let facts = fs::metadata(path).map_err(unreadable)?;
    if facts.is_dir() {
        return Err(DockerfileWrong::Folder);
    }
    if !facts.is_file() {
        return Err(DockerfileWrong::Special);
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    let length = bytes.len() as u64;
    if length > LARGEST {
        return Err(DockerfileWrong::TooLarge(facts.len().max(length)));
    }
    text(bytes)
}

fn text(bytes: Vec<u8>) -> Result<String, DockerfileWrong> {
    if is_utf16(&bytes) {
        return Err(DockerfileWrong::Utf16);
    }
    if bytes.contains(&0) {
        return Err(DockerfileWrong::Binary);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        DockerfileWrong::NotUtf8(1 + before.iter().filter(|&&it| it == b'\n').count())
    })?;
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err(DockerfileWrong::Empty);
    }
    Ok(text)
}

/// Text as Windows' tools write it unless told otherwise: by its mark, or by the zeros in every second
/// place that a text in Latin letters then has.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(512) / 2 * 2];
    let zeros = |first: usize| {
        head.iter()
            .skip(first)
            .step_by(2)
            .filter(|&&it| it == 0)
            .count()
    };
    let half = head.len() / 2;
    bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || (half > 1 && (zeros(0) == half) != (zeros(1) == half))
}

fn wrong(path: &Path, wrong: DockerfileWrong) -> ContextError {
    ContextError::Dockerfile {
        path: path.to_owned(),
        wrong,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn what_is_no_text_is_told_apart() {
        let utf16 = |text: &str, mark: bool| -> Vec<u8> {
            let units = mark
                .then_some(0xfeff)
                .into_iter()
                .chain(text.encode_utf16());
            units.flat_map(u16::to_le_bytes).collect()
        };
        let big: Vec<u8> = "FROM a\n"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        let rows: &[(Vec<u8>, Result<&str, DockerfileWrong>)] = &[
            (b"FROM a\n".to_vec(), Ok("FROM a\n")),
            (b"FROM a\r\nRUN b\r\n".to_vec(), Ok("FROM a\r\nRUN b\r\n")),
            ("\u{feff}FROM a".into(), Ok("\u{feff}FROM a")),
            (Vec::new(), Err(DockerfileWrong::Empty)),
            (b" \r\n\t\n".to_vec(), Err(DockerfileWrong::Empty)),
            ("\u{feff}\n".into(), Err(DockerfileWrong::Empty)),
            (utf16("FROM a\n", true), Err(DockerfileWrong::Utf16)),
            (utf16("FROM a\n", false), Err(DockerfileWrong::Utf16)),
            (big, Err(DockerfileWrong::Utf16)),
            (
                b"\x7fELF\x02\x01\x01\0\0\0\0".to_vec(),
                Err(DockerfileWrong::Binary),
            ),
            (vec![0; 1000], Err(DockerfileWrong::Binary)),
            (
                b"FROM a\n# caf\xe9\n".to_vec(),
                Err(DockerfileWrong::NotUtf8(2)),
            ),
        ];
        for (bytes, expected) in rows {
            let read = text(bytes.clone());
            assert_eq!(
                read.as_deref().map_err(Clone::clone),
                *expected,
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn names_of_dockerfiles_are_known() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "web.dockerfile",
            "Dockerfile",
            "Dockerfile.dev",
            "Dockerfile.dockerignore",
            "Containerfile",
            "readme",
            "dockerfiles",
            "flask_app_df.dockerfile",
        ] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::create_dir(folder.path().join("x.dockerfile")).unwrap();
        assert_eq!(
            dockerfiles(folder.path()),
            [
                "Dockerfile",
                "Containerfile",
                "Dockerfile.dev",
                "flask_app_df.dockerfile",
                "web.dockerfile"
            ]
        );
    }
}
