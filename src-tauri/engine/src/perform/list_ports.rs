//! `docker port`

use std::collections::BTreeMap;

use serde::Deserialize;
use slipway_action::ListPorts;
use slipway_action::port::Protocol;

use crate::call::{Call, container};
use crate::model::Outcome;
use crate::perform::text::natural;
use crate::perform::{Job, invalid};
use crate::problem::Problem;
use crate::problem::explain::Subject;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Inspected {
    network_settings: Option<NetworkSettings>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct NetworkSettings {
    ports: Option<BTreeMap<String, Option<Vec<Binding>>>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Binding {
    host_ip: Option<String>,
    host_port: Option<String>,
}

impl Binding {
    fn address(&self) -> String {
        let ip = match self.host_ip.as_deref() {
            None | Some("") => "0.0.0.0",
            Some(ip) => ip,
        };
        let port = self.host_port.as_deref().unwrap_or_default();
        if ip.contains(':') {
            format!("[{ip}]:{port}")
        } else {
            format!("{ip}:{port}")
        }
    }
}

pub(super) async fn list(job: Job<'_>, verb: &ListPorts) -> Result<Outcome, Problem> {
    let asked = async {
        let call = Call::get(container(&verb.container, "/json")?);
        call.read::<Inspected>(job.engine).await
    };
    let found = job
        .answer(asked.await, Subject::Container(&verb.container))
        .await?;
    let ports = found
        .network_settings
        .and_then(|it| it.ports)
        .unwrap_or_default();
    let text = match verb.private_port.as_deref() {
        None => all(&ports),
        Some(port) => one(&ports, port).ok_or_else(|| not_published(&verb.container, port))?,
    };
    Ok(Outcome {
        text: Some(text),
        ..Outcome::default()
    })
}

type Ports = BTreeMap<String, Option<Vec<Binding>>>;

fn all(ports: &Ports) -> String {
    let mut lines: Vec<String> = ports
        .iter()
        .flat_map(|(port, bindings)| bindings.iter().flatten().map(move |it| (port, it)))
        .map(|(port, binding)| format!("{port} -> {}", binding.address()))
        .collect();
    lines.sort_by(|one, other| natural(one, other));
    lines.join("\n")
}

/// Where one port is published; `None` where it is not.
fn one(ports: &Ports, port: &str) -> Option<String> {
    let key = if port.contains('/') {
        port.to_owned()
    } else {
        format!("{port}/{}", Protocol::Tcp.as_str())
    };
    let bindings = ports.get(&key)?.as_ref()?;
    let lines: Vec<String> = bindings.iter().map(Binding::address).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn not_published(container: &str, port: &str) -> Problem {
    invalid(&format!(
        "Port {port} of the container {container} is not published, so nothing leads to it."
    ))
}
