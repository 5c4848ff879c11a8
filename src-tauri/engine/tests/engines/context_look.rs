//! What is told of a build's folder before anything is sent.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::path::Path;

use crate::folders::plant;
use slipway_engine::build::context::{
    ContextError, ContextLook, ContextPath, EditedIgnore, SourceFound, look, paths, sources,
};
use tempfile::{TempDir, tempdir};
use tokio_util::sync::CancellationToken;

fn folder(files: &[&str]) -> TempDir {
    let place = tempdir().unwrap();
    plant(place.path(), files);
    place
}

fn looked(place: &TempDir, text: Option<&str>) -> ContextLook {
    let edited = edited(place.path(), ".dockerignore", text);
    look(place.path(), None, &edited, &CancellationToken::new()).unwrap()
}

/// The ignore file of this name as an editor has it.
fn edited(folder: &Path, name: &str, text: Option<&str>) -> Vec<EditedIgnore> {
    let edited = text.map(|text| EditedIgnore {
        path: folder.join(name),
        text: text.to_owned(),
    });
    edited.into_iter().collect()
}

#[test]
fn a_look_counts_what_would_be_sent() {
    let files = [
        "Dockerfile=FROM a",
        "a=12345",
        "b/c=123",
        "b/d->c",
        "out/x=1",
        "out/y/z=1",
        "x.log=1",
        "b/x.log=1",
        "keep/no=1",
        "keep/yes=22",
        ".dockerignore=# logs\n**/*.log\nout\nkeep\n!keep/yes\n",
    ];
    let place = folder(&files);
    let seen = looked(&place, None);
    assert_eq!(seen.ignore_file.as_deref(), Some(".dockerignore"));
    // Dockerfile, .dockerignore, a, b/c, b/d, keep/yes.
    assert_eq!(seen.files, 6);
    let ignore = files[10].len() - ".dockerignore=".len();
    assert_eq!(seen.bytes, 6 + 5 + 3 + 2 + ignore as u64);
    assert_eq!(seen.left_out, 4, "two logs and two folders");
    let first: Vec<_> = seen
        .first
        .iter()
        .map(|it| (it.path.as_str(), it.bytes))
        .collect();
    assert_eq!(
        first,
        [
            (".dockerignore", ignore as u64),
            ("Dockerfile", 6),
            ("a", 5),
            ("b/c", 3),
            ("b/d", 0),
            ("keep/yes", 2)
        ]
    );
    assert_eq!(seen.biggest[0].path, ".dockerignore");
    assert!(seen.biggest.is_sorted_by(|a, b| a.bytes >= b.bytes));
    assert_eq!(
        (seen.cut, seen.warnings, seen.ignore_wrong),
        (false, vec![], vec![])
    );
    // What is in the editor and not saved counts instead.
    let unsaved = looked(&place, Some("*\n[\n"));
    assert_eq!((unsaved.files, unsaved.ignore_wrong[0].line), (0, 2));
    assert_eq!(unsaved.ignore_file.as_deref(), Some(".dockerignore"));
}

#[test]
fn the_ten_biggest_of_many_are_found() {
    let lines: Vec<String> = (0..40)
        .map(|it| format!("f{it:02}={}", "x".repeat(it * 7 % 40)))
        .collect();
    let place = tempdir().unwrap();
    plant(place.path(), &lines);
    let seen = looked(&place, None);
    let sizes: Vec<u64> = seen.biggest.iter().map(|it| it.bytes).collect();
    assert_eq!(sizes, [39, 38, 37, 36, 35, 34, 33, 32, 31, 30]);
    assert_eq!(seen.ignore_file, None);
}

#[test]
fn what_should_be_thought_about_is_said() {
    let rows: &[(&[&str], u64, &[&str])] = &[
        (&["a=1"], 0, &[]),
        (
            &["a=1"],
            150_000_000,
            &["The folder has 150 MB, and no .dockerignore."],
        ),
        (&["a=1", ".dockerignore=x"], 150_000_000, &[]),
        (
            &["node_modules/x=1", "sub/.git/y=1", "venv/z=1"],
            0,
            &[
                "“sub/.git” is not left out: the history of your files. The line “**/.git”",
                "“node_modules” is not left out: packages that npm installs again. The line “node_modules”",
                "“venv” is not left out",
            ],
        ),
        (&["node_modules/x=1", ".dockerignore=node_modules"], 0, &[]),
        (
            &[".dockerignore=a\0b\0c\0"],
            0,
            &["The ignore file is saved as UTF-16"],
        ),
    ];
    for (files, bytes, expected) in rows {
        let place = folder(files);
        if *bytes > 0 {
            File::create(place.path().join("big"))
                .unwrap()
                .set_len(*bytes)
                .unwrap();
        }
        let seen = looked(&place, None);
        assert_eq!(seen.asks, [""; 0], "{files:?}: nobody is asked");
        let warnings = seen.warnings;
        assert_eq!(warnings.len(), expected.len(), "{files:?}: {warnings:?}");
        for (warning, expected) in warnings.iter().zip(*expected) {
            assert!(warning.starts_with(expected), "{warning}");
            assert!(warning.ends_with('.'), "{warning}");
        }
    }
}

