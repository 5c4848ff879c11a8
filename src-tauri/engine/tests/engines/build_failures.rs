//! Builds that fail on every kind of real engine, and what is told of it: the line, the cause, the way out.
#![allow(clippy::result_large_err, reason = "tests")]
#![cfg(target_os = "linux")]

use std::os::unix::fs::PermissionsExt as _;

use crate::building::{build, engines, folder};
use crate::doing::benches;
use crate::registry::refusing;
use slipway_engine::build::StepState;
use slipway_engine::problem::Code;
use slipway_lab::images;

/// The Dockerfile, the line that fails, and words of the reason and of the way out.
const FAILURES: &[(&str, u32, Code, &str, &str)] = &[
    (
        "FROM ubuntu\n\nRUNN echo hi\n",
        3,
        Code::Other,
        "no instruction “RUNN”",
        "Did you mean RUN?",
    ),
    (
        "FROM ubuntu\nRUN true\nRUN nosuchprogram --x\nRUN true\n",
        3,
        Code::NoSuchProgram,
        "no program “nosuchprogram”",
        "Check the spelling",
    ),
    (
        "FROM ubuntu\nRUN [\"curl\", \"x\"]\n",
        2,
        Code::NoSuchProgram,
        "no program “curl”",
        "apt-get install -y curl",
    ),
    (
        "FROM ubuntu\nCOPY nosuch.txt /\n",
        2,
        Code::Other,
        "“nosuch.txt” is not in the build’s folder",
        "Did you mean “nosuch1.txt”?",
    ),
    (
        "FROM ubuntu\nCOPY secret.txt /\n",
        2,
        Code::Other,
        "line 1 of “.dockerignore”",
        "!secret.txt",
    ),
    (
        "FROM ubuntu\nCOPY Hello.txt /\n",
        2,
        Code::Other,
        "“hello.txt”",
        "“hello.txt”",
    ),
    (
        "FROM ubuntu\nCOPY ../x /\n",
        2,
        Code::Other,
        "outside",
        "Copy the file into the folder",
    ),
    (
        "FROM ubuntu\nRUN echo before; exit 7\n",
        2,
        Code::ProgramFailed,
        "code 7",
        "last lines below",
    ),
    (
        "FROM busy\nRUN echo hi\n",
        2,
        Code::NoSuchProgram,
        "no shell",
        "fuller image",
    ),
    (
        "FROM ubuntu\nCOPY run.sh /run.sh\nRUN /run.sh\n",
        3,
        Code::ProgramFailed,
        "not marked",
        "chmod +x",
    ),
    (
        "FROM ubuntu\nRUN apt-get install -y nosuchpackage\n",
        2,
        Code::ProgramFailed,
        "“nosuchpackage”",
        "RUN apt-get update && apt-get install -y nosuchpackage",
    ),
    (
        "FROM ubuntu\nRUN rm -r /etc/apt/sources.list*; echo deb http://nosuch.invalid/x y main > /etc/apt/sources.list\n\
         RUN apt-get update -o Acquire::Retries=0 && apt-get install -y curl\n",
        3,
        Code::ProgramFailed,
        "internet",
        "connection",
    ),
    (
        "FROM ubuntu\nRUN apt-get remove tzdata\n",
        2,
        Code::ProgramFailed,
        "asked whether to go on",
        "Add -y",
    ),
    (
        "FROM ubuntu\nCOPY windows.sh /\nRUN sh /windows.sh\n",
        3,
        Code::ProgramFailed,
        "as Windows ends them",
        "(LF)",
    ),
    (
        "FROM ubuntu\nCOPY windows.sh /\nRUN chmod +x /windows.sh && /windows.sh\n",
        3,
        Code::NoSuchProgram,
        "“/windows.sh”",
        "(LF)",
    ),
    (
        "FROM ubuntu\nUSER daemon\nRUN apt-get update\n",
        3,
        Code::ProgramFailed,
        "The user that this step runs as",
        "before the line USER",
    ),
    // What BuildKit says of a connection that has broken is no such thing where a program says it.
    (
        "FROM ubuntu\nRUN echo 'code = Unavailable: transport is closing'; exit 7\n",
        2,
        Code::ProgramFailed,
        "code 7",
        "last lines below",
    ),
    (
        "FROM ubuntu\nENV A\n",
        2,
        Code::Other,
        "words behind",
        "below",
    ),
    (
        "FROM python:3.8.12-slim\nRUN pip install --no-index flaskk==9\n",
        2,
        Code::ProgramFailed,
        "pip knows no package “flaskk==9”",
        "Check the spelling and the version",
    ),
    (
        "FROM python:3.8.12-slim\nRUN touch $(python3 -c 'import sysconfig as s; print(s.get_path(\"stdlib\"))')/EXTERNALLY-MANAGED\nRUN pip install flask\n",
        3,
        Code::ProgramFailed,
        "looked after by its system",
        "python3 -m venv",
    ),
    (
        // Word for word what npm 8 and 11 print.
        "FROM ubuntu\nCOPY npm8 npm11 /\nRUN echo npm i; cat /npm8 >&2; exit 1\n",
        3,
        Code::ProgramFailed,
        "npm knows no package “expresss”",
        "Check the spelling",
    ),
    (
        "FROM ubuntu\nCOPY npm8 npm11 /\nRUN echo npm i; cat /npm11 >&2; exit 1\n",
        3,
        Code::ProgramFailed,
        "npm knows no package “expresss”",
        "Check the spelling",
    ),
];

