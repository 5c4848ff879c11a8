//! How a container's program ended, told to a person: that it did its job, that it had no terminal,
//! what kept it from running.

use std::time::Duration;

use serde::Deserialize;
use slipway_action::{Action, Start};
use tokio_util::sync::CancellationToken;

use crate::call::container;
use crate::connect::Engine;
use crate::image::{Words, wants_terminal};
use crate::problem::explain::{self, Subject, cleaned, shown};
use crate::problem::failure::Failure;
use crate::problem::{Code, Fix, Problem, mend};
use crate::stream::output::{OutputPiece, output};

/// So many of the last lines are looked at.
const LAST_LINES: u32 = 20;
/// They are read for no longer than this: an engine that can't give them must not hold up the answer.
const OUTPUT_LIMIT: Duration = Duration::from_secs(5);
/// No more of them is read.
const MOST_OUTPUT: usize = 64 * 1024;

/// A container as `GET /containers/NAME/json` shows it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inspected {
    name: Option<String>,
    state: Option<State>,
    config: Option<Config>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct State {
    status: String,
    exit_code: i64,
    #[serde(rename = "OOMKilled")]
    out_of_memory: bool,
    error: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Config {
    image: String,
    tty: bool,
    entrypoint: Option<Words>,
    cmd: Option<Words>,
}

/// What is known of the end.
#[derive(Debug, Default)]
struct End {
    container: String,
    image: String,
    exit_code: i64,
    out_of_memory: bool,
    tty: bool,
    command: Vec<String>,
    last_lines: String,
}

/// Tells how the program of a container ended; `None` where it has not ended, or was asked to end.
/// `made_by` is the action that made the container, where that is known: what mends it is the same
/// action made differently.
///
/// # Errors
/// The engine can't be asked.
pub async fn how_it_ended(
    engine: &Engine,
    name: &str,
    made_by: Option<&Action>,
) -> Result<Option<Problem>, Problem> {
    let asked = async {
        engine
            .get_json::<Inspected>(&container(name, "/json")?)
            .await
    };
    let found = asked
        .await
        .map_err(|error| explain::about_container(name, &error))?;
    let state = found.state.unwrap_or_default();
    let config = found.config.unwrap_or_default();
    if !state.error.is_empty() && matches!(state.status.as_str(), "created" | "exited" | "stopped")
    {
        let subject = Subject::NewContainer {
            image: &config.image,
        };
        return Ok(Some(explain::plain(&Failure::Said(state.error), subject)));
    }
    if !matches!(state.status.as_str(), "exited" | "stopped" | "dead") {
        return Ok(None);
    }
    let full = found.name.as_deref().unwrap_or(name);
    let words = [config.entrypoint, config.cmd];
    let end = End {
        container: full.trim_start_matches('/').to_owned(),
        image: config.image,
        exit_code: state.exit_code,
        out_of_memory: state.out_of_memory,
        tty: config.tty,
        command: words.into_iter().flatten().flat_map(Words::list).collect(),
        last_lines: last_lines(engine, name).await,
    };
    Ok(end.told(made_by))
}

/// The end of what it printed; empty where the engine keeps no log of it.
async fn last_lines(engine: &Engine, name: &str) -> String {
    let reading = async {
        let mut bytes = Vec::new();
        let Ok(mut stream) = output(engine, name, LAST_LINES, CancellationToken::new()).await
        else {
            return bytes;
        };
        while let Some(OutputPiece::Bytes(some)) = stream.next().await {
            bytes.extend_from_slice(&some);
            if bytes.len() >= MOST_OUTPUT {
                break;
            }
        }
        bytes
    };
    let bytes = tokio::time::timeout(OUTPUT_LIMIT, reading).await;
    cleaned(String::from_utf8_lossy(&bytes.unwrap_or_default()).trim_end())
}

impl End {
    fn told(self, made_by: Option<&Action>) -> Option<Problem> {
        let problem = match self.exit_code {
            _ if self.out_of_memory => out_of_memory(),
            0 if !self.tty && wants_terminal(&self.command) => self.no_terminal(made_by),
            0 => self.did_its_job(),
            // SIGINT, SIGKILL and SIGTERM: somebody asked for it.
            130 | 137 | 143 => return None,
            _ if self.last_lines.contains("exec format error") => self.other_processor(),
            126 => not_startable(),
            127 => not_found(),
            code => failed(code),
        };
        Some(problem.with_detail(self.last_lines))
    }

    fn did_its_job(&self) -> Problem {
        let start = Action::Start(Start {
            attach: true,
            containers: vec![self.container.clone()],
            ..Start::default()
        });
        Problem::new(
            Code::DidItsJob,
            "It did its job",
            "The program ended without an error (exit 0). A container stops when its program ends.",
            "Look at its output. Start it again to run the program once more.",
        )
        .with_fix(Fix::new("Run it once more", vec![start]))
    }

    fn no_terminal(&self, made_by: Option<&Action>) -> Problem {
        let program = self.command.first().map(String::as_str).unwrap_or_default();
        let problem = Problem::new(
            Code::NoTerminal,
            "It ended at once, because it had no terminal",
            format!(
                "The program {} waits for what is typed. Without a terminal there was nothing to read, so it ended.",
                shown(program)
            ),
            "Run it with an open input and a terminal: the flags -i and -t, together -it.",
        );
        let again = made_by.and_then(|action| {
            mend::with_options(action, |options| {
                options.interactive = true;
                options.tty = true;
            })
        });
        let Some(again) = again else { return problem };
        let removes_itself = mend::container_options(&again).is_some_and(|options| options.rm);
        let mut actions = Vec::new();
        if !removes_itself {
            actions.push(mend::remove(&self.container));
        }
        actions.push(again);
        problem.with_fix(Fix::new("Run it again with a terminal", actions))
    }

    fn other_processor(&self) -> Problem {
        Problem::new(
            Code::NoSuchPlatform,
            "The program is not made for this kind of computer",
            format!(
                "The engine’s computer can’t read the program of {}: it is made for another kind of processor, \
                 or it is a script whose first line does not name its interpreter.",
                shown(&self.image)
            ),
            "Choose an image for this kind of processor. A script begins with a line such as #!/bin/sh.",
        )
    }
}

fn out_of_memory() -> Problem {
    Problem::new(
        Code::OutOfMemory,
        "It needed more memory than it may use",
        "The system ended the program when it went over its limit of memory.",
        "Give it more memory, or let the program do less at once.",
    )
}

fn not_startable() -> Problem {
    Problem::new(
        Code::ProgramFailed,
        "A program in it can’t be started",
        "It ended with exit code 126: a file that should be started is a folder, or not marked as a program.",
        "Check the command, and the permissions of the file.",
    )
}

fn not_found() -> Problem {
    Problem::new(
        Code::NoSuchProgram,
        "A command was not found in it",
        "It ended with exit code 127: a shell in the container was told to start a program that is not there.",
        "Check the spelling of the command, or install the program in the image.",
    )
}

fn failed(code: i64) -> Problem {
    Problem::new(
        Code::ProgramFailed,
        "The program ended with an error",
        format!("It ended with exit code {code}. What that means is up to the program."),
        "The last lines of its output usually say why.",
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn every_end_is_told() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let rows = [
            (0, false, "/hello", "Hello", Some(Code::DidItsJob)),
            (0, false, "/bin/bash", "", Some(Code::NoTerminal)),
            (0, true, "/bin/bash", "", Some(Code::DidItsJob)),
            (0, false, "bash -c ls", "a", Some(Code::DidItsJob)),
            (
                1,
                false,
                "/x",
                "exec /x: exec format error",
                Some(Code::NoSuchPlatform),
            ),
            (
                127,
                false,
                "sh -c x",
                "sh: 1: x: not found",
                Some(Code::NoSuchProgram),
            ),
            (126, false, "sh -c /etc", "", Some(Code::ProgramFailed)),
            (3, false, "/x", "boom", Some(Code::ProgramFailed)),
            (137, false, "/x", "", None),
            (143, false, "/x", "", None),
        ];
        for (exit_code, tty, command, last_lines, code) in rows {
            let end = End {
                exit_code,
                tty,
                command: words(command),
                last_lines: last_lines.to_owned(),
                ..End::default()
            };
            let told = end.told(None);
            assert_eq!(
                told.as_ref().map(|it| it.code),
                code,
                "{exit_code} {command}"
            );
            let detail = told.map(|it| it.detail).unwrap_or_default();
            assert!(code.is_none() || detail == last_lines, "{command}");
        }
        let killed = End {
            exit_code: 137,
            out_of_memory: true,
            ..End::default()
        };
        assert_eq!(killed.told(None).unwrap().code, Code::OutOfMemory);
    }
}
