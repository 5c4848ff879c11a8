//! The lab's promises, kept on each kind of engine.
#![cfg(target_os = "linux")]

use std::error::Error;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use slipway_lab::{Engine, Kind, Lab, images, left_out, wait_until};

type Outcome = Result<(), Box<dyn Error>>;

/// One test for each kind, so that a kind which can't run here is left out alone.
macro_rules! on_each_kind {
    ($($name:ident),* $(,)?) => {
        mod docker20 {
            $(#[test] fn $name() -> super::Outcome { super::on(super::Kind::Docker20, super::$name) })*
        }
        mod docker_newest {
            $(#[test] fn $name() -> super::Outcome { super::on(super::Kind::DockerNewest, super::$name) })*
        }
        mod podman {
            $(#[test] fn $name() -> super::Outcome { super::on(super::Kind::Podman, super::$name) })*
        }
    };
}

on_each_kind! {
    an_engine_is_as_old_as_its_kind,
    a_shared_engine_runs_hello_world_by_name,
    a_published_port_is_reached,
    containers_reach_each_other_by_name_and_the_world,
    a_fresh_engine_is_empty_and_leaves_nothing,
    a_killed_daemon_keeps_its_data,
    a_paused_daemon_goes_on,
    the_world_has_the_installer,
}

fn on(kind: Kind, test: fn(&Lab, Kind) -> Outcome) -> Outcome {
    let lab = match Lab::up() {
        Ok(lab) => lab,
        Err(error) => return Ok(left_out("the lab", &error.to_string())?),
    };
    match lab
        .missing()
        .into_iter()
        .find(|(missing, _)| *missing == kind)
    {
        Some((_, why)) => Ok(left_out(kind.name(), &why)?),
        None => test(&lab, kind),
    }
}

/// On every machine, whatever Docker that has itself.
fn an_engine_is_as_old_as_its_kind(lab: &Lab, kind: Kind) -> Outcome {
    let engine = lab.shared(kind)?;
    let version = engine
        .docker(&["version", "--format", "{{.Server.Version}}"])?
        .ok()?;
    let is_old = version.starts_with("20.10.");
    assert_eq!(is_old, kind == Kind::Docker20, "{kind} is {version}");
    Ok(())
}

fn a_shared_engine_runs_hello_world_by_name(lab: &Lab, kind: Kind) -> Outcome {
    let engine = lab.shared(kind)?;
    let said = engine.docker(&["run", "--rm", "hello-world"])?.ok()?;
    assert!(said.contains("Hello from Docker!"), "it said: {said}");
    Ok(())
}

fn a_published_port_is_reached(lab: &Lab, kind: Kind) -> Outcome {
    let engine = lab.fresh(kind)?;
    engine.load_image(images::FLASK_APP)?;
    // The first port is made free again before the second engine publishes it: a rule that the first
    // one left behind would swallow it.
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let publish = format!("127.0.0.1:{port}:5050");
    let id = engine
        .docker(&["run", "-d", "-p", &publish, images::FLASK_APP])?
        .ok()?;
    let page = wait_until(Duration::from_secs(60), "the page", || get(port))?;
    assert!(
        page.contains(&format!("container id {}", &id[..12])),
        "the page says: {page}"
    );
    drop(engine);
    assert_eq!(get(port), None, "an ended engine publishes nothing");
    let second = lab.fresh(Kind::Docker20)?;
    second.load_image(images::BUSY)?;
    let publish = format!("127.0.0.1:{port}:8080");
    second
        .docker(&["run", "-d", "-p", &publish, images::BUSY])?
        .ok()?;
    let page = wait_until(Duration::from_secs(30), "the second engine's page", || {
        get(port)
    })?;
    assert_eq!(page, "busy\n");
    Ok(())
}

fn containers_reach_each_other_by_name_and_the_world(lab: &Lab, kind: Kind) -> Outcome {
    let engine = lab.fresh(kind)?;
    engine.docker(&["network", "create", "yard"])?.ok()?;
    engine
        .docker(&[
            "run",
            "-d",
            "--network",
            "yard",
            "--name",
            "crane",
            images::BUSY,
        ])?
        .ok()?;
    let script = "import urllib.request as u; print(u.urlopen('http://crane:8080').read())";
    let said = engine.docker(&[
        "run",
        "--rm",
        "--network",
        "yard",
        images::PYTHON,
        "python",
        "-c",
        script,
    ])?;
    assert_eq!(said.ok()?, "b'busy\\n'");
    let refresh = "apt-get update -q >/dev/null && echo fetched";
    let said = engine
        .docker(&["run", "--rm", images::UBUNTU, "bash", "-c", refresh])?
        .ok()?;
    assert_eq!(said, "fetched", "apt must work in a container");
    Ok(())
}

fn a_fresh_engine_is_empty_and_leaves_nothing(lab: &Lab, kind: Kind) -> Outcome {
    let engine = lab.fresh(kind)?;
    for what in [
        ["image", "ls", "-q"],
        ["container", "ls", "-aq"],
        ["volume", "ls", "-q"],
    ] {
        assert_eq!(
            engine.docker(&what)?.ok()?,
            "",
            "{what:?} of a fresh engine"
        );
    }
    engine.docker(&["network", "create", "yard"])?.ok()?;
    engine
        .docker(&["run", "-d", "--network", "yard", images::BUSY])?
        .ok()?;
    let folder = engine
        .socket
        .parent()
        .map(Path::to_path_buf)
        .ok_or("a socket lies in a folder")?;
    drop(engine);
    assert!(!folder.exists(), "{} must be gone", folder.display());
    let marker = folder.to_string_lossy().into_owned();
    let mounts = fs::read_to_string("/proc/mounts")?;
    assert!(!mounts.contains(&marker), "mounts are left: {mounts}");
    assert_eq!(
        processes_with(&marker)?,
        Vec::<String>::new(),
        "no process may be left"
    );
    Ok(())
}

fn a_killed_daemon_keeps_its_data(lab: &Lab, kind: Kind) -> Outcome {
    let engine = lab.fresh(kind)?;
    engine.load_image(images::BUSY)?;
    engine
        .docker(&["run", "-d", "--name", "kept", images::BUSY])?
        .ok()?;
    let before = engine.pid()?;
    engine.kill9()?;
    assert!(!answers(&engine), "a killed daemon must not answer");
    assert_eq!(engine.pid()?, None);
    engine.start()?;
    assert_ne!(engine.pid()?, before);
    assert_eq!(
        engine
            .docker(&["ps", "-a", "--format", "{{.Names}}"])?
            .ok()?,
        "kept"
    );
    engine.stop()?;
    assert!(!answers(&engine), "a stopped daemon must not answer");
    engine.start()?;
    engine.docker(&["start", "kept"])?.ok()?;
    engine.docker(&["rm", "-f", "kept"])?.ok()?;
    Ok(())
}

fn a_paused_daemon_goes_on(lab: &Lab, kind: Kind) -> Outcome {
    let engine = lab.fresh(kind)?;
    engine.pause()?;
    let mut stream = std::os::unix::net::UnixStream::connect(&engine.socket)?;
    stream.write_all(b"GET /_ping HTTP/1.0\r\nHost: x\r\n\r\n")?;
    stream.set_read_timeout(Some(Duration::from_millis(300)))?;
    let mut start = [0; 12];
    let waited = stream.read_exact(&mut start).map_err(|error| error.kind());
    assert_eq!(
        waited,
        Err(std::io::ErrorKind::WouldBlock),
        "a paused daemon says nothing"
    );
    engine.resume()?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.read_exact(&mut start)?;
    assert!(
        start.ends_with(b" 200"),
        "the same connection is answered later"
    );
    // One that is still paused at its end goes away all the same.
    let pid = engine.pid()?;
    engine.pause()?;
    drop(engine);
    let left = pid.is_some_and(|pid| Path::new(&format!("/proc/{pid}")).exists());
    assert!(!left, "a paused daemon is left");
    Ok(())
}

#[test]
fn a_registry_with_a_login_wants_it() -> Outcome {
    on(Kind::Docker20, |lab, kind| {
        let registry = lab.fresh_registry(Some(("captain", "secret")))?;
        let engine = lab.fresh(kind)?;
        engine.load_image(images::BUSY)?;
        let name = format!("{}/captain/busy", registry.address());
        engine.docker(&["tag", images::BUSY, &name])?.ok()?;
        let refused = engine.docker(&["push", &name])?;
        assert!(
            refused.stderr.contains("no basic auth credentials"),
            "{refused:?}"
        );
        let address = registry.address();
        engine
            .docker(&["login", "-u", "captain", "-p", "secret", &address])?
            .ok()?;
        engine.docker(&["push", "-q", &name])?.ok()?;
        Ok(())
    })
}

fn answers(engine: &Engine) -> bool {
    engine
        .docker(&["version"])
        .is_ok_and(|output| output.code == Some(0))
}

/// The body of `GET /`, if the server answers 200.
fn get(port: u16) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    stream
        .write_all(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")
        .ok()?;
    let mut all = String::new();
    stream.read_to_string(&mut all).ok()?;
    let (head, body) = all.split_once("\r\n\r\n")?;
    head.contains(" 200 ").then(|| body.to_owned())
}

/// The command lines that hold `marker`.
fn processes_with(marker: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let lines = fs::read_dir("/proc")?
        .flatten()
        .filter_map(|entry| fs::read(entry.path().join("cmdline")).ok())
        .map(|line| String::from_utf8_lossy(&line).replace('\0', " "));
    Ok(lines.filter(|line| line.contains(marker)).collect())
}

/// What a lesson installs lies on the internet, and in the lab's world.
fn the_world_has_the_installer(lab: &Lab, kind: Kind) -> Outcome {
    let engine = lab.fresh(kind)?;
    let _world = engine.give_world()?;
    engine.load_image(images::PYTHON)?;
    let script = "import urllib.request as r; \
        print(r.urlopen('https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh').read()[:11])";
    let said = engine
        .docker(&["run", "--rm", images::PYTHON, "python", "-c", script])?
        .ok()?;
    assert_eq!(said, "b'#!/bin/bash'");
    Ok(())
}
