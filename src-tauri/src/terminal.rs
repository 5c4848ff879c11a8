//! The system's own terminal, for the few commands that must be read and answered outside Slipway:
//! installing an engine, which asks for a password.
//!
//! The programs that may be started are the fixed ones below. The page has no part in it: it cannot
//! name a program, and tauri-plugin-shell's own commands are not open to it.

use tauri::AppHandle;
use tauri_plugin_shell::ShellExt;

/// Terminal programs, in the order in which they are tried, with what stands before the command.
#[cfg(target_os = "linux")]
const TERMINALS: &[(&str, &[&str])] = &[
    ("x-terminal-emulator", &["-e"]),
    ("gnome-terminal", &["--"]),
    ("ptyxis", &["--new-window", "--"]),
    ("kgx", &["--"]),
    ("konsole", &["-e"]),
    ("xfce4-terminal", &["-x"]),
    ("kitty", &[]),
    ("alacritty", &["-e"]),
    ("foot", &[]),
    // It starts, and then ends without a window, where it finds no terminal: so it comes late.
    ("xdg-terminal-exec", &[]),
    ("xterm", &["-e"]),
];

/// Runs `command`, a line for the system's shell, in a terminal window that stays open afterwards.
///
/// # Errors
/// When no terminal program can be started.
#[cfg(target_os = "linux")]
pub fn run(app: &AppHandle, command: &str) -> Result<(), NoTerminal> {
    let stay = "printf '\\n%s\\n' 'This window can be closed.'; exec ${SHELL:-sh}";
    let script = format!("{command}\n{stay}");
    for (program, before) in TERMINALS {
        let arguments = before.iter().copied().chain(["sh", "-c", script.as_str()]);
        if app.shell().command(program).args(arguments).spawn().is_ok() {
            return Ok(());
        }
    }
    Err(NoTerminal)
}

/// Runs `command`, a line for the system's shell, in a terminal window that stays open afterwards.
///
/// # Errors
/// When no terminal program can be started.
#[cfg(target_os = "macos")]
pub fn run(app: &AppHandle, command: &str) -> Result<(), NoTerminal> {
    // AppleScript's strings know two escapes.
    let quoted = command.replace('\\', "\\\\").replace('"', "\\\"");
    let script =
        format!("tell application \"Terminal\"\nactivate\ndo script \"{quoted}\"\nend tell");
    let started = app
        .shell()
        .command("osascript")
        .args(["-e", script.as_str()])
        .spawn();
    started.map(|_| ()).map_err(|_| NoTerminal)
}

/// Runs `command`, a line for the system's shell, in a terminal window that stays open afterwards.
///
/// # Errors
/// When no terminal program can be started.
#[cfg(windows)]
pub fn run(app: &AppHandle, command: &str) -> Result<(), NoTerminal> {
    let started = app
        .shell()
        .command("cmd")
        .args(["/c", "start", "powershell", "-NoExit", "-Command", command])
        .spawn();
    started.map(|_| ()).map_err(|_| NoTerminal)
}

/// No terminal program answers.
#[derive(Debug, thiserror::Error)]
#[error("Slipway found no terminal program. Copy the command and run it in one of yours.")]
pub struct NoTerminal;
