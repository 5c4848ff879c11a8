//! On which line of the Dockerfile a step stands.
//!
//! Builders name a step by its stage, its number there and its text. The number alone says it where
//! nothing was put in between (an image's `ONBUILD` does that), the text alone where no variable was
//! filled in; both are looked at.

use crate::build::Step;
use crate::build::dockerfile::{Dockerfile, Instruction};

/// The instructions of a Dockerfile, to find steps among them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lines<'d>(&'d Dockerfile);

impl<'d> Lines<'d> {
    pub fn of(dockerfile: &'d Dockerfile) -> Self {
        Self(dockerfile)
    }

    /// The first line of a step, where it can be told.
    pub fn line(&self, step: &Step) -> Option<u32> {
        self.instruction(step).map(|found| found.first)
    }

    /// The instruction that a step does.
    pub fn instruction(&self, step: &Step) -> Option<&'d Instruction> {
        let stage = step.stage.as_deref()?;
        // Where several platforms are built, each stands in front of its stages.
        let stage = stage.rsplit_once(' ').map_or(stage, |(_, stage)| stage);
        let of_stage: Vec<&Instruction> = match self.0.stage_of(stage) {
            Some(stage) => self.0.of_stage(stage).collect(),
            // A single stage has no name that builders agree on.
            None if self.0.stages.len() == 1 => self.0.of_stage(0).collect(),
            None => return None,
        };
        let keyword = keyword(&step.name);
        let wanted = plain(&step.name);
        let mut same: Vec<&Instruction> = of_stage
            .iter()
            .copied()
            .filter(|it| it.keyword == keyword)
            .collect();
        let exact: Vec<&Instruction> = same
            .iter()
            .copied()
            .filter(|it| plain(&it.text) == wanted)
            .collect();
        if let [only] = exact.as_slice() {
            return Some(only);
        }
        // Those that builders count: the others change no file.
        let counted = || of_stage.iter().copied().filter(|it| is_counted(it));
        let all = || of_stage.iter().copied();
        let number = step.number?;
        let at = usize::try_from(number.at).ok()?.checked_sub(1)?;
        let of = usize::try_from(number.of).ok()?;
        let placed = if all().count() == of {
            all().nth(at)
        } else if counted().count() == of {
            counted().nth(at)
        } else if counted().count() == of + 1 {
            // An empty base is an instruction and no step.
            counted().nth(at + 1)
        } else {
            None
        };
        match placed {
            Some(placed) if placed.keyword == keyword => Some(placed),
            Some(_) | None => {
                if !exact.is_empty() {
                    same = exact;
                }
                if same.len() == 1 { same.pop() } else { None }
            }
        }
    }
}

/// BuildKit counts what makes a layer.
fn is_counted(instruction: &Instruction) -> bool {
    matches!(
        instruction.keyword.as_str(),
        "FROM" | "RUN" | "COPY" | "ADD" | "WORKDIR"
    )
}

/// The first word, in capital letters.
pub(crate) fn keyword(text: &str) -> String {
    text.split_whitespace()
        .next()
        .unwrap_or_default()
        .to_uppercase()
}

/// A text whose spaces say nothing, without what builders put behind heredocs.
pub(crate) fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut plain = words.join(" ");
    if plain.contains("<<")
        && plain.ends_with(')')
        && let Some(begin) = plain.find(" (")
    {
        plain.truncate(begin);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::StepNumber;

    const TEXT: &str = "ARG V=1\nFROM a AS one\nENV X=1\nRUN b\nRUN b\nCOPY $X /\n\
        FROM one\nUSER me\nRUN c \\\n  && d\nRUN <<EOF\ne\nEOF\nWORKDIR $X\n\
        FROM scratch AS last\nCOPY $X /\nWORKDIR $Y\n";

    fn line(stage: &str, name: &str, at: u32, of: u32) -> Option<u32> {
        let dockerfile = Dockerfile::read(TEXT.as_bytes());
        let step = Step {
            stage: Some(stage.to_owned()),
            number: (of > 0).then_some(StepNumber { at, of }),
            ..Step::waiting(0, name)
        };
        Lines::of(&dockerfile).line(&step)
    }

    #[test]
    fn steps_are_found_by_text_and_by_place() {
        let rows = [
            // As BuildKit counts.
            (("one", "FROM docker.io/library/a", 1, 4), Some(2)),
            (("one", "RUN b", 2, 4), Some(4)),
            (("one", "RUN b", 3, 4), Some(5)),
            (("one", "COPY 1 /", 4, 4), Some(6)),
            (("stage-1", "RUN c     && d", 2, 4), Some(9)),
            (("stage-1", "RUN <<EOF (e)", 3, 4), Some(11)),
            (("stage-1", "WORKDIR 1", 4, 4), Some(14)),
            // As Podman counts.
            (("one", "RUN b", 4, 5), Some(5)),
            (("stage-1", "USER me", 2, 5), Some(8)),
            // Something was put in between: text tells some, and nothing is guessed.
            (("stage-1", "RUN onbuild", 2, 5), None),
            // For a platform, and on an empty base.
            (("linux/arm64 one", "RUN b", 2, 4), Some(4)),
            (("linux/arm64 stage-1", "RUN c && d", 2, 4), Some(9)),
            (("last", "COPY 1 /", 1, 2), Some(16)),
            (("last", "WORKDIR /y", 2, 2), Some(17)),
            (("stage-1", "WORKDIR 1", 5, 6), Some(14)),
            (("one", "RUN b", 3, 9), None),
            (("other", "RUN b", 2, 4), None),
            (("one", "ENV X=1", 0, 0), Some(3)),
        ];
        for ((stage, name, at, of), expected) in rows {
            assert_eq!(
                line(stage, name, at, of),
                expected,
                "{stage} {name} {at}/{of}"
            );
        }
    }
}
