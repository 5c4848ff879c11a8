//! One running app at a time has the data: two would write over each other's drafts, builds and trail.
//!
//! A second start usually shows the first one's window. Where the system has no way to tell the first (on
//! Linux, a session without D-Bus), this keeps them apart.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::disk;

/// An app that was killed just now is still on its way out for so long.
const PATIENCE: Duration = Duration::from_secs(3);

/// Between two looks whether it has gone.
const LOOK: Duration = Duration::from_millis(50);

/// Claims the folder `data` as long as the file that is given back is open; `None` where another app has it.
/// It may wait a little: not for a thread that something else waits for.
///
/// # Errors
/// When the file system knows no such claims, or nothing can be written there.
pub fn claim(data: &Path) -> io::Result<Option<File>> {
    claim_within(data, PATIENCE)
}

/// Tells whoever started the app a second time where the first one is: nothing else would come up. Waits
/// until it was read.
pub fn say_that_it_runs() {
    const WHAT: &str = "Slipway is running already";
    const WHY: &str = "Only one Slipway at a time can use your settings and your trail, so this one ends. \
        This computer has no way to bring the other one’s window to the front: look for it among your windows.";
    eprintln!("{WHAT}. {WHY}");
    show(WHAT, WHY);
}

/// GTK's own: rfd's would be shown by another thread, and GTK belongs to this one.
#[cfg(target_os = "linux")]
fn show(what: &str, why: &str) {
    use gtk::prelude::{DialogExt, GtkWindowExt, MessageDialogExt};

    let message = gtk::MessageDialog::new(
        None::<&gtk::Window>,
        gtk::DialogFlags::MODAL,
        gtk::MessageType::Info,
        gtk::ButtonsType::Ok,
        what,
    );
    message.set_title(what);
    message.set_secondary_text(Some(why));
    message.run();
}

#[cfg(not(target_os = "linux"))]
fn show(what: &str, why: &str) {
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Info)
        .set_title(what)
        .set_description(format!("{what}\n\n{why}"))
        .show();
}

fn claim_within(data: &Path, patience: Duration) -> io::Result<Option<File>> {
    std::fs::create_dir_all(data)?;
    let mut options = disk::private();
    let options = options.write(true).create(true).truncate(false);
    let file = options.open(data.join("in-use"))?;
    let began = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if began.elapsed() < patience => {
                std::thread::sleep(LOOK);
            }
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn only_one_has_the_data_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("not/there/yet");
        let first = claim(&data).unwrap();
        assert!(first.is_some());
        assert!(claim_within(&data, Duration::ZERO).unwrap().is_none());
        // One that ends meanwhile is waited for.
        let second = std::thread::spawn({
            let data = data.clone();
            move || claim_within(&data, Duration::MAX).unwrap().is_some()
        });
        drop(first);
        assert!(second.join().unwrap());
        std::fs::remove_dir_all(&data).unwrap();
        std::fs::write(&data, "a file in its place").unwrap();
        assert!(claim(&data).is_err());
    }
}
