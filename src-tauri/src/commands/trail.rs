//! The command trail as a whole.

use slipway_engine::problem::Problem;
use tauri::State;

use super::failed;
use crate::state::Slipway;

/// Forgets the lines of the trail whose tasks have ended.
#[tauri::command(async)]
pub fn trail_clear(slipway: State<'_, Slipway>) -> Result<(), Problem> {
    slipway
        .tasks
        .forget_ended()
        .map_err(|error| failed("The trail could not be emptied", &error))
}
