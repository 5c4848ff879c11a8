//! Builds as they are lived with: watched, left, stopped, two at once, lost with their engine, found again in
//! the history; and what is said before and after them.

use std::fs;
use std::path::Path;

use fantoccini::key::Key;
use serde_json::json;
use slipway_lab::{Kind, Lab, left_out};

use crate::build::{choose_folder, open_build, tutorial_folder};
use slipway_window::{App, Start, cli};

/// A step that prints much, and then goes on until it is stopped.
const SLOW: &str = "FROM ubuntu\nRUN seq -f 'line %g' 1 3000 && sleep 1000\n";
const OTHER: &str = "FROM ubuntu\nRUN echo other && sleep 1001\n";

#[tokio::test]
async fn docker_newest() {
    lived_with(Kind::DockerNewest).await;
}

#[tokio::test]
async fn podman() {
    lived_with(Kind::Podman).await;
}

async fn lived_with(kind: Kind) {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let missing = lab.missing().into_iter().find(|(one, _)| *one == kind);
    if let Some((_, why)) = missing {
        return left_out(&format!("builds on {}", kind.name()), &why).unwrap();
    }
    let engine = lab.fresh(kind).unwrap();
    engine.load_image("ubuntu").unwrap();
    let folder = tutorial_folder();
    let slow = write(folder.path(), "slow", SLOW);
    let other = write(folder.path(), "other", OTHER);
    let app = App::on(&engine).await;
    app.go("Build").await;
    open_build(&app, &slow).await;
    app.click("button", "~Build").await;

    // Its log is followed to its end, until somebody reads.
    app.read("line 3000").await;
    let log = app.see("log", "~Log of RUN").await;
    log.click().await.unwrap();
    app.key(Key::Home).await;
    app.see("button", "~Newest").await;
    app.read("line 12\n").await;
    assert!(
        !app.text().await.contains("line 3000"),
        "its end is out of sight"
    );
    app.click("button", "~Newest").await;
    app.read("line 3000").await;
    app.gone("button", "~Newest").await;
    app.fill("~Find in the log of RUN", "line 271").await;
    app.key(Key::Enter).await;
    // 271 and 2710 to 2719.
    app.read("1 of 11").await;
    app.read("line 271\n").await;
    app.show(&format!("build-log-{}", kind.name())).await;
    app.click("button", "Copy this log").await;
    app.read("Copied").await;

    // It goes on while another page is open, and is found as it was left.
    app.go("Containers").await;
    app.go("Build").await;
    app.read("Running").await;
    app.see("button", "Stop").await;

    // A second one beside it.
    open_build(&app, &other).await;
    app.click("button", "~Build").await;
    app.see("combobox", "Which build").await;
    app.see("button", "Stop").await;
    app.read("other").await;
    app.click("button", "Stop").await;
    app.read("The build was stopped.").await;
    // The first one is not touched by that.
    app.go("Containers").await;
    open_build(&app, &slow).await;
    app.see("button", "Stop").await;
    app.click("link", "All builds").await;
    app.until("one is stopped, and one runs", async || {
        let rows = app.rows().await.join("\n");
        rows.matches("Stopped").count() == 1 && rows.matches("Running").count() == 1
    })
    .await;
    app.go("Build").await;
    app.until("the one that runs is not shown", async || {
        !app.all("button", Some("Stop")).await.is_empty()
    })
    .await;
    app.click("button", "Stop").await;
    app.read("The build was stopped.").await;

    // Both are history, also for the app that is started next.
    app.click("link", "All builds").await;
    stopped_twice(&app).await;
    let home = app.kill9();
    let app = App::start(Start {
        engine: Some(&engine),
        home: Some(home),
        ..Start::default()
    })
    .await;
    app.go("Build").await;
    app.click("link", "All builds").await;
    stopped_twice(&app).await;
    app.click("link", &format!("Open {}", said("slow"))).await;
    app.see("heading", "Build of slow").await;
    app.read("The Dockerfile as it was").await;
    app.read("FROM ubuntu").await;
    app.click("button", "Build again").await;
    app.see("button", "Dockerfile: slow.dockerfile").await;
    assert_eq!(app.value("Name of the image").await, "slow");
    app.close().await;
}

async fn stopped_twice(app: &App) {
    app.until("both are not stopped", async || {
        app.rows().await.join("\n").matches("Stopped").count() == 2
    })
    .await;
}