#[test]
fn only_what_is_hardly_meant_is_asked() {
    let place = folder(&["a=1", ".git/x=1", ".dockerignore=x"]);
    let big = File::create(place.path().join("big")).unwrap();
    big.set_len(1_500_000_000).unwrap();
    let seen = looked(&place, None);
    assert!(
        seen.asks[0].starts_with("The folder has 1.5 GB in 4 files."),
        "{seen:?}"
    );
    assert_eq!((seen.asks.len(), seen.warnings.len()), (1, 1), "{seen:?}");

    // Nothing of these is read: a line of the editor leaves all of it out.
    let home = std::env::home_dir().unwrap();
    for (folder, expected) in [
        (home.as_path(), "This is your home folder:"),
        (Path::new("/usr/"), "This folder belongs to the system:"),
    ] {
        let edited = edited(folder, ".dockerignore", Some("*"));
        let seen = look(folder, None, &edited, &CancellationToken::new()).unwrap();
        assert!(seen.asks[0].starts_with(expected), "{seen:?}");
        assert_eq!((seen.asks.len(), seen.files), (1, 0), "{seen:?}");
    }
}

#[test]
fn the_ignore_file_of_the_dockerfile_counts_as_it_is_edited() {
    let place = folder(&[
        "a=1",
        "b=1",
        "web.dockerfile=FROM a",
        "web.dockerfile.dockerignore=a",
        "other.dockerfile=FROM a",
        ".dockerignore=b",
    ]);
    let left = |dockerfile: &str, edited: &[EditedIgnore]| {
        let dockerfile = place.path().join(dockerfile);
        let cancel = CancellationToken::new();
        let seen = look(place.path(), Some(&dockerfile), edited, &cancel).unwrap();
        let sent: Vec<String> = seen.first.iter().map(|it| it.path.clone()).collect();
        let out = ["a", "b"].map(|name| !sent.iter().any(|it| it == name));
        (seen.ignore_file.unwrap_or_default(), out)
    };
    let own = "web.dockerfile.dockerignore";
    let edit = |name: &str, text: &str| edited(place.path(), name, Some(text));
    let rows: &[(&str, Vec<EditedIgnore>, &str, [bool; 2])] = &[
        ("web.dockerfile", vec![], own, [true, false]),
        ("other.dockerfile", vec![], ".dockerignore", [false, true]),
        ("web.dockerfile", edit(own, "a\nb"), own, [true, true]),
        // The text of a file that does not count does not, either.
        (
            "web.dockerfile",
            edit(".dockerignore", "*"),
            own,
            [true, false],
        ),
        (
            "other.dockerfile",
            edit(own, "*"),
            ".dockerignore",
            [false, true],
        ),
        // One that is not saved yet counts as soon as it is written.
        (
            "other.dockerfile",
            edit("other.dockerfile.dockerignore", "a\nb"),
            "other.dockerfile.dockerignore",
            [true, true],
        ),
    ];
    for (dockerfile, edited, ignore, out) in rows {
        let (seen, left) = left(dockerfile, edited);
        assert!(seen.ends_with(ignore), "{dockerfile}: {seen}");
        assert_eq!(left, *out, "{dockerfile} with {edited:?}");
    }
}

#[test]
fn a_look_ends_when_nobody_wants_it() {
    let place = folder(&["a=1"]);
    let cancel = CancellationToken::new();
    cancel.cancel();
    assert_eq!(
        look(place.path(), None, &[], &cancel),
        Err(ContextError::Stopped)
    );
    let none = look(
        &place.path().join("none"),
        None,
        &[],
        &CancellationToken::new(),
    );
    assert!(matches!(none, Err(ContextError::NoFolder(_))));
}

