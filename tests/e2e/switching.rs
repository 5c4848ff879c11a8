//! Two engines: each shows its own lists, the one that is left is left alone, and what was opened or
//! failed on one never reaches the other.

use std::path::Path;
use std::sync::Arc;

use serde_json::json;
use slipway_lab::scripted::{Reply, Request, Scripted, ScriptedServer};
use slipway_lab::{Kind, Lab};

use slipway_window::{App, Start, cli};

const ID: &str = "b37ab37ab37ab37ab37ab37ab37ab37ab37ab37ab37ab37ab37ab37ab37ab37a";

/// An engine with one container, which says no to everything.
fn other_engine() -> ScriptedServer {
    let row = json!([{
        "Id": ID, "Names": ["/beta"], "Image": "busy", "ImageID": "sha256:01", "Command": "busy",
        "Created": 1_700_000_000, "Ports": [], "Labels": {}, "State": "exited", "Status": "Exited (0) 2 hours ago",
    }]);
    let inspected = json!({
        "Id": ID, "Name": "/beta", "Image": "sha256:01", "Config": { "Image": "busy" },
        "Created": "2024-01-01T00:00:00Z", "State": { "Status": "running", "Running": true },
        "HostConfig": {}, "NetworkSettings": {},
    });
    let refusal = format!(
        "You cannot remove a running container {ID}. Stop the container before attempting removal or \
         force remove"
    );
    Scripted::new()
        .on("GET /info", Reply::json("{}"))
        .on("GET /events", Reply::chunked_open(&[]))
        .on("GET /containers/json", Reply::json(row.to_string()))
        .on("GET /containers/", Reply::json(inspected.to_string()))
        .on("GET /images/json", Reply::json("[]"))
        .on("DELETE /containers/", Reply::error(409, &refusal))
        .start()
        .unwrap()
}

/// A docker context with this name, as the docker CLI keeps it (`docker context create`).
fn context(home: &Path, name: &str, host: &str) {
    let folder = home.join(".docker/contexts/meta").join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let meta = json!({ "Name": name, "Metadata": {}, "Endpoints": { "docker": { "Host": host, "SkipTLSVerify": false } } });
    std::fs::write(folder.join("meta.json"), meta.to_string()).unwrap();
}

async fn ask_to_remove(app: &App) {
    app.click("button", "More actions for beta").await;
    app.click("menuitem", "~Remove…").await;
    app.see("alertdialog", "Remove beta?").await;
}

async fn switch_to(app: &App, from: &str, to: &str) {
    app.click("button", &format!("~{from}")).await;
    app.click("menuitemradio", &format!("~{to}")).await;
}

fn writes(server: &ScriptedServer) -> Vec<Request> {
    let mut all = server.requests();
    all.retain(|request| request.method != "GET" && request.method != "HEAD");
    all
}

