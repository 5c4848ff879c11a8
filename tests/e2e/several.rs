//! Several rows at once: stopped, started and removed by one command each.

use slipway_lab::{Kind, Lab};

use slipway_window::{App, cli};

#[tokio::test]
async fn are_stopped_started_and_removed() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    for name in ["alpha", "beta", "gamma", "stays"] {
        let run = ["run", "-d", "--name", name, "busy"];
        engine.docker(&run).unwrap().ok().unwrap();
    }
    let app = App::on(&engine).await;
    app.rows_are(&["alpha", "beta", "gamma", "stays"].map(String::from))
        .await;
    for name in ["alpha", "beta", "gamma"] {
        let cell = app.see("cell", &format!("~{name}")).await;
        app.ctrl_click(&cell).await;
    }
    app.see("region", "What to do with the selected containers")
        .await;
    app.read("3 selected").await;
    app.show("several").await;
    let running = || cli(&engine, &["ps", "--format", "{{.Names}}"]);
    assert!(!app.can_press("Start").await, "all of them are running");

    app.click("button", "Stop").await;
    app.until("they do not stop", async || running() == ["stays"])
        .await;
    app.until("they cannot be started", async || {
        app.can_press("Start").await
    })
    .await;
    app.read("3 selected").await;
    app.click("button", "Start").await;
    app.until("they do not start", async || running().len() == 4)
        .await;

    app.click("button", "Remove…").await;
    app.see("alertdialog", "Remove 3 containers?").await;
    assert!(!app.can_press("Remove 3 containers").await, "they run");
    app.until("all of them run", async || {
        app.text().await.contains("3 of them are running")
    })
    .await;
    app.click("switch", "~3 of them are running").await;
    app.click("button", "Remove 3 containers").await;
    app.rows_are(&["stays".into()]).await;
    app.gone("region", "What to do with the selected containers")
        .await;
    assert_eq!(
        cli(&engine, &["ps", "-a", "--format", "{{.Names}}"]),
        ["stays"]
    );
    let trail = app.trail().await;
    for name in ["alpha", "beta", "gamma"] {
        assert!(trail.contains(name), "one command for all: {trail}");
    }
    app.close().await;
}
