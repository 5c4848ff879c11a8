//! The files that the editor reads and writes.

use std::path::PathBuf;

use slipway_engine::problem::Problem;
use tauri::AppHandle;

use super::{aside, files};
use crate::ipc::{Saved, Stamp, TextFile};
use crate::texts::{self, Ends};

/// Reads a text file.
#[tauri::command]
pub async fn text_open(path: PathBuf) -> Result<TextFile, Problem> {
    aside(move || texts::open(&path)).await
}

/// Writes a file whole or not at all; with a stamp, only if it is still as it was.
#[tauri::command]
pub async fn text_save(
    path: PathBuf,
    text: String,
    crlf: bool,
    bom: bool,
    stamp: Option<Stamp>,
) -> Result<Saved, Problem> {
    aside(move || texts::save(&path, &text, Ends { crlf, bom }, stamp.as_ref())).await
}

/// Lets the user pick where a file goes, and writes it there.
#[tauri::command]
pub async fn text_save_as(
    app: AppHandle,
    folder: Option<PathBuf>,
    name: String,
    text: String,
    crlf: bool,
    bom: bool,
) -> Result<Saved, Problem> {
    let mut dialog = files::dialog(&app, "Save as").set_file_name(name);
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    match dialog.save_file().await {
        Some(picked) => {
            let path = picked.path().to_owned();
            aside(move || texts::save_new(&path, &text, Ends { crlf, bom })).await
        }
        None => Ok(Saved::NotPicked),
    }
}

/// How files are on disk.
#[tauri::command]
pub async fn text_stamps(paths: Vec<PathBuf>) -> Result<Vec<Option<Stamp>>, Problem> {
    aside(move || Ok(texts::stamps(&paths))).await
}
