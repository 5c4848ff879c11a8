//! What is measured, and how.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use slipway_lab::{Engine, Kind, Lab, wait_until};
use slipway_window::{App, PATIENCE, Start, main_binary};

use crate::builds;
use crate::keystroke;
use crate::machine;
use crate::table::{Row, Rows, median, p95};
use crate::words;

/// Starts of each program whose middle is taken.
const STARTS: usize = 5;

/// Changes whose way to the screen is timed.
const EVENTS: usize = 60;

/// Seconds without a hand on the app.
const IDLE: u64 = 30;

/// Seconds that come before them.
const SETTLE: u64 = 10;

/// Runs the benchmarks whose names are wanted; all, when none is named.
pub async fn all(wanted: &[String]) -> Vec<Row> {
    let runs = |name: &str| wanted.is_empty() || wanted.iter().any(|one| one == name);
    let lab = Lab::up().expect("the lab");
    let mut rows = Rows::default();
    if runs("start") {
        let engine = with_containers(&lab, 100);
        rows.push(start(&engine).await);
    }
    if runs("lists") || runs("memory") || runs("idle") {
        let engine = with_containers(&lab, 1_000);
        make_images(&engine, 1_000);
        thousand(&engine)
            .await
            .into_iter()
            .for_each(|row| rows.push(row));
    }
    if runs("events") {
        rows.push(events(&with_containers(&lab, 1)).await);
        rows.push(back(&with_containers(&lab, 100)).await);
    }
    if runs("size") {
        rows.push(installed_size());
    }
    if runs("builds") {
        builds::all(&lab, &mut rows).await;
    }
    if runs("talkative") {
        builds::talkative(&lab, &mut rows).await;
    }
    if runs("keystroke") {
        for row in keystroke::rows(&lab).await {
            rows.push(row);
        }
    }
    if runs("words") {
        words::rows().into_iter().for_each(|row| rows.push(row));
    }
    rows.0
}

/// The program that shows an empty window, beside this one.
pub fn empty_window() -> PathBuf {
    main_binary().with_file_name("empty_window")
}

/// An engine of its own with so many created containers.
fn with_containers(lab: &Lab, count: usize) -> Engine {
    let engine = lab.fresh(Kind::Docker20).expect("an engine");
    engine.load_image("busy").expect("an image");
    side_by_side(count, |number| {
        let name = format!("container-{number:04}");
        engine
            .docker(&["create", "--name", &name, "busy"])
            .unwrap()
            .ok()
            .unwrap();
    });
    engine
}

/// So many images, each with an id of its own: one file system, different configurations.
fn make_images(engine: &Engine, count: usize) {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("empty.tar");
    std::fs::write(&archive, [0; 1024]).unwrap();
    let archive = archive.to_str().unwrap();
    side_by_side(count, |number| {
        let label = format!("LABEL number={number}");
        let name = format!("image-{number:04}");
        engine
            .docker(&["import", "--change", &label, archive, &name])
            .unwrap()
            .ok()
            .unwrap();
    });
}

/// Does something `count` times, four at once.
fn side_by_side(count: usize, work: impl Fn(usize) + Sync) {
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let work = &work;
            scope.spawn(move || (thread..count).step_by(4).for_each(work));
        }
    });
}

/// The moment at which the page painted its first list, in milliseconds since 1970. The page says it by
/// itself: to ask it again and again would take the processor from what is measured.
async fn first_list(app: &App) -> f64 {
    let script = "const done = arguments[0]; \
        const tell = (mark) => done(performance.timeOrigin + mark.startTime); \
        const there = performance.getEntriesByName('slipway:list')[0]; \
        if (there) tell(there); \
        else new PerformanceObserver((list) => list.getEntriesByName('slipway:list').forEach(tell)) \
            .observe({ entryTypes: ['mark'] })";
    let at = app.client.execute_async(script, vec![]).await.unwrap();
    at.as_f64()
        .unwrap_or_else(|| panic!("the list does not come: {at}"))
}

/// Starts a program and gives the milliseconds from its first instruction to its first list.
async fn time_start(engine: Option<&Engine>, binary: PathBuf) -> f64 {
    let app = App::start(Start {
        engine,
        binary: binary.clone(),
        ..Start::default()
    })
    .await;
    let began = machine::began(machine::newest(&binary).expect("it runs")).expect("it has begun");
    let took = first_list(&app).await - began;
    app.close().await;
    took
}

