//! The renderer of the Linux webview.

/// Switches WebKitGTK's DMA-BUF renderer off, unless the environment already says something about it. Must
/// be called before the first thread is started: other threads may be reading the environment.
///
/// That renderer leaves blank windows with some drivers (tauri issues 9394 and 13885) and costs 60 MB
/// where there is no graphics card.
#[cfg(target_os = "linux")]
pub fn settle() {
    let overwrite = false;
    if let Err(error) = gtk::glib::setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1", overwrite) {
        tracing::warn!("the renderer stays as it is: {error}");
    }
}

/// The webviews of Windows and macOS need no such thing.
#[cfg(not(target_os = "linux"))]
pub fn settle() {}
