//! The preview inside the window on Windows and macOS: a child webview, placed by the system.

use tauri::webview::WebviewBuilder;
use tauri::{AppHandle, LogicalPosition, LogicalSize, Manager, Rect, Webview, WebviewWindow, Wry};

use super::{Preview, PreviewError};
use crate::ipc::Bounds;
use crate::window::MAIN;

/// Nothing to do: the system lays child webviews over each other.
///
/// # Errors
/// Never.
pub fn make_room(main: &WebviewWindow) -> tauri::Result<()> {
    main.state::<Preview>().found_room();
    Ok(())
}

/// Adds the preview over the main page.
pub(super) fn add(
    app: &AppHandle,
    builder: WebviewBuilder<Wry>,
    bounds: Bounds,
) -> Result<(), PreviewError> {
    let window = app.get_window(MAIN).ok_or(tauri::Error::WindowNotFound)?;
    window.add_child(
        builder,
        LogicalPosition::new(bounds.x, bounds.y),
        LogicalSize::new(bounds.width, bounds.height),
    )?;
    Ok(())
}

/// Moves the preview, or hides it.
pub(super) fn place(
    _app: &AppHandle,
    webview: &Webview,
    bounds: Option<Bounds>,
) -> Result<(), PreviewError> {
    match bounds {
        Some(bounds) => {
            webview.set_bounds(Rect {
                position: LogicalPosition::new(bounds.x, bounds.y).into(),
                size: LogicalSize::new(bounds.width, bounds.height).into(),
            })?;
            webview.show()?;
        }
        None => webview.hide()?,
    }
    Ok(())
}

/// Takes the preview away.
pub(super) fn remove(webview: &Webview) -> Result<(), PreviewError> {
    webview.close()?;
    Ok(())
}
