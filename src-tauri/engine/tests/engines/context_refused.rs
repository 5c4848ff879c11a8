//! What is told of a build's folder that cannot be sent.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::folders::{collected, plant};
use slipway_engine::build::context::{Context, ContextError, DockerfileWrong};
use tempfile::tempdir;

/// Files, the folder, the Dockerfile if it is named, what is wrong, and what is said of it.
type Row<'a> = (
    &'a [&'a str],
    &'a str,
    Option<&'a str>,
    fn(&ContextError) -> bool,
    &'a str,
);

/// Runs `work` on a thread that is not root, whoever runs the tests.
fn as_nobody<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::spawn(|| {
        if rustix::process::geteuid().is_root() {
            let nobody = rustix::process::Uid::from_raw(65534);
            rustix::thread::set_thread_res_uid(nobody, nobody, nobody).unwrap();
        }
        work()
    });
    thread.join().unwrap()
}

#[test]
fn what_cannot_be_built_from_is_told() {
    let rows: &[Row] = &[
        (
            &[],
            "none",
            None,
            |it| matches!(it, ContextError::NoFolder(_)),
            "no folder",
        ),
        (
            &["f=x"],
            "f",
            None,
            |it| matches!(it, ContextError::FolderIsFile(_)),
            "is a file",
        ),
        (
            &["f=x"],
            "f/g",
            None,
            |it| matches!(it, ContextError::FolderUnreadable { .. }),
            "not a folder",
        ),
        (
            &["f/"],
            "f",
            None,
            |it| matches!(it, ContextError::NoDockerfile { .. }),
            "Create one",
        ),
        (
            &["f/web.dockerfile=x"],
            "f",
            None,
            |it| matches!(it, ContextError::NoDockerfile { similar, .. } if similar == &["web.dockerfile"]),
            "“web.dockerfile” is there: name it with -f",
        ),
        (
            &["f/Dockerfile.a=x", "f/Dockerfile.b=x"],
            "f",
            Some("Dockerfile.c"),
            |it| matches!(it, ContextError::NoDockerfile { similar, .. } if similar.len() == 2),
            "“Dockerfile.a”, “Dockerfile.b”",
        ),
        (
            &["f/Dockerfile/"],
            "f",
            None,
            |it| wrong(it) == Some(&DockerfileWrong::Folder),
            "is a folder",
        ),
        (
            &["f/Dockerfile|"],
            "f",
            None,
            |it| wrong(it) == Some(&DockerfileWrong::Special),
            "no ordinary file",
        ),
        (
            &["f/Dockerfile="],
            "f",
            None,
            |it| wrong(it) == Some(&DockerfileWrong::Empty),
            "is empty",
        ),
        (
            &["f/Dockerfile=a\0b"],
            "f",
            None,
            |it| wrong(it) == Some(&DockerfileWrong::Binary),
            "not a text file",
        ),
        (
            &["f/Dockerfile->Dockerfile"],
            "f",
            None,
            |it| matches!(wrong(it), Some(DockerfileWrong::Unreadable(_))),
            "circle",
        ),
        (
            &["f/Dockerfile=FROM a", "f/.dockerignore=a\n[\n!"],
            "f",
            None,
            |it| matches!(it, ContextError::IgnoreWrong { wrong, .. } if wrong.len() == 2),
            "Line 2:",
        ),
        (
            &["f/Dockerfile=FROM a", "f/.dockerignore/"],
            "f",
            None,
            |it| matches!(it, ContextError::IgnoreUnreadable { .. }),
            "it is no file",
        ),
        (
            &["f->f"],
            "f",
            None,
            |it| matches!(it, ContextError::FolderUnreadable { .. }),
            "circle",
        ),
    ];
    for (files, folder, dockerfile, fits, says) in rows {
        let place = tempdir().unwrap();
        plant(place.path(), files);
        let opened = Context::open(&place.path().join(folder), dockerfile.map(Path::new));
        let error = opened.expect_err(&format!("{files:?}"));
        assert!(fits(&error), "{files:?}: {error:?}");
        let text = error.to_string();
        assert!(text.contains(says), "{files:?}: {text}");
        assert!(text.ends_with('.') || text.ends_with('?'), "{text}");
    }
}

fn wrong(error: &ContextError) -> Option<&DockerfileWrong> {
    match error {
        ContextError::Dockerfile { wrong, .. } => Some(wrong),
        _ => None,
    }
}

#[test]
fn a_dockerfile_of_more_than_10_mb_is_not_read_whole() {
    let place = tempdir().unwrap();
    let file = File::create(place.path().join("Dockerfile")).unwrap();
    file.set_len(1 << 40).unwrap();
    let error = Context::open(place.path(), None).unwrap_err();
    assert_eq!(wrong(&error), Some(&DockerfileWrong::TooLarge(1 << 40)));
}

#[test]
fn what_this_account_may_not_read_is_told() {
    let rows: &[(&[&str], &str, &str)] = &[
        (&["f/Dockerfile=FROM a", "0000 f/"], "f/", "permission"),
        (&["0000 f/Dockerfile=FROM a"], "“", "permission"),
        (
            &["f/Dockerfile=FROM a", "0000 f/.dockerignore=a"],
            ".dockerignore",
            "permission",
        ),
        (
            &["f/Dockerfile=FROM a", "f/a=1", "0000 f/secret=x"],
            "“secret”",
            "permission",
        ),
        (
            &["f/Dockerfile=FROM a", "f/a/b=1", "0000 f/a/"],
            "“a”",
            "permission",
        ),
    ];
    for (files, names, says) in rows {
        let place = tempdir().unwrap();
        fs::set_permissions(place.path(), PermissionsExt::from_mode(0o755)).unwrap();
        plant(place.path(), files);
        let folder = place.path().join("f");
        let error = as_nobody(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap();
            runtime.block_on(async {
                let context = Context::open(&folder, None)?;
                collected(context.tar().body).await
            })
        });
        let text = error.expect_err(&format!("{files:?}")).to_string();
        assert!(
            text.contains(names.trim_end_matches('/')) && text.contains(says),
            "{files:?}: {text}"
        );
        // What no one may read is nobody's matter where it is ignored.
        plant(
            place.path(),
            &[
                "0755 f/",
                "0644 f/Dockerfile=FROM a",
                "0644 f/.dockerignore=secret\na\n",
            ],
        );
        let folder = place.path().join("f");
        let done = as_nobody(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap();
            runtime.block_on(async { collected(Context::open(&folder, None)?.tar().body).await })
        });
        done.unwrap_or_else(|error| panic!("{files:?}: {error}"));
        // So that whoever runs this can remove it.
        let _ = fs::set_permissions(place.path().join("f/a"), PermissionsExt::from_mode(0o755));
    }
}
