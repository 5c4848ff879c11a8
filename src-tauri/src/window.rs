//! The main window.

use tauri::webview::DownloadEvent;
use tauri::window::Color;
use tauri::{App, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::ipc::{StartUp, StreamKind, Theme};
use crate::preview;

/// The label of the main window and of its webview, the only one with a capability.
pub const MAIN: &str = "main";

/// The size for which the screens are designed, in logical pixels.
const WIDTH: f64 = 1280.0;
const HEIGHT: f64 = 800.0;

/// What the page paints first (`--bg` in its tokens).
const LIGHT: Color = Color(0xf1, 0xf4, 0xf6, 0xff);
const DARK: Color = Color(0x0b, 0x10, 0x14, 0xff);

/// Makes the main window, which is not to be seen yet.
///
/// # Errors
/// When the system cannot make a window.
pub fn open(app: &App, start: &StartUp) -> tauri::Result<WebviewWindow> {
    let (width, height) = fitting(app)?;
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Slipway")
        .inner_size(width, height)
        .min_inner_size(640.0, 480.0)
        .visible(false)
        .devtools(cfg!(debug_assertions))
        .initialization_script(first_words(start)?)
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
        // Where a test drives the app the preview asks here, too.
        .on_download(|webview, download| {
            if let DownloadEvent::Requested { url, .. } = download {
                preview::may_not_save(webview.app_handle(), &url);
            }
            false
        })
        .build()
}

/// Shows the window in the colour that its page is about to have, so that nothing flashes.
///
/// # Errors
/// When the system refuses.
pub fn show(main: &WebviewWindow, theme: Theme) -> tauri::Result<()> {
    let dark = match theme {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::System => main.theme()? == tauri::Theme::Dark,
    };
    main.set_background_color(Some(if dark { DARK } else { LIGHT }))?;
    main.show()
}

/// What the page has before its own first line: what it would ask for otherwise and wait for (the page's
/// `ipc/told.ts`), and a theme that was chosen, which holds from the first picture on.
fn first_words(start: &StartUp) -> tauri::Result<String> {
    let theme = match start.settings.theme {
        Theme::System => "",
        Theme::Light => "document.documentElement?.setAttribute('data-theme', 'light');",
        Theme::Dark => "document.documentElement?.setAttribute('data-theme', 'dark');",
    };
    let start = serde_json::to_string(start)?;
    let changes = serde_json::to_string(&StreamKind::Changes)?;
    // The lists are asked for here, so that they come while the page's program is read.
    Ok(format!(
        "{theme}window.__SLIPWAY_START_UP__ = {start}; \
         {{ const {{ invoke }} = window.__TAURI_INTERNALS__; \
         window.__SLIPWAY_CHANGES__ = invoke('stream_open', {{ kind: {changes} }}) \
            .then((id) => ({{ id, first: invoke('stream_next', {{ id }}) }})); }}"
    ))
}

/// The size of the first window, in logical pixels: as designed, or all of a smaller screen.
fn fitting(app: &App) -> tauri::Result<(f64, f64)> {
    let Some(monitor) = app.primary_monitor()? else {
        return Ok((WIDTH, HEIGHT));
    };
    let screen = monitor.size().to_logical::<f64>(monitor.scale_factor());
    Ok((WIDTH.min(screen.width), HEIGHT.min(screen.height)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{DARK, LIGHT};

    #[test]
    fn the_window_has_the_colour_of_its_page() {
        let tokens = include_str!("../../ui/src/styles/tokens.css");
        let themes: Vec<&str> = tokens
            .split("--bg: ")
            .skip(1)
            .filter_map(|rest| rest.split(';').next())
            .collect();
        let hex =
            |color: tauri::window::Color| format!("#{:02x}{:02x}{:02x}", color.0, color.1, color.2);
        assert_eq!(themes, [hex(LIGHT), hex(DARK), hex(DARK)]);
    }
}
