#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::*;
use slipway_action::Action;

fn action(line: &str) -> Build {
    match Action::parse(line) {
        Ok(Action::Build(build)) => build,
        other => panic!("{line}: {other:?}"),
    }
}

fn read(line: &str) -> Result<Options, BuildkitError> {
    let action = action(line);
    let folder = std::env::temp_dir();
    let request = Request {
        action: &action,
        folder: &folder,
        source: Source::Folder(&folder),
        dockerfile: None,
    };
    let arguments = action.build_arg.iter().map(|it| match it.split_once('=') {
        Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
        None => (it.clone(), None),
    });
    Options::read(&request, arguments.collect(), Some("10.0.0.1"))
}

#[test]
fn options_become_what_the_frontend_calls_them() {
    let rows = [
        ("--build-arg a=b=c", "build-arg:a", Some("b=c")),
        ("--build-arg a", "build-arg:a", None),
        ("--label a=b", "label:a", Some("b")),
        ("--target one", "target", Some("one")),
        ("", "image-resolve-mode", Some("local")),
        ("--pull", "image-resolve-mode", Some("pull")),
        ("--no-cache", "no-cache", Some("")),
        (
            "--no-cache-filter a --no-cache-filter b",
            "no-cache",
            Some("a,b"),
        ),
        ("--platform linux/arm64", "platform", Some("linux/arm64")),
        ("--platform local", "platform", None),
        ("--network none", "force-network-mode", Some("none")),
        ("--network default", "force-network-mode", None),
        (
            "--add-host a:1.2.3.4 --add-host b=[::1]",
            "add-hosts",
            Some("a=1.2.3.4,b=::1"),
        ),
        ("--add-host a:host-gateway", "add-hosts", Some("a=10.0.0.1")),
        ("--shm-size 1k", "shm-size", Some("1024")),
        ("--ulimit nofile=1", "ulimit", Some("nofile=1:1")),
        ("--ulimit nofile=1:2", "ulimit", Some("nofile=1:2")),
        ("--cgroup-parent x", "cgroup-parent", Some("x")),
        ("-f sub/x.df", "filename", Some("sub/x.df")),
        (
            "--build-context a=docker-image://b",
            "context:a",
            Some("docker-image://b"),
        ),
        (
            "--build-context context=.",
            "context:context",
            Some("local:_context"),
        ),
        ("--build-arg BUILDKIT_SYNTAX=a/b:1", "source", Some("a/b:1")),
    ];
    for (flags, name, value) in rows {
        let options = read(&format!("docker build {flags} ."));
        let options = options.unwrap_or_else(|error| panic!("{flags}: {error}"));
        let found = options.attributes.get(name).map(String::as_str);
        assert_eq!(found, value, "{flags}");
    }
    let options = read("docker build --network host --allow security.insecure .").unwrap();
    assert_eq!(options.entitlements, ["security.insecure", "network.host"]);
    let line = "docker build --cache-from a/b:c --cache-from type=registry,ref=x .";
    let options = read(line).unwrap();
    let places: Vec<_> = options
        .cache
        .imports
        .iter()
        .map(|it| &it.attrs["ref"])
        .collect();
    assert_eq!(places, ["a/b:c", "x"]);
    assert!(options.attributes["cache-imports"].contains(r#""Type":"registry""#));
}

#[test]
fn options_that_make_no_sense_are_told() {
    for flags in [
        "--network bridge",
        "--add-host a:b",
        "--add-host a",
        "--build-context a",
        "--build-context a=/no/such/folder",
        "--cache-from a=b",
        "--shm-size much",
    ] {
        let read = read(&format!("docker build {flags} ."));
        assert!(
            matches!(read, Err(BuildkitError::Option(_))),
            "{flags}: {read:?}"
        );
    }
}

#[test]
fn what_the_api_can_not_do_is_known() {
    let rows = [
        ("", false),
        ("-o type=image", false),
        ("-o out", true),
        ("-o type=local,dest=out", true),
        ("--push", true),
        ("--provenance false", false),
        ("--provenance true", true),
        ("--attest type=sbom", true),
        ("--annotation a=b", true),
        ("--builder default", false),
        ("--builder other", true),
        ("--cache-to type=local,dest=x", true),
        ("--cache-from x", false),
        ("--ssh default", false),
        ("--ssh key=/etc/passwd", true),
        ("--check", true),
    ];
    for (flags, expected) in rows {
        let found = beyond(&action(&format!("docker build {flags} .")));
        assert_eq!(found.is_some(), expected, "{flags}: {found:?}");
    }
}
