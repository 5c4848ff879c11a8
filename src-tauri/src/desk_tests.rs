#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;

use slipway_action::Action;

use super::{DeskFolder, LONGEST, OPEN, RECENT};
use crate::ipc::{Desk, Draft, Stamp};

fn draft(id: u32, text: &str) -> Draft {
    Draft {
        id,
        path: None,
        name: format!("Dockerfile {id}"),
        text: Some(text.to_owned()),
        stamp: None,
        crlf: false,
        bom: id % 2 == 1,
    }
}

fn saved(id: u32, path: &str) -> Draft {
    Draft {
        path: Some(path.to_owned()),
        text: None,
        stamp: Some(Stamp("ab".to_owned())),
        ..draft(id, "")
    }
}

/// The desk as an app finds it that starts now, whatever became of the one before.
fn again(data: &Path) -> Desk {
    DeskFolder::new(data).read()
}

#[test]
fn an_app_that_never_ran_has_an_empty_desk() {
    let data = tempfile::tempdir().unwrap();
    assert_eq!(again(&data.path().join("not there")), Desk::default());
}

#[test]
fn what_is_open_is_there_after_every_keystroke() {
    let data = tempfile::tempdir().unwrap();
    let desk = DeskFolder::new(data.path());
    desk.keep(&saved(2, "/srv/Dockerfile")).unwrap();
    desk.keep(&draft(7, "")).unwrap();
    desk.arrange(Desk {
        open: vec![draft(7, "not taken from here"), saved(2, "/srv/Dockerfile")],
        front: Some(2),
        recent: vec!["/srv/Dockerfile".to_owned()],
        build: Some(Action::parse("docker build -t web .").unwrap()),
        folder: Some("/srv".to_owned()),
        ..Desk::default()
    })
    .unwrap();
    let text = "FROM ubuntu \u{1f433}\n";
    for end in 1..text.chars().count() {
        let typed: String = text.chars().take(end).collect();
        desk.keep(&draft(7, &typed)).unwrap();
        let found = again(data.path());
        assert_eq!(found.open, [draft(7, &typed), saved(2, "/srv/Dockerfile")]);
        assert_eq!(found.front, Some(2));
    }
    // A third one was opened, and the app was killed before it was arranged.
    desk.keep(&draft(8, "x")).unwrap();
    let found = again(data.path());
    let ids: Vec<u32> = found.open.iter().map(|draft| draft.id).collect();
    assert_eq!(ids, [7, 2, 8]);
    assert_eq!(found.folder.as_deref(), Some("/srv"));
    assert!(found.build.is_some() && found.lost.is_empty());
}

#[test]
fn what_was_closed_stays_closed() {
    let data = tempfile::tempdir().unwrap();
    let desk = DeskFolder::new(data.path());
    let open = vec![saved(1, "/a"), saved(2, "/b")];
    desk.keep(&open[0]).unwrap();
    let front = Some(1);
    desk.arrange(Desk {
        open,
        front,
        ..Desk::default()
    })
    .unwrap();
    assert_eq!(again(data.path()).open.len(), 2);
    desk.forget(1).unwrap();
    desk.forget(99).unwrap();
    let found = again(data.path());
    assert_eq!(found.open, [saved(2, "/b")]);
    assert_eq!(found.front, None);
}

#[test]
fn what_is_torn_or_foreign_is_set_aside_and_said() {
    let data = tempfile::tempdir().unwrap();
    let desk = DeskFolder::new(data.path());
    desk.keep(&draft(1, "one")).unwrap();
    desk.keep(&draft(2, "two")).unwrap();
    desk.arrange(Desk::default()).unwrap();
    let folder = data.path().join("desk");
    let torn = &std::fs::read(folder.join("draft-1.json")).unwrap()[..30];
    std::fs::write(folder.join("draft-1.json"), torn).unwrap();
    std::fs::write(folder.join("desk.json"), b"\0\0\0").unwrap();
    std::fs::write(folder.join("draft-x.json"), "what is this").unwrap();
    // What an app left that was killed while it wrote.
    std::fs::write(folder.join(".draft-2.json.1-1.slipway"), "{").unwrap();
    std::fs::create_dir(folder.join("draft-3.json")).unwrap();
    let found = again(data.path());
    assert_eq!(found.open, [draft(2, "two")]);
    assert_eq!(found.lost.len(), 3, "{:?}", found.lost);
    let aside = found.lost.iter().find(|said| said.contains("draft-1"));
    let aside = aside.unwrap().rsplit(" in ").next().unwrap();
    let kept = std::fs::read(aside.trim_end_matches('.')).unwrap();
    assert_eq!(kept, torn);
    assert!(again(data.path()).lost.is_empty(), "it is said once");
}

#[test]
fn it_stays_bounded() {
    let data = tempfile::tempdir().unwrap();
    let desk = DeskFolder::new(data.path());
    assert!(desk.keep(&draft(1, &"x".repeat(LONGEST + 1))).is_err());
    for id in 1..=OPEN as u32 {
        desk.keep(&draft(id, "")).unwrap();
    }
    assert!(desk.keep(&draft(1_000, "")).is_err());
    desk.keep(&draft(1, "more")).unwrap();
    let recent = (0..2 * RECENT).map(|n| format!("/{n}")).collect();
    desk.arrange(Desk {
        recent,
        ..Desk::default()
    })
    .unwrap();
    let found = again(data.path());
    assert_eq!((found.open.len(), found.recent.len()), (OPEN, RECENT));
    assert_eq!(found.recent[0], "/0");
}

#[test]
fn the_build_that_is_filled_in_leaves_no_secret_on_disk() {
    let data = tempfile::tempdir().unwrap();
    let desk = DeskFolder::new(data.path());
    let line = "docker build --build-arg API_TOKEN=canary-4711 --build-arg A=b -t web .";
    desk.arrange(Desk {
        build: Some(Action::parse(line).unwrap()),
        ..Desk::default()
    })
    .unwrap();
    let text = std::fs::read_to_string(data.path().join("desk/desk.json")).unwrap();
    assert!(!text.contains("canary") && text.contains("A=b"), "{text}");
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let data = tempfile::tempdir().unwrap();
    let desk = DeskFolder::new(data.path());
    desk.keep(&draft(1, "ENV PASSWORD=x")).unwrap();
    desk.arrange(Desk::default()).unwrap();
    let folder = data.path().join("desk");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for entry in std::fs::read_dir(&folder).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}
