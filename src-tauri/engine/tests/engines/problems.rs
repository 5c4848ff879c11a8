//! Failures of real engines, told to a person, and mended by what is offered.
#![cfg(unix)]

use crate::doing::benches;
use slipway_engine::problem::{Code, Problem};
use slipway_lab::Lab;

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

fn labels(problem: &Problem) -> Vec<&str> {
    problem.fixes.iter().map(|fix| fix.label.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_name() {
    for bench in benches("name").await {
        let kind = bench.kind();
        bench.ok("docker run -d --name {web} busy").await;
        for line in [
            "docker run -d --name {web} busy",
            "docker create --name {web} busy",
        ] {
            let problem = bench.fails(line).await;
            assert_eq!(problem.code, Code::NameTaken, "{kind}: {problem:#?}");
            assert!(
                problem.what.contains(&bench.name("web")),
                "{kind}: {}",
                problem.what
            );
            let dangers: Vec<bool> = problem.fixes.iter().map(|fix| fix.danger).collect();
            assert_eq!(dangers, [false, false, true], "{kind}: the gentlest first");
        }
        let problem = bench.fails("docker run -d --name {web} busy").await;
        bench.mend(&problem, "Use the name").await;
        assert_eq!(bench.state("{web-2}"), "running", "{kind}");
        bench.mend(&problem, "Rename the other").await;
        assert_eq!(bench.state("{web-old-2}"), "running", "{kind}");
        assert_eq!(bench.state("{web}"), "running", "{kind}");
        let before = bench.inspect("{web}")["Id"].clone();
        bench.mend(&problem, "Remove the other").await;
        assert_ne!(bench.inspect("{web}")["Id"], before, "{kind}");
        let problem = bench.fails("docker rename {web-2} {web}").await;
        assert_eq!(problem.code, Code::NameTaken, "{kind}: {problem:#?}");
        bench.mend(&problem, "Use the name").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port() {
    for bench in benches("port").await {
        let kind = bench.kind();
        let port = free_port();
        bench
            .ok(&format!(
                "docker run -d --name {{a}} -p 127.0.0.1:{port}:8080 busy"
            ))
            .await;
        let line = format!("docker run -d --name {{b}} -p 127.0.0.1:{port}:8080 busy");
        let problem = bench.fails(&line).await;
        assert_eq!(problem.code, Code::PortTaken, "{kind}: {problem:#?}");
        assert_eq!(problem.what, format!("Port {port} is taken"), "{kind}");
        assert!(
            problem.why.contains(&bench.name("a")),
            "{kind}: {}",
            problem.why
        );
        bench.mend(&problem, "Use port").await;
        assert_eq!(bench.state("{b}"), "running", "{kind}");
        bench.docker("rm -f {b}");
        let problem = bench.fails(&line).await;
        bench.mend(&problem, "Stop the container").await;
        assert_eq!(
            (bench.state("{a}").as_str(), bench.state("{b}").as_str()),
            ("exited", "running"),
            "{kind}"
        );

        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let ours = listener.local_addr().unwrap().port();
        let problem = bench
            .fails(&format!(
                "docker run -d -p 127.0.0.1:{ours}:8080 --name {{c}} busy"
            ))
            .await;
        assert_eq!(problem.code, Code::PortTaken, "{kind}: {problem:#?}");
        assert!(problem.why.contains("program"), "{kind}: {}", problem.why);
        assert_eq!(problem.fixes.len(), 1, "{kind}: {:?}", labels(&problem));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_in_use() {
    for bench in benches("used").await {
        let kind = bench.kind();
        let image = bench.name("image");
        bench.docker(&format!("tag busy {image}"));
        // The only name that its container knows it by.
        bench.docker(&format!("create --name {{web}} -e A=1 {image}"));
        bench.docker("commit {web} {own}");
        bench.docker("create --name {user} {own}");
        bench.docker("rm {web}");
        let problem = bench.fails("docker rmi {own}").await;
        assert_eq!(problem.code, Code::ImageInUse, "{kind}: {problem:#?}");
        assert!(
            problem.why.contains(&bench.name("user")),
            "{kind}: {}",
            problem.why
        );
        assert!(problem.fixes[0].danger, "{kind}");
        assert!(
            problem.fixes[0].note.contains("No files were changed"),
            "{kind}: {:?}",
            problem.fixes
        );
        bench.mend(&problem, "Remove the container").await;
        assert!(!bench.exists("{user}"), "{kind}");
        assert_eq!(
            bench.fails("docker image inspect {own}").await.code,
            Code::NoSuchImage,
            "{kind}"
        );
        bench.docker(&format!("rmi {image}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_container_in_the_wrong_state() {
    for bench in benches("state").await {
        let kind = bench.kind();
        bench.ok("docker run -d --name {web} busy").await;
        let problem = bench.fails("docker rm {web}").await;
        assert_eq!(problem.code, Code::ContainerRunning, "{kind}: {problem:#?}");
        assert_eq!(
            labels(&problem),
            ["Stop it, then remove it", "Remove it at once"],
            "{kind}"
        );
        bench.mend(&problem, "Stop it").await;
        assert!(!bench.exists("{web}"), "{kind}");

        bench.docker("create --name {off} busy");
        for line in ["docker kill {off}", "docker pause {off}"] {
            let problem = bench.fails(line).await;
            assert_eq!(
                problem.code,
                Code::ContainerNotRunning,
                "{kind}: {line}: {problem:#?}"
            );
        }
        for line in [
            "docker start {nosuch}",
            "docker rm {nosuch}",
            "docker stop {nosuch}",
        ] {
            let problem = bench.fails(line).await;
            assert_eq!(
                problem.code,
                Code::NoSuchContainer,
                "{kind}: {line}: {problem:#?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_is_not_there() {
    for bench in benches("nosuch").await {
        let kind = bench.kind();
        let problem = bench.fails("docker pull bussy").await;
        assert!(
            matches!(
                problem.code,
                Code::NoSuchImage | Code::LoginNeeded | Code::NoNetwork
            ),
            "{kind}: {problem:#?}"
        );
        let problem = bench
            .fails("docker create --pull never --name {x} bussy")
            .await;
        assert_eq!(problem.code, Code::NoSuchImage, "{kind}: {problem:#?}");
        bench.mend(&problem, "busy").await;
        assert!(bench.exists("{x}"), "{kind}");
        // Not by way of the lab's mirror: Docker asks the real Hub for what a mirror hasn't.
        let registry = Lab::up().unwrap().fresh_registry(None).unwrap();
        let problem = bench
            .fails(&format!("docker pull {}/busy:1", registry.address()))
            .await;
        assert_eq!(problem.code, Code::NoSuchImage, "{kind}: {problem:#?}");
        let registry = Lab::up()
            .unwrap()
            .fresh_registry(Some(("me", "secret")))
            .unwrap();
        let problem = bench
            .fails(&format!("docker pull {}/busy:1", registry.address()))
            .await;
        assert_eq!(problem.code, Code::LoginNeeded, "{kind}: {problem:#?}");
        assert_eq!(
            problem.command,
            Some(format!("docker login {}", registry.address())),
            "{kind}"
        );
        let problem = bench.fails("docker rmi no-such-image").await;
        assert_eq!(problem.code, Code::NoSuchImage, "{kind}: {problem:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_is_not_there() {
    for bench in benches("program").await {
        let kind = bench.kind();
        for line in [
            "docker run -d --name {p} busy nosuch",
            "docker run --name {p} busy nosuch",
        ] {
            let problem = bench.fails(line).await;
            assert_eq!(problem.code, Code::NoSuchProgram, "{kind}: {problem:#?}");
            assert!(
                bench.exists("{p}"),
                "{kind}: it stays, as after the docker command"
            );
            if line.contains(" -d ") {
                bench.mend(&problem, "own program").await;
                assert_eq!(bench.state("{p}"), "running", "{kind}");
            }
            bench.docker("rm -f {p}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_for_another_kind_of_computer() {
    for bench in benches("platform").await {
        let kind = bench.kind();
        let problem = bench
            .fails("docker create --name {x} --platform linux/s390x busy")
            .await;
        assert_eq!(problem.code, Code::NoSuchPlatform, "{kind}: {problem:#?}");
        bench.mend(&problem, "kind of this computer").await;
        assert!(bench.exists("{x}"), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_a_running_container_uses() {
    for bench in benches("rmi-up").await {
        let kind = bench.kind();
        let image = bench.name("image");
        bench.docker(&format!("tag busy {image}"));
        bench.docker(&format!("create --name {{a}} {image}"));
        bench.docker("commit {a} {own}");
        bench.docker("rm {a}");
        bench.docker(&format!("rmi {image}"));
        bench.ok("docker run -d --name {up} {own}").await;
        bench.ok("docker run -d --name {frozen} {own}").await;
        bench.ok("docker pause {frozen}").await;
        let problem = bench.fails("docker rmi {own}").await;
        assert_eq!(problem.code, Code::ImageInUse, "{kind}: {problem:#?}");
        let lines = |problem: &Problem| -> Vec<String> {
            let commands = problem.fixes[0].commands.iter();
            let mut lines: Vec<String> = commands.map(|it| it.line.clone()).collect();
            lines.sort();
            lines
        };
        let (up, frozen, own) = (bench.name("up"), bench.name("frozen"), bench.name("own"));
        assert_eq!(
            lines(&problem),
            [
                format!("docker rm {frozen}"),
                format!("docker rm {up}"),
                format!("docker rmi {own}"),
                format!("docker stop {frozen}"),
                format!("docker stop {up}"),
                format!("docker unpause {frozen}"),
            ],
            "{kind}"
        );
        bench.mend(&problem, "Remove the containers").await;
        assert!(!bench.exists("{up}") && !bench.exists("{frozen}"), "{kind}");
        let gone = bench.fails("docker image inspect {own}").await;
        assert_eq!(gone.code, Code::NoSuchImage, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_container() {
    for bench in benches("paused").await {
        let kind = bench.kind();
        bench.ok("docker run -d --name {web} busy").await;
        let problem = bench.fails("docker unpause {web}").await;
        assert!(
            problem.what.contains("is not paused"),
            "{kind}: {problem:#?}"
        );
        bench.ok("docker pause {web}").await;
        let problem = bench.fails("docker pause {web}").await;
        assert!(
            problem.what.contains("paused already"),
            "{kind}: {problem:#?}"
        );
        let problem = bench.fails("docker start {web}").await;
        assert_eq!(problem.code, Code::ContainerPaused, "{kind}: {problem:#?}");
        bench.mend(&problem, "Let it go on").await;
        assert_eq!(bench.state("{web}"), "running", "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_container_that_can_not_be_made_as_it_was_asked_for() {
    let rows = [
        (
            "docker run --name {x} -v /etc/hostname:/etc busy",
            "don’t fit each other",
        ),
        (
            "docker run --name {x} -u nosuchuser busy",
            "There is no user “nosuchuser”",
        ),
        ("docker run --name {x} busy /etc", "can’t be started"),
    ];
    for bench in benches("refused").await {
        let kind = bench.kind();
        for (line, expected) in rows {
            let problem = bench.fails(line).await;
            assert!(
                problem.what.contains(expected),
                "{kind}: {line}: {problem:#?}"
            );
            bench.ok("docker rm -f {x}").await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_rule_knows_shows_the_engines_words() {
    for bench in benches("words").await {
        let kind = bench.kind();
        let problem = bench
            .fails("docker run --name {x} -w /dev/null/x busy")
            .await;
        assert_eq!(problem.code, Code::Other, "{kind}: {problem:#?}");
        assert!(problem.detail.contains("/dev/null"), "{kind}: {problem:#?}");
        bench.ok("docker rm -f {x}").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_volume_that_is_used() {
    for bench in benches("vol").await {
        let kind = bench.kind();
        bench.ok("docker volume create {v}").await;
        bench.ok("docker run -d --name {up} -v {v}:/x busy").await;
        bench.ok("docker create --name {off} -v {v}:/x busy").await;
        let problem = bench.fails("docker volume rm {v}").await;
        assert_eq!(problem.code, Code::VolumeInUse, "{kind}: {problem:#?}");
        for name in ["up", "off"] {
            let name = bench.name(name);
            assert!(problem.why.contains(&name), "{kind}: {}", problem.why);
        }
        assert!(problem.fixes[0].danger, "{kind}: the files in it are lost");
        bench.mend(&problem, "then the volume").await;
        assert!(!bench.exists("{up}") && !bench.exists("{off}"), "{kind}");
        let problem = bench.fails("docker volume rm {v}").await;
        assert_eq!(problem.code, Code::NoSuchVolume, "{kind}: {problem:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_is_used_or_missing() {
    for bench in benches("net").await {
        let kind = bench.kind();
        let problem = bench
            .fails("docker run -d --name {c} --network {n} busy")
            .await;
        assert_eq!(problem.code, Code::NoSuchNetwork, "{kind}: {problem:#?}");
        assert!(
            problem.what.contains(&bench.name("n")),
            "{kind}: {}",
            problem.what
        );
        bench.mend(&problem, "Create the network").await;
        assert_eq!(bench.state("{c}"), "running", "{kind}");
        let problem = bench.fails("docker network create {n}").await;
        assert_eq!(problem.code, Code::NameTaken, "{kind}: {problem:#?}");
        assert!(problem.why.contains("network"), "{kind}: {}", problem.why);
        let problem = bench.fails("docker network rm {n}").await;
        assert_eq!(problem.code, Code::NetworkInUse, "{kind}: {problem:#?}");
        assert!(
            problem.why.contains(&bench.name("c")),
            "{kind}: {}",
            problem.why
        );
        bench.mend(&problem, "Disconnect").await;
        assert_eq!(bench.state("{c}"), "running", "{kind}: it goes on");
        let problem = bench.fails("docker network connect {n} {c}").await;
        assert_eq!(problem.code, Code::NoSuchNetwork, "{kind}: {problem:#?}");
        let problem = bench.fails("docker network connect bridge {nosuch}").await;
        assert_eq!(problem.code, Code::NoSuchContainer, "{kind}: {problem:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_missing() {
    for bench in benches("folder").await {
        let kind = bench.kind();
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing");
        let line = format!(
            "docker run -d --name {{c}} --mount type=bind,source={},target=/x busy",
            missing.display()
        );
        let (done, _) = bench.act(&line).await;
        let Err(problem) = done else {
            // It makes the folder by itself.
            assert_eq!(kind, slipway_lab::Kind::Podman, "{line}");
            continue;
        };
        assert_eq!(problem.code, Code::MountRefused, "{kind}: {problem:#?}");
        assert!(problem.what.contains("missing"), "{kind}: {}", problem.what);
        bench.mend(&problem, "make the folder").await;
        assert_eq!(bench.state("{c}"), "running", "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_to_a_container_that_does_not_run() {
    for bench in benches("asleep").await {
        let kind = bench.kind();
        bench.ok("docker create --name {c} busy").await;
        let problem = bench.fails("docker top {c}").await;
        assert_eq!(
            problem.code,
            Code::ContainerNotRunning,
            "{kind}: {problem:#?}"
        );
        bench.mend(&problem, "Start it, then try again").await;
        assert_eq!(bench.state("{c}"), "running", "{kind}");
    }
}
