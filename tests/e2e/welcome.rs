//! A computer where no engine answers: what was looked at, why nothing came of it, and a way on.

use slipway_lab::{Kind, Lab};

use slipway_window::{App, Start};

#[tokio::test]
async fn it_moves_on_by_itself_when_the_engine_comes() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    engine
        .docker(&["create", "--name", "here", "busy"])
        .unwrap()
        .ok()
        .unwrap();
    engine.stop().unwrap();
    let app = App::start(Start {
        engine: Some(&engine),
        ..Start::default()
    })
    .await;
    app.read("No engine").await;
    app.read("DOCKER_HOST").await;
    app.picture("welcome");
    engine.start().unwrap();
    app.rows_are(&["here".into()]).await;
    app.close().await;
}

#[tokio::test]
async fn slipways_own_engine_starts_and_stops() {
    let app = App::start(Start::default()).await;
    app.click("button", "Start the engine").await;
    app.read("No containers yet").await;
    app.go("Settings").await;
    app.click("button", "~Stop").await;
    app.click("button", "~Stop").await;
    app.read("Stopped").await;
    app.close().await;
}
