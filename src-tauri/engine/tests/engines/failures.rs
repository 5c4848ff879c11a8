//! Why an engine can't be connected to, each reason met for real.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use crate::around::empty;
use slipway_engine::Engine;
use slipway_engine::endpoint::Endpoint;
use slipway_engine::problem::{Code, Problem};
use slipway_engine::surroundings::Surroundings;
use slipway_lab::left_out;
use slipway_lab::scripted::{Reply, Scripted};

async fn failure(surroundings: &Surroundings, address: &str) -> Problem {
    let endpoint = Endpoint::parse(address).unwrap();
    let connected = Engine::connect_in(surroundings, "x", &endpoint).await;
    let problem = connected.expect_err(address);
    for text in [&problem.what, &problem.why, &problem.todo] {
        assert!(
            !text.is_empty(),
            "each part of a problem is told: {problem:?}"
        );
    }
    problem
}

fn unix(path: &Path) -> String {
    format!("unix://{}", path.display())
}

/// Puts a program into the computer.
fn install(root: &Path, name: &str) {
    let bin = root.join("usr/bin");
    fs::create_dir_all(&bin).unwrap();
    fs::write(bin.join(name), "").unwrap();
    fs::set_permissions(bin.join(name), PermissionsExt::from_mode(0o755)).unwrap();
}

#[tokio::test]
async fn sockets_that_do_not_answer() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let at = |name: &str| root.join(name);
    // Bound once; nobody listens any more.
    drop(UnixListener::bind(at("dead")).unwrap());
    fs::write(at("file"), "").unwrap();
    symlink(at("gone"), at("link")).unwrap();
    let rows = [
        ("missing", false, Code::EngineNotInstalled),
        ("missing", true, Code::EngineNotRunning),
        ("no-such-folder/docker.sock", true, Code::EngineNotRunning),
        ("link", false, Code::EngineNotRunning),
        ("dead", false, Code::EngineNotRunning),
        ("file", false, Code::EngineUnreachable),
        ("", false, Code::EngineUnreachable),
    ];
    for (name, installed, code) in rows {
        let computer = tempfile::tempdir().unwrap();
        if installed {
            install(computer.path(), "dockerd");
        }
        let problem = failure(&empty(computer.path()), &unix(&at(name))).await;
        assert_eq!(
            problem.code, code,
            "{name}, installed: {installed}: {problem:?}"
        );
    }
}

/// Set in the copy of this test that runs as another user; holds the socket's path.
const AS_ANOTHER: &str = "SLIPWAY_TEST_SOCKET";

