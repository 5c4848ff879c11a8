//! Every verb against every kind of real engine.
#![allow(clippy::result_large_err, reason = "tests")]
#![cfg(unix)]

use std::time::Duration;

use crate::doing::{Bench, Kept, LIMIT, benches, read};
use slipway_engine::image::image_facts;
use slipway_engine::model::PortCheck;
use slipway_engine::perform::perform;
use slipway_engine::ports::check_port;
use slipway_engine::probe::{Probe, probe};
use slipway_engine::problem::Code;
use slipway_engine::stream::output::{OutputPiece, output};
use slipway_lab::{images, wait_until};
use tokio_util::sync::CancellationToken;

/// A port that nothing listens on just now.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

#[tokio::test(flavor = "multi_thread")]
async fn containers_live_through_every_verb() {
    for bench in benches("life").await {
        let kind = bench.kind();
        let id = bench
            .ok("docker create --name {web} busy")
            .await
            .id
            .unwrap();
        assert_eq!(bench.inspect("{web}")["Id"], id.as_str(), "{kind}");
        let states = [
            ("docker start {web}", "running"),
            ("docker start {web}", "running"),
            ("docker pause {web}", "paused"),
            ("docker unpause {web}", "running"),
            ("docker restart -t 5 {web}", "running"),
            ("docker stop -t 5 {web}", "exited"),
            ("docker stop {web}", "exited"),
            ("docker start {web}", "running"),
            ("docker kill {web}", "exited"),
        ];
        for (line, state) in states {
            let outcome = bench.ok(line).await;
            assert_eq!(outcome.done, [bench.name("web")], "{kind}: {line}");
            let what = format!("{kind}: {line} to leave it {state}");
            wait_until(LIMIT, &what, || {
                (bench.state("{web}") == state).then_some(())
            })
            .unwrap();
        }
        bench.ok("docker rename {web} {other}").await;
        let text = bench
            .ok("docker container inspect {other}")
            .await
            .text
            .unwrap();
        let found: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        assert_eq!(found[0]["Id"], id.as_str(), "{kind}");
        let outcome = bench.ok("docker rm {other}").await;
        assert_eq!(outcome.removed, [bench.name("other")], "{kind}");
        assert!(!bench.exists("{other}"), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn inspects_print_what_docker_prints() {
    for bench in benches("inspect").await {
        bench.docker("create --name {a} busy");
        bench.docker("create --name {b} busy");
        for line in ["container inspect {a} {b}", "image inspect busy"] {
            let text = bench.ok(&format!("docker {line}")).await.text.unwrap();
            assert_eq!(text, bench.docker(line), "{}: {line}", bench.kind());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_go_on_after_one_fails() {
    for bench in benches("several").await {
        let kind = bench.kind();
        for name in ["a", "b"] {
            bench.docker(&format!("create --name {{{name}}} busy"));
        }
        let (done, kept) = bench.act("docker rm {a} {nosuch} {b}").await;
        let problem = done.unwrap_err();
        assert_eq!(problem.code, Code::NoSuchContainer, "{kind}: {problem:#?}");
        assert_eq!(problem.what, "This failed for 1 of 3", "{kind}");
        assert_eq!(
            kept.last_outcome().done,
            [bench.name("a"), bench.name("b")],
            "{kind}"
        );
        assert!(!bench.exists("{a}") && !bench.exists("{b}"), "{kind}");
        bench.ok("docker rm -f {a}").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_container_is_told_with_its_name_whoever_gave_it() {
    for bench in benches("named").await {
        let kind = bench.kind();
        let named = |id: &Option<String>| {
            let id = id.as_deref().expect("an id");
            let name = bench.inspect(id)["Name"].as_str().map(str::to_owned);
            bench.docker(&format!("rm -f {id}"));
            name.map(|name| name.trim_start_matches('/').to_owned())
        };
        for line in [
            "docker create busy",
            "docker run -d busy",
            "docker create --name {web} busy",
        ] {
            let outcome = bench.ok(line).await;
            assert!(outcome.name.is_some(), "{kind}: {line}");
            assert_eq!(outcome.name, named(&outcome.id), "{kind}: {line}");
        }
        // It is left behind, and may be removed by its name.
        let (failed, kept) = bench.act("docker run -d busy /nowhere").await;
        assert!(failed.is_err(), "{kind}");
        let outcome = kept.last_outcome();
        assert!(outcome.name.is_some(), "{kind}");
        assert_eq!(outcome.name, named(&outcome.id), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_in_the_foreground_shows_all_and_says_how_it_ended() {
    for bench in benches("front").await {
        let kind = bench.kind();
        bench.lab.load_image(images::HELLO_WORLD).unwrap();
        let (done, kept) = bench.act("docker run --name {hello} hello-world").await;
        let outcome = done.unwrap();
        assert_eq!(outcome.exit_code, Some(0), "{kind}");
        assert_eq!(
            kept.text().trim_end(),
            bench.docker("logs {hello}"),
            "{kind}"
        );
        assert_eq!(
            kept.last_outcome().id,
            outcome.id,
            "{kind}: the id is known before the end"
        );

        let (done, kept) = bench
            .act("docker run --rm --name {gone} -t hello-world")
            .await;
        assert_eq!(done.unwrap().exit_code, Some(0), "{kind}");
        assert!(kept.text().contains("Hello"), "{kind}: {}", kept.text());
        let gone = || (!bench.exists("{gone}")).then_some(());
        wait_until(LIMIT, &format!("{kind}: --rm"), gone).unwrap();

        bench.lab.load_image(images::UBUNTU).unwrap();
        let (done, kept) = bench
            .act("docker run --name {bad} ubuntu sh -c 'echo out; echo err >&2; exit 7'")
            .await;
        assert_eq!(done.unwrap().exit_code, Some(7), "{kind}");
        assert!(
            kept.text().contains("out\n") && kept.text().contains("err\n"),
            "{kind}: {}",
            kept.text()
        );

        let (done, kept) = bench.act("docker start -a {hello}").await;
        assert_eq!(done.unwrap().exit_code, Some(0), "{kind}");
        assert!(kept.text().contains("Hello"), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_image_is_pulled_with_progress() {
    for bench in benches("pulled").await {
        let kind = bench.kind();
        // One from which no test builds: what others are made from stays, whatever its name.
        let reference = "flask_app_df";
        bench.ok(&format!("docker rmi -f {reference}")).await;
        let (done, kept) = bench
            .act(&format!("docker create --name {{py}} {reference}"))
            .await;
        done.unwrap();
        let layers = kept
            .progress
            .lock()
            .unwrap()
            .iter()
            .map(|it| it.layers.len())
            .max();
        assert!(layers > Some(0), "{kind}: layers were told: {layers:?}");
        bench.ok("docker rm {py}").await;
        bench.ok(&format!("docker rmi {reference}")).await;

        let problem = bench
            .fails(&format!("docker create --pull never {reference}"))
            .await;
        assert_eq!(problem.code, Code::NoSuchImage, "{kind}: {problem:#?}");
        let (done, kept) = bench.act(&format!("docker pull {reference}")).await;
        let id = bench.inspect(reference)["Id"].as_str().unwrap().to_owned();
        assert_eq!(done.unwrap().id, Some(id), "{kind}");
        assert!(
            kept.last_progress().layers.iter().all(|layer| layer.done),
            "{kind}"
        );
        let again = bench.ok(&format!("docker pull {reference}")).await;
        assert!(again.id.is_some(), "{kind}: up to date is success too");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn prunes_remove_what_docker_would() {
    for bench in benches("prune").await {
        let kind = bench.kind();
        bench.docker("create --name {old} --label {mine} busy");
        bench.docker("create --name {kept} busy");
        let outcome = bench
            .ok("docker container prune -f --filter label={mine}")
            .await;
        assert_eq!(outcome.removed.len(), 1, "{kind}: {outcome:#?}");
        assert!(!bench.exists("{old}") && bench.exists("{kept}"), "{kind}");
        let outcome = bench
            .ok("docker image prune -f --filter label={nobody}")
            .await;
        assert_eq!(
            (outcome.removed.len(), outcome.reclaimed),
            (0, Some(0)),
            "{kind}"
        );

        // The second image takes the name of the first, which then has none.
        let label = bench.name("mine");
        let commit = |value: &str| {
            let change = format!("LABEL {label}={value}");
            let (container, image) = (bench.name("kept"), bench.name("t"));
            let words = [
                "commit",
                "-c",
                change.as_str(),
                container.as_str(),
                image.as_str(),
            ];
            bench.lab.docker(&words).unwrap().ok().unwrap()
        };
        let (first, second) = (commit("1"), commit("2"));
        let bare = first.trim_start_matches("sha256:");
        let left = || {
            let listed = bench.docker("images -aq --no-trunc --filter label={mine}");
            [&first, &second].map(|id| listed.contains(id.as_str()))
        };
        assert_eq!(left(), [true, true], "{kind}");
        let outcome = bench
            .ok("docker image prune -f --filter label={mine}")
            .await;
        let named = outcome.removed.iter().any(|it| it.contains(bare));
        assert!(named, "{kind}: {first}: {outcome:#?}");
        assert_eq!(left(), [false, true], "{kind}");
        let outcome = bench
            .ok("docker image prune -a -f --filter label={mine}")
            .await;
        assert!(!outcome.removed.is_empty(), "{kind}: {outcome:#?}");
        assert_eq!(left(), [false, false], "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn output_is_followed_until_the_end() {
    for bench in benches("output").await {
        let kind = bench.kind();
        bench.docker("run -d --name {busy} busy");
        let name = bench.name("busy");
        let open = || output(&bench.engine, &name, 100, CancellationToken::new());
        let mut stream = open().await.unwrap();
        let (text, _) = read(&mut stream, |text| text.contains('\n')).await;
        assert_eq!(text, "busy on port 8080\n", "{kind}");
        bench.docker("stop -t 5 {busy}");
        let (_, end) = read(&mut stream, |_| false).await;
        assert_eq!(end, Some(OutputPiece::Ended), "{kind}");
        let (text, end) = read(&mut open().await.unwrap(), |_| false).await;
        assert_eq!(
            (text.as_str(), end),
            ("busy on port 8080\n", Some(OutputPiece::Ended)),
            "{kind}"
        );
        let nosuch = output(&bench.engine, "nosuch", 1, CancellationToken::new()).await;
        assert_eq!(
            nosuch.err().map(|it| it.code),
            Some(Code::NoSuchContainer),
            "{kind}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_without_a_line_end_is_shown_at_once() {
    for bench in benches("prompt").await {
        let kind = bench.kind();
        bench.lab.load_image(images::UBUNTU).unwrap();
        let action = bench.action("docker run -it --name {sh} ubuntu");
        let (kept, cancel) = (Kept::default(), CancellationToken::new());
        let seen = async {
            while !kept.text().contains("# ") {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            cancel.cancel();
        };
        let run = async { tokio::join!(perform(&bench.engine, &action, &kept, &cancel), seen).0 };
        let done = tokio::time::timeout(LIMIT, run).await;
        let done = done.unwrap_or_else(|_| panic!("{kind}: no prompt: {:?}", kept.text()));
        assert_eq!(done.unwrap_err().what, "Stopped", "{kind}");
        assert!(kept.text().contains("root@"), "{kind}: {:?}", kept.text());
        assert_eq!(
            bench.state("{sh}"),
            "running",
            "{kind}: it goes on when nobody looks any more"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn images_say_what_they_want() {
    for bench in benches("facts").await {
        let kind = bench.kind();
        bench.lab.load_image(images::UBUNTU).unwrap();
        let busy = image_facts(&bench.engine, "busy").await.unwrap();
        assert_eq!(
            (busy.exposed, busy.wants_terminal),
            (vec!["8080/tcp".to_owned()], false),
            "{kind}"
        );
        assert!(
            busy.present && busy.size > 0 && busy.created > Some(0),
            "{kind}"
        );
        let ubuntu = image_facts(&bench.engine, "ubuntu").await.unwrap();
        assert!(ubuntu.wants_terminal, "{kind}: {:?}", ubuntu.command);
        assert!(
            !image_facts(&bench.engine, "no-such-image")
                .await
                .unwrap()
                .present,
            "{kind}"
        );
    }
}

async fn published(bench: &Bench, name: &str) -> u16 {
    let port = free_port();
    bench
        .ok(&format!(
            "docker run -d --name {{{name}}} -p 127.0.0.1:{port}:8080 busy"
        ))
        .await;
    port
}

#[tokio::test(flavor = "multi_thread")]
async fn ports_are_checked_and_probed() {
    use slipway_action::Protocol::{Tcp, Udp};
    for bench in benches("ports").await {
        let kind = bench.kind();
        let port = published(&bench, "web").await;
        let check = check_port(&bench.engine, None, port, Tcp).await;
        let PortCheck::Taken {
            by: Some(by),
            next_free: Some(next),
        } = check
        else {
            panic!("{kind}: {check:?}");
        };
        assert_eq!(by, format!("container {}", bench.name("web")), "{kind}");
        assert!(next > port, "{kind}");
        assert_eq!(
            check_port(&bench.engine, None, port, Udp).await,
            PortCheck::Free,
            "{kind}"
        );

        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let ours = listener.local_addr().unwrap().port();
        let check = check_port(&bench.engine, "127.0.0.1".parse().ok(), ours, Tcp).await;
        let PortCheck::Taken { by: Some(by), .. } = check else {
            panic!("{kind}: {check:?}")
        };
        assert!(by.starts_with("process "), "{kind}: {by}");

        let what = format!("{kind}: the page to answer");
        let answered = async {
            loop {
                match probe("127.0.0.1", port, Duration::from_secs(5)).await {
                    answer @ Probe::Http { .. } => return answer,
                    _ => tokio::task::yield_now().await,
                }
            }
        };
        let answer = tokio::time::timeout(LIMIT, answered).await.expect(&what);
        let Probe::Http {
            status,
            content_type,
            ..
        } = answer
        else {
            panic!("{what}")
        };
        assert_eq!(
            (status, content_type.as_deref()),
            (200, Some("text/plain")),
            "{kind}"
        );
    }
}
