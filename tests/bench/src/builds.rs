//! Builds, beside the docker command's on the same engine with the same Dockerfile and an empty cache.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};
use slipway_action::Action;
use slipway_lab::{Engine, Kind, Lab};
use slipway_window::{App, Start, main_binary};

use crate::machine;
use crate::runs::empty_window;
use crate::screen::Screen;
use crate::table::{Row, Rows, median, percentile};

/// Builds of each kind whose middle is taken.
const BUILDS: usize = 3;

/// The same of a talkative one, whose time is less sure: it takes all of the machine.
const ROUNDS: usize = 10;

/// What a talkative step prints.
const LINES: u64 = 200_000;

/// The name that every image here gets.
const NAME: &str = "bench";

/// The page with the list of containers, and the one that shows a build.
const LISTS: &str = "#/containers";
const ROOM: &str = "#/build";

/// Has a page note when it has a key.
const LISTEN: &str = "window.__heard = []; \
    addEventListener('keydown', (event) => { if (event.key === 'Shift') window.__heard.push(Date.now()); }, true)";

/// What it has noted, in milliseconds since 1970; it begins anew.
const HEARD: &str = "const heard = window.__heard; window.__heard = []; return heard";

/// Shows a page, performs an action in a folder, and answers the build's summary once it has ended, with its lines.
/// The trail says when that is: the app is not asked meanwhile, which would take from what builds, and from the page.
const BUILD: &str = "async (action, folder, page) => { \
        const invoke = window.__TAURI_INTERNALS__.invoke; \
        const pause = (time) => new Promise((next) => setTimeout(next, time)); \
        if (location.hash !== page) { location.hash = page; await pause(1_000); } \
        const from = Date.now(); \
        const [build] = await invoke('perform', { actions: [action], engine: 'env', folder }); \
        for (;;) { \
            await pause(100); \
            if (document.querySelector('.trail .i-live') !== null) continue; \
            const whole = await invoke('build', { build }); \
            if (whole.summary.state !== 'running') \
                return { took: whole.summary.ended - from, state: whole.summary.state, problem: whole.summary.problem, \
                    lines: whole.lines.reduce((a, b) => a + b, 0) }; \
        } \
    }";

/// Performs an action in a folder, stops it once so many bytes of the folder were sent, and answers how long it
/// took from there to the build's end.
const STOP: &str = "async (action, folder, bytes) => { \
        const invoke = window.__TAURI_INTERNALS__.invoke; \
        const [build] = await invoke('perform', { actions: [action], engine: 'env', folder }); \
        let from = null; \
        for (;;) { \
            const whole = await invoke('build', { build }); \
            if (whole.summary.state !== 'running') \
                return { took: from === null ? null : performance.now() - from, state: whole.summary.state }; \
            if (from === null && whole.sent.bytes >= bytes) { \
                from = performance.now(); \
                await invoke('cancel', { task: build }); \
            } \
            await new Promise((next) => setTimeout(next, 5)); \
        } \
    }";

/// Waits for what `told` has begun, for less time than a driver gives a script.
const WAIT: &str = "const [done] = arguments; const until = performance.now() + 10_000; \
    const look = () => window.__told !== null ? done(window.__told) \
        : performance.now() > until ? done(null) : setTimeout(look, 20); \
    look()";

/// Time between two keys.
const BETWEEN_KEYS: Duration = Duration::from_millis(25);

/// How much of the large file is sent before a build is stopped.
const SOME: u64 = 100_000_000;

