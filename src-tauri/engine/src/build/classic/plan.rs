//! The steps that a classic builder will do, read from the Dockerfile before it has said a word.

use crate::build::dockerfile::{Dockerfile, Instruction};
use crate::build::{Step, StepNumber};
use crate::capability::Builder;

/// What the first step is called: the sending of the folder.
const SENDING: &str = "load build context";

/// The steps in the order in which they will be named.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    pub steps: Vec<Step>,
    /// For each step, the place of its stage, where it has one.
    pub stages: Vec<Option<usize>>,
    /// The first step is the sending of a folder.
    pub sends: bool,
    /// Whether the steps are all that will come: nothing was left unread.
    pub whole: bool,
}

impl Plan {
    /// `sends` says whether there is a folder to send.
    pub fn of(
        dockerfile: Option<&Dockerfile>,
        target: Option<&str>,
        builder: Builder,
        sends: bool,
    ) -> Self {
        let mut plan = Self {
            sends,
            ..Self::default()
        };
        if sends {
            plan.push(Step::waiting(0, SENDING), None);
        }
        let Some(dockerfile) = dockerfile else {
            return plan;
        };
        plan.whole = !dockerfile.cut;
        let needed = needed(dockerfile, target, builder);
        let mut last_of: Vec<Option<u32>> = vec![None; dockerfile.stages.len()];
        for instruction in &dockerfile.instructions {
            match instruction.stage {
                // Podman does not count what stands before the first stage.
                None if builder == Builder::Buildah => {}
                None => {
                    plan.push(of(instruction), None);
                }
                Some(stage) if needed.get(stage) == Some(&true) => {
                    let mut step = of(instruction);
                    step.stage = Some(dockerfile.stage_name(stage));
                    step.number = number(dockerfile, stage, instruction);
                    step.inputs = inputs(dockerfile, instruction, stage, &last_of, sends);
                    let id = plan.push(step, Some(stage));
                    if let Some(last) = last_of.get_mut(stage) {
                        *last = Some(id);
                    }
                }
                Some(_) => {}
            }
        }
        plan
    }

    fn push(&mut self, mut step: Step, stage: Option<usize>) -> u32 {
        step.id = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        let id = step.id;
        self.steps.push(step);
        self.stages.push(stage);
        id
    }
}

fn of(instruction: &Instruction) -> Step {
    Step {
        line: Some(instruction.first),
        ..Step::waiting(0, &instruction.text)
    }
}

fn number(dockerfile: &Dockerfile, stage: usize, instruction: &Instruction) -> Option<StepNumber> {
    let at = dockerfile
        .of_stage(stage)
        .position(|it| it.first == instruction.first)?;
    Some(StepNumber {
        at: u32::try_from(at).ok()?.checked_add(1)?,
        of: u32::try_from(dockerfile.of_stage(stage).count()).ok()?,
    })
}

/// The step before it in its stage, and the last of each stage that it takes something from.
fn inputs(
    dockerfile: &Dockerfile,
    instruction: &Instruction,
    stage: usize,
    last_of: &[Option<u32>],
    sends: bool,
) -> Vec<u32> {
    let last = |stage: usize| last_of.get(stage).copied().flatten();
    let mut inputs = Vec::new();
    inputs.extend(last(stage));
    let others = sources(dockerfile, instruction, stage);
    let copies = matches!(instruction.keyword.as_str(), "COPY" | "ADD");
    if copies && instruction.flag("from").is_none() && sends {
        inputs.push(0);
    }
    inputs.extend(others.into_iter().filter_map(last));
    inputs.dedup();
    inputs
}

