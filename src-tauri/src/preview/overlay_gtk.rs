//! The preview inside the window on Linux: GTK lays it over the main page.
//!
//! Tauri packs a second webview below the first one in the window's box, whatever place it is given
//! (tauri issues 10420 and 11376). So the main page is put into a `gtk::Overlay` when the window is made,
//! and the preview becomes that overlay's second layer. The overlay asks where: left to itself, it would
//! make a webview as large as what is in it. GTK's objects belong to the main thread and never leave it:
//! `with_webview` runs there, and so do these thread-locals.

use std::cell::{Cell, RefCell};

use gtk::OverlaySignals;
use gtk::prelude::{BoxExt, Cast, ContainerExt, OverlayExt, WidgetExt};
use tauri::webview::{PlatformWebview, WebviewBuilder};
use tauri::{AppHandle, LogicalPosition, LogicalSize, Manager, Webview, WebviewWindow, Wry};

use super::{Preview, PreviewError};
use crate::ipc::Bounds;
use crate::window::MAIN;

thread_local! {
    static OVERLAY: RefCell<Option<gtk::Overlay>> = const { RefCell::new(None) };
    static PLACE: Cell<Option<Bounds>> = const { Cell::new(None) };
}

/// Puts the main page into an overlay, so that a preview can be laid over it, and notes that it can.
///
/// # Errors
/// When the window refuses.
pub fn make_room(main: &WebviewWindow) -> tauri::Result<()> {
    let app = main.app_handle().clone();
    main.with_webview(move |platform| {
        let page = platform.inner();
        let Some(parent) = page
            .parent()
            .and_then(|parent| parent.downcast::<gtk::Box>().ok())
        else {
            tracing::warn!("the window is not laid out as expected: the preview gets a window");
            return;
        };
        let overlay = gtk::Overlay::new();
        parent.remove(&page);
        overlay.add(&page);
        overlay.connect_get_child_position(|_, _| PLACE.get().map(rectangle));
        parent.pack_start(&overlay, true, true, 0);
        overlay.show_all();
        OVERLAY.with_borrow_mut(|slot| *slot = Some(overlay));
        app.state::<Preview>().found_room();
    })
}

/// Adds the preview as a layer over the main page.
pub(super) fn add(
    app: &AppHandle,
    builder: WebviewBuilder<Wry>,
    bounds: Bounds,
) -> Result<(), PreviewError> {
    let window = app.get_window(MAIN).ok_or(tauri::Error::WindowNotFound)?;
    let webview = window.add_child(
        builder,
        LogicalPosition::new(bounds.x, bounds.y),
        LogicalSize::new(bounds.width, bounds.height),
    )?;
    webview.with_webview(move |platform| {
        let page = platform.inner();
        OVERLAY.with_borrow(|overlay| {
            let Some(overlay) = overlay else { return };
            if let Some(parent) = page
                .parent()
                .and_then(|parent| parent.downcast::<gtk::Container>().ok())
            {
                parent.remove(&page);
            }
            lay(&platform, bounds);
            overlay.add_overlay(&page);
            page.show();
        });
    })?;
    Ok(())
}

/// Moves the preview, or hides it.
pub(super) fn place(
    _app: &AppHandle,
    webview: &Webview,
    bounds: Option<Bounds>,
) -> Result<(), PreviewError> {
    webview.with_webview(move |platform| match bounds {
        Some(bounds) => {
            lay(&platform, bounds);
            platform.inner().show();
        }
        None => platform.inner().hide(),
    })?;
    Ok(())
}

/// Takes the preview away.
pub(super) fn remove(webview: &Webview) -> Result<(), PreviewError> {
    webview.with_webview(|platform| {
        let page = platform.inner();
        if let Some(parent) = page
            .parent()
            .and_then(|parent| parent.downcast::<gtk::Container>().ok())
        {
            parent.remove(&page);
        }
    })?;
    webview.close()?;
    Ok(())
}

/// Has the overlay lay the preview there.
fn lay(platform: &PlatformWebview, bounds: Bounds) {
    PLACE.set(Some(bounds));
    platform.inner().queue_resize();
}

/// CSS pixels are GTK's own: both are counted before the screen's scale factor.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a window is smaller than 2^31 pixels"
)]
fn rectangle(bounds: Bounds) -> gtk::Rectangle {
    let [x, y, width, height] =
        [bounds.x, bounds.y, bounds.width, bounds.height].map(|length| length.round() as i32);
    gtk::Rectangle::new(x, y, width, height)
}
