//! `lab`: the lab from the command line, for `./dev lab`.

#[cfg(unix)]
mod command {
    use std::io::{self, Write};

    use slipway_lab::{Kind, Lab, LabError, shell};

    const USAGE: &str = "lab up | down | status | shell [docker20 | docker-newest | podman]";

    pub fn run(words: &[String]) -> Result<(), String> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            ["up"] => up().map_err(|error| error.to_string()),
            ["down"] => Lab::down().map_err(|error| error.to_string()),
            ["status"] => status().map_err(|error| error.to_string()),
            ["shell"] => open(Kind::Docker20).map_err(|error| error.to_string()),
            ["shell", kind] => match Kind::named(kind) {
                Some(kind) => open(kind).map_err(|error| error.to_string()),
                None => Err(format!(
                    "no kind of engine is called {kind}\nusage: {USAGE}"
                )),
            },
            _ => Err(format!("usage: {USAGE}")),
        }
    }

    fn up() -> Result<(), LabError> {
        let lab = Lab::up_with_all()?;
        for (kind, why) in lab.missing() {
            say(&format!("{kind} can't run here: {why}"));
        }
        status()
    }

    fn status() -> Result<(), LabError> {
        let running = Lab::status()?;
        if running.is_empty() {
            say("nothing runs");
        }
        for it in running {
            let state = if it.alive { "runs" } else { "ended" };
            say(&format!("{:<16} {state:<6} {}", it.name, it.address));
        }
        Ok(())
    }

    fn open(kind: Kind) -> Result<(), LabError> {
        let engine = Lab::up()?.shared(kind)?;
        say(&format!(
            "docker talks to {kind} in this shell; leave it with exit"
        ));
        shell(&engine)
    }

    /// A reader that went away (`lab status | head`) is no failure.
    fn say(line: &str) {
        let _ = writeln!(io::stdout(), "{line}");
    }
}

fn main() -> std::process::ExitCode {
    #[cfg(unix)]
    {
        let words: Vec<String> = std::env::args().skip(1).collect();
        if let Err(message) = command::run(&words) {
            eprintln!("lab: {message}");
            return std::process::ExitCode::FAILURE;
        }
        std::process::ExitCode::SUCCESS
    }
    #[cfg(not(unix))]
    {
        eprintln!("lab: it needs Linux");
        std::process::ExitCode::FAILURE
    }
}
