//! Builds with the BuildKit of real engines.
#![cfg(unix)]

use crate::kit::{Bench, Folder, benches};
use base64::Engine as _;
use slipway_engine::build::buildkit::{self, BuildkitError};
use slipway_engine::build::{StepNumber, StepState};
use slipway_engine::surroundings::Surroundings;
use slipway_lab::{Kind, Lab};

/// A password that differs between the two alphabets of base64.
const PASSWORD: &str = "se>>>cr?t~ü";

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

#[tokio::test(flavor = "multi_thread")]
async fn stages_are_told_apart_and_chosen() {
    for bench in benches("stages").await {
        let kind = bench.kind();
        let folder = Folder::new(
            "FROM ubuntu AS builder\nWORKDIR /w\nRUN echo $RANDOM > made\n\
             FROM busy AS other\nCOPY --from=builder /w/made /made\n\
             FROM scratch\nCOPY --from=other /made /\n",
            &[],
        );
        let (_, heard) = bench
            .build(&folder, "docker build --no-cache -t {all} .")
            .await;
        let step = |name: &str| {
            let step = heard.step(name);
            let number = step.number.map(|number| (number.at, number.of));
            (step.stage.unwrap_or_default(), number, step.line)
        };
        assert_eq!(
            step("RUN"),
            ("builder".to_owned(), Some((3, 3)), Some(3)),
            "{kind}"
        );
        let copy = ("other".to_owned(), Some((2, 2)), Some(5));
        assert_eq!(step("COPY --from=builder"), copy, "{kind}");
        let last = ("stage-2".to_owned(), Some((1, 1)), Some(7));
        assert_eq!(step("COPY --from=other"), last, "{kind}");

        let line = "docker build --target builder -t {part} .";
        let (_, heard) = bench.build(&folder, line).await;
        assert!(heard.find("COPY").is_none(), "{kind}: {:?}", heard.states());
        bench.docker(&["rmi", "-f", &bench.name("all"), &bench.name("part")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_and_options_reach_the_steps() {
    for bench in benches("options").await {
        let kind = bench.kind();
        let folder = Folder::new(
            "FROM ubuntu\nARG given\nARG kept=default\n\
             RUN --mount=type=secret,id=one --mount=type=secret,id=two \
             echo \"1:$(cat /run/secrets/one) 2:$(cat /run/secrets/two) $given $kept\"; \
             grep named /etc/hosts; df -k /dev/shm | tail -1; ulimit -n; id -u\n",
            &[("key", "from a file")],
        );
        folder.write("second", "another");
        let line = "docker build --no-cache --secret id=one,src=key --secret id=two,src=second \
                    --build-arg given=x --add-host named:10.9.8.7 --shm-size 33m \
                    --ulimit nofile=345 --network none .";
        let (built, heard) = bench.build(&folder, line).await;
        let log = heard.log();
        assert!(
            log.contains("1:from a file 2:another x default\n"),
            "{kind}: {log}"
        );
        assert!(log.contains("10.9.8.7"), "{kind}: {log}");
        // The first engine with these two came after 20.10.
        if kind == Kind::DockerNewest {
            assert!(log.contains("33792"), "{kind}: 33 MB: {log}");
            assert!(log.contains("\n345\n"), "{kind}: {log}");
        }
        bench.docker(&["rmi", "-f", &built.image]);

        let (error, _) = bench
            .fails(&folder, "docker build --secret id=one,src=none .")
            .await;
        assert!(
            matches!(error, BuildkitError::Option(_)),
            "{kind}: {error:?}"
        );
        let required = Folder::new(
            "FROM ubuntu\nRUN --mount=type=secret,id=one,required=true true\n",
            &[],
        );
        let (error, _) = bench.fails(&required, "docker build .").await;
        assert!(
            error.to_string().contains("secret one"),
            "{kind}: {error:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_folders_and_images_have_names() {
    for bench in benches("named").await {
        // The frontend of older engines knows no such names.
        if bench.kind() != Kind::DockerNewest {
            continue;
        }
        let dockerfile = "FROM base\nCOPY --from=more /deep/file /copied\nRUN cat /copied\n";
        let folder = Folder::new(dockerfile, &[("beside/deep/file", "from beside")]);
        let line = "docker build --no-cache --build-context more=beside \
                    --build-context base=docker-image://ubuntu .";
        let (built, heard) = bench.build(&folder, line).await;
        assert!(heard.log().contains("from beside"), "{}", heard.log());
        bench.docker(&["rmi", "-f", &built.image]);
        let line = "docker build --build-context more=none --build-context base=x .";
        let (error, _) = bench.fails(&folder, line).await;
        assert!(matches!(error, BuildkitError::Option(_)), "{error:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_is_lent_for_looking_and_signing_only() {
    for bench in benches("agent").await {
        let kind = bench.kind();
        let dockerfile = "FROM ubuntu\nRUN --mount=type=ssh python3 --version; \
                          test -S $SSH_AUTH_SOCK && echo lent\n";
        let folder = Folder::new(dockerfile, &[]);
        let socket = folder.at("agent");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let line = "docker build --no-cache --ssh default=agent .";
        let (built, heard) = bench.build(&folder, line).await;
        assert!(heard.log().contains("lent"), "{kind}: {}", heard.log());
        bench.docker(&["rmi", "-f", &built.image]);
        let (error, _) = bench
            .fails(&folder, "docker build --ssh default=none .")
            .await;
        assert!(
            matches!(error, BuildkitError::Option(_)),
            "{kind}: {error:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_is_pulled_part_by_part() {
    for kind in [Kind::Docker20, Kind::DockerNewest] {
        let Some(bench) = Bench::fresh(kind, "pulled").await else {
            continue;
        };
        let folder = Folder::new("FROM ubuntu\nRUN true\n", &[]);
        let (_, heard) = bench.build(&folder, "docker build .").await;
        let from = heard.step("FROM");
        let layers = from
            .parts
            .iter()
            .filter(|part| part.what.starts_with("sha256:"));
        let layer = layers.max_by_key(|part| part.total);
        let layer = layer.unwrap_or_else(|| panic!("{kind}: {from:#?}"));
        assert!(layer.total > 1_000_000 && layer.done, "{kind}: {from:#?}");
        assert!(from.parts.iter().all(|part| part.done), "{kind}: {from:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn checks_find_what_docker_finds() {
    let text = "FROM busy as one\nRUN x\nCMD echo hi\n";
    for bench in benches("checks").await {
        let found = buildkit::check(&bench.engine, text).await.unwrap();
        if bench.kind() == Kind::Docker20 {
            assert_eq!(found, [], "it has no such checks");
            continue;
        }
        let rules: Vec<_> = found.iter().map(|it| (it.rule.as_str(), it.line)).collect();
        for expected in [("FromAsCasing", Some(1)), ("JSONArgsRecommended", Some(3))] {
            assert!(rules.contains(&expected), "{found:#?}");
        }
        assert!(
            found
                .iter()
                .all(|it| it.url.is_some() && !it.about.is_empty()),
            "{found:#?}"
        );
        let clean = "FROM busy\nCMD [\"/busy\"]\n";
        assert_eq!(buildkit::check(&bench.engine, clean).await.unwrap(), []);
        let wrong = "FROM busy\nRUM x\n";
        let found = buildkit::check(&bench.engine, wrong).await.unwrap();
        assert_eq!(found.first().and_then(|it| it.line), Some(2), "{found:#?}");

        let folder = Folder::new("FROM busy\nCMD echo hi\n", &[]);
        let (built, heard) = bench.build(&folder, "docker build .").await;
        let found = heard.findings();
        let rules: Vec<_> = found.iter().map(|it| (it.rule.as_str(), it.line)).collect();
        assert_eq!(rules, [("JSONArgsRecommended", Some(2))], "{found:#?}");
        bench.docker(&["rmi", "-f", &built.image]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_base_behind_a_login_is_pulled() {
    for bench in benches("behind-login").await {
        let kind = bench.kind();
        let login = Some(("me", PASSWORD));
        let registry = Lab::up().unwrap().fresh_registry(login).unwrap();
        let image = format!("{}/a/base:1", registry.address());
        let settings = tempfile::tempdir().unwrap();
        let auth = base64::engine::general_purpose::STANDARD.encode(format!("me:{PASSWORD}"));
        let config = serde_json::json!({"auths": {registry.address(): {"auth": auth}}});
        std::fs::write(settings.path().join("config.json"), config.to_string()).unwrap();
        let place = settings.path().to_string_lossy().into_owned();
        bench.docker(&["tag", "busy", &image]);
        bench.docker(&["--config", &place, "push", &image]);
        bench.docker(&["rmi", &image]);

        let folder = Folder::new(&format!("FROM {image}\nLABEL a=b\n"), &[]);
        let (error, _) = bench.fails(&folder, "docker build --pull .").await;
        assert!(
            matches!(error, BuildkitError::Failed(_)),
            "{kind}: {error:?}"
        );
        let surroundings = Surroundings {
            env: [("DOCKER_CONFIG".to_owned(), place)].into(),
            ..Surroundings::default()
        };
        let bench = Bench::of(bench.lab, "logged-in", surroundings).await;
        let (built, _) = bench.build(&folder, "docker build --pull .").await;
        bench.docker(&["rmi", "-f", &built.image]);
    }
}
