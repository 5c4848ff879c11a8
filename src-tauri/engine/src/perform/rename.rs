//! `docker rename`

use bollard::query_parameters::RenameContainerOptions;
use slipway_action::Rename;

use crate::call::container_name;
use crate::model::Outcome;
use crate::perform::Job;
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;

pub(super) async fn rename(job: Job<'_>, verb: &Rename) -> Result<Outcome, Problem> {
    let renamed = async {
        let name = container_name(&verb.container)?;
        let options = RenameContainerOptions {
            name: verb.new_name.clone(),
        };
        let docker = job.engine.docker();
        docker.rename_container(name.as_str(), options).await?;
        Ok::<(), Failure>(())
    };
    match renamed.await {
        Ok(()) => Ok(Outcome {
            done: vec![verb.new_name.clone()],
            ..Outcome::default()
        }),
        Err(failure) => Err(job
            .problem(failure, Subject::Container(&verb.container), None)
            .await),
    }
}
