//! What tests of BuildKit need: engines that have it, folders to build, and what was told of a build.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use slipway_action::{Action, Build};
use slipway_engine::Engine;
use slipway_engine::build::buildkit::{self, BuildkitError, Built, Definition, Request, Source};
use slipway_engine::build::{Finding, Sent, Step, StepState, Told};
use slipway_engine::endpoint::Endpoint;
use slipway_engine::surroundings::Surroundings;
use slipway_lab::{Kind, Lab, images, left_out};

/// Long enough for a machine that is busy with something else.
pub const LIMIT: Duration = Duration::from_secs(60);

/// A real engine with BuildKit, connected to.
pub struct Bench {
    pub lab: slipway_lab::Engine,
    pub engine: Engine,
    prefix: String,
}

/// The shared engines that have BuildKit; those that can't run here are said and counted.
pub async fn benches(test: &str) -> Vec<Bench> {
    let lab = match Lab::up() {
        Ok(lab) => lab,
        Err(error) => {
            left_out(test, &error.to_string()).expect("nothing may be left out here");
            return Vec::new();
        }
    };
    let mut benches = Vec::new();
    for kind in [Kind::Docker20, Kind::DockerNewest] {
        if !lab.kinds().contains(&kind) {
            left_out(&format!("{test} on {kind}"), "it can’t run here").expect("nothing may be");
            continue;
        }
        let engine = lab.shared(kind).expect("a shared engine");
        benches.push(Bench::of(engine, test, Surroundings::of_this_process()).await);
    }
    benches
}

impl Bench {
    /// An engine of this test's own, without images; `None` where none can run.
    pub async fn fresh(kind: Kind, test: &str) -> Option<Self> {
        let made = Lab::up().and_then(|lab| lab.fresh(kind));
        match made {
            Ok(lab) => Some(Self::bare(lab, test, Surroundings::of_this_process()).await),
            Err(error) => {
                left_out(test, &error.to_string()).expect("nothing may be left out here");
                None
            }
        }
    }

    pub async fn of(lab: slipway_lab::Engine, test: &str, surroundings: Surroundings) -> Self {
        for image in [images::BUSY, images::UBUNTU] {
            lab.load_image(image).expect("the lab’s image");
        }
        Self::bare(lab, test, surroundings).await
    }

    async fn bare(lab: slipway_lab::Engine, test: &str, surroundings: Surroundings) -> Self {
        let endpoint = Endpoint::parse(&lab.host()).expect("an address");
        let engine = Engine::connect_in(&surroundings, lab.kind.name(), &endpoint);
        Self {
            engine: engine.await.expect("a connection"),
            lab,
            prefix: format!("{test}-{}", std::process::id()),
        }
    }

    /// The same engine, reached at another address.
    pub async fn through(&self, host: &str) -> Through<'_> {
        let endpoint = Endpoint::parse(host).expect("an address");
        let engine = Engine::connect(self.lab.kind.name(), &endpoint);
        Through {
            bench: self,
            engine: engine.await.expect("a connection"),
        }
    }

    pub fn kind(&self) -> Kind {
        self.lab.kind
    }

    /// A name of this test's own.
    pub fn name(&self, name: &str) -> String {
        format!("{}-{name}", self.prefix)
    }

    /// Builds a folder by a command line, in which `{x}` stands for the name `x` of this test's own.
    pub async fn try_build(
        &self,
        folder: &Folder,
        line: &str,
        heard: &Heard,
    ) -> Result<Built, BuildkitError> {
        self.build_by(&self.engine, folder, line, heard).await
    }

    async fn build_by(
        &self,
        engine: &Engine,
        folder: &Folder,
        line: &str,
        heard: &Heard,
    ) -> Result<Built, BuildkitError> {
        let build = self.action(line);
        let request = folder.request(&build);
        let tell = |told: Told<'_>| heard.take(told);
        let built = buildkit::build(engine, &request, &tell);
        let built = tokio::time::timeout(LIMIT, built).await;
        let kind = self.kind();
        built.unwrap_or_else(|_| panic!("{kind}: {line} does not end: {:#?}", heard.states()))
    }

    /// Builds what must go well.
    pub async fn build(&self, folder: &Folder, line: &str) -> (Built, Heard) {
        let heard = Heard::default();
        match self.try_build(folder, line, &heard).await {
            Ok(built) => (built, heard),
            Err(error) => panic!("{}: {line}: {error:?}\n{}", self.kind(), heard.log()),
        }
    }

    /// Builds what must fail.
    pub async fn fails(&self, folder: &Folder, line: &str) -> (BuildkitError, Heard) {
        let heard = Heard::default();
        match self.try_build(folder, line, &heard).await {
            Ok(_) => panic!("{}: {line} went well\n{}", self.kind(), heard.log()),
            Err(error) => (error, heard),
        }
    }

    pub fn action(&self, line: &str) -> Build {
        let mut line = line.to_owned();
        while let (Some(start), Some(end)) = (line.find('{'), line.find('}')) {
            let name = self.name(&line[start + 1..end]);
            line.replace_range(start..=end, &name);
        }
        match Action::parse(&line) {
            Ok(Action::Build(build)) => build,
            other => panic!("{line}: {other:?}"),
        }
    }

    /// What the docker command prints.
    pub fn docker(&self, words: &[&str]) -> String {
        self.lab
            .docker(words)
            .expect("docker")
            .ok()
            .expect("it goes well")
    }
}

