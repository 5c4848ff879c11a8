//! A build's folder as a tar stream.
#![cfg(target_os = "linux")]

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use crate::folders::{collected, in_order, listed, plant};
use http_body_util::BodyExt as _;
use slipway_engine::build::context::{Context, ContextError};
use tempfile::tempdir;

const FROM: &str = "Dockerfile=FROM busy\n";
/// More than is ever read ahead.
const LARGE: usize = 8 << 20;

#[tokio::test]
async fn a_folder_is_sent_as_docker_sends_it() {
    let place = tempdir().unwrap();
    let long = "long/".repeat(30) + "name";
    let mut lines: Vec<Vec<u8>> = [
        "b.txt=two",
        "b/x=1",
        "B=upper",
        "a b=blank",
        "new\nline=n",
        "ünï=u",
        "empty/",
        "0000 none=secret",
        "4755 suid=s",
        "1777 sticky/",
        "dangling->nowhere",
        "loop->loop",
        "abs->/etc/passwd",
        "up->../..",
        "b/self->.",
        "h1=hard",
        "h2=>h1",
        "b/h3=>h1",
        "sock!",
        "pipe|",
        "Dockerfile=FROM busy\n",
        "e=",
    ]
    .iter()
    .map(|it| it.as_bytes().to_vec())
    .collect();
    lines.push(format!("{long}={}", "x".repeat(1000)).into_bytes());
    lines.push(format!("to-long->{long}").into_bytes());
    lines.push(b"not-\xff\xfe=bytes".to_vec());
    plant(place.path(), &lines);
    let tar = Context::open(place.path(), None).unwrap().tar();
    assert_eq!(tar.dockerfile, "Dockerfile");
    let bytes = collected(tar.body).await.unwrap();
    let sending = tar.sending.borrow().clone();
    assert!(sending.sent.done && sending.failed.is_none(), "{sending:?}");
    let order: Vec<_> = in_order(&bytes[..]).into_iter().map(|it| it.0).collect();
    let top: Vec<&str> = order
        .iter()
        .filter(|it| !it.trim_end_matches('/').contains('/'))
        .map(String::as_str)
        .collect();
    assert_eq!(
        top,
        [
            "B",
            "Dockerfile",
            "a b",
            "abs",
            "b/",
            "b.txt",
            "dangling",
            "e",
            "empty/",
            "h1",
            "h2",
            "long/",
            "loop",
            r"new\nline",
            "none",
            r"not-\xff\xfe",
            "pipe",
            "sticky/",
            "suid",
            "to-long",
            "up",
            r"\xc3\xbcn\xc3\xaf",
        ]
    );
    let inner: Vec<&str> = order
        .iter()
        .filter(|it| it.starts_with("b/"))
        .map(String::as_str)
        .collect();
    assert_eq!(inner, ["b/", "b/h3", "b/self", "b/x"]);
    let told = listed(&bytes[..]);
    let rows: &[(&str, char, u32, &[u8])] = &[
        ("none", '0', 0, b"secret"),
        ("suid", '0', 0o4755, b"s"),
        ("sticky/", '5', 0o1777, b""),
        ("dangling", '2', 0o777, b"nowhere"),
        ("loop", '2', 0o777, b"loop"),
        ("abs", '2', 0o777, b"/etc/passwd"),
        ("b/h3", '0', 0o644, b"hard"),
        ("h1", '1', 0o644, b"b/h3"),
        ("h2", '1', 0o644, b"b/h3"),
        ("pipe", '6', 0o644, b""),
        ("e", '0', 0o644, b""),
        ("to-long", '2', 0o777, long.as_bytes()),
        (r"not-\xff\xfe", '0', 0o644, b"bytes"),
    ];
    for (name, kind, mode, content) in rows {
        let told = &told[*name];
        assert_eq!(
            (told.kind, told.mode, &told.content[..]),
            (*kind, *mode, *content),
            "{name}"
        );
        assert_eq!(told.owner, (0, 0), "{name}");
        let path = place.path().join(name.trim_end_matches('/'));
        if let Ok(metadata) = fs::symlink_metadata(path) {
            assert_eq!(
                i64::try_from(told.modified).unwrap(),
                metadata.mtime(),
                "{name}"
            );
        }
    }
    assert_eq!(told[&long].content.len(), 1000);
    // What GNU tar makes of it: no warning, as many names.
    let file = place.path().join("whole.tar");
    fs::write(&file, &bytes).unwrap();
    let listing = std::process::Command::new("tar")
        .arg("-tvf")
        .arg(&file)
        .output()
        .unwrap();
    assert!(
        listing.status.success() && listing.stderr.is_empty(),
        "{listing:?}"
    );
    assert_eq!(
        listing.stdout.iter().filter(|&&it| it == b'\n').count(),
        order.len()
    );
}

