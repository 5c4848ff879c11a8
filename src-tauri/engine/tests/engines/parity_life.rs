//! The second law for the verbs that change what is there already: performing an action and running its
//! shown command leave the same containers, images, files and registries behind. And no verb is forgotten.
#![cfg(unix)]

use crate::comparing::{compare, run_in_a_shell};
use crate::doing::benches;
use crate::scene::Look::{self, Count, Facts, Manifest, Once, Tar, There};
use crate::scene::{Row, Scene, row};
use slipway_action::grammar::grammars;
use slipway_action::{Reach, Shell};
use slipway_lab::{Kind, Lab};

const RUN: &[&str] = &["run -d --name {c} busy"];
const GONE: &[&str] = &["rm -f -v {c}"];
const RUNNING: &[Look] = &[Once("{c}", "running")];
const EXITED: &[Look] = &[Once("{c}", "exited")];

const CONTAINERS: &[Row] = &[
    row(
        &["create --name {c} busy"],
        "docker start {c}",
        RUNNING,
        GONE,
    ),
    row(RUN, "docker start {c}", RUNNING, GONE),
    row(
        &["create --name {c} hello-world"],
        "docker start -a {c}",
        EXITED,
        GONE,
    ),
    row(RUN, "docker stop {c}", EXITED, GONE),
    row(RUN, "docker stop -t 1 {c}", EXITED, GONE),
    row(
        &["run -d --name {c} --stop-signal SIGHUP busy"],
        "docker stop -t 0 {c}",
        EXITED,
        GONE,
    ),
    Row {
        // Since API 1.42.
        refused: Some(Kind::Docker20),
        ..row(RUN, "docker stop -s SIGINT -t 2 {c}", EXITED, GONE)
    },
    row(
        &["run -d --name {c} --restart always busy"],
        "docker stop -t 1 {c}",
        EXITED,
        GONE,
    ),
    row(RUN, "docker restart {c}", RUNNING, GONE),
    row(
        &["create --name {c} busy"],
        "docker restart -t 1 {c}",
        RUNNING,
        GONE,
    ),
    row(RUN, "docker kill {c}", EXITED, GONE),
    row(RUN, "docker kill -s TERM {c}", EXITED, GONE),
    // The program takes no notice of it.
    row(RUN, "docker kill -s HUP {c}", RUNNING, GONE),
    row(
        &["create --name {c} busy"],
        "docker kill {c}",
        &[Once("{c}", "created")],
        GONE,
    )
    .failing(),
    row(
        RUN,
        "docker pause {c}",
        &[Once("{c}", "paused")],
        &["unpause {c}", "rm -f {c}"],
    ),
    row(
        &["run -d --name {c} busy", "pause {c}"],
        "docker unpause {c}",
        RUNNING,
        GONE,
    ),
    row(
        RUN,
        "docker rename {c} {d}",
        &[Once("{d}", "running"), There(&["container inspect {c}"])],
        &["rm -f {d}"],
    ),
    row(
        &["create --name {c} busy", "create --name {d} busy"],
        "docker rename {c} {d}",
        &[Once("{c}", "created"), Once("{d}", "created")],
        &["rm {c} {d}"],
    )
    .failing(),
    row(
        &["create --name {c} busy", "create --name {d} busy"],
        "docker rm {c}",
        &[There(&["container inspect {c}", "container inspect {d}"])],
        &["rm {d}"],
    ),
    row(
        &["run -d --name {c} busy", "create --name {d} busy"],
        "docker rm {c} {nosuch} {d}",
        &[There(&["container inspect {c}", "container inspect {d}"])],
        GONE,
    )
    .failing(),
    row(
        &[
            "volume create {v}",
            "run -d --name {c} -v {v}:/v --mount type=volume,dst=/a,volume-label={mine} busy",
        ],
        "docker rm -f -v {c}",
        &[
            There(&["container inspect {c}", "volume inspect {v}"]),
            Count("volume ls -q --filter label={mine}"),
        ],
        &["volume rm {v}"],
    ),
    row(
        &[
            "create --name {c} --label {mine} busy",
            "create --name {d} busy",
            "run -d --name {e} --label {mine} busy",
        ],
        "docker container prune -f --filter label={mine}",
        &[
            There(&["container inspect {c}", "container inspect {d}"]),
            Once("{e}", "running"),
            Count("ps -aq --filter label={mine}"),
        ],
        &["rm -f {d} {e}"],
    ),
];

/// An image of the test's own, with a label that no other has, and a container that has none.
const MAKE: &[&str] = &[
    "create --name {c} busy",
    "commit --change LABEL_{mine}=1 {c} {t}:1",
];
const UNMAKE: &[&str] = &["rm -f {c} {d}", "rmi -f {t}:1 {t}:2"];

