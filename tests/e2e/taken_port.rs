//! A port that somebody takes while the dialog that asks for it is open: said before anything is sent, or by
//! the engine; each with ways out, and the script of it all does the same again.

use std::net::TcpListener;

use slipway_lab::{Engine, Kind, Lab};

use slipway_window::{App, cli};

use crate::trail::{of_line, run_script, save_script};

const HOST: &str = "~Port on this computer";

/// The ports of this computer that running containers have, sorted.
fn published(engine: &Engine) -> Vec<String> {
    let names = cli(engine, &["ps", "--format", "{{.Names}}"]);
    let ports = names.iter().flat_map(|name| cli(engine, &["port", name]));
    let mut ports: Vec<String> = ports.collect();
    ports.sort();
    ports
}

fn command(port: &str) -> String {
    format!("docker run -d -p 127.0.0.1:{port}:8080 busy")
}

fn inside(port: &str) -> String {
    format!("8080/tcp -> 127.0.0.1:{port}")
}

/// What a button offers behind these words: a port.
async fn offered(app: &App, words: &str) -> String {
    let button = app.see("button", &format!("~{words}")).await;
    // The driver takes what stands in a dialog's card for hidden, and has no text for it.
    let text = button.prop("textContent").await.unwrap();
    let text = text.unwrap_or_default();
    let digits = text.chars().filter(char::is_ascii_digit);
    digits.collect()
}

#[tokio::test]
async fn is_told_and_mended() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let first = free.local_addr().unwrap().port().to_string();
    drop(free);

    let app = App::on(&engine).await;
    app.read("No containers yet").await;
    app.ctrl('j').await;
    app.open_run("busy").await;
    app.read("EXPOSE 8080").await;
    app.fill(HOST, &first).await;
    app.is_told(HOST, &format!("{first} is free")).await;

    // Meanwhile, in a terminal.
    let at = format!("127.0.0.1:{first}:8080");
    let holds = ["run", "-d", "--name", "holder", "-p", &at, "busy"];
    engine.docker(&holds).unwrap().ok().unwrap();
    app.run().await;
    app.is_told(HOST, "is used by container holder").await;
    app.see("dialog", "Run an image").await;
    assert_eq!(published(&engine), [inside(&first)], "nothing was sent");
    assert!(!app.trail().await.contains("docker run"));
    let second = offered(&app, "Use ").await;
    app.click("button", "~Use ").await;
    app.is_told(HOST, &format!("{second} is free")).await;
    app.run().await;
    app.gone("dialog", "Run an image").await;
    app.until("the trail does not say so", async || {
        app.trail().await.contains(&command(&second))
    })
    .await;
    assert_eq!(published(&engine), [inside(&first), inside(&second)]);
    let by_us = ["ps", "--format", "{{.Names}}", "--filter", "name=_"];
    let ours = cli(&engine, &by_us)[0].clone();

    // The same once more without a dialog: it is the engine that says no.
    of_line(&app, &command(&second), "Do it again").await;
    app.see("alertdialog", &format!("Port {second} is taken"))
        .await;
    app.read(&format!("The container “{ours}” uses it already."))
        .await;
    app.show("port-taken").await;
    let third = offered(&app, "Use port ").await;
    app.click("button", "~Use port ").await;
    app.read("Done. Every command worked.").await;
    let three = [inside(&first), inside(&second), inside(&third)];
    assert_eq!(published(&engine), three);
    app.click("button", "Close").await;
    let trail = app.trail().await;
    assert_eq!(trail.matches(&command(&second)).count(), 2, "{trail}");
    assert_eq!(trail.matches(&command(&third)).count(), 1, "{trail}");
    assert!(
        trail.contains(&format!("Port {second} is taken")),
        "{trail}"
    );

    // Or the one that has it makes room.
    of_line(&app, &command(&second), "Do it again").await;
    app.click("button", "~Stop the container").await;
    app.read("Done. Every command worked.").await;
    app.click("button", "Close").await;
    assert_eq!(published(&engine), three);
    let state = ["inspect", &ours, "--format", "{{.State.Status}}"];
    assert_eq!(cli(&engine, &state), ["exited"]);
    assert!(app.trail().await.contains(&format!("docker stop {ours}")));

    // The script does what worked, and leaves out what failed and what was done to its remains.
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("again.sh");
    save_script(&app, &script).await;
    app.close().await;
    for id in cli(&engine, &["ps", "-aq"]) {
        engine.docker(&["rm", "-f", &id]).unwrap().ok().unwrap();
    }
    run_script(&script, &engine);
    assert_eq!(published(&engine), [inside(&second), inside(&third)]);
    assert_eq!(cli(&engine, &["ps", "-aq"]).len(), 3);
}
