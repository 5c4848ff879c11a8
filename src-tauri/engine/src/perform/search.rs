//! `docker search`

use std::cmp::Reverse;

use serde::Deserialize;
use slipway_action::Search;
use slipway_action::policy::Filter;

use crate::call::Call;
use crate::model::Outcome;
use crate::perform::text::{Table, shortened};
use crate::perform::{Job, invalid, prune};
use crate::problem::Problem;
use crate::problem::explain::Subject;

/// Descriptions are shown up to this length.
const SHORT: usize = 45;
/// docker asks for so many.
const LIMIT: i32 = 25;

#[derive(Debug, Deserialize)]
struct Found {
    name: Option<String>,
    description: Option<String>,
    #[serde(default)]
    star_count: i64,
    #[serde(default)]
    is_official: bool,
}

pub(super) async fn search(job: Job<'_>, verb: &Search) -> Result<Outcome, Problem> {
    let filters = prune::filters(&verb.filter, Filter::for_search);
    let filters = filters.map_err(|error| invalid(&error.to_string()))?;
    let call = Call::get("/images/search")
        .with("term", &verb.term)
        .with(
            "limit",
            verb.limit.filter(|limit| *limit != 0).unwrap_or(LIMIT),
        )
        .with_some("filters", prune::json(&filters));
    let answer = call.read::<Vec<Found>>(job.engine).await;
    let mut found = job.answer(answer, Subject::Download(&verb.term)).await?;
    found.sort_by_key(|it| Reverse(it.star_count));
    let mut table = Table::new(&["NAME", "DESCRIPTION", "STARS", "OFFICIAL"]);
    for it in found {
        let description = it
            .description
            .unwrap_or_default()
            .replace(['\n', '\r'], " ");
        table.row([
            it.name.unwrap_or_default(),
            if verb.no_trunc {
                description
            } else {
                shortened(&description, SHORT)
            },
            it.star_count.to_string(),
            if it.is_official { "[OK]" } else { "" }.to_owned(),
        ]);
    }
    Ok(Outcome {
        text: Some(table.text()),
        ..Outcome::default()
    })
}
