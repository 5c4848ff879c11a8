//! Why a folder cannot be built from, said so that a beginner knows what to do.

use std::io;
use std::path::{Path, PathBuf};

use super::model::IgnoreWrong;

/// Why a folder cannot be built from, or stopped being sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContextError {
    /// There is no such folder.
    #[error("There is no folder “{}”. Choose the folder that holds the files for the image.", shown(.0))]
    NoFolder(PathBuf),
    /// It is a file.
    #[error("“{}” is a file. Choose the folder that it lies in.", shown(.0))]
    FolderIsFile(PathBuf),
    /// It cannot be looked into.
    #[error("The folder “{}” can’t be read: {why}.", shown(.path))]
    FolderUnreadable {
        /// The folder.
        path: PathBuf,
        /// The reason, as the end of a sentence.
        why: String,
    },
    /// There is no Dockerfile where one is looked for.
    #[error("There is no file “{}”.{}", shown(.path), instead(.similar))]
    NoDockerfile {
        /// Where it was looked for.
        path: PathBuf,
        /// Names in the folder that look like Dockerfiles.
        similar: Vec<String>,
    },
    /// The Dockerfile is there and cannot be used.
    #[error("“{}” can’t be used as a Dockerfile: {wrong}", shown(.path))]
    Dockerfile {
        /// The Dockerfile.
        path: PathBuf,
        /// What is wrong with it.
        wrong: DockerfileWrong,
    },
    /// The ignore file is there and cannot be read.
    #[error("The ignore file “{}” can’t be read: {why}.", shown(.path))]
    IgnoreUnreadable {
        /// The ignore file.
        path: PathBuf,
        /// The reason, as the end of a sentence.
        why: String,
    },
    /// The ignore file holds lines that are no patterns.
    #[error("{}", wrong_lines(.path, .wrong))]
    IgnoreWrong {
        /// The ignore file.
        path: PathBuf,
        /// The lines; never empty.
        wrong: Vec<IgnoreWrong>,
    },
    /// Something in the folder cannot be read.
    #[error(
        "“{path}” can’t be read: {why}. Allow it to be read, or leave it out with a line in .dockerignore."
    )]
    Unreadable {
        /// Its path in the folder, made fit to be shown.
        path: String,
        /// The reason, as the end of a sentence.
        why: String,
    },
    /// Something in the folder vanished while the folder was sent.
    #[error(
        "“{path}” was removed while the folder was sent. Build again when nothing changes in it."
    )]
    Gone {
        /// Its path in the folder, made fit to be shown.
        path: String,
    },
    /// A file changed while it was sent, so that the engine would have got neither the old nor the new one.
    #[error(
        "“{path}” changed while it was sent{}. Build again when nothing writes to it, or leave it out \
         with a line in .dockerignore.",
        sizes(*.was, *.now)
    )]
    Changed {
        /// Its path in the folder, made fit to be shown.
        path: String,
        /// Bytes that it had when sending it began.
        was: u64,
        /// Bytes that it had at last.
        now: u64,
    },
    /// Whoever looked has lost interest.
    #[error("It was stopped.")]
    Stopped,
}

/// What is wrong with a Dockerfile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DockerfileWrong {
    /// It is a folder.
    #[error("it is a folder. Name a file in it.")]
    Folder,
    /// It is a socket, a pipe or a device.
    #[error("it is no ordinary file.")]
    Special,
    /// It cannot be read.
    #[error("{0}.")]
    Unreadable(String),
    /// It holds nothing but blanks.
    #[error(
        "it is empty. The first line that a Dockerfile needs is FROM and the name of an image."
    )]
    Empty,
    /// It is larger than any Dockerfile is.
    #[error("it has {0} bytes, and a Dockerfile may have 10 MB. Is it the right file?")]
    TooLarge(u64),
    /// It is text of another kind.
    #[error("it is saved as UTF-16. Save it as UTF-8, the way in which Docker reads text.")]
    Utf16,
    /// It is no text.
    #[error("it is not a text file.")]
    Binary,
    /// It holds bytes that are no UTF-8.
    #[error(
        "line {0} holds characters that are not UTF-8. Save it as UTF-8, the way in which Docker reads text."
    )]
    NotUtf8(usize),
}

/// The reason of a failed call, as the end of a sentence.
pub(super) fn why(error: &io::Error) -> String {
    #[cfg(unix)]
    if rustix::io::Errno::from_io_error(error) == Some(rustix::io::Errno::LOOP) {
        return "its links lead round in a circle".to_owned();
    }
    match error.kind() {
        io::ErrorKind::PermissionDenied => "your account has no permission to read it".to_owned(),
        io::ErrorKind::NotFound => "it is not there any more".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is a file, not a folder".to_owned(),
        io::ErrorKind::InvalidFilename => "its path is too long".to_owned(),
        _ => error.to_string(),
    }
}

/// A path as a sentence can hold it: no character that moves a cursor, not endless.
pub(super) fn shown(path: &Path) -> String {
    // What Windows' paths begin with once their links are followed.
    let path = path.to_string_lossy();
    shown_text(path.strip_prefix(r"\\?\").unwrap_or(&path))
}

/// The same of a path in the folder.
pub(super) fn shown_bytes(path: &[u8]) -> String {
    shown_text(&String::from_utf8_lossy(path))
}

fn shown_text(text: &str) -> String {
    const LONGEST: usize = 300;
    let mut clean: String = text
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .take(LONGEST)
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        clean.push('…');
    }
    clean
}

fn instead(similar: &[String]) -> String {
    match similar {
        [] => " Create one, or choose the folder that has one.".to_owned(),
        [one] => format!(" “{one}” is there: name it with -f."),
        several => {
            let names: Vec<_> = several.iter().map(|it| format!("“{it}”")).collect();
            format!(" These are there: {}. Name one with -f.", names.join(", "))
        }
    }
}

fn sizes(was: u64, now: u64) -> String {
    if was == now {
        return String::new();
    }
    format!(" ({was} bytes before, {now} now)")
}

fn wrong_lines(path: &Path, wrong: &[IgnoreWrong]) -> String {
    let lines: Vec<_> = wrong
        .iter()
        .take(3)
        .map(|it| format!("Line {}: {}", it.line, it.message))
        .collect();
    format!(
        "The ignore file “{}” can’t be used. {}",
        shown(path),
        lines.join(" ")
    )
}
