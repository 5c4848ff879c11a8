//! `docker update`

use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use serde_json::{Map, Value};
use slipway_action::Update;
use slipway_action::text::Invalid;

use crate::call::{Call, container};
use crate::model::Outcome;
use crate::perform::body::{Restart, limits};
use crate::perform::{Job, invalid, targets};
use crate::problem::Problem;
use crate::problem::explain::Subject;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Updated {
    warnings: Option<Vec<String>>,
}

pub(super) async fn update(job: Job<'_>, verb: &Update) -> Result<Outcome, Problem> {
    let body = body(verb).map_err(|error| invalid(&error.to_string()))?;
    let warnings: Mutex<Vec<String>> = Mutex::default();
    let outcome = targets::each(job, &verb.containers, Subject::Container, |name| {
        let (body, warnings) = (&body, &warnings);
        async move {
            let call = Call::post(container(name, "/update")?).json(body)?;
            let updated: Updated = call.read(job.engine).await?;
            let mut all = warnings.lock().unwrap_or_else(PoisonError::into_inner);
            all.extend(updated.warnings.unwrap_or_default());
            Ok(Vec::new())
        }
    })
    .await?;
    Ok(Outcome {
        warnings: warnings
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner),
        ..outcome
    })
}

/// Only what is to be changed: what is left out stays as it is.
fn body(verb: &Update) -> Result<Map<String, Value>, Invalid> {
    let (memory, cpus) = (verb.memory.as_deref(), verb.cpus.as_deref());
    let mut body = limits::changed(&verb.limits, memory, cpus)?;
    if let Some(policy) = verb.restart.as_deref() {
        let restart = Restart::of(Some(policy))?;
        let restart = serde_json::to_value(restart).unwrap_or_default();
        body.insert("RestartPolicy".to_owned(), restart);
    }
    Ok(body)
}
