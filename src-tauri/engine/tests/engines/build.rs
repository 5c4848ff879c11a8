//! Builds on every kind of real engine.
#![allow(clippy::result_large_err, reason = "tests")]
#![cfg(target_os = "linux")]

use crate::building;
use crate::building::{build, engines, folder, plugins, runs, stopped};
use crate::doing::{LIMIT, benches};
use slipway_engine::build::StepState;
use slipway_engine::problem::Code;
use slipway_lab::{Kind, images, wait_until};

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_built_step_by_step() {
    let text = "ARG BASE=ubuntu\nFROM ubuntu AS one\nRUN echo made > /made\n\nFROM $BASE\n\
        COPY --from=one /made /made\nCOPY a.txt /\nARG WHO=nobody\nRUN echo \"for $WHO\" \\\n  && printf 'no end'\n\
        ENV X=1\nCMD [\"sh\"]\n";
    for bench in benches("build").await {
        bench.lab.load_image(images::UBUNTU).unwrap();
        for (kind, engine) in engines(&bench).await {
            let here = folder(&[("app.dockerfile", text), ("a.txt", "a")]);
            let name = bench.name("img");
            let line = format!(
                "docker build -f app.dockerfile -t {name} -t {name}:two --build-arg WHO=me --label a=b \
             --iidfile id --no-cache ."
            );
            let (done, told) = build(&engine, here.path(), &line).await;
            let outcome = done.unwrap_or_else(|problem| panic!("{kind}: {problem:#?}"));
            let image = bench.inspect(&name);
            assert_eq!(outcome.id.as_deref(), image["Id"].as_str(), "{kind}");
            assert_eq!(
                outcome.done,
                [name.clone(), format!("{name}:two")],
                "{kind}"
            );
            assert_eq!(image["Config"]["Labels"]["a"], "b", "{kind}");
            let written = std::fs::read_to_string(here.path().join("id")).unwrap();
            assert_eq!(Some(written), outcome.id, "{kind}");
            assert_eq!(
                bench.inspect(&format!("{name}:two"))["Id"],
                image["Id"],
                "{kind}"
            );
            assert!(
                told.way_first && told.ways.len() == 1,
                "{kind}: {:?}",
                told.ways
            );
            assert!(!told.is_open(), "{kind}: {:#?}", told.steps);
            let run = told.step("RUN echo \"for");
            assert_eq!((run.state, run.line), (StepState::Done, Some(9)), "{kind}");
            assert!(run.began.is_some() && run.ended >= run.began, "{kind}");
            let log = told.log("RUN echo \"for");
            assert!(
                log.contains("for me\n") && log.contains("no end"),
                "{kind}: {log}"
            );
            let sent = told.sent.last().copied().unwrap_or_default();
            assert!(sent.done && sent.files >= 1, "{kind}: {sent:?}");
            assert!(
                told.progress.iter().any(|text| text.starts_with("Step ")),
                "{kind}: {:?}",
                told.progress
            );

            // Again: nothing has changed, so nothing is done again.
            let again = line.replace(" --no-cache", "");
            let (done, _) = build(&engine, here.path(), &again).await;
            done.unwrap_or_else(|problem| panic!("{kind}: {problem:#?}"));
            let (done, told) = build(&engine, here.path(), &again).await;
            done.unwrap_or_else(|problem| panic!("{kind}: {problem:#?}"));
            for step in ["RUN echo made", "COPY a.txt", "RUN echo \"for"] {
                assert_eq!(told.step(step).state, StepState::Cached, "{kind}: {step}");
            }
            bench.docker(&format!("rmi -f {name} {name}:two"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_build_that_is_stopped_leaves_nothing_running() {
    for bench in benches("stopped").await {
        bench.lab.load_image(images::UBUNTU).unwrap();
        for (at, (kind, engine)) in engines(&bench).await.into_iter().enumerate() {
            // Numbers that no other process sleeps for. Podman cannot stop a step that is under way: it ends
            // the build behind it.
            let first = match bench.kind() {
                Kind::Docker20 | Kind::DockerNewest => format!(
                    "1000.{}{at}{}",
                    std::process::id(),
                    u8::from(bench.kind() == Kind::Docker20)
                ),
                Kind::Podman => format!("5.{}{at}", std::process::id()),
            };
            let second = format!("2000.{}{at}", std::process::id());
            let text = format!("FROM ubuntu\nRUN sleep {first}\nRUN sleep {second}\nRUN true\n");
            let here = folder(&[("Dockerfile", &text)]);
            let name = bench.name("img");
            let line = format!("docker build --no-cache -t {name} .");
            let (done, told) = stopped(&engine, here.path(), &line, |_| runs(&first)).await;
            let problem = done.expect_err("it was stopped");
            assert_eq!(problem.what, "Stopped", "{kind}: {problem:#?}");
            assert_eq!(told.step("RUN sleep").state, StepState::Cancelled, "{kind}");
            assert!(!told.is_open(), "{kind}: {:#?}", told.steps);
            let gone = || (!runs(&first)).then_some(());
            wait_until(LIMIT, &format!("{kind}: the step to end"), gone).unwrap();
            // Another build of the same engine takes longer than a next step would take to begin.
            let other = folder(&[("Dockerfile", "FROM ubuntu\nRUN true\n")]);
            let (done, _) = build(&engine, other.path(), "docker build --no-cache .").await;
            done.unwrap_or_else(|problem| panic!("{kind}: {problem:#?}"));
            assert!(!runs(&second), "{kind}: the build goes on");
            let code = bench.lab.docker(&["image", "inspect", &name]).unwrap().code;
            assert_ne!(code, Some(0), "{kind}: there is no image");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_from_a_terminal_is_refused() {
    for bench in benches("refused").await.into_iter().take(1) {
        let here = folder(&[("Dockerfile", "FROM ubuntu\n")]);
        for line in ["docker build -", "docker build -f - ."] {
            let (done, _) = build(&bench.engine, here.path(), line).await;
            let problem = done.expect_err("it is refused");
            assert_eq!(problem.code, Code::Invalid, "{line}: {problem:#?}");
            assert!(problem.what.contains("terminal"), "{line}: {problem:#?}");
        }
        let empty = folder(&[("dockerfiles.txt", "")]);
        let (done, _) = build(&bench.engine, empty.path(), "docker build .").await;
        let problem = done.expect_err("there is no Dockerfile");
        assert!(problem.why.contains("There is no file"), "{problem:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_api_cannot_do_the_docker_command_does() {
    for bench in benches("command").await {
        let kind = bench.kind();
        bench.lab.load_image(images::UBUNTU).unwrap();
        let here = folder(&[(
            "Dockerfile",
            "FROM ubuntu AS one\nRUN echo hi > /hi\n\nFROM scratch\nCOPY --from=one /hi /\n",
        )]);
        let line = "docker build -o type=local,dest=out --metadata-file facts.json .";
        let config = plugins();
        let Some(config) = config else {
            slipway_lab::left_out("the docker command's builds", "there is no buildx").unwrap();
            return;
        };
        let path = config.path().to_string_lossy().into_owned();
        let engine = building::with_env(&bench, &[("DOCKER_CONFIG", &path)]).await;
        let (done, told) = build(&engine, here.path(), line).await;
        if kind == Kind::Podman {
            let problem = done.expect_err("Podman has no BuildKit");
            assert_eq!(problem.what, "--output can’t be done by this engine");
            continue;
        }
        let outcome = done.unwrap_or_else(|problem| panic!("{kind}: {problem:#?}"));
        assert_eq!(outcome.id, None, "{kind}: it is no image of this engine");
        assert_eq!(told.ways[0].0, slipway_engine::build::Way::Cli, "{kind}");
        let step = told.step("RUN echo hi");
        assert!(
            matches!(step.state, StepState::Done | StepState::Cached),
            "{kind}: {step:#?}"
        );
        assert_eq!(step.line, Some(2), "{kind}");
        let made = std::fs::read_to_string(here.path().join("out/hi")).unwrap();
        assert_eq!(made, "hi\n", "{kind}");
        assert!(here.path().join("facts.json").exists(), "{kind}");

        std::fs::write(
            here.path().join("Dockerfile"),
            "FROM ubuntu\nRUN nosuchprog\n",
        )
        .unwrap();
        let (done, _) = build(&engine, here.path(), line).await;
        let problem = done.expect_err("it fails");
        assert_eq!(
            problem.what, "Line 2 failed: RUN nosuchprog",
            "{kind}: {problem:#?}"
        );
        assert_eq!(problem.code, Code::NoSuchProgram, "{kind}: {problem:#?}");

        let seconds = format!(
            "3000.{}{}",
            std::process::id(),
            u8::from(kind == Kind::Docker20)
        );
        let text = format!("FROM ubuntu\nRUN sleep {seconds}\n");
        std::fs::write(here.path().join("Dockerfile"), text).unwrap();
        let (done, told) = stopped(&engine, here.path(), line, |_| runs(&seconds)).await;
        assert_eq!(done.expect_err("it was stopped").what, "Stopped", "{kind}");
        assert!(!told.is_open(), "{kind}: {:#?}", told.steps);
        let gone = || (!runs(&seconds)).then_some(());
        wait_until(LIMIT, &format!("{kind}: the step to end"), gone).unwrap();

        let none = tempfile::tempdir().unwrap();
        let path = none.path().to_string_lossy().into_owned();
        let engine = building::with_env(&bench, &[("DOCKER_CONFIG", &path)]).await;
        let (done, _) = build(&engine, here.path(), line).await;
        let problem = done.expect_err("there is no buildx");
        assert_eq!(problem.what, "--output can’t be done from here", "{kind}");
    }
}
