//! What `--progress=rawjson` writes: the status of a build as BuildKit's client has it, a line of JSON each
//! time (<https://github.com/moby/buildkit/blob/master/client/graph.go>). It is read into the messages in
//! which the engine tells the same.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bollard_buildkit_proto::google::protobuf::Timestamp;
use bollard_buildkit_proto::moby::buildkit::v1 as proto;
use bollard_buildkit_proto::pb;
use serde::Deserialize;

use crate::image::seconds;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Status {
    vertexes: Option<Vec<Vertex>>,
    statuses: Option<Vec<Part>>,
    logs: Option<Vec<Log>>,
    warnings: Option<Vec<Warning>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Vertex {
    digest: String,
    inputs: Option<Vec<String>>,
    name: String,
    started: Option<String>,
    completed: Option<String>,
    cached: bool,
    error: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Part {
    id: String,
    vertex: String,
    name: String,
    current: i64,
    total: i64,
    started: Option<String>,
    completed: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Log {
    vertex: String,
    stream: i64,
    data: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Warning {
    vertex: String,
    level: i64,
    short: String,
    detail: Option<Vec<String>>,
    url: String,
    range: Option<Vec<Range>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Place {
    line: i32,
    character: i32,
}

/// Reads a line; `None` where it is none of these.
pub(super) fn read(line: &[u8]) -> Option<proto::StatusResponse> {
    if !line.starts_with(b"{") {
        return None;
    }
    let status: Status = serde_json::from_slice(line).ok()?;
    Some(proto::StatusResponse {
        vertexes: each(status.vertexes, vertex),
        statuses: each(status.statuses, part),
        logs: each(status.logs, |log| proto::VertexLog {
            vertex: log.vertex,
            timestamp: None,
            stream: log.stream,
            msg: bytes(&log.data),
        }),
        warnings: each(status.warnings, warning),
    })
}

fn each<A, B>(list: Option<Vec<A>>, read: impl Fn(A) -> B) -> Vec<B> {
    list.into_iter().flatten().map(read).collect()
}

fn vertex(vertex: Vertex) -> proto::Vertex {
    proto::Vertex {
        digest: vertex.digest,
        inputs: vertex.inputs.unwrap_or_default(),
        name: vertex.name,
        cached: vertex.cached,
        started: time(vertex.started.as_deref()),
        completed: time(vertex.completed.as_deref()),
        error: vertex.error,
        progress_group: None,
    }
}

fn part(part: Part) -> proto::VertexStatus {
    proto::VertexStatus {
        id: part.id,
        vertex: part.vertex,
        name: part.name,
        current: part.current,
        total: part.total,
        timestamp: None,
        started: time(part.started.as_deref()),
        completed: time(part.completed.as_deref()),
    }
}

fn warning(warning: Warning) -> proto::VertexWarning {
    let place = |place: Place| {
        Some(pb::Position {
            line: place.line,
            character: place.character,
        })
    };
    proto::VertexWarning {
        vertex: warning.vertex,
        level: warning.level,
        short: bytes(&warning.short),
        detail: each(warning.detail, |text| bytes(&text)),
        url: warning.url,
        info: None,
        ranges: each(warning.range, |range| pb::Range {
            start: place(range.start),
            end: place(range.end),
        }),
    }
}

/// Go writes bytes in base64. What is not is shown as it is: nothing that was printed is lost.
fn bytes(text: &str) -> Vec<u8> {
    let decoded = STANDARD.decode(text);
    decoded.unwrap_or_else(|_| text.as_bytes().to_vec())
}

/// `2026-11-24T02:07:03.483719333Z`.
fn time(text: Option<&str>) -> Option<Timestamp> {
    let text = text?;
    let fraction: String = text
        .split_once('.')
        .map_or("", |(_, after)| after)
        .chars()
        .take_while(char::is_ascii_digit)
        .chain("000000000".chars())
        .take(9)
        .collect();
    Some(Timestamp {
        seconds: seconds(text)?,
        nanos: fraction.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn lines_of_progress_are_read() {
        let line = br#"{"vertexes":[{"digest":"d","inputs":["i"],"name":"[1/2] FROM x","started":"1970-01-01T00:00:01.5Z",
            "cached":true}],"statuses":[{"id":"p","vertex":"d","current":3,"total":9}],"logs":[{"vertex":"d","stream":1,
            "data":"aGkK","timestamp":"x"}],"warnings":[{"vertex":"d","short":"UjogeA==","detail":["YWJvdXQ="],
            "range":[{"start":{"line":2},"end":{"line":3}}]}]}"#;
        let read = super::read(line).unwrap();
        let vertex = &read.vertexes[0];
        let began = Some(Timestamp {
            seconds: 1,
            nanos: 500_000_000,
        });
        assert_eq!(
            (vertex.started, vertex.completed, vertex.cached),
            (began, None, true)
        );
        assert_eq!(read.statuses[0].total, 9);
        assert_eq!(read.logs[0].msg, b"hi\n");
        assert_eq!(read.warnings[0].short, b"R: x");
        assert_eq!(read.warnings[0].ranges[0].end.unwrap().line, 3);
        for line in ["ERROR: x", "{", "", "[1]"] {
            assert!(super::read(line.as_bytes()).is_none(), "{line}");
        }
    }
}
