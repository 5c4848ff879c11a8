//! A disk without room, told to a person.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]
#![cfg(target_os = "linux")]

mod doing;

use std::path::PathBuf;
use std::process::Command;

use doing::Bench;
use slipway_engine::problem::Code;
use slipway_lab::{Kind, Lab, left_out};

#[tokio::test(flavor = "multi_thread")]
async fn no_space_for_a_download_is_told() {
    let lab = match Lab::up() {
        Ok(lab) => lab,
        Err(error) => return left_out("a full disk", &error.to_string()).unwrap(),
    };
    for (kind, why) in lab.missing() {
        left_out(&format!("a full disk on {kind}"), &why).unwrap();
    }
    for kind in lab.kinds() {
        let bench = Bench::of(lab.fresh(kind).unwrap(), "full").await;
        fill(&bench);
        // By its address: what a mirror cannot give is looked for at Docker Hub, which then is what fails.
        let image = format!("127.0.0.1:{}/library/ubuntu", lab.mirror_port());
        let problem = bench.fails(&format!("docker pull {image}")).await;
        assert_eq!(problem.code, Code::DiskFull, "{kind}: {problem:#?}");
        assert!(!problem.detail.is_empty(), "{kind}: the engine’s own words");
    }
}

/// Puts a file system of a few kilobytes where the engine gathers what it downloads; in the mounts of
/// this engine alone, so that it is gone with it.
fn fill(bench: &Bench) {
    let place = match bench.kind() {
        Kind::Docker20 | Kind::DockerNewest => bench.lab.log_path().with_file_name("data/tmp"),
        Kind::Podman => PathBuf::from("/var/tmp"),
    };
    let pid = bench.lab.pid().unwrap().expect("the engine runs");
    let mounted = Command::new("nsenter")
        .arg(format!("--mount=/proc/{pid}/ns/mnt"))
        .args(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs"])
        .arg(&place)
        .status();
    assert!(
        mounted.is_ok_and(|status| status.success()),
        "{}: {} is full",
        bench.kind(),
        place.display()
    );
}
