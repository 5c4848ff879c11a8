//! Things outside the window: files and folders to pick, pages to open in the browser.

use slipway_engine::problem::Problem;
use tauri::{AppHandle, Manager, Url, WebviewWindow};
use tauri_plugin_opener::OpenerExt;

use super::failed;
use crate::window::MAIN;

/// Lets the user pick a folder.
#[tauri::command]
pub async fn pick_folder(app: AppHandle, title: String) -> Option<String> {
    let picked = dialog(&app, &title).pick_folder().await?;
    Some(picked.path().to_string_lossy().into_owned())
}

/// Lets the user pick a file.
#[tauri::command]
pub async fn pick_file(app: AppHandle, title: String) -> Option<String> {
    let picked = dialog(&app, &title).pick_file().await?;
    Some(picked.path().to_string_lossy().into_owned())
}

/// Opens a web page in the browser.
#[tauri::command]
pub fn open_url(app: AppHandle, url: &str) -> Result<(), Problem> {
    let what = "The page was not opened";
    let parsed = Url::parse(url).map_err(|error| failed(what, &error))?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(failed(what, &"Slipway opens http and https pages only."));
    }
    app.opener()
        .open_url(parsed, None::<&str>)
        .map_err(|error| failed(what, &error))
}

/// A dialog of the system's, over the main window.
pub(super) fn dialog(app: &AppHandle, title: &str) -> rfd::AsyncFileDialog {
    let dialog = rfd::AsyncFileDialog::new().set_title(title);
    match app.get_webview_window(MAIN) {
        Some(window) => with_parent(dialog, &window),
        None => dialog,
    }
}

fn with_parent(dialog: rfd::AsyncFileDialog, window: &WebviewWindow) -> rfd::AsyncFileDialog {
    dialog.set_parent(window)
}
