//! Things outside the window: files and folders to pick, pages to open in the browser.

use slipway_engine::problem::Problem;
use tauri::{AppHandle, Manager, Url, WebviewWindow};
use tauri_plugin_opener::OpenerExt;

use super::failed;
use crate::window::MAIN;

/// Lets the user pick a folder.
#[tauri::command]
pub async fn pick_folder(app: AppHandle, title: String) -> Result<Option<String>, Problem> {
    picked(dialog(&app, &title).pick_folder().await)
}

/// Lets the user pick a file.
#[tauri::command]
pub async fn pick_file(app: AppHandle, title: String) -> Result<Option<String>, Problem> {
    picked(dialog(&app, &title).pick_file().await)
}

/// The path of what was picked, which the page can only name if it is text.
fn picked(picked: Option<rfd::FileHandle>) -> Result<Option<String>, Problem> {
    let path = picked.map(|picked| picked.path().to_owned());
    path.map(|path| path.into_os_string().into_string())
        .transpose()
        .map_err(|name| Problem {
            todo: "Give it another name, or pick another one.".to_owned(),
            ..failed(
                &format!("“{}” cannot be used", name.to_string_lossy()),
                &"Its name, or that of a folder above it, is not UTF-8.",
            )
        })
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