/// An engine by another connection.
pub struct Through<'b> {
    bench: &'b Bench,
    engine: Engine,
}

impl Through<'_> {
    /// As [`Bench::try_build`].
    pub async fn try_build(
        &self,
        folder: &Folder,
        line: &str,
        heard: &Heard,
    ) -> Result<Built, BuildkitError> {
        self.bench.build_by(&self.engine, folder, line, heard).await
    }
}

/// A folder to build.
pub struct Folder {
    folder: tempfile::TempDir,
    dockerfile: String,
}

impl Folder {
    /// With a Dockerfile and files in it, by path and content.
    pub fn new(dockerfile: &str, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, content) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, content).expect("a file");
        }
        Self {
            folder,
            dockerfile: dockerfile.to_owned(),
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a further file.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.at(path), content).expect("a file");
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn request<'a>(&'a self, action: &'a Build) -> Request<'a> {
        Request {
            action,
            folder: self.path(),
            source: Source::Folder(self.path()),
            dockerfile: Some(Definition {
                name: "Dockerfile".to_owned(),
                text: self.dockerfile.as_bytes().into(),
                ignore: None,
            }),
        }
    }
}

/// What was told of a build.
#[derive(Default)]
pub struct Heard(Mutex<Inside>);

#[derive(Default)]
struct Inside {
    steps: BTreeMap<u32, Step>,
    logs: BTreeMap<u32, Vec<u8>>,
    findings: Vec<Finding>,
    sent: Vec<Sent>,
}

impl Heard {
    pub fn take(&self, told: Told<'_>) {
        let mut inside = self.0.lock().expect("no panic");
        match told {
            Told::Way(_, _) => {}
            Told::Sent(sent) => inside.sent.push(sent),
            Told::Step(step) => {
                let next = inside.steps.len() as u32;
                assert!(step.id <= next, "ids count up: {step:?}");
                inside.steps.insert(step.id, step.clone());
            }
            Told::Log(id, bytes) => {
                assert!(
                    inside.steps.contains_key(&id),
                    "a step is told before its log"
                );
                inside.logs.entry(id).or_default().extend_from_slice(bytes);
            }
            Told::Finding(finding) => inside.findings.push(finding.clone()),
        }
    }

    pub fn steps(&self) -> Vec<Step> {
        self.0
            .lock()
            .expect("no panic")
            .steps
            .values()
            .cloned()
            .collect()
    }

    /// The step whose name begins so.
    pub fn step(&self, name: &str) -> Step {
        let steps = self.steps();
        let found = steps.iter().find(|step| step.name.starts_with(name));
        found
            .unwrap_or_else(|| panic!("no step {name}: {steps:#?}"))
            .clone()
    }

    pub fn find(&self, name: &str) -> Option<Step> {
        self.steps()
            .into_iter()
            .find(|step| step.name.starts_with(name))
    }

    /// What a step printed.
    pub fn log_of(&self, id: u32) -> String {
        let inside = self.0.lock().expect("no panic");
        let log = inside.logs.get(&id).cloned().unwrap_or_default();
        String::from_utf8_lossy(&log).into_owned()
    }

    /// All that was printed.
    pub fn log(&self) -> String {
        let inside = self.0.lock().expect("no panic");
        let all: Vec<_> = inside.logs.values().flatten().copied().collect();
        String::from_utf8_lossy(&all).into_owned()
    }

    pub fn findings(&self) -> Vec<Finding> {
        self.0.lock().expect("no panic").findings.clone()
    }

    pub fn sent(&self) -> Sent {
        let inside = self.0.lock().expect("no panic");
        inside.sent.last().copied().unwrap_or_default()
    }

    pub fn states(&self) -> Vec<(String, StepState)> {
        let steps = self.steps().into_iter();
        steps.map(|step| (step.name, step.state)).collect()
    }
}
