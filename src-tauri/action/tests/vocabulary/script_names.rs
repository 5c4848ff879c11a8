//! The trail as a script: what an engine made up a name for is found again under the name that it has then.

use slipway_action::*;

use crate::script::{FRESH, WEB, actions, done, made, run};

/// What docker is asked by the script, a line for each command.
fn asked_by(entries: &[Entry<'_>]) -> Vec<String> {
    let (asked, is_done, said) = run("sh", &script(entries, Shell::Posix), &[]);
    assert!(is_done, "{said}");
    asked.iter().map(|words| words.join(" ")).collect()
}

#[test]
fn names_that_an_engine_made_up_are_found_wherever_they_stand() {
    let all = actions(&[
        "docker create nginx",
        "docker run -d --volumes-from happy_turing --network container:happy_turing nginx",
        "docker run --link 111111111111:db nginx",
        "docker cp happy_turing:/a b",
        "docker rename happy_turing web",
        "docker stop web",
        "docker rm 1111",
        // Words that only look like it.
        "docker run nginx happy 1111",
        "docker run -e happy_turing=1 nginx",
    ]);
    let mut entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    entries[0] = made(&all[0], WEB, Some("happy_turing"));
    assert_eq!(
        asked_by(&entries),
        [
            "create nginx",
            "run -d --network container:new-create --volumes-from new-create nginx",
            "run --link new-create:db nginx",
            "cp new-create:/a b",
            "rename new-create web",
            "stop web",
            "rm new-create",
            "run nginx happy 1111",
            "run -e happy_turing=1 nginx",
        ]
    );
}

#[test]
fn a_container_that_was_renamed_is_found_by_its_new_name() {
    let all = actions(&[
        "docker run -d --name web nginx",
        "docker rename web old",
        "docker run -d --name web nginx",
        "docker stop 111111111111",
        "docker stop web",
        "docker run nginx",
        "docker rename 444444444444 mine",
        "docker rm 444444444444",
    ]);
    let (second, third) = ("3".repeat(64), "4".repeat(64));
    let mut entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    entries[0] = made(&all[0], WEB, Some("web"));
    entries[2] = made(&all[2], &second, Some("web"));
    entries[5] = made(&all[5], &third, Some("sad_bell"));
    assert_eq!(
        asked_by(&entries),
        [
            "run -d --name web nginx",
            "rename web old",
            "run -d --name web nginx",
            "stop old",
            "stop web",
            "run --name slipway-1 nginx",
            "rename slipway-1 mine",
            "rm mine",
        ]
    );
}

#[test]
fn an_image_without_a_name_is_found_by_what_its_build_printed() {
    let all = actions(&[
        "docker build --progress plain .",
        "docker tag 222222222222 mine",
        "docker run -d 2222222222222222222222222222222222222222222222222222222222222222",
        "docker build -t app .",
        "docker build -t app .",
        // It has lost its name to the newer one.
        "docker rmi 333333333333",
        "docker build -q .",
        "docker rmi sha256:4444444444444444444444444444444444444444444444444444444444444444",
    ]);
    let [old, new, quiet] = ["3", "5", "4"].map(|digit| format!("sha256:{}", digit.repeat(64)));
    let mut entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    entries[0] = made(&all[0], FRESH, None);
    entries[3] = made(&all[3], &old, None);
    entries[4] = made(&all[4], &new, None);
    entries[6] = made(&all[6], &quiet, None);
    let asked = asked_by(&entries);
    assert_eq!(
        asked,
        [
            "build -q .",
            "tag new-build mine",
            "run -d new-build",
            "build -q -t app .",
            "build -t app .",
            "rmi new-build",
            "build -q .",
            "rmi new-build",
        ]
    );
    let text = script(&entries, Shell::Powershell);
    for line in [
        "$image_1 = docker build -q '.'",
        "docker tag \"${image_1}\" mine",
    ] {
        assert!(text.lines().any(|one| one == line), "{line}: {text}");
    }
}

#[test]
fn what_was_done_to_what_a_failed_command_left_is_left_out_with_it() {
    let all = actions(&[
        "docker run -d --name web -p 5000:80 nginx",
        "docker rm web",
        "docker run -d --name web -p 5001:80 nginx",
        "docker stop web",
        "docker run nginx",
        "docker rename sad_bell lost",
        "docker commit lost mine",
        "docker rm -f lost web",
        "docker tag lost other",
        "docker rename other lost",
        "docker start lost",
    ]);
    let (second, third) = ("3".repeat(64), "4".repeat(64));
    let mut entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    entries[0] = Entry {
        ended: Ended::Failed { why: "taken" },
        ..made(&all[0], WEB, Some("web"))
    };
    entries[2] = made(&all[2], &second, Some("web"));
    entries[4] = Entry {
        ended: Ended::Cancelled,
        ..made(&all[4], &third, Some("sad_bell"))
    };
    assert_eq!(
        asked_by(&entries),
        [
            "run -d -p 5001:80 --name web nginx",
            "stop web",
            // Of two, the one that is there.
            "rm -f web",
            // An image may have the name of a container.
            "tag lost other",
            // And another container may have got its name.
            "rename other lost",
            "start lost",
        ]
    );
    let text = script(&entries, Shell::Posix);
    assert_eq!(text.matches("so it is left out, too.").count(), 3, "{text}");
    assert!(text.contains("\n# docker rm web\n"), "{text}");
}

#[test]
fn what_was_done_on_another_engine_is_a_remark() {
    let all = actions(&[
        "docker run -d --name web nginx",
        "docker stop web",
        "docker rm 1111111111111",
    ]);
    let elsewhere = Ended::Elsewhere {
        engine: "colima (unix:///a\ndocker rm -f all)",
    };
    let mut entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    entries[0] = Entry {
        ended: elsewhere,
        ..made(&all[0], WEB, Some("web"))
    };
    assert_eq!(asked_by(&entries), ["stop web", "rm 1111111111111"]);
    let text = script(&entries, Shell::Posix);
    assert!(
        text.contains("on another engine, so it is left out: colima (unix:///a\n# docker rm"),
        "{text}"
    );
}

#[test]
fn no_name_is_taken_for_the_beginning_of_another() {
    let all = actions(&[
        "docker volume create notes",
        "docker volume rm note",
        "docker stop note",
    ]);
    let mut entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    // The id of a volume is its name.
    entries[0] = made(&all[0], "notes", None);
    assert_eq!(
        asked_by(&entries),
        ["volume create notes", "volume rm note", "stop note"]
    );
}
