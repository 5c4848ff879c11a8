//! The command trail as a whole: saved as a script, or forgotten.

use std::collections::HashMap;
use std::io::Write;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use slipway_action::{Ended, Entry, Shell, script};
use slipway_engine::model::{Task, TaskState};
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
        texts::write_new(&path, |file| file.write_all(text.as_bytes()))?;
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

fn written(hub: &Hub, shell: Shell) -> String {
    let names: HashMap<String, String> = hub.with_lists(|lists| {
        let rows = lists.containers.iter();
        rows.map(|row| (row.id.clone(), row.name.clone())).collect()
    });
    let tasks: Vec<(Task, String)> = hub
        .tasks()
        .into_iter()
        .map(|task| {
            let time = local_time(task.started);
            (task, time)
        })
        .collect();
    let entries: Vec<Entry<'_>> = tasks
        .iter()
        .map(|(task, time)| Entry {
            action: &task.action,
            time,
            folder: task.folder.as_deref(),
            ended: ended(task, &names),
        })
        .collect();
    script(&entries, shell)
}

fn ended<'a>(task: &'a Task, names: &'a HashMap<String, String>) -> Ended<'a> {
    match task.state {
        TaskState::Waiting | TaskState::Running => Ended::Open,
        TaskState::Done => {
            let made = task.outcome.id.as_deref();
            Ended::Done {
                made,
                name: made.and_then(|id| names.get(id)).map(String::as_str),
                exit_code: task.outcome.exit_code,
            }
        }
        TaskState::Failed => Ended::Failed {
            why: task.problem.as_ref().map_or("", |problem| &problem.what),
        },
        TaskState::Cancelled | TaskState::Interrupted => Ended::Cancelled,
    }
}

/// Such as `2026-11-23 21:33:05`, by this computer's clock.
fn local_time(millis: i64) -> String {
    let at = Timestamp::from_millisecond(millis).unwrap_or_default();
    let local = at.to_zoned_datetime(TimeZone::system());
    local.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
