//! Actions: shown, read, performed, stopped; and what a dialog asks while one is filled in.

use std::net::IpAddr;
use std::path::PathBuf;

use slipway_action::{Action, InspectContainer, InspectImage, Protocol, Rendered, Shell};
use slipway_engine::model::{ImageFacts, Outcome, PortCheck, Progress};
use slipway_engine::perform::{Report, perform as perform_now, started_in};
use slipway_engine::problem::Problem;
use slipway_engine::{image, ports};
use tauri::State;

use super::{engine, failed, meant};
use crate::ipc::Inspected;
use crate::state::Slipway;

/// The command that an action is, and what is wrong with it.
#[tauri::command]
pub fn render(action: Action, shell: Shell) -> Rendered {
    action.render(shell)
}

/// Begins actions one after the other, on the engine in use, which must be the one that they were asked
/// of; answers their tasks. How they go comes with the changes. Relative paths begin at `folder`, or
/// where the app was started.
#[tauri::command]
pub fn perform(
    slipway: State<'_, Slipway>,
    actions: Vec<Action>,
    engine: &str,
    folder: Option<PathBuf>,
) -> Result<Vec<u64>, Problem> {
    let engine = meant(&slipway, engine)?;
    let folder = match folder {
        Some(folder) if folder.is_absolute() => folder,
        Some(_) => return Err(nowhere(&"The folder's path does not begin at the root.")),
        None => started_in(&actions).map_err(|error| nowhere(&error))?,
    };
    let shell = slipway.settings.get().shell;
    Ok(slipway.tasks.start(&engine, actions, &folder, shell))
}

fn nowhere(why: &dyn std::fmt::Display) -> Problem {
    failed("There is no folder to begin in, so nothing was sent", why)
}

/// Stops a task.
#[tauri::command]
pub fn cancel(slipway: State<'_, Slipway>, task: u64) {
    slipway.tasks.cancel(task);
}

/// All that the engine knows of one container or image, as a JSON text.
#[tauri::command]
pub async fn inspect(
    slipway: State<'_, Slipway>,
    kind: Inspected,
    id: String,
) -> Result<String, Problem> {
    let (engine, gone) = engine(&slipway)?;
    let action = match kind {
        Inspected::Container => Action::InspectContainer(InspectContainer {
            containers: vec![id],
            ..InspectContainer::default()
        }),
        Inspected::Image => Action::InspectImage(InspectImage {
            images: vec![id],
            ..InspectImage::default()
        }),
    };
    Ok(perform_now(&engine, &action, &Silent, &gone)
        .await?
        .text
        .unwrap_or_default())
}

/// What an image says of how it wants to be run.
#[tauri::command]
pub async fn image_facts(
    slipway: State<'_, Slipway>,
    reference: String,
) -> Result<ImageFacts, Problem> {
    let (engine, _) = engine(&slipway)?;
    image::image_facts(&engine, &reference).await
}

/// Whether a port of this computer can be published.
#[tauri::command]
pub async fn check_port(
    slipway: State<'_, Slipway>,
    address: Option<IpAddr>,
    port: u16,
    protocol: Protocol,
) -> Result<PortCheck, Problem> {
    let (engine, _) = engine(&slipway)?;
    Ok(ports::check_port(&engine, address, port, protocol).await)
}

/// An inspect is a question, not a task: nobody watches its progress and it is no line of the trail.
struct Silent;

impl Report for Silent {
    fn progress(&self, _progress: Progress) {}
    fn outcome(&self, _partial: Outcome) {}
    fn output(&self, _bytes: &[u8]) {}
}