#[tokio::test]
async fn an_engine_that_dies_ends_the_build_with_words() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    engine.load_image("ubuntu").unwrap();
    let folder = tutorial_folder();
    let slow = write(folder.path(), "slow", SLOW);
    let app = App::on(&engine).await;
    app.go("Build").await;
    open_build(&app, &slow).await;
    app.click("button", "~Build").await;
    app.read("line 3000").await;
    engine.kill9().unwrap();
    app.gone("button", "Stop").await;
    app.read("Failed").await;
    app.show("build-engine-lost").await;
    // What it printed until then can still be read.
    app.read("line 3000").await;
    app.close().await;
}

#[tokio::test]
async fn a_folder_that_is_hardly_meant_is_asked_about_once() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    engine.load_image("ubuntu").unwrap();
    let folder = tutorial_folder();
    let first = write(folder.path(), "first", "FROM ubuntu\nRUN echo one\n");
    // Under git, as most projects are: that is advice, and no question.
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::write(folder.path().join(".git/HEAD"), "x").unwrap();
    let app = App::on(&engine).await;
    app.go("Build").await;
    open_build(&app, &first).await;
    app.read("“.git” is not left out").await;
    app.show("build-advice").await;
    app.click("button", "~Build").await;
    app.read("first is ready").await;

    // 1.1 GB of nothing.
    let big = fs::File::create(folder.path().join("big.bin")).unwrap();
    big.set_len(1_100_000_000).unwrap();
    let second = write(folder.path(), "second", "FROM ubuntu\nRUN echo two\n");
    open_build(&app, &second).await;
    app.click("button", "~Build").await;
    app.see("alertdialog", "Build from this folder?").await;
    app.read("The folder has 1.1 GB").await;
    app.show("build-asked").await;
    app.click("button", "Not now").await;
    app.gone("alertdialog", "Build from this folder?").await;
    assert!(!app.trail().await.contains("second"), "nothing was sent");
    app.click("button", "~Build").await;
    app.click("button", "Build from it anyway").await;
    app.read("second is ready").await;
    let third = write(folder.path(), "third", "FROM ubuntu\nRUN echo three\n");
    open_build(&app, &third).await;
    app.click("button", "~Build").await;
    app.read("third is ready").await;
    app.close().await;
}

#[tokio::test]
async fn stages_stand_side_by_side_and_an_image_knows_what_it_was() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    engine.load_image("ubuntu").unwrap();
    let folder = tutorial_folder();
    let stages = "FROM ubuntu AS first\nRUN echo one && sleep 1000\nFROM ubuntu AS second\nRUN echo two && sleep 1001\n\
        FROM ubuntu\nCOPY --from=first /etc/passwd /a\nCOPY --from=second /etc/passwd /b\n";
    let both = write(folder.path(), "both", stages);
    let app = App::on(&engine).await;
    app.go("Build").await;
    open_build(&app, &both).await;
    app.click("button", "~Build").await;
    let tops = "return ['first', 'second'].map((name) => [...document.querySelectorAll('ol')] \
        .find((list) => list.getAttribute('aria-label') === `Steps of ${name}`)?.getBoundingClientRect()) \
        .map((at) => [Math.round(at?.top ?? -1), at?.width ?? 0])";
    app.until("two stages are not beside each other", async || {
        let found = app.client.execute(tops, vec![]).await.unwrap();
        let wide = |at: usize| found[at][1].as_f64().unwrap_or_default() >= 200.0;
        found[0][0] == found[1][0] && found[0][0] != json!(-1) && wide(0) && wide(1)
    })
    .await;
    app.until("both do not run", async || {
        app.text().await.matches("Running ·").count() >= 2
    })
    .await;
    for theme in ["light", "dark"] {
        let set = "document.documentElement.dataset.theme = arguments[0]";
        app.client.execute(set, vec![json!(theme)]).await.unwrap();
        app.show(&format!("build-side-by-side-{theme}")).await;
    }
    app.click("button", "Stop").await;
    app.read("The build was stopped.").await;

    // One name, built twice: its page says what it was.
    for (bytes, ready) in [(1_000_000, "grown is ready"), (9_000_000, "MB before")] {
        let text = format!("FROM ubuntu\nRUN head -c {bytes} /dev/urandom > /filler\n");
        let grown = write(folder.path(), "grown", &text);
        open_build(&app, &grown).await;
        app.click("button", "~Build").await;
        app.read(ready).await;
    }
    app.click("link", "Look at its layers").await;
    app.see("heading", "~grown").await;
    app.read("MB before)").await;
    app.show("image-was").await;
    app.close().await;
}

