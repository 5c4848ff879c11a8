//! Slipway's own engine, as root and as an ordinary user.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use slipway_engine::Engine;
use slipway_engine::endpoint::Endpoint;
use slipway_engine::model::OwnEngine;
use slipway_engine::own::Own;
use slipway_engine::problem::Code;
use slipway_engine::surroundings::Surroundings;
use slipway_lab::{Recorded, left_out};

/// A folder for an engine's data and its sockets, and what keeps it from this machine's network.
struct Home {
    folder: PathBuf,
    surroundings: Surroundings,
}

impl Home {
    fn new(name: &str) -> Self {
        // Not in /tmp, which may be in memory, and short: sockets lie in it.
        let folder = PathBuf::from(format!("/var/tmp/slipway-{name}-{}", std::process::id()));
        Self::at(folder)
    }

    fn at(folder: PathBuf) -> Self {
        fs::create_dir_all(folder.join("run")).unwrap();
        fs::create_dir_all(folder.join("data/engine")).unwrap();
        let mut surroundings = Surroundings::of_this_process();
        surroundings.runtime_dir = Some(folder.join("run"));
        surroundings.env.insert(
            "XDG_RUNTIME_DIR".into(),
            folder.join("run").display().to_string(),
        );
        surroundings.home = Some(folder.clone());
        Self {
            folder,
            surroundings,
        }
    }

    fn own(&self) -> Own {
        Own::new(&self.surroundings, &self.folder.join("data"))
    }

    /// The network device that the engine was last started with.
    fn bridge(&self) -> Option<String> {
        let folders = fs::read_dir(self.folder.join("run")).ok()?;
        folders.flatten().find_map(|folder| {
            let text = fs::read_to_string(folder.path().join("daemon.json")).ok()?;
            let settings: serde_json::Value = serde_json::from_str(&text).ok()?;
            settings["bridge"].as_str().map(str::to_owned)
        })
    }

