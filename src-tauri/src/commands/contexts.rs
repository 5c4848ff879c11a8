//! A build's folder and its Dockerfile, before anything is built.

use std::path::PathBuf;

use slipway_engine::build::context::{
    self, ContextError, ContextLook, ContextPath, EditedIgnore, SourceCheck,
};
use slipway_engine::build::{Finding, buildkit};
use slipway_engine::problem::{Code, Problem};
use tauri::State;

use super::{aside, engine, failed};
use crate::state::Slipway;

/// What of a folder would be sent. A newer look ends an older one.
#[tauri::command]
pub async fn context_look(
    slipway: State<'_, Slipway>,
    folder: PathBuf,
    dockerfile: Option<PathBuf>,
    edited: Vec<EditedIgnore>,
) -> Result<ContextLook, Problem> {
    let cancel = slipway.looks.begin();
    aside(move || context::look(&folder, dockerfile.as_deref(), &edited, &cancel).map_err(unusable))
        .await
}

/// Files and folders of a build's folder whose paths begin so.
#[tauri::command]
pub async fn context_paths(
    folder: PathBuf,
    dockerfile: Option<PathBuf>,
    prefix: String,
) -> Result<Vec<ContextPath>, Problem> {
    aside(move || context::paths(&folder, dockerfile.as_deref(), &prefix).map_err(unusable)).await
}

/// Whether COPY would find each of these.
#[tauri::command]
pub async fn context_sources(
    folder: PathBuf,
    dockerfile: Option<PathBuf>,
    edited: Vec<EditedIgnore>,
    sources: Vec<String>,
) -> Result<Vec<SourceCheck>, Problem> {
    aside(move || {
        context::sources(&folder, dockerfile.as_deref(), &edited, &sources).map_err(unusable)
    })
    .await
}

/// The files of a folder that look like a Dockerfile, by name.
#[tauri::command]
pub async fn dockerfiles(folder: PathBuf) -> Result<Vec<String>, Problem> {
    aside(move || Ok(context::dockerfiles(&folder))).await
}

/// What BuildKit's own checks say of a Dockerfile; nothing where the engine has none. A newer question ends
/// an older one.
#[tauri::command]
pub async fn dockerfile_check(
    slipway: State<'_, Slipway>,
    text: String,
) -> Result<Vec<Finding>, Problem> {
    let (engine, gone) = engine(&slipway)?;
    let newer = slipway.checks.begin();
    let unchecked =
        |why: &dyn std::fmt::Display| failed("The engine did not check the Dockerfile", why);
    tokio::select! {
        biased;
        found = buildkit::check(&engine, &text) => found.map_err(|error| unchecked(&error)),
        () = newer.cancelled() => Err(unchecked(&"A newer text has taken its place.")),
        () = gone.cancelled() => Err(unchecked(&"It is not in use any more.")),
    }
}

fn unusable(error: ContextError) -> Problem {
    Problem::new(
        Code::Other,
        "This folder can’t be built from as it is",
        error.to_string(),
        "",
    )
}