/// The earlier stages that an instruction takes something from.
fn sources(dockerfile: &Dockerfile, instruction: &Instruction, stage: usize) -> Vec<usize> {
    let mut names: Vec<&str> = Vec::new();
    if instruction.keyword == "FROM" {
        // A stage's own name does not mean itself.
        let base = dockerfile.stages.get(stage).map(|it| it.base.as_str());
        let named = base.and_then(|base| dockerfile.stage_of(base).filter(|_| !is_number(base)));
        return named.filter(|found| *found < stage).into_iter().collect();
    }
    names.extend(instruction.flag("from"));
    for flag in &instruction.flags {
        if let Some(mount) = flag.strip_prefix("--mount=") {
            names.extend(mount.split(',').filter_map(|it| it.strip_prefix("from=")));
        }
    }
    let found = names
        .into_iter()
        .filter_map(|name| dockerfile.stage_of(name));
    found.filter(|found| *found < stage).collect()
}

fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

/// Which stages are built. Docker builds every one up to the target; Podman leaves out those that nothing
/// needs.
fn needed(dockerfile: &Dockerfile, target: Option<&str>, builder: Builder) -> Vec<bool> {
    let count = dockerfile.stages.len();
    let target = target
        .and_then(|target| dockerfile.stage_of(target))
        .or_else(|| count.checked_sub(1));
    let Some(target) = target else {
        return Vec::new();
    };
    match builder {
        Builder::Docker => (0..count).map(|stage| stage <= target).collect(),
        Builder::Buildah => {
            let mut needed = vec![false; count];
            // Only earlier stages can be needed, so one look from the back finds all.
            for stage in (0..=target).rev() {
                if stage == target || needed.get(stage) == Some(&true) {
                    if let Some(it) = needed.get_mut(stage) {
                        *it = true;
                    }
                    for instruction in dockerfile.of_stage(stage) {
                        for source in sources(dockerfile, instruction, stage) {
                            if let Some(it) = needed.get_mut(source) {
                                *it = true;
                            }
                        }
                    }
                }
            }
            needed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "ARG V\nFROM a AS one\nRUN b\nFROM a\nRUN c\nFROM one\nCOPY x y\nCOPY --from=one z z\n";

    fn shown(target: Option<&str>, builder: Builder) -> Vec<String> {
        let dockerfile = Dockerfile::read(TEXT.as_bytes());
        let plan = Plan::of(Some(&dockerfile), target, builder, true);
        let show = |it: &Step| {
            let number = it
                .number
                .map_or(String::new(), |it| format!("{}/{}", it.at, it.of));
            let stage = it.stage.as_deref().unwrap_or("-");
            format!("{} {stage} {number} {} {:?}", it.id, it.name, it.inputs)
        };
        plan.steps.iter().map(show).collect()
    }

    #[test]
    fn every_step_is_known_before() {
        let docker = [
            "0 -  load build context []",
            "1 -  ARG V []",
            "2 one 1/2 FROM a AS one []",
            "3 one 2/2 RUN b [2]",
            "4 stage-1 1/2 FROM a []",
            "5 stage-1 2/2 RUN c [4]",
            "6 stage-2 1/3 FROM one [3]",
            "7 stage-2 2/3 COPY x y [6, 0]",
            "8 stage-2 3/3 COPY --from=one z z [7, 3]",
        ];
        assert_eq!(shown(None, Builder::Docker), docker);
        assert_eq!(shown(Some("one"), Builder::Docker), docker[..4]);
        let buildah: Vec<String> = shown(None, Builder::Buildah);
        let names: Vec<&str> = buildah.iter().map(|it| &it[2..9]).collect();
        assert_eq!(
            names,
            [
                "-  load", "one 1/2", "one 2/2", "stage-2", "stage-2", "stage-2"
            ]
        );
    }

    #[test]
    fn without_a_dockerfile_only_the_sending_is_known() {
        assert_eq!(Plan::of(None, None, Builder::Docker, true).steps.len(), 1);
        assert_eq!(Plan::of(None, None, Builder::Docker, false).steps.len(), 0);
        let empty = Dockerfile::default();
        assert_eq!(
            Plan::of(Some(&empty), Some("x"), Builder::Buildah, true)
                .steps
                .len(),
            1
        );
    }
}
