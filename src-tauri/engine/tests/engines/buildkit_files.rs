//! What of a folder BuildKit gets: all that the Dockerfile names, as it is, and nothing that is left out.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::time::Duration;

use crate::kit::{Folder, Heard, benches};
use slipway_engine::build::buildkit::{BuildkitError, FileTrouble};

/// Prints each file's kind, mode, owner, links, time and name.
const LIST: &str = "RUN cd /all && find . -mindepth 1 -printf '%y %m %u %n %l %s %Ts %P\\n' \
                    | grep -v '^d' | sort -k8; getfattr -d -R /all 2>/dev/null | grep user || true\n";

#[tokio::test(flavor = "multi_thread")]
async fn files_arrive_as_they_are() {
    for bench in benches("as-they-are").await {
        let kind = bench.kind();
        let folder = Folder::new(
            &format!("FROM ubuntu\nCOPY . /all\n{LIST}"),
            &[
                ("plain", "one"),
                ("dir/inner/deep", "two"),
                ("dir.txt", "sorts between"),
                ("ignored/a", "no"),
                ("ignored/kept", "yes"),
                ("skip.log", "no"),
                (".dockerignore", "ignored/*\n!ignored/kept\n**/*.log\n"),
            ],
        );
        let mode = |path: &str, mode| {
            fs::set_permissions(folder.at(path), fs::Permissions::from_mode(mode)).unwrap();
        };
        mode("plain", 0o4751);
        mode("dir/inner/deep", 0o600);
        symlink("dir/inner/deep", folder.at("link")).unwrap();
        symlink("nowhere", folder.at("dangling")).unwrap();
        fs::hard_link(folder.at("plain"), folder.at("same")).unwrap();
        folder.write("empty", "");
        let _socket = std::os::unix::net::UnixListener::bind(folder.at("socket")).unwrap();
        let past = std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let file = fs::File::options()
            .write(true)
            .open(folder.at("empty"))
            .unwrap();
        file.set_modified(past).unwrap();

        let (built, heard) = bench.build(&folder, "docker build --no-cache .").await;
        let log = heard.log();
        let found: BTreeMap<_, _> = log
            .lines()
            .map(|line| {
                let (facts, name) = line.rsplit_once(' ').unwrap();
                (name.to_owned(), facts.to_owned())
            })
            .collect();
        let starts = |name: &str, start: &str| {
            let facts = found
                .get(name)
                .unwrap_or_else(|| panic!("{kind}: no {name}: {log}"));
            assert!(facts.starts_with(start), "{kind}: {name}: {facts}");
        };
        starts("plain", "f 4751 root 2");
        starts("same", "f 4751 root 2");
        starts("dir/inner/deep", "f 600 root 1");
        starts("link", "l 777 root 1 dir/inner/deep");
        starts("dangling", "l 777 root 1 nowhere");
        starts("ignored/kept", "f 644");
        starts("dir.txt", "f 644");
        starts("empty", "f 644 root 1  0 1000000000");
        for gone in ["ignored/a", "skip.log", "socket"] {
            assert!(!found.contains_key(gone), "{kind}: {gone}: {log}");
        }
        bench.docker(&["rmi", "-f", &built.image]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_are_not_utf_8_are_taken_or_told() {
    for bench in benches("odd-names").await {
        let kind = bench.kind();
        let folder = Folder::new("FROM ubuntu\nCOPY . /all\nRUN ls -b /all\n", &[]);
        let odd = folder.path().join(OsStr::from_bytes(b"odd-\xff"));
        fs::write(&odd, "x").unwrap();
        let heard = Heard::default();
        // What an earlier run has left in the engine’s cache prints nothing.
        let line = "docker build --no-cache .";
        match bench.try_build(&folder, line, &heard).await {
            Ok(_) => assert!(heard.log().contains("odd-\\377"), "{kind}: {}", heard.log()),
            Err(BuildkitError::File(failure)) => {
                assert!(
                    matches!(failure.why, FileTrouble::Name),
                    "{kind}: {failure:?}"
                );
                assert_eq!(failure.path, odd, "{kind}");
            }
            Err(other) => panic!("{kind}: {other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_are_named_bring_what_they_lead_to() {
    for bench in benches("links").await {
        let kind = bench.kind();
        let dockerfile = "FROM busy\nCOPY link /a\nCOPY dirlink/deep /b\nCOPY *.md /c/\n";
        let folder = Folder::new(
            dockerfile,
            &[
                ("real/file", "through a link"),
                ("real/dir/deep", "through a folder"),
                ("docs/x", "matched"),
                ("unrelated", &"x".repeat(100_000)),
            ],
        );
        symlink("real/file", folder.at("link")).unwrap();
        symlink("/real/dir", folder.at("dirlink")).unwrap();
        symlink("docs/x", folder.at("x.md")).unwrap();
        let (built, heard) = bench.build(&folder, "docker build --no-cache .").await;
        let sent = heard.sent();
        assert_eq!(
            sent.files, 3,
            "{kind}: only what is named is sent: {sent:?}"
        );
        assert!(sent.bytes < 1000, "{kind}: {sent:?}");
        bench.docker(&["rmi", "-f", &built.image]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_build_sends_what_changed() {
    for bench in benches("again").await {
        let kind = bench.kind();
        let folder = Folder::new("FROM busy\nCOPY . /all\n", &[("dir/same", "same")]);
        folder.write("changes", "1");
        let (first, _) = bench.build(&folder, "docker build .").await;
        folder.write("changes", "22");
        let (second, heard) = bench.build(&folder, "docker build .").await;
        assert_ne!(first.image, second.image, "{kind}");
        let sent = heard.sent();
        assert_eq!((sent.files, sent.bytes), (1, 2), "{kind}: {sent:?}");
        bench.docker(&["rmi", "-f", &first.image, &second.image]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_files_and_large_ones_arrive_whole() {
    for bench in benches("many").await {
        let kind = bench.kind();
        // The image itself stays small, since it takes engines long to remove so many files.
        let dockerfile = "FROM ubuntu AS all\nCOPY . /all\n\
                          RUN find /all -type f | wc -l; sha256sum < /all/large | tee /sum\n\
                          FROM busy\nCOPY --from=all /sum /\n";
        let folder = Folder::new(dockerfile, &[]);
        for dir in 0..200 {
            fs::create_dir(folder.at(&format!("d{dir}"))).unwrap();
            for file in 0..100 {
                folder.write(&format!("d{dir}/f{file}"), format!("{dir}-{file}"));
            }
        }
        let large: Vec<u8> = (0..30_000_000_u32).map(|at| (at / 7 % 251) as u8).collect();
        folder.write("large", &large);
        let (built, heard) = bench.build(&folder, "docker build --no-cache .").await;
        let log = heard.log();
        assert!(log.starts_with("20001\n"), "{kind}: {log}");
        let sum = sum_of(&folder);
        assert!(log.contains(&sum), "{kind}: {sum}: {log}");
        assert_eq!(heard.sent().files, 20001, "{kind}: {:?}", heard.sent());
        bench.docker(&["rmi", "-f", &built.image]);
    }
}

fn sum_of(folder: &Folder) -> String {
    let output = std::process::Command::new("sha256sum")
        .arg(folder.at("large"))
        .output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    text.split(' ').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changes_meanwhile_is_told() {
    for bench in benches("changes").await {
        let kind = bench.kind();
        let folder = Folder::new("FROM busy\nCOPY . /all\n", &[]);
        folder.write("large", vec![b'x'; 200 * 1024 * 1024]);
        let heard = Heard::default();
        let built = bench.try_build(&folder, "docker build --no-cache .", &heard);
        let change = async {
            while heard.sent().bytes == 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            // Shorter than what was told of it.
            folder.write("large", "x");
            std::future::pending::<()>().await;
        };
        let built = tokio::select! {
            built = built => built,
            () = change => unreachable!(),
        };
        let Err(BuildkitError::File(failure)) = built else {
            panic!("{kind}: {built:?}");
        };
        assert!(
            matches!(failure.why, FileTrouble::Changed),
            "{kind}: {failure:?}"
        );
        assert_eq!(failure.path, folder.at("large"), "{kind}");
    }
}
