//! What is filled into the run dialog is what the engine gets: the container is the one that the command
//! under the fields makes.

use std::net::{TcpListener, UdpSocket};
use std::process::Command;

use fantoccini::key::Key;
use serde_json::{Value, json};
use slipway_lab::{Engine, Kind, Lab};

use slipway_window::{App, cli};

/// Picks one of a field's choices, as keys do.
async fn pick(app: &App, name: &str, label: &str) {
    let field = app.see("combobox", name).await;
    let shown = "return arguments[0].selectedOptions[0].label";
    app.until(
        &format!("{label} is not among the choices of {name}"),
        async || {
            let shown = app.client.execute(shown, vec![json!(field)]).await.unwrap();
            if shown == label {
                return true;
            }
            field
                .send_keys(&char::from(Key::Down).to_string())
                .await
                .unwrap();
            false
        },
    )
    .await;
}

/// The command as it stands under the fields.
async fn command(app: &App) -> String {
    let shown = app.see("group", "Command").await.text().await.unwrap();
    shown.trim().trim_start_matches('$').trim().to_owned()
}

/// What the engine knows of a container and a command could decide; what each container has of its own is
/// left out.
fn made(engine: &Engine, name: &str) -> Value {
    let text = cli(engine, &["inspect", name]).join("\n");
    let mut all: Value = serde_json::from_str(&text).unwrap();
    let one = all[0].take();
    let (mut config, mut host) = (one["Config"].clone(), one["HostConfig"].clone());
    config.as_object_mut().unwrap().remove("Hostname");
    host.as_object_mut().unwrap().remove("ConsoleSize");
    let networks: Vec<&String> = one["NetworkSettings"]["Networks"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    json!({
        "Path": one["Path"], "Args": one["Args"], "Config": config, "HostConfig": host, "Networks": networks,
    })
}

/// What the shown command makes in a terminal.
fn by_command(engine: &Engine, name: &str, line: &str) -> Value {
    // What holds both kinds of quotes is shown as bash and zsh read it.
    let run = Command::new("bash")
        .args(["-c", line])
        .env("DOCKER_HOST", engine.host())
        .env("DOCKER_CONFIG", engine.docker_config())
        .output()
        .unwrap();
    assert!(run.status.success(), "{line}: {run:?}");
    made(engine, name)
}

/// The first of three ports in a row that nothing uses.
fn three_free() -> u16 {
    let free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
    (20_000..30_000)
        .step_by(3)
        .find(|&port| (port..port + 3).all(free))
        .expect("three ports in a row are free")
}

#[tokio::test]
async fn every_field_reaches_the_engine() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("ubuntu").unwrap();
    let network = ["network", "create", "back"];
    engine.docker(&network).unwrap().ok().unwrap();
    let udp = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
    let named = udp.local_addr().unwrap().port();
    drop(udp);
    let first = three_free();
    let last = first + 2;

    let app = App::on(&engine).await;
    app.open_run("ubuntu").await;
    app.fill("Name", "all").await;
    app.fill("Port on this computer", &named.to_string()).await;
    app.fill("Port in the container", "53").await;
    pick(&app, "Protocol", "udp").await;
    pick(&app, "Open to", "Everyone on the network").await;
    app.read("Any computer that reaches this one over the network can open this port.")
        .await;
    app.click("button", "Add a port").await;
    app.fill("Port on this computer, row 2", &format!("{first}-{last}"))
        .await;
    app.fill("Port in the container, row 2", "8000-8002").await;
    app.click("button", "Add a port").await;
    app.fill("Port in the container, row 3", "9000").await;
    app.is_told(
        "Port on this computer, row 3",
        "The engine picks a free port when the container starts",
    )
    .await;
    app.click("button", "Add a variable").await;
    app.fill("Name of variable 1", "GREETING").await;
    app.fill("Value of variable 1", "it's  \"two\" $words")
        .await;

    app.click("button", "More options").await;
    app.fill("Command", r#"-c 'echo "a  b"; sleep 600'"#).await;
    app.fill("Entrypoint", "/bin/sh").await;
    app.fill("Working directory", "/srv/app").await;
    app.fill("User", "1000:1000").await;
    pick(&app, "Restart", "When it fails").await;
    app.fill("How often at most", "3").await;
    app.fill("Memory", "64m").await;
    app.fill("Processors", "0.5").await;
    app.click("button", "Add a network").await;
    app.fill("Network 1", "back").await;
    // The image starts a shell, so both are proposed already; they stay what a person makes them.
    for (switch, on) in [
        ("~Interactive terminal", true),
        ("~Run in background", true),
    ] {
        let is = app.see("switch", switch).await.attr("aria-checked").await;
        if (is.unwrap().as_deref() == Some("true")) != on {
            app.click("switch", switch).await;
        }
    }
    app.until("the command has not all of it", async || {
        let line = command(&app).await;
        ["--network back", "--restart on-failure:3", "-d", "-it"]
            .iter()
            .all(|part| line.contains(part))
    })
    .await;
    app.show("run-all-filled").await;
    let line = command(&app).await;

    // Of two that exclude each other the dialog says so, before the engine does.
    app.click("switch", "Remove when done").await;
    app.is_told("Restart", "Leave out either --rm or --restart")
        .await;
    assert!(!app.can_press("Run").await, "it would be refused");
    app.click("switch", "Remove when done").await;
    app.until("it is still refused", async || app.can_press("Run").await)
        .await;
    assert_eq!(command(&app).await, line);

    app.run().await;
    app.see("heading", "all").await;
    let by_form = made(&engine, "all");
    assert_eq!(by_form["Config"]["WorkingDir"], "/srv/app");
    assert_eq!(by_form["Args"][1], r#"echo "a  b"; sleep 600"#);
    assert_eq!(by_form["HostConfig"]["RestartPolicy"]["Name"], "on-failure");
    engine.docker(&["rm", "-f", "all"]).unwrap().ok().unwrap();
    assert_eq!(by_form, by_command(&engine, "all", &line), "{line}");
    app.close().await;
}

#[tokio::test]
async fn one_that_is_removed_when_it_is_done() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let app = App::on(&engine).await;
    app.open_run("busy").await;
    app.read("EXPOSE 8080").await;
    app.fill("Name", "brief").await;
    app.click("button", "More options").await;
    for switch in ["Remove when done", "Read-only files", "Tiny init"] {
        app.click("switch", switch).await;
    }
    app.until("the command has not all of it", async || {
        let line = command(&app).await;
        ["--rm", "--read-only", "--init"]
            .iter()
            .all(|flag| line.contains(flag))
    })
    .await;
    let line = command(&app).await;
    app.run().await;
    app.see("heading", "brief").await;
    let by_form = made(&engine, "brief");
    assert_eq!(by_form["HostConfig"]["AutoRemove"], true);
    app.click("button", "Stop").await;
    app.read("This container is gone").await;
    assert!(cli(&engine, &["ps", "-aq"]).is_empty());
    assert_eq!(by_form, by_command(&engine, "brief", &line), "{line}");
    app.close().await;
}

#[tokio::test]
async fn an_image_with_a_shell_is_given_a_terminal() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    for image in ["ubuntu", "busy"] {
        engine.load_image(image).unwrap();
    }
    let app = App::on(&engine).await;
    let proposed = async |wanted: &str| {
        app.until("the terminal is not proposed as it should", async || {
            let switch = app.see("switch", "~Interactive terminal").await;
            switch.attr("aria-checked").await.unwrap().as_deref() == Some(wanted)
        })
        .await;
    };
    app.open_run("busy").await;
    app.read("EXPOSE 8080").await;
    proposed("false").await;
    app.fill("~Image", "ubuntu").await;
    app.read("This image starts a shell, which ends at once without a terminal.")
        .await;
    proposed("true").await;
    app.fill("Name", "shell").await;
    app.run().await;
    app.see("heading", "shell").await;
    let format = "{{.Config.Tty}} {{.Config.OpenStdin}} {{.State.Running}}";
    assert_eq!(
        cli(&engine, &["inspect", "shell", "--format", format]),
        ["true true true"]
    );
    app.close().await;
}