/// All of them.
pub async fn all(lab: &Lab, rows: &mut Rows) {
    let engine = lab.fresh(Kind::DockerNewest).expect("an engine");
    engine.load_image("ubuntu").expect("an image");
    // The docker command builds with BuildKit by a part of its own, which this machine may not have.
    let plugins = engine.docker_config().join("cli-plugins");
    fs::create_dir_all(&plugins).unwrap();
    let buildx = slipway_lab::buildx().expect("buildx");
    std::os::unix::fs::symlink(buildx, plugins.join("docker-buildx")).unwrap();
    for (what, fill) in [
        ("a small folder", small as fn(&Path)),
        ("20,000 files", many),
        ("one file of 1 GB", large),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path());
        let app = App::on(&engine).await;
        look_around(&app).await;
        let pid = machine::newest(&main_binary()).unwrap();
        let holders = [vec![pid], machine::family(pid)];
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let before = holders.each_ref().map(|pids| machine::resident(pids));
        machine::forget_peak(&holders[1]);
        for _ in 0..BUILDS {
            empty_cache(&engine);
            ours.push(build(&app, folder.path(), LISTS).await.took);
            empty_cache(&engine);
            theirs.push(docker_build(&engine, folder.path(), "1"));
        }
        rows.push(beside_docker(
            format!("build with BuildKit, {what}, ms"),
            ours,
            theirs,
        ));
        for ((who, pids), before) in ["app", "app and its page"].iter().zip(&holders).zip(before) {
            rows.push(Row {
                what: format!("the memory of the {who} grows by, {what}, MB"),
                ours: machine::peak(pids) - before,
                yardstick: None,
                against: "",
                aim: "under 32 MB",
            });
        }
        app.close().await;
    }
    rows.push(stopped(&engine, "BuildKit").await);
    drop(engine);
    classic(lab, rows).await;
}

/// Builds by the app, beside those by the docker command.
fn beside_docker(what: String, ours: Vec<f64>, theirs: Vec<f64>) -> Row {
    Row {
        what,
        ours: median(ours),
        yardstick: Some(median(theirs)),
        against: "docker build",
        aim: "1.0x, at most 1.05x",
    }
}

/// Folders that are large in one way or the other, with the classic builder.
async fn classic(lab: &Lab, rows: &mut Rows) {
    let engine = lab.fresh(Kind::Docker20).expect("an engine");
    engine.load_image("ubuntu").expect("an image");
    for (what, fill) in [
        ("20,000 files", many as fn(&Path)),
        ("one file of 1 GB", large),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path());
        let app = App::on(&engine).await;
        app.read("Containers").await;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..BUILDS {
            forget(&engine);
            ours.push(build(&app, folder.path(), LISTS).await.took);
            forget(&engine);
            theirs.push(docker_build(&engine, folder.path(), "0"));
        }
        rows.push(beside_docker(
            format!("classic build, {what}, ms"),
            ours,
            theirs,
        ));
        app.close().await;
    }
    rows.push(stopped(&engine, "the classic builder").await);
}

/// From Stop to the end of a build whose folder is on its way.
async fn stopped(engine: &Engine, builder: &str) -> Row {
    let folder = tempfile::tempdir().unwrap();
    large(folder.path());
    let app = App::on(engine).await;
    app.read("Containers").await;
    let action = Action::parse(&format!("docker build --no-cache -t {NAME} .")).unwrap();
    let mut took = Vec::new();
    for round in 0..BUILDS {
        // BuildKit keeps what it was sent of a file, and asks for another.
        fs::write(folder.path().join("round"), round.to_string()).unwrap();
        fs::rename(
            folder.path().join(large_name(round)),
            folder.path().join(large_name(round + 1)),
        )
        .unwrap();
        let arguments = vec![json!(action), json!(folder.path()), json!(SOME)];
        let done = told(&app, STOP, arguments).await;
        let time = done["took"].as_f64();
        took.push(time.unwrap_or_else(|| panic!("it was not stopped: {done}")));
    }
    app.close().await;
    Row {
        what: format!("from Stop to the end while 1 GB is sent, {builder}, ms"),
        ours: median(took),
        yardstick: None,
        against: "",
        aim: "under 1,000 ms",
    }
}

