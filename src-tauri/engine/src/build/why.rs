//! What a builder's words say about the Dockerfile itself: which line it cannot read.

use crate::build::dockerfile::{Dockerfile, Instruction};

/// The instruction that the builder cannot read, where its words tell which.
pub(crate) fn bad_instruction<'d>(
    text: &str,
    dockerfile: &'d Dockerfile,
) -> Option<&'d Instruction> {
    let line = bad_line(text, dockerfile)?;
    let instructions = &dockerfile.instructions;
    instructions.iter().rfind(|it| it.first <= line)
}

/// What BuildKit calls its look for an image in a registry.
const LOOK: &str = "load metadata for ";

/// The image that a step of BuildKit's own looks for.
pub(crate) fn looked_for(step: &str) -> Option<&str> {
    let (_, name) = step.split_once(LOOK)?;
    Some(name.trim()).filter(|name| !name.is_empty())
}

/// The `FROM` of an image, whose name BuildKit writes out (`docker.io/library/busy:latest`).
pub(crate) fn from_of<'d>(image: &str, dockerfile: &'d Dockerfile) -> Option<&'d Instruction> {
    let names = |base: &str| {
        !base.is_empty()
            && [base.to_owned(), format!("{base}:latest")]
                .iter()
                .any(|base| image == base || image.ends_with(&format!("/{base}")))
    };
    let stage = dockerfile.stages.iter().find(|stage| names(&stage.base))?;
    dockerfile.instructions.get(stage.from)
}

/// The first line of what the builder cannot read.
pub(crate) fn bad_line(text: &str, dockerfile: &Dockerfile) -> Option<u32> {
    if let Some(line) = said_line(text) {
        let instructions = &dockerfile.instructions;
        let around = instructions
            .iter()
            .find(|it| (it.first..=it.last).contains(&line));
        return Some(around.map_or(line, |it| it.first));
    }
    let found = wanting_arguments(text, dockerfile)?;
    Some(found.first)
}

/// `dockerfile parse error line 2: …`, and since Docker 24 `dockerfile parse error on line 2: …`.
fn said_line(text: &str) -> Option<u32> {
    let lower = text.to_ascii_lowercase();
    let rest = lower.split_once("dockerfile parse error")?.1;
    let rest = rest.split_once("line ")?.1;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// `failed to parse Dockerfile: ENV must have two arguments`, without a line: it is the one that has fewer.
fn wanting_arguments<'d>(text: &str, dockerfile: &'d Dockerfile) -> Option<&'d Instruction> {
    let lower = text.to_ascii_lowercase();
    let marks = [
        "failed to parse ",
        "parsing main dockerfile",
        "failed to create llb definition",
    ];
    if !marks.iter().any(|mark| lower.contains(mark)) {
        return None;
    }
    let said = text.rsplit(": ").next()?;
    let keyword = said.split_whitespace().next()?;
    let mut same = dockerfile
        .instructions
        .iter()
        .filter(|it| it.keyword == keyword);
    match keyword {
        "ENV" | "LABEL" => {
            same.find(|it| !it.rest.contains('=') && it.rest.split_whitespace().count() < 2)
        }
        _ => same.next().filter(|_| same.next().is_none()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bad_line_is_found() {
        let text = "FROM a\nENV A=1\nRUNN x \\\n y\nENV B\nLABEL c\n";
        let dockerfile = Dockerfile::read(text.as_bytes());
        let rows = [
            (
                "dockerfile parse error line 3: unknown instruction: RUNN",
                Some(3),
            ),
            (
                "Dockerfile parse error on line 4: unknown instruction: RUNN (did you mean RUN?)",
                Some(3),
            ),
            ("failed to parse D15: ENV must have two arguments", Some(5)),
            (
                "parsing main Dockerfile: /var/tmp/x/D15: ENV must have two arguments\n",
                Some(5),
            ),
            (
                "failed to create LLB definition: ENV must have two arguments",
                Some(5),
            ),
            ("failed to parse x: LABEL must have two arguments", Some(6)),
            ("COPY failed: no such file", None),
            ("dockerfile parse error line 99999999999: x", None),
        ];
        for (said, line) in rows {
            assert_eq!(bad_line(said, &dockerfile), line, "{said}");
        }
        let image = looked_for("[internal] load metadata for docker.io/library/a:latest");
        assert_eq!(image, Some("docker.io/library/a:latest"));
        let from = image.and_then(|image| from_of(image, &dockerfile));
        assert_eq!(from.map(|it| it.first), Some(1));
        assert_eq!(from_of("docker.io/library/ba:latest", &dockerfile), None);
        let found = bad_instruction(rows[0].0, &dockerfile);
        assert_eq!(found.map(|it| it.keyword.as_str()), Some("RUNN"));
    }
}
