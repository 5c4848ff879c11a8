//! What is known and not performed is said, field by field.

use slipway_action::{Action, Note};

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
