//! A display that nobody sees, for tests of the real window.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::cache::say;
use crate::error::{During, LabError};
use crate::paths::Paths;
use crate::process::Recorded;
use crate::record::Record;

/// A private X server (`Xvfb`), ended on drop.
#[derive(Debug)]
pub struct Display {
    paths: Paths,
    folder: PathBuf,
    record: Record,
    server: Child,
    name: String,
}

impl Display {
    /// Starts one of `width` by `height` pixels on a free number.
    pub fn start(width: u32, height: u32) -> Result<Self, LabError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let paths = Paths::new()?;
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = paths.run.join(format!("x{}-{count}", std::process::id()));
        let server = Command::new("Xvfb")
            // Else it starts anew whenever its last client leaves, and throws out whoever comes just then.
            .args(["-noreset", "-displayfd", "1"])
            .args(["-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .during(|| "start Xvfb".to_owned())?;
        let mut record = Record::starting();
        record.processes = Recorded::of(server.id()).into_iter().collect();
        // From here on it ends with the value, whatever fails.
        let mut display = Self {
            paths,
            folder,
            record,
            server,
            name: String::new(),
        };
        display.record.write(&display.folder)?;
        let mut number = String::new();
        if let Some(stdout) = display.server.stdout.take() {
            // It writes the number once clients can connect.
            BufReader::new(stdout)
                .read_line(&mut number)
                .during(|| "ask Xvfb".to_owned())?;
        }
        if number.trim().is_empty() {
            return Err(LabError::CannotRun {
                what: "a display".to_owned(),
                why: "Xvfb ended at once".to_owned(),
            });
        }
        display.name = format!(":{}", number.trim());
        Ok(display)
    }

    /// The value for `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // A killed X server leaves its socket and its lock file, so it is asked first.
        for server in &self.record.processes {
            let _ = server.signal("TERM");
            let _ = server.wait_gone(Duration::from_secs(5));
        }
        if let Err(error) = self.record.end(&self.paths, &self.folder) {
            say(&format!("could not end a display: {error}"));
        }
        let _ = self.server.wait();
    }
}
