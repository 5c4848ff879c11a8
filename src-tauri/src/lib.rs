//! The app: windows, commands and state. Docker knowledge lies in `slipway-action` and `slipway-engine`.

mod command_names;
pub mod ipc;

/// Runs the app.
pub fn run() {
    let _ = command_names::COMMANDS;
    let _ = tauri::Builder::default().run(tauri::generate_context!());
}
