//! A build by the engine's BuildKit: what it needs of the folder, and what its end means.

use slipway_action::Build;

use crate::build::buildkit::{self, BuildkitError, Definition, FileFailure, FileTrouble, Source};
use crate::build::context::Context;
use crate::build::place::Place;
use crate::build::steps::Steps;
use crate::build::{BuildError, Built, Task, Told, proof};
use crate::problem::explain::cleaned_line;
use crate::problem::failure::Failure;
use crate::problem::{Code, Problem, explain};

/// Builds. The image is one that an inspect has found.
pub(crate) async fn build(
    task: Task<'_>,
    place: &Place,
    context: Option<&Context>,
    steps: &Steps<'_>,
) -> Result<Built, BuildError> {
    let source = match (place, context) {
        (Place::Remote { url, .. }, _) => Source::Remote(url),
        (Place::Folder { .. }, Some(context)) => Source::Folder(&context.folder),
        (Place::Folder { folder, .. }, None) => Source::Folder(folder),
    };
    let request = buildkit::Request {
        action: task.verb,
        folder: task.folder,
        source,
        dockerfile: context.map(definition),
    };
    let tell = |told: Told<'_>| steps.told(told);
    let built = Box::pin(buildkit::build(task.engine, &request, &tell)).await?;
    let id = proof::proven(task.engine, task.verb, Some(&built.image)).await?;
    Ok(Built {
        id: Some(id),
        warnings: unheard(task.verb),
        ..Built::default()
    })
}

/// The Dockerfile, with the ignore file that is meant for it alone.
fn definition(context: &Context) -> Definition {
    let path = &context.dockerfile.path;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let own = format!("{name}.dockerignore");
    let is_own = context
        .ignore
        .path
        .as_deref()
        .and_then(|path| path.file_name())
        .is_some_and(|ignore| ignore.to_string_lossy() == own);
    Definition {
        ignore: is_own.then(|| context.ignore.text.as_bytes().into()),
        text: context.dockerfile.text.as_bytes().into(),
        name,
    }
}

/// Flags that BuildKit takes no notice of, as the docker command warns too.
fn unheard(verb: &Build) -> Vec<String> {
    let limits = &verb.limits;
    let flags = [
        (limits.memory.is_some(), "--memory"),
        (limits.memory_swap.is_some(), "--memory-swap"),
        (limits.cpu_shares.is_some(), "--cpu-shares"),
        (limits.cpu_period.is_some(), "--cpu-period"),
        (limits.cpu_quota.is_some(), "--cpu-quota"),
        (limits.cpuset_cpus.is_some(), "--cpuset-cpus"),
        (limits.cpuset_mems.is_some(), "--cpuset-mems"),
        (!limits.security_opt.is_empty(), "--security-opt"),
        (limits.isolation.is_some(), "--isolation"),
        (verb.output.squash, "--squash"),
    ];
    let set = flags.iter().filter(|(is_set, _)| *is_set);
    set.map(|(_, flag)| {
        format!("BuildKit takes no notice of {flag}; the image was built without it.")
    })
    .collect()
}

impl From<BuildkitError> for BuildError {
    fn from(error: BuildkitError) -> Self {
        match error {
            BuildkitError::Failed(failed) => Self::Said {
                message: failed.message,
                code: None,
                line: failed.lines.map(|(first, _)| first),
            },
            BuildkitError::Lost(why) => Self::from(explain::lost(&why)),
            BuildkitError::File(failure) => Self::from(file(&failure)),
            BuildkitError::Session(why) if buildkit::tells_of_a_cut(&why) => Self::from(explain::lost(&why)),
            BuildkitError::Session(why) => Self::from(
                Problem::new(
                    Code::Other,
                    "The engine did not get what it asked this computer for",
                    "The connection by which it asks for files and secrets could not be made.",
                    "Try again. If it stays so, restart the engine.",
                )
                .with_detail(explain::cleaned(&why)),
            ),
            BuildkitError::Option(why) => Self::from(Problem::new(
                Code::Invalid,
                "Something in this build is not right yet",
                why,
                "Change it, then try again.",
            )),
            BuildkitError::TooOld(error) => Self::from(
                Problem::new(
                    Code::Other,
                    "This engine’s BuildKit can’t be used",
                    "The engine refused the connection that BuildKit needs.",
                    "Update the engine, or set DOCKER_BUILDKIT=0 to build with its classic builder.",
                )
                .with_detail(explain::cleaned(&error.to_string())),
            ),
            BuildkitError::Request(error) => Self::Engine(Failure::Request(error)),
        }
    }
}

fn file(failure: &FileFailure) -> Problem {
    let todo = match failure.why {
        FileTrouble::Gone | FileTrouble::Changed => {
            "Build again when nothing changes in the folder, or leave the file out with a line in .dockerignore."
        }
        FileTrouble::Unreadable(_) => {
            "Change who may read it, or leave it out with a line in .dockerignore, then build again."
        }
        FileTrouble::Name => "Rename it with letters that every system knows, then build again.",
        FileTrouble::Pattern(_) => "Change it in the Dockerfile, then build again.",
    };
    Problem::new(
        Code::Other,
        "The folder was not sent as it was",
        format!(
            "“{}” {}.",
            cleaned_line(&failure.path.to_string_lossy()),
            failure.why
        ),
        todo,
    )
}
