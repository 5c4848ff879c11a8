//! What tests that build need: folders with files, and a report that keeps what a build told.
#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::result_large_err, reason = "tests")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use crate::doing::Bench;
use slipway_action::Action;
use slipway_engine::Engine;
use slipway_engine::build::{Sent, Step, StepState, Told, Way};
use slipway_engine::endpoint::Endpoint;
use slipway_engine::model::{Outcome, Progress};
use slipway_engine::perform::{Report, perform_in};
use slipway_engine::problem::Problem;
use slipway_engine::surroundings::Surroundings;
use slipway_lab::Kind;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// Long enough for a machine that is busy with something else.
pub const LIMIT: Duration = Duration::from_secs(120);

/// A folder with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
}

/// What a build told.
#[derive(Default)]
pub struct Heard(Mutex<Kept>);

#[derive(Default, Clone)]
pub struct Kept {
    pub ways: Vec<(Way, String)>,
    pub steps: BTreeMap<u32, Step>,
    pub logs: BTreeMap<u32, Vec<u8>>,
    pub sent: Vec<Sent>,
    pub progress: Vec<String>,
    /// The way came before everything else.
    pub way_first: bool,
}

impl Heard {
    pub fn kept(&self) -> Kept {
        self.0.lock().unwrap().clone()
    }
}

impl Kept {
    /// The step whose name begins so.
    pub fn step(&self, name: &str) -> &Step {
        let found = self.steps.values().find(|step| step.name.starts_with(name));
        found.unwrap_or_else(|| panic!("no step {name}: {:#?}", self.steps))
    }

    pub fn log(&self, name: &str) -> String {
        let bytes = self.logs.get(&self.step(name).id);
        String::from_utf8_lossy(bytes.map_or(&[], Vec::as_slice)).into_owned()
    }

    pub fn states(&self) -> Vec<(&str, StepState)> {
        let state = |step: &'_ Step| step.state;
        self.steps
            .values()
            .map(|step| (step.name.as_str(), state(step)))
            .collect()
    }

    pub fn is_open(&self) -> bool {
        self.steps
            .values()
            .any(|step| matches!(step.state, StepState::Waiting | StepState::Running))
    }
}

impl Report for Heard {
    fn progress(&self, progress: Progress) {
        self.0.lock().unwrap().progress.push(progress.text);
    }

    fn outcome(&self, _: Outcome) {}

    fn output(&self, _: &[u8]) {}

    fn build(&self, told: Told<'_>) {
        let mut kept = self.0.lock().unwrap();
        if kept.steps.is_empty() && kept.logs.is_empty() && kept.sent.is_empty() {
            kept.way_first = matches!(told, Told::Way(..)) || !kept.ways.is_empty();
        }
        match told {
            Told::Way(way, why) => kept.ways.push((way, why.to_owned())),
            Told::Sent(sent) => kept.sent.push(sent),
            Told::Step(step) => {
                kept.steps.insert(step.id, step.clone());
            }
            Told::Log(step, bytes) => kept.logs.entry(step).or_default().extend(bytes),
            Told::Finding(_) => {}
        }
    }
}

/// The ways in which an engine builds by itself, each with a name: as it does unless told otherwise, and
/// by its other builder where it has two.
pub async fn engines(bench: &Bench) -> Vec<(String, Engine)> {
    let kind = bench.kind();
    let other = match kind {
        Kind::Docker20 => Some("1"),
        Kind::DockerNewest => Some("0"),
        Kind::Podman => None,
    };
    let mut engines = vec![(kind.to_string(), bench.engine.clone())];
    if let Some(value) = other {
        let name = format!("{kind} with DOCKER_BUILDKIT={value}");
        engines.push((name, with_env(bench, &[("DOCKER_BUILDKIT", value)]).await));
    }
    engines
}

/// The same engine in surroundings with these variables.
pub async fn with_env(bench: &Bench, variables: &[(&str, &str)]) -> Engine {
    let mut surroundings = Surroundings::of_this_process();
    for (name, value) in variables {
        surroundings
            .env
            .insert((*name).to_owned(), (*value).to_owned());
    }
    let endpoint = Endpoint::parse(&bench.lab.host()).expect("an address");
    Engine::connect_in(&surroundings, bench.kind().name(), &endpoint)
        .await
        .expect("a connection")
}

/// Performs a build in a folder.
pub async fn build(engine: &Engine, folder: &Path, line: &str) -> (Result<Outcome, Problem>, Kept) {
    let action = Action::parse(line).unwrap_or_else(|error| panic!("{line}: {error:?}"));
    let heard = Heard::default();
    let cancel = CancellationToken::new();
    let done = perform_in(folder, engine, &action, &heard, &cancel);
    let done = tokio::time::timeout(LIMIT, done).await;
    let done = done.unwrap_or_else(|_| panic!("{line} does not end: {:#?}", heard.kept().steps));
    (done, heard.kept())
}

/// Performs a build and stops it once `when` fits what it told.
pub async fn stopped(
    engine: &Engine,
    folder: &Path,
    line: &str,
    when: impl Fn(&Kept) -> bool,
) -> (Result<Outcome, Problem>, Kept) {
    let action = Action::parse(line).unwrap_or_else(|error| panic!("{line}: {error:?}"));
    let heard = Heard::default();
    let cancel = CancellationToken::new();
    let stop = async {
        while !when(&heard.kept()) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        cancel.cancel();
    };
    let both = async {
        let done = perform_in(folder, engine, &action, &heard, &cancel);
        tokio::pin!(done);
        tokio::select! {
            done = &mut done => done,
            () = stop => done.await,
        }
    };
    let done = tokio::time::timeout(LIMIT, both).await;
    let done = done.unwrap_or_else(|_| panic!("{line} does not end: {:#?}", heard.kept().steps));
    (done, heard.kept())
}

/// Whether a process with this text in its command line runs anywhere on this machine. An engine's
/// containers are processes of the machine.
pub fn runs(text: &str) -> bool {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return false;
    };
    entries.flatten().any(|entry| {
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let words: Vec<&[u8]> = line.split(|byte| *byte == 0).collect();
        words.contains(&text.as_bytes())
    })
}

/// A folder of settings in which the docker command finds the lab's buildx.
pub fn plugins() -> Option<TempDir> {
    let program = slipway_lab::buildx()?;
    let config = tempfile::tempdir().unwrap();
    let plugins = config.path().join("cli-plugins");
    std::fs::create_dir(&plugins).unwrap();
    std::os::unix::fs::symlink(program, plugins.join("docker-buildx")).unwrap();
    Some(config)
}
