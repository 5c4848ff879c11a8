//! How builds with BuildKit end otherwise than well: a step fails, they are stopped, the engine goes away.
#![cfg(unix)]

use std::fs;
use std::time::Duration;

use crate::cutting::Cutting;
use crate::kit::{Bench, Folder, Heard, LIMIT, benches};
use slipway_engine::build::StepState;
use slipway_engine::build::buildkit::BuildkitError;
use slipway_lab::{Kind, wait_until};

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_fails_is_named_with_its_lines() {
    for bench in benches("fails").await {
        let kind = bench.kind();
        let dockerfile = "FROM ubuntu AS slow\nRUN sleep 1000\n\
                          FROM ubuntu\nRUN echo first\nRUN echo why; \\\n  exit 3\nRUN never\n\
                          COPY --from=slow /etc /x\n";
        let folder = Folder::new(dockerfile, &[]);
        let (error, heard) = bench.fails(&folder, "docker build --no-cache .").await;
        let BuildkitError::Failed(failure) = error else {
            panic!("{kind}: {error:?}");
        };
        assert!(
            failure.message.contains("exit code: 3"),
            "{kind}: {failure:?}"
        );
        let step = heard.step("RUN echo why");
        assert_eq!(failure.step, Some(step.id), "{kind}: {failure:?}");
        assert_eq!(failure.lines, Some((5, 6)), "{kind}: {failure:?}");
        assert_eq!(step.state, StepState::Failed, "{kind}");
        assert_eq!(heard.log_of(step.id), "why\n", "{kind}");
        for name in ["RUN never", "RUN sleep"] {
            assert_eq!(
                heard.step(name).state,
                StepState::Cancelled,
                "{kind}: {name}"
            );
        }
        let rows = [
            ("FROM ubuntu\nRUM x\n", "RUM", Some((2, 2))),
            ("FROM ubuntu\n\nCOPY none /\n", "none", Some((3, 3))),
            ("FROM nosuchimage:1\n", "nosuchimage", Some((1, 1))),
        ];
        for (dockerfile, word, lines) in rows {
            let folder = Folder::new(dockerfile, &[]);
            let (error, _) = bench.fails(&folder, "docker build .").await;
            let BuildkitError::Failed(failure) = error else {
                panic!("{kind}: {error:?}");
            };
            assert!(failure.message.contains(word), "{kind}: {failure:?}");
            // Older engines do not say it of all.
            if kind == Kind::DockerNewest {
                assert_eq!(failure.lines, lines, "{kind}: {failure:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_of_a_chatty_step_arrives() {
    for kind in [Kind::Docker20, Kind::DockerNewest] {
        let shared = benches("chatty").await;
        let Some(bench) = shared.iter().find(|bench| bench.kind() == kind) else {
            continue;
        };
        // More at once is cut by the engine itself.
        let folder = Folder::new("FROM ubuntu\nRUN seq 1 20000\n", &[]);
        let (built, heard) = bench.build(&folder, "docker build --no-cache .").await;
        let log = heard.log_of(heard.step("RUN").id);
        let expected: String = (1..=20000).map(|line| format!("{line}\n")).collect();
        assert_eq!(log.len(), expected.len(), "{kind}");
        assert_eq!(log, expected, "{kind}");
        bench.docker(&["rmi", "-f", &built.image]);
    }
}

/// How many descriptors this process has open.
fn descriptors() -> usize {
    fs::read_dir("/proc/self/fd").unwrap().count()
}

/// Whether a process runs whose command line has this in it.
fn runs(mark: &str) -> bool {
    let processes = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let lines = processes.filter_map(|it| fs::read(it.path().join("cmdline")).ok());
    lines
        .map(|line| String::from_utf8_lossy(&line).into_owned())
        .any(|line| line.contains(mark) && line.contains("sleep"))
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_builds_leave_nothing_behind() {
    for bench in benches("stopped").await {
        let kind = bench.kind();
        let mark = format!("1{:06}", std::process::id());
        let dockerfile = format!("FROM ubuntu\nCOPY . /all\nRUN echo on; sleep {mark}.5\n");
        let folder = Folder::new(&dockerfile, &[]);
        for file in 0..200 {
            folder.write(&format!("file{file}"), vec![b'x'; 4096]);
        }
        let before = descriptors();
        for round in 0..50_u64 {
            // Each is another build: 20.10 hangs where it is asked again for what it is just stopping.
            folder.write("file0", round.to_string());
            let heard = Heard::default();
            let built = bench.try_build(&folder, "docker build --no-cache .", &heard);
            if round % 10 == 0 {
                // Until its step runs.
                let running = async {
                    while !(heard.log().contains("on\n") && runs(&mark)) {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                };
                tokio::select! {
                    built = built => panic!("{kind}: it ended: {built:?}"),
                    () = running => {}
                }
                wait_until(LIMIT, "the step to end", || (!runs(&mark)).then_some(())).unwrap();
            } else {
                // At any moment before.
                let moment = tokio::time::sleep(Duration::from_millis(round * 13));
                tokio::select! {
                    built = built => panic!("{kind}: it ended: {built:?}"),
                    () = moment => {}
                }
            }
        }
        wait_until(LIMIT, "the last step to end", || {
            (!runs(&mark)).then_some(())
        })
        .unwrap();
        wait_until(LIMIT, "the descriptors to close", || {
            (descriptors() <= before).then_some(())
        })
        .unwrap_or_else(|error| panic!("{kind}: {error}: {} of {before}", descriptors()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_engine_is_a_lost_build() {
    for kind in [Kind::Docker20, Kind::DockerNewest] {
        let Some(bench) = Bench::fresh(kind, "killed").await else {
            continue;
        };
        bench.lab.load_image("ubuntu").unwrap();
        let folder = Folder::new("FROM ubuntu\nRUN echo on; sleep 1000\n", &[]);
        let heard = Heard::default();
        let built = bench.try_build(&folder, "docker build .", &heard);
        let kill = async {
            while !heard.log().contains("on\n") {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            bench.lab.kill9().unwrap();
            std::future::pending::<()>().await;
        };
        let built = tokio::select! {
            built = built => built,
            () = kill => unreachable!(),
        };
        assert!(
            matches!(built, Err(BuildkitError::Lost(_))),
            "{kind}: {built:?}"
        );
        assert_eq!(heard.step("RUN").state, StepState::Cancelled, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_cut_is_told_apart() {
    for bench in benches("cut").await {
        let kind = bench.kind();
        let dockerfile = "FROM ubuntu\nCOPY big /big\n";
        let folder = Folder::new(dockerfile, &[]);
        folder.write("big", vec![b'x'; 64 * 1024 * 1024]);
        for (path, lost) in [("/grpc", true), ("/session", false)] {
            let cutting = Cutting::before(&bench.lab.host());
            let bench = bench.through(&cutting.host()).await;
            let heard = Heard::default();
            let built = bench.try_build(&folder, "docker build --no-cache .", &heard);
            let cut = async {
                while heard.sent().bytes == 0 {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                cutting.cut(path);
                std::future::pending::<()>().await;
            };
            let built = tokio::select! {
                built = built => built,
                () = cut => unreachable!(),
            };
            match built {
                Err(BuildkitError::Lost(_)) if lost => {}
                Err(BuildkitError::Session(_)) if !lost => {}
                other => panic!("{kind}: {path}: {other:?}"),
            }
        }
    }
}
