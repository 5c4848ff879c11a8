//! A pull from a registry that stops half way: it can be left and goes on, and it can be cancelled.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};

use slipway_lab::{Kind, Lab};

use slipway_window::{App, cli};

/// So much of what the registry answers is let through at first: the manifest, and part of the layers.
const FIRST: usize = 16 << 20;

/// Stands before a registry, and holds its answers back until it is opened.
pub(super) struct Gate {
    port: u16,
    state: Arc<(Mutex<State>, Condvar)>,
}

#[derive(Default)]
struct State {
    passed: usize,
    open: bool,
}

impl Gate {
    pub(super) fn before(registry: u16) -> Gate {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new((Mutex::new(State::default()), Condvar::new()));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", registry)) else {
                    continue;
                };
                let (mut to_server, mut to_client) =
                    (server.try_clone().unwrap(), client.try_clone().unwrap());
                let (mut from_client, mut from_server) = (client, server);
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || {
                    let _ = std::io::copy(&mut from_client, &mut to_server);
                    let _ = to_server.shutdown(Shutdown::Both);
                });
                std::thread::spawn(move || {
                    let mut buffer = [0; 16 << 10];
                    while let Ok(count @ 1..) = from_server.read(&mut buffer) {
                        hold(&shared, count);
                        if to_client.write_all(&buffer[..count]).is_err() {
                            break;
                        }
                    }
                    let _ = to_client.shutdown(Shutdown::Both);
                });
            }
        });
        Gate { port, state }
    }

    /// Whether more would come.
    fn holds(&self) -> bool {
        let state = self.state.0.lock().unwrap();
        state.passed > FIRST && !state.open
    }

    pub(super) fn open(&self) {
        self.state.0.lock().unwrap().open = true;
        self.state.1.notify_all();
    }
}

fn hold(shared: &(Mutex<State>, Condvar), count: usize) {
    let mut state = shared.0.lock().unwrap();
    state.passed += count;
    while state.passed > FIRST && !state.open {
        state = shared.1.wait(state).unwrap();
    }
}

/// Begins a pull that comes to stand half way.
pub(super) async fn begin(app: &App, gate: &Gate) {
    let image = format!("127.0.0.1:{}/library/ubuntu", gate.port);
    app.go("Images").await;
    app.click("button", "Pull an image").await;
    app.fill("Image", &image).await;
    app.click("button", "~Pull").await;
    app.read("0 of 1 layers · ").await;
    app.until("the registry is not held up", async || gate.holds())
        .await;
}

#[tokio::test]
async fn cancelled_it_leaves_no_image() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let gate = Gate::before(lab.mirror_port());
    let app = App::on(&engine).await;
    begin(&app, &gate).await;
    app.show("pull-half-way").await;
    app.click("button", "Cancel the download").await;
    app.read("The download was cancelled.").await;
    app.show("pull-cancelled").await;
    app.click("button", "Cancel").await;
    app.gone("dialog", "Pull an image").await;
    app.until("the trail does not say it", async || {
        app.trail().await.contains("cancelled")
    })
    .await;
    // The engine was told: it has let go of the registry, and what it had is no image.
    gate.open();
    assert!(cli(&engine, &["image", "ls", "-aq"]).is_empty());
    app.read("No images yet").await;
    app.close().await;
}

#[tokio::test]
async fn left_alone_it_goes_on() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let gate = Gate::before(lab.mirror_port());
    let app = App::on(&engine).await;
    begin(&app, &gate).await;
    app.click("button", "~Close").await;
    app.gone("dialog", "Pull an image").await;
    app.go("Containers").await;
    app.click("link", "~Settings").await;
    app.see("heading", "Settings").await;
    app.until("the trail does not show it under way", async || {
        !app.all("button", Some("~Cancel docker pull"))
            .await
            .is_empty()
    })
    .await;
    assert!(
        cli(&engine, &["image", "ls", "-aq"]).is_empty(),
        "it is half way"
    );
    gate.open();
    app.gone("button", "~Cancel docker pull").await;
    assert_eq!(cli(&engine, &["image", "ls", "-aq"]).len(), 1);
    app.go("Images").await;
    app.read("library/ubuntu").await;
    app.close().await;
}
