//! The second law: performing an action and running its shown command leave the same thing behind.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]
#![cfg(unix)]

mod comparing;
mod doing;

use comparing::{compare, normalise, run_in_a_shell};
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
    normalise(&text)
}
