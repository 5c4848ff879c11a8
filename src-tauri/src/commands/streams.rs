//! The streams that the page pulls from.

use std::sync::Arc;

use slipway_engine::problem::Problem;
use slipway_engine::stream::output;
use tauri::State;
use tauri::ipc::Response;

use super::builds::found;
use super::{engine, failed};
use crate::builds::{BuildReader, BuildsReader};
use crate::ipc::StreamKind;
use crate::preview::Preview;
use crate::state::Slipway;
use crate::streams::Source;

/// Lines of a container's past output that are shown at first.
const TAIL: u32 = 2_000;

/// Opens a stream.
#[tauri::command]
pub async fn stream_open(
    slipway: State<'_, Slipway>,
    preview: State<'_, Preview>,
    kind: StreamKind,
) -> Result<u32, Problem> {
    match kind {
        StreamKind::Changes => Ok(slipway.streams.open_changes()),
        StreamKind::Output { container } => {
            let (engine, gone) = engine(&slipway)?;
            let closed = gone.child_token();
            let output = output::output(&engine, &container, TAIL, closed.clone()).await?;
            Ok(slipway.streams.open(Source::Output(output), closed))
        }
        StreamKind::TaskOutput { task } => {
            let ring = slipway.tasks.output(task).ok_or_else(|| {
                failed(
                    "The output is gone",
                    &"It is kept for the newest actions only.",
                )
            })?;
            Ok(slipway
                .streams
                .open(Source::Task(ring.reader()), slipway.ended.child_token()))
        }
        StreamKind::Build { build } => {
            let record = found(Arc::clone(&slipway.builds), build).await?;
            let source = Source::Build(BuildReader::new(record));
            Ok(slipway.streams.open(source, slipway.ended.child_token()))
        }
        StreamKind::Builds => {
            let source = Source::Builds(BuildsReader::new(Arc::clone(&slipway.builds)));
            Ok(slipway.streams.open(source, slipway.ended.child_token()))
        }
        StreamKind::Preview => {
            let source = Source::Preview(preview.reader());
            Ok(slipway.streams.open(source, slipway.ended.child_token()))
        }
    }
}

/// Waits for a stream's next piece; see `Piece` for its first byte.
#[tauri::command]
pub async fn stream_next(slipway: State<'_, Slipway>, id: u32) -> Result<Response, Problem> {
    Ok(Response::new(slipway.streams.next(id).await))
}

/// Closes a stream.
#[tauri::command]
pub fn stream_close(slipway: State<'_, Slipway>, id: u32) {
    slipway.streams.close(id);
}