const IMAGES: &[Row] = &[
    row(
        MAKE,
        "docker rmi {t}:1",
        &[
            There(&["image inspect {t}:1"]),
            Count("images -aq --filter label={mine}"),
        ],
        UNMAKE,
    ),
    row(
        &[
            "create --name {c} busy",
            "commit --change LABEL_{mine}=1 {c} {t}:1",
            "tag {t}:1 {t}:2",
        ],
        "docker rmi --no-prune {t}:1",
        &[
            There(&["image inspect {t}:1", "image inspect {t}:2"]),
            Count("images -aq --filter label={mine}"),
        ],
        UNMAKE,
    ),
    row(
        &[
            "create --name {c} busy",
            "commit --change LABEL_{mine}=1 {c} {t}:1",
            "create --name {d} {t}:1",
        ],
        "docker rmi {t}:1 {nosuch}:1",
        &[There(&["image inspect {t}:1"])],
        UNMAKE,
    )
    .failing(),
    // A newer image has taken the name of the first.
    row(
        &[
            "create --name {c} busy",
            "commit --change LABEL_{mine}=1 {c} {t}:1",
            "commit --change LABEL_{mine}=2 {c} {t}:1",
        ],
        "docker image prune -f --filter label={mine}",
        &[
            There(&["image inspect {t}:1"]),
            Count("images -aq --filter label={mine}=1"),
            Count("images -aq --filter label={mine}=2"),
        ],
        UNMAKE,
    ),
    row(
        &[
            "create --name {c} busy",
            "commit --change LABEL_{mine}=1 {c} {t}:1",
            "commit --change LABEL_{mine}=2 {c} {t}:2",
            "create --name {d} {t}:2",
        ],
        "docker image prune -a -f --filter label={mine}",
        &[
            There(&["image inspect {t}:1", "image inspect {t}:2"]),
            Count("images -aq --filter label={mine}"),
        ],
        UNMAKE,
    ),
    row(
        MAKE,
        "docker save -o FILES/out.tar {t}:1",
        &[Tar("out.tar")],
        UNMAKE,
    ),
    row(
        MAKE,
        "docker save --output FILES/out.tar busy {t}:1",
        &[Tar("out.tar")],
        UNMAKE,
    ),
    row(
        &[
            "create --name {c} busy",
            "commit --change LABEL_{mine}=1 {c} {t}:1",
            "tag {t}:1 {t}:2",
            "save -o FILES/in.tar {t}:1 {t}:2",
            "rmi {t}:1 {t}:2",
        ],
        "docker load -i FILES/in.tar",
        &[
            Facts("image inspect {t}:1"),
            There(&["image inspect {t}:2"]),
            Count("images -aq --filter label={mine}"),
        ],
        UNMAKE,
    ),
    row(
        &["create --name {c} busy"],
        "docker export -o FILES/out.tar {c}",
        &[Tar("out.tar")],
        GONE,
    ),
    row(
        &["create --name {c} busy", "export -o FILES/in.tar {c}"],
        "docker import FILES/in.tar {t}:1",
        &[Facts("image inspect {t}:1")],
        UNMAKE,
    ),
    row(
        &["create --name {c} busy", "export -o FILES/in.tar {c}"],
        "docker import -c 'CMD [\"/busy\", \"81\"]' -c 'ENV A=1' -m hello FILES/in.tar {t}:1",
        &[Facts("image inspect {t}:1")],
        UNMAKE,
    ),
    row(
        &[
            "tag busy REGISTRY/pulled:1",
            "push REGISTRY/pulled:1",
            "rmi REGISTRY/pulled:1",
        ],
        "docker pull REGISTRY/pulled:1",
        &[Facts("image inspect REGISTRY/pulled:1")],
        &["rmi REGISTRY/pulled:1"],
    ),
    row(
        &[
            "tag busy REGISTRY/all:1",
            "tag busy REGISTRY/all:2",
            "push REGISTRY/all:1",
            "push REGISTRY/all:2",
            "rmi REGISTRY/all:1 REGISTRY/all:2",
        ],
        "docker pull -a REGISTRY/all",
        &[There(&[
            "image inspect REGISTRY/all:1",
            "image inspect REGISTRY/all:2",
        ])],
        &["rmi REGISTRY/all:1", "rmi REGISTRY/all:2"],
    ),
    row(
        &[],
        "docker pull REGISTRY/nosuch:1",
        &[There(&["image inspect REGISTRY/nosuch:1"])],
        &[],
    )
    .failing(),
    row(
        &["tag busy REGISTRY/pushed:1"],
        "docker push REGISTRY/pushed:1",
        &[Manifest("pushed", "1")],
        &["rmi REGISTRY/pushed:1"],
    ),
    row(
        &["tag busy REGISTRY/several:1", "tag busy REGISTRY/several:2"],
        "docker push -a REGISTRY/several",
        &[Manifest("several", "1"), Manifest("several", "2")],
        &["rmi REGISTRY/several:1 REGISTRY/several:2"],
    ),
];

