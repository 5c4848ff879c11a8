//! An engine that cannot be used: the first page says which failure it is and what to do about it.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::Path;

use slipway_lab::scripted::Scripted;

use slipway_window::{App, Start};

use super::access::check_both;

/// Debian's `nobody`, who may use nothing of the test's own user.
const NOBODY: u32 = 65534;

/// What the page says of an engine at `host`, in both sizes and themes.
async fn says(start: Start<'_>, name: &str, words: &[&str]) {
    let app = App::start(start).await;
    for part in words {
        app.read(part).await;
    }
    // Nothing of an engine is shown that does not answer.
    assert!(app.all("link", Some("~Containers")).await.is_empty());
    check_both(&app, &format!("failure-{name}")).await;
    app.close().await;
}

fn at(host: String) -> Start<'static> {
    Start {
        extra_env: vec![("DOCKER_HOST", host)],
        ..Start::default()
    }
}

#[tokio::test]
async fn the_socket_is_somebody_elses() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
    let socket = folder.path().join("s");
    let _listener = UnixListener::bind(&socket).unwrap();
    std::fs::set_permissions(&socket, PermissionsExt::from_mode(0o600)).unwrap();
    let start = Start {
        user: Some(NOBODY),
        ..at(format!("unix://{}", socket.display()))
    };
    let words = ["DOCKER_HOST: no permission", "You may not use this engine"];
    says(start, "no-permission", &words).await;
}

#[tokio::test]
async fn it_is_too_old() {
    let server = Scripted::new().api_version("1.30").start().unwrap();
    let words = [
        "DOCKER_HOST: too old",
        "The engine is too old",
        "Slipway needs API 1.41",
        "Update the engine",
    ];
    says(at(server.host()), "too-old", &words).await;
}

#[tokio::test]
async fn it_does_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("s");
    drop(UnixListener::bind(&socket).unwrap());
    let words = ["DOCKER_HOST: not running", "No engine"];
    says(
        at(format!("unix://{}", socket.display())),
        "not-running",
        &words,
    )
    .await;
}

#[tokio::test]
async fn it_is_out_of_reach() {
    // The names below .invalid exist nowhere (RFC 6761).
    let words = [
        "DOCKER_HOST: cannot be reached",
        "The engine can’t be reached",
        "Check the spelling of the address",
    ];
    says(
        at("tcp://engine.invalid:2375".to_owned()),
        "unreachable",
        &words,
    )
    .await;
}

#[tokio::test]
async fn the_secure_connection_fails() {
    // It answers, and in the clear, which is no TLS.
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut hello = [0; 512];
            let _ = stream.read(&mut hello);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        }
    });
    let certificates = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(certificates.path().join("ca.pem"), made.cert.pem()).unwrap();
    let mut start = at(format!("tcp://127.0.0.1:{port}"));
    let folder = certificates.path().display().to_string();
    start.extra_env.push(("DOCKER_TLS_VERIFY", "1".to_owned()));
    start.extra_env.push(("DOCKER_CERT_PATH", folder));
    let words = [
        "DOCKER_HOST: secure connection failed",
        "The secure connection failed",
        "ca.pem, cert.pem and key.pem",
    ];
    says(start, "tls", &words).await;
}

/// A dockerd that says why it ends, as one without space does.
fn broken_daemon(home: &Path) {
    let bin = home.join("bin");
    std::fs::create_dir_all(&bin).unwrap();
    let script = "#!/bin/sh\necho 'failed to start daemon: mkdir /data: no space left on device' >&2\nexit 1\n";
    std::fs::write(bin.join("dockerd"), script).unwrap();
    std::fs::set_permissions(bin.join("dockerd"), PermissionsExt::from_mode(0o755)).unwrap();
}

#[tokio::test]
async fn slipways_own_engine_does_not_start() {
    let home = tempfile::tempdir().unwrap();
    broken_daemon(home.path());
    let path = std::env::var("PATH").unwrap_or_default();
    let app = App::start(Start {
        extra_env: vec![(
            "PATH",
            format!("{}:{path}", home.path().join("bin").display()),
        )],
        ..Start::default()
    })
    .await;
    app.click("button", "Start the engine").await;
    app.read("Slipway’s own engine did not start").await;
    app.read("Its last words are below").await;
    check_both(&app, "failure-own-engine-told").await;
    app.click("button", "Close").await;
    app.until("the problem stays open", async || {
        app.all("alertdialog", None).await.is_empty()
    })
    .await;
    check_both(&app, "failure-own-engine").await;
    app.click("button", "Show its log").await;
    app.see("dialog", "~Log of").await;
    app.read("no space left on device").await;
    check_both(&app, "own-engine-log").await;
    app.click("button", "Close").await;
    app.click("button", "More about it").await;
    app.read("What the engine said").await;
    app.click("button", "Close").await;
    app.see("button", "Try again").await;
    app.close().await;
}
