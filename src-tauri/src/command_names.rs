// The commands that the page may call; build.rs declares them to Tauri's access control, and a test
// holds this list against the handlers, the capability and the page's client.

/// Every Tauri command of the app.
pub const COMMANDS: &[&str] = &[
    "cancel",
    "check_port",
    "choose_engine",
    "image_facts",
    "inspect",
    "open_url",
    "own_engine_log",
    "own_engine_start",
    "own_engine_stop",
    "parse",
    "perform",
    "pick_file",
    "pick_folder",
    "preview_bounds",
    "preview_close",
    "preview_go",
    "preview_open",
    "preview_window",
    "probe",
    "render",
    "settings_save",
    "start_up",
    "stream_close",
    "stream_next",
    "stream_open",
    "run_install",
];
