//! `docker system prune`

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;
use slipway_action::SystemPrune;
use slipway_action::policy::Filter;

use crate::call::Call;
use crate::model::Outcome;
use crate::perform::{Job, invalid, prune};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::transport::RequestError;

/// What the prunes answer, each with its own part of it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Pruned {
    containers_deleted: Option<Vec<String>>,
    networks_deleted: Option<Vec<String>>,
    volumes_deleted: Option<Vec<String>>,
    images_deleted: Option<Vec<Value>>,
    caches_deleted: Option<Vec<String>>,
    space_reclaimed: i64,
}

type Filters = HashMap<String, Vec<String>>;

/// In docker's order, so that what only a removed container held is free in its turn.
pub(super) async fn prune(job: Job<'_>, verb: &SystemPrune) -> Result<Outcome, Problem> {
    let filters = prune::filters(&verb.filter, Filter::for_pruning);
    let filters = filters.map_err(|error| invalid(&error.to_string()))?;
    if verb.volumes && filters.contains_key("until") {
        return Err(invalid(
            "Volumes have no age, so until=… can’t be used with --volumes.",
        ));
    }
    let mut images = filters.clone();
    let dangling = if verb.all { "false" } else { "true" };
    images.insert("dangling".to_owned(), vec![dangling.to_owned()]);
    let mut steps = vec![
        ("/containers/prune", &filters),
        ("/networks/prune", &filters),
    ];
    if verb.volumes {
        steps.push(("/volumes/prune", &filters));
    }
    steps.push(("/images/prune", &images));
    let mut outcome = Outcome {
        reclaimed: Some(0),
        ..Outcome::default()
    };
    for (path, filters) in steps {
        let call = Call::post(path).with_some("filters", prune::json(filters));
        add(job, &mut outcome, call.read(job.engine).await).await?;
    }
    let cache = build_cache(job, verb, &filters).await;
    add(job, &mut outcome, cache).await?;
    Ok(outcome)
}

/// An engine without a build cache of its own has nothing to remove there.
async fn build_cache(
    job: Job<'_>,
    verb: &SystemPrune,
    filters: &Filters,
) -> Result<Pruned, RequestError> {
    if !job.engine.facts().capabilities.buildkit {
        return Ok(Pruned::default());
    }
    let call = Call::post("/build/prune")
        .with_flag("all", verb.all)
        .with_some("filters", prune::json(filters));
    call.read(job.engine).await
}

async fn add(
    job: Job<'_>,
    outcome: &mut Outcome,
    answer: Result<Pruned, RequestError>,
) -> Result<(), Problem> {
    let pruned = match answer {
        Ok(pruned) => pruned,
        Err(error) => {
            job.report.outcome(outcome.clone());
            return Err(job.problem(error.into(), Subject::Engine, None).await);
        }
    };
    let named = [
        pruned.containers_deleted,
        pruned.networks_deleted,
        pruned.volumes_deleted,
        pruned.caches_deleted,
    ];
    outcome
        .removed
        .extend(named.into_iter().flatten().flatten());
    for image in pruned.images_deleted.unwrap_or_default() {
        let name = image.get("Untagged").or_else(|| image.get("Deleted"));
        outcome
            .removed
            .extend(name.and_then(Value::as_str).map(str::to_owned));
    }
    let bytes = u64::try_from(pruned.space_reclaimed).unwrap_or_default();
    outcome.reclaimed = outcome.reclaimed.map(|sum| sum.saturating_add(bytes));
    job.report.outcome(outcome.clone());
    Ok(())
}
