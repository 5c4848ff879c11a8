//! Builds that break: the engine dies, the connection is cut, a file changes under them.
#![allow(clippy::result_large_err, reason = "tests")]
#![cfg(target_os = "linux")]

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::building::{build, engines, folder, stopped};
use crate::doing::{Bench, benches, scripted};
use slipway_engine::Engine;
use slipway_engine::build::{Step, StepState};
use slipway_engine::endpoint::Endpoint;
use slipway_engine::problem::Code;
use slipway_engine::surroundings::Surroundings;
use slipway_lab::scripted::{Reply, Scripted};
use slipway_lab::{Lab, images, left_out};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};

fn is_running(step: &Step, name: &str) -> bool {
    step.name.starts_with(name) && step.state == StepState::Running
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_dies_in_a_build_is_never_success() {
    let lab = match Lab::up() {
        Ok(lab) => lab,
        Err(error) => return left_out("dying engines", &error.to_string()).unwrap(),
    };
    for kind in lab.kinds() {
        let bench = Bench::of(lab.fresh(kind).unwrap(), "dies").await;
        bench.lab.load_image(images::UBUNTU).unwrap();
        let here = folder(&[("Dockerfile", "FROM ubuntu\nRUN sleep 600\nRUN true\n")]);
        for (name, engine) in engines(&bench).await {
            let killed = AtomicUsize::new(0);
            let (done, told) = stopped(&engine, here.path(), "docker build --no-cache .", |kept| {
                let begun = kept
                    .steps
                    .values()
                    .any(|step| is_running(step, "RUN sleep"));
                if begun && killed.swap(1, Ordering::Relaxed) == 0 {
                    bench.lab.kill9().unwrap();
                }
                // The build ends by itself.
                false
            })
            .await;
            let problem = done.expect_err("the engine is gone");
            assert_eq!(problem.code, Code::EngineLost, "{name}: {problem:#?}");
            assert!(!told.is_open(), "{name}: {:#?}", told.steps);
            bench.lab.start().unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_just_ends_is_never_success() {
    let id = "ab".repeat(32);
    let rows = [
        "{\"stream\":\"Step 1/1 : FROM busy\"}\r\n{\"stream\":\"\\n\"}\r\n".to_owned(),
        // A step prints what the builder says at its end.
        "{\"stream\":\"Step 1/1 : FROM busy\"}\r\n{\"stream\":\"Successfully built abababababab\\n\"}\r\n".to_owned(),
        // The builder names an image that the engine does not have.
        format!("{{\"aux\":{{\"ID\":\"sha256:{id}\"}}}}{{\"stream\":\"Successfully built abababababab\\n\"}}"),
        "{\"stream\":\"Step 1/1".to_owned(),
        String::new(),
    ];
    for body in rows {
        let server = Scripted::new()
            .on("POST /build", Reply::json(&body))
            .start()
            .unwrap();
        let engine = scripted(&server).await;
        let here = folder(&[("Dockerfile", "FROM busy\n")]);
        let (done, told) = build(&engine, here.path(), "docker build -t x .").await;
        let problem = done.expect_err("nothing proves it");
        assert_eq!(problem.code, Code::EngineLost, "{body}: {problem:#?}");
        assert!(!told.is_open(), "{body}: {:#?}", told.steps);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changes_while_it_is_sent_is_why_the_build_fails() {
    for bench in benches("changing").await {
        let here = folder(&[("Dockerfile", "FROM ubuntu\nCOPY big /\n")]);
        let big = here.path().join("big");
        for (kind, engine) in engines(&bench).await {
            let file = std::fs::File::create(&big).unwrap();
            file.set_len(4 << 30).unwrap();
            let cut = AtomicUsize::new(0);
            let (done, told) = stopped(&engine, here.path(), "docker build .", |kept| {
                let begun = kept.sent.last().is_some_and(|sent| sent.bytes > 1 << 20);
                if begun && cut.swap(1, Ordering::Relaxed) == 0 {
                    file.set_len(1 << 20).unwrap();
                }
                false
            })
            .await;
            let problem = done.expect_err("the file was cut");
            assert!(problem.why.contains("big"), "{kind}: {problem:#?}");
            assert!(!told.is_open(), "{kind}: {:#?}", told.steps);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_vanishes_while_it_is_sent_is_why_the_build_fails() {
    for bench in benches("vanishing").await {
        for (kind, engine) in engines(&bench).await {
            // However it is sent: many files, since one that is open stays where it is until it is read.
            let here = folder(&[("Dockerfile", "FROM ubuntu\nCOPY many /many\n")]);
            let many = here.path().join("many");
            std::fs::create_dir(&many).unwrap();
            for number in 0..200 {
                let file = std::fs::File::create(many.join(format!("file-{number:03}"))).unwrap();
                file.set_len(4 << 20).unwrap();
            }
            let cut = AtomicUsize::new(0);
            let (done, told) = stopped(&engine, here.path(), "docker build .", |kept| {
                let begun = kept.sent.last().is_some_and(|sent| sent.bytes > 1 << 20);
                if begun && cut.swap(1, Ordering::Relaxed) == 0 {
                    std::fs::remove_dir_all(&many).unwrap();
                }
                false
            })
            .await;
            let problem = done.expect_err("the files are gone");
            assert_eq!(cut.into_inner(), 1, "{kind}: {problem:#?}");
            assert!(problem.why.contains("file-"), "{kind}: {problem:#?}");
            assert!(!told.is_open(), "{kind}: {:#?}", told.steps);
        }
    }
}

/// A way to an engine that is cut once a connection has carried so many bytes there. The task ends with
/// the runtime.
fn cut_after(socket: &Path, bytes: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let listener = UnixListener::bind(folder.path().join("s")).unwrap();
    let socket = socket.to_owned();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let engine = UnixStream::connect(&socket).await.unwrap();
            tokio::spawn(async move {
                let (mut from_client, mut to_client) = client.into_split();
                let (mut from_engine, mut to_engine) = engine.into_split();
                let back = tokio::io::copy(&mut from_engine, &mut to_client);
                let there = async {
                    let mut sent = 0;
                    let mut buffer = vec![0; 64 * 1024];
                    while sent < bytes {
                        let count = from_client.read(&mut buffer).await?;
                        if count == 0 {
                            // The engine may still answer.
                            std::future::pending::<()>().await;
                        }
                        to_engine.write_all(&buffer[..count]).await?;
                        sent += count;
                    }
                    std::io::Result::Ok(())
                };
                tokio::select! {
                    _ = back => {}
                    _ = there => {}
                }
            });
        }
    });
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_cut_while_the_folder_is_sent_is_never_success() {
    for bench in benches("cut").await {
        bench.lab.load_image(images::UBUNTU).unwrap();
        let here = folder(&[("Dockerfile", "FROM ubuntu\nCOPY big /\n")]);
        let big = std::fs::File::create(here.path().join("big")).unwrap();
        big.set_len(64 << 20).unwrap();
        let way = cut_after(&bench.lab.socket, 2 << 20);
        let host = format!("unix://{}", way.path().join("s").display());
        let endpoint = Endpoint::parse(&host).unwrap();
        for value in ["0", "1"] {
            let mut surroundings = Surroundings::of_this_process();
            let variable = ("DOCKER_BUILDKIT".to_owned(), value.to_owned());
            surroundings.env.extend([variable]);
            let engine = Engine::connect_in(&surroundings, "cut", &endpoint)
                .await
                .unwrap();
            let name = bench.name(&format!("img{value}"));
            let line = format!("docker build --no-cache -t {name} .");
            let (done, told) = build(&engine, here.path(), &line).await;
            let kind = format!("{} with DOCKER_BUILDKIT={value}", bench.kind());
            let problem = done.expect_err("the connection was cut");
            assert_eq!(problem.code, Code::EngineLost, "{kind}: {problem:#?}");
            assert!(!told.is_open(), "{kind}: {:#?}", told.steps);
            let code = bench.lab.docker(&["image", "inspect", &name]).unwrap().code;
            assert_ne!(code, Some(0), "{kind}: there is no image");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_image_is_made_of_is_told() {
    use slipway_engine::image::{image_files, image_layers};
    use tokio_util::sync::CancellationToken;

    for bench in benches("layers").await {
        bench.lab.load_image(images::UBUNTU).unwrap();
        let text =
            "FROM ubuntu\nENV A=1\nCOPY big /big\nRUN rm /big && echo x > /small\nCMD [\"sh\"]\n";
        let here = folder(&[("Dockerfile", text), ("big", &"x".repeat(5000))]);
        for (at, (kind, engine)) in engines(&bench).await.into_iter().enumerate() {
            let name = bench.name(&format!("img{at}"));
            let (done, _) = build(&engine, here.path(), &format!("docker build -t {name} .")).await;
            done.unwrap_or_else(|problem| panic!("{kind}: {problem:#?}"));
            let layers = image_layers(&engine, &name).await.unwrap();
            let made: Vec<&str> = layers.iter().map(|layer| layer.made_by.as_str()).collect();
            let place = |start: &str| {
                let found = made.iter().position(|text| text.starts_with(start));
                found.unwrap_or_else(|| panic!("{kind}: {start}: {made:#?}"))
            };
            assert_eq!(
                made[place("RUN")],
                "RUN rm /big && echo x > /small",
                "{kind}"
            );
            assert!(layers[place("COPY")].size >= 5000, "{kind}: {layers:#?}");
            assert!(layers[place("CMD")].empty, "{kind}: {layers:#?}");
            let files = image_files(&engine, &name, &CancellationToken::new()).await;
            let files = files.unwrap_or_else(|problem| panic!("{kind}: {problem:#?}"));
            let at = |start: &str| {
                let place = u32::try_from(place(start)).unwrap();
                let found = files.iter().find(|layer| layer.layer == place);
                found.unwrap_or_else(|| panic!("{kind}: {start} at {place}: {made:#?} {files:?}"))
            };
            let copied = &at("COPY").biggest[0];
            assert_eq!(
                (copied.path.as_str(), copied.bytes),
                ("/big", 5000),
                "{kind}"
            );
            let ran = &at("RUN").biggest;
            assert!(
                ran.iter().any(|file| file.path == "/small"),
                "{kind}: {ran:?}"
            );
            assert!(
                ran.iter().any(|file| file.path == "/big" && file.removed),
                "{kind}: {ran:?}"
            );
            bench.docker(&format!("rmi -f {name}"));
        }
        let problem = image_layers(&bench.engine, "nosuch").await.unwrap_err();
        assert_eq!(problem.code, Code::NoSuchImage, "{}", bench.kind());
    }
}
