//! Builds with more than usual of something: lines that a step prints, bytes of a Dockerfile.
#![allow(clippy::result_large_err, reason = "tests")]
#![cfg(target_os = "linux")]

use crate::building::{build, engines, folder};
use crate::doing::benches;
use slipway_engine::build::Way;
use slipway_lab::images;

const LINES: u32 = 200_000;

/// What BuildKit puts in the place of what it leaves out (`util/progress/logs` of BuildKit).
const CLIPPED: &str = "[output clipped, log ";

#[tokio::test(flavor = "multi_thread")]
async fn no_line_of_a_talkative_step_is_lost() {
    let text = format!("FROM ubuntu\nRUN seq 1 {LINES}\n");
    let all: String = (1..=LINES).map(|line| format!("{line}\n")).collect();
    for bench in benches("talkative").await {
        bench.lab.load_image(images::UBUNTU).unwrap();
        for (kind, engine) in engines(&bench).await {
            let here = folder(&[("Dockerfile", &text)]);
            let (done, told) = build(&engine, here.path(), "docker build --no-cache .").await;
            done.unwrap_or_else(|problem| panic!("{kind}: {problem:#?}"));
            let log = told.log("RUN seq").replace('\r', "");
            if told.ways[0].0 == Way::Buildkit {
                // It clips what comes too fast or is too much, and says so where it does.
                let (kept, _) = log
                    .split_once(CLIPPED)
                    .unwrap_or_else(|| panic!("{kind}: nothing says that it was clipped"));
                assert!(all.starts_with(kept.trim_end()), "{kind}: {kept}");
            } else {
                let at = log.find("1\n2\n").unwrap();
                assert!(
                    log[at..].starts_with(&all),
                    "{kind}: of {LINES} lines {} are there",
                    log.lines().count()
                );
            }
        }
    }
}

/// As large as one that is read whole may nearly be.
const LARGE: usize = 10_000_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_dockerfile_of_nearly_10_mb_is_built() {
    let line = format!("# {}\n", "x".repeat(97));
    let mut text = "FROM busy\n".to_owned();
    while text.len() + line.len() < LARGE {
        text.push_str(&line);
    }
    text.push_str("LABEL at=end\n");
    for bench in benches("vast").await {
        for (kind, engine) in engines(&bench).await {
            let here = folder(&[("Dockerfile", &text)]);
            let name = bench.name("img");
            let line = format!("docker build -t {name} .");
            let (done, told) = build(&engine, here.path(), &line).await;
            done.unwrap_or_else(|problem| panic!("{kind}: {problem:#?}"));
            let image = bench.inspect(&name);
            assert_eq!(image["Config"]["Labels"]["at"], "end", "{kind}");
            assert!(!told.is_open(), "{kind}");
            bench.docker(&format!("rmi -f {name}"));
        }
    }
}
