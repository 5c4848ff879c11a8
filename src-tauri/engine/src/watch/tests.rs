#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use serde_json::json;

use super::*;

fn container(id: &str, status: &str) -> ContainerRow {
    ContainerRow {
        id: id.to_owned(),
        name: id.to_owned(),
        image: "ubuntu".to_owned(),
        image_id: "sha256:u".to_owned(),
        command: String::new(),
        state: ContainerState::Running,
        status: status.to_owned(),
        exit_code: None,
        created: 0,
        ports: Vec::new(),
        labels: std::collections::BTreeMap::new(),
    }
}

fn image(id: &str, tags: &[&str]) -> ImageRow {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    ImageRow {
        id: id.to_owned(),
        tags,
        digests: Vec::new(),
        size: 0,
        created: 0,
    }
}

fn ids(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

#[test]
fn events_touch_what_they_are_about() {
    let rows = [
        (
            json!({"Type": "container", "Action": "start", "Actor": {"ID": "a"}}),
            Some(("a", false)),
        ),
        (
            json!({"Type": "container", "Action": "died", "Actor": {"ID": "a"}}),
            Some(("a", false)),
        ),
        (
            json!({"Type": "container", "Action": "commit", "Actor": {"ID": "a"}}),
            Some(("a", true)),
        ),
        (
            json!({"Type": "container", "Action": "health_status: healthy", "Actor": {"ID": "a"}}),
            Some(("a", false)),
        ),
        (
            json!({"Type": "container", "Action": "something new", "Actor": {"ID": "a"}}),
            Some(("a", false)),
        ),
        (
            json!({"Type": "container", "Action": "exec_create: /bin/sh", "Actor": {"ID": "a"}}),
            None,
        ),
        (
            json!({"Type": "container", "Action": "exec_die", "Actor": {"ID": "a"}}),
            None,
        ),
        (
            json!({"Type": "image", "Action": "untag", "Actor": {"ID": "sha256:a"}}),
            Some(("", true)),
        ),
        (
            json!({"Type": "network", "Action": "connect", "Actor": {"ID": "a"}}),
            None,
        ),
        (
            json!({"Type": "container", "Action": "start", "Actor": null}),
            None,
        ),
        (json!({"Type": null}), None),
        (json!({}), None),
    ];
    for (line, expected) in rows {
        let event: Event = serde_json::from_value(line.clone()).unwrap();
        let touched = match event.touches() {
            Touch::Container { id, images } => Some((id, images)),
            Touch::Images => Some(("", true)),
            Touch::Nothing => None,
        };
        assert_eq!(touched, expected, "{line}");
    }
}

#[test]
fn only_what_is_different_is_said() {
    let rows = vec![container("a", "Up"), container("b", "Up")];
    let mut known = Known {
        containers: by_id(rows, |row| &row.id),
        images: HashMap::new(),
    };
    let asked = ids(&["a", "b", "never seen"]);
    assert_eq!(
        known.containers_are(
            vec![container("a", "Up"), container("b", "Up")],
            asked.clone()
        ),
        None
    );
    let change = known.containers_are(vec![container("b", "Down"), container("c", "Up")], asked);
    let Some(Change::Containers {
        reset: false,
        changed,
        removed,
    }) = change
    else {
        panic!("{change:?}");
    };
    assert_eq!(changed, [container("b", "Down"), container("c", "Up")]);
    assert_eq!(removed, ["a"]);
}

#[test]
fn a_renamed_image_touches_its_containers() {
    let mut known = Known {
        containers: by_id(vec![container("a", "Up")], |row| &row.id),
        images: by_id(vec![image("sha256:u", &["ubuntu:latest"])], |row| &row.id),
    };
    let mut touched = BTreeSet::new();
    assert_eq!(
        known.images_are(vec![image("sha256:u", &["ubuntu:latest"])], &mut touched),
        None
    );
    assert!(touched.is_empty());
    let change = known
        .images_are(vec![image("sha256:u", &[])], &mut touched)
        .unwrap();
    assert!(
        matches!(change, Change::Images { reset: false, ref changed, .. } if changed.len() == 1)
    );
    assert_eq!(touched, ids(&["a"]), "its row shows the image's name");
    touched.clear();
    let change = known.images_are(vec![], &mut touched).unwrap();
    assert!(matches!(change, Change::Images { ref removed, .. } if removed == &["sha256:u"]));
    assert_eq!(touched, ids(&["a"]));
}

#[test]
fn too_many_to_name_become_all() {
    let touched = Touched::default();
    for number in 0..=MANY {
        let line =
            json!({"Type": "container", "Action": "die", "Actor": {"ID": number.to_string()}});
        touched.add(&serde_json::from_value(line).unwrap());
    }
    assert!(touched.take().all_containers);
    assert!(!touched.take().all_containers, "taken once");
}
