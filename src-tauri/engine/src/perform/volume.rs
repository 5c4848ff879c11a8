//! The verbs on volumes.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;
use slipway_action::policy::Filter;
use slipway_action::{CreateVolume, ListVolumes, PruneVolumes, RemoveVolume};

use crate::call::{Call, volume};
use crate::model::Outcome;
use crate::perform::text::{Table, natural};
use crate::perform::{Job, invalid, prune, targets, too_old};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;
use crate::transport::ApiVersion;

/// Without a filter, `volume prune` takes only those without a name since this API (Docker 23).
const ALL_SINCE: ApiVersion = ApiVersion {
    major: 1,
    minor: 42,
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    volumes: Option<Vec<Volume>>,
    warnings: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Volume {
    name: String,
    driver: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Pruned {
    volumes_deleted: Option<Vec<String>>,
    space_reclaimed: Option<i64>,
}

pub(super) async fn list(job: Job<'_>, verb: &ListVolumes) -> Result<Outcome, Problem> {
    let filters = prune::filters(&verb.filter, Filter::for_listing_volumes);
    let filters = filters.map_err(|error| invalid(&error.to_string()))?;
    let call = Call::get("/volumes").with_some("filters", prune::json(&filters));
    let listed: Listed = job
        .answer(call.read(job.engine).await, Subject::Engine)
        .await?;
    let mut volumes = listed.volumes.unwrap_or_default();
    volumes.sort_by(|one, other| natural(&one.name, &other.name));
    let text = if verb.quiet {
        let names: Vec<&str> = volumes.iter().map(|it| it.name.as_str()).collect();
        names.join("\n")
    } else {
        let mut table = Table::new(&["DRIVER", "VOLUME NAME"]);
        for volume in volumes {
            table.row([volume.driver.unwrap_or_default(), volume.name]);
        }
        table.text()
    };
    Ok(Outcome {
        text: Some(text),
        warnings: listed.warnings.unwrap_or_default(),
        ..Outcome::default()
    })
}

pub(super) async fn create(job: Job<'_>, verb: &CreateVolume) -> Result<Outcome, Problem> {
    let name = verb.volume.as_deref().unwrap_or_default();
    let asked = async {
        let mut body = json!({
            "Name": name,
            "Driver": verb.driver.as_deref().unwrap_or("local"),
        });
        // An engine keeps empty ones too, and the docker command sends none.
        if !verb.opt.is_empty() {
            body["DriverOpts"] = json!(pairs(&verb.opt));
        }
        if !verb.label.is_empty() {
            body["Labels"] = json!(pairs(&verb.label));
        }
        let call = Call::post("/volumes/create").json(&body)?;
        call.read::<Volume>(job.engine).await
    };
    let made = job.answer(asked.await, Subject::Volume(name)).await?;
    Ok(Outcome {
        done: vec![made.name.clone()],
        id: Some(made.name),
        ..Outcome::default()
    })
}

/// `name=value` as a map, as docker sends labels and options; a name alone has an empty value.
pub(super) fn pairs(texts: &[String]) -> BTreeMap<&str, &str> {
    let pair = |text: &'_ str| -> (usize, usize) {
        let at = text.find('=').unwrap_or(text.len());
        (at, (at + 1).min(text.len()))
    };
    texts
        .iter()
        .map(|text| {
            let (end, start) = pair(text);
            (&text[..end], &text[start..])
        })
        .collect()
}

pub(super) async fn remove(job: Job<'_>, verb: &RemoveVolume) -> Result<Outcome, Problem> {
    targets::each(job, &verb.volumes, Subject::Volume, |name| async move {
        let call = Call::delete(volume(name, "")?).with_flag("force", verb.force);
        match call.send(job.engine).await.map_err(Failure::from) {
            Ok(_) => Ok(vec![name.to_owned()]),
            // With force docker does not mind a volume that isn't there.
            Err(failure) if verb.force && failure.status() == Some(404) => Ok(Vec::new()),
            Err(failure) => Err(failure),
        }
    })
    .await
}

pub(super) async fn prune(job: Job<'_>, verb: &PruneVolumes) -> Result<Outcome, Problem> {
    if verb.all
        && let Some(problem) = too_old(job.engine, ALL_SINCE, "--all")
    {
        return Err(problem);
    }
    let filters = prune::filters(&verb.filter, Filter::for_volumes);
    let mut filters = filters.map_err(|error| invalid(&error.to_string()))?;
    if verb.all {
        let all = filters.entry("all".to_owned()).or_default();
        all.push("true".to_owned());
    }
    let call = Call::post("/volumes/prune").with_some("filters", prune::json(&filters));
    let pruned: Pruned = job
        .answer(call.read(job.engine).await, Subject::Engine)
        .await?;
    Ok(Outcome {
        removed: pruned.volumes_deleted.unwrap_or_default(),
        reclaimed: prune::reclaimed(pruned.space_reclaimed),
        ..Outcome::default()
    })
}
