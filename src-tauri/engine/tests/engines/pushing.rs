//! Pushes and pulls with a login, against every kind of real engine and a real registry.
#![cfg(unix)]

use crate::doing;
use crate::doing::{LIMIT, benches};
use base64::Engine as _;
use slipway_action::Action;
use slipway_engine::Engine;
use slipway_engine::endpoint::Endpoint;
use slipway_engine::perform::perform;
use slipway_engine::problem::Code;
use slipway_engine::surroundings::Surroundings;
use slipway_lab::Lab;
use tokio_util::sync::CancellationToken;

/// A password that differs between the two alphabets of base64.
const PASSWORD: &str = "se>>>cr?t~ü";

#[tokio::test(flavor = "multi_thread")]
async fn a_push_is_done_when_the_registry_has_it() {
    for bench in benches("pushed").await {
        let kind = bench.kind();
        let registry = Lab::up().unwrap().fresh_registry(None).unwrap();
        let image = format!("{}/a/b", registry.address());
        bench.ok(&format!("docker tag busy {image}:1")).await;
        let (done, kept) = bench.act(&format!("docker push {image}:1")).await;
        let text = done.unwrap().text.unwrap();
        assert!(text.starts_with("1: digest: sha256:"), "{kind}: {text}");
        let layers = kept.last_progress().layers;
        assert!(layers.iter().all(|layer| layer.done), "{kind}: {layers:?}");
        bench.ok(&format!("docker rmi {image}:1")).await;
        bench.ok(&format!("docker pull {image}:1")).await;
        bench.ok(&format!("docker rmi {image}:1")).await;
        let problem = bench.fails(&format!("docker push {image}:1")).await;
        assert_eq!(problem.code, Code::NoSuchImage, "{kind}: {problem:#?}");
        let problem = bench.fails("docker push 127.0.0.1:1/busy").await;
        assert!(
            matches!(problem.code, Code::NoSuchImage | Code::NoNetwork),
            "{kind}: {problem:#?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_login_of_the_docker_command_is_used() {
    for bench in benches("login").await {
        let kind = bench.kind();
        let registry = Lab::up().unwrap();
        let registry = registry.fresh_registry(Some(("me", PASSWORD))).unwrap();
        let image = format!("{}/a/b:1", registry.address());
        bench.ok(&format!("docker tag busy {image}")).await;
        let problem = bench.fails(&format!("docker push {image}")).await;
        assert_eq!(problem.code, Code::LoginNeeded, "{kind}: {problem:#?}");
        assert!(
            problem.what.contains("does not take"),
            "{kind}: {}",
            problem.what
        );
        let login = format!("docker login {}", registry.address());
        assert_eq!(problem.command, Some(login), "{kind}");

        let folder = tempfile::tempdir().unwrap();
        let auth = base64::engine::general_purpose::STANDARD.encode(format!("me:{PASSWORD}"));
        let config = serde_json::json!({"auths": {registry.address(): {"auth": auth}}});
        std::fs::write(folder.path().join("config.json"), config.to_string()).unwrap();
        let env = [(
            "DOCKER_CONFIG".to_owned(),
            folder.path().to_string_lossy().into_owned(),
        )];
        let surroundings = Surroundings {
            env: env.into(),
            ..Surroundings::default()
        };
        let endpoint = Endpoint::parse(&bench.lab.host()).unwrap();
        let engine = Engine::connect_in(&surroundings, "x", &endpoint)
            .await
            .unwrap();
        for line in [
            format!("docker push {image}"),
            format!("docker rmi {image}"),
            format!("docker pull {image}"),
            format!("docker rmi {image}"),
        ] {
            let action = Action::parse(&line).unwrap();
            let kept = doing::Kept::default();
            let cancel = CancellationToken::new();
            let done = perform(&engine, &action, &kept, &cancel);
            let done = tokio::time::timeout(LIMIT, done).await.unwrap();
            let outcome = done.unwrap_or_else(|problem| panic!("{kind}: {line}: {problem:#?}"));
            let told = format!("{outcome:?} {:?}", kept.progress);
            assert!(!told.contains(PASSWORD), "{kind}: {told}");
        }
    }
}
