//! How programs in real containers ended, and why pages do not show, told to a person.
#![cfg(unix)]

use std::io::Write as _;
use std::process::Stdio;

use crate::doing::{Bench, LIMIT, benches};
use slipway_engine::problem::{Code, Problem};
use slipway_engine::problem::{ended::how_it_ended, page::why_no_page};
use slipway_lab::{images, wait_until};

/// What is told of `{c}` once it has ended, where `line` made it.
async fn told(bench: &Bench, line: &str) -> Option<Problem> {
    let what = format!("{}: {line} to end", bench.kind());
    wait_until(LIMIT, &what, || {
        (bench.state("{c}") == "exited").then_some(())
    })
    .unwrap();
    let action = bench.action(line);
    let told = how_it_ended(&bench.engine, &bench.name("c"), Some(&action)).await;
    told.unwrap_or_else(|problem| panic!("{what}: {problem:#?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_end_is_told() {
    let rows = [
        (
            "docker run -d --name {c} hello-world",
            Some(Code::DidItsJob),
        ),
        ("docker run -d --name {c} ubuntu", Some(Code::NoTerminal)),
        (
            "docker run -d --name {c} ubuntu sh -c 'echo x'",
            Some(Code::DidItsJob),
        ),
        (
            "docker run -d --name {c} ubuntu sh -c nosuchprogram",
            Some(Code::NoSuchProgram),
        ),
        (
            "docker run -d --name {c} ubuntu sh -c 'echo boom; exit 3'",
            Some(Code::ProgramFailed),
        ),
        (
            "docker run -d --name {c} {alien}",
            Some(Code::NoSuchPlatform),
        ),
        ("docker run -d --name {c} ubuntu sh -c 'exit 143'", None),
    ];
    for bench in benches("ended").await {
        let kind = bench.kind();
        bench.lab.load_image(images::HELLO_WORLD).unwrap();
        bench.lab.load_image(images::UBUNTU).unwrap();
        import_alien(&bench);
        for (line, code) in rows {
            bench.ok(line).await;
            let problem = told(&bench, line).await;
            assert_eq!(
                problem.as_ref().map(|it| it.code),
                code,
                "{kind}: {line}: {problem:#?}"
            );
            if line.contains("boom") {
                assert_eq!(
                    problem.map(|it| it.detail).as_deref(),
                    Some("boom"),
                    "{kind}"
                );
            }
            bench.docker("rm -f {c}");
        }
        bench.docker("rmi {alien}");
        let nosuch = how_it_ended(&bench.engine, "nosuch", None).await;
        assert_eq!(nosuch.unwrap_err().code, Code::NoSuchContainer, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ended_at_once_is_run_again_with_a_terminal() {
    for bench in benches("terminal").await {
        let kind = bench.kind();
        bench.lab.load_image(images::UBUNTU).unwrap();
        let line = "docker run -d --name {c} ubuntu";
        bench.ok(line).await;
        let problem = told(&bench, line).await.unwrap();
        bench.mend(&problem, "with a terminal").await;
        assert_eq!(bench.state("{c}"), "running", "{kind}");
        let running = how_it_ended(&bench.engine, &bench.name("c"), None).await;
        assert_eq!(running.unwrap(), None, "{kind}: it has not ended");
    }
}

/// An image whose program is made for s390x: the head of such a file is enough to be refused.
fn import_alien(bench: &Bench) {
    let folder = tempfile::tempdir().unwrap();
    let mut program = b"\x7fELF\x02\x02\x01\0\0\0\0\0\0\0\0\0\0\x02\0\x16".to_vec();
    program.resize(2048, 0);
    let path = folder.path().join("alien");
    std::fs::write(&path, program).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&path, mode).unwrap();
    let tar = std::process::Command::new("tar")
        .args(["-C", &folder.path().to_string_lossy(), "-cf", "-", "alien"])
        .output()
        .unwrap();
    let mut import = bench.lab.docker_command();
    import
        .args([
            "import",
            "--change",
            "CMD [\"/alien\"]",
            "-",
            &bench.name("alien"),
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::null());
    let mut import = import.spawn().unwrap();
    import.stdin.take().unwrap().write_all(&tar.stdout).unwrap();
    assert!(import.wait().unwrap().success(), "{}", bench.kind());
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_do_not_show() {
    let serve = |address: &str| format!("python3 -m http.server --bind {address} 8000");
    for bench in benches("page").await {
        let kind = bench.kind();
        bench.lab.load_image(images::PYTHON).unwrap();
        let image = images::PYTHON;
        let rows = [
            (serve("127.0.0.1"), 8000, Some("only inside")),
            (serve("0.0.0.0"), 8000, None),
            (serve("0.0.0.0"), 80, Some("another port")),
            ("sleep 1000".to_owned(), 8000, Some("Nothing listens")),
        ];
        for (command, port, expected) in rows {
            let line = format!(
                "docker run -d --stop-timeout 1 --name {{c}} -p 127.0.0.1::{port} {image} {command}"
            );
            bench.ok(&line).await;
            let action = bench.action(&line);
            let what = format!("{kind}: {command} to be told as {expected:?}");
            let name = bench.name("c");
            let told = async {
                loop {
                    let told = why_no_page(&bench.engine, &name, port, Some(&action)).await;
                    let what = told.as_ref().map(|it| it.what.clone());
                    // It listens only a moment after it was started.
                    let fits = match (expected, what) {
                        (Some(words), Some(what)) => what.contains(words),
                        (None, None) => true,
                        _ => false,
                    };
                    if fits {
                        return told;
                    }
                    tokio::task::yield_now().await;
                }
            };
            let told = tokio::time::timeout(LIMIT, told).await.expect(&what);
            if expected == Some("another port") {
                bench
                    .mend(&told.unwrap(), "Run it again with port 8000")
                    .await;
                let published = bench.docker("port {c}");
                assert!(published.starts_with("8000/tcp"), "{kind}: {published}");
            }
            bench.docker("rm -f {c}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_container_that_can_not_tell_is_not_accused() {
    for bench in benches("silent").await {
        bench.ok("docker run -d --name {c} busy").await;
        let told = why_no_page(&bench.engine, &bench.name("c"), 8080, None).await;
        assert_eq!(told, None, "{}: there is no cat in it", bench.kind());
    }
}
