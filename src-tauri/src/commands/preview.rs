//! The page that a container serves.

use std::time::Duration;

use slipway_engine::probe::{Probe, probe as ask};
use slipway_engine::problem::Problem;
use tauri::AppHandle;

use super::failed;
use crate::ipc::{Bounds, PreviewStep};
use crate::preview;

/// A page that takes longer than this for its first byte counts as not answering.
const PROBE_LIMIT: Duration = Duration::from_secs(5);

/// What a port answers.
#[tauri::command]
pub async fn probe(host: String, port: u16) -> Probe {
    ask(&host, port, PROBE_LIMIT).await
}

/// Shows a page inside the window. These commands are `async` because a webview cannot be made from
/// the main thread while that waits for the page.
#[tauri::command]
pub async fn preview_open(app: AppHandle, url: String, bounds: Bounds) -> Result<(), Problem> {
    tauri::async_runtime::spawn_blocking(move || preview::open(&app, &url, bounds))
        .await
        .map_err(|error| not_shown(&error))?
        .map_err(|error| not_shown(&error))
}

/// Moves the page, or hides it.
#[tauri::command]
pub fn preview_bounds(app: AppHandle, bounds: Option<Bounds>) -> Result<(), Problem> {
    preview::place(&app, bounds).map_err(|error| not_shown(&error))
}

/// Goes back, on, or loads again.
#[tauri::command]
pub fn preview_go(app: AppHandle, step: PreviewStep) -> Result<(), Problem> {
    preview::go(&app, step).map_err(|error| not_shown(&error))
}

/// Takes the page away.
#[tauri::command]
pub fn preview_close(app: AppHandle) -> Result<(), Problem> {
    preview::close(&app).map_err(|error| not_shown(&error))
}

/// Shows a page in its own window.
#[tauri::command]
pub async fn preview_window(app: AppHandle, url: String) -> Result<(), Problem> {
    tauri::async_runtime::spawn_blocking(move || preview::open_window(&app, &url))
        .await
        .map_err(|error| not_shown(&error))?
        .map_err(|error| not_shown(&error))
}

fn not_shown(error: &dyn std::fmt::Display) -> Problem {
    failed("The page cannot be shown here", error)
}
