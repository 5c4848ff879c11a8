//! Whether a build has led to an image: the end of a stream says nothing.

use serde::Deserialize;
use slipway_action::Build;

use crate::call::{Call, image};
use crate::connect::Engine;
use crate::problem::failure::Failure;
use crate::stream::StreamError;
use crate::transport::RequestError;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inspected {
    id: String,
}

/// The builder must have named the image, and the engine must have it, under each of its names. Answers
/// with the id that the engine gives it.
pub(crate) async fn proven(
    engine: &Engine,
    verb: &Build,
    built: Option<&str>,
) -> Result<String, Failure> {
    let id = built.ok_or_else(unproven)?;
    let found = inspected(engine, id).await?;
    for tag in &verb.tag {
        if inspected(engine, tag).await? != found {
            return Err(unproven());
        }
    }
    Ok(found)
}

async fn inspected(engine: &Engine, name: &str) -> Result<String, Failure> {
    match Call::get(image(name, "/json")?)
        .read::<Inspected>(engine)
        .await
    {
        Ok(found) => Ok(found.id),
        Err(RequestError::Status { status: 404, .. }) => Err(unproven()),
        Err(error) => Err(error.into()),
    }
}

/// The engine has not said that it is done.
fn unproven() -> Failure {
    let cut_short = "the engine stopped sending before it said that the image is built";
    Failure::Stream(StreamError::Broken(cut_short.into()))
}
