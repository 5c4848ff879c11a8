//! The same build by the docker command and by us, and what the images hold.
#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::result_large_err, reason = "tests")]

pub mod rows;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;

use serde_json::{Value, json};
use slipway_action::Action;
use slipway_engine::Engine;
use slipway_engine::build::{Told, Way};
use slipway_engine::endpoint::Endpoint;
use slipway_engine::model::{self, Progress};
use slipway_engine::perform::{Report, perform_in};
use slipway_engine::problem::Problem;
use slipway_engine::surroundings::Surroundings;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::doing::{Bench, LIMIT};
use crate::folders::{Told as Entry, listed, plant};
use rows::{PACKED, Row};

/// What a build left behind.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    pub id: String,
    pub config: Value,
    /// What made each layer, newest first.
    pub history: Vec<String>,
    pub files: BTreeMap<String, Entry>,
}

/// Lays out a row's folder in a place of its own, and gives both.
pub fn lay_out(row: &Row, base: &str) -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("in");
    fs::create_dir(&folder).unwrap();
    let from = format!("FROM {base}");
    let files: Vec<String> = row
        .files
        .iter()
        .map(|it| it.replace("FROM BASE", &from))
        .collect();
    plant(&folder, &files);
    if row.files.contains(&PACKED) {
        let inner = tempfile::tempdir().unwrap();
        plant(inner.path(), &["x/y=1", "0750 z=2", "l->z", "empty/"]);
        let packed = Command::new("tar")
            .args(["--owner=12", "--group=34", "-C"])
            .arg(inner.path())
            .arg("-czf")
            .arg(folder.join("pack.tar.gz"))
            .arg(".")
            .status();
        assert!(packed.unwrap().success());
    }
    (place, folder)
}

/// The docker command with BuildKit or without.
pub fn by_docker(bench: &Bench, folder: &Path, line: &str, buildkit: bool) -> Output {
    let docker = bench.lab.docker_command();
    let mut shell = Command::new("bash");
    for (name, value) in docker.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell.env("DOCKER_BUILDKIT", if buildkit { "1" } else { "0" });
    // A builder's record of how it built names the moment.
    shell.env("BUILDX_NO_DEFAULT_ATTESTATIONS", "1");
    shell
        .args(["-c", line])
        .current_dir(folder)
        .output()
        .unwrap()
}

/// Gives the docker command of this engine the plugin with which it builds by BuildKit.
pub fn add_buildx(bench: &Bench) {
    let plugins = bench.lab.docker_config().join("cli-plugins");
    fs::create_dir_all(&plugins).unwrap();
    // Without it docker builds nothing by BuildKit, and the comparison says so.
    let Some(plugin) = slipway_lab::buildx() else {
        return;
    };
    let link = plugins.join("docker-buildx");
    if fs::symlink_metadata(&link).is_err() {
        // Another test may have made it just now.
        let _ = std::os::unix::fs::symlink(plugin, link);
    }
}

/// Connects anew, as a program in whose environment BuildKit is asked for.
pub async fn ask_for_buildkit(bench: &mut Bench) {
    let mut surroundings = Surroundings::of_this_process();
    surroundings
        .env
        .insert("DOCKER_BUILDKIT".to_owned(), "1".to_owned());
    let endpoint = Endpoint::parse(&bench.lab.host()).unwrap();
    let engine = Engine::connect_in(&surroundings, bench.kind().name(), &endpoint).await;
    bench.engine = engine.unwrap();
}

/// Which way was told first, and all that was said.
#[derive(Default)]
pub struct Heard {
    way: Mutex<Option<Way>>,
    log: Mutex<Vec<u8>>,
}

impl Heard {
    pub fn way(&self) -> Option<Way> {
        *self.way.lock().unwrap()
    }
}

impl Report for Heard {
    fn progress(&self, _: Progress) {}
    fn outcome(&self, _: model::Outcome) {}
    fn output(&self, _: &[u8]) {}
    fn build(&self, told: Told<'_>) {
        match told {
            Told::Way(way, _) => *self.way.lock().unwrap() = Some(way),
            Told::Log(_, bytes) => self.log.lock().unwrap().extend_from_slice(bytes),
            Told::Sent(_) | Told::Step(_) | Told::Finding(_) => {}
        }
    }
}

/// The same line, performed.
pub async fn by_us(
    bench: &Bench,
    folder: &Path,
    line: &str,
) -> (Result<model::Outcome, Box<Problem>>, Heard) {
    let action = Action::parse(line).unwrap_or_else(|error| panic!("{line}: {error:?}"));
    let heard = Heard::default();
    let cancel = CancellationToken::new();
    let done = perform_in(folder, &bench.engine, &action, &heard, &cancel);
    let done = tokio::time::timeout(LIMIT, done).await;
    let done = done.unwrap_or_else(|_| panic!("{}: {line} does not end", bench.kind()));
    (done.map_err(Box::new), heard)
}

/// What an image is, without what is new with each.
pub fn image(bench: &Bench, name: &str) -> Image {
    let inspected = bench.inspect(name);
    let mut config = inspected["Config"].clone();
    if let Some(config) = config.as_object_mut() {
        for new in ["Image", "Hostname"] {
            config.remove(new);
        }
    }
    let format = ["history", "--no-trunc", "--format", "{{json .}}", name];
    let history = bench.lab.docker(&format).unwrap().ok().unwrap();
    let history = history
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|it| {
            let by = sorted_labels(it["CreatedBy"].as_str().unwrap());
            format!("{by} | {}", it["Comment"].as_str().unwrap())
        })
        .collect();
    Image {
        id: inspected["Id"].as_str().unwrap().to_owned(),
        config: json!({
            "config": config,
            "os": inspected["Os"],
            "architecture": inspected["Architecture"],
            "author": inspected["Author"],
            "layers": inspected["RootFS"]["Layers"].as_array().unwrap().len(),
        }),
        history,
        files: files(bench, name),
    }
}

/// Podman writes the labels of a command in an order that is new each time.
fn sorted_labels(by: &str) -> String {
    if !by.contains(" LABEL ") {
        return by.to_owned();
    }
    let mut words: Vec<&str> = by.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// The files of an image, without their times. A container is made for it with a command, since an image
/// need not have one.
fn files(bench: &Bench, name: &str) -> BTreeMap<String, Entry> {
    bench.docker(&format!("create --name {name} {name} x"));
    let mut command = bench.lab.docker_command();
    let exported = command.args(["export", name]).output().unwrap();
    bench.docker(&format!("rm -v {name}"));
    let mut files = listed(&exported.stdout[..]);
    for entry in files.values_mut() {
        entry.modified = 0;
    }
    files
}
