//! Lines that are pasted alone: the command bar reads them where they say something, and searches for
//! them where they may be a name. The page's own test reads the same lines, with what each was read as,
//! from the file that this one holds fresh.

use std::path::Path;

use serde_json::{Value, json};
use slipway_action::*;

/// What the bar reads, beside every command of the tutorial.
const READ: &[&str] = &[
    "docker",
    "docker ps",
    "  $ docker ps",
    "$ docker ps",
    "# docker ps",
    "me@box:~/app$ docker ps",
    "(base) me@box:~$ docker ps",
    "(venv) PS C:\\x> docker ps",
    "PS C:\\Users\\ada> docker ps",
    "C:\\work> docker ps",
    "[root@box ~]# docker ps",
    "bash-5.1$ docker ps",
    "/app # docker ps",
    "~ $ docker ps",
    "➜  app git:(main) ✗ docker ps",
    "❯ docker ps",
    "`docker ps`",
    "1. docker pull a",
    "2) docker pull a",
    "- docker pull a",
    "* `docker pull a`",
    "podman run x",
    "winpty docker run -it a",
    "/usr/bin/docker ps",
    "docker.exe ps",
    "time docker pull a",
    "sudo docker ps",
    "sudo -u root docker ps",
    "& docker pull a",
    "DOCKER_BUILDKIT=1 docker build .",
    "cd app && docker build .",
    "cat x | docker load",
    "Run `docker image ls` to see the images",
    "docker rnu x",
    "docker run \u{202e}x",
    "podman rnu x",
    "docker-compose up",
    "docker compose up",
    "docker run --help",
    "# apt update",
    "# Pull it first",
    "root@0a1b:/# ls",
    "$ ls",
    "apt install wget",
    "kubectl get pods",
    "FROM ubuntu:22.04",
    "Ctrl+P Ctrl+Q",
    "exit",
];

/// What it searches for.
const SEARCHED: &[&str] = &[
    "n",
    "ng",
    "ngi",
    "nginx",
    "ls",
    "web",
    "my docker",
    "dockerfile",
    "settings",
    "Run an image",
    "hello world",
    "find my container",
    "4f1c9a2e7b31",
    "8080",
    "ubuntu:22.04",
    "registry.example/app",
    "name’s end",
    "$",
];

fn lines() -> Value {
    let kinds = |text: &str| {
        let lines = read(text, Shell::Posix).lines.into_iter().map(|line| {
            let said = serde_json::to_value(line.said).unwrap();
            match said.get("known") {
                Some(known) => json!({ "said": said["said"], "known": known }),
                None => json!({ "said": said["said"] }),
            }
        });
        lines.collect::<Vec<_>>()
    };
    let row =
        |text: &str, is_read: bool| json!({ "text": text, "read": is_read, "lines": kinds(text) });
    let to_read = crate::tutorial::texts().chain(READ.iter().copied());
    let rows = to_read.map(|text| row(text, true));
    let searched = SEARCHED.iter().map(|text| row(text, false));
    Value::Array(rows.chain(searched).collect())
}

#[test]
fn a_line_alone_is_told_from_a_search() {
    for row in lines().as_array().unwrap() {
        let says = row["lines"]
            .as_array()
            .unwrap()
            .iter()
            .any(|line| line["said"] != "other" || line["known"] == true);
        assert_eq!(json!(says), row["read"], "{row}");
    }
}

#[test]
fn the_lines_of_the_page_are_fresh() {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/testing/alone.json");
    let fresh = lines();
    if std::env::var_os("SLIPWAY_WRITE_BINDINGS").is_some() {
        let rows: Vec<String> = fresh
            .as_array()
            .unwrap()
            .iter()
            .map(Value::to_string)
            .collect();
        std::fs::write(&place, format!("[\n  {}\n]\n", rows.join(",\n  "))).unwrap();
    }
    let kept = std::fs::read_to_string(&place).unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    assert!(
        kept == fresh,
        "stale; SLIPWAY_WRITE_BINDINGS=1 cargo nextest run --release -p slipway-action --test vocabulary"
    );
}
