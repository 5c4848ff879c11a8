//! What the engine knows about a container that does not do what its user expects.

use slipway_action::{Action, HIDDEN};
use slipway_engine::problem::Problem;
use slipway_engine::problem::ended::how_it_ended as ended;
use slipway_engine::problem::page::why_no_page as no_page;
use tauri::State;

use super::engine;
use crate::state::Slipway;

/// How the program of a container ended; nothing where it has not, or where somebody stopped it.
#[tauri::command]
pub async fn how_it_ended(
    slipway: State<'_, Slipway>,
    container: String,
) -> Result<Option<Problem>, Problem> {
    let (engine, _) = engine(&slipway)?;
    let made_by = made_by(&slipway, &container);
    ended(&engine, &container, made_by.as_ref()).await
}

/// Why a port of a container that runs shows no page; nothing where no rule knows.
#[tauri::command]
pub async fn why_no_page(
    slipway: State<'_, Slipway>,
    container: String,
    port: u16,
) -> Result<Option<Problem>, Problem> {
    let (engine, _) = engine(&slipway)?;
    let made_by = made_by(&slipway, &container);
    // What is told names the container, and an id of 64 digits is no name.
    let name = name_of(&slipway, &container);
    let name = name.as_deref().unwrap_or(&container);
    Ok(no_page(&engine, name, port, made_by.as_ref()).await)
}

fn name_of(slipway: &State<'_, Slipway>, id: &str) -> Option<String> {
    slipway.hub.with_lists(|lists| {
        let row = lists.containers.iter().find(|row| row.id == id)?;
        Some(row.name.clone())
    })
}

/// The action of the trail that made a container. One whose secrets were hidden is of no use: what
/// would mend it is the same action made differently.
fn made_by(slipway: &State<'_, Slipway>, container: &str) -> Option<Action> {
    let tasks = slipway.hub.tasks();
    let made = |outcome: &Option<String>| outcome.as_deref() == Some(container);
    let task = tasks
        .into_iter()
        .rev()
        .find(|task| made(&task.outcome.id))?;
    (!task.command.line.contains(HIDDEN)).then_some(task.action)
}
