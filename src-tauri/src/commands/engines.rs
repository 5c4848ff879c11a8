//! Which engine is used, and Slipway's own one.

use slipway_engine::find::OWN;
use slipway_engine::model::OwnEngine;
use slipway_engine::problem::Problem;
use tauri::{AppHandle, State};

use super::failed;
use crate::state::Slipway;
use crate::terminal;

/// Uses the engine `id`; without one, looks again at all of them.
#[tauri::command]
pub fn choose_engine(slipway: State<'_, Slipway>, id: Option<String>) -> Result<(), Problem> {
    match id {
        Some(id) => {
            slipway.session.choose(&id);
            keep_choice(&slipway, &id)?;
        }
        None => slipway.session.look_again(),
    }
    Ok(())
}

/// Starts Slipway's own engine; how it goes comes with the changes.
#[tauri::command]
pub async fn own_engine_start(slipway: State<'_, Slipway>) -> Result<(), Problem> {
    let alone = slipway.session.current().is_none();
    slipway.session.start_own().await?;
    // Where no other engine is in use the session takes this one, and so does the app's next start.
    if alone {
        keep_choice(&slipway, OWN)?;
    }
    Ok(())
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

fn keep_choice(slipway: &State<'_, Slipway>, id: &str) -> Result<(), Problem> {
    slipway
        .settings
        .change(|settings| settings.engine = Some(id.to_owned()))
        .map(|_| ())
        .map_err(|error| failed("The choice could not be saved", &error))
}
