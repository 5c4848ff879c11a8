//! The lists follow the engine, whoever changes it, and come back after it was away.

use slipway_lab::{Kind, Lab};

use slipway_window::{App, cli};

#[tokio::test]
async fn what_the_cli_does_shows() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let app = App::on(&engine).await;
    app.read("No containers yet").await;
    let docker = |words: &[&str]| engine.docker(words).unwrap().ok().unwrap();

    docker(&["run", "-d", "--name", "one", "busy"]);
    app.rows_are(&["one".into()]).await;
    app.read("Running").await;
    docker(&["rename", "one", "uno"]);
    app.rows_are(&["uno".into()]).await;
    docker(&["pause", "uno"]);
    app.read("Paused").await;
    docker(&["unpause", "uno"]);
    docker(&["stop", "uno"]);
    app.read("Stopped").await;
    docker(&["rm", "uno"]);
    app.read("No containers yet").await;

    app.go("Images").await;
    docker(&["tag", "busy", "another/name:v2"]);
    app.read("another/name").await;
    docker(&["rmi", "another/name:v2"]);
    app.until("the name does not go", async || {
        !app.text().await.contains("another/name")
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn an_engine_that_was_away_is_back_without_a_click() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    engine
        .docker(&["create", "--name", "before", "busy"])
        .unwrap()
        .ok()
        .unwrap();
    let app = App::on(&engine).await;
    app.rows_are(&["before".into()]).await;

    engine.kill9().unwrap();
    app.read("Not answering").await;
    app.rows_are(&["before".into()]).await;
    engine.start().unwrap();
    engine
        .docker(&["create", "--name", "meanwhile", "busy"])
        .unwrap()
        .ok()
        .unwrap();
    app.rows_are(&["before".into(), "meanwhile".into()]).await;
    app.read("Connected").await;
    assert_eq!(cli(&engine, &["ps", "-aq"]).len(), 2);
    app.close().await;
}
