//! `docker wait`

use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use slipway_action::Wait;

use crate::call::{Call, container};
use crate::model::{Outcome, Progress};
use crate::perform::{Job, targets};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ended {
    status_code: i64,
}

/// Waits until each has ended, and says how: a line for each, with its exit code.
pub(super) async fn wait(job: Job<'_>, verb: &Wait) -> Result<Outcome, Problem> {
    job.report.progress(Progress {
        text: "Waiting for the end".to_owned(),
        ..Progress::default()
    });
    let codes: Mutex<Vec<(String, i64)>> = Mutex::default();
    let outcome = targets::each(job, &verb.containers, Subject::Container, |name| {
        let codes = &codes;
        async move {
            let call = Call::post(container(name, "/wait")?);
            let ended: Ended = call.read(job.engine).await.map_err(Failure::from)?;
            let mut codes = codes.lock().unwrap_or_else(PoisonError::into_inner);
            codes.push((name.to_owned(), ended.status_code));
            Ok(Vec::new())
        }
    })
    .await?;
    let codes = codes.into_inner().unwrap_or_else(PoisonError::into_inner);
    let code_of = |name: &String| {
        codes
            .iter()
            .find(|(of, _)| of == name)
            .map(|(_, code)| *code)
    };
    let in_order: Vec<i64> = verb.containers.iter().filter_map(code_of).collect();
    let lines: Vec<String> = in_order.iter().map(i64::to_string).collect();
    Ok(Outcome {
        exit_code: match in_order.as_slice() {
            [code] => Some(*code),
            _ => None,
        },
        text: Some(lines.join("\n")),
        ..outcome
    })
}