#[tokio::test]
async fn fifty_builds_leave_nothing_behind() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    engine.load_image("ubuntu").unwrap();
    let folder = tutorial_folder();
    let slow = write(folder.path(), "slow", "FROM ubuntu\nRUN sleep 1000\n");
    let app = App::on(&engine).await;
    app.go("Build").await;
    open_build(&app, &slow).await;
    let once = async || {
        app.click("button", "~Build").await;
        app.click("button", "Stop").await;
        app.read("The build was stopped.").await;
    };
    for _ in 0..5 {
        once().await;
    }
    let before = held(&app);
    for _ in 0..50 {
        once().await;
    }
    let mut after = held(&app);
    app.until(
        "the last build’s descriptors and threads are not given back",
        async || {
            let now = held(&app);
            if (now.files, now.threads) != (after.files, after.threads) {
                eprintln!("{now:?}, before {before:?}");
            }
            after = now;
            after.files <= before.files + 5 && after.threads <= before.threads + 5
        },
    )
    .await;
    assert!(
        after.memory < before.memory + 60_000,
        "{before:?}, then {after:?}, in kB"
    );
    app.close().await;
}

/// What the app's process holds of the system.
#[derive(Debug, Clone, Copy)]
struct Held {
    files: usize,
    threads: usize,
    /// In kB.
    memory: usize,
}

fn held(app: &App) -> Held {
    let process = Path::new("/proc").join(app.pid().to_string());
    let each = |of: &str| fs::read_dir(process.join(of)).unwrap().flatten();
    // WebKit watches the system's memory from some moment on, whatever the app does.
    let is_ours = |file: &fs::DirEntry| {
        let leads = fs::read_link(file.path()).unwrap_or_default();
        !leads.starts_with("/proc") && !leads.starts_with("/sys")
    };
    let status = fs::read_to_string(process.join("status")).unwrap();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let memory = memory.unwrap().trim().trim_end_matches(" kB");
    Held {
        files: each("fd").filter(is_ours).count(),
        threads: each("task").count(),
        memory: memory.parse().unwrap(),
    }
}

/// From an empty folder to an image with a name, by a template and nothing else.
#[tokio::test]
async fn a_template_is_enough() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    let _world = engine.give_world().unwrap();
    // What the template begins with, as far as the lab has it.
    engine.load_image("python:3.8.12-slim").unwrap();
    cli(&engine, &["tag", "python:3.8.12-slim", "python:3.12-slim"]);
    let folder = tempfile::Builder::new().prefix("empty-").tempdir().unwrap();
    let app = App::on(&engine).await;
    choose_folder(&app, folder.path()).await;
    app.click("button", "Flask app").await;
    app.see("textbox", "Dockerfile").await;
    app.click("button", "Make them").await;
    app.read("requirements.txt").await;
    app.show("build-template").await;
    app.click("button", "More for this file").await;
    app.click("menuitem", "~Save as…").await;
    app.pick("Save as", &folder.path().join("Dockerfile"));
    app.see("button", "Dockerfile: Dockerfile").await;
    app.fill("Name of the image", "hello").await;
    app.click("button", "~Build").await;
    app.until_worked("it is not built", async || {
        let text = app.text().await;
        assert!(!text.contains("stopped at"), "the build fails: {text}");
        text.contains("hello is ready")
    })
    .await;
    assert_eq!(cli(&engine, &["image", "ls", "-q", "hello"]).len(), 1);
    assert!(folder.path().join("app.py").is_file());
    app.close().await;
}

/// Writes a Dockerfile of this name; answers the command that builds it under the same name.
fn write(folder: &Path, name: &str, text: &str) -> String {
    let file = folder.join(format!("{name}.dockerfile"));
    fs::write(&file, text).unwrap();
    format!(
        "docker build -f {} -t {name} {}",
        file.display(),
        folder.display()
    )
}

/// The same as the page says it: from within its folder.
fn said(name: &str) -> String {
    format!("docker build -f {name}.dockerfile -t {name} .")
}
