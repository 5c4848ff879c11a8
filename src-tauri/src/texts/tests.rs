#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;

use super::super::read::{LARGEST, Unread};
use super::super::{open, stamps};
use super::{Ends, save, save_new};
use crate::ipc::{Saved, Stamp};

const LF: Ends = Ends {
    crlf: false,
    bom: false,
};

fn saved(saved: Saved) -> Stamp {
    match saved {
        Saved::Done { stamp, .. } => stamp,
        other => panic!("{other:?}"),
    }
}

fn alone(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().count() == 1
}

#[test]
fn a_file_comes_back_as_it_was_but_for_the_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Dockerfile");
    for bytes in ["\u{feff}FROM a\r\nRUN b\r\n", "FROM a\nRUN b\n"] {
        std::fs::write(&path, bytes).unwrap();
        let file = open(&path).unwrap();
        assert!(!file.read_only);
        let ends = Ends {
            crlf: file.crlf,
            bom: file.bom,
        };
        let text = file.text.replace("RUN b", "RUN c");
        let stamp = saved(save(&path, &text, ends, Some(&file.stamp)).unwrap());
        let now = std::fs::read_to_string(&path).unwrap();
        assert_eq!(now, bytes.replace("RUN b", "RUN c"));
        assert_eq!(stamps(std::slice::from_ref(&path)), [Some(stamp)]);
        assert!(alone(folder.path()), "nothing else is left there");
    }
}

#[test]
fn what_somebody_else_wrote_is_kept_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Dockerfile");
    std::fs::write(&path, "FROM a\n").unwrap();
    let was = open(&path).unwrap().stamp;
    std::fs::write(&path, "FROM other\n").unwrap();
    match save(&path, "FROM mine\n", LF, Some(&was)).unwrap() {
        Saved::Changed { disk } => {
            assert_eq!(disk.text, "FROM other\n");
            saved(save(&path, "FROM mine\n", LF, Some(&disk.stamp)).unwrap());
        }
        other => panic!("{other:?}"),
    }
    std::fs::write(&path, b"\0\0").unwrap();
    let why = save(&path, "FROM mine\n", LF, Some(&was)).unwrap_err();
    assert!(why.why.contains("binary"), "{why}");
    std::fs::remove_file(&path).unwrap();
    let gone = save(&path, "FROM mine\n", LF, Some(&was)).unwrap();
    assert_eq!(gone, Saved::Gone);
    assert!(!path.exists());
    saved(save(&path, "FROM mine\n", LF, None).unwrap());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "FROM mine\n");
}

#[test]
fn what_cannot_be_opened_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("folder")).unwrap();
    std::fs::write(at("binary"), b"\x7fELF\0\0").unwrap();
    std::fs::write(at("latin1"), b"# caf\xe9\n").unwrap();
    let large = std::fs::File::create(at("large")).unwrap();
    large.set_len(LARGEST + 1).unwrap();
    let mut rows = vec![
        ("not there", "no such file"),
        ("binary/below", "no such file"),
        ("folder", "is a folder"),
        ("binary", "binary data"),
        ("latin1", "neither UTF-8 nor UTF-16, from line 1"),
        ("large", "11 MB; the editor takes files of up to 10 MB"),
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("circle", at("circle")).unwrap();
        std::os::unix::fs::symlink("nowhere", at("dangling")).unwrap();
        let made = std::process::Command::new("mkfifo")
            .arg(at("pipe"))
            .status();
        assert!(made.unwrap().success());
        rows.push(("circle", "leads in a circle"));
        rows.push(("dangling", "no such file"));
        rows.push(("pipe", "not an ordinary file"));
    }
    for (name, why) in rows {
        let problem = open(&at(name)).unwrap_err();
        assert!(problem.why.contains(why), "{name}: {problem}");
        assert!(problem.what.contains(name.rsplit('/').next().unwrap()));
        assert!(!problem.todo.is_empty());
    }
    // Root is refused nothing, so what the system answers others is made up.
    let refused = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
    let problem = Unread::from(refused).told(&at("secret"));
    assert!(
        problem.why.contains("no permission to read it"),
        "{problem}"
    );
    assert!(problem.what.contains("“secret”"), "{problem}");
    assert!(problem.todo.contains("who may read it"), "{problem}");
    assert!(open(Path::new("Cargo.toml")).is_err(), "where would it be?");
    let paths = ["not there", "folder"].map(at);
    assert_eq!(stamps(&paths), [None, None]);
    assert!(stamps(&[at("large")])[0].is_some());
}

#[cfg(unix)]
#[test]
fn links_modes_and_owners_stay() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("real")).unwrap();
    std::fs::write(at("real/run.sh"), "a\n").unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().mode() & 0o7777;
    std::fs::set_permissions(at("real/run.sh"), PermissionsExt::from_mode(0o750)).unwrap();
    symlink("real/run.sh", at("near")).unwrap();
    symlink(at("near"), at("far")).unwrap();
    let was = open(&at("far")).unwrap();
    assert_eq!(was.path, at("far").to_str().unwrap());
    saved(save(&at("far"), "b\n", LF, Some(&was.stamp)).unwrap());
    assert_eq!(std::fs::read_to_string(at("real/run.sh")).unwrap(), "b\n");
    assert!(at("far").is_symlink() && at("near").is_symlink());
    assert_eq!(mode(&at("real/run.sh")), 0o750);

    symlink("real/fresh", at("dangling")).unwrap();
    saved(save_new(&at("dangling"), "new\n", LF).unwrap());
    assert_eq!(std::fs::read_to_string(at("real/fresh")).unwrap(), "new\n");
    std::fs::write(at("usual"), "").unwrap();
    assert_eq!(mode(&at("real/fresh")), mode(&at("usual")));

    symlink("circle", at("circle")).unwrap();
    assert!(save_new(&at("circle"), "x", LF).is_err());
    assert!(save_new(&at("real"), "x", LF).is_err());
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_stays_whole() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Dockerfile");
    std::fs::write(&path, "FROM a\n").unwrap();
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o444)).unwrap();
    let file = open(&path).unwrap();
    assert!(file.read_only);
    let problem = save(&path, "FROM b\n", LF, Some(&file.stamp)).unwrap_err();
    assert!(problem.why.contains("write-protected"), "{problem}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "FROM a\n");
    assert!(alone(folder.path()));

    let nowhere = folder.path().join("not/there");
    let problem = save(&nowhere, "x", LF, None).unwrap_err();
    assert!(problem.why.contains("folder is not there"), "{problem}");
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9");
    let problem = save_new(&folder.path().join(name), "x", LF).unwrap_err();
    assert!(problem.why.contains("not UTF-8"), "{problem}");
    assert!(alone(folder.path()));

    // What a pipe or a folder is stays one, whatever is saved under its name.
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    for place in [&pipe, folder.path()] {
        let written = super::write_new(place, |_| Ok(()));
        assert!(written.is_err(), "{}", place.display());
    }
    assert!(!std::fs::metadata(&pipe).unwrap().is_file());

    // A disk that is full: /dev/full cannot be renamed over, so a small one of the system's is filled.
    let full = Path::new("/dev/full");
    if full.exists() {
        let error = std::fs::write(full, "x").unwrap_err();
        let problem = super::failed(&path, &error);
        assert_eq!(problem.code, slipway_engine::problem::Code::DiskFull);
    }
}
