//! Where in the Dockerfile a step stands. BuildKit says it of failures only, so it is counted as BuildKit
//! counts: `FROM`, and whatever makes or changes files.

use std::collections::HashMap;

use super::name::Named;
use crate::build::dockerfile::Dockerfile;

/// The lines of a Dockerfile's steps.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// By the stage's name in lower case and the step's place in it.
    first: HashMap<(String, u32), (String, u32)>,
    /// The last line of each instruction, by its first.
    last: HashMap<u32, u32>,
}

impl Lines {
    /// Reads a Dockerfile.
    pub fn read(text: &[u8]) -> Self {
        let dockerfile = Dockerfile::read(text);
        let mut first = HashMap::new();
        for stage in 0..dockerfile.stages.len() {
            let name = dockerfile.stage_name(stage).to_ascii_lowercase();
            let all = dockerfile.of_stage(stage);
            let counted = all.filter(|it| counts(&it.keyword));
            for (it, number) in counted.zip(1..) {
                let place = (name.clone(), number);
                first.insert(place, (it.keyword.clone(), it.first));
            }
        }
        let all = dockerfile.instructions.iter();
        let last = all.map(|it| (it.first, it.last)).collect();
        Self { first, last }
    }

    /// The last line of the instruction that begins here.
    pub fn last(&self, first: u32) -> u32 {
        self.last.get(&first).copied().unwrap_or(first)
    }

    /// The first line of a step, if the instruction there is the step's: an `ONBUILD` of the base shifts
    /// them, and an empty base is no step.
    pub fn of(&self, step: &Named<'_>) -> Option<u32> {
        let stage = step.stage.as_deref()?.to_ascii_lowercase();
        // A platform may stand in front.
        let stage = stage.rsplit_once(' ').map_or(stage.as_str(), |it| it.1);
        let at = step.number?.at;
        let keyword = step.name.split_whitespace().next()?;
        let here = |at: u32| {
            let found = self.first.get(&(stage.to_owned(), at))?;
            found.0.eq_ignore_ascii_case(keyword).then_some(found.1)
        };
        let without_base = self.starts_empty(stage, step);
        here(if without_base { at + 1 } else { at })
    }

    /// `FROM scratch` is an instruction and no step: then all places are one less.
    fn starts_empty(&self, stage: &str, step: &Named<'_>) -> bool {
        let counted = self.first.keys().filter(|it| it.0 == stage).count();
        step.number
            .is_some_and(|number| number.of as usize + 1 == counted)
    }
}

fn counts(keyword: &str) -> bool {
    matches!(keyword, "FROM" | "RUN" | "COPY" | "ADD" | "WORKDIR")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::build::buildkit::name;

    #[test]
    fn steps_are_found_in_the_dockerfile() {
        let text = "# a\nFROM base AS Builder\nENV a=b\nRUN one \\\n  two\nCOPY . .\n\n\
                    FROM scratch\nWORKDIR /x\nCOPY --from=builder /a /b\n";
        let lines = Lines::read(text.as_bytes());
        let rows = [
            ("[builder 1/3] FROM base", Some(2)),
            ("[builder 2/3] RUN one   two", Some(4)),
            ("[linux/arm64 builder 3/3] COPY . .", Some(6)),
            ("[stage-1 1/2] WORKDIR /x", Some(9)),
            ("[stage-1 2/2] COPY --from=builder /a /b", Some(10)),
            ("[stage-1 2/3] RUN elsewhere", None),
            ("[internal] load build context", None),
        ];
        for (step, line) in rows {
            assert_eq!(lines.of(&name::read(step)), line, "{step}");
        }
    }
}
