//! What Slipway takes as the value of a flag is what the newest docker command takes. Where they
//! differ, it is written down with its reason; what is written down and gone fails, too.
#![cfg(unix)]

use std::collections::BTreeSet;

use slipway_action::Action;
use slipway_lab::{LabError, left_out, newest_cli};

/// The flags of `docker create` whose values docker reads before it looks for an engine, each with
/// values of every kind.
const VALUES: &[(&str, &[&str])] = &[
    (
        "ulimit",
        &[
            "nofile=1024",
            "nofile=1024:2048",
            "nofile=-1",
            "nofile=5:-1",
            "nofile=-1:5",
            "nofile=2:1",
            "nofile",
            "nofile=x",
            "nofile=1:2:3",
            "nofiles=1",
            "NOFILE=1",
        ],
    ),
    (
        "mount",
        &[
            "type=bind,source=/a,target=/b",
            "type=bind,src=/a,dst=/b,readonly",
            "type=bind,src=/a,destination=/b,ro=true",
            "type=bind,src=/a,dst=/b,ro=yes",
            "type=bind,src=/a,dst=/b,bind-propagation=rslave",
            "type=bind,src=/a,dst=/b,bind-recursive=disabled",
            "type=bind,src=/a,dst=/b,bind-recursive=x",
            "source=data,target=/b,volume-nocopy",
            "source=data,target=/b,volume-subpath=x",
            "target=/b,\"volume-opt=o=a,b\"",
            "type=tmpfs,target=/b,tmpfs-size=64m,tmpfs-mode=1777",
            "type=tmpfs,target=/b,tmpfs-mode=9",
            "type=tmpfs,target=/b,tmpfs-size=x",
            "type=tmpfs,source=/a,target=/b",
            "type=tmpfs,target=/b,volume-nocopy",
            "type=bind,target=/b",
            "type=bind,source=/a",
            "type=bind,source=a,target=/b",
            "type=image,source=a,target=/b",
            "type=image,target=/b",
            "type=disk,target=/b",
            "source=,target=/b",
            "source= a,target=/b",
            "sorce=a,target=/b",
            "/a:/b",
            "tar\"get=/b",
            "\"target=/b",
        ],
    ),
    (
        "network",
        &[
            "bridge",
            "name=a1,alias=b1",
            "name=a1,ip=10.0.0.5,ip6=2001:db8::1",
            "name=a1,gw-priority=5",
            "name=a1,gw-priority=x",
            "name=a1,driver-opt=a=b",
            "name=a1,driver-opt=a",
            "name=a1,x=y",
            "alias=a1",
        ],
    ),
    (
        "gpus",
        &[
            "all",
            "2",
            "-1",
            "device=0",
            "\"device=0,1\"",
            "count=2,driver=nvidia",
            "count=1,count=2",
            "some",
            "x=1",
            "capabilities=utility",
        ],
    ),
    (
        "sysctl",
        &[
            "net.core.somaxconn=1024",
            "kernel.sem=1",
            "fs.mqueue.msg_max=5",
            "vm.swappiness=1",
            "net.x",
            "=1",
        ],
    ),
    ("dns", &["1.1.1.1", "::1", "example.com", "1.1.1"]),
    ("dns-search", &["example.com", ".", "a b", "-"]),
    ("link", &["db", "db:store", "a1:b1:c1"]),
    (
        "device-read-bps",
        &[
            "/dev/sda:1mb",
            "/dev/sda:5",
            "/dev/sda",
            "sda:1mb",
            "/dev/sda:x",
        ],
    ),
    (
        "device-write-iops",
        &["/dev/sda:1000", "/dev/sda:1k", "/dev/sda"],
    ),
    (
        "blkio-weight-device",
        &["/dev/sda:200", "/dev/sda:5", "/dev/sda:0", "/dev/sda:1001"],
    ),
    (
        "device-cgroup-rule",
        &["c 42:* rmw", "a *:* r", "c 42 rmw", "x 1:1 r", "c 1:1 rwmr"],
    ),
    (
        "memory",
        &["512m", "2g", "1.5g", "2 GB", "64", "x", "-1", "1e3"],
    ),
    ("memory-swap", &["-1", "1g", "-2", "x"]),
    ("shm-size", &["64m", "x", "-1m"]),
    ("cpus", &["1.5", "0.5", "2", "x", "1.2.3"]),
    (
        "health-interval",
        &["30s", "1m30s", "1.5h", "100ms", "0", "5", "x", "1d"],
    ),
    ("health-retries", &["3", "x", "1.5"]),
    ("attach", &["stdin", "STDOUT", "x"]),
    (
        "add-host",
        &[
            "db:10.0.0.1",
            "db=10.0.0.1",
            "db:host-gateway",
            "db",
            "db:x",
        ],
    ),
    ("label", &["a=b", "a", "=b", "a b=c"]),
    ("env", &["A=b", "A", "=b"]),
    ("oom-score-adj", &["-500", "x"]),
    ("pids-limit", &["100", "-1", "x"]),
    ("cpu-shares", &["512", "x"]),
    ("blkio-weight", &["100", "x", "-1", "99999"]),
];

