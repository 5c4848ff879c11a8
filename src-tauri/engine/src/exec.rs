//! A program run in a container that runs, for what Slipway itself wants to know of it.

use serde::Deserialize;
use serde_json::json;

use crate::call::{Call, container, exec};
use crate::connect::Engine;
use crate::problem::failure::Failure;
use crate::stream::{Framing, Printed};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Created {
    id: String,
}

/// What `words` prints in a container, up to `most` bytes of it; what it prints as errors is left out.
pub(crate) async fn printed_by(
    engine: &Engine,
    name: &str,
    words: &[&str],
    most: usize,
) -> Result<Vec<u8>, Failure> {
    let wanted = json!({"AttachStdout": true, "AttachStderr": false, "Cmd": words});
    let created: Created = Call::post(container(name, "/exec")?)
        .json(&wanted)?
        .read(engine)
        .await?;
    let started = Call::post(exec(&created.id, "/start")?)
        .json(&json!({"Detach": false, "Tty": false}))?
        .upgrade()
        .send(engine)
        .await?;
    let mut printed = Printed::of(started, Framing::Frames).await?;
    let mut all = Vec::new();
    while let Some(bytes) = printed.next().await {
        all.extend_from_slice(&bytes?);
        if all.len() >= most {
            all.truncate(most);
            break;
        }
    }
    Ok(all)
}