/// A step that prints a great deal, with the classic builder, which leaves nothing out.
pub async fn talkative(lab: &Lab, rows: &mut Rows) {
    let engine = lab.fresh(Kind::Docker20).expect("an engine");
    engine.load_image("ubuntu").expect("an image");
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "FROM ubuntu\nRUN i=0; while [ $i -lt {LINES} ]; do i=$((i+1)); echo \"line $i\"; done\n"
    );
    fs::write(folder.path().join("Dockerfile"), text).unwrap();
    let app = App::start(Start {
        engine: Some(&engine),
        ..Start::default()
    })
    .await;
    look_around(&app).await;
    app.client.execute(LISTEN, vec![]).await.unwrap();
    // What the machine alone holds up while it builds: a window that does nothing.
    let empty = App::start(Start {
        binary: empty_window(),
        ..Start::default()
    })
    .await;
    empty.client.execute(LISTEN, vec![]).await.unwrap();
    let mut theirs = [Vec::new(), Vec::new()];
    let mut ours = [Vec::new(), Vec::new()];
    let mut idle = Vec::new();
    let mut waits = [Vec::new(), Vec::new()];
    // One page after the other: what is left behind by leaving the editor is tidied up for a while.
    for (at, page) in [LISTS, ROOM].into_iter().enumerate() {
        // Beside each other, since the machine is not the same from one minute to the next.
        for _ in 0..ROUNDS {
            theirs[at].push(docker_build(&engine, folder.path(), "0"));
            forget(&engine);
            let done = build(&app, folder.path(), page).await;
            assert!(
                done.lines >= LINES,
                "of {LINES} lines {} are there",
                done.lines
            );
            ours[at].push(done.took);
            forget(&engine);
        }
        // In builds of their own: who presses keys takes from what builds.
        for _ in 0..2 * BUILDS {
            let docker = async || {
                docker_build(&engine, folder.path(), "0");
            };
            idle.extend(heard(&empty, docker).await);
            forget(&engine);
            let slipway = async || {
                build(&app, folder.path(), page).await;
            };
            waits[at].extend(heard(&app, slipway).await);
            forget(&engine);
        }
    }
    app.close().await;
    empty.close().await;
    let wall = |page: &str, ours: Vec<f64>, theirs: Vec<f64>| Row {
        what: format!("classic build, a step that prints {LINES} lines, {page}, ms"),
        ours: median(ours),
        yardstick: Some(median(theirs)),
        against: "docker build",
        aim: "1.1x",
    };
    for (what, keys) in [
        ("an empty window", &idle),
        ("on the list of containers", &waits[0]),
        ("on the page of the build", &waits[1]),
    ] {
        let [half, most, nearly_all] = [50, 95, 99].map(|part| percentile(keys.clone(), part));
        eprintln!(
            "  a key {what}: {half:.0} ms for half of {}, p95 {most:.0}, p99 {nearly_all:.0}",
            keys.len()
        );
    }
    let slowest = |keys: &[f64]| keys.iter().copied().fold(0.0, f64::max);
    let key = |page: &str, keys: &[f64]| Row {
        what: format!(
            "a key meanwhile until the page has it, the slowest of {}, {page}, ms",
            keys.len()
        ),
        ours: slowest(keys),
        yardstick: Some(slowest(&idle)),
        against: "an empty Tauri window, while docker builds",
        aim: "under 50 ms",
    };
    let [elsewhere, there] = ours;
    let [beside_elsewhere, beside_there] = theirs;
    rows.push(wall(
        "on the list of containers",
        elsewhere,
        beside_elsewhere,
    ));
    rows.push(key("on the list of containers", &waits[0]));
    rows.push(wall("on the page of the build", there, beside_there));
    rows.push(key("on the page of the build", &waits[1]));
}

/// Waits for the app, and looks at the pages of what follows once: the first look at a page fetches its fonts and
/// compiles its code, whatever it shows.
async fn look_around(app: &App) {
    app.read("Containers").await;
    app.go("Build").await;
    app.go("Containers").await;
}

/// Presses a key that does nothing again and again while something is done, and tells how long each took until
/// the page had it, in milliseconds.
async fn heard(app: &App, work: impl AsyncFnOnce()) -> Vec<f64> {
    app.client.execute(HEARD, vec![]).await.unwrap();
    let screen = Screen::watch(app.display());
    let done = AtomicBool::new(false);
    let pressed = std::thread::scope(|scope| {
        let hands = scope.spawn(|| {
            let mut pressed = Vec::new();
            while !done.load(Ordering::Relaxed) {
                pressed.push(screen.tap_shift());
                sleep(BETWEEN_KEYS);
            }
            pressed
        });
        // The driver's requests go on meanwhile, on the threads that do them.
        tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(work()));
        done.store(true, Ordering::Relaxed);
        hands.join().unwrap()
    });
    let mut heard: Vec<f64> = Vec::new();
    app.until("a key is not heard", async || {
        let more = app.client.execute(HEARD, vec![]).await.unwrap();
        heard.extend(serde_json::from_value::<Vec<f64>>(more).unwrap());
        heard.len() >= pressed.len()
    })
    .await;
    assert_eq!(heard.len(), pressed.len(), "each key is heard once");
    pressed
        .iter()
        .zip(&heard)
        .map(|(pressed, heard)| heard - pressed)
        .collect()
}

