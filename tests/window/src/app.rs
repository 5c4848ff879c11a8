//! The app under test: its own display, home folder and driver, all gone at the end.

use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
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
    home: Arc<TempDir>,
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
    /// The home folder of an app that was there before; without one it is a new one.
    pub home: Option<Arc<TempDir>>,
    /// Puts what the app shall find into its home folder before it starts.
    pub furnish: fn(&Path),
    /// Words before the driver's own command line, such as `unshare`.
    pub within: Vec<String>,
    /// The user that it runs as, by number, if it is not the test's own; the group has the same number.
    pub user: Option<u32>,
}

impl Default for Start<'_> {
    fn default() -> Self {
        Start {
            engine: None,
            size: (1280, 800),
            binary: main_binary(),
            extra_env: Vec::new(),
            home: None,
            furnish: |_| (),
            within: Vec::new(),
            user: None,
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
    pub async fn start(mut start: Start<'_>) -> App {
        let display = Display::start(start.size.0, start.size.1).expect("Xvfb starts");
        let home = start.home.take().unwrap_or_else(|| {
            let fresh = tempfile::Builder::new().prefix("slipway-e2e-").tempdir();
            Arc::new(fresh.unwrap())
        });
        hold_still(home.path());
        (start.furnish)(home.path());
        if let Some(user) = start.user {
            let ids = [format!("--reuid={user}"), format!("--regid={user}")];
            start.within.push("setpriv".to_owned());
            start.within.extend(ids);
            start
                .within
                .extend(["--clear-groups", "--"].map(String::from));
            // A build folder need not be open to everybody.
            let copy = home.path().join("slipway");
            std::fs::copy(&start.binary, &copy).unwrap();
            start.binary = copy;
            give(home.path(), user);
        }
        let port = free_port();
        start.within.push("WebKitWebDriver".to_owned());
        let mut driver = Command::new(&start.within[0]);
        driver
            .args(&start.within[1..])
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

    /// The name of the display that it is shown on.
    pub fn display(&self) -> &str {
        self.display.name()
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

    /// Keeps a picture of the screen once the page has painted what it holds.
    pub async fn show(&self, name: &str) {
        let painted = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))";
        // Once for the page's own process, once more for the window that copies from it.
        for _ in 0..2 {
            self.client.execute_async(painted, vec![]).await.unwrap();
        }
        self.picture(name);
    }

    /// The number of the app's process.
    pub fn pid(&self) -> u32 {
        let driver = self.driver.id().to_string();
        let told = Command::new("ps")
            .args(["-o", "pid=", "--ppid", &driver])
            .output()
            .expect("ps (Debian: procps) works");
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        let mut apps = told.split_whitespace();
        let app = apps.next().and_then(|app| app.parse().ok());
        assert_eq!(apps.next(), None, "the driver has started one program");
        app.expect("the driver has started the app")
    }

    /// Kills the app without a word of warning, as `kill -9` does; answers its home folder, for the
    /// start after that.
    pub fn kill9(self) -> Arc<TempDir> {
        let app = self.pid().to_string();
        let killed = Command::new("kill").args(["-9", &app]).status();
        assert!(killed.is_ok_and(|status| status.success()));
        Arc::clone(&self.home)
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

/// Gives a folder and all that is in it to a user.
fn give(path: &Path, user: u32) {
    chown(path, Some(user), Some(user)).unwrap();
    if !path.is_dir() {
        return;
    }
    std::fs::set_permissions(path, PermissionsExt::from_mode(0o700)).unwrap();
    for entry in std::fs::read_dir(path).unwrap().flatten() {
        give(&entry.path(), user);
    }
}

/// Asks GTK, and so the page, for reduced motion: what moves cannot be clicked.
pub(crate) fn hold_still(home: &Path) {
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

/// The app as `cargo build --release` left it, which is the app as packaged; another one, such as that
/// of an installed package, where the variable `SLIPWAY_BIN` names it.
pub fn main_binary() -> PathBuf {
    if let Some(named) = std::env::var_os("SLIPWAY_BIN") {
        return PathBuf::from(named);
    }
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
