//! What the page asks when it begins, and its settings.

use slipway_engine::problem::Problem;
use tauri::State;

use super::failed;
use crate::ipc::{Settings, StartUp};
use crate::preview::Preview;
use crate::state::Slipway;

/// What the page needs before its first picture.
#[tauri::command]
pub fn start_up(slipway: State<'_, Slipway>, preview: State<'_, Preview>) -> StartUp {
    StartUp::new(slipway.settings.get(), preview.has_room())
}

/// Keeps the settings. The chosen engine is not among them: `choose_engine` keeps that one.
#[tauri::command]
pub fn settings_save(slipway: State<'_, Slipway>, settings: Settings) -> Result<Settings, Problem> {
    slipway
        .settings
        .change(|now| {
            *now = Settings {
                engine: now.engine.take(),
                ..settings
            }
        })
        .map_err(|error| failed("The settings could not be saved", &error))
}