#[test]
fn names_are_offered_as_they_are_typed() {
    let place = folder(&[
        "src/main.py=1",
        "src/Makefile=1",
        "src/sub/x=1",
        "src/log.log=1",
        ".env=1",
        "app.py=1",
        "away->/etc",
        "kept/x=1",
        "node/x=1",
        ".dockerignore=**/*.log\nkept\n!kept/x\nnode\n",
    ]);
    let found = |prefix: &str| {
        let found = paths(place.path(), None, prefix).unwrap();
        let shown = |it: &ContextPath| {
            format!(
                "{}{}",
                it.path,
                if it.left_out { " (left out)" } else { "" }
            )
        };
        found.iter().map(shown).collect::<Vec<_>>()
    };
    assert_eq!(
        found(""),
        ["app.py", "away", "kept/", "node/ (left out)", "src/"]
    );
    assert_eq!(found("./a"), ["app.py", "away"]);
    assert_eq!(found("."), [".dockerignore", ".env"]);
    assert_eq!(
        found("src/"),
        [
            "src/Makefile",
            "src/log.log (left out)",
            "src/main.py",
            "src/sub/"
        ]
    );
    assert_eq!(found("/src/ma"), ["src/Makefile", "src/main.py"]);
    for outside in ["../", "src/../../", "away/", "nowhere/", "app.py/"] {
        assert_eq!(found(outside), [""; 0], "{outside}");
    }
}

#[test]
fn sources_are_checked() {
    let place = folder(&[
        "src/main.py=1",
        "src/App.py=1",
        "requirements.txt=1",
        "out/x=1",
        "docs/a.md=1",
        "docs/b.txt=1",
        "secret.key=1",
        "logs/x=1",
        "logs/keep=1",
        "link->src",
        "away->/etc",
        "gone->nowhere",
        "a1b=1",
        ".dockerignore=out\n# keys\n*.key\nlogs\n!logs/keep\n",
    ]);
    let here = SourceFound::Here;
    let missing = |similar: Option<&str>| SourceFound::Missing {
        similar: similar.map(str::to_owned),
    };
    let case = |similar: &str| SourceFound::Case {
        similar: similar.to_owned(),
    };
    let ignored = |pattern: &str, line| SourceFound::Ignored {
        pattern: pattern.to_owned(),
        line,
        file: ".dockerignore".to_owned(),
    };
    let rows = [
        (".", here.clone()),
        ("", here.clone()),
        ("/", here.clone()),
        ("src", here.clone()),
        ("./src/", here.clone()),
        ("/src/main.py", here.clone()),
        ("src/../requirements.txt", here.clone()),
        ("../x", SourceFound::Outside),
        ("src/../../x", SourceFound::Outside),
        ("out", ignored("out", 1)),
        ("out/x", ignored("out", 1)),
        ("secret.key", ignored("*.key", 3)),
        ("logs", here.clone()),
        ("logs/keep", here.clone()),
        ("logs/x", ignored("logs", 4)),
        ("src/app.py", case("src/App.py")),
        ("SRC/main.py", case("src/main.py")),
        ("requirement.txt", missing(Some("requirements.txt"))),
        ("src/mian.py", missing(Some("src/main.py"))),
        ("nothing/like/it", missing(None)),
        ("*.txt", here.clone()),
        ("docs/*.md", here.clone()),
        ("d*/?.txt", here.clone()),
        ("a[0-9]b", here.clone()),
        ("*.key", ignored("*.key", 3)),
        ("*.none", missing(None)),
        ("src/**", here.clone()),
        ("[", missing(None)),
        ("link/main.py", here.clone()),
        ("link", here.clone()),
        ("away", missing(None)),
        ("away/passwd", missing(None)),
        ("gone", missing(None)),
        ("$SOURCE/x", SourceFound::Unknown),
        ("${A}", SourceFound::Unknown),
        ("https://example.com/x.tar", SourceFound::Unknown),
        ("<<EOF", SourceFound::Unknown),
    ];
    let asked: Vec<String> = rows.iter().map(|it| it.0.to_owned()).collect();
    let checks = sources(place.path(), None, &[], &asked).unwrap();
    for (check, (source, expected)) in checks.iter().zip(&rows) {
        assert_eq!((check.source.as_str(), &check.found), (*source, expected));
    }
    let unsaved = sources(
        place.path(),
        None,
        &edited(place.path(), ".dockerignore", Some("src\n")),
        &["src".to_owned(), "out".to_owned()],
    )
    .unwrap();
    assert_eq!(unsaved[0].found, ignored("src", 1));
    assert_eq!(unsaved[1].found, here);
}
