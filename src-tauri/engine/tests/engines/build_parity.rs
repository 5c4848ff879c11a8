//! The images that builds make are those that the docker command makes of the same folder: the same
//! configuration, the same history, the same files. Where docker makes none, neither do we.
#![cfg(target_os = "linux")]

use std::path::Path;

use crate::alike::rows::{BASE, OWN_IGNORE, Outcome, ROWS, Row};
use crate::alike::{Image, add_buildx, ask_for_buildkit, by_docker, by_us, image, lay_out};
use crate::doing::{Bench, benches};
use crate::folders;
use slipway_engine::build::Way;
use slipway_lab::{Kind, images};

#[tokio::test(flavor = "multi_thread")]
async fn images_of_docker_20_are_the_same() {
    compare_all("parity20", Kind::Docker20, false, ROWS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn images_of_the_newest_docker_are_the_same() {
    compare_all("paritynew", Kind::DockerNewest, false, ROWS).await;
}

// Podman takes its time, so its rows are two tests' work.
#[tokio::test(flavor = "multi_thread")]
async fn images_of_podman_are_the_same() {
    let (half, _) = ROWS.split_at(ROWS.len() / 2);
    compare_all("paritypod1", Kind::Podman, false, half).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_images_of_podman_are_the_same() {
    let (_, half) = ROWS.split_at(ROWS.len() / 2);
    compare_all("paritypod2", Kind::Podman, false, half).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn images_of_docker_20_with_buildkit_are_the_same() {
    compare_all("paritykit", Kind::Docker20, true, ROWS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ignore_files_of_one_dockerfile_count_with_buildkit_as_for_docker() {
    compare_all("ignorenew", Kind::DockerNewest, false, OWN_IGNORE).await;
    compare_all("ignorekit", Kind::Docker20, true, OWN_IGNORE).await;
}

/// Docker's command overlooks them where it builds without BuildKit, and sends what they leave out. Here they
/// count whichever way it is built (`context/ignore_file.rs` says why), and in nothing else do both differ.
#[tokio::test(flavor = "multi_thread")]
async fn ignore_files_of_one_dockerfile_count_for_classic_builders_too() {
    for bench in benches("ignoreold").await {
        if bench.kind() == Kind::DockerNewest {
            continue;
        }
        for (number, row) in OWN_IGNORE.iter().enumerate() {
            let (_place, folder) = lay_out(row, "busy");
            let name = bench.name(&format!("us{number}"));
            let line = format!("docker build --no-cache -t {name} {} .", row.words);
            let (done, heard) = by_us(&bench, &folder, &line).await;
            let about = format!("{}: {}", bench.kind(), row.about);
            done.unwrap_or_else(|problem| panic!("{about}: {problem:#?}"));
            assert_eq!(heard.way(), Some(Way::Classic), "{about}");
            let files = image(&bench, &name).files;
            bench.docker(&format!("rmi -f {name}"));
            let ignored = row
                .files
                .iter()
                .find_map(|it| it.split_once(".dockerignore="));
            let (_, patterns) = ignored.unwrap();
            let first = patterns.lines().next().unwrap().trim_start_matches('*');
            let sent =
                |it: &String| it.starts_with("ctx/") && it.trim_end_matches('/').ends_with(first);
            let found: Vec<&String> = files.keys().filter(|it| sent(it)).collect();
            assert!(found.is_empty(), "{about}: {found:?}");
            let kept = files.keys().filter(|it| it.starts_with("ctx/")).count();
            assert!(kept > 0, "{about}");
        }
    }
}

/// With `wished`, as with `DOCKER_BUILDKIT=1`.
async fn compare_all(test: &str, kind: Kind, wished: bool, rows: &[Row]) {
    let mut benches = benches(test).await;
    let Some(bench) = benches.iter_mut().find(|it| it.kind() == kind) else {
        return;
    };
    if wished {
        ask_for_buildkit(bench).await;
    }
    add_buildx(bench);
    for name in [images::UBUNTU, images::HELLO_WORLD] {
        bench.lab.load_image(name).unwrap();
    }
    let base = bench.name("base");
    let place = tempfile::tempdir().unwrap();
    folders::plant(place.path(), &[format!("Dockerfile={BASE}")]);
    let made = by_docker(
        bench,
        place.path(),
        &format!("docker build -t {base} ."),
        false,
    );
    assert!(made.status.success(), "{made:?}");
    let way = if wished || kind == Kind::DockerNewest {
        Way::Buildkit
    } else {
        Way::Classic
    };
    let mut different = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        different.extend(compared(bench, row, number, &base, way).await);
    }
    bench.docker(&format!("rmi {base}"));
    assert!(different.is_empty(), "{kind}: {}", different.join("\n"));
}

/// Builds until nothing is done anew. Podman takes labels and arguments from a map without an order, so whether its
/// cache has them in the order of this time is chance, for the docker command too.
const TRIES: usize = 5;

/// Builds again until an image comes out that was there before; else what came out.
async fn cached(
    bench: &Bench,
    folder: &Path,
    line: &str,
    first: Option<&str>,
) -> Result<(), String> {
    let mut seen: Vec<Option<String>> = vec![first.map(str::to_owned)];
    for _ in 0..TRIES {
        match by_us(bench, folder, line).await.0 {
            Ok(done) if seen.contains(&done.id) => return Ok(()),
            Ok(done) => seen.push(done.id),
            Err(problem) => return Err(format!("{problem:#?}")),
        }
    }
    Err(format!("{seen:?}"))
}

/// How both differ, said of this row, which is built in this way unless it asks for another.
async fn compared(bench: &Bench, row: &Row, number: usize, base: &str, way: Way) -> Vec<String> {
    let (_place, folder) = lay_out(row, base);
    let ours = bench.name(&format!("us{number}"));
    let theirs = bench.name(&format!("docker{number}"));
    let line = |words: &str, tag: &str| format!("docker build {words} -t {tag} {} .", row.words);
    let (done, heard) = by_us(bench, &folder, &line("--no-cache", &ours)).await;
    let buildkit = heard.way() == Some(Way::Buildkit);
    let again = match &done {
        Ok(done) => Some(cached(bench, &folder, &line("", &ours), done.id.as_deref()).await),
        Err(_) => None,
    };
    let docker = by_docker(bench, &folder, &line("--no-cache", &theirs), buildkit);
    let said = String::from_utf8_lossy(&docker.stderr).into_owned();
    let about = format!("{} {:?}: {}", bench.kind(), heard.way(), row.about);
    let expected = match row.outcome {
        Outcome::Image => Some(true),
        Outcome::None => Some(false),
        // Only 20.10 does not know all of it.
        Outcome::AsDocker => (bench.kind() != Kind::Docker20).then_some(true),
    };
    let succeeded = docker.status.success();
    if row.outcome == Outcome::Image && heard.way() != Some(way) {
        return vec![format!("{about}: not built by {way:?}")];
    }
    if expected.is_some_and(|it| it != succeeded) {
        return vec![format!(
            "{about}: docker ended otherwise than this test takes for granted: {said}"
        )];
    }
    let found = match (done, succeeded) {
        (Ok(done), true) => {
            let mut found = differences(&image(bench, &ours), &image(bench, &theirs));
            // The next time nothing is done anew, unless docker does it anew as well.
            if let Some(Err(said)) = again {
                let hits = (0..TRIES).all(|_| {
                    let first = bench.inspect(&theirs)["Id"].clone();
                    let docker = by_docker(bench, &folder, &line("", &theirs), buildkit);
                    docker.status.success() && bench.inspect(&theirs)["Id"] == first
                });
                if hits {
                    found.push(format!("the cache was not used: {done:?}, then {said}"));
                }
            }
            bench.docker(&format!("rmi -f {ours} {theirs}"));
            found
        }
        (Err(_), false) => Vec::new(),
        (Ok(_), false) => {
            bench.docker(&format!("rmi -f {ours}"));
            vec![format!("we made an image, and docker said: {said}")]
        }
        (Err(problem), true) => {
            bench.docker(&format!("rmi -f {theirs}"));
            vec![format!("docker made an image, and we said: {problem:#?}")]
        }
    };
    found
        .into_iter()
        .map(|it| format!("{about}: {it}"))
        .collect()
}

fn differences(ours: &Image, theirs: &Image) -> Vec<String> {
    let mut found = Vec::new();
    if ours.config != theirs.config {
        found.push(format!(
            "configuration: ours {}, docker's {}",
            ours.config, theirs.config
        ));
    }
    if ours.history != theirs.history {
        found.push(format!(
            "history: ours {:#?}, docker's {:#?}",
            ours.history, theirs.history
        ));
    }
    let names = ours.files.keys().chain(theirs.files.keys());
    let mut names: Vec<&String> = names.collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let (ours, theirs) = (ours.files.get(name), theirs.files.get(name));
        if ours != theirs {
            found.push(format!("{name}: ours {ours:?}, docker's {theirs:?}"));
        }
    }
    found
}
