//! The page that a container serves, in a webview of its own.
//!
//! Whoever reaches `perform` is root on the engine's computer, so that webview has no capability, keeps
//! its data to itself, opens nothing, downloads nothing, is granted nothing, and stays on the
//! address that it was opened for.

mod address;
mod news;
#[cfg_attr(target_os = "linux", path = "overlay_gtk.rs")]
#[cfg_attr(not(target_os = "linux"), path = "overlay_child.rs")]
mod overlay;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use tauri::webview::{DownloadEvent, NewWindowResponse, PermissionResponse, WebviewBuilder};
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindowBuilder};

use crate::hub::lock;
use crate::ipc::{Bounds, PreviewStep, RefusedKind};
pub use address::{Origin, RefusedAddress};
use news::News;
pub use news::PreviewReader;
pub use overlay::make_room;

/// The preview's label inside the main window; no capability names it.
const INSIDE: &str = "preview";

/// The label of the preview in its own window; no capability names it.
const WINDOW: &str = "preview-window";

/// The open preview.
#[derive(Debug, Default)]
pub struct Preview {
    /// Where it came from; navigation stays there.
    inside: Mutex<Option<Origin>>,
    /// Whether the window has room for it; where it has none, it has its own window only.
    room: AtomicBool,
    /// What it does, for whoever follows it.
    news: News,
}

impl Preview {
    /// Whether it can be laid into the main window.
    pub fn has_room(&self) -> bool {
        self.room.load(Ordering::Relaxed)
    }

    /// Follows what it does, from now on.
    pub fn reader(&self) -> PreviewReader {
        self.news.reader()
    }

    fn found_room(&self) {
        self.room.store(true, Ordering::Relaxed);
    }
}

/// Shows `url` inside the main window at `bounds`; one that is open goes to `url`.
///
/// # Errors
/// When `url` is not a page on this computer, or the webview cannot be made.
pub fn open(app: &AppHandle, url: &str, bounds: Bounds) -> Result<(), PreviewError> {
    let (origin, url) = Origin::of(url)?;
    let same_place = lock(&app.state::<Preview>().inside)
        .as_ref()
        .is_some_and(|open| open.holds(&url));
    if let Some(webview) = app.get_webview(INSIDE) {
        if same_place {
            webview.navigate(url)?;
            return overlay::place(app, &webview, Some(bounds));
        }
        close(app)?;
    }
    *lock(&app.state::<Preview>().inside) = Some(origin.clone());
    let preview = app.state::<Preview>();
    preview.news.clear();
    let [shown, elsewhere, opened] = [(); 3].map(|()| preview.news.clone());
    let builder = WebviewBuilder::new(INSIDE, WebviewUrl::External(url))
        .incognito(!is_driven())
        .devtools(false)
        .on_page_load(move |_, load| shown.shows(load.url()))
        .on_navigation(move |to| {
            let stays = origin.holds(to);
            if !stays {
                elsewhere.refused(RefusedKind::Elsewhere, to);
            }
            stays
        })
        .on_new_window(move |to, _| {
            opened.refused(RefusedKind::Window, &to);
            NewWindowResponse::Deny
        })
        .on_download(|webview, download| {
            if let DownloadEvent::Requested { url, .. } = download {
                may_not_save(webview.app_handle(), &url);
            }
            false
        })
        .on_permission_request(|_, _| PermissionResponse::Deny);
    overlay::add(app, builder, bounds)
}

/// A page wanted to save what is at `url`, and may not.
pub fn may_not_save(app: &AppHandle, url: &Url) {
    let preview = app.state::<Preview>();
    preview.news.refused(RefusedKind::Download, url);
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
    let preview = app.state::<Preview>();
    *lock(&preview.inside) = None;
    preview.news.clear();
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