#[tokio::test]
async fn a_socket_that_belongs_to_somebody_else() {
    if let Ok(path) = std::env::var(AS_ANOTHER) {
        let root = tempfile::tempdir().unwrap();
        let problem = failure(&empty(root.path()), &unix(Path::new(&path))).await;
        assert_eq!(problem.code, Code::EngineNoPermission, "{problem:?}");
        let of_docker = std::env::var("SLIPWAY_TEST_DOCKER").is_ok();
        let command = problem.command.unwrap_or_default();
        assert_eq!(
            command.contains("usermod -aG docker"),
            of_docker,
            "{command}"
        );
        assert_eq!(
            problem.todo.contains("same power"),
            of_docker,
            "{}",
            problem.todo
        );
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    let sockets = [folder.path().join("s"), closed.join("s")];
    let _listeners = sockets
        .each_ref()
        .map(|path| UnixListener::bind(path).unwrap());
    fs::set_permissions(&sockets[0], PermissionsExt::from_mode(0o660)).unwrap();
    fs::set_permissions(&closed, PermissionsExt::from_mode(0o700)).unwrap();
    if Surroundings::of_this_process().uid != Some(0) {
        return left_out("another user's socket", "only root can be two users").unwrap();
    }
    for socket in &sockets {
        as_nobody(socket, false);
    }
    let given = Command::new("chgrp")
        .arg("docker")
        .arg(&sockets[0])
        .status()
        .unwrap();
    if given.success() {
        as_nobody(&sockets[0], true);
    } else {
        left_out(
            "a socket of the group docker",
            "this machine has no such group",
        )
        .unwrap();
    }
}

/// Runs the test above again, as the user `nobody`.
fn as_nobody(socket: &Path, of_docker: bool) {
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]);
    command.arg(std::env::current_exe().unwrap());
    command.args([
        "--exact",
        "failures::a_socket_that_belongs_to_somebody_else",
        "--nocapture",
    ]);
    command.env(AS_ANOTHER, socket).current_dir("/");
    if of_docker {
        command.env("SLIPWAY_TEST_DOCKER", "1");
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

#[tokio::test]
async fn what_answers_and_is_no_engine_that_can_be_used() {
    let html = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>";
    let version = || Reply::json("{\"ApiVersion\": \"1.41\"}");
    let rows = [
        (Scripted::new().api_version("1.40"), Code::EngineTooOld),
        (Scripted::new().api_version("1.9"), Code::EngineTooOld),
        (
            Scripted::new().on("GET /version", Reply::raw(html)),
            Code::EngineUnreachable,
        ),
        (
            Scripted::new().on("GET /version", Reply::json("{}")),
            Code::EngineUnreachable,
        ),
        (
            Scripted::new().on("GET /_ping", Reply::error(500, "oh")),
            Code::EngineUnreachable,
        ),
        (
            Scripted::new().on("GET /_ping", Reply::error(403, "no")),
            Code::EngineNoPermission,
        ),
        (
            Scripted::new().on("GET /_ping", Reply::raw("SSH-2.0-x\r\n")),
            Code::EngineUnreachable,
        ),
        (
            Scripted::new().on("GET /_ping", Reply::raw("")),
            Code::EngineUnreachable,
        ),
        (
            Scripted::new().on("GET /version", version().cut_after(90)),
            Code::EngineUnreachable,
        ),
    ];
    let root = tempfile::tempdir().unwrap();
    for (script, code) in rows {
        let described = format!("{script:?}");
        let server = script.start().unwrap();
        let problem = failure(&empty(root.path()), &server.host()).await;
        assert_eq!(problem.code, code, "{described}: {problem:?}");
    }
}

#[tokio::test]
async fn an_engine_that_keeps_its_info_to_itself_can_be_used() {
    let script = Scripted::new().on("GET /info", Reply::error(403, "Forbidden"));
    let server = script.start().unwrap();
    let endpoint = Endpoint::parse(&server.host()).unwrap();
    let engine = Engine::connect("x", &endpoint).await.unwrap();
    assert_eq!(engine.facts().version, "20.10.24");
    assert!(
        !engine.facts().capabilities.limits,
        "what nobody said is not promised"
    );
}

#[tokio::test]
async fn ports_that_do_not_answer() {
    let root = tempfile::tempdir().unwrap();
    let surroundings = empty(root.path());
    // Bound, so that nobody else gets it, and not listened on.
    let taken = tokio::net::TcpSocket::new_v4().unwrap();
    taken.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let refused = format!("tcp://{}", taken.local_addr().unwrap());
    assert_eq!(
        failure(&surroundings, &refused).await.code,
        Code::EngineNotRunning
    );
    let nowhere = "tcp://no-such-computer.invalid:2375";
    assert_eq!(
        failure(&surroundings, nowhere).await.code,
        Code::EngineUnreachable
    );
}

#[tokio::test]
async fn ssh_that_leads_nowhere() {
    let root = tempfile::tempdir().unwrap();
    let surroundings = Surroundings::of_this_process();
    if Command::new("ssh").arg("-V").output().is_err() {
        return left_out("ssh", "it is not installed").unwrap();
    }
    let problem = failure(&surroundings, "ssh://me@no-such-computer.invalid:2222").await;
    assert_eq!(problem.code, Code::EngineUnreachable, "{problem:?}");
    let command = "ssh -p 2222 me@no-such-computer.invalid docker version";
    assert_eq!(problem.command.as_deref(), Some(command));
    assert!(!problem.detail.is_empty(), "ssh's own words are kept");
    drop(root);
}

#[cfg(not(windows))]
#[tokio::test]
async fn a_pipe_where_there_are_none() {
    let root = tempfile::tempdir().unwrap();
    let address = "npipe:////./pipe/docker_engine";
    let problem = failure(&empty(root.path()), address).await;
    assert_eq!(problem.code, Code::EngineUnreachable);
}
