//! axe-core finds nothing serious where something is asked, fails, or is not there, either: questions,
//! menus, empty lists, problems, an engine that went away.

use std::net::TcpListener;
use std::path::Path;

use fantoccini::key::Key;
use serde_json::json;
use slipway_lab::{Engine, Kind, Lab};

use slipway_window::{App, Start, cli};

use super::access::check_both;
use super::slow_pull::{Gate, begin};

fn docker(engine: &Engine, words: &[&str]) {
    engine.docker(words).unwrap().ok().unwrap();
}

/// Leaves what is open, and waits until nothing is.
async fn leave(app: &App) {
    app.key(Key::Escape).await;
    app.until("something is still open", async || {
        let mut open = 0;
        for role in ["dialog", "alertdialog", "menu"] {
            open += app.all(role, None).await.len();
        }
        open == 0
    })
    .await;
}

/// Chooses a row, and all others with it.
async fn choose_all(app: &App, name: &str) {
    let cell = app.see("cell", &format!("~{name}")).await;
    app.ctrl_click(&cell).await;
    app.ctrl('a').await;
}

#[tokio::test]
async fn what_is_asked_and_told_in_the_lists() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    for image in ["hello-world", "busy", "ubuntu"] {
        engine.load_image(image).unwrap();
    }
    let publish = "127.0.0.1::8080";
    docker(
        &engine,
        &["run", "-d", "--name", "hello", "-p", publish, "busy"],
    );
    docker(
        &engine,
        &["run", "--name", "vigilant_hopper", "hello-world"],
    );
    let failed = engine.docker(&["run", "--name", "sleepy_wing", "ubuntu", "false"]);
    assert!(failed.unwrap().ok().is_err(), "`false` fails");
    docker(&engine, &["commit", "hello"]);

    let app = App::on(&engine).await;
    app.rows_are(&["hello", "vigilant_hopper", "sleepy_wing"].map(String::from))
        .await;
    app.fill("Find by name or image", "no such thing").await;
    app.read("Nothing matches").await;
    check_both(&app, "list-nothing").await;
    app.click("button", "Clear the filter").await;

    app.click("button", "~Switch engine").await;
    app.read("Look for engines again").await;
    check_both(&app, "switcher").await;
    leave(&app).await;
    app.click("button", "More actions for hello").await;
    app.see("menuitem", "~Remove…").await;
    check_both(&app, "row-menu").await;
    app.click("menuitem", "~Rename…").await;
    app.see("dialog", "Rename hello").await;
    check_both(&app, "rename").await;
    app.fill("New name", "sleepy_wing").await;
    app.is_told("New name", "Another container is called sleepy_wing")
        .await;
    check_both(&app, "rename-taken").await;
    leave(&app).await;
    app.click("button", "More actions for hello").await;
    app.click("menuitem", "~Remove…").await;
    app.see("alertdialog", "Remove hello?").await;
    check_both(&app, "remove-one").await;
    leave(&app).await;

    choose_all(&app, "hello").await;
    app.read("3 selected").await;
    check_both(&app, "bulk").await;
    app.click("button", "Remove…").await;
    app.see("alertdialog", "Remove 3 containers?").await;
    check_both(&app, "remove-many").await;
    leave(&app).await;
    app.click("button", "Clear").await;
    app.click("button", "Remove stopped…").await;
    app.see("alertdialog", "Remove stopped containers?").await;
    check_both(&app, "prune-containers").await;
    leave(&app).await;

    app.go("Images").await;
    app.fill("Find by name or tag", "no such thing").await;
    app.read("Nothing matches").await;
    check_both(&app, "images-nothing").await;
    app.click("button", "Clear the filter").await;
    app.click("button", "Remove unused…").await;
    app.see("alertdialog", "Remove unused images?").await;
    check_both(&app, "prune-images").await;
    leave(&app).await;
    app.click("button", "~Remove hello-world").await;
    app.see("alertdialog", "~Remove hello-world").await;
    check_both(&app, "remove-image").await;
    app.click("button", "~Remove hello-world").await;
    app.see("button", "~Remove the container").await;
    check_both(&app, "problem").await;
    app.click("button", "What the engine said").await;
    check_both(&app, "problem-words").await;
    leave(&app).await;
    app.close().await;
}

