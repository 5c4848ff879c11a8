//! What tests that perform actions need: real engines of every kind, a report that keeps what it is
//! told, and the removal of what a test has made.
#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::result_large_err, reason = "tests")]

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::Value;
use slipway_action::Action;
use slipway_engine::Engine;
use slipway_engine::endpoint::Endpoint;
use slipway_engine::model::{Outcome, Progress};
use slipway_engine::perform::{Report, perform, perform_in};
use slipway_engine::problem::Problem;
use slipway_engine::stream::output::{OutputPiece, OutputStream};
use slipway_lab::scripted::ScriptedServer;
use slipway_lab::{Kind, Lab, images, left_out};
use tokio_util::sync::CancellationToken;

/// Long enough for a machine that is busy with something else.
pub const LIMIT: Duration = Duration::from_secs(90);

/// A real engine, connected to.
pub struct Bench {
    pub lab: slipway_lab::Engine,
    pub engine: Engine,
    prefix: String,
}

/// The shared engine of each kind that can run here; those that can't are said and counted.
pub async fn benches(test: &str) -> Vec<Bench> {
    let lab = match Lab::up() {
        Ok(lab) => lab,
        Err(error) => {
            left_out(test, &error.to_string()).expect("nothing may be left out here");
            return Vec::new();
        }
    };
    for (kind, why) in lab.missing() {
        left_out(&format!("{test} on {kind}"), &why).expect("nothing may be left out here");
    }
    let mut benches = Vec::new();
    for kind in lab.kinds() {
        benches.push(Bench::of(lab.shared(kind).expect("a shared engine"), test).await);
    }
    benches
}

/// An engine that a script speaks for.
pub async fn scripted(server: &ScriptedServer) -> Engine {
    let endpoint = Endpoint::parse(&server.host()).expect("an address");
    Engine::connect("scripted", &endpoint)
        .await
        .expect("a scripted engine")
}

impl Bench {
    pub async fn of(lab: slipway_lab::Engine, test: &str) -> Self {
        lab.load_image(images::BUSY).expect("the image busy");
        let endpoint = Endpoint::parse(&lab.host()).expect("an address");
        let engine = Engine::connect(lab.kind.name(), &endpoint)
            .await
            .expect("a connection");
        Self {
            lab,
            engine,
            prefix: format!("{test}-{}", std::process::id()),
        }
    }

    pub fn kind(&self) -> Kind {
        self.lab.kind
    }

    /// A name of this test's own.
    pub fn name(&self, name: &str) -> String {
        format!("{}-{name}", self.prefix)
    }

    /// Performs a command line; `{x}` in it becomes the name `x` of this test's own.
    pub async fn act(&self, line: &str) -> (Result<Outcome, Problem>, Kept) {
        self.act_in(&std::env::current_dir().expect("a folder"), line)
            .await
    }

    /// Performs a command line whose paths begin in `folder`.
    pub async fn act_in(&self, folder: &Path, line: &str) -> (Result<Outcome, Problem>, Kept) {
        let kept = Kept::default();
        let action = self.action(line);
        let cancel = CancellationToken::new();
        let done = perform_in(folder, &self.engine, &action, &kept, &cancel);
        let done = tokio::time::timeout(LIMIT, done).await;
        (
            done.unwrap_or_else(|_| panic!("{}: {line} does not end", self.kind())),
            kept,
        )
    }

    /// Performs a command line that must succeed.
    pub async fn ok(&self, line: &str) -> Outcome {
        let (done, _) = self.act(line).await;
        done.unwrap_or_else(|problem| panic!("{}: {line}: {problem:#?}", self.kind()))
    }

    /// Performs a command line that must fail.
    pub async fn fails(&self, line: &str) -> Problem {
        let (done, _) = self.act(line).await;
        match done {
            Ok(outcome) => panic!("{}: {line} went well: {outcome:#?}", self.kind()),
            Err(problem) => problem,
        }
    }