const NPM_8: &str = "npm ERR! code E404
npm ERR! 404 Not Found - GET https://registry.npmjs.org/expresss
npm ERR! 404 
npm ERR! 404  'expresss@*' is not in this registry.
npm ERR! 404 
npm ERR! 404 Note that you can also install from a
npm ERR! 404 tarball, folder, http url, or git url.

npm ERR! A complete log of this run can be found in:
npm ERR!     /root/.npm/_logs/2026-01-01T05_01_54_475Z-debug-0.log
";

const NPM_11: &str = "npm error code E404
npm error 404 Not Found - GET https://registry.npmjs.org/expresss
npm error 404
npm error 404  The requested resource 'expresss@*' could not be found or you do not have permission to access it.
npm error 404
npm error 404 Note that you can also install from a
npm error 404 tarball, folder, http url, or git url.
npm error A complete log of this run can be found in: /root/.npm/_logs/2026-01-01T05_01_48_959Z-debug-0.log
";

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_names_the_line_the_cause_and_the_way_out() {
    for bench in benches("failed").await {
        bench.lab.load_image(images::UBUNTU).unwrap();
        bench.lab.load_image(images::PYTHON).unwrap();
        let files = [
            (".dockerignore", "secret.txt\n"),
            ("nosuch1.txt", ""),
            ("secret.txt", ""),
            ("hello.txt", ""),
            ("run.sh", "#!/bin/sh\necho hi\n"),
            ("windows.sh", "#!/bin/sh\r\nset -e\r\necho hi\r\n"),
            ("npm8", NPM_8),
            ("npm11", NPM_11),
        ];
        let here = folder(&files);
        for (kind, engine) in engines(&bench).await {
            for (text, line, code, why, todo) in FAILURES {
                std::fs::write(here.path().join("Dockerfile"), text).unwrap();
                let (done, told) = build(&engine, here.path(), "docker build .").await;
                let problem = done.expect_err("it fails");
                let shown = format!("{kind}: {text}\n{problem:#?}\n{:#?}", told.steps);
                assert!(
                    problem.what.starts_with(&format!("Line {line} failed: ")),
                    "{shown}"
                );
                assert_eq!(problem.code, *code, "{shown}");
                assert!(problem.why.contains(why), "{shown}");
                assert!(problem.todo.contains(todo), "{shown}");
                assert!(!problem.detail.is_empty(), "{shown}");
                let failed: Vec<_> = told
                    .steps
                    .values()
                    .filter(|step| step.state == StepState::Failed)
                    .collect();
                assert_eq!(failed.len(), 1, "{shown}");
                assert_eq!(failed[0].line, Some(*line), "{shown}");
                assert!(!told.is_open(), "{shown}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_without_a_network_is_told() {
    for bench in benches("apart").await {
        bench.lab.load_image(images::UBUNTU).unwrap();
        let text =
            "FROM ubuntu\nRUN apt-get update -o Acquire::Retries=0 && apt-get install -y curl\n";
        let here = folder(&[("Dockerfile", text)]);
        for (kind, engine) in engines(&bench).await {
            let line = "docker build --network none .";
            let (done, told) = build(&engine, here.path(), line).await;
            let problem = done.expect_err("there is no network");
            let shown = format!("{kind}: {problem:#?}");
            assert!(problem.what.starts_with("Line 2 failed: RUN"), "{shown}");
            assert_eq!(problem.code, Code::ProgramFailed, "{shown}");
            assert!(problem.why.contains("internet"), "{shown}");
            assert!(problem.todo.contains("--network none"), "{shown}");
            assert!(!told.is_open(), "{kind}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_that_is_not_there_is_told() {
    for bench in benches("stage").await {
        bench.lab.load_image(images::UBUNTU).unwrap();
        let here = folder(&[("Dockerfile", "FROM ubuntu AS one\nRUN true\n")]);
        for (kind, engine) in engines(&bench).await {
            let line = "docker build --target two .";
            let (done, told) = build(&engine, here.path(), line).await;
            let problem = done.expect_err("there is no such stage");
            assert!(
                problem.why.contains("no stage of the name"),
                "{kind}: {problem:#?}"
            );
            assert!(problem.todo.contains("--target"), "{kind}: {problem:#?}");
            assert!(!told.is_open(), "{kind}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_image_whose_registry_does_not_answer_is_told() {
    let down = refusing("503 Service Unavailable", "UNAVAILABLE", "come back later");
    for bench in benches("down").await {
        for (kind, engine) in engines(&bench).await {
            // Reserved to be nobody's (RFC 6761), and a port on which nothing listens.
            for registry in ["registry.invalid", "127.0.0.1:1", down.as_str()] {
                let text = format!("ARG A\nFROM {registry}/x:1\nRUN true\n");
                let here = folder(&[("Dockerfile", &text)]);
                let (done, told) = build(&engine, here.path(), "docker build .").await;
                let problem = done.expect_err("it can’t be had");
                let shown = format!("{kind}: {registry}: {problem:#?}");
                assert!(problem.what.starts_with("Line 2 failed: FROM"), "{shown}");
                assert!(problem.why.contains(registry), "{shown}");
                if registry == down.as_str() {
                    assert_ne!(problem.code, Code::EngineLost, "{shown}");
                } else {
                    assert_eq!(problem.code, Code::NoNetwork, "{shown}");
                }
                assert!(!told.is_open(), "{shown}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_image_that_is_not_there_is_told_with_names_that_are_near() {
    for bench in benches("base").await {
        bench.lab.load_image(images::UBUNTU).unwrap();
        for (kind, engine) in engines(&bench).await {
            let here = folder(&[("Dockerfile", "FROM ubunut\nRUN true\n")]);
            let (done, told) = build(&engine, here.path(), "docker build .").await;
            let problem = done.expect_err("it fails");
            assert!(
                problem.what.starts_with("Line 1 failed: FROM"),
                "{kind}: {problem:#?}"
            );
            assert!(
                problem.todo.contains("Did you mean “ubuntu”?"),
                "{kind}: {problem:#?}"
            );
            assert!(!told.is_open(), "{kind}");
        }
    }
}

/// The head of a program for a 64-bit ARM: `e_machine` is 183 (elf(5)). On that, Intel's 62.
fn foreign_program() -> Vec<u8> {
    let machine: u8 = if cfg!(target_arch = "aarch64") {
        62
    } else {
        183
    };
    let mut bytes = b"\x7fELF\x02\x01\x01".to_vec();
    bytes.resize(120, 0);
    // An executable of version 1, one program header behind the head.
    for (at, value) in [
        (16, 2),
        (18, machine),
        (20, 1),
        (32, 64),
        (52, 64),
        (54, 56),
        (56, 1),
    ] {
        bytes[at] = value;
    }
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_for_another_kind_of_processor_is_told() {
    let other = if cfg!(target_arch = "aarch64") {
        "linux/amd64"
    } else {
        "linux/arm64"
    };
    for bench in benches("processor").await {
        bench.lab.load_image(images::UBUNTU).unwrap();
        let base = bench.name("base");
        let here = folder(&[("Dockerfile", "FROM scratch\nCOPY sh /bin/sh\n")]);
        let program = here.path().join("sh");
        std::fs::write(&program, foreign_program()).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        for (kind, engine) in engines(&bench).await {
            std::fs::write(
                here.path().join("Dockerfile"),
                "FROM scratch\nCOPY sh /bin/sh\n",
            )
            .unwrap();
            let line = format!("docker build --platform {other} -t {base} .");
            let (done, _) = build(&engine, here.path(), &line).await;
            done.unwrap_or_else(|problem| panic!("{kind}: {problem:#?}"));
            let rows = [
                (
                    format!("FROM --platform={other} {base}\n\nRUN echo hi\n"),
                    "docker build .",
                    None,
                ),
                (
                    format!("FROM {base}\n\nRUN echo hi\n"),
                    &format!("docker build --platform {other} --no-cache ."),
                    Some("docker build --no-cache ."),
                ),
                (
                    "FROM ubuntu\nCOPY sh /tool\nRUN /tool\n".to_owned(),
                    "docker build .",
                    None,
                ),
            ];
            for (text, line, fix) in rows {
                std::fs::write(here.path().join("Dockerfile"), &text).unwrap();
                let (done, told) = build(&engine, here.path(), line).await;
                let problem = done.expect_err("it can’t run here");
                let shown = format!("{kind}: {line}: {text}\n{problem:#?}\n{:#?}", told.steps);
                assert!(problem.what.starts_with("Line 3 failed: RUN"), "{shown}");
                assert_eq!(problem.code, Code::NoSuchPlatform, "{shown}");
                assert!(problem.why.contains("another kind of processor"), "{shown}");
                assert!(!told.is_open(), "{shown}");
                let offered = problem.fixes.iter().flat_map(|it| &it.commands);
                let offered: Vec<&str> = offered.map(|it| it.line.as_str()).collect();
                assert_eq!(offered, Vec::from_iter(fix), "{shown}");
            }
            bench.docker(&format!("rmi -f {base}"));
        }
    }
}
