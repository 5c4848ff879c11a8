//! The second law for the verbs that change what is there already: performing an action and running its
//! shown command leave the same containers, images, files and registries behind. And no verb is forgotten.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

use crate::comparing::{compare, normalise, run_in_a_shell};
use crate::doing::{Bench, LIMIT, benches};
use serde_json::{Value, json};
use slipway_action::grammar::grammars;
use slipway_action::{Reach, Shell};
use slipway_lab::{Kind, Lab, wait_until};

/// What is looked at afterwards.
#[derive(Clone, Copy)]
enum Look {
    /// Everything that the engine knows of it: the words of an inspect.
    Facts(&'static str),
    /// The same of a container, once it is in this state.
    Once(&'static str, &'static str),
    /// Which of them are still there: the words of inspects.
    There(&'static [&'static str]),
    /// How many a list shows.
    Count(&'static str),
    /// Which files a tar file of the folder holds, of which kind and with which rights.
    Tar(&'static str),
    /// What the registry says of this name and tag.
    Manifest(&'static str, &'static str),
}

use Look::{Count, Facts, Manifest, Once, Tar, There};

/// `{x}` is a name of the test's own, `FILES` a folder, `REGISTRY` a registry's address, and `_` a blank
/// within a word.
struct Row {
    before: &'static [&'static str],
    line: &'static str,
    looks: &'static [Look],
    after: &'static [&'static str],
    /// Neither goes well, on any engine.
    fails: bool,
    /// An engine that would take no notice of a flag; docker does not say so, and we refuse.
    refused: Option<Kind>,
}

const fn row(
    before: &'static [&'static str],
    line: &'static str,
    looks: &'static [Look],
    after: &'static [&'static str],
) -> Row {
    Row {
        before,
        line,
        looks,
        after,
        fails: false,
        refused: None,
    }
}

const fn failing(
    before: &'static [&'static str],
    line: &'static str,
    looks: &'static [Look],
    after: &'static [&'static str],
) -> Row {
    Row {
        fails: true,
        ..row(before, line, looks, after)
    }
}

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
    failing(
        &["create --name {c} busy"],
        "docker kill {c}",
        &[Once("{c}", "created")],
        GONE,
    ),
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
    failing(
        &["create --name {c} busy", "create --name {d} busy"],
        "docker rename {c} {d}",
        &[Once("{c}", "created"), Once("{d}", "created")],
        &["rm {c} {d}"],
    ),
    row(
        &["create --name {c} busy", "create --name {d} busy"],
        "docker rm {c}",
        &[There(&["container inspect {c}", "container inspect {d}"])],
        &["rm {d}"],
    ),
    failing(
        &["run -d --name {c} busy", "create --name {d} busy"],
        "docker rm {c} {nosuch} {d}",
        &[There(&["container inspect {c}", "container inspect {d}"])],
        GONE,
    ),
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
    failing(
        &[
            "create --name {c} busy",
            "commit --change LABEL_{mine}=1 {c} {t}:1",
            "create --name {d} {t}:1",
        ],
        "docker rmi {t}:1 {nosuch}:1",
        &[There(&["image inspect {t}:1"])],
        UNMAKE,
    ),
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
    failing(
        &[],
        "docker pull REGISTRY/nosuch:1",
        &[There(&["image inspect REGISTRY/nosuch:1"])],
        &[],
    ),
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

/// Where a row is played.
struct Scene<'a> {
    bench: &'a Bench,
    folder: &'a Path,
    registry: String,
}

