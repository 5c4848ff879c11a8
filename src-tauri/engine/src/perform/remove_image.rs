//! `docker rmi`

use serde::Deserialize;
use slipway_action::RemoveImage;

use crate::call::{Call, image};
use crate::model::Outcome;
use crate::perform::{Job, targets};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::transport::RequestError;

/// One thing that the removal of an image took away: a name or a layer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Removed {
    untagged: Option<String>,
    deleted: Option<String>,
}

/// The names and ids in an engine's list of what it removed.
pub(super) fn names(removed: Option<Vec<Removed>>) -> Vec<String> {
    let parts = removed.unwrap_or_default().into_iter();
    parts
        .flat_map(|it| [it.untagged, it.deleted])
        .flatten()
        .collect()
}

pub(super) async fn remove(job: Job<'_>, verb: &RemoveImage) -> Result<Outcome, Problem> {
    targets::each(job, &verb.images, Subject::Image, |name| async move {
        let call = Call::delete(image(name, "")?)
            .with_flag("force", verb.force)
            .with_flag("noprune", verb.no_prune);
        match call.read(job.engine).await {
            Ok(removed) => Ok(names(removed)),
            // With force docker does not mind an image that isn't there.
            Err(RequestError::Status { status: 404, .. }) if verb.force => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    })
    .await
}
