//! `docker top`

use serde::Deserialize;
use slipway_action::Top;

use crate::call::{Call, container};
use crate::model::Outcome;
use crate::perform::Job;
use crate::perform::text::Table;
use crate::problem::Problem;
use crate::problem::explain::Subject;

/// docker prints this table with columns twice as wide as its others.
const NARROWEST: usize = 20;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Processes {
    titles: Option<Vec<String>>,
    processes: Option<Vec<Vec<String>>>,
}

pub(super) async fn top(job: Job<'_>, verb: &Top) -> Result<Outcome, Problem> {
    let options = (!verb.options.is_empty()).then(|| verb.options.join(" "));
    let asked = async {
        let call = Call::get(container(&verb.container, "/top")?).with_some("ps_args", options);
        call.read::<Processes>(job.engine).await
    };
    let found = job
        .answer(asked.await, Subject::Container(&verb.container))
        .await?;
    let titles = found.titles.unwrap_or_default();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut table = Table::new(&titles).at_least(NARROWEST);
    for process in found.processes.unwrap_or_default() {
        table.row(process);
    }
    Ok(Outcome {
        text: Some(table.text()),
        ..Outcome::default()
    })
}
