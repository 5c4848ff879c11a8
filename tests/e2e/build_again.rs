//! A build of the history, done once more and held beside the one before.

use std::fs;

use serde_json::json;
use slipway_lab::{Kind, Lab};
use slipway_window::{App, Start, cli};

use crate::build::{open_build, tutorial_folder};

const SECRET: &str = "correct-horse";

/// What was printed into the image is all that differs from one build to the next.
fn dockerfile(word: &str) -> String {
    format!(
        "FROM ubuntu\nARG API_TOKEN\nRUN test \"$API_TOKEN\" = {SECRET}\nRUN echo {word} > /said\n"
    )
}

#[tokio::test]
async fn its_secret_is_asked_for_and_the_two_are_compared() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    engine.load_image("ubuntu").unwrap();
    let folder = tutorial_folder();
    let file = folder.path().join("again.dockerfile");
    fs::write(&file, dockerfile("one")).unwrap();
    let app = App::on(&engine).await;
    app.go("Build").await;
    let command = format!(
        "docker build -f {} --build-arg API_TOKEN={SECRET} -t again {}",
        file.display(),
        folder.path().display()
    );
    open_build(&app, &command).await;
    app.click("button", "~Build").await;
    app.read("again is ready").await;
    let size = &cli(
        &engine,
        &["image", "inspect", "again", "-f", "{{len .RootFS.Layers}}"],
    )[0];
    app.read(&format!("Layers\n{size}\n")).await;
    app.read("Done ·").await;

    // Nobody has the secret any more: not the app that is started next, either.
    let home = app.kill9();
    let app = App::start(Start {
        engine: Some(&engine),
        home: Some(home),
        ..Start::default()
    })
    .await;
    app.go("Build").await;
    app.click("link", "All builds").await;
    app.click("link", "~Open docker build").await;
    app.click("button", "Build again").await;
    app.read("Write it again in its place.").await;
    for theme in ["light", "dark"] {
        let set = "document.documentElement.dataset.theme = arguments[0]";
        app.client.execute(set, vec![json!(theme)]).await.unwrap();
        app.show(&format!("build-secret-{theme}")).await;
    }
    assert!(!app.can_press("~Build").await, "*** would be the secret");
    fs::write(&file, dockerfile("two")).unwrap();
    app.fill("Value of argument 1", SECRET).await;
    app.until("it cannot be built", async || app.can_press("~Build").await)
        .await;
    app.click("button", "~Build").await;
    app.read("again is ready").await;
    assert_eq!(
        cli(&engine, &["run", "--rm", "again", "cat", "/said"]),
        ["two"]
    );
    app.read("Cached").await;

    app.click("link", "All builds").await;
    app.until("there are not two", async || app.rows().await.len() == 2)
        .await;
    for row in app.all("checkbox", Some("~Choose docker build")).await {
        row.click().await.unwrap();
    }
    app.click("button", "Compare").await;
    app.see("table", "Time of each step").await;
    let steps = "return [...document.querySelectorAll('table.beside tbody tr')].map((row) => row.innerText)";
    let steps = app.client.execute(steps, vec![]).await.unwrap();
    let steps: Vec<String> = serde_json::from_value(steps).unwrap();
    let with = |word: &str| steps.iter().filter(|step| step.contains(word)).count();
    assert_eq!((with("RUN test"), with("Cached")), (1, 1), "{steps:?}");
    let lines = "return [...document.querySelectorAll('.diff .removed code, .diff .added code')].map((line) => line.innerText.trim())";
    let lines = app.client.execute(lines, vec![]).await.unwrap();
    assert_eq!(
        lines,
        json!(["RUN echo one > /said", "RUN echo two > /said"]),
        "what differs"
    );
    app.show("builds-compared").await;
    app.close().await;
}