#[tokio::test]
async fn pulls_and_runs_that_do_not_go_smoothly() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let gate = Gate::before(lab.mirror_port());
    let app = App::on(&engine).await;

    app.go("Images").await;
    app.click("button", "Pull an image").await;
    let missing = format!("127.0.0.1:{}/no/such-image", lab.mirror_port());
    app.fill("Image", &missing).await;
    app.click("button", "~Pull").await;
    app.see("button", "~Try again").await;
    check_both(&app, "pull-failed").await;
    app.key(Key::Escape).await;
    app.gone("dialog", "Pull an image").await;
    begin(&app, &gate).await;
    check_both(&app, "pull-running").await;
    app.click("button", "Cancel the download").await;
    app.read("The download was cancelled.").await;
    check_both(&app, "pull-cancelled").await;
    app.key(Key::Escape).await;
    app.gone("dialog", "Pull an image").await;

    app.open_run("busy").await;
    app.read("EXPOSE 8080").await;
    let process = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let taken = process.local_addr().unwrap().port().to_string();
    app.fill("~Port on this computer", &taken).await;
    app.see("button", "~Use ").await;
    check_both(&app, "run-port-taken").await;
    app.click("button", "~Use ").await;
    app.click("button", "Add a variable").await;
    app.click("button", "Add a folder").await;
    app.click("button", "More options").await;
    app.see("switch", "Remove when done").await;
    check_both(&app, "run-more").await;
    for button in ["Add a network", "Add a label", "Add a host"] {
        app.click("button", button).await;
    }
    check_both(&app, "run-more-rows").await;
    app.click("button", "Edit the command").await;
    app.see("textbox", "Docker command").await;
    check_both(&app, "run-command-edited").await;
    gate.open();
    app.close().await;
}

#[tokio::test]
async fn what_went_away() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    for name in ["goes", "stays"] {
        docker(&engine, &["run", "-d", "--name", name, "busy"]);
    }
    let app = App::on(&engine).await;
    app.click("link", "goes").await;
    app.see("heading", "goes").await;
    docker(&engine, &["rm", "-f", "goes"]);
    app.read("This container is gone").await;
    check_both(&app, "container-gone").await;
    app.click("button", "All containers").await;
    app.rows_are(&["stays".into()]).await;

    engine.kill9().unwrap();
    app.read("The engine stopped answering").await;
    check_both(&app, "engine-lost").await;
    app.click("link", "stays").await;
    app.see("heading", "stays").await;
    check_both(&app, "engine-lost-container").await;
    engine.start().unwrap();
    app.read("Connected").await;
    assert_eq!(cli(&engine, &["ps", "-aq"]).len(), 1);
    app.close().await;
}

/// A context of the docker command, at an address that nobody has.
fn furnish_context(home: &Path) {
    let folder = home.join(".docker/contexts/meta/office");
    std::fs::create_dir_all(&folder).unwrap();
    let host = "tcp://engine.invalid:2375";
    let meta = json!({ "Name": "office", "Metadata": {}, "Endpoints": { "docker": { "Host": host, "SkipTLSVerify": false } } });
    std::fs::write(folder.join("meta.json"), meta.to_string()).unwrap();
}

#[tokio::test]
async fn the_first_page_and_its_dialog() {
    let app = App::start(Start::default()).await;
    app.see("heading", "No engine found").await;
    check_both(&app, "welcome-plain").await;
    app.close().await;
    let app = App::start(Start {
        furnish: furnish_context,
        ..Start::default()
    })
    .await;
    app.see("heading", "No engine found").await;
    check_both(&app, "welcome").await;
    app.click("button", "Connect…").await;
    app.see("dialog", "Connect to an engine elsewhere").await;
    app.read("office").await;
    check_both(&app, "connect").await;
    app.close().await;
}
