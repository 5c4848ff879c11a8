//! The app under test: its own display, home folder and driver, all gone at the end.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use serde_json::json;
use slipway_lab::{Display, Engine, wait_until};
use tempfile::TempDir;

/// How long a state may take to come on a loaded machine; no test measures time.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The app, driven through WebKit's own driver.
///
/// tauri-driver would only rename one capability on Linux, so it is left out.
pub struct App {
    /// The session with the main page.
    pub client: Client,
    driver: Child,
    home: TempDir,
    display: Display,
}

/// How the app is started.
pub struct Start<'a> {
    /// The engine that `DOCKER_HOST` names; without one the variable is not set.
    pub engine: Option<&'a Engine>,
    /// The screen's width and height in pixels; the window fills it up to 1280 by 800.
    pub size: (u32, u32),
    /// The program.
    pub binary: PathBuf,
    /// More of the environment.
    pub extra_env: Vec<(&'static str, String)>,
}

impl Default for Start<'_> {
    fn default() -> Self {
        Start {
            engine: None,
            size: (1280, 800),
            binary: main_binary(),
            extra_env: Vec::new(),
        }
    }
}

impl App {
    /// Starts the app with `DOCKER_HOST` on `engine`.
    pub async fn on(engine: &Engine) -> App {
        App::start(Start {
            engine: Some(engine),
            ..Start::default()
        })
        .await
    }

    /// Starts the app.
    pub async fn start(start: Start<'_>) -> App {
        let display = Display::start(start.size.0, start.size.1).expect("Xvfb starts");
        let home = tempfile::Builder::new()
            .prefix("slipway-e2e-")
            .tempdir()
            .unwrap();
        hold_still(home.path());
        let port = free_port();
        let mut driver = Command::new("WebKitWebDriver");
        driver
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("LANG", "C.UTF-8")
            .env("HOME", home.path())
            .env("XDG_RUNTIME_DIR", home.path())
            .env("DISPLAY", display.name())
            .env("GDK_BACKEND", "x11")
            .env("GTK_THEME", "Adwaita")
            .env("NO_AT_BRIDGE", "1")
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(start.extra_env)
            .stdout(Stdio::null())
            .stderr(log_file(home.path()));
        if let Some(engine) = start.engine {
            driver.env("DOCKER_HOST", engine.host());
        }
        let driver = driver
            .spawn()
            .expect("WebKitWebDriver (Debian: webkit2gtk-driver) starts");
        wait_until(PATIENCE, "the driver listens", || {
            std::net::TcpStream::connect(("127.0.0.1", port)).ok()
        })
        .unwrap();
        let options = json!({ "binary": start.binary, "args": [] });
        let mut capabilities = Capabilities::new();
        capabilities.insert("webkitgtk:browserOptions".to_owned(), options);
        let client = ClientBuilder::new(hyper_util_connector())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("a session with the app");
        App {
            client,
            driver,
            home,
            display,
        }
    }

    /// The home folder that this app believes in.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Keeps a picture of the screen as `target/screenshots/<name>.png`: of the screen and not of the
    /// page, because the preview is a webview of its own that lies over it.
    pub fn picture(&self, name: &str) {
        let folder = target().join("screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        let taken = Command::new("import")
            .args(["-display", self.display.name(), "-window", "root"])
            .arg(folder.join(format!("{name}.png")))
            .status();
        assert!(
            taken.is_ok_and(|status| status.success()),
            "import (Debian: imagemagick) works"
        );
    }

    /// Ends the session, and the app with it.
    pub async fn close(self) {
        self.client.clone().close().await.unwrap();
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // The driver takes the app with it.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn hyper_util_connector() -> hyper_util::client::legacy::connect::HttpConnector {
    hyper_util::client::legacy::connect::HttpConnector::new()
}

/// Asks GTK, and so the page, for reduced motion: what moves cannot be clicked.
fn hold_still(home: &Path) {
    let folder = home.join(".config/gtk-3.0");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("settings.ini"),
        "[Settings]\ngtk-enable-animations=0\n",
    )
    .unwrap();
}

/// What the app says while it runs; printed by the test when it fails, through its home folder.
fn log_file(home: &Path) -> Stdio {
    std::fs::File::create(home.join("app.log")).map_or_else(|_| Stdio::null(), Stdio::from)
}

/// The folder that everything is built into.
fn target() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// The app as `cargo build --release` left it, which is the app as packaged.
pub fn main_binary() -> PathBuf {
    target()
        .join("release/slipway")
        .canonicalize()
        .expect("the app is built: cargo build --release")
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}