// Each engine takes its time, so each is a test of its own.
#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_containers_of_docker_20_is_the_same() {
    compare_all("states20", Kind::Docker20, CONTAINERS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_containers_of_the_newest_docker_is_the_same() {
    compare_all("statesnew", Kind::DockerNewest, CONTAINERS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_containers_of_podman_is_the_same() {
    compare_all("statespod", Kind::Podman, CONTAINERS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_images_of_docker_20_is_the_same() {
    compare_all("moved20", Kind::Docker20, IMAGES).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_images_of_the_newest_docker_is_the_same() {
    compare_all("movednew", Kind::DockerNewest, IMAGES).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_images_of_podman_is_the_same() {
    compare_all("movedpod", Kind::Podman, IMAGES).await;
}

async fn compare_all(test: &str, kind: Kind, rows: &[Row]) {
    let benches = benches(test).await;
    let Some(bench) = benches.into_iter().find(|bench| bench.kind() == kind) else {
        return;
    };
    bench.lab.load_image("hello-world").unwrap();
    let registry = Lab::up().unwrap().fresh_registry(None).unwrap();
    let mut differences = Vec::new();
    for row in rows {
        let folder = tempfile::tempdir().unwrap();
        let scene = Scene {
            bench: &bench,
            folder: folder.path(),
            registry: registry.address(),
        };
        let line = scene.filled(row.line);
        let shown = bench.action(&line).render(Shell::Posix).line;

        scene.run(row.before);
        let (ours, _) = bench.act(&line).await;
        if row.refused == Some(kind) {
            assert!(ours.is_err(), "{kind}: {line}: {ours:?}");
            scene.tidy(row);
            continue;
        }
        let left = scene.look(row.looks, ours.is_ok() || row.fails);
        scene.tidy(row);
        scene.run(row.before);
        let theirs = run_in_a_shell(&bench, &shown);
        let docker = scene.look(row.looks, theirs || row.fails);
        scene.tidy(row);

        if ours.is_ok() != theirs {
            differences.push(format!("{line}: performed {ours:?}, docker {theirs}"));
        }
        // What an old engine can't do is left out there, by both.
        let known = kind == Kind::DockerNewest || row.fails;
        if known && theirs == row.fails {
            differences.push(format!("{line}: docker went well: {theirs}"));
        }
        compare("", &left, &docker, &mut |found| {
            differences.push(format!("{line}: {found}"));
        });
    }
    assert!(
        differences.is_empty(),
        "{kind}:\n{}",
        differences.join("\n")
    );
}
/// Where rows of other tests are written, each with its verb.
const OTHERS: &[&str] = &[
    include_str!("parity.rs"),
    include_str!("parity_verbs.rs"),
    // `docker build` is put before each row's words there.
    include_str!("build_parity.rs"),
];

/// The performed verbs of which nothing is compared that they leave behind, by their tags.
const LEAVE_NOTHING: &[(&[&str], &str)] = &[
    (
        &[
            "history",
            "inspect-image",
            "diff",
            "inspect-container",
            "list-ports",
            "top",
            "list-volumes",
            "inspect-volume",
            "list-networks",
            "inspect-network",
            "inspect",
        ],
        "a question: tests/engines/questions.rs compares what is answered",
    ),
    (
        &["system-df", "info", "version", "search"],
        "a question about what differs at each moment: tests/engines/questions.rs looks at the answer",
    ),
    (
        &["wait"],
        "it changes nothing: tests/engines/parity_verbs.rs holds it to the code that docker prints",
    ),
];

#[test]
fn no_verb_is_forgotten() {
    let own = CONTAINERS.iter().chain(IMAGES).map(|row| row.line);
    let lines: Vec<&str> = own
        .chain(OTHERS.iter().flat_map(|text| text.lines()))
        .collect();
    for grammar in grammars() {
        if grammar.reach != Reach::Performed {
            continue;
        }
        let compared = grammar.spellings.iter().any(|spelling| {
            let written = format!("docker {spelling} ");
            lines
                .iter()
                .any(|line| line.contains(&written) && !line.trim_start().starts_with("//"))
        });
        let excused = LEAVE_NOTHING
            .iter()
            .any(|(tags, _)| tags.contains(&grammar.tag.as_str()));
        let tag = &grammar.tag;
        assert!(
            compared || excused,
            "{tag}: no row compares what it leaves behind, and nothing says why"
        );
        assert!(
            !(compared && excused) || tag == "wait" || tag.starts_with("inspect"),
            "{tag}: it is compared, so it needs no reason"
        );
    }
    for tag in LEAVE_NOTHING.iter().flat_map(|(tags, _)| *tags) {
        assert!(
            grammars().iter().any(|grammar| grammar.tag == *tag),
            "{tag}: there is no such verb"
        );
    }
}
