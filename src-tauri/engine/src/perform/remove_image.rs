//! `docker rmi`

use bollard::models::ImageDeleteResponseItem;
use bollard::query_parameters::RemoveImageOptions;
use slipway_action::RemoveImage;

use crate::call::image_name;
use crate::model::Outcome;
use crate::perform::{Job, targets};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;

/// The names and ids in an engine's list of what it removed.
pub(super) fn names(removed: Vec<ImageDeleteResponseItem>) -> Vec<String> {
    let parts = removed.into_iter();
    parts
        .flat_map(|it| [it.untagged, it.deleted])
        .flatten()
        .collect()
}

pub(super) async fn remove(job: Job<'_>, verb: &RemoveImage) -> Result<Outcome, Problem> {
    targets::each(job, &verb.images, Subject::Image, |name| async move {
        let segment = image_name(name)?;
        let options = RemoveImageOptions {
            force: verb.force,
            noprune: verb.no_prune,
            platforms: None,
        };
        let docker = job.engine.docker();
        let removed = docker.remove_image(segment.as_str(), Some(options), None);
        match removed.await.map_err(Failure::from) {
            Ok(removed) => Ok(names(removed)),
            // With force docker does not mind an image that isn't there.
            Err(failure) if verb.force && failure.status() == Some(404) => Ok(Vec::new()),
            Err(failure) => Err(failure),
        }
    })
    .await
}
