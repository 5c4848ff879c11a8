//! The renderer of the Linux webview.

/// Starts this program again, in the same process, with WebKitGTK's DMA-BUF renderer switched off,
/// unless the environment already says something about it.
///
/// That renderer leaves blank windows with some drivers (tauri issues 9394 and 13885) and costs 60 MB
/// where there is no graphics card. The variable has to be there before the first thread: setting it in
/// a process that runs is unsafe in Rust, and taking its place is not.
#[cfg(target_os = "linux")]
pub fn settle() {
    use std::os::unix::process::CommandExt;

    const NAME: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(NAME).is_some() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        // Comes back only when it failed; the app then runs with the renderer as it is.
        let error = std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .env(NAME, "1")
            .exec();
        tracing::warn!("the renderer stays as it is: {error}");
    }
}

/// The webviews of Windows and macOS need no such thing.
#[cfg(not(target_os = "linux"))]
pub fn settle() {}
