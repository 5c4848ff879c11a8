//! A computer where no engine answers: what was looked at, why nothing came of it, and a way on.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use fantoccini::key::Key;
use serde_json::{Value, json};
use slipway_lab::{Kind, Lab, Recorded};
use tempfile::TempDir;

use slipway_window::{App, Start};

use super::access::check_both;

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

/// A home folder in which Slipway's own engine may be started on a machine that has other engines, and what
/// ends it when a test fails.
struct Home(Arc<TempDir>);

impl Home {
    fn new(mirror: u16) -> Home {
        let folder = tempfile::Builder::new().prefix("slipway-e2e-").tempdir();
        let home = Home(Arc::new(folder.unwrap()));
        std::fs::create_dir_all(home.engine()).unwrap();
        // All engines would write to the same tables; and what is pulled comes from the lab.
        let settings = json!({
            "iptables": false, "ip6tables": false, "registry-mirrors": [format!("http://127.0.0.1:{mirror}")],
        });
        std::fs::write(home.engine().join("daemon.json"), settings.to_string()).unwrap();
        home
    }

    /// The folder of the app's own engine.
    fn engine(&self) -> PathBuf {
        let data = ".local/share/io.github.slipway-app.slipway/engine";
        self.0.path().join(data)
    }

    fn start(&self) -> Start<'static> {
        Start {
            home: Some(Arc::clone(&self.0)),
            ..Start::default()
        }
    }

    /// The process of its engine, if one runs.
    fn process(&self) -> Option<Recorded> {
        let record = std::fs::read_to_string(self.engine().join("state.json")).ok()?;
        let record: Value = serde_json::from_str(&record).ok()?;
        Recorded::of(u32::try_from(record["process"]["pid"].as_u64()?).ok()?)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Some(process) = self.process() {
            let _ = process.kill();
        }
        let folders = std::fs::read_dir(self.0.path()).into_iter().flatten();
        let bridge = folders.flatten().find_map(|folder| {
            let text = std::fs::read_to_string(folder.path().join("daemon.json")).ok()?;
            let settings: Value = serde_json::from_str(&text).ok()?;
            settings["bridge"].as_str().map(str::to_owned)
        });
        if let Some(bridge) = bridge {
            let _ = Command::new("ip")
                .args(["link", "delete", &bridge])
                .output();
        }
        let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
        let inside = mounts.lines().filter_map(|line| line.split(' ').nth(1));
        for mount in inside.filter(|path| Path::new(path).starts_with(self.0.path())) {
            let _ = Command::new("umount").args(["--lazy", mount]).status();
        }
    }
}

/// Nothing is here but the app: its own engine is started, a first image pulled and run and read; the app
/// is killed, and what it had started is found again.
#[tokio::test]
async fn the_first_day() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let home = Home::new(lab.mirror_port());
    let app = App::start(home.start()).await;
    app.see("heading", "No engine found").await;
    app.click("button", "Start the engine").await;
    app.read("No containers yet").await;
    app.pull("hello-world").await;
    app.click("button", "Run it").await;
    app.see("dialog", "Run an image").await;
    app.fill("Name", "first").await;
    app.run().await;
    app.gone("dialog", "Run an image").await;
    app.click("tab", "Output").await;
    app.read("Hello from Docker!").await;
    app.read("Finished normally (exit 0)").await;
    let engine = home.process().expect("the engine runs");

    app.kill9();
    assert!(engine.alive(), "the engine outlives the app");
    let app = App::start(home.start()).await;
    app.rows_are(&["first".into()]).await;
    assert_eq!(home.process().map(Recorded::pid), Some(engine.pid()));
    app.until("the trail has forgotten what was done", async || {
        app.trail().await.contains("--name first")
    })
    .await;
    app.click("button", "~Switch engine").await;
    app.see("menuitem", "Stop Slipway’s own engine").await;
    check_both(&app, "switcher-own").await;
    app.key(Key::Escape).await;

    app.click("link", "~Settings").await;
    app.see("heading", "Settings").await;
    check_both(&app, "settings-own").await;
    app.click("button", "Stop the engine").await;
    app.see("alertdialog", "Stop Slipway’s own engine?").await;
    check_both(&app, "stop-own").await;
    app.click("button", "Stop the engine").await;
    app.read("Stopped").await;
    app.until("the engine does not end", async || !engine.alive())
        .await;
    app.close().await;
}
