//! Why a build by BuildKit did not end well.

use std::path::PathBuf;

use bollard_buildkit_proto::google::rpc;
use prost::Message as _;
use serde::Deserialize;
use tonic::{Code, Status};

use crate::transport::RequestError;

/// Why there is no image.
#[derive(Debug, thiserror::Error)]
pub enum BuildkitError {
    /// A step failed, or the Dockerfile can't be followed.
    #[error("{}", .0.message)]
    Failed(Box<Failure>),
    /// The connection to the engine is gone; nobody knows how the build went.
    #[error("the connection to the engine was lost: {0}")]
    Lost(String),
    /// A file of the folder could not be sent.
    #[error("{0}")]
    File(FileFailure),
    /// The engine could not ask this computer for what the build needs.
    #[error("the engine could not ask this computer for files: {0}")]
    Session(String),
    /// An option of the command can't be followed.
    #[error("{0}")]
    Option(String),
    /// This engine has no BuildKit that could be reached, or one that is too old.
    #[error("the engine has no BuildKit: {0}")]
    TooOld(#[source] RequestError),
    /// The engine could not be asked at all.
    #[error(transparent)]
    Request(RequestError),
}

/// The engine's words for a failure, and where in the Dockerfile it happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Failure {
    /// What the engine says, without its marks. Hostile text.
    pub message: String,
    /// The id of the step that failed, as it was told.
    pub step: Option<u32>,
    /// The first and last line of the instruction, from 1.
    pub lines: Option<(u32, u32)>,
}

/// A file that could not be sent.
#[derive(Debug, thiserror::Error)]
#[error("{} {}", .path.display(), .why)]
pub struct FileFailure {
    /// The whole path.
    pub path: PathBuf,
    /// What happened.
    pub why: FileTrouble,
}

/// What happened to a file while it was sent.
#[derive(Debug, thiserror::Error)]
pub enum FileTrouble {
    /// It was there when the folder was listed, and is gone.
    #[error("was removed while it was being sent")]
    Gone,
    /// Its content changed while it was read.
    #[error("was changed while it was being sent")]
    Changed,
    /// The system won't let it be read.
    #[error("can’t be read: {0}")]
    Unreadable(std::io::Error),
    /// Its name is not UTF-8, which this engine does not take.
    #[error("has a name that is not UTF-8, which this engine can’t take")]
    Name,
    /// A pattern that chooses files can't be used.
    #[error("can’t be searched: {0}")]
    Pattern(String),
}

/// What a status says beyond its words.
#[derive(Debug, Default)]
pub(super) struct Details {
    /// The digest of the vertex that failed.
    pub vertex: Option<String>,
    /// The lines of the instruction, from 1.
    pub lines: Option<(u32, u32)>,
}

/// The detail that names a step (`errdefs.Vertex` of BuildKit's solver).
#[derive(Deserialize)]
struct VertexDetail {
    #[serde(default)]
    digest: String,
}

/// The detail that names a place in a file (`errdefs.Source`).
#[derive(Deserialize)]
struct SourceDetail {
    #[serde(default)]
    ranges: Vec<LineRange>,
}

/// Lines of a file, as BuildKit writes them in JSON.
#[derive(Debug, Default, Deserialize)]
pub(super) struct LineRange {
    #[serde(default)]
    pub start: LinePlace,
    #[serde(default)]
    pub end: LinePlace,
}

/// A place in a file, as BuildKit writes it in JSON: what is 0 is left out.
#[derive(Debug, Default, Deserialize)]
pub(super) struct LinePlace {
    #[serde(default)]
    pub line: i32,
}

/// Reads the details that BuildKit adds to a failure: each is JSON in an `Any`.
pub(super) fn details(status: &Status) -> Details {
    let mut details = Details::default();
    let Ok(all) = rpc::Status::decode(status.details()) else {
        return details;
    };
    for any in all.details {
        let kind = any.type_url.split('+').next().unwrap_or_default();
        if kind.ends_with("errdefs.Vertex") {
            let vertex = serde_json::from_slice::<VertexDetail>(&any.value);
            // The innermost comes first; those behind it are what led to it.
            if let (None, Ok(vertex)) = (&details.vertex, vertex) {
                details.vertex = Some(vertex.digest);
            }
        } else if kind.ends_with("errdefs.Source")
            && let Ok(source) = serde_json::from_slice::<SourceDetail>(&any.value)
        {
            let ranges = source.ranges.iter();
            let lines = ranges.map(|range| (range.start.line, range.end.line));
            details.lines = lines_of(lines).or(details.lines);
        }
    }
    details
}

