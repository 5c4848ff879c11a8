//! `docker diff`

use serde::Deserialize;
use slipway_action::Diff;

use crate::call::{Call, container};
use crate::model::Outcome;
use crate::perform::Job;
use crate::problem::Problem;
use crate::problem::explain::{Subject, cleaned_line};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Change {
    path: String,
    kind: u8,
}

/// A line for each file: `C` was changed, `A` was added, `D` was deleted.
pub(super) async fn diff(job: Job<'_>, verb: &Diff) -> Result<Outcome, Problem> {
    let asked = async {
        let call = Call::get(container(&verb.container, "/changes")?);
        // An engine says `null` where nothing was changed.
        call.read::<Option<Vec<Change>>>(job.engine).await
    };
    let changes = job
        .answer(asked.await, Subject::Container(&verb.container))
        .await?;
    let line = |change: &Change| {
        let kind = match change.kind {
            0 => "C",
            1 => "A",
            2 => "D",
            _ => "?",
        };
        format!("{kind} {}", cleaned_line(&change.path))
    };
    let lines: Vec<String> = changes.unwrap_or_default().iter().map(line).collect();
    Ok(Outcome {
        text: Some(lines.join("\n")),
        ..Outcome::default()
    })
}
