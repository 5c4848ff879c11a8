//! What of a folder is told, by what is asked for.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use super::filter::{Filter, Wanted};
use super::walk::walk;
use super::*;
use crate::build::buildkit::error::FileTrouble;

fn told(root: &Path, include: &[&str], exclude: &[&str], follow: &[&str]) -> Vec<String> {
    let owned = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect();
    let wanted = Wanted {
        include: owned(include),
        exclude: owned(exclude),
        follow: owned(follow),
    };
    let filter = Filter::new(root, &wanted).unwrap();
    let mut names = Vec::new();
    let mut tell = |stat: Stat| {
        assert_eq!((stat.uid, stat.gid), (0, 0), "owners stay here");
        names.push(String::from_utf8(stat.path).unwrap());
        true
    };
    walk(root, &filter, &|| false, &mut tell).unwrap();
    names
}

fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for path in [
        "a/b/c",
        "a.txt",
        "a/x.log",
        "d/deep/kept",
        "d/deep/gone",
        "z",
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    symlink("d/deep/kept", root.join("link")).unwrap();
    folder
}

#[test]
fn what_is_asked_for_is_told_in_order() {
    let folder = sample();
    let all = [
        "a",
        "a/b",
        "a/b/c",
        "a/x.log",
        "a.txt",
        "d",
        "d/deep",
        "d/deep/gone",
        "d/deep/kept",
        "link",
        "z",
    ];
    type Row<'a> = (&'a [&'a str], &'a [&'a str], &'a [&'a str], &'a [&'a str]);
    let rows: &[Row<'_>] = &[
        (&[], &[], &[], &all),
        (&["z"], &[], &[], &["z"]),
        (&["a/b"], &[], &[], &["a", "a/b", "a/b/c"]),
        (&["**/*.log"], &[], &[], &["a", "a/x.log"]),
        (
            &[],
            &["a", "link", "z"],
            &[],
            &["a.txt", "d", "d/deep", "d/deep/gone", "d/deep/kept"],
        ),
        (
            &[],
            &["*", "!d/deep/kept"],
            &[],
            &["d", "d/deep", "d/deep/kept"],
        ),
        (&[], &[], &["link"], &["d", "d/deep", "d/deep/kept", "link"]),
        (&["a"], &["**/c"], &["z"], &["a", "a/b", "a/x.log", "z"]),
        (&[".dockerignore"], &[], &[], &[]),
    ];
    for (include, exclude, follow, expected) in rows {
        let found = told(folder.path(), include, exclude, follow);
        assert_eq!(&found, expected, "{include:?} {exclude:?} {follow:?}");
    }
}

#[test]
fn a_walk_that_nobody_wants_ends() {
    let folder = sample();
    let filter = Filter::new(folder.path(), &Wanted::default()).unwrap();
    let mut count = 0;
    let ended = walk(folder.path(), &filter, &|| false, &mut |_| {
        count += 1;
        count < 3
    });
    assert!(matches!(ended, Err(Stopped::Unwanted)));
    assert_eq!(count, 3);
    // Also where nothing is told.
    let none = Wanted {
        include: vec!["**/none".to_owned()],
        ..Wanted::default()
    };
    let filter = Filter::new(folder.path(), &none).unwrap();
    let seen = std::cell::Cell::new(0);
    let unwanted = || {
        seen.set(seen.get() + 1);
        seen.get() > 4
    };
    let ended = walk(folder.path(), &filter, &unwanted, &mut |_| true);
    assert!(matches!(ended, Err(Stopped::Unwanted)));
    assert_eq!(seen.get(), 5);
}

#[test]
fn patterns_that_are_none_are_told() {
    let folder = sample();
    let wanted = Wanted {
        exclude: vec!["a[".to_owned()],
        ..Wanted::default()
    };
    let failure = Filter::new(folder.path(), &wanted).err().unwrap();
    assert!(
        matches!(failure.why, FileTrouble::Pattern(_)),
        "{failure:?}"
    );
}

#[test]
fn content_is_held_to_what_was_told() {
    let folder = sample();
    let path = folder.path().join("z");
    let facts = fs::metadata(&path).unwrap();
    let listed = |size| Listed {
        name: b"z".to_vec(),
        size,
        modified: facts::modified(&facts),
    };
    let read = |path: &Path, size| {
        let mut found = Vec::new();
        let read = content::read(path, &listed(size), &mut |piece| {
            found.extend(piece);
            true
        });
        read.map(|()| found)
    };
    assert_eq!(read(&path, 1).unwrap(), b"x");
    let longer = read(&path, 2).unwrap_err();
    assert!(matches!(longer.why, FileTrouble::Changed), "{longer:?}");
    let gone = read(&folder.path().join("none"), 1).unwrap_err();
    assert!(matches!(gone.why, FileTrouble::Gone), "{gone:?}");
    let link = read(&folder.path().join("link"), 1).unwrap_err();
    assert!(
        matches!(link.why, FileTrouble::Unreadable(_)),
        "no link is followed: {link:?}"
    );
}