    /// Performs what a fix offers, one action after the other.
    pub async fn mend(&self, problem: &Problem, label: &str) {
        let fix = problem.fixes.iter().find(|fix| fix.label.contains(label));
        let fix = fix.unwrap_or_else(|| panic!("{}: no fix {label:?}: {problem:#?}", self.kind()));
        for (action, command) in fix.actions.iter().zip(&fix.commands) {
            let kept = Kept::default();
            let done = perform(&self.engine, action, &kept, &CancellationToken::new()).await;
            done.unwrap_or_else(|problem| {
                panic!("{}: {}: {problem:#?}", self.kind(), command.line)
            });
        }
    }

    pub fn action(&self, line: &str) -> Action {
        let line = self.filled(line);
        Action::parse(&line).unwrap_or_else(|error| panic!("{line}: {error:?}"))
    }

    fn filled(&self, line: &str) -> String {
        line.replace('{', &format!("{}-", self.prefix))
            .replace('}', "")
    }

    /// Runs the docker CLI's words, and gives what it printed.
    pub fn docker(&self, words: &str) -> String {
        let words = self.filled(words);
        let words: Vec<&str> = words.split(' ').collect();
        let output = self.lab.docker(&words).expect("docker");
        output
            .ok()
            .unwrap_or_else(|error| panic!("{}: {error}", self.kind()))
    }

    /// What the engine knows of a container or an image.
    pub fn inspect(&self, name: &str) -> Value {
        let text = self.docker(&format!("inspect {name}"));
        let mut list: Vec<Value> = serde_json::from_str(&text).expect("JSON");
        list.remove(0)
    }

    /// `State.Status` of a container.
    pub fn state(&self, name: &str) -> String {
        self.inspect(name)["State"]["Status"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Whether there is such a container.
    pub fn exists(&self, name: &str) -> bool {
        let name = self.filled(name);
        self.lab
            .docker(&["container", "inspect", &name])
            .expect("docker")
            .code
            == Some(0)
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let filter = format!("name={}", self.prefix);
        let listed = self.lab.docker(&["ps", "-aq", "--filter", &filter]);
        let ids = listed.map(|output| output.stdout).unwrap_or_default();
        for id in ids.split_whitespace() {
            let _ = self.lab.docker(&["rm", "-f", "-v", id]);
        }
        for noun in ["network", "volume"] {
            let listed = self.lab.docker(&[noun, "ls", "-q", "--filter", &filter]);
            let names = listed.map(|output| output.stdout).unwrap_or_default();
            for name in names.split_whitespace() {
                let _ = self.lab.docker(&[noun, "rm", name]);
            }
        }
    }
}

/// A report that keeps what it is told.
#[derive(Default)]
pub struct Kept {
    pub progress: Mutex<Vec<Progress>>,
    pub outcomes: Mutex<Vec<Outcome>>,
    pub output: Mutex<Vec<u8>>,
}

impl Kept {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.output.lock().unwrap()).into_owned()
    }

    pub fn last_outcome(&self) -> Outcome {
        self.outcomes
            .lock()
            .unwrap()
            .last()
            .cloned()
            .unwrap_or_default()
    }

    pub fn last_progress(&self) -> Progress {
        self.progress
            .lock()
            .unwrap()
            .last()
            .cloned()
            .unwrap_or_default()
    }
}

impl Report for Kept {
    fn progress(&self, progress: Progress) {
        self.progress.lock().unwrap().push(progress);
    }

    fn outcome(&self, partial: Outcome) {
        self.outcomes.lock().unwrap().push(partial);
    }

    fn output(&self, bytes: &[u8]) {
        self.output.lock().unwrap().extend_from_slice(bytes);
    }
}

/// Reads a stream until its end, or until `enough` of what was read.
pub async fn read(
    stream: &mut OutputStream,
    enough: impl Fn(&str) -> bool,
) -> (String, Option<OutputPiece>) {
    let mut bytes = Vec::new();
    let reading = async {
        while let Some(piece) = stream.next().await {
            match piece {
                OutputPiece::Bytes(some) => bytes.extend_from_slice(&some),
                end @ (OutputPiece::Ended | OutputPiece::Failed(_)) => return Some(end),
            }
            if enough(&String::from_utf8_lossy(&bytes)) {
                return None;
            }
        }
        panic!("a stream ends with a piece that says so");
    };
    let end = tokio::time::timeout(LIMIT, reading)
        .await
        .expect("the output comes or ends");
    (String::from_utf8_lossy(&bytes).into_owned(), end)
}
