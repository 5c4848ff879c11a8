//! `docker start`

use slipway_action::Start;

use crate::call::container_name;
use crate::model::Outcome;
use crate::perform::{Job, foreground, invalid, targets};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;
use crate::stream::output::Inspected;

pub(super) async fn start(job: Job<'_>, verb: &Start) -> Result<Outcome, Problem> {
    if verb.attach || verb.interactive {
        let [name] = verb.containers.as_slice() else {
            return Err(invalid(
                "Only one container at a time can be started and shown.",
            ));
        };
        return attached(job, name).await;
    }
    targets::each(job, &verb.containers, Subject::Container, |name| {
        one(job, name)
    })
    .await
}

/// A 304 says that it runs already, which is what was wanted.
pub(super) async fn one(job: Job<'_>, name: &str) -> Result<Vec<String>, Failure> {
    let name = container_name(name)?;
    let docker = job.engine.docker();
    docker.start_container(name.as_str(), None).await?;
    Ok(Vec::new())
}

async fn attached(job: Job<'_>, name: &str) -> Result<Outcome, Problem> {
    let started = async {
        let inspected = Inspected::of(job.engine, name).await?;
        foreground::start(
            job,
            name,
            inspected.has_terminal(),
            inspected.removes_itself(),
        )
        .await
    };
    match started.await {
        Ok(exit_code) => {
            let done = vec![name.to_owned()];
            Ok(Outcome {
                exit_code: Some(exit_code),
                done,
                ..Outcome::default()
            })
        }
        Err(failure) => Err(job.problem(failure, Subject::Container(name), None).await),
    }
}
