//! Tests that this machine can't run: said, counted, and an error where everything must run.

use std::fs::OpenOptions;
use std::io::Write;

use crate::cache::say;
use crate::error::LabError;

/// Says that the running test leaves something out, and counts it.
///
/// The count is kept in the file that the variable `SLIPWAY_LEFT_OUT` names, a line for each test;
/// `./dev test` reports it as skipped. With `CI=true` it is an error, because there the machine is made
/// for the tests: nothing may be left out unseen.
pub fn left_out(what: &str, why: &str) -> Result<(), LabError> {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    say(&format!("{test} leaves out {what}: {why}"));
    if std::env::var("CI").is_ok_and(|value| value == "true") {
        return Err(LabError::CannotRun {
            what: what.to_owned(),
            why: why.to_owned(),
        });
    }
    if let Some(path) = std::env::var_os("SLIPWAY_LEFT_OUT") {
        let program = std::env::current_exe().unwrap_or_default();
        let line = format!("{}::{test}\t{what}: {why}\n", program.display());
        let file = OpenOptions::new().create(true).append(true).open(path);
        // One write of a short line is not torn by other processes that append.
        let written = file.and_then(|mut file| file.write_all(line.as_bytes()));
        written.map_err(|source| LabError::Io {
            what: "count what is left out".into(),
            source,
        })?;
    }
    Ok(())
}