/// One build by the app.
struct Built {
    took: f64,
    lines: u64,
}

/// Calls a function of the page, which may take its time, and gives what it answers.
async fn told(app: &App, function: &str, arguments: Vec<Value>) -> Value {
    let begin = format!(
        "window.__told = null; ({function})(...arguments).then((told) => {{ window.__told = told; }}, \
         (error) => {{ window.__told = {{ state: JSON.stringify(error) }}; }})"
    );
    // A script that answers a promise would be waited for.
    let begin = format!("{begin}; return null");
    app.client.execute(&begin, arguments).await.unwrap();
    loop {
        let told = app.client.execute_async(WAIT, vec![]).await.unwrap();
        if !told.is_null() {
            return told;
        }
    }
}

/// Builds a folder while a page is shown.
async fn build(app: &App, folder: &Path, page: &str) -> Built {
    let action = Action::parse(&format!("docker build -t {NAME} .")).unwrap();
    let arguments = vec![json!(action), json!(folder), json!(page)];
    let done = told(app, BUILD, arguments).await;
    assert_eq!(done["state"], "done", "{done}");
    Built {
        took: done["took"].as_f64().unwrap(),
        lines: done["lines"].as_u64().unwrap(),
    }
}

/// Milliseconds that the docker command takes for the same.
fn docker_build(engine: &Engine, folder: &Path, buildkit: &str) -> f64 {
    let began = machine::now();
    let status = engine
        .docker_command()
        .env("DOCKER_BUILDKIT", buildkit)
        .args(["build", "-t", NAME, "."])
        .current_dir(folder)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .expect("the docker CLI");
    assert!(status.success(), "docker build");
    machine::now() - began
}

/// BuildKit keeps what it was sent, too.
fn empty_cache(engine: &Engine) {
    forget(engine);
    let pruned = engine.docker(&["builder", "prune", "-af"]).unwrap();
    pruned.ok().unwrap();
}

/// The image goes, and with it the classic builder's cache. There is none before the first build.
fn forget(engine: &Engine) {
    drop(engine.docker(&["rmi", "-f", NAME]).unwrap());
}

fn dockerfile(folder: &Path) {
    fs::write(
        folder.join("Dockerfile"),
        "FROM ubuntu\nWORKDIR /app\nCOPY . .\nRUN echo done\nCMD [\"bash\"]\n",
    )
    .unwrap();
}

fn small(folder: &Path) {
    dockerfile(folder);
    fs::write(folder.join("app.py"), "print('hello')\n").unwrap();
}

fn many(folder: &Path) {
    dockerfile(folder);
    for part in 0..100 {
        let inner = folder.join(format!("part-{part:03}"));
        fs::create_dir(&inner).unwrap();
        for number in 0..200 {
            fs::write(
                inner.join(format!("file-{number:03}")),
                format!("{part} {number}\n").repeat(20),
            )
            .unwrap();
        }
    }
}

fn large_name(round: usize) -> String {
    format!("large-{round}")
}

/// Bytes that nothing makes smaller: a linear congruential generator's.
fn large(folder: &Path) {
    dockerfile(folder);
    let mut file = fs::File::create(folder.join(large_name(0))).unwrap();
    let mut state = 1_u64;
    let mut block = vec![0; 1 << 20];
    for _ in 0..1024 {
        for bytes in block.chunks_exact_mut(8) {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            bytes.copy_from_slice(&state.to_le_bytes());
        }
        file.write_all(&block).unwrap();
    }
}
