//! What tests of the second law share: the command in a shell, and what both have left behind.

use std::collections::BTreeSet;
use std::process::Stdio;

use serde_json::Value;

use crate::doing::Bench;

/// Whether it went well.
pub fn run_in_a_shell(bench: &Bench, line: &str) -> bool {
    let docker = bench.lab.docker_command();
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", line]).stdin(Stdio::null());
    for (name, value) in docker.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    let output = shell.output().unwrap();
    eprintln!(
        "{}: {line}: {}",
        bench.kind(),
        String::from_utf8_lossy(&output.stderr)
    );
    output.status.success()
}

/// Names of volumes without a name, of layers, of networks.
fn without_hashes(text: &str) -> String {
    // Ids are shown with 12 digits, in Podman’s host names with 11. A number of JSON is none.
    let is_hash = |word: &str, before: &str| {
        let is_id = word.len() >= 63 || matches!(word.len(), 11 | 12);
        let is_number = before.ends_with([':', ',', '[']) && !word.contains(char::is_alphabetic);
        is_id && !is_number && word.bytes().all(|b| b.is_ascii_hexdigit())
    };
    let mut all = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_alphanumeric() {
            word.push(c);
            continue;
        }
        all.push_str(if is_hash(&word, &all) { "HASH" } else { &word });
        word.clear();
        all.push(c);
    }
    all
}

/// Fields that are new with each container.
const NEW: &[&str] = &[
    "Created",
    "CreatedAt",
    "created",
    "LastTagTime",
    "Size",
    "VirtualSize",
    "RepoDigests",
    "StartedAt",
    "FinishedAt",
    "Pid",
    "ConmonPid",
    "SandboxID",
    "SandboxKey",
    "EndpointID",
    "IPAddress",
    "MacAddress",
    "Data",
    "Storage",
    "CgroupPath",
    "ConmonPidFile",
    "PidFile",
    "ProcessLabel",
    "CreateCommand",
    "CidFile",
    "Root",
];

/// An inspect's text without what is new each time.
pub fn normalise(text: &str) -> Value {
    let mut found = serde_json::from_str(&without_hashes(text)).unwrap();
    clean(&mut found);
    found
}

fn clean(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let ephemeral = name == "HostPort"
                    && field
                        .as_str()
                        .and_then(|it| it.parse().ok())
                        .is_some_and(|port: u16| port >= 32768);
                let from_pool = field.as_str().is_some_and(|it| it.starts_with("10.213."));
                if from_pool || (NEW.contains(&name.as_str()) && field != "") || ephemeral {
                    *field = Value::from("NEW");
                } else {
                    clean(field);
                }
            }
        }
        Value::Array(items) => {
            items.iter_mut().for_each(clean);
            // Go's maps have no order, and neither have the lists that are made from them.
            items.sort_by_key(Value::to_string);
        }
        _ => {}
    }
}

pub fn compare(path: &str, ours: &Value, docker: &Value, found: &mut dyn FnMut(String)) {
    match (ours, docker) {
        (Value::Object(ours), Value::Object(docker)) => {
            let names: BTreeSet<&String> = ours.keys().chain(docker.keys()).collect();
            for name in names {
                let field = |map: &serde_json::Map<String, Value>| {
                    map.get(name).cloned().unwrap_or(Value::from("(not there)"))
                };
                compare(
                    &format!("{path}/{name}"),
                    &field(ours),
                    &field(docker),
                    found,
                );
            }
        }
        _ if ours == docker => {}
        _ => found(format!("{path}: performed {ours}, docker {docker}")),
    }
}
