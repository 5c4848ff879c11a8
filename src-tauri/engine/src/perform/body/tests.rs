#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::Value;
use slipway_action::Action;

use super::*;

/// What the docker command 28.2.2 was recorded to send for each command line, on a socket that wrote it
/// down; a line has the command and the body.
const RECORDED: &str = include_str!("recorded.txt");

/// Whether Go would read this as if it were not there.
fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) => false,
        Value::Number(number) => number.as_i64() == Some(0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        // `default` with nothing in it is what an engine fills in itself.
        Value::Object(fields) => fields.values().all(is_zero),
    }
}

/// Where two bodies differ, by path.
fn differences(path: &str, ours: &Value, docker: &Value, found: &mut Vec<String>) {
    match (ours, docker) {
        (Value::Object(ours), Value::Object(docker)) => {
            let names: std::collections::BTreeSet<_> = ours.keys().chain(docker.keys()).collect();
            for name in names {
                let field = |map: &serde_json::Map<String, Value>| map.get(name).cloned();
                let path = format!("{path}/{name}");
                match (field(ours), field(docker)) {
                    (Some(ours), Some(docker)) => differences(&path, &ours, &docker, found),
                    (Some(only), None) | (None, Some(only)) if is_zero(&only) && !is_set(&path) => {
                    }
                    (ours, docker) => found.push(format!("{path}: {ours:?} and {docker:?}")),
                }
            }
        }
        _ if ours == docker => {}
        _ => found.push(format!("{path}: {ours} and {docker}")),
    }
}

/// Where the empty object is a member of a set, so that it says something.
fn is_set(path: &str) -> bool {
    path.starts_with("/ExposedPorts/") || path.starts_with("/Volumes/")
}

#[test]
fn bodies_are_those_of_the_docker_command() {
    let mut rows = 0;
    for pair in RECORDED.lines().collect::<Vec<_>>().chunks(2) {
        let [command, docker] = pair else { continue };
        let action = Action::parse(command).unwrap();
        let plan = match &action {
            Action::Run(run) => Plan {
                folder: Path::new("/work"),
                options: &run.options,
                image: &run.image,
                command: &run.command,
                detached: run.detach,
            },
            Action::Create(create) => Plan {
                folder: Path::new("/work"),
                options: &create.options,
                image: &create.image,
                command: &create.command,
                detached: false,
            },
            other => unreachable!("{other:?} makes no container"),
        };
        let env = env::of_flags(&plan.options.env, |_| None);
        let read = Read {
            env,
            security: plan.options.rights.security_opt.clone(),
            ..Read::default()
        };
        let ours = serde_json::to_value(Body::with(&plan, read).unwrap()).unwrap();
        let mut found = Vec::new();
        differences(
            "",
            &ours,
            &serde_json::from_str(docker).unwrap(),
            &mut found,
        );
        assert!(found.is_empty(), "{command}:\n{}", found.join("\n"));
        rows += 1;
    }
    assert!(rows > 10, "the recordings were read: {rows}");
}
