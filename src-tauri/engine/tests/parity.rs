//! The second law: performing an action and running its shown command leave the same thing behind.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]
#![cfg(unix)]

mod doing;

use std::collections::BTreeSet;
use std::process::Stdio;

use doing::{Bench, LIMIT, benches};
use serde_json::Value;
use slipway_action::Shell;
use slipway_lab::{Kind, wait_until};

/// Each makes the container `{c}`, and leaves it in this state.
const LINES: &[(&str, &str)] = &[
    ("docker create --name {c} busy", "created"),
    ("docker create -it --name {c} busy", "created"),
    (
        "docker create --name {c} -p 80 -P --expose 90-92/udp busy",
        "created",
    ),
    (
        "docker create --name {c} -p 127.0.0.1:8000-8002:8000-8002 -p 9000-9009:99/udp busy",
        "created",
    ),
    (
        "docker create --name {c} -v /etc:/host:ro -v /data -v {vol}:/vol busy",
        "created",
    ),
    (
        "docker create --name {c} --add-host a:1.2.3.4 --add-host b=::1 --hostname hh -u 1:2 -w /w busy",
        "created",
    ),
    (
        "docker create --name {c} --network none --read-only --init --privileged busy",
        "created",
    ),
    (
        "docker create --name {c} --network host --stop-signal SIGINT --stop-timeout 3 busy",
        "created",
    ),
    (
        "docker create --name {c} --pull always --platform linux/amd64 busy /busy 8081",
        "created",
    ),
    ("docker run -d --name {c} busy", "running"),
    ("docker run -d --rm --name {c} busy", "running"),
    ("docker run -dit --name {c} busy", "running"),
    ("docker run -di --name {c} busy", "running"),
    ("docker run -dt --name {c} busy", "running"),
    (
        "docker run -d --name {c} -e A=1 -e B=2 -e 'A=x y' -e HOME -e NOT_SET_HERE -l a=b -l c busy",
        "running",
    ),
    ("docker run -d --name {c} -m 64m --cpus 0.5 busy", "running"),
    (
        "docker run -d --name {c} --restart unless-stopped busy",
        "running",
    ),
    (
        "docker run -d --name {c} --restart on-failure:3 busy",
        "running",
    ),
    (
        "docker run -d --name {c} --restart always --init busy",
        "running",
    ),
    (
        "docker run -d --name {c} --entrypoint /busy busy 8082",
        "running",
    ),
    (
        "docker run -d --name {c} --network bridge -P busy",
        "running",
    ),
    ("docker run -d --name {c} --network none busy", "running"),
    (
        "docker run -d --name {c} --env-file {env} -e B=2 busy",
        "running",
    ),
    ("docker run --name {c} hello-world", "exited"),
    ("docker run -i --name {c} hello-world", "exited"),
    (
        "docker run --name {c} --entrypoint '' hello-world /hello",
        "exited",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn performing_and_running_the_command_leave_the_same() {
    for bench in benches("parity").await {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "# variables\nA=1\nB=1\n\nHOME\n").unwrap();
        let mut differences = Vec::new();
        for (line, state) in LINES {
            let line = line.replace("{env}", &file.path().to_string_lossy());
            let shown = bench.action(&line).render(Shell::Posix).line;
            if let (Err(problem), _) = bench.act(&line).await {
                // Podman takes no range for one port; then the command fails as well.
                assert!(
                    !run_in_a_shell(&bench, &shown),
                    "{}: {line}: {problem:#?}",
                    bench.kind()
                );
                assert_eq!(bench.kind(), Kind::Podman, "{line}: {problem:#?}");
                continue;
            }
            let ours = left_behind(&bench, state);
            assert!(run_in_a_shell(&bench, &shown), "{}: {line}", bench.kind());
            let docker = left_behind(&bench, state);
            compare("", &ours, &docker, &mut |found| {
                differences.push(format!("{line}: {found}"))
            });
        }
        let volume = bench.name("vol");
        let _ = bench.lab.docker(&["volume", "rm", "-f", &volume]);
        assert!(
            differences.is_empty(),
            "{}:\n{}",
            bench.kind(),
            differences.join("\n")
        );
    }
}

/// Whether it went well.
fn run_in_a_shell(bench: &Bench, line: &str) -> bool {
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

/// What the engine knows of `{c}` once it is in this state, without what differs each time; removes it.
fn left_behind(bench: &Bench, state: &str) -> Value {
    let what = format!("{}: a container to be {state}", bench.kind());
    wait_until(LIMIT, &what, || (bench.state("{c}") == state).then_some(())).unwrap();
    let found = bench.inspect("{c}");
    let id = found["Id"].as_str().unwrap().to_owned();
    bench.docker("rm -f -v {c}");
    let gone = || (!bench.exists("{c}")).then_some(());
    wait_until(LIMIT, "the container to be gone", gone).unwrap();
    let text = found
        .to_string()
        .replace(&id, "ID")
        .replace(&id[..12], "SHORT");
    let mut found = serde_json::from_str(&without_hashes(&text)).unwrap();
    normalise(&mut found);
    found
}

/// Names of volumes without a name, of layers, of networks.
fn without_hashes(text: &str) -> String {
    let is_hash = |word: &str| word.len() >= 63 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let mut all = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_alphanumeric() {
            word.push(c);
            continue;
        }
        all.push_str(if is_hash(&word) { "HASH" } else { &word });
        word.clear();
        all.push(c);
    }
    all
}

/// Fields that are new with each container.
const NEW: &[&str] = &[
    "Created",
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

fn normalise(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                let ephemeral = name == "HostPort"
                    && field
                        .as_str()
                        .and_then(|it| it.parse().ok())
                        .is_some_and(|port: u16| port >= 32768);
                if (NEW.contains(&name.as_str()) && field != "") || ephemeral {
                    *field = Value::from("NEW");
                } else {
                    normalise(field);
                }
            }
        }
        Value::Array(items) => {
            items.iter_mut().for_each(normalise);
            // Go's maps have no order, and neither have the lists that are made from them.
            items.sort_by_key(Value::to_string);
        }
        _ => {}
    }
}

fn compare(path: &str, ours: &Value, docker: &Value, found: &mut dyn FnMut(String)) {
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
