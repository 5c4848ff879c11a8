//! What BuildKit's checks of Dockerfiles say: as warnings of a build, or as the answer to a question.

use bollard_buildkit_proto::moby::buildkit::v1::VertexWarning;
use serde::Deserialize;

use super::error::{LineRange, lines_of};
use crate::build::model::Finding;

/// A warning of a build.
pub(super) fn of(warning: VertexWarning) -> Finding {
    let short = String::from_utf8_lossy(&warning.short).into_owned();
    let about = warning
        .detail
        .iter()
        .map(|line| String::from_utf8_lossy(line));
    let about = about.collect::<Vec<_>>().join("\n");
    let (rule, message) = match short.split_once(": ") {
        Some((rule, rest)) if is_rule(rule) => (rule.to_owned(), rest.to_owned()),
        Some(_) | None => (String::new(), short),
    };
    let lines = warning.ranges.iter().map(|range| {
        let line = |place: Option<_>| place.map_or(0, line_of);
        (line(range.start), line(range.end))
    });
    let lines = lines_of(lines);
    // The line stands in the words, too.
    let message = match message.rfind(" (line ") {
        Some(at) if message.ends_with(')') && lines.is_some() => message[..at].to_owned(),
        Some(_) | None => message,
    };
    Finding {
        rule,
        message,
        about,
        url: web(warning.url),
        line: lines.map(|lines| lines.0),
        last_line: lines.map(|lines| lines.1),
    }
}

fn line_of(place: bollard_buildkit_proto::pb::Position) -> i32 {
    place.line
}

fn is_rule(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric())
}

fn web(url: String) -> Option<String> {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web.then_some(url)
}

/// The answer to the question for all checks (`frontend.lint`), version 1.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    warnings: Option<Vec<Warning>>,
    #[serde(default, rename = "buildError")]
    error: Option<Wrong>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Warning {
    #[serde(default)]
    rule_name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    location: Option<Location>,
}

#[derive(Deserialize)]
struct Wrong {
    #[serde(default)]
    message: String,
    #[serde(default)]
    location: Option<Location>,
}

#[derive(Default, Deserialize)]
struct Location {
    #[serde(default)]
    ranges: Option<Vec<LineRange>>,
}

impl Location {
    fn lines(self) -> Option<(u32, u32)> {
        let ranges = self.ranges.unwrap_or_default();
        lines_of(
            ranges
                .iter()
                .map(|range| (range.start.line, range.end.line)),
        )
    }
}

/// Reads the answer. A Dockerfile that can't be read as one is a finding, too.
pub(super) fn read(json: &[u8]) -> Result<Vec<Finding>, serde_json::Error> {
    let answer: Answer = serde_json::from_slice(json)?;
    let warnings = answer.warnings.unwrap_or_default().into_iter();
    let warnings = warnings.map(|it| {
        let lines = it.location.and_then(Location::lines);
        Finding {
            rule: it.rule_name,
            message: it.detail,
            about: it.description,
            url: web(it.url),
            line: lines.map(|lines| lines.0),
            last_line: lines.map(|lines| lines.1),
        }
    });
    let error = answer.error.map(|wrong| {
        let lines = wrong.location.and_then(Location::lines);
        unreadable(wrong.message, lines)
    });
    Ok(warnings.chain(error).collect())
}

/// What is said of a Dockerfile that can't be followed.
pub(super) fn unreadable(message: String, lines: Option<(u32, u32)>) -> Finding {
    Finding {
        rule: "DockerfileError".to_owned(),
        message,
        about: "The engine can’t follow this Dockerfile.".to_owned(),
        url: None,
        line: lines.map(|lines| lines.0),
        last_line: lines.map(|lines| lines.1),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use bollard_buildkit_proto::pb::{Position, Range};

    #[test]
    fn warnings_become_findings() {
        let place = |line| Some(Position { line, character: 0 });
        let warning = VertexWarning {
            short: b"JSONArgsRecommended: JSON arguments recommended for CMD (line 3)".to_vec(),
            detail: vec![b"It stops signals".to_vec()],
            url: "https://docs.docker.com/go/x".to_owned(),
            ranges: vec![Range {
                start: place(3),
                end: place(4),
            }],
            ..VertexWarning::default()
        };
        let finding = of(warning.clone());
        assert_eq!(finding.rule, "JSONArgsRecommended");
        assert_eq!(finding.message, "JSON arguments recommended for CMD");
        assert_eq!(finding.about, "It stops signals");
        assert_eq!((finding.line, finding.last_line), (Some(3), Some(4)));
        let odd = of(VertexWarning {
            short: b"no rule: here".to_vec(),
            url: "javascript:alert(1)".to_owned(),
            ranges: Vec::new(),
            ..warning
        });
        assert_eq!((odd.rule.as_str(), odd.url), ("", None));
        assert_eq!(odd.message, "no rule: here");
        assert_eq!(odd.line, None);
    }

    #[test]
    fn the_answer_to_all_checks_is_read() {
        let json = r#"{"warnings":[{"ruleName":"FromAsCasing","description":"about","url":"https://x",
            "detail":"says","location":{"ranges":[{"start":{"line":1},"end":{"line":1}}]}}],
            "sources":[],"buildError":{"message":"bad","location":{}}}"#;
        let found = read(json.as_bytes()).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].rule.as_str(), found[0].line),
            ("FromAsCasing", Some(1))
        );
        assert_eq!(found[1].message, "bad");
        assert!(read(br#"{"warnings":null}"#).unwrap().is_empty());
        assert!(read(b"x").is_err());
    }
}