#[tokio::test]
async fn what_is_needed_is_sent_even_if_ignored() {
    for (dockerfile, named, name) in [
        ("Dockerfile=FROM a", None, "Dockerfile"),
        ("dockerfile=FROM a", None, "dockerfile"),
        (
            "docker/my.file=FROM a",
            Some("docker/my.file"),
            "docker/my.file",
        ),
        ("real=FROM a", Some("./x/../real"), "real"),
    ] {
        let place = tempdir().unwrap();
        plant(
            place.path(),
            &[
                dockerfile,
                ".dockerignore=*\n!keep",
                "keep=1",
                "drop=1",
                "x/y=1",
            ],
        );
        let tar = Context::open(place.path(), named.map(Path::new))
            .unwrap()
            .tar();
        assert_eq!(tar.dockerfile, name);
        let names: Vec<_> = listed(&collected(tar.body).await.unwrap()[..])
            .into_keys()
            .collect();
        let mut expected = vec![".dockerignore", "keep", name];
        expected.sort_unstable();
        assert_eq!(names, expected, "{dockerfile}");
    }
}

#[tokio::test]
async fn a_dockerfile_from_outside_gets_a_name_of_its_own() {
    for (ignore, expected) in [
        (None, ".dockerignore\nNAME\n"),
        (Some(".dockerignore=drop\n"), "drop\n\nNAME\n"),
    ] {
        let place = tempdir().unwrap();
        plant(
            place.path(),
            &[
                "outside/x=FROM outside",
                "in/a=1",
                "in/drop=1",
                "in/link->../outside/x",
            ],
        );
        let folder = place.path().join("in");
        plant(&folder, ignore.as_slice());
        for named in ["../outside/x", "link"] {
            let tar = Context::open(&folder, Some(Path::new(named)))
                .unwrap()
                .tar();
            let name = tar.dockerfile.clone();
            assert!(
                name.starts_with(".dockerfile.") && name.len() == 32,
                "{name}"
            );
            let told = listed(&collected(tar.body).await.unwrap()[..]);
            assert_eq!(told[&name].content, b"FROM outside");
            let expected = expected.replace("NAME", &name);
            assert_eq!(
                told[".dockerignore"].content.escape_ascii().to_string(),
                expected.as_bytes().escape_ascii().to_string()
            );
            assert_eq!(told.contains_key("drop"), ignore.is_none());
        }
    }
}

/// A pipe in its place would be waited for without an end.
#[tokio::test]
async fn an_ignore_file_that_is_no_file_ends_the_stream() {
    let place = tempdir().unwrap();
    let lines = [
        "out/web=FROM x",
        "out/web.dockerignore=b",
        "in/.dockerignore|",
        "in/a=1",
    ];
    plant(place.path(), &lines);
    let named = place.path().join("out/web");
    let context = Context::open(&place.path().join("in"), Some(&named)).unwrap();
    let error = collected(context.tar().body).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains(".dockerignore") && text.contains("no file"),
        "{text}"
    );
}

#[tokio::test]
async fn the_ignore_file_of_one_dockerfile_wins() {
    let place = tempdir().unwrap();
    plant(
        place.path(),
        &[
            FROM,
            "a=1",
            "b=1",
            ".dockerignore=a",
            "web=FROM x",
            "web.dockerignore=b",
        ],
    );
    for (named, missing) in [(None, "a"), (Some(Path::new("web")), "b")] {
        let tar = Context::open(place.path(), named).unwrap().tar();
        let told = listed(&collected(tar.body).await.unwrap()[..]);
        let gone: Vec<&str> = ["a", "b"]
            .into_iter()
            .filter(|it| !told.contains_key(*it))
            .collect();
        assert_eq!(gone, [missing]);
    }
}

