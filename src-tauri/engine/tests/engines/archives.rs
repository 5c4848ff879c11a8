//! Images and containers as files of this computer, against every kind of real engine.
#![cfg(unix)]

use std::path::Path;

use crate::doing::{Kept, benches, scripted};
use slipway_action::Action;
use slipway_engine::perform::perform;
use slipway_engine::problem::Code;
use slipway_lab::scripted::{Reply, Scripted};
use tokio_util::sync::CancellationToken;

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<_> = entries
        .map(|it| it.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn images_go_out_and_come_back() {
    for bench in benches("saved").await {
        let kind = bench.kind();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("image.tar");
        let path = file.to_string_lossy();
        bench.ok("docker tag busy {one}:1").await;
        let id = bench.inspect("{one}:1")["Id"].clone();
        let (done, kept) = bench.act(&format!("docker save -o {path} {{one}}:1")).await;
        assert_eq!(
            done.unwrap().done,
            [format!("{}:1", bench.name("one"))],
            "{kind}"
        );
        assert!(kept.last_progress().text.starts_with("Written "), "{kind}");
        assert_eq!(
            names(folder.path()),
            ["image.tar"],
            "{kind}: nothing is left beside it"
        );
        bench.ok("docker rmi {one}:1").await;
        let (done, kept) = bench.act(&format!("docker load -i {path}")).await;
        let loaded = done.unwrap().done;
        assert!(loaded[0].contains(&bench.name("one")), "{kind}: {loaded:?}");
        assert!(kept.last_progress().text.starts_with("Sent "), "{kind}");
        assert_eq!(bench.inspect("{one}:1")["Id"], id, "{kind}");

        // A file that is there stays what it is when there is nothing to put in its place.
        let problem = bench
            .fails(&format!("docker save -o {path} {{nosuch}}"))
            .await;
        assert_eq!(problem.code, Code::NoSuchImage, "{kind}: {problem:#?}");
        assert!(std::fs::metadata(&file).unwrap().len() > 1000, "{kind}");
        bench.ok("docker rmi {one}:1").await;
        bench.ok(&format!("docker image load --input {path}")).await;
        bench.ok("docker rmi {one}:1").await;

        std::fs::write(&file, "this is no image").unwrap();
        bench.fails(&format!("docker load -i {path}")).await;
        let problem = bench.fails("docker load -i /no/such/file").await;
        assert_eq!(problem.code, Code::Invalid, "{kind}: {problem:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn containers_are_exported_and_imported() {
    for bench in benches("exported").await {
        let kind = bench.kind();
        let folder = tempfile::tempdir().unwrap();
        let path = folder
            .path()
            .join("files.tar")
            .to_string_lossy()
            .into_owned();
        bench.ok("docker create --name {c} busy").await;
        bench.ok(&format!("docker export -o {path} {{c}}")).await;
        let outcome = bench
            .ok(&format!(
                "docker import -c 'CMD [\"/busy\", \"81\"]' -m hello {path} {{flat}}:2"
            ))
            .await;
        let image = bench.inspect("{flat}:2");
        assert_eq!(outcome.id.as_deref(), image["Id"].as_str(), "{kind}");
        assert_eq!(
            image["Config"]["Cmd"],
            serde_json::json!(["/busy", "81"]),
            "{kind}"
        );
        assert_eq!(image["Comment"], "hello", "{kind}");
        bench.ok("docker rm {c}").await;
        bench.ok("docker rmi {flat}:2").await;
        let problem = bench
            .fails(&format!("docker export -o {path} {{nosuch}}"))
            .await;
        assert_eq!(problem.code, Code::NoSuchContainer, "{kind}: {problem:#?}");
        let problem = bench
            .fails(&format!("docker export -o {path}/x {{c}}"))
            .await;
        assert_eq!(problem.code, Code::Invalid, "{kind}: {problem:#?}");
    }
}

/// The folder that a task names is not the one in which this program was started.
#[tokio::test(flavor = "multi_thread")]
async fn paths_begin_in_the_folder_of_the_task() {
    for bench in benches("within").await {
        let kind = bench.kind();
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        std::fs::write(place("names"), "A=from a file\n").unwrap();
        std::fs::create_dir_all(place("data")).unwrap();
        let inside = async |line: &str| {
            let (done, _) = bench.act_in(folder.path(), line).await;
            done.unwrap_or_else(|problem| panic!("{kind}: {line}: {problem:#?}"))
        };
        inside(
            "docker create --name {c} --env-file names --label-file ./names --cidfile id \
             -v ./data/../data:/x --mount type=bind,src=.,dst=/y busy",
        )
        .await;
        let made = bench.inspect("{c}");
        let id = std::fs::read_to_string(place("id")).unwrap();
        assert_eq!(made["Id"], id.as_str(), "{kind}");
        let variables = made["Config"]["Env"].to_string();
        assert!(variables.contains("A=from a file"), "{kind}: {variables}");
        assert_eq!(made["Config"]["Labels"]["A"], "from a file", "{kind}");
        let mounts = made["Mounts"].to_string();
        let data = format!("\"{}\"", place("data").display());
        let whole = format!("\"{}\"", folder.path().display());
        assert!(
            mounts.contains(&data) && mounts.contains(&whole),
            "{kind}: {mounts}"
        );
        inside("docker export -o out.tar {c}").await;
        inside("docker import out.tar {flat}:1").await;
        inside("docker save -o data/image.tar {flat}:1").await;
        bench.ok("docker rmi {flat}:1").await;
        inside("docker load -i data/image.tar").await;
        bench.ok("docker rmi {flat}:1").await;
        bench.ok("docker rm {c}").await;
        assert_eq!(
            names(folder.path()),
            ["data", "id", "names", "out.tar"],
            "{kind}"
        );
        let (done, _) = bench.act_in(&place("data"), "docker load -i out.tar").await;
        assert_eq!(done.unwrap_err().code, Code::Invalid, "{kind}");
    }
}

#[tokio::test]
async fn a_file_that_is_cut_short_is_no_file() {
    // As an engine that fails in the middle ends its answer: in good order, too early.
    let server = Scripted::new()
        .on("GET /images/get", Reply::status(200, "not the whole of it"))
        .start()
        .unwrap();
    let engine = scripted(&server).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("image.tar");
    std::fs::write(&path, "before").unwrap();
    let line = format!("docker save -o {} busy", path.display());
    let action = Action::parse(&line).unwrap();
    let kept = Kept::default();
    let done = perform(&engine, &action, &kept, &CancellationToken::new()).await;
    assert_eq!(done.unwrap_err().code, Code::EngineLost);
    assert_eq!(names(folder.path()), ["image.tar"]);
    assert_eq!(std::fs::read(&path).unwrap(), b"before");
}

#[tokio::test]
async fn a_save_that_is_stopped_leaves_nothing() {
    let server = Scripted::new()
        .on(
            "GET /images/get",
            Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nbegun").then_listen(),
        )
        .start()
        .unwrap();
    let engine = scripted(&server).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("image.tar");
    let line = format!("docker save -o {} busy", path.display());
    let action = Action::parse(&line).unwrap();
    let (kept, cancel) = (Kept::default(), CancellationToken::new());
    let begun = async {
        while names(folder.path()).is_empty() {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
    };
    let (done, ()) = tokio::join!(perform(&engine, &action, &kept, &cancel), begun);
    assert_eq!(done.unwrap_err().what, "Stopped");
    assert_eq!(names(folder.path()), Vec::<String>::new());
}
