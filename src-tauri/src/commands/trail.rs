//! The command trail as a whole: saved as a script, or forgotten.

use std::collections::HashMap;
use std::io::Write;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use slipway_action::{Ended, Entry, Shell, script};
use slipway_engine::model::{EngineChoice, Task, TaskState};
use slipway_engine::problem::Problem;
use tauri::{AppHandle, State};

use super::{aside, failed, files};
use crate::hub::Hub;
use crate::state::Slipway;
use crate::texts;

/// Saves the trail as a script, in a file that the user picks; answers its path, or nothing when none
/// was picked.
#[tauri::command]
pub async fn trail_export(
    app: AppHandle,
    slipway: State<'_, Slipway>,
    shell: Shell,
) -> Result<Option<String>, Problem> {
    let (kind, ending) = match shell {
        Shell::Posix => ("Shell script", "sh"),
        Shell::Powershell => ("PowerShell script", "ps1"),
    };
    let picked = files::dialog(&app, "Save the command trail")
        .add_filter(kind, &[ending])
        .set_file_name(format!("docker-trail.{ending}"))
        .save_file()
        .await;
    let Some(picked) = picked else {
        return Ok(None);
    };
    let text = written(&slipway.hub, shell);
    let path = picked.path().to_owned();
    aside(move || {
        texts::write_new(&path, |file| file.write_all(&text))?;
        Ok(Some(path.to_string_lossy().into_owned()))
    })
    .await
}

/// Forgets the lines of the trail whose tasks have ended.
#[tauri::command(async)]
pub fn trail_clear(slipway: State<'_, Slipway>) -> Result<(), Problem> {
    slipway
        .tasks
        .forget_ended()
        .map_err(|error| failed("The trail could not be emptied", &error))
}

/// The trail as the bytes of a script. It is for one engine, as whoever runs it has one: the one in use.
fn written(hub: &Hub, shell: Shell) -> Vec<u8> {
    let names: HashMap<String, String> = hub.with_lists(|lists| {
        let rows = lists.containers.iter();
        rows.map(|row| (row.id.clone(), row.name.clone())).collect()
    });
    let (engines, current) = hub.engines();
    let tasks: Vec<Told> = hub
        .tasks()
        .into_iter()
        .map(|task| Told {
            time: local_time(task.started),
            engine: engine_name(&engines, &task.engine),
            task,
        })
        .collect();
    // Without one in use, the one that was used last.
    let current = current.or_else(|| tasks.last().map(|told| told.task.engine.clone()));
    let entries: Vec<Entry<'_>> = tasks
        .iter()
        .enumerate()
        .map(|(at, told)| Entry {
            overtaken: told.is_overtaken(tasks.get(at + 1..).unwrap_or_default()),
            ..told.entry(current.as_deref(), &names)
        })
        .collect();
    let text = script(&entries, shell);
    match shell {
        Shell::Posix => text.into_bytes(),
        // Without this mark the PowerShell of Windows reads a file in the computer's old encoding.
        Shell::Powershell => format!("\u{feff}{text}").into_bytes(),
    }
}

/// The engine of this id, as people know it.
fn engine_name(engines: &[EngineChoice], id: &str) -> String {
    match engines.iter().find(|choice| choice.id == id) {
        Some(choice) => format!("{} ({})", choice.name, choice.address),
        None => id.to_owned(),
    }
}

/// A task, and what is said of it.
struct Told {
    task: Task,
    time: String,
    engine: String,
}

impl Told {
    /// Whether one of the later tasks on the same engine began before this one ended.
    fn is_overtaken(&self, later: &[Told]) -> bool {
        let Some(ended) = self.task.ended else {
            return false;
        };
        later
            .iter()
            .any(|told| told.task.engine == self.task.engine && told.task.started < ended)
    }

    /// `names` are those of the containers that are there now, for tasks of earlier versions, which did
    /// not keep the name.
    fn entry<'a>(&'a self, current: Option<&str>, names: &'a HashMap<String, String>) -> Entry<'a> {
        let Told { task, time, engine } = self;
        let made = task.outcome.id.as_deref();
        let listed = || made.and_then(|id| names.get(id));
        Entry {
            action: &task.action,
            time,
            folder: task.folder.as_deref(),
            made,
            name: task
                .outcome
                .name
                .as_ref()
                .or_else(listed)
                .map(String::as_str),
            ended: match task.state {
                TaskState::Done
                | TaskState::Waiting
                | TaskState::Running
                | TaskState::Interrupted
                    if current.is_some_and(|id| id != task.engine) =>
                {
                    Ended::Elsewhere { engine }
                }
                // A program that the app left behind when it was closed goes on.
                TaskState::Waiting | TaskState::Running | TaskState::Interrupted => Ended::Open,
                TaskState::Done => Ended::Done {
                    exit_code: task.outcome.exit_code,
                },
                TaskState::Failed => Ended::Failed {
                    why: task.problem.as_ref().map_or("", |problem| &problem.what),
                },
                TaskState::Cancelled => Ended::Cancelled,
            },
            overtaken: false,
        }
    }
}

/// Such as `2026-11-23 21:33:05`, by this computer's clock.
fn local_time(millis: i64) -> String {
    let at = Timestamp::from_millisecond(millis).unwrap_or_default();
    let local = at.to_zoned_datetime(TimeZone::system());
    local.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
#[path = "trail_tests.rs"]
mod tests;