async fn start(engine: &Engine) -> Row {
    let (mut ours, mut empty) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        ours.push(time_start(Some(engine), main_binary()).await);
        empty.push(time_start(None, empty_window()).await);
    }
    Row {
        what: "start to first list, 100 containers, ms".to_owned(),
        ours: median(ours),
        yardstick: Some(median(empty)),
        against: "an empty Tauri window",
        aim: "1.3x",
    }
}

/// Memory, idle processor time and the time to a painted list, with 1,000 containers and images.
async fn thousand(engine: &Engine) -> Vec<Row> {
    let empty = App::start(Start {
        binary: empty_window(),
        ..Start::default()
    })
    .await;
    first_list(&empty).await;
    let empty_pid = machine::newest(&empty_window()).unwrap();
    let empty_memory = machine::memory(empty_pid);
    let empty_idle = idle(empty_pid).await;
    empty.close().await;

    // Two choices: one that nobody answers, and a docker context that is the engine.
    let docker_config = tempfile::tempdir().unwrap();
    let context = [
        "context",
        "create",
        "bench",
        "--docker",
        &format!("host={}", engine.host()),
    ];
    let made = Command::new("docker")
        .args(context)
        .env("DOCKER_CONFIG", docker_config.path())
        .output()
        .expect("the docker CLI");
    assert!(made.status.success(), "the context is made");
    let extra_env = vec![
        (
            "DOCKER_CONFIG",
            docker_config.path().to_string_lossy().into_owned(),
        ),
        ("DOCKER_HOST", "unix:///nowhere/docker.sock".to_owned()),
    ];
    let app = App::start(Start {
        extra_env,
        ..Start::default()
    })
    .await;
    app.read("No engine").await;
    let choose = "window.__TAURI_INTERNALS__.invoke('choose_engine', { id: 'context:bench' })";
    app.client.execute(choose, vec![]).await.unwrap();
    app.read("1,000").await;
    let pid = machine::newest(&main_binary()).unwrap();
    let used = machine::memory(pid);

    let our_idle = idle(pid).await;

    let mut lists = Vec::new();
    for _ in 0..STARTS {
        lists.push(relist(&app).await);
    }
    app.close().await;
    let curl = median((0..STARTS).map(|_| ask_engine(engine)).collect());
    vec![
        Row {
            what: "1,000 containers and images listed and painted, ms".to_owned(),
            ours: median(lists),
            yardstick: Some(curl),
            against: "both lists by curl",
            aim: "1.5x + 100 ms",
        },
        Row {
            what: "memory with 1,000 containers and images, MB".to_owned(),
            ours: used,
            yardstick: Some(empty_memory),
            against: "an empty Tauri window",
            aim: "1.25x",
        },
        Row {
            what: "processor while idle, % of one".to_owned(),
            ours: our_idle,
            yardstick: Some(empty_idle),
            against: "an empty Tauri window",
            aim: "none to speak of",
        },
    ]
}

/// What a family uses of one processor while nobody touches it, in percent.
pub async fn idle(pid: u32) -> f64 {
    // The work that follows a painted list (a collection of garbage, a compiled function) is not idling.
    pass(SETTLE).await;
    let before = machine::processor(pid);
    pass(IDLE).await;
    (machine::processor(pid) - before) / (IDLE as f64 * 1000.0) * 100.0
}

/// The one place that lets time pass: what is measured is what happens in it.
async fn pass(seconds: u64) {
    tokio::time::sleep(std::time::Duration::from_secs(seconds)).await;
}

/// Milliseconds from choosing the engine to its containers being painted.
async fn relist(app: &App) -> f64 {
    let leave = "window.__TAURI_INTERNALS__.invoke('choose_engine', { id: 'env' })";
    app.client.execute(leave, vec![]).await.unwrap();
    app.read("No engine").await;
    let script = "const done = arguments[0]; const from = performance.now(); \
        performance.clearMarks('slipway:list'); \
        const invoke = window.__TAURI_INTERNALS__.invoke; \
        const look = () => performance.getEntriesByName('slipway:list')[0] \
            ? done(performance.now() - from) : requestAnimationFrame(look); \
        invoke('choose_engine', { id: 'context:bench' }).then(look, (error) => done(JSON.stringify(error)))";
    let took = app.client.execute_async(script, vec![]).await.unwrap();
    took.as_f64()
        .unwrap_or_else(|| panic!("the lists do not come: {took}"))
}

