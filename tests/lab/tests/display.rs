//! Displays are private and end with their value.
#![cfg(target_os = "linux")]

use std::error::Error;
use std::path::PathBuf;
use std::process::Command;

use slipway_lab::{Display, left_out};

#[test]
fn two_displays_stand_side_by_side_and_end() -> Result<(), Box<dyn Error>> {
    let first = match Display::start(800, 600) {
        Ok(display) => display,
        Err(error) => return Ok(left_out("displays", &error.to_string())?),
    };
    let second = Display::start(800, 600)?;
    assert_ne!(first.name(), second.name());
    let socket = |display: &Display| {
        PathBuf::from(format!(
            "/tmp/.X11-unix/X{}",
            display.name().trim_start_matches(':')
        ))
    };
    let (one, two) = (socket(&first), socket(&second));
    assert!(one.exists() && two.exists());
    drop(first);
    assert!(!one.exists(), "a dropped display must be gone");
    assert!(two.exists(), "and its neighbour must not");
    Ok(())
}

/// A display that began anew with each client would throw out whoever comes in that moment.
#[test]
fn it_stays_the_same_between_two_clients() -> Result<(), Box<dyn Error>> {
    let display = match Display::start(800, 600) {
        Ok(display) => display,
        Err(error) => return Ok(left_out("displays", &error.to_string())?),
    };
    let xprop = |words: &[&str]| {
        let output = Command::new("xprop")
            .args(["-display", display.name(), "-root"])
            .args(words)
            .output()?;
        Ok::<_, Box<dyn Error>>(String::from_utf8(output.stdout)?)
    };
    xprop(&["-format", "LEFT", "8s", "-set", "LEFT", "by the first"])?;
    assert!(xprop(&["LEFT"])?.contains("by the first"));
    Ok(())
}