    fn set(&self, settings: &str) {
        fs::write(self.folder.join("data/engine/daemon.json"), settings).unwrap();
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // A test that failed leaves its engine running, with its network.
        let engine = self.folder.join("data/engine");
        let record = fs::read_to_string(engine.join("state.json")).unwrap_or_default();
        let record: serde_json::Value = serde_json::from_str(&record).unwrap_or_default();
        let pid = record["process"]["pid"]
            .as_u64()
            .and_then(|pid| u32::try_from(pid).ok());
        if let Some(process) = pid.and_then(Recorded::of) {
            let _ = process.kill();
        }
        if let Some(bridge) = self.bridge() {
            let _ = Command::new("ip")
                .args(["link", "delete", &bridge])
                .output();
        }
        // Engines leave mounts behind when they are killed.
        let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
        let inside = mounts.lines().filter_map(|line| line.split(' ').nth(1));
        for mount in inside.filter(|path| Path::new(path).starts_with(&self.folder)) {
            let _ = Command::new("umount").args(["--lazy", mount]).status();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn running(state: &OwnEngine) -> Option<u32> {
    match state {
        OwnEngine::Running { pid, .. } => Some(*pid),
        OwnEngine::NotInstalled { .. }
        | OwnEngine::Stopped { .. }
        | OwnEngine::Starting { .. }
        | OwnEngine::Failed { .. } => None,
    }
}

async fn connect(own: &Own) -> Engine {
    let endpoint = Endpoint::Unix(own.socket().unwrap().to_owned());
    Engine::connect("own", &endpoint).await.unwrap()
}

/// The engine's whole life. Two values for one data folder are two apps: what one does the other sees.
async fn lives(home: &Home, how: &str) {
    let own = home.own();
    assert_eq!(
        own.state().await,
        OwnEngine::Stopped {
            how: how.to_owned()
        }
    );
    // Both at once: one engine comes of it.
    let other = home.own();
    let (one, two) = tokio::join!(own.start(), other.start());
    one.unwrap();
    two.unwrap();
    let pid = running(&own.state().await).expect("it runs");
    assert_eq!(
        running(&other.state().await),
        Some(pid),
        "found again by the other"
    );
    let engine = connect(&own).await;
    let info: serde_json::Value = engine.get_json("/info").await.unwrap();
    let data = home.folder.join("data/engine").display().to_string();
    let root = info["DockerRootDir"].as_str().unwrap();
    assert!(root.starts_with(&data), "its data is its own: {root}");
    let log = home.folder.join("data/engine/log");
    assert!(fs::metadata(log).unwrap().len() > 0, "what it says is kept");

    // It is noticed when something ends it, and it starts again over what is left.
    let process = Recorded::of(pid).unwrap();
    process.kill().unwrap();
    let OwnEngine::Failed { problem } = own.state().await else {
        panic!("its end is noticed")
    };
    assert_eq!(problem.code, Code::EngineNotRunning);
    assert!(!problem.detail.is_empty(), "its last words are told");
    own.start().await.unwrap();
    let again = running(&other.state().await).expect("it runs again");
    assert_ne!(again, pid);

    let process = Recorded::of(again).unwrap();
    other.stop().await.unwrap();
    assert!(!process.alive());
    assert_eq!(
        own.state().await,
        OwnEngine::Stopped {
            how: how.to_owned()
        }
    );
    assert!(!own.socket().unwrap().exists());
    own.stop()
        .await
        .expect("what is stopped already is stopped");
}

#[tokio::test]
async fn as_root() {
    let home = Home::new("root");
    if home.surroundings.uid != Some(0) {
        return left_out("an engine of root’s", "this is not root").unwrap();
    }
    // Other engines run on this machine, and all of them would write to the same tables.
    home.set(r#"{"iptables": false, "ip6tables": false}"#);
    if !home.own().is_offered() {
        return left_out("an engine of root’s", "dockerd is not installed").unwrap();
    }
    lives(&home, "dockerd").await;
    let bridge = home.bridge().expect("it had a network of its own");
    assert!(
        !Path::new("/sys/class/net").join(bridge).exists(),
        "and took it along"
    );
}

/// Set in the copy of this test that stands for the app; holds its folder.
const APP: &str = "SLIPWAY_TEST_APP";

/// The app is killed with everything that it could take along; the next one finds the engine.
#[tokio::test]
async fn it_outlives_the_app() {
    if let Some(folder) = std::env::var_os(APP) {
        // Never dropped: a killed app tidies nothing up.
        let home = std::mem::ManuallyDrop::new(Home::at(PathBuf::from(folder)));
        home.own().start().await.unwrap();
        eprintln!("it runs");
        return std::future::pending().await;
    }
    let home = Home::new("app");
    if home.surroundings.uid != Some(0) || !home.own().is_offered() {
        return left_out("an engine without its app", "this needs root and dockerd").unwrap();
    }
    home.set(r#"{"iptables": false, "ip6tables": false}"#);
    let mut app = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "own::it_outlives_the_app", "--nocapture"])
        .env(APP, &home.folder)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap();
    let said = BufReader::new(app.stderr.take().unwrap()).lines();
    let runs = said.map_while(Result::ok).any(|line| line == "it runs");
    assert!(runs, "the app ended before its engine ran");
    let group = format!("-{}", app.id());
    let killed = Command::new("kill")
        .args(["-s", "KILL", "--", &group])
        .status()
        .unwrap();
    assert!(killed.success());
    app.wait().unwrap();
    let own = home.own();
    assert!(
        running(&own.state().await).is_some(),
        "the next app finds it"
    );
    assert_eq!(connect(&own).await.facts().product, "Docker");
    own.stop().await.unwrap();
}

#[tokio::test]
async fn settings_that_make_no_sense_are_told() {
    let home = Home::new("settings");
    if home.surroundings.uid != Some(0) || !home.own().is_offered() {
        return left_out("wrong settings", "this needs root and dockerd").unwrap();
    }
    let rows = [
        ("{", "daemon.json"),
        (
            r#"{"iptables": false, "no-such-thing": 1}"#,
            "no-such-thing",
        ),
    ];
    for (settings, said) in rows {
        home.set(settings);
        let own = home.own();
        let problem = own.start().await.expect_err(settings);
        assert_eq!(problem.code, Code::EngineNotRunning);
        assert!(problem.detail.contains(said), "{problem:?}");
        let told = own.state().await;
        assert_eq!(
            told,
            OwnEngine::Failed { problem },
            "and stays told until the next start"
        );
    }
}

/// Set in the copy of this test that runs as an ordinary user; holds its folder.
const FOLDER: &str = "SLIPWAY_TEST_FOLDER";
const USER: &str = "slipway-test";

#[tokio::test]
async fn as_an_ordinary_user() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        let home = Home::at(PathBuf::from(folder));
        home.set(r#"{"storage-driver": "vfs"}"#);
        lives(&home, "rootless dockerd").await;
        return;
    }
    if let Err(why) = can_be_rootless() {
        return left_out("a rootless engine", &why).unwrap();
    }
    let uid = id("-u");
    let gid = id("-g");
    let folder = PathBuf::from(format!("/var/tmp/slipway-user-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    chown(&folder, Some(uid), Some(gid)).unwrap();
    let mut command = Command::new("setpriv");
    command.args([
        format!("--reuid={uid}"),
        format!("--regid={gid}"),
        "--clear-groups".into(),
    ]);
    command.arg("--").arg(std::env::current_exe().unwrap());
    command.args(["--exact", "own::as_an_ordinary_user", "--nocapture"]);
    command
        .env(FOLDER, &folder)
        .env("HOME", &folder)
        .env("USER", USER)
        .current_dir("/");
    let output = command.output().unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let log = fs::read_to_string(folder.join("data/engine/log")).unwrap_or_default();
    let _ = fs::remove_dir_all(&folder);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}\n{log}"
    );
}

/// Makes the user and what a rootless engine needs, where that is allowed.
fn can_be_rootless() -> Result<(), String> {
    if Surroundings::of_this_process().uid != Some(0) {
        return Err("only root can make another user".to_owned());
    }
    for program in [
        "dockerd",
        "newuidmap",
        "slirp4netns",
        "rootlesskit",
        "useradd",
        "setpriv",
    ] {
        let found = Command::new("sh")
            .args(["-c", &format!("command -v {program}")])
            .output();
        if !found.is_ok_and(|output| output.status.success()) {
            return Err(format!("{program} is not installed"));
        }
    }
    let known = Command::new("id")
        .arg(USER)
        .output()
        .is_ok_and(|output| output.status.success());
    if !known {
        let made = Command::new("useradd")
            .args(["--no-create-home", USER])
            .output();
        if !made.is_ok_and(|output| output.status.success()) {
            return Err("no user could be made".to_owned());
        }
    }
    // slirp4netns opens it; systems with a session manager let every user do that.
    fs::set_permissions("/dev/net/tun", PermissionsExt::from_mode(0o666))
        .map_err(|error| format!("/dev/net/tun: {error}"))
}

fn id(which: &str) -> u32 {
    let output = Command::new("id").args([which, USER]).output().unwrap();
    String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse()
        .unwrap()
}