/// Milliseconds that the engine takes for both lists.
fn ask_engine(engine: &Engine) -> f64 {
    let began = machine::now();
    for path in ["containers/json?all=1", "images/json"] {
        let status = Command::new("curl")
            .args(["-s", "-o", "/dev/null", "--unix-socket"])
            .arg(&engine.socket)
            .arg(format!("http://engine/{path}"))
            .status()
            .expect("curl");
        assert!(status.success(), "the engine answers curl");
    }
    machine::now() - began
}

/// From the engine's stamp on a rename to the frame that shows the new name.
async fn events(engine: &Engine) -> Row {
    let app = App::on(engine).await;
    app.read("container-0000").await;
    let watch = "window.__seen = {}; const look = () => { \
        for (const found of document.body.innerText.matchAll(/renamed-\\d+/g)) \
            window.__seen[found[0]] ??= performance.timeOrigin + performance.now(); \
        requestAnimationFrame(look); }; look()";
    app.client.execute(watch, vec![]).await.unwrap();
    let mut took = Vec::new();
    let mut name = "container-0000".to_owned();
    for number in 0..EVENTS {
        let next = format!("renamed-{number}");
        engine
            .docker(&["rename", &name, &next])
            .unwrap()
            .ok()
            .unwrap();
        let seen = loop {
            let seen = app.client.execute(
                "return window.__seen[arguments[0]] ?? null",
                vec![json!(next)],
            );
            if let Value::Number(at) = seen.await.unwrap() {
                break at.as_f64().unwrap();
            }
        };
        took.push(seen - stamp(engine, &next));
        name = next;
    }
    app.close().await;
    Row {
        what: format!("event to painted row, p95 of {EVENTS}, ms"),
        ours: p95(took),
        yardstick: None,
        against: "",
        aim: "under 100 ms",
    }
}

/// When the engine says that a container got this name, in milliseconds since 1970.
fn stamp(engine: &Engine, name: &str) -> f64 {
    wait_until(PATIENCE, "the rename is among the engine's events", || {
        let now = format!("{}", machine::now() / 1000.0 + 1.0);
        let words = [
            "events",
            "--since",
            "10m",
            "--until",
            &now,
            "--filter",
            "event=rename",
            "--format",
            "{{json .}}",
        ];
        let text = engine.docker(&words).ok()?.ok().ok()?;
        text.lines().rev().find_map(|line| {
            let event: Value = serde_json::from_str(line).ok()?;
            (event["Actor"]["Attributes"]["name"] == name)
                .then(|| event["timeNano"].as_f64().map(|nanos| nanos / 1e6))?
        })
    })
    .unwrap()
}

/// From the first answer of an engine that was away to its painted list.
async fn back(engine: &Engine) -> Row {
    let app = App::on(engine).await;
    first_list(&app).await;
    let mut took = Vec::new();
    for _ in 0..STARTS {
        engine.stop().unwrap();
        app.read("Not answering").await;
        let forget = "performance.clearMarks('slipway:list')";
        app.client.execute(forget, vec![]).await.unwrap();
        engine.start().unwrap();
        let answered = machine::now();
        // It may be painted before the lab has seen the answer.
        took.push((first_list(&app).await - answered).max(0.0));
    }
    app.close().await;
    Row {
        what: "engine back to list painted, 100 containers, ms".to_owned(),
        ours: median(took),
        yardstick: None,
        against: "",
        aim: "under 2,000 ms",
    }
}

/// What the .deb puts on a disk.
fn installed_size() -> Row {
    let bytes = std::fs::metadata(main_binary()).unwrap().len();
    Row {
        what: "installed size (the program with its page and fonts), MB".to_owned(),
        ours: bytes as f64 / 1e6,
        yardstick: None,
        against: "",
        aim: "under 25 MB",
    }
}
