//! A display that nobody sees, for tests of the real window.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::error::{During, LabError};

/// A private X server (`Xvfb`), ended on drop.
#[derive(Debug)]
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// Starts one of `width` by `height` pixels on a free number.
    pub fn start(width: u32, height: u32) -> Result<Self, LabError> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .during(|| "start Xvfb".to_owned())?;
        let mut number = String::new();
        if let Some(stdout) = server.stdout.take() {
            // It writes the number once clients can connect.
            BufReader::new(stdout)
                .read_line(&mut number)
                .during(|| "ask Xvfb".to_owned())?;
        }
        let display = Self {
            server,
            name: format!(":{}", number.trim()),
        };
        if display.name == ":" {
            return Err(LabError::CannotRun {
                what: "a display".to_owned(),
                why: "Xvfb ended at once".to_owned(),
            });
        }
        Ok(display)
    }

    /// The value for `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
