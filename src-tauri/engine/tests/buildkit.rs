//! Builds with the BuildKit of real engines.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]
#![cfg(unix)]

mod kit;

use kit::{Folder, benches};
use slipway_engine::build::{StepNumber, StepState};

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_becomes_an_image() {
    for bench in benches("image").await {
        let kind = bench.kind();
        let stamp = bench.name(&format!("{:?}", std::time::Instant::now()));
        let folder = Folder::new(
            "FROM ubuntu\nARG who\nLABEL a=b\nCOPY file /file\nRUN echo i am $who\n",
            &[("file", &stamp)],
        );
        let line = "docker build -t {one} -t {two}:v1 --build-arg who=me --label c=d .";
        let (built, heard) = bench.build(&folder, line).await;
        assert!(built.image.starts_with("sha256:"), "{kind}: {built:?}");
        for name in ["{one}", "{two}"] {
            let name = bench.name(name.trim_matches(['{', '}']));
            let name = if name.ends_with("two") {
                format!("{name}:v1")
            } else {
                name
            };
            let id = bench.docker(&["image", "inspect", "-f", "{{.Id}}", &name]);
            assert_eq!(id.trim(), built.image, "{kind}");
        }
        let labels = [
            "image",
            "inspect",
            "-f",
            "{{json .Config.Labels}}",
            &built.image,
        ];
        let labels = bench.docker(&labels);
        assert_eq!(labels.trim(), r#"{"a":"b","c":"d"}"#, "{kind}");

        let run = heard.step("RUN");
        assert_eq!(heard.log_of(run.id), "i am me\n", "{kind}");
        let copy = heard.step("COPY file /file");
        assert_eq!(copy.number, Some(StepNumber { at: 2, of: 3 }), "{kind}");
        assert_eq!(copy.stage.as_deref(), Some("stage-0"), "{kind}");
        assert_eq!(copy.line, Some(4), "{kind}");
        assert_eq!(copy.state, StepState::Done, "{kind}");
        let context = heard.step("load build context");
        assert!(copy.inputs.contains(&context.id), "{kind}: {copy:?}");
        assert!(copy.began.unwrap() <= copy.ended.unwrap(), "{kind}");
        let sent = heard.sent();
        assert_eq!(
            (sent.files, sent.bytes, sent.done),
            (1, stamp.len() as u64, true),
            "{kind}"
        );

        let (again, heard) = bench.build(&folder, line).await;
        assert_eq!(again.image, built.image, "{kind}");
        assert_eq!(
            heard.step("COPY file /file").state,
            StepState::Cached,
            "{kind}"
        );
        bench.docker(&["rmi", "-f", &built.image]);
    }
}
