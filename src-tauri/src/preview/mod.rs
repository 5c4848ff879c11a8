//! The page that a container serves, in a webview of its own.
//!
//! Whoever reaches `perform` is root on the engine's computer, so that webview has no capability, keeps
//! its data to itself, opens nothing, downloads nothing, is granted nothing, and stays on the
//! address that it was opened for.

mod address;
#[cfg_attr(target_os = "linux", path = "overlay_gtk.rs")]
#[cfg_attr(not(target_os = "linux"), path = "overlay_child.rs")]
mod overlay;

use std::sync::Mutex;

use tauri::webview::{NewWindowResponse, PermissionResponse, WebviewBuilder};
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

use crate::hub::lock;
use crate::ipc::{Bounds, PreviewStep};
pub use address::{Origin, RefusedAddress};
pub use overlay::make_room;

/// The preview's label inside the main window; no capability names it.
const INSIDE: &str = "preview";

/// The label of the preview in its own window; no capability names it.
const WINDOW: &str = "preview-window";

/// Where the open preview came from; navigation stays there.
#[derive(Debug, Default)]
pub struct Preview {
    inside: Mutex<Option<Origin>>,
}

/// Shows `url` inside the main window at `bounds`; one that is open goes to `url`.
///
/// # Errors
/// When `url` is not a page on this computer, or the webview cannot be made.
pub fn open(app: &AppHandle, url: &str, bounds: Bounds) -> Result<(), PreviewError> {
    let (origin, url) = Origin::of(url)?;
    let same_place = lock(&app.state::<Preview>().inside).as_ref() == Some(&origin);
    if let Some(webview) = app.get_webview(INSIDE) {
        if same_place {
            webview.navigate(url)?;
            return overlay::place(app, &webview, Some(bounds));
        }
        close(app)?;
    }
    *lock(&app.state::<Preview>().inside) = Some(origin.clone());
    let builder = WebviewBuilder::new(INSIDE, WebviewUrl::External(url))
        .incognito(!is_driven())
        .devtools(false)
        .on_navigation(move |to| origin.holds(to))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny);
    overlay::add(app, builder, bounds)
}

/// Moves the preview, or hides it (`None`) while a dialog lies over its place.
///
/// # Errors
/// When the window refuses.
pub fn place(app: &AppHandle, bounds: Option<Bounds>) -> Result<(), PreviewError> {
    match app.get_webview(INSIDE) {
        Some(webview) => overlay::place(app, &webview, bounds),
        None => Ok(()),
    }
}

/// Goes a page back or on, or loads the page again.
///
/// # Errors
/// When the webview refuses.
pub fn go(app: &AppHandle, step: PreviewStep) -> Result<(), PreviewError> {
    let Some(webview) = app.get_webview(INSIDE) else {
        return Ok(());
    };
    match step {
        PreviewStep::Back => webview.eval("history.back()")?,
        PreviewStep::Forward => webview.eval("history.forward()")?,
        PreviewStep::Reload => webview.reload()?,
    }
    Ok(())
}

/// Takes the preview out of the main window.
///
/// # Errors
/// When the webview refuses.
pub fn close(app: &AppHandle) -> Result<(), PreviewError> {
    *lock(&app.state::<Preview>().inside) = None;
    if let Some(webview) = app.get_webview(INSIDE) {
        overlay::remove(&webview)?;
    }
    Ok(())
}

/// Shows `url` in a window of its own.
///
/// # Errors
/// When `url` is not a page on this computer, or the window cannot be made.
pub fn open_window(app: &AppHandle, url: &str) -> Result<(), PreviewError> {
    let (origin, url) = Origin::of(url)?;
    if let Some(old) = app.get_webview_window(WINDOW) {
        old.destroy()?;
    }
    let title = format!("{url} - Slipway");
    WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::External(url))
        .title(title)
        .inner_size(960.0, 720.0)
        .incognito(!is_driven())
        .devtools(false)
        .on_navigation(move |to| origin.holds(to))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .build()?;
    Ok(())
}

/// Whether a test drives the app. WebKit lets a driver see one web context only, so the preview then
/// shares the main page's; it has no more rights for that.
fn is_driven() -> bool {
    std::env::var("TAURI_WEBVIEW_AUTOMATION").as_deref() == Ok("true")
}

/// Why a page cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The address is not one that is shown here.
    #[error(transparent)]
    Address(#[from] RefusedAddress),
    /// The window or its webview refused.
    #[error("the window could not show it: {0}")]
    Window(#[from] tauri::Error),
}
