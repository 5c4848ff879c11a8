//! The verbs of a row's menu and of the clean-ups: what the engine then has, and what the trail says.

use serde_json::json;
use slipway_lab::{Engine, Kind, Lab};

use slipway_window::{App, cli};

/// Waits until the trail tells of this command, and that it worked.
async fn worked(app: &App, line: &str) {
    app.until(
        &format!("the trail does not tell that {line} worked"),
        async || {
            let of_it = app.all("listitem", Some(&format!("~{line}"))).await;
            let worked = app.all("listitem", Some("~Worked")).await;
            of_it.iter().any(|one| {
                worked
                    .iter()
                    .any(|other| other.element_id() == one.element_id())
            })
        },
    )
    .await;
}

async fn choose(app: &App, container: &str, item: &str) {
    app.click("button", &format!("More actions for {container}"))
        .await;
    app.click("menuitem", item).await;
}

/// Waits until the row of this name says this.
async fn row_says(app: &App, name: &str, word: &str) {
    app.until(&format!("{name} is not {word}"), async || {
        let rows = app.rows().await;
        rows.iter()
            .any(|row| row.trim_start().starts_with(name) && row.contains(word))
    })
    .await;
}

fn of(engine: &Engine, container: &str, field: &str) -> String {
    let format = format!("{{{{.State.{field}}}}}");
    cli(engine, &["inspect", container, "--format", &format]).concat()
}

#[tokio::test]
async fn each_does_what_it_says() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let run = ["run", "-d", "--name", "one", "busy"];
    engine.docker(&run).unwrap().ok().unwrap();
    let app = App::on(&engine).await;
    app.rows_are(&["one".into()]).await;
    app.ctrl('j').await;
    app.see("log", "~").await;

    choose(&app, "one", "Rename…").await;
    app.see("dialog", "Rename one").await;
    assert!(!app.can_press("Rename").await, "it has this name already");
    app.fill("New name", "un o").await;
    app.until("a name with a space can be given", async || {
        !app.can_press("Rename").await
    })
    .await;
    app.fill("New name", "uno").await;
    app.click("button", "Rename").await;
    app.gone("dialog", "Rename one").await;
    app.rows_are(&["uno".into()]).await;
    assert_eq!(cli(&engine, &["ps", "--format", "{{.Names}}"]), ["uno"]);
    worked(&app, "docker rename one uno").await;

    choose(&app, "uno", "Pause").await;
    row_says(&app, "uno", "Paused").await;
    assert_eq!(of(&engine, "uno", "Status"), "paused");
    worked(&app, "docker pause uno").await;

    choose(&app, "uno", "Continue").await;
    row_says(&app, "uno", "Running").await;
    assert_eq!(of(&engine, "uno", "Status"), "running");
    worked(&app, "docker unpause uno").await;

    let (started, process) = (of(&engine, "uno", "StartedAt"), of(&engine, "uno", "Pid"));
    choose(&app, "uno", "Restart").await;
    worked(&app, "docker restart uno").await;
    row_says(&app, "uno", "Running").await;
    assert_ne!(of(&engine, "uno", "StartedAt"), started);
    assert_ne!(of(&engine, "uno", "Pid"), process);

    choose(&app, "uno", "Stop at once").await;
    row_says(&app, "uno", "Stopped").await;
    worked(&app, "docker kill uno").await;
    assert_eq!(of(&engine, "uno", "Status"), "exited");
    assert_eq!(
        of(&engine, "uno", "ExitCode"),
        "137",
        "it was not asked first"
    );
    app.show("verbs-trail").await;

    // What does not run can be neither paused nor ended; the menu says so.
    app.click("button", "More actions for uno").await;
    for item in ["Pause", "Stop at once"] {
        let item = app.see("menuitem", item).await;
        let off = item.attr("aria-disabled").await.unwrap();
        assert_eq!(off.as_deref(), Some("true"));
    }
    app.close().await;
}

/// The lines of the question that is open.
async fn going(app: &App) -> Vec<String> {
    let mut lines = Vec::new();
    for line in app.all("listitem", None).await {
        let words = app
            .client
            .execute("return arguments[0].innerText", vec![json!(line)]);
        let words = words.await.unwrap();
        lines.push(words.as_str().unwrap().trim().to_owned());
    }
    lines.sort();
    lines
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort();
    lines
}

#[tokio::test]
async fn clean_ups_remove_what_they_name() {
    const NAMES: [&str; 4] = ["ps", "-a", "--format", "{{.Names}}"];
    const IMAGES: [&str; 4] = ["image", "ls", "--format", "{{.Repository}}"];
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    for image in ["busy", "hello-world"] {
        engine.load_image(image).unwrap();
    }
    let docker = |words: &[&str]| engine.docker(words).unwrap().ok().unwrap();
    for name in ["runs", "rests"] {
        docker(&["run", "-d", "--name", name, "busy"]);
    }
    docker(&["pause", "rests"]);
    docker(&["create", "--name", "never", "busy"]);
    docker(&["run", "--name", "done", "hello-world"]);
    let nameless = docker(&["commit", "-m", "nameless", "runs"]);
    let nameless = nameless.trim_start_matches("sha256:")[..12].to_owned();

    let app = App::on(&engine).await;
    app.rows_are(&["runs", "rests", "never", "done"].map(String::from))
        .await;
    app.ctrl('j').await;
    app.see("log", "~").await;
    app.click("button", "Remove stopped…").await;
    app.see("alertdialog", "Remove stopped containers?").await;
    app.read("docker container prune -f").await;
    let told = going(&app).await;
    assert_eq!(told, ["done", "never"]);
    let before = cli(&engine, &NAMES);
    app.click("button", "Remove 2 containers").await;
    app.gone("alertdialog", "Remove stopped containers?").await;
    app.rows_are(&["runs".into(), "rests".into()]).await;
    let left = cli(&engine, &NAMES);
    let gone = before.into_iter().filter(|name| !left.contains(name));
    assert_eq!(sorted(gone.collect()), told, "what was named, and no more");
    worked(&app, "docker container prune -f").await;

    app.go("Images").await;
    app.click("button", "Remove unused…").await;
    app.see("alertdialog", "Remove unused images?").await;
    app.read("docker image prune -f").await;
    let told = going(&app).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with(&nameless), "{told:?}");
    app.click("button", "Remove 1 image").await;
    app.gone("alertdialog", "Remove unused images?").await;
    app.until("the nameless image stays", async || {
        cli(&engine, &["image", "ls", "-q", "-f", "dangling=true"]).is_empty()
    })
    .await;
    assert_eq!(sorted(cli(&engine, &IMAGES)), ["busy", "hello-world"]);
    worked(&app, "docker image prune -f").await;

    // With all that is not used, the other one goes; what a container uses stays.
    app.click("button", "Remove unused…").await;
    app.read("docker image prune -a").await;
    let told = going(&app).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("hello-world"), "{told:?}");
    app.click("button", "Remove 1 image").await;
    app.until("the unused image stays", async || {
        cli(&engine, &IMAGES) == ["busy"]
    })
    .await;
    worked(&app, "docker image prune -a").await;
    app.gone("button", "Remove unused…").await;
    app.close().await;
}