impl Scene<'_> {
    fn filled(&self, line: &str) -> String {
        line.replace("FILES", &self.folder.to_string_lossy())
            .replace("REGISTRY", &self.registry)
    }

    /// Words for the docker command.
    fn words(&self, line: &str) -> Vec<String> {
        let own = self.filled(line);
        let own = own.replace('{', &self.bench.name("")).replace('}', "");
        own.split(' ').map(|word| word.replace('_', " ")).collect()
    }

    fn docker(&self, line: &str) -> slipway_lab::Output {
        let words = self.words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        self.bench.lab.docker(&words).unwrap()
    }

    fn run(&self, lines: &[&str]) {
        for line in lines {
            let done = self.docker(line).ok();
            done.unwrap_or_else(|error| panic!("{}: {error}", self.bench.kind()));
        }
    }

    /// What was there before the row is there after it, whatever came of it.
    fn tidy(&self, row: &Row) {
        for line in row.after {
            self.docker(line);
        }
        for look in row.looks {
            match look {
                Tar(file) => drop(std::fs::remove_file(self.folder.join(file))),
                Manifest(name, tag) => self.forget(name, tag),
                Facts(_) | Once(..) | There(_) | Count(_) => {}
            }
        }
    }

    /// A state that will come is waited for only where what was asked for is `done`.
    fn look(&self, looks: &[Look], done: bool) -> Value {
        let found = looks.iter().enumerate().map(|(at, look)| {
            let name = format!("{at}");
            (name, self.one(*look, done))
        });
        Value::Object(found.collect())
    }

    fn one(&self, look: Look, done: bool) -> Value {
        match look {
            Facts(words) => self.facts(words),
            Once(name, _) if !done => self.facts(&format!("container inspect {name}")),
            Once(name, state) => {
                let what = format!("{}: {name} to be {state}", self.bench.kind());
                let there = || (self.state(name) == state).then_some(());
                match wait_until(LIMIT, &what, there) {
                    Ok(()) => {
                        let mut facts = self.facts(&format!("container inspect {name}"));
                        // Podman says that a container has exited before it takes its network away.
                        if state == "exited"
                            && self.bench.kind() == Kind::Podman
                            && let Some(one) = facts.get_mut(0).and_then(Value::as_object_mut)
                        {
                            one.remove("NetworkSettings");
                        }
                        facts
                    }
                    Err(error) => json!(error.to_string()),
                }
            }
            There(all) => all
                .iter()
                .map(|words| json!([words, self.docker(words).code == Some(0)]))
                .collect(),
            Count(words) => {
                let listed = self.docker(words).ok().unwrap();
                let ids: BTreeSet<&str> = listed.lines().collect();
                json!(ids.len())
            }
            Tar(file) => self.tar(&self.folder.join(file)),
            Manifest(name, tag) => {
                let answer = self.registry("GET", name, tag);
                let (_, body) = answer.split_once("\r\n\r\n").unwrap();
                json!(body)
            }
        }
    }

    fn state(&self, name: &str) -> String {
        let found = self.docker(&format!("container inspect {name}"));
        let found: Vec<Value> = serde_json::from_str(&found.stdout).unwrap_or_default();
        let state = found.first().map(|it| it["State"]["Status"].clone());
        state
            .and_then(|it| it.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    fn facts(&self, words: &str) -> Value {
        let text = self.docker(words);
        let Ok(mut found) = serde_json::from_str::<Vec<Value>>(&text.stdout) else {
            return json!(text.stderr);
        };
        let found = found.pop().unwrap_or_default();
        let id = found["Id"].as_str().unwrap_or_default();
        let text = found.to_string();
        let text = match id.get(..12).filter(|_| !id.starts_with("sha256:")) {
            Some(short) => text.replace(id, "ID").replace(short, "SHORT"),
            None => text,
        };
        normalise(&text)
    }

    fn tar(&self, path: &Path) -> Value {
        let Ok(file) = std::fs::File::open(path) else {
            return json!("there is none");
        };
        let mut archive = tar::Archive::new(file);
        let entries = archive.entries().unwrap().map(|entry| {
            let entry = entry.unwrap();
            let head = entry.header();
            let name = entry.path().unwrap().to_string_lossy().into_owned();
            let kind = char::from(head.entry_type().as_byte());
            let rights = format!("{kind} {:o}", head.mode().unwrap());
            // The moments in the JSON files of an image are not always of one length.
            json!([name, rights, entry.size() >> 12])
        });
        let found: Value = entries.collect();
        normalise(&found.to_string())
    }

    /// Asks the registry for an image, and gives the whole answer.
    fn registry(&self, method: &str, name: &str, tag: &str) -> String {
        let mut stream = TcpStream::connect(&self.registry).unwrap();
        write!(
            stream,
            "{method} /v2/{name}/manifests/{tag} HTTP/1.0\r\nHost: {}\r\n\
             Accept: application/vnd.docker.distribution.manifest.v2+json\r\n\
             Accept: application/vnd.oci.image.manifest.v1+json\r\n\
             Accept: application/vnd.oci.image.index.v1+json\r\n\r\n",
            self.registry
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn forget(&self, name: &str, tag: &str) {
        let known = self.registry("GET", name, tag);
        let digest = known
            .lines()
            .find_map(|line| line.strip_prefix("Docker-Content-Digest: "));
        let Some(digest) = digest else { return };
        let answer = self.registry("DELETE", name, digest.trim());
        assert!(answer.contains(" 202 "), "{answer}");
        let answer = self.registry("GET", name, tag);
        assert!(answer.contains(" 404 "), "{answer}");
    }
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
