//! The second law: performing an action and running its shown command leave the same thing behind.
#![cfg(unix)]

use crate::comparing::{compare, normalise, run_in_a_shell};
use crate::doing::{Bench, LIMIT, benches};
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

/// The finer flags, on containers that need not run.
const FINER: &[&str] = &[
    "--cap-add NET_ADMIN --cap-add sys_time --cap-drop MKNOD --security-opt no-new-privileges --group-add 44",
    "--security-opt systempaths=unconfined --pid host --ipc host --uts host --cgroupns host",
    "--device /dev/null --device /dev/zero:/dev/nought:r --device-cgroup-rule 'c 42:* rmw'",
    "--dns 1.1.1.1 --dns-option ndots:2 --dns-search example.com --domainname example.org",
    "--health-cmd 'true' --health-interval 30s --health-timeout 1m30s --health-retries 4 --health-start-period 500ms",
    "--no-healthcheck",
    "--network {n} --ip 10.98.0.7 --network-alias a --network-alias b",
    "--network name={n},alias=a,ip=10.98.0.8",
    "--network {n} --network {m}",
    "--mac-address 02:42:ac:11:00:02",
    "--link {other}:database",
    "--network container:{other}",
    "--log-driver json-file --log-opt max-size=10m --log-opt max-file=3",
    "-m 512m --memory-reservation 256m --memory-swap 1g --oom-score-adj 500 --pids-limit 100 --shm-size 128m",
    "-m 64m --memory-swap -1 --memory-swappiness 10",
    "-m 64m --oom-kill-disable",
    "--cpu-shares 512 --cpu-period 50000 --cpu-quota 25000 --cpuset-cpus 0 --cpuset-mems 0",
    "--ulimit nofile=1024:2048 --ulimit nproc=3 --sysctl net.ipv4.ip_forward=1",
    "--annotation a=b",
    "--tmpfs /run --tmpfs /tmp:rw,size=64m --volumes-from {other}:ro",
    "--mount type=bind,source=/etc,target=/x,readonly --mount type=tmpfs,destination=/z,tmpfs-size=64m,tmpfs-mode=1770",
    "--mount source={vol},target=/y,volume-nocopy,volume-label=a=b",
    "--mount type=bind,src=/etc,dst=/x,bind-propagation=rslave",
    "--runtime runc",
    "--userns host",
    "--label-file {env} -l b=3",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_finer_flags_leave_the_same() {
    for bench in benches("finer").await {
        let kind = bench.kind();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "# labels\na=1\nb=1\n").unwrap();
        bench.docker("network create --subnet 10.98.0.0/24 {n}");
        bench.docker("network create {m}");
        bench.docker("run -d --name {other} busy");
        let mut differences = Vec::new();
        for flags in FINER {
            let line = format!("docker create --name {{c}} {flags} busy");
            let line = line.replace("{env}", &file.path().to_string_lossy());
            let shown = bench.action(&line).render(Shell::Posix).line;
            if let (Err(problem), _) = bench.act(&line).await {
                // What one engine can't do, the command can't do there either.
                assert!(
                    !run_in_a_shell(&bench, &shown),
                    "{kind}: {line}: {problem:#?}"
                );
                assert_ne!(kind, Kind::DockerNewest, "{line}: {problem:#?}");
                bench.ok("docker rm -f {c}").await;
                continue;
            }
            let ours = left_behind(&bench, "created");
            assert!(run_in_a_shell(&bench, &shown), "{kind}: {line}");
            let docker = left_behind(&bench, "created");
            compare("", &ours, &docker, &mut |found| {
                differences.push(format!("{flags}: {found}"));
            });
        }
        bench.docker("rm -f {other}");
        for words in [["network", "n"], ["network", "m"], ["volume", "vol"]] {
            let _ = bench.lab.docker(&[words[0], "rm", &bench.name(words[1])]);
        }
        assert!(
            differences.is_empty(),
            "{kind}:\n{}",
            differences.join("\n")
        );
    }
}

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
