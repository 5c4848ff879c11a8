//! Secrets that are lent to Podman's builder, which has no BuildKit to ask for them.
#![allow(clippy::result_large_err, reason = "tests")]
#![cfg(target_os = "linux")]

use crate::building::{build, folder, with_env};
use crate::doing::benches;
use slipway_engine::build::Way;
use slipway_engine::problem::Code;
use slipway_lab::{Kind, images};

const TEXT: &str = "FROM ubuntu
RUN --mount=type=secret,id=one --mount=type=secret,id=two \
  test \"$(cat /run/secrets/one)\" = in-a-file && test \"$(cat /run/secrets/two)\" = in-a-variable
COPY . /all
RUN ls -A /all; ! grep -r -e in-a-file -e in-a-variable /all --exclude=key && ! ls -A /all | grep lent
";

#[tokio::test(flavor = "multi_thread")]
async fn secrets_reach_the_steps_and_stay_out_of_the_image() {
    for bench in benches("lent").await {
        if bench.kind() != Kind::Podman {
            continue;
        }
        bench.lab.load_image(images::UBUNTU).unwrap();
        let engine = with_env(&bench, &[("LENT", "in-a-variable")]).await;
        let here = folder(&[
            ("Dockerfile", TEXT),
            ("key", "in-a-file"),
            // The builder gets them all the same.
            (".dockerignore", "*\n!other\n"),
            ("other", ""),
        ]);
        let name = bench.name("img");
        for compress in ["", "--compress"] {
            let line = format!(
                "docker build --no-cache {compress} --secret id=one,src=key --secret id=two,env=LENT -t {name} ."
            );
            let (done, told) = build(&engine, here.path(), &line).await;
            done.unwrap_or_else(|problem| panic!("{problem:#?}: {:#?}", told.steps));
            assert_eq!(told.ways[0].0, Way::Classic);
            assert!(told.log("RUN ls").contains("other"));
            bench.docker(&format!("rmi -f {name}"));
        }
        let rows = [
            ("--secret id=one,src=none", "none"),
            ("--secret id=one,env=NO_SUCH", "NO_SUCH"),
        ];
        for (flag, word) in rows {
            let (done, _) = build(&engine, here.path(), &format!("docker build {flag} .")).await;
            let problem = done.expect_err("there is no such secret");
            assert_eq!(problem.code, Code::Invalid, "{flag}: {problem:#?}");
            assert!(problem.why.contains(word), "{flag}: {problem:#?}");
        }
        // One that nobody lends is told by the step that needs it.
        let text =
            "FROM ubuntu\nRUN --mount=type=secret,id=one,required=true cat /run/secrets/one\n";
        std::fs::write(here.path().join("Dockerfile"), text).unwrap();
        let (done, _) = build(&engine, here.path(), "docker build .").await;
        let problem = done.expect_err("there is no such secret");
        assert!(
            problem.what.starts_with("Line 2 failed: RUN"),
            "{problem:#?}"
        );
    }
}
