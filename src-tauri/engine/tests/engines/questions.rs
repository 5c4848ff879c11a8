//! Questions answer as the docker command prints them.
#![cfg(unix)]

use crate::doing;
use crate::doing::{benches, scripted};
use slipway_action::Action;
use slipway_engine::perform::perform;
use slipway_lab::Kind;
use slipway_lab::scripted::{Reply, Scripted};
use tokio_util::sync::CancellationToken;

/// Asked of a container `{c}` that runs, with a port and a volume `{v}`, in a network `{n}`.
const QUESTIONS: &[&str] = &[
    "volume ls --filter name={v}",
    "volume ls -q --filter name={v}",
    "network ls --filter name={n}",
    "network ls --no-trunc --filter name={n}",
    "network ls -q --filter name={n}",
    "history busy",
    "history --no-trunc busy",
    "history -q busy",
    "history -H=false busy",
    "diff {c}",
    "top {c}",
    "port {c}",
    "port {c} 8080",
    "port {c} 8080/tcp",
    "volume inspect {v}",
    "network inspect {n}",
    "inspect {c}",
    "inspect {n} {v}",
    "inspect --type image busy",
];

#[tokio::test(flavor = "multi_thread")]
async fn questions_are_answered_as_docker_prints_them() {
    for bench in benches("questions").await {
        let kind = bench.kind();
        bench.ok("docker volume create {v}").await;
        bench.ok("docker network create {n}").await;
        bench
            .ok("docker run -d --name {c} -p 127.0.0.1::8080 -v {v}:/data --network {n} busy")
            .await;
        for line in QUESTIONS {
            let told = bench.ok(&format!("docker {line}")).await.text.unwrap();
            let printed = bench.docker(line);
            // The processes' times go on.
            let told = told.trim_end();
            if line.starts_with("top") {
                assert_eq!(
                    told.lines().next(),
                    printed.lines().next(),
                    "{kind}: {line}"
                );
                assert!(told.contains("/busy"), "{kind}: {told}");
            } else {
                assert_eq!(told, printed, "{kind}: {line}");
            }
        }
        let not_published = bench.fails("docker port {c} 99").await;
        assert!(
            not_published.why.contains("99"),
            "{kind}: {not_published:#?}"
        );
        bench.docker("rm -f {c}");
        bench.ok("docker volume rm {v}").await;
        bench.ok("docker network rm {n}").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_engine_tells_of_itself() {
    for bench in benches("self").await {
        let kind = bench.kind();
        let version = bench.ok("docker version").await.text.unwrap();
        let number = bench
            .lab
            .docker(&["version", "--format", "{{.Server.Version}}"]);
        let number = number.unwrap().ok().unwrap();
        assert!(version.contains(&number), "{kind}: {number}: {version}");
        let info = bench.ok("docker info").await.text.unwrap();
        for words in ["Server Version:", "Storage Driver: ", "CPUs: "] {
            assert!(info.contains(words), "{kind}: {words}: {info}");
        }
        let heads = bench.ok("docker system df").await.text.unwrap();
        let rows: Vec<&str> = heads.lines().map(|line| line[..14].trim()).collect();
        let expected = [
            "TYPE",
            "Images",
            "Containers",
            "Local Volumes",
            "Build Cache",
        ];
        assert_eq!(rows, expected, "{kind}");
    }
}

/// On an engine of its own: the others' tests change these numbers.
#[tokio::test(flavor = "multi_thread")]
async fn what_takes_up_space_is_told_as_docker_tells_it() {
    let Some(shared) = benches("df")
        .await
        .into_iter()
        .find(|it| it.kind() == Kind::Docker20)
    else {
        return;
    };
    let lab = slipway_lab::Lab::up()
        .unwrap()
        .fresh(Kind::Docker20)
        .unwrap();
    drop(shared);
    let bench = doing::Bench::of(lab, "df").await;
    bench.docker("run -d --name {c} -v {v}:/x busy");
    bench.docker("create --name {d} busy");
    bench.docker("volume create {w}");
    let told = bench.ok("docker system df").await.text.unwrap();
    assert_eq!(told, bench.docker("system df"));
}

#[tokio::test]
async fn a_search_is_told_by_its_stars() {
    let found = r#"[
        {"name": "me/ubuntu", "description": "mine\n\u202e", "star_count": 1},
        {"name": "ubuntu", "description": "A Debian-based Linux operating system based on free software",
         "star_count": 17000, "is_official": true}
    ]"#;
    let server = Scripted::new()
        .on("GET /images/search", Reply::json(found))
        .start()
        .unwrap();
    let engine = scripted(&server).await;
    let action = Action::parse("docker search --limit 5 ubuntu").unwrap();
    let kept = doing::Kept::default();
    let told = perform(&engine, &action, &kept, &CancellationToken::new()).await;
    let expected = "\
NAME        DESCRIPTION                                     STARS     OFFICIAL
ubuntu      A Debian-based Linux operating system based …   17000     [OK]
me/ubuntu   mine                                            1         ";
    assert_eq!(told.unwrap().text.unwrap(), expected);
    let request = server.wait_for("GET /images/search").unwrap();
    assert!(
        request.path.ends_with("?term=ubuntu&limit=5"),
        "{}",
        request.path
    );
}
