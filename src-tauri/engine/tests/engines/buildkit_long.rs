//! Ignore files and Dockerfiles that are long: both travel in the heads and tails of calls.
#![cfg(unix)]

use crate::kit::{Folder, benches};
use slipway_engine::build::buildkit::BuildkitError;

#[tokio::test(flavor = "multi_thread")]
async fn long_ignore_files_are_heeded_and_long_dockerfiles_fail_in_their_line() {
    for bench in benches("long").await {
        let kind = bench.kind();
        let ignored: String = (0..5_000)
            .map(|number| format!("some/folder/that/is/not/sent/{number}.log\n"))
            .collect();
        let note = format!("# {}\n", "x".repeat(98)).repeat(2_000);
        let dockerfile = format!("FROM busy\n{note}COPY . /x\nRUN [\"/no/such/program\"]\n");
        let folder = Folder::new(&dockerfile, &[("sent.txt", "x"), ("left.log", "x")]);
        folder.write(".dockerignore", ignored + "left.log\n");
        let (error, heard) = bench.fails(&folder, "docker build --no-cache .").await;
        let BuildkitError::Failed(failure) = error else {
            panic!("{kind}: {error:?}");
        };
        assert_eq!(failure.lines, Some((2_003, 2_003)), "{kind}: {failure:?}");
        assert_eq!(
            heard.sent().files,
            2,
            "{kind}: the file and the ignore file"
        );
    }
}