#[tokio::test]
async fn what_belongs_to_one_stays_there() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    // The same name on both: what is meant for one would find something on the other.
    for name in ["alpha", "beta"] {
        let create = ["create", "--name", name, "busy"];
        engine.docker(&create).unwrap().ok().unwrap();
    }
    let server = other_engine();
    let home = tempfile::tempdir().unwrap();
    context(home.path(), "real", &engine.host());
    context(home.path(), "scripted", &server.host());
    std::fs::write(
        home.path().join(".docker/config.json"),
        json!({ "currentContext": "scripted" }).to_string(),
    )
    .unwrap();
    let config = home.path().join(".docker").display().to_string();
    let app = App::start(Start {
        extra_env: vec![("DOCKER_CONFIG", config)],
        ..Start::default()
    })
    .await;
    app.rows_are(&["beta".into()]).await;

    // Something fails on the first engine; its problem stays in the trail.
    ask_to_remove(&app).await;
    app.click("button", "Remove beta").await;
    app.see("button", "~Stop it").await;
    app.show("problem-of-an-engine").await;
    app.click("button", "Cancel").await;
    app.read("failed").await;
    let sent = writes(&server).len();
    assert_eq!(sent, 1);

    // A question of the first engine stands while another is chosen: it goes.
    ask_to_remove(&app).await;
    choose(&app, "context:real").await;
    app.gone("alertdialog", "Remove beta?").await;
    app.rows_are(&["alpha".into(), "beta".into()]).await;
    app.until("the events of the engine that was left go on", async || {
        server
            .requests()
            .iter()
            .filter(|request| request.route().starts_with("/events"))
            .all(|request| request.closed)
    })
    .await;

    // The problem of the first engine can be read; its fixes do not reach this one.
    app.click("button", "~Why docker rm beta failed").await;
    app.click("button", "~Stop it").await;
    app.read("Another engine is in use now").await;
    app.show("problem-of-another-engine").await;
    app.click("button", "~Cancel").await;
    // As would a click that was on its way while the engines changed.
    let late = "const done = arguments[0]; window.__TAURI_INTERNALS__.invoke('perform', { engine: 'context:scripted', \
        actions: [{ verb: 'remove-container', containers: ['beta'], force: true, volumes: false, link: false }] }) \
        .then(() => done('sent'), (e) => done(e.what ?? String(e)))";
    let answer = app.client.execute_async(late, vec![]).await.unwrap();
    assert_eq!(answer, "Another engine is in use now");
    let names = ["ps", "-a", "--format", "{{.Names}}"];
    assert_eq!(cli(&engine, &names).len(), 2, "nothing reached this engine");
    assert_eq!(writes(&server).len(), sent, "nor the other");

    // And back, by the switcher.
    switch_to(&app, "real", "scripted").await;
    app.rows_are(&["beta".into()]).await;
    switch_to(&app, "scripted", "real").await;
    app.rows_are(&["alpha".into(), "beta".into()]).await;
    app.close().await;
}

/// “The first that answers” takes a choice back: at once, and for the next start.
#[tokio::test]
async fn a_choice_can_be_taken_back() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let create = ["create", "--name", "alpha", "busy"];
    engine.docker(&create).unwrap().ok().unwrap();
    let server = other_engine();
    let home = Arc::new(tempfile::tempdir().unwrap());
    context(home.path(), "real", &engine.host());
    context(home.path(), "scripted", &server.host());
    std::fs::write(
        home.path().join(".docker/config.json"),
        json!({ "currentContext": "scripted" }).to_string(),
    )
    .unwrap();
    let start = || Start {
        home: Some(Arc::clone(&home)),
        ..Start::default()
    };
    let app = App::start(start()).await;
    app.rows_are(&["beta".into()]).await;
    app.go("Settings").await;
    choose_in_settings(&app, "real").await;
    app.see("button", "~real").await;
    app.close().await;

    // The next start keeps the choice, against the docker command's own.
    let app = App::start(start()).await;
    app.rows_are(&["alpha".into()]).await;
    app.go("Settings").await;
    choose_in_settings(&app, "The first that answers").await;
    app.see("button", "~scripted").await;
    app.go("Containers").await;
    app.rows_are(&["beta".into()]).await;
    app.close().await;

    let app = App::start(start()).await;
    app.rows_are(&["beta".into()]).await;
    app.go("Settings").await;
    let shown = app.field("Engine to use").await;
    let shown = shown.prop("value").await.unwrap();
    assert_eq!(shown.as_deref(), Some(""), "nothing is chosen");
    app.close().await;
}

/// Picks the engine whose line begins so, in the settings.
async fn choose_in_settings(app: &App, begins: &str) {
    let list = app.field("Engine to use").await;
    for option in list
        .find_all(fantoccini::Locator::Css("option"))
        .await
        .unwrap()
    {
        let line = option.prop("label").await.unwrap().unwrap_or_default();
        if line.starts_with(begins) {
            return option.click().await.unwrap();
        }
    }
    app.give_up(&format!("no engine {begins} can be picked"))
        .await;
}

/// Chooses an engine as the page does, while a dialog keeps the switcher out of reach.
async fn choose(app: &App, id: &str) {
    let script = "const done = arguments[1]; window.__TAURI_INTERNALS__.invoke('choose_engine', { id: arguments[0] })\
        .then(() => done('chosen'), (e) => done(JSON.stringify(e)))";
    let chosen = app
        .client
        .execute_async(script, vec![json!(id)])
        .await
        .unwrap();
    assert_eq!(chosen, "chosen");
}
