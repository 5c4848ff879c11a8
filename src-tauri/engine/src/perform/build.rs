//! `docker build`

use std::io;
use std::path::Path;

use serde_json::json;
use slipway_action::Build;

use crate::build::{Sent, Step, StepState, Task, Told, build as built};
use crate::model::{Outcome, Progress};
use crate::perform::text::size;
use crate::perform::{Job, invalid};
use crate::problem::Problem;
use crate::problem::explain::cleaned_line;

/// A step's name is shown up to this length.
const LONGEST_NAME: usize = 60;

pub(super) async fn build(job: Job<'_>, verb: &Build) -> Result<Outcome, Problem> {
    let files = Files::of(job.folder, verb).map_err(|problem| *problem)?;
    let tell = |told: Told<'_>| {
        if let Some(text) = progress(told) {
            job.report.progress(Progress {
                text,
                ..Progress::default()
            });
        }
        job.report.build(told);
    };
    let task = Task {
        engine: job.engine,
        action: job.action,
        verb,
        folder: job.folder,
        tell: &tell,
    };
    let built = Box::pin(built(task)).await?;
    let mut done = verb.tag.clone();
    if done.is_empty() {
        done.extend(built.id.clone());
    }
    let outcome = Outcome {
        text: built.id.clone().filter(|_| verb.quiet).or(built.text),
        id: built.id,
        done,
        warnings: built.warnings,
        ..Outcome::default()
    };
    // The image is there whatever becomes of the files.
    job.report.outcome(outcome.clone());
    files
        .write(verb, outcome.id.as_deref(), built.metadata)
        .await?;
    Ok(outcome)
}

/// What is being done now, in a few words.
fn progress(told: Told<'_>) -> Option<String> {
    match told {
        Told::Sent(Sent {
            bytes, done: false, ..
        }) => Some(format!(
            "Sent {}",
            size(i64::try_from(bytes).unwrap_or(i64::MAX))
        )),
        Told::Step(step) if step.state == StepState::Running && step.parts.is_empty() => {
            Some(at_work(step))
        }
        Told::Way(..) | Told::Sent(_) | Told::Step(_) | Told::Log(..) | Told::Finding(_) => None,
    }
}

/// `Step 6 of 7: RUN pip install flask`.
fn at_work(step: &Step) -> String {
    let whole = cleaned_line(&step.name);
    let mut name: String = whole.chars().take(LONGEST_NAME).collect();
    if whole.chars().nth(LONGEST_NAME).is_some() {
        name.push('…');
    }
    match step.number {
        Some(number) => format!("Step {} of {}: {name}", number.at, number.of),
        None => name,
    }
}

/// The files that are written when all is done: `--iidfile` and `--metadata-file`.
struct Files {
    id: Option<std::path::PathBuf>,
    metadata: Option<std::path::PathBuf>,
}

impl Files {
    /// Takes those of an earlier build away, as docker does: a file that is there tells of this build.
    fn of(folder: &Path, verb: &Build) -> Result<Self, Box<Problem>> {
        let path = |name: &Option<String>| {
            let name = name.as_deref().filter(|name| !name.is_empty())?;
            Some(folder.join(name))
        };
        let files = Self {
            id: path(&verb.output.iidfile),
            metadata: path(&verb.output.metadata_file),
        };
        for file in [&files.id, &files.metadata].into_iter().flatten() {
            match std::fs::remove_file(file) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(Box::new(unwritable(file, &error))),
            }
        }
        Ok(files)
    }

    async fn write(
        &self,
        verb: &Build,
        id: Option<&str>,
        metadata: Option<serde_json::Value>,
    ) -> Result<(), Problem> {
        if let (Some(file), Some(id)) = (&self.id, id) {
            written(file, id.to_owned()).await?;
        }
        if let Some(file) = &self.metadata {
            let facts = metadata.unwrap_or_else(|| {
                json!({
                    "containerimage.config.digest": id,
                    "containerimage.digest": id,
                    "image.name": verb.tag.join(","),
                })
            });
            written(file, format!("{facts:#}")).await?;
        }
        Ok(())
    }
}

async fn written(file: &Path, text: String) -> Result<(), Problem> {
    let done = tokio::fs::write(file, text).await;
    done.map_err(|error| {
        let mut problem = unwritable(file, &error);
        problem.what = "The image was built, but a file could not be written".to_owned();
        problem
    })
}

fn unwritable(file: &Path, error: &io::Error) -> Problem {
    invalid(&format!(
        "The file “{}” can’t be written: {error}.",
        cleaned_line(&file.to_string_lossy())
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[tokio::test]
    async fn files_of_an_earlier_build_go_and_new_ones_tell_of_this_one() {
        let folder = tempfile::tempdir().unwrap();
        let mut verb = Build {
            tag: vec!["a:1".to_owned(), "b".to_owned()],
            ..Build::default()
        };
        verb.output.iidfile = Some("id".to_owned());
        verb.output.metadata_file = Some("facts.json".to_owned());
        let id = folder.path().join("id");
        std::fs::write(&id, "old").unwrap();
        let files = Files::of(folder.path(), &verb).unwrap();
        assert!(!id.exists());
        files.write(&verb, Some("sha256:ab"), None).await.unwrap();
        assert_eq!(std::fs::read_to_string(&id).unwrap(), "sha256:ab");
        let facts = std::fs::read(folder.path().join("facts.json")).unwrap();
        let facts: serde_json::Value = serde_json::from_slice(&facts).unwrap();
        assert_eq!(facts["image.name"], "a:1,b");
        verb.output.iidfile = Some("nosuch/id".to_owned());
        let files = Files::of(folder.path(), &verb).unwrap();
        let problem = files.write(&verb, Some("x"), None).await.unwrap_err();
        assert!(problem.what.contains("was built"), "{problem:?}");
    }
}
