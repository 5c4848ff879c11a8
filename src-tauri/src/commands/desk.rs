//! The editor as it was left.

use std::sync::Arc;

use slipway_engine::problem::{Code, Problem};
use tauri::State;

use super::{aside, failed};
use crate::desk::NotKept;
use crate::ipc::{Desk, Draft};
use crate::state::Slipway;

/// The editor as it was left.
#[tauri::command]
pub async fn desk(slipway: State<'_, Slipway>) -> Result<Desk, Problem> {
    let desk = Arc::clone(&slipway.desk);
    aside(move || Ok(desk.read())).await
}

/// Keeps an open file with what is not saved of it; it is on disk when this answers.
#[tauri::command]
pub async fn desk_keep(slipway: State<'_, Slipway>, draft: Draft) -> Result<(), Problem> {
    let desk = Arc::clone(&slipway.desk);
    aside(move || desk.keep(&draft).map_err(not_kept)).await
}

/// Keeps the order of the open files, what was open lately, and the build that is filled in.
#[tauri::command]
pub async fn desk_arrange(slipway: State<'_, Slipway>, desk: Desk) -> Result<(), Problem> {
    let kept = Arc::clone(&slipway.desk);
    aside(move || kept.arrange(desk).map_err(not_kept)).await
}

/// Forgets a file that was closed.
#[tauri::command]
pub async fn desk_drop(slipway: State<'_, Slipway>, id: u32) -> Result<(), Problem> {
    let desk = Arc::clone(&slipway.desk);
    aside(move || desk.forget(id).map_err(not_kept)).await
}

fn not_kept(why: NotKept) -> Problem {
    let is_full =
        matches!(&why, NotKept::Disk(error) if error.kind() == std::io::ErrorKind::StorageFull);
    Problem {
        code: if is_full { Code::DiskFull } else { Code::Other },
        todo: "Save your files: what is not saved would be lost if Slipway ended now.".to_owned(),
        ..failed("What you type is not being kept", &why)
    }
}
