//! The verbs on networks.

use serde::Deserialize;
use serde_json::{Value, json};
use slipway_action::policy::Filter;
use slipway_action::text::Invalid;
use slipway_action::{
    ConnectNetwork, CreateNetwork, DisconnectNetwork, ListNetworks, PruneNetworks, RemoveNetwork,
};

use crate::call::{Call, network};
use crate::model::Outcome;
use crate::perform::text::{Table, natural};
use crate::perform::volume::pairs;
use crate::perform::{Job, addresses, invalid, prune, targets, too_old};
use crate::problem::Problem;
use crate::problem::explain::Subject;
use crate::problem::failure::Failure;
use crate::transport::ApiVersion;

/// IPv4 can be left out since this API (Docker 28).
const WITHOUT_IPV4_SINCE: ApiVersion = ApiVersion {
    major: 1,
    minor: 48,
};
/// Engines before this API (Docker 25) make a second network of the same name unless they are told.
const DUPLICATES_UNTIL: ApiVersion = ApiVersion {
    major: 1,
    minor: 44,
};
/// A network's id is shown up to this length.
const SHORT_ID: usize = 12;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    id: String,
    name: String,
    driver: Option<String>,
    scope: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Made {
    id: String,
    warning: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Pruned {
    networks_deleted: Option<Vec<String>>,
}

pub(super) async fn list(job: Job<'_>, verb: &ListNetworks) -> Result<Outcome, Problem> {
    let filters = prune::filters(&verb.filter, Filter::for_listing_networks);
    let filters = filters.map_err(|error| invalid(&error.to_string()))?;
    let call = Call::get("/networks").with_some("filters", prune::json(&filters));
    let answer = call.read::<Vec<Listed>>(job.engine).await;
    let mut networks = job.answer(answer, Subject::Engine).await?;
    networks.sort_by(|one, other| natural(&one.name, &other.name));
    for network in &mut networks {
        if !verb.no_trunc {
            network.id = network.id.chars().take(SHORT_ID).collect();
        }
    }
    let text = if verb.quiet {
        let ids: Vec<&str> = networks.iter().map(|it| it.id.as_str()).collect();
        ids.join("\n")
    } else {
        let mut table = Table::new(&["NETWORK ID", "NAME", "DRIVER", "SCOPE"]);
        for it in networks {
            let (driver, scope) = (it.driver.unwrap_or_default(), it.scope.unwrap_or_default());
            table.row([it.id, it.name, driver, scope]);
        }
        table.text()
    };
    Ok(Outcome {
        text: Some(text),
        ..Outcome::default()
    })
}

pub(super) async fn create(job: Job<'_>, verb: &CreateNetwork) -> Result<Outcome, Problem> {
    if verb.ipv4.is_some()
        && let Some(problem) = too_old(job.engine, WITHOUT_IPV4_SINCE, "--ipv4")
    {
        return Err(problem);
    }
    let body = body(verb, ApiVersion::parse(&job.engine.facts().api));
    let body = body.map_err(|error| invalid(&error.to_string()))?;
    let asked = async {
        let call = Call::post("/networks/create").json(&body)?;
        call.read::<Made>(job.engine).await
    };
    let made = job
        .answer(asked.await, Subject::Network(&verb.network))
        .await?;
    Ok(Outcome {
        done: vec![made.id.clone()],
        id: Some(made.id),
        warnings: made
            .warning
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect(),
        ..Outcome::default()
    })
}

/// As the docker command sends it (docker/cli, `cli/command/network/create.go`).
fn body(verb: &CreateNetwork, api: Option<ApiVersion>) -> Result<Value, Invalid> {
    let ipam = addresses::ipam(verb)?;
    let mut body = json!({
        "Name": verb.network,
        "Driver": verb.driver.as_deref().unwrap_or("bridge"),
        "Scope": verb.scope.as_deref().unwrap_or_default(),
        "IPAM": {
            "Driver": verb.ipam_driver.as_deref().unwrap_or("default"),
            "Options": pairs(&verb.ipam_opt),
            "Config": ipam,
        },
        "Internal": verb.internal,
        "Attachable": verb.attachable,
        "Ingress": verb.ingress,
        "ConfigOnly": verb.config_only,
        "ConfigFrom": verb.config_from.as_ref().map(|from| json!({"Network": from})),
        "Options": pairs(&verb.opt),
        "Labels": pairs(&verb.label),
    });
    if let Some(ipv6) = verb.ipv6 {
        body["EnableIPv6"] = ipv6.into();
    }
    if let Some(ipv4) = verb.ipv4 {
        body["EnableIPv4"] = ipv4.into();
    }
    if api < Some(DUPLICATES_UNTIL) {
        body["CheckDuplicate"] = true.into();
    }
    Ok(body)
}

pub(super) async fn remove(job: Job<'_>, verb: &RemoveNetwork) -> Result<Outcome, Problem> {
    targets::each(job, &verb.networks, Subject::Network, |name| async move {
        let call = Call::delete(network(name, "")?);
        match call.send(job.engine).await.map_err(Failure::from) {
            Ok(_) => Ok(vec![name.to_owned()]),
            // With force docker does not mind a network that isn't there.
            Err(failure) if verb.force && failure.status() == Some(404) => Ok(Vec::new()),
            Err(failure) => Err(failure),
        }
    })
    .await
}

pub(super) async fn prune(job: Job<'_>, verb: &PruneNetworks) -> Result<Outcome, Problem> {
    let filters = prune::filters(&verb.filter, Filter::for_pruning);
    let filters = filters.map_err(|error| invalid(&error.to_string()))?;
    let call = Call::post("/networks/prune").with_some("filters", prune::json(&filters));
    let pruned: Pruned = job
        .answer(call.read(job.engine).await, Subject::Engine)
        .await?;
    Ok(Outcome {
        removed: pruned.networks_deleted.unwrap_or_default(),
        ..Outcome::default()
    })
}

pub(super) async fn connect(job: Job<'_>, verb: &ConnectNetwork) -> Result<Outcome, Problem> {
    let body = json!({
        "Container": verb.container,
        "EndpointConfig": addresses::endpoint(verb),
    });
    post(job, &verb.network, &verb.container, "/connect", &body).await
}

pub(super) async fn disconnect(job: Job<'_>, verb: &DisconnectNetwork) -> Result<Outcome, Problem> {
    let body = json!({"Container": verb.container, "Force": verb.force});
    post(job, &verb.network, &verb.container, "/disconnect", &body).await
}

async fn post(
    job: Job<'_>,
    name: &str,
    container: &str,
    what: &str,
    body: &Value,
) -> Result<Outcome, Problem> {
    let asked = async {
        let call = Call::post(network(name, what)?).json(body)?;
        call.send(job.engine).await
    };
    match asked.await {
        Ok(_) => Ok(Outcome {
            done: vec![container.to_owned()],
            ..Outcome::default()
        }),
        Err(error) => {
            // The container may be what is missing; the engine's words tell which.
            let about_container = error.to_string().to_lowercase().contains("container");
            let subject = if about_container {
                Subject::Container(container)
            } else {
                Subject::Network(name)
            };
            Err(job.problem(error.into(), subject, None).await)
        }
    }
}