const ENGINE: &str = "the engine refuses it afterwards, in words that few understand";

/// What only one of the two takes: the flag, the value, whether docker takes it, and why.
const DIFFERENCES: &[(&str, &str, bool, &str)] = &[
    (
        "memory",
        "1e3",
        true,
        "nobody writes an amount of memory so; it is a slip",
    ),
    ("memory", "64", true, ENGINE),
    (
        "memory-swap",
        "1g",
        true,
        "the engine refuses it where --memory is missing",
    ),
    ("mount", "source= a,target=/b", true, ENGINE),
    ("mount", "source=,target=/b", true, ENGINE),
    ("mount", "type=bind,source=a,target=/b", true, ENGINE),
    ("mount", "type=bind,target=/b", true, ENGINE),
    ("mount", "type=disk,target=/b", true, ENGINE),
    ("mount", "type=image,target=/b", true, ENGINE),
    ("mount", "type=tmpfs,source=/a,target=/b", true, ENGINE),
];

/// Whether the docker command takes a value; `None` where the lab cannot run it.
fn docker_takes(flag: &str, value: &str) -> Option<bool> {
    let mut command = match newest_cli(None) {
        Ok(command) => command,
        Err(error @ LabError::CannotRun { .. }) => {
            left_out("docker's own reading of values", &error.to_string()).unwrap();
            return None;
        }
        Err(error) => panic!("{error}"),
    };
    let word = format!("--{flag}={value}");
    let output = command.args(["create", &word, "x1"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let refused = said.contains("invalid argument");
    // It must have come as far as looking for an engine, or this says nothing about the value.
    assert!(
        refused || said.contains("daemon"),
        "{word}: docker says something else: {said}"
    );
    Some(!refused)
}

fn slipway_takes(flag: &str, value: &str) -> bool {
    let words = [
        "create".to_owned(),
        format!("--{flag}={value}"),
        "x1".to_owned(),
    ];
    Action::from_args(&words).is_ok_and(|action| action.check().is_empty())
}

#[test]
fn what_docker_takes_slipway_takes() {
    let mut found = BTreeSet::new();
    for (flag, values) in VALUES {
        for value in *values {
            let Some(docker) = docker_takes(flag, value) else {
                return;
            };
            if docker != slipway_takes(flag, value) {
                found.insert(((*flag).to_owned(), (*value).to_owned(), docker));
            }
        }
    }
    let known: BTreeSet<_> = DIFFERENCES
        .iter()
        .map(|(flag, value, docker, why)| {
            assert!(!why.is_empty(), "--{flag}={value} has no reason");
            ((*flag).to_owned(), (*value).to_owned(), *docker)
        })
        .collect();
    let unwritten: Vec<_> = found.difference(&known).collect();
    let stale: Vec<_> = known.difference(&found).collect();
    assert!(
        unwritten.is_empty() && stale.is_empty(),
        "not written down: {unwritten:#?}\nwritten down and gone: {stale:#?}"
    );
}
