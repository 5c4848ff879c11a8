//! An engine behind ssh. The `ssh` is a stand-in on `PATH`: it does what the words it was given ask
//! for, here instead of on another computer.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use slipway_engine::Engine;
use slipway_engine::endpoint::Endpoint;
use slipway_engine::problem::Code;
use slipway_lab::{Kind, Lab, LabError, left_out};

/// Set in the copy of this test that runs with the stand-in; holds what is expected of it.
const EXPECTED: &str = "SLIPWAY_TEST_SSH";

#[tokio::test]
async fn engines_behind_ssh() {
    if let Ok(expected) = std::env::var(EXPECTED) {
        return connect(&expected).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let engine = match Lab::up().and_then(|lab| lab.shared(Kind::Docker20)) {
        Ok(engine) => engine,
        Err(LabError::CannotRun { what, why }) => return left_out(&what, &why).unwrap(),
        Err(error) => panic!("{error}"),
    };
    // What stands behind the host is run as it would be over there.
    let through = format!(
        r#"while [ "$1" != -- ]; do shift; done
           [ "$2" = box ] || exit 99
           shift 2; export DOCKER_HOST={}; exec "$@""#,
        engine.host()
    );
    let rows = [
        ("answers", through.as_str()),
        (
            "unreachable",
            "echo 'Host key verification failed.' >&2; exit 255",
        ),
        (
            "not-installed",
            "echo 'docker: command not found' >&2; exit 127",
        ),
        (
            "not-running",
            "echo 'Cannot connect to the Docker daemon' >&2; exit 1",
        ),
    ];
    for (expected, script) in rows {
        with_stand_in(folder.path(), script, expected);
    }
}

async fn connect(expected: &str) {
    let endpoint = Endpoint::parse("ssh://me@box:2222").unwrap();
    let connected = Engine::connect("x", &endpoint).await;
    let code = match connected {
        Ok(engine) => {
            assert!(!engine.facts().local);
            // Twice at once, and one after the other over what is kept open.
            let list = || engine.get_json::<serde_json::Value>("/containers/json");
            let (one, two) = tokio::join!(list(), list());
            assert!(one.unwrap().is_array() && two.unwrap().is_array());
            list().await.unwrap();
            assert_eq!(expected, "answers");
            return;
        }
        Err(problem) => {
            assert!(
                !problem.detail.is_empty(),
                "ssh's own words are kept: {problem:?}"
            );
            problem.code
        }
    };
    let known = match expected {
        "unreachable" => Code::EngineUnreachable,
        "not-installed" => Code::EngineNotInstalled,
        "not-running" => Code::EngineNotRunning,
        other => panic!("{other} was expected, and it failed: {code:?}"),
    };
    assert_eq!(code, known, "{expected}");
}

/// Runs the test above again, with a program `ssh` that is this script.
fn with_stand_in(folder: &Path, script: &str, expected: &str) {
    let ssh = folder.join("ssh");
    fs::write(&ssh, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&ssh, PermissionsExt::from_mode(0o755)).unwrap();
    let path = std::env::var("PATH").unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "ssh::engines_behind_ssh", "--nocapture"])
        .env("PATH", format!("{}:{path}", folder.display()))
        .env(EXPECTED, expected)
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{expected}: {said}"
    );
}
