//! The builds and what they printed.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::sync::Arc;

use slipway_engine::problem::Problem;
use tauri::{AppHandle, State};

use super::{aside, failed, files};
use crate::builds::{self, Builds, Record};
use crate::ipc::{BuildWhole, LogHit};
use crate::state::Slipway;
use crate::texts;

/// Lines in one answer at most.
const LINES: u32 = 5_000;

/// A build with its steps, as it is.
#[tauri::command]
pub async fn build(slipway: State<'_, Slipway>, build: u64) -> Result<BuildWhole, Problem> {
    let record = found(Arc::clone(&slipway.builds), build).await?;
    Ok(record.whole().0)
}

/// Lines of what a step printed; fewer than were asked for where they are very long.
#[tauri::command]
pub async fn build_lines(
    slipway: State<'_, Slipway>,
    build: u64,
    step: u32,
    from: u32,
    count: u32,
) -> Result<Vec<String>, Problem> {
    let record = found(Arc::clone(&slipway.builds), build).await?;
    aside(move || {
        let count = count.min(LINES) as usize;
        let lines = record.log().lines(step, from as usize, count);
        let lines = lines.map_err(|error| unreadable(&error))?;
        let text = |line: Vec<u8>| String::from_utf8_lossy(&line).into_owned();
        Ok(lines.into_iter().map(text).collect())
    })
    .await
}

/// Where a build's log has a text.
#[tauri::command]
pub async fn build_find(
    slipway: State<'_, Slipway>,
    build: u64,
    step: Option<u32>,
    text: String,
) -> Result<Vec<LogHit>, Problem> {
    let record = found(Arc::clone(&slipway.builds), build).await?;
    aside(move || builds::find(&record, step, &text).map_err(|error| unreadable(&error))).await
}

/// What a step printed, or all of them, as plain text for the clipboard.
#[tauri::command]
pub async fn build_text(
    slipway: State<'_, Slipway>,
    build: u64,
    step: Option<u32>,
) -> Result<String, Problem> {
    let record = found(Arc::clone(&slipway.builds), build).await?;
    aside(move || builds::clipboard(&record, step).map_err(|error| unreadable(&error))).await
}

/// Saves what a step printed, or all of them, in a file that the user picks; answers its path.
#[tauri::command]
pub async fn build_save(
    app: AppHandle,
    slipway: State<'_, Slipway>,
    build: u64,
    step: Option<u32>,
) -> Result<Option<String>, Problem> {
    let record = found(Arc::clone(&slipway.builds), build).await?;
    let picked = files::dialog(&app, "Save the log")
        .set_file_name(format!("build-{build}.log"))
        .save_file()
        .await;
    let Some(picked) = picked else {
        return Ok(None);
    };
    let path = picked.path().to_owned();
    aside(move || {
        texts::write_new(&path, |file| {
            let mut file = BufWriter::new(file);
            builds::write_all(&record, step, &mut file)?;
            file.flush()
        })?;
        Ok(Some(path.to_string_lossy().into_owned()))
    })
    .await
}

/// Forgets builds that have ended, with their logs.
#[tauri::command]
pub async fn builds_forget(slipway: State<'_, Slipway>, builds: Vec<u64>) -> Result<(), Problem> {
    let known = Arc::clone(&slipway.builds);
    aside(move || {
        let forgotten = known.forget(&builds);
        forgotten.map_err(|error| failed("Not every build could be forgotten", &error))
    })
    .await
}

/// A build that is known; its file is read where it is not in memory.
pub(super) async fn found(builds: Arc<Builds>, id: u64) -> Result<Arc<Record>, Problem> {
    aside(move || {
        builds.get(id).map_err(|error| match error.kind() {
            ErrorKind::NotFound => failed(
                "The build is not known",
                &"It was forgotten: Slipway keeps the newest builds only.",
            ),
            _ => failed("The build cannot be read", &error),
        })
    })
    .await
}

fn unreadable(error: &io::Error) -> Problem {
    failed("The log cannot be read", error)
}
