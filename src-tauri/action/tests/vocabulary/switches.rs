//! Switches that docker has on by itself: neither on nor off while nobody has written them.

use slipway_action::{Action, Commit, Shell};

use crate::refused;

#[test]
fn a_switch_that_is_on_by_itself_is_written_where_it_is_off() {
    let rows = [
        ("docker commit a", "docker commit a"),
        ("docker commit -p a", "docker commit -p a"),
        ("docker commit --pause a", "docker commit -p a"),
        (
            "docker commit --pause=false a",
            "docker commit --pause=false a",
        ),
        ("docker commit -p=0 a", "docker commit --pause=false a"),
        ("docker commit -p=false --pause a", "docker commit -p a"),
        // The word behind it is a name, not its value.
        ("docker commit --pause false", "docker commit -p false"),
        (
            "docker run --sig-proxy=false x",
            "docker run --sig-proxy=false x",
        ),
        (
            "docker network create --ipv6=false --ipv4 a",
            "docker network create --ipv4 --ipv6=false a",
        ),
        (
            "docker history -H=false a",
            "docker history --human=false a",
        ),
        ("docker build --rm=false .", "docker build --rm=false ."),
        // One that is off by itself is left out again.
        ("docker build --pull=false .", "docker build ."),
    ];
    for (line, expected) in rows {
        let action = Action::parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(action.render(Shell::Posix).line, expected, "{line}");
    }
    refused(
        Action::parse("docker commit --pause=maybe a"),
        "--pause=maybe",
        "true or false",
    );
}

#[test]
fn a_page_may_leave_out_what_it_does_not_set() {
    let action: Action =
        serde_json::from_str(r#"{"verb":"commit","container":"a","image":"b"}"#).unwrap();
    let expected = Commit {
        container: "a".into(),
        image: Some("b".into()),
        ..Commit::default()
    };
    assert_eq!(action, Action::Commit(expected));
}

#[test]
fn a_dash_alone_stands_for_the_terminal() {
    for line in [
        "docker cp - a1:/x",
        "docker cp a1:/x -",
        "docker build -",
        "docker import - a",
    ] {
        let action = Action::parse(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        assert_eq!(action.render(Shell::Posix).line, line);
    }
}