/// The first and the last line of several ranges.
pub(super) fn lines_of(ranges: impl Iterator<Item = (i32, i32)>) -> Option<(u32, u32)> {
    let lines = ranges.filter_map(|(first, last)| {
        let first = u32::try_from(first).ok().filter(|line| *line > 0)?;
        Some((first, u32::try_from(last).unwrap_or(first).max(first)))
    });
    lines.reduce(|all, next| (all.0.min(next.0), all.1.max(next.1)))
}

/// Whether a status tells of a connection that broke, or of an engine that is being stopped, and not of an
/// answer.
pub(super) fn is_lost(status: &Status) -> bool {
    status.code() == Code::Cancelled || is_broken(status)
}

/// Whether the connection broke on which this was asked.
pub(super) fn is_broken(status: &Status) -> bool {
    // A registry that is down looks the same, but for its details.
    let gone = status.code() == Code::Unavailable && status.details().is_empty();
    gone || std::error::Error::source(status).is_some()
}

/// Whether these may be the engine's words for a connection to this computer that has broken. A registry
/// that is down, or a program that prints them, is told in the same words: only whether the connection is
/// gone tells them apart.
pub(crate) fn tells_of_a_cut(words: &str) -> bool {
    let cut = [
        "code = Unavailable",
        "transport is closing",
        "error reading from server: EOF",
    ];
    cut.iter().any(|said| words.contains(said))
}

impl BuildkitError {
    /// What a call's status means, where the connection may have broken.
    pub(super) fn of_status(status: &Status) -> Self {
        if is_lost(status) {
            return Self::Lost(said(status));
        }
        let details = details(status);
        Self::Failed(Box::new(Failure {
            message: said(status),
            step: None,
            lines: details.lines,
        }))
    }

    /// Why a connection for BuildKit could not be had.
    pub(super) fn of_request(error: RequestError) -> Self {
        if error.is_lost() {
            return Self::Lost(error.to_string());
        }
        match error.status() {
            // Podman and engines without BuildKit know no such address.
            Some(400..500) => Self::TooOld(error),
            Some(_) | None => Self::Request(error),
        }
    }
}

/// A status's words, with what the system said where the connection broke.
pub(super) fn said(status: &Status) -> String {
    let message = status.message().trim();
    if message.is_empty() {
        return status.code().description().to_owned();
    }
    message.to_owned()
}

/// A failure's words without what each layer of the engine puts before them.
pub(super) fn bare(message: &str) -> &str {
    let mut rest = message.trim();
    loop {
        let inner = rest
            .strip_prefix("failed to solve: ")
            .or_else(|| rest.strip_prefix("failed to solve with frontend dockerfile.v0: "))
            .or_else(|| rest.strip_prefix("failed to solve with frontend gateway.v0: "))
            .or_else(|| {
                let answer = rest.strip_prefix("rpc error: code = ")?;
                answer.split_once(" desc = ").map(|(_, words)| words)
            });
        match inner {
            Some(inner) => rest = inner,
            None => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bollard_buildkit_proto::google::protobuf::Any;

    #[test]
    fn a_failure_says_where_it_happened() {
        let any = |kind: &str, json: &str| Any {
            type_url: format!("github.com/moby/buildkit/{kind}+json"),
            value: json.as_bytes().to_vec(),
        };
        let all = rpc::Status {
            code: 2,
            message: "bad".to_owned(),
            details: vec![
                any("stack.Stack", "{}"),
                any("errdefs.Vertex", r#"{"digest":"sha256:a"}"#),
                any(
                    "errdefs.Source",
                    r#"{"info":{"filename":"x"},"ranges":[{"start":{"line":3},"end":{"line":4}},{"start":{"line":6},"end":{"line":6}}]}"#,
                ),
            ],
        };
        let status = Status::with_details(Code::Unknown, "bad", all.encode_to_vec().into());
        let found = details(&status);
        assert_eq!(found.vertex.as_deref(), Some("sha256:a"));
        assert_eq!(found.lines, Some((3, 6)));
        assert!(!is_lost(&status));
        let none = details(&Status::with_details(
            Code::Unknown,
            "",
            b"odd".to_vec().into(),
        ));
        assert_eq!((none.vertex, none.lines), (None, None));
    }

    #[test]
    fn the_words_of_the_layers_are_taken_off() {
        let rows = [
            ("failed to solve: rpc error: code = Unknown desc = no", "no"),
            (
                "failed to solve with frontend dockerfile.v0: failed to solve: a: b",
                "a: b",
            ),
            ("plain", "plain"),
        ];
        for (message, expected) in rows {
            assert_eq!(bare(message), expected);
        }
    }
}
