//! Which engine is used, and Slipway's own one.

use slipway_engine::find::OWN;
use slipway_engine::model::OwnEngine;
use slipway_engine::problem::Problem;
use tauri::{AppHandle, State};

use super::failed;
use crate::ipc::Settings;
use crate::state::Slipway;
use crate::terminal;

/// Uses the engine `id`, now and at the next start; without one, the first that answers.
#[tauri::command]
pub fn choose_engine(slipway: State<'_, Slipway>, id: Option<String>) -> Result<Settings, Problem> {
    slipway.session.choose(id.as_deref());
    keep_choice(&slipway, id)
}

/// Looks again at all engines.
#[tauri::command]
pub fn look_for_engines(slipway: State<'_, Slipway>) {
    slipway.session.look_again();
}

/// Starts Slipway's own engine; how it goes comes with the changes.
#[tauri::command]
pub async fn own_engine_start(slipway: State<'_, Slipway>) -> Result<Settings, Problem> {
    // Where no other engine is in use the session takes this one, and so does the app's next start.
    if slipway.session.start_own().await? {
        return keep_choice(&slipway, Some(OWN.to_owned()));
    }
    Ok(slipway.settings.get())
}

/// Stops Slipway's own engine.
#[tauri::command]
pub async fn own_engine_stop(slipway: State<'_, Slipway>) -> Result<(), Problem> {
    slipway.session.stop_own().await
}

/// The end of its log.
#[tauri::command]
pub async fn own_engine_log(slipway: State<'_, Slipway>) -> Result<String, Problem> {
    Ok(slipway.session.own_log().await)
}

/// Runs the install command that Slipway's own engine needs, in the system's terminal, where it can be
/// read and where it asks for a password by itself. The command is the app's own, never the page's.
#[tauri::command]
pub async fn run_install(app: AppHandle, slipway: State<'_, Slipway>) -> Result<(), Problem> {
    let OwnEngine::NotInstalled {
        install: Some(command),
    } = slipway.session.own_state().await
    else {
        return Err(failed(
            "There is nothing to install",
            &"An engine can be started here already.",
        ));
    };
    terminal::run(&app, &command).map_err(|error| failed("No terminal could be opened", &error))
}

fn keep_choice(slipway: &State<'_, Slipway>, id: Option<String>) -> Result<Settings, Problem> {
    slipway
        .settings
        .change(|settings| settings.engine = id)
        .map_err(|error| failed("The choice could not be saved", &error))
}
