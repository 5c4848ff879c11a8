//! The system's dialogs for files and folders, which the driver cannot see: hands fill them in.

use std::path::Path;

use slipway_lab::wait_until;

use crate::app::{App, PATIENCE};
use crate::desktop::{windows, xdotool};

impl App {
    /// Types a path into the system's dialog with this title, once it is there, and waits until it is gone.
    pub fn pick(&self, title: &str, path: &Path) {
        let named = format!("^{title}$");
        let find = || windows(self.display(), &["--onlyvisible", "--name", &named]);
        let hands = |words: &[&str]| xdotool(self.display(), words);
        let dialog = wait_until(PATIENCE, "the system’s dialog", || find().pop()).unwrap();
        hands(&["windowfocus", "--sync", &dialog]);
        // Where a name is proposed it is replaced; elsewhere a typed slash opens a field for the path.
        hands(&["key", "ctrl+a"]);
        hands(&["type", "--delay", "20", &path.display().to_string()]);
        // What the dialog completes by itself, it selects.
        hands(&["key", "Delete"]);
        hands(&["key", "Return"]);
        wait_until(PATIENCE, "the dialog to go", || {
            find().is_empty().then_some(())
        })
        .unwrap();
    }
}
