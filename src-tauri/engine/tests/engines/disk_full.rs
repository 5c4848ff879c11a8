//! A disk without room, told to a person.
#![cfg(target_os = "linux")]
#![allow(clippy::result_large_err, reason = "tests")]

use std::path::{Path, PathBuf};

use crate::building::{build, engines, folder};
use crate::doing::{Bench, LIMIT};
use slipway_engine::problem::Code;
use slipway_lab::{Kind, Lab, images, left_out, wait_until};

/// An empty engine of each kind that can run here, each for this test alone; what can't is said and counted.
async fn fresh(test: &str) -> Vec<Bench> {
    let lab = match Lab::up() {
        Ok(lab) => lab,
        Err(error) => {
            left_out(test, &error.to_string()).unwrap();
            return Vec::new();
        }
    };
    for (kind, why) in lab.missing() {
        left_out(&format!("{test} on {kind}"), &why).unwrap();
    }
    let mut benches = Vec::new();
    for kind in lab.kinds() {
        benches.push(Bench::of(lab.fresh(kind).unwrap(), test).await);
    }
    benches
}

#[tokio::test(flavor = "multi_thread")]
async fn no_space_for_a_download_is_told() {
    let benches = fresh("full").await;
    for bench in &benches {
        let kind = bench.kind();
        let place = match kind {
            Kind::Docker20 | Kind::DockerNewest => data(bench).join("tmp"),
            Kind::Podman => PathBuf::from("/var/tmp"),
        };
        mount(bench, &place, "size=64k");
        // By its address: what a mirror cannot give is looked for at Docker Hub, which then is what fails.
        let port = Lab::up().unwrap().mirror_port();
        let image = format!("127.0.0.1:{port}/library/ubuntu");
        let problem = bench.fails(&format!("docker pull {image}")).await;
        assert_eq!(problem.code, Code::DiskFull, "{kind}: {problem:#?}");
        assert!(!problem.detail.is_empty(), "{kind}: the engine’s own words");
    }
}

/// What an engine without room is asked to build: the Dockerfile, the megabytes of the file beside it, and
/// which step may be the one that fails.
const TOO_LARGE: &[(&str, u64, &[&str])] = &[
    (
        "FROM ubuntu\nRUN head -c 900M /dev/zero > /big\n",
        0,
        &["Line 2 failed: RUN head"],
    ),
    (
        "FROM ubuntu\nCOPY big /big\n",
        900,
        &["A step failed: load build context", "Line 2 failed: COPY"],
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn no_space_for_a_build_is_told_and_room_is_made() {
    let benches = fresh("fullbuild").await;
    for bench in &benches {
        bench.lab.stop().unwrap();
        // Room for the base image, twice what an earlier build left behind, and a little more.
        let mut room = 320;
        mount(bench, &data(bench), &format!("size={room}m"));
        bench.lab.start().unwrap();
        bench.lab.load_image(images::UBUNTU).unwrap();
        let here = folder(&[]);
        let dockerfile = here.path().join("Dockerfile");
        let big = std::fs::File::create(here.path().join("big")).unwrap();
        let mut ways = engines(bench).await;
        if bench.kind() == Kind::DockerNewest {
            // BuildKit comes last: of a file that did not fit it lets go only when its program tidies up its
            // memory, which can take two minutes.
            ways.reverse();
        }
        for (kind, engine) in ways {
            for (text, size, steps) in TOO_LARGE {
                let again = || (free(bench) > 200 << 20).then_some(());
                wait_until(LIMIT, &format!("{kind}: room"), again).unwrap();
                let left = "FROM ubuntu\nRUN head -c 60M /dev/zero > /left\n";
                std::fs::write(&dockerfile, left).unwrap();
                let (done, _) = build(&engine, here.path(), "docker build --no-cache .").await;
                done.unwrap_or_else(|problem| panic!("{kind}: {left}: {problem:#?}"));

                std::fs::write(&dockerfile, text).unwrap();
                big.set_len(size << 20).unwrap();
                let (done, told) = build(&engine, here.path(), "docker build .").await;
                big.set_len(0).unwrap();
                let problem = match done {
                    Ok(outcome) => panic!("{kind}: {text} went well: {outcome:#?}"),
                    Err(problem) => problem,
                };
                let shown = format!("{kind}: {text}: {problem:#?}\n{:#?}", told.steps);
                assert_eq!(problem.code, Code::DiskFull, "{shown}");
                assert!(!told.is_open(), "{shown}");
                assert!(problem.detail.contains("o space left on device"), "{shown}");
                assert!(
                    steps.iter().any(|step| problem.what.starts_with(step)),
                    "{shown}"
                );
                if bench.kind() == Kind::Podman {
                    // It writes lists anew before it removes anything.
                    let stuck = bench.fails("docker system prune -f").await;
                    assert_eq!(stuck.code, Code::DiskFull, "{stuck:#?}");
                    assert!(stuck.fixes.is_empty(), "the same again: {stuck:#?}");
                    room += 260;
                    mount(bench, &data(bench), &format!("remount,size={room}m"));
                }
                bench.mend(&problem, "earlier builds").await;
            }
        }
    }
}

/// Where an engine keeps what it has.
fn data(bench: &Bench) -> PathBuf {
    bench.lab.log_path().with_file_name("data")
}

/// The bytes that are free there.
fn free(bench: &Bench) -> u64 {
    let mut command = bench.lab.command_among_its_mounts();
    let output = command
        .args(["stat", "-f", "-c", "%a %S"])
        .arg(data(bench))
        .output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    let (blocks, size) = text.trim().split_once(' ').unwrap();
    blocks.parse::<u64>().unwrap() * size.parse::<u64>().unwrap()
}

/// Puts a small file system where an engine keeps things; in the mounts of this engine alone, so that it is
/// gone with it.
fn mount(bench: &Bench, place: &Path, options: &str) {
    let mut command = bench.lab.command_among_its_mounts();
    let mounted = command
        .args(["mount", "-t", "tmpfs", "-o", options, "tmpfs"])
        .arg(place)
        .status();
    assert!(
        mounted.is_ok_and(|status| status.success()),
        "{}: {} is small",
        bench.kind(),
        place.display()
    );
}
