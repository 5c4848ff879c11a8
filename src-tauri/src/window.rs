//! The main window.

use tauri::{App, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// The label of the main window and of its webview, the only one with a capability.
pub const MAIN: &str = "main";

/// Makes the main window, hidden until its page has painted, so that nothing flashes.
///
/// # Errors
/// When the system cannot make a window.
pub fn open(app: &App) -> tauri::Result<WebviewWindow> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Slipway")
        .inner_size(1280.0, 800.0)
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
