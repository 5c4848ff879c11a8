//! A desktop as a user has one: a display with a window manager and a session bus, on which the app is
//! started as from a menu, without a driver. And hands for what the driver cannot reach: the window's
//! frame, the wheel, and dialogs of the system.

use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use slipway_lab::{Display, wait_until};
use tempfile::TempDir;

use crate::app::{PATIENCE, hold_still, main_binary};

/// A display with a window manager and a session bus.
pub struct Desktop {
    display: Display,
    home: TempDir,
    bus: Option<Child>,
    _manager: WindowManager,
}

/// What gives windows their frames and the focus on a display; ended with the value.
pub struct WindowManager(Child);

/// The app, started by hand; ended with the value.
pub struct Launched(Child);

impl Desktop {
    /// Starts one of this size.
    pub fn start(width: u32, height: u32) -> Desktop {
        let mut desktop = Desktop::without_bus(width, height);
        let bus = desktop.home.path().join("bus");
        let mut daemon = desktop.command(Path::new("dbus-daemon"));
        daemon.args(["--session", "--nofork", "--nopidfile"]);
        daemon.arg(format!("--address=unix:path={}", bus.display()));
        desktop.bus = Some(daemon.spawn().expect("dbus-daemon starts"));
        wait_until(PATIENCE, "the session bus", || bus.exists().then_some(())).unwrap();
        desktop
    }

    /// Starts one of this size on which programs can't tell each other anything.
    pub fn without_bus(width: u32, height: u32) -> Desktop {
        let display = Display::start(width, height).expect("Xvfb starts");
        let home = tempfile::Builder::new()
            .prefix("slipway-desktop-")
            .tempdir()
            .unwrap();
        hold_still(home.path());
        let manager = WindowManager::start(display.name());
        Desktop {
            display,
            home,
            bus: None,
            _manager: manager,
        }
    }

    /// The display's name.
    pub fn name(&self) -> &str {
        self.display.name()
    }

    /// The user's home folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Starts the app.
    pub fn launch(&self) -> Launched {
        let mut app = self.command(&main_binary());
        Launched(app.spawn().expect("the app starts"))
    }

    /// The visible windows with this title, as xdotool numbers them.
    pub fn windows(&self, title: &str) -> Vec<String> {
        let title = format!("^{title}$");
        windows(self.name(), &["--onlyvisible", "--name", &title])
    }

    /// The one window with this title, as soon as it is to be seen.
    pub fn window(&self, title: &str) -> String {
        let what = format!("a window “{title}”");
        wait_until(PATIENCE, &what, || self.windows(title).pop()).unwrap()
    }

    /// Left, top, width and height of what is inside a window's frame.
    pub fn place(&self, window: &str) -> [i32; 4] {
        let told = xdotool(self.name(), &["getwindowgeometry", "--shell", window]);
        ["X", "Y", "WIDTH", "HEIGHT"].map(|name| {
            let line = told
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            line.and_then(|number| number.parse().ok()).unwrap_or(-1)
        })
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("LANG", "C.UTF-8")
            .env("HOME", self.home.path())
            .env("XDG_RUNTIME_DIR", self.home.path())
            .env(
                "DBUS_SESSION_BUS_ADDRESS",
                format!("unix:path={}", self.home.path().join("bus").display()),
            )
            .env("DISPLAY", self.display.name())
            .env("GDK_BACKEND", "x11")
            .env("GTK_THEME", "Adwaita")
            .env("NO_AT_BRIDGE", "1")
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        if let Some(bus) = &mut self.bus {
            let _ = bus.kill();
            let _ = bus.wait();
        }
    }
}

impl WindowManager {
    /// Starts one, and waits until it is in charge.
    pub fn start(display: &str) -> WindowManager {
        let quiet = Stdio::null;
        let child = Command::new("openbox")
            .env("DISPLAY", display)
            .stdin(quiet())
            .stdout(quiet())
            .stderr(quiet())
            .spawn()
            .expect("openbox starts");
        let manager = WindowManager(child);
        wait_until(PATIENCE, "the window manager", || {
            // It tells of itself by this property (EWMH).
            let told = Command::new("xprop")
                .args(["-display", display, "-root", "_NET_SUPPORTING_WM_CHECK"])
                .output()
                .expect("xprop (Debian: x11-utils) starts");
            String::from_utf8_lossy(&told.stdout)
                .contains("window id")
                .then_some(())
        })
        .unwrap();
        manager
    }
}

impl Drop for WindowManager {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Launched {
    /// Waits until it has ended by itself.
    pub fn ended(&mut self) -> ExitStatus {
        wait_until(PATIENCE, "the app’s end", || {
            self.0.try_wait().ok().flatten()
        })
        .unwrap()
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|ended| ended.is_none())
    }
}

impl Drop for Launched {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The windows on a display that xdotool’s search finds by these words, as it numbers them.
pub fn windows(display: &str, by: &[&str]) -> Vec<String> {
    let words = [&["search"], by].concat();
    wait_until(PATIENCE, "a search for windows that ends", || {
        let output = hands(display, &words);
        // The search ends with nothing found when any window goes while it looks.
        let gone = String::from_utf8_lossy(&output.stderr).contains("BadWindow");
        (!gone).then(|| printed(&output).lines().map(str::to_owned).collect())
    })
    .unwrap()
}

/// Does something on a display as hands would; gives what xdotool printed.
pub fn xdotool(display: &str, words: &[&str]) -> String {
    printed(&hands(display, words))
}

fn hands(display: &str, words: &[&str]) -> Output {
    Command::new("xdotool")
        .args(words)
        .env("DISPLAY", display)
        .output()
        .expect("xdotool starts")
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}
