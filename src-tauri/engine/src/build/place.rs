//! What a build is made from: a folder of this computer, or an address.

use std::path::{Path, PathBuf};

use slipway_action::Build;

use crate::build::context::{self, Context, SourceCheck};
use crate::build::dockerfile::{Dockerfile, Instruction};
use crate::problem::{Code, Problem};

/// Where the files of a build come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A folder of this computer.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// The Dockerfile that is named.
        dockerfile: Option<PathBuf>,
    },
    /// An address that the engine fetches.
    Remote {
        /// A repository of git, a tar file, or a single Dockerfile.
        url: String,
        /// The Dockerfile's path there.
        dockerfile: Option<String>,
    },
}

impl Place {
    /// Reads it; relative paths begin at `folder`, as in a terminal.
    pub fn of(verb: &Build, folder: &Path) -> Result<Self, Box<Problem>> {
        let given = verb.context.trim();
        let file = verb.file.as_deref().filter(|file| !file.is_empty());
        if given == "-" || file == Some("-") {
            return Err(Box::new(from_terminal(given == "-")));
        }
        if is_remote(given) {
            return Ok(Self::Remote {
                url: given.to_owned(),
                dockerfile: file.map(str::to_owned),
            });
        }
        Ok(Self::Folder {
            folder: folder.join(given),
            dockerfile: file.map(|file| folder.join(file)),
        })
    }
}

/// The Dockerfile of a build, whose relative paths begin at `folder`; `None` where it is not on this computer.
pub fn dockerfile(verb: &Build, folder: &Path) -> Option<PathBuf> {
    match Place::of(verb, folder) {
        Ok(Place::Folder { folder, dockerfile }) => {
            Some(context::place(&folder, dockerfile.as_deref()))
        }
        Ok(Place::Remote { .. }) | Err(_) => None,
    }
}

/// Addresses as docker tells them from folders (docker/cli `cli/command/image/build/context_detect.go`).
pub(crate) fn is_remote(text: &str) -> bool {
    let starts = [
        "http://",
        "https://",
        "git://",
        "ssh://",
        "git@",
        "github.com/",
    ];
    starts.iter().any(|start| text.starts_with(start))
}

/// A pipe of a terminal, which is not there.
fn from_terminal(folder: bool) -> Problem {
    let (what, todo) = if folder {
        (
            "The files of this build come from a terminal",
            "Choose a folder instead of “-”, or run the command in a terminal.",
        )
    } else {
        (
            "The Dockerfile of this build comes from a terminal",
            "Save it as a file and name that with -f, or run the command in a terminal.",
        )
    };
    let why =
        "“-” stands for what another command writes into this one, and here is no such command.";
    Problem::new(Code::Invalid, what, why, todo)
}

/// Where the sources of the `COPY` or `ADD` on this line are.
pub(crate) async fn sources(
    context: &Context,
    dockerfile: &Dockerfile,
    line: Option<u32>,
) -> Vec<SourceCheck> {
    let on_line = |it: &&Instruction| Some(it.first) == line;
    let Some(instruction) = dockerfile.instructions.iter().find(on_line) else {
        return Vec::new();
    };
    let names = copied(instruction);
    if names.is_empty() {
        return Vec::new();
    }
    let folder = context.folder.clone();
    let file = context.dockerfile.path.clone();
    let looked =
        tokio::task::spawn_blocking(move || context::sources(&folder, Some(&file), &[], &names));
    match looked.await {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => {
            tracing::debug!(%error, "the sources of a step can't be looked for");
            Vec::new()
        }
        Err(error) => {
            tracing::warn!(%error, "the sources of a step can't be looked for");
            Vec::new()
        }
    }
}

/// What a `COPY` or `ADD` takes from the folder: all but its last word.
fn copied(instruction: &Instruction) -> Vec<String> {
    let copies = matches!(instruction.keyword.as_str(), "COPY" | "ADD");
    if !copies || instruction.flag("from").is_some() || instruction.heredocs.is_some() {
        return Vec::new();
    }
    let mut words: Vec<String> = match serde_json::from_str(&instruction.rest) {
        Ok(words) => words,
        Err(_) => instruction
            .rest
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
    };
    words.pop();
    words.retain(|word| !context::is_elsewhere(word));
    words
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn folders_and_addresses_are_told_apart() {
        let verb = |context: &str, file: Option<&str>| Build {
            context: context.to_owned(),
            file: file.map(str::to_owned),
            ..Build::default()
        };
        let here = Path::new("/here");
        let folder = |folder: &str, file: Option<&str>| Place::Folder {
            folder: folder.into(),
            dockerfile: file.map(PathBuf::from),
        };
        let rows = [
            (verb(".", None), folder("/here/.", None)),
            (verb("/a", Some("b/c")), folder("/a", Some("/here/b/c"))),
            (verb("a", Some("/b")), folder("/here/a", Some("/b"))),
        ];
        for (verb, expected) in rows {
            assert_eq!(Place::of(&verb, here).unwrap(), expected);
        }
        for url in [
            "https://x/y.git#main",
            "git@github.com:a/b",
            "github.com/a/b",
        ] {
            let found = Place::of(&verb(url, Some("d")), here).unwrap();
            assert!(matches!(found, Place::Remote { .. }), "{url}");
        }
        for verb in [verb("-", None), verb(".", Some("-"))] {
            assert_eq!(Place::of(&verb, here).unwrap_err().code, Code::Invalid);
        }
    }

    #[test]
    fn what_a_copy_takes_is_known() {
        let rows: [(&str, &[&str]); 5] = [
            ("COPY a b /c", &["a", "b"]),
            ("COPY --chown=x [\"a b\", \"/c\"]", &["a b"]),
            ("COPY --from=x a /c", &[]),
            ("ADD https://x/y a /c", &["a"]),
            ("RUN cp a b", &[]),
        ];
        for (text, expected) in rows {
            let dockerfile = Dockerfile::read(format!("FROM a\n{text}\n").as_bytes());
            assert_eq!(copied(&dockerfile.instructions[1]), expected, "{text}");
        }
    }
}
