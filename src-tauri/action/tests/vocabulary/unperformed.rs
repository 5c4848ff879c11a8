//! What is known and not performed is said, field by field.

use slipway_action::{Action, Note, Said, Shell, read};

fn fields(notes: &[Note]) -> Vec<&str> {
    notes
        .iter()
        .filter_map(|note| note.field.as_deref())
        .collect()
}

#[test]
fn flags_that_are_not_performed_are_named() {
    let rows: &[(&str, &[&str])] = &[
        ("docker run -it -p 80:80 --name a --rm x", &[]),
        ("docker run --network a x", &[]),
        ("docker run --network a --network b x", &[]),
        ("docker run --gpus all --mount type=tmpfs,dst=/a x", &[]),
        ("docker run -a stdout x", &["attach"]),
        ("docker push --platform linux/arm64 x", &["platform"]),
        ("docker pull --platform linux/arm64 x", &[]),
        ("docker system df -v", &["verbose"]),
        ("docker run --sig-proxy=false x", &["sig_proxy"]),
        ("docker run --detach-keys ctrl-a x", &["detach_keys"]),
        ("docker pull --disable-content-trust x", &[]),
        (
            "docker pull --disable-content-trust=false x",
            &["disable_content_trust"],
        ),
        ("docker volume create --label a=b x1", &[]),
        ("docker volume create --sharing all x1", &["sharing"]),
        ("docker start --checkpoint a b", &["checkpoint"]),
    ];
    for (line, expected) in rows {
        let notes = Action::parse(line).unwrap().unperformed();
        assert_eq!(fields(&notes), *expected, "{line}");
        for note in notes {
            crate::assert_is_sentence(&note.message);
        }
    }
}

#[test]
fn what_only_changes_the_print_is_said_and_performed() {
    let inspect = Action::parse("docker container inspect -f '{{.Id}}' x").unwrap();
    assert_eq!(fields(&inspect.about_printing()), ["format"]);
    assert_eq!(inspect.unperformed(), []);
    let pull = Action::parse("docker pull -q x").unwrap();
    assert_eq!(fields(&pull.about_printing()), ["quiet"]);
    let run = Action::parse("docker run -d x").unwrap();
    assert_eq!(run.about_printing(), []);
}

#[test]
fn what_a_screen_does_not_follow_is_said() {
    let rows: &[(&str, &[&str])] = &[
        ("docker ps", &[]),
        ("docker ps -a", &[]),
        ("docker ps -f status=exited", &[]),
        ("docker ps -f status=running -f name=web", &[]),
        ("docker ps -f status=created", &["filter"]),
        ("docker ps -f name=a -f name=b", &["filter"]),
        ("docker ps -f name=^web$", &["filter"]),
        ("docker ps -f label=a -f ancestor=b", &["filter", "filter"]),
        ("docker ps -n 3", &["last"]),
        ("docker ps -ls", &["latest", "size"]),
        ("docker images", &[]),
        ("docker images ubuntu", &[]),
        ("docker images -f reference=ubuntu", &[]),
        ("docker images -f reference=ubuntu*", &["filter"]),
        ("docker images -f dangling=true", &["filter"]),
        (
            "docker images -a --digests --tree",
            &["all", "digests", "tree"],
        ),
        ("docker logs -f web", &[]),
        ("docker logs --since 10m --tail 5 web", &["since", "tail"]),
        (
            "docker logs --until 1h -t --details web",
            &["details", "timestamps", "until"],
        ),
        ("docker context ls", &[]),
    ];
    for (line, expected) in rows {
        let action = Action::parse(line).unwrap();
        let notes = action.beside_its_screen();
        assert_eq!(fields(&notes), *expected, "{line}");
        assert_eq!(action.unperformed(), [], "{line}");
        for note in &notes {
            crate::assert_is_sentence(&note.message);
        }
        // Whoever pastes it reads it.
        let reading = read(line, Shell::Posix);
        let Said::Command { notes: said, .. } = &reading.lines[0].said else {
            panic!("{line}: {reading:?}");
        };
        assert!(
            notes.iter().all(|note| said.contains(note)),
            "{line}: {said:?}"
        );
    }
    for line in [
        "docker ps -q --no-trunc",
        "docker context ls -q",
        "docker images --format json",
    ] {
        let action = Action::parse(line).unwrap();
        assert_ne!(action.about_printing(), [], "{line}");
    }
}
