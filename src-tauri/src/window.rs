//! The main window.

use tauri::{App, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// The label of the main window and of its webview, the only one with a capability.
pub const MAIN: &str = "main";

/// The size for which the screens are designed, in logical pixels.
const WIDTH: f64 = 1280.0;
const HEIGHT: f64 = 800.0;

/// Makes the main window, hidden until its page has painted, so that nothing flashes.
///
/// # Errors
/// When the system cannot make a window.
pub fn open(app: &App) -> tauri::Result<WebviewWindow> {
    let (width, height) = fitting(app)?;
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Slipway")
        .inner_size(width, height)
        .min_inner_size(640.0, 480.0)
        .devtools(cfg!(debug_assertions))
        // The app's own page and nothing else, whatever a link in it says.
        .on_navigation(|url| {
            let own = url.scheme() == "tauri"
                || url.host_str() == Some("tauri.localhost")
                || (cfg!(dev) && url.host_str() == Some("localhost"));
            if !own {
                tracing::warn!("the main page may not go to {url}");
            }
            own
        })
        .build()
}

/// The size of the first window, in logical pixels: as designed, or all of a smaller screen.
fn fitting(app: &App) -> tauri::Result<(f64, f64)> {
    let Some(monitor) = app.primary_monitor()? else {
        return Ok((WIDTH, HEIGHT));
    };
    let screen = monitor.size().to_logical::<f64>(monitor.scale_factor());
    Ok((WIDTH.min(screen.width), HEIGHT.min(screen.height)))
}