#[tokio::test]
async fn what_changes_while_it_is_sent_is_told_and_ends_the_stream() {
    type Change = fn(&Path);
    let rows: &[(Change, &str, &str)] = &[
        (
            |it| {
                OpenOptions::new()
                    .append(true)
                    .open(it.join("a"))
                    .unwrap()
                    .write_all(b"more")
                    .unwrap()
            },
            "“a”",
            "changed",
        ),
        (
            |it| {
                OpenOptions::new()
                    .write(true)
                    .open(it.join("a"))
                    .unwrap()
                    .set_len(7 << 20)
                    .unwrap()
            },
            "“a”",
            "changed",
        ),
        (
            |it| {
                OpenOptions::new()
                    .write(true)
                    .open(it.join("a"))
                    .unwrap()
                    .write_all(b"other")
                    .unwrap()
            },
            "“a”",
            "changed",
        ),
        (
            |it| fs::remove_file(it.join("z")).unwrap(),
            "“z”",
            "removed",
        ),
    ];
    for (change, name, says) in rows {
        let place = tempdir().unwrap();
        plant(place.path(), &[FROM, "z=1"]);
        fs::write(place.path().join("a"), vec![7; LARGE]).unwrap();
        let mut tar = Context::open(place.path(), None).unwrap().tar();
        // Once the first piece is here, the rest waits: it is larger than what is read ahead.
        let first = tar.body.frame().await.unwrap().unwrap();
        change(place.path());
        let error = collected(tar.body).await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains(name) && text.contains(says), "{text}");
        assert_eq!(tar.sending.borrow().failed, Some(error));
        assert!(!tar.sending.borrow().sent.done);
        drop(first);
    }
}

#[tokio::test]
async fn a_packed_stream_holds_the_same() {
    let place = tempdir().unwrap();
    plant(place.path(), &[FROM, "b/c=1", "link->b"]);
    // Of one kind that becomes much smaller, and of one that does not.
    fs::write(place.path().join("even"), vec![7; LARGE]).unwrap();
    let odd: Vec<u8> = (0..LARGE as u64)
        .map(|it| (it.wrapping_mul(it | 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8)
        .collect();
    fs::write(place.path().join("odd"), odd).unwrap();
    let context = Context::open(place.path(), None).unwrap();
    let plain = context.tar();
    let packed = context.tar_gz();
    let whole = collected(plain.body).await.unwrap();
    let bytes = collected(packed.body).await.unwrap();
    assert!(bytes.len() < whole.len() * 2 / 3, "{}", bytes.len());
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&bytes[..])
        .read_to_end(&mut unpacked)
        .unwrap();
    assert!(unpacked == whole, "byte by byte");
    assert_eq!(*packed.sending.borrow(), *plain.sending.borrow());
}

#[tokio::test]
async fn dropping_the_stream_ends_the_reading() {
    let place = tempdir().unwrap();
    plant(place.path(), &[FROM]);
    File::create(place.path().join("endless"))
        .unwrap()
        .set_len(1 << 40)
        .unwrap();
    let context = Context::open(place.path(), None).unwrap();
    for (mut tar, most) in [(context.tar(), 64 << 20), (context.tar_gz(), 4 << 30)] {
        tar.body.frame().await.unwrap().unwrap();
        drop(tar.body);
        let ended = async { while tar.sending.changed().await.is_ok() {} };
        tokio::time::timeout(std::time::Duration::from_secs(60), ended)
            .await
            .unwrap();
        assert_eq!(tar.sending.borrow().failed, Some(ContextError::Stopped));
        assert!(
            tar.sending.borrow().sent.bytes < most,
            "it stopped long before the end"
        );
    }
}

#[tokio::test]
async fn a_file_of_9_gib_is_told_in_full() {
    let place = tempdir().unwrap();
    plant(place.path(), &[FROM]);
    File::create(place.path().join("big"))
        .unwrap()
        .set_len(9 << 30)
        .unwrap();
    let mut tar = Context::open(place.path(), None).unwrap().tar();
    let first = tar
        .body
        .frame()
        .await
        .unwrap()
        .unwrap()
        .into_data()
        .unwrap();
    let mut archive = tar::Archive::new(&first[..]);
    let sizes: Vec<u64> = archive
        .entries()
        .unwrap()
        .take(2)
        .map(|it| it.unwrap().size())
        .collect();
    assert_eq!(sizes, [10, 9 << 30]);
}
