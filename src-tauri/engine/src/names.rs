//! The names of what no list of the watch has: volumes and networks.

use serde::Deserialize;

use crate::call::Call;
use crate::connect::Engine;
use crate::transport::RequestError;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Volumes {
    volumes: Option<Vec<Named>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Named {
    name: String,
}

/// The names of the engine's volumes, in order.
///
/// # Errors
/// Where the engine does not answer, or not with a list.
pub async fn volumes(engine: &Engine) -> Result<Vec<String>, RequestError> {
    let listed: Volumes = Call::get("/volumes").read(engine).await?;
    Ok(in_order(listed.volumes.unwrap_or_default()))
}

/// The names of the engine's networks, in order.
///
/// # Errors
/// As there.
pub async fn networks(engine: &Engine) -> Result<Vec<String>, RequestError> {
    Ok(in_order(Call::get("/networks").read(engine).await?))
}

fn in_order(listed: Vec<Named>) -> Vec<String> {
    let mut names: Vec<String> = listed.into_iter().map(|one| one.name).collect();
    names.sort();
    names
}
