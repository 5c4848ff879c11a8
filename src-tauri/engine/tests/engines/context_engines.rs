//! A build's folder as real engines get it: from the docker CLI, and from us.
#![cfg(target_os = "linux")]

use crate::alike;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;

use crate::alike::{add_buildx, ask_for_buildkit, by_docker};
use crate::doing::{Bench, benches};
use crate::folders::{Told, collected, listed, plant};
use slipway_engine::build::Way;
use slipway_engine::build::context::Context;
use slipway_lab::Kind;
use tempfile::tempdir;

/// A folder, and the Dockerfile if it is named.
struct Row {
    about: &'static str,
    files: &'static [&'static str],
    dockerfile: Option<&'static str>,
}

/// Files with which nobody builds.
const REFUSED: &[&str] = &[
    ".dockerignore=ok\na[\n",
    ".dockerignore=a\n!\n",
    "Dockerfile=",
    "no=Dockerfile",
];

const COPY: &str = "Dockerfile=FROM busy\nCOPY . /ctx\n";

const fn row(about: &'static str, files: &'static [&'static str]) -> Row {
    Row {
        about,
        files,
        dockerfile: None,
    }
}

const ROWS: &[Row] = &[
    row(
        "kinds and modes",
        &[
            COPY,
            "a=1",
            "dir/b=2",
            "empty/",
            "0000 none=secret",
            "0777 all=x",
            "4755 suid=s",
            "2755 sgid=s",
            "1777 sticky/",
            "0700 private/x=1",
            "dangling->nowhere",
            "loop->loop",
            "abs->/etc/passwd",
            "up->../../..",
            "dir/self->.",
            "to-file->a",
            "to-dir->dir",
            "h1=hard",
            "h2=>h1",
            "dir/h3=>h1",
            "sock!",
            "pipe|",
            "e=",
        ],
    ),
    row(
        "names",
        &[
            COPY,
            "a b=1",
            " lead=1",
            "trail =1",
            "new\nline=1",
            "tab\t=1",
            "ünïcödé/ñ=1",
            "日本=1",
            "-dash=1",
            "quote'\"=1",
            "back\\slash=1",
            "star*=1",
            "[x]=1",
            "#hash=1",
            "!bang/x=1",
            "$HOME=1",
            "%41=1",
            "~=1",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/b=1",
            "l/o/n/g/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb/c=1",
            "to-long->l/o/n/g/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb/c",
        ],
    ),
    row(
        "plain patterns",
        &[
            COPY,
            ".dockerignore=# a comment\n\n a \n/b\nc/\n./d/x\n #no comment\n../e\n.\nf/../g\n",
            "a=1",
            "b=1",
            "c/x=1",
            "d/x=1",
            "d/y=1",
            "#no comment=1",
            "# a comment=1",
            "e=1",
            "f/a=1",
            "g=1",
            "sub/a=1",
        ],
    ),
    row(
        "wildcards",
        &[
            COPY,
            ".dockerignore=*.log\n*/*.tmp\n**/*.bak\nx?z\n[a-c]1\nq[^0-9]\nlib/**/gen\nnode*/**\n",
            "a.log=1",
            "d/a.log=1",
            "a.tmp=1",
            "d/a.tmp=1",
            "d/e/a.tmp=1",
            "a.bak=1",
            "d/e/a.bak=1",
            "xyz=1",
            "xz=1",
            "a1=1",
            "d1=1",
            "qa=1",
            "q1=1",
            "lib/gen/x=1",
            "lib/a/b/gen/x=1",
            "lib/a/gem/x=1",
            "node_modules/m/x=1",
            "nodes=1",
        ],
    ),
    row(
        "exceptions",
        &[
            COPY,
            ".dockerignore=*\n!keep\n!docs/a/*.md\ndocs/a/no.md\n!src\nsrc/tmp\n!src/tmp/yes\n",
            "keep=1",
            "drop=1",
            "docs/x=1",
            "docs/a/x.md=1",
            "docs/a/no.md=1",
            "docs/a/x.txt=1",
            "src/x=1",
            "src/tmp/no=1",
            "src/tmp/yes=1",
            "src/tmp/deep/yes=1",
        ],
    ),
    row(
        "exceptions with wildcards in front, which the CLI of the classic builder does not look for",
        &[
            COPY,
            ".dockerignore=*\n!**/README.md\n!*/two\n",
            "README.md=1",
            "docs/README.md=1",
            "docs/two=1",
            "docs/a/README.md=1",
        ],
    ),
    row(
        "everything but in a folder",
        &[
            COPY,
            ".dockerignore=**\n!sub/**\nsub/x\n",
            "a=1",
            "sub/x=1",
            "sub/y/z=1",
            "sub/y/x=1",
        ],
    ),
    row(
        "an exception of a folder whose content is ignored",
        &[
            COPY,
            ".dockerignore=a/*\n!a\nb\n!b/x\n!b\n",
            "a/x=1",
            "a/y/z=1",
            "b/x=1",
            "b/y=1",
        ],
    ),
    row(
        "the Dockerfile itself",
        &[
            COPY,
            ".dockerignore=Dockerfile\n.dockerignore\n*.x\n",
            "a=1",
            "b.x=1",
        ],
    ),
    row("all of it", &[COPY, ".dockerignore=*\n", "a=1", "b/c=1"]),
    row(
        "a byte order mark and Windows' line ends",
        &[
            "Dockerfile=\u{feff}FROM busy\r\nCOPY . /ctx\r\n",
            ".dockerignore=\u{feff}a\r\nb/*\r\n!b/c\r\n",
            "a=1",
            "b/x=1",
            "b/c=1",
        ],
    ),
    row(
        "a small name",
        &["dockerfile=FROM busy\nCOPY . /ctx\n", "a=1"],
    ),
    Row {
        about: "a named Dockerfile",
        files: &[
            "sub/my.dockerfile=FROM busy\nCOPY . /ctx\n",
            ".dockerignore=sub\n",
            "a=1",
            "sub/x=1",
        ],
        dockerfile: Some("sub/my.dockerfile"),
    },
    Row {
        about: "a Dockerfile from outside",
        files: &["a=1", ".dockerignore=b\n", "b=1"],
        dockerfile: Some("../outside"),
    },
    Row {
        about: "a Dockerfile from outside, and no ignore file",
        files: &["a=1", "b/c=1"],
        dockerfile: Some("../outside"),
    },
    row(
        "a pattern that is none",
        &[COPY, ".dockerignore=ok\na[\n", "a=1"],
    ),
    row(
        "an exception of nothing",
        &[COPY, ".dockerignore=a\n!\n", "a=1"],
    ),
    row("no Dockerfile", &["no=Dockerfile"]),
    row("an empty Dockerfile", &["Dockerfile=", "a=1"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn engines_get_the_same_folder_from_us_as_from_the_cli() {
    for bench in benches("context").await {
        for (number, row) in ROWS.iter().enumerate() {
            let place = tempdir().unwrap();
            let folder = place.path().join("in");
            fs::create_dir(&folder).unwrap();
            plant(place.path(), &["outside=FROM busy\nCOPY . /ctx\n"]);
            plant(&folder, row.files);
            let about = format!("{}: {}", bench.kind(), row.about);
            let theirs = by_the_cli(&bench, row, &folder, &bench.name(&format!("cli{number}")));
            // Every second one packed.
            let packed = number % 2 == 1;
            let tag = bench.name(&format!("us{number}"));
            let ours = by_us(&bench, row, &folder, packed, &tag).await;
            match (theirs, ours) {
                (Ok(mut theirs), Ok(mut ours)) => {
                    unnamed(&mut theirs);
                    unnamed(&mut ours);
                    let names =
                        |it: &BTreeMap<String, Told>| it.keys().cloned().collect::<Vec<_>>();
                    assert_eq!(names(&ours), names(&theirs), "{about}");
                    assert_eq!(ours, theirs, "{about}");
                    assert!(!ours.is_empty(), "{about}");
                }
                (Err(_), Err(_)) if row.files.iter().any(|it| REFUSED.contains(it)) => {}
                (theirs, ours) => panic!("{about}: the CLI {theirs:?}, we {ours:?}"),
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn buildkit_gets_the_same_folder_from_us_as_from_the_cli() {
    for mut bench in benches("asked").await {
        if bench.kind() == Kind::Podman {
            continue;
        }
        ask_for_buildkit(&mut bench).await;
        add_buildx(&bench);
        for (number, row) in ROWS.iter().enumerate() {
            let place = tempdir().unwrap();
            let folder = place.path().join("in");
            fs::create_dir(&folder).unwrap();
            plant(place.path(), &["outside=FROM busy\nCOPY . /ctx\n"]);
            plant(&folder, row.files);
            let about = format!("{}: {}", bench.kind(), row.about);
            let named = row.dockerfile.map(|it| format!("-f {it}"));
            let line = |tag: &str| {
                let named = named.as_deref().unwrap_or_default();
                format!("docker build --no-cache {named} -t {tag} .")
            };
            let tags = ["cli", "us"].map(|it| bench.name(&format!("{it}{number}")));
            let [cli, us] = &tags;
            let theirs = by_docker(&bench, &folder, &line(cli), true);
            let (ours, heard) = alike::by_us(&bench, &folder, &line(us)).await;
            match (theirs.status.success(), ours) {
                (true, Ok(_)) => {
                    assert_eq!(heard.way(), Some(Way::Buildkit), "{about}");
                    let [theirs, ours] = tags.each_ref().map(|tag| {
                        let mut tree = exported(&bench, tag);
                        unnamed(&mut tree);
                        tree
                    });
                    assert_eq!(ours, theirs, "{about}");
                    assert!(!ours.is_empty(), "{about}");
                }
                (false, Err(_)) => {
                    let refused = row.files.iter().any(|it| REFUSED.contains(it));
                    let said = String::from_utf8_lossy(&theirs.stderr);
                    assert!(refused, "{about}: {said}");
                }
                (_, ours) => panic!("{about}: the CLI {theirs:?}, we {ours:?}"),
            }
        }
    }
}

/// What was made for a Dockerfile from outside has random names and the moment as its time.
fn unnamed(tree: &mut BTreeMap<String, Told>) {
    // Newer BuildKit clients make an empty file of a socket; a socket is nothing that an image could use.
    tree.retain(|name, _| !name.contains(".dockerfile.") && name != "ctx/sock");
    if let Some(told) = tree.get_mut("ctx/.dockerignore") {
        told.modified = 0;
        if let Some(at) = told
            .content
            .windows(12)
            .position(|it| it == b".dockerfile.")
        {
            told.content.truncate(at);
        }
    }
    // A folder that is not sent, but holds what is, is made by the engine.
    for told in tree.values_mut().filter(|it| it.kind == '5') {
        told.modified = 0;
    }
}

fn by_the_cli(
    bench: &Bench,
    row: &Row,
    folder: &Path,
    tag: &str,
) -> Result<BTreeMap<String, Told>, String> {
    let mut command = bench.lab.docker_command();
    command.current_dir(folder).env("DOCKER_BUILDKIT", "0");
    command.args(["build", "-t", tag]);
    if let Some(dockerfile) = row.dockerfile {
        command.args(["-f", dockerfile]);
    }
    finish(bench, command.arg("."), tag)
}

/// Our stream, given to the same API by the CLI, which passes on a tar file as it is.
async fn by_us(
    bench: &Bench,
    row: &Row,
    folder: &Path,
    packed: bool,
    tag: &str,
) -> Result<BTreeMap<String, Told>, String> {
    let context =
        Context::open(folder, row.dockerfile.map(Path::new)).map_err(|it| it.to_string())?;
    let tar = if packed {
        context.tar_gz()
    } else {
        context.tar()
    };
    let bytes = collected(tar.body).await.map_err(|it| it.to_string())?;
    let place = tempdir().unwrap();
    let file = place.path().join("context.tar");
    fs::write(&file, bytes).unwrap();
    let mut command = bench.lab.docker_command();
    command
        .env("DOCKER_BUILDKIT", "0")
        .args(["build", "--no-cache", "-t", tag, "-f", &tar.dockerfile, "-"])
        .stdin(File::open(file).unwrap());
    finish(bench, &mut command, tag)
}

/// Runs a build, and lists what the image then holds of the folder.
fn finish(
    bench: &Bench,
    command: &mut std::process::Command,
    tag: &str,
) -> Result<BTreeMap<String, Told>, String> {
    let output = command.output().unwrap();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(exported(bench, tag))
}

/// What an image holds of the folder; the image goes.
fn exported(bench: &Bench, tag: &str) -> BTreeMap<String, Told> {
    bench.docker(&format!("create --name {tag} {tag}"));
    let exported = bench
        .lab
        .docker_command()
        .args([OsStr::new("export"), tag.as_ref()])
        .output()
        .unwrap();
    bench.docker(&format!("rm {tag}"));
    bench.docker(&format!("rmi {tag}"));
    let mut tree = listed(&exported.stdout[..]);
    tree.retain(|name, _| name.starts_with("ctx/"));
    tree
}
