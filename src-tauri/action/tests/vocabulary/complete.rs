use slipway_action::complete::wanted;
use slipway_action::*;

const CONTAINERS: &[KnownContainer<'static>] = &[
    KnownContainer {
        name: "web",
        id: "9599329aa62d0000000000000000000000000000000000000000000000000000",
        image: "nginx",
        running: true,
    },
    KnownContainer {
        name: "worker",
        id: "bc702481a6b30000000000000000000000000000000000000000000000000000",
        image: "busy",
        running: false,
    },
    KnownContainer {
        name: "my-web",
        id: "0123456789ab0000000000000000000000000000000000000000000000000000",
        image: "nginx",
        running: true,
    },
];

const NAMES: Names<'static> = Names {
    containers: CONTAINERS,
    images: &[
        KnownImage {
            name: "ubuntu:22.04",
            id: "sha256:aaaabbbbccccdddd0000000000000000000000000000000000000000000000",
        },
        KnownImage {
            name: "nginx:latest",
            id: "sha256:eeeeffff00001111000000000000000000000000000000000000000000000",
        },
        KnownImage {
            name: "",
            id: "sha256:22223333444455550000000000000000000000000000000000000000000000",
        },
    ],
    volumes: &["data", "db"],
    networks: &["bridge", "back end"],
};

/// The cursor stands at the `|`; the first candidates, and the text that they replace.
fn at(text: &str) -> (Vec<String>, String) {
    let cursor = text.find('|').unwrap();
    let text = text.replacen('|', "", 1);
    let found = complete(&text, cursor, &NAMES);
    let units: Vec<u16> = text.encode_utf16().collect();
    let replaced = &units[found.from as usize..found.to as usize];
    let items = found.items.into_iter().map(|item| item.text).collect();
    (items, String::from_utf16(replaced).unwrap())
}

#[test]
fn what_may_come_next_is_offered() {
    // what is typed, the first candidates, what they replace
    let rows: &[(&str, &[&str], &str)] = &[
        ("do|", &["docker"], "do"),
        ("docker ru|", &["run"], "ru"),
        ("docker im|", &["images", "image", "import"], "im"),
        ("docker |", &["run", "exec", "ps", "build"], ""),
        ("docker image |", &["build", "history", "import"], ""),
        ("docker container prun|", &["prune"], "prun"),
        ("docker volume |", &["create", "inspect", "list"], ""),
        ("$ sudo docker ru|", &["run"], "ru"),
        ("docker zzz|", &[], "zzz"),
        ("git com|", &[], "com"),
        // containers: running ones first where that is wanted
        ("docker stop |", &["web", "my-web", "worker"], ""),
        ("docker start |", &["worker", "web", "my-web"], ""),
        ("docker rm |", &["worker", "web", "my-web"], ""),
        ("docker attach w|", &["web", "worker", "my-web"], "w"),
        ("docker stop bc7|", &["bc702481a6b3"], "bc7"),
        ("docker stop web |", &["my-web", "worker"], ""),
        ("docker logs WE|", &["web", "my-web"], "WE"),
        ("docker cp we|", &["web:", "my-web:"], "we"),
        ("docker commit wor|", &["worker"], "wor"),
        ("docker commit worker |", &["--author"], ""),
        // images, volumes, networks
        ("docker run ub|", &["ubuntu:22.04"], "ub"),
        (
            "docker run -it |",
            &["ubuntu:22.04", "nginx:latest", "222233334444"],
            "",
        ),
        ("docker rmi aaaa|", &["aaaabbbbcccc"], "aaaa"),
        ("docker volume rm d|", &["data", "db"], "d"),
        ("docker network rm ba|", &["'back end'"], "ba"),
        ("docker network connect |", &["bridge", "'back end'"], ""),
        ("docker network connect bridge |", &["web"], ""),
        (
            "docker inspect |",
            &["web", "worker", "my-web", "ubuntu:22.04"],
            "",
        ),
        // flags and their values
        ("docker run --na|", &["--name"], "--na"),
        ("docker run -|", &["--detach"], "-"),
        ("docker run -p|", &["-p"], "-p"),
        (
            "docker rm --force -|",
            &["--link", "--volumes", "--force"],
            "-",
        ),
        (
            "docker run --restart |",
            &["no", "on-failure", "always", "unless-stopped"],
            "",
        ),
        ("docker run --restart a|", &["always"], "a"),
        (
            "docker run --restart=un|",
            &["--restart=unless-stopped"],
            "--restart=un",
        ),
        ("docker run --pull |", &["missing", "always", "never"], ""),
        ("docker run --network ho|", &["host"], "ho"),
        ("docker run --network ba|", &["'back end'"], "ba"),
        ("docker run -itv da|", &["data"], "da"),
        ("docker run --name |", &[], ""),
        ("docker run ubuntu --na|", &[], "--na"),
        ("docker run ubuntu |", &[], ""),
        ("docker exec web |", &[], ""),
        // places
        ("docker run |--rm", &["ubuntu:22.04"], ""),
        ("docker r|un x", &["run", "rename"], "run"),
        ("docker pull x && docker ru|", &["run"], "ru"),
        ("docker pull x\ndocker ru|", &["run"], "ru"),
        ("docker run \\\n  --na|", &["--name"], "--na"),
        ("docker run -e '🐳' ub|", &["ubuntu:22.04"], "ub"),
        ("docker stop 'we|", &["web"], "'we"),
        ("PS C:\\> docker network rm ba|", &["'back end'"], "ba"),
        ("|", &[], ""),
        ("docker run 'x' 'y|", &[], "'y"),
    ];
    for (text, expected, replaced) in rows {
        let (items, place) = at(text);
        if expected.is_empty() {
            assert_eq!(items, [""; 0], "{text}");
            continue;
        }
        assert!(items.len() >= expected.len(), "{text}: {items:?}");
        assert_eq!(items[..expected.len()], **expected, "{text}");
        assert_eq!(place, *replaced, "{text}");
    }
}

#[test]
fn candidates_are_explained() {
    let explained = |text: &str| {
        let found = complete(text, text.len(), &NAMES);
        found
            .items
            .first()
            .map(|item| (item.kind, item.explain.clone()))
    };
    let rows = [
        (
            "docker ru",
            CompletionKind::Verb,
            "Make a new container from an image and start it.",
        ),
        (
            "docker conta",
            CompletionKind::Verb,
            "Everything on containers",
        ),
        ("docker run --pub", CompletionKind::Flag, "Opens a port"),
        (
            "docker stop we",
            CompletionKind::Container,
            "nginx, running",
        ),
        (
            "docker stop bc70",
            CompletionKind::Container,
            "worker, busy, not running",
        ),
        ("docker run nginx", CompletionKind::Image, "eeeeffff0000"),
    ];
    for (text, kind, words) in rows {
        let (found, explain) = explained(text).unwrap();
        assert_eq!(found, kind, "{text}");
        assert!(explain.contains(words), "{text}: {explain}");
    }
}

#[test]
fn ten_thousand_names_give_fifty() {
    let names: Vec<String> = (0..10_000).map(|number| format!("box-{number}")).collect();
    let containers: Vec<KnownContainer<'_>> = names
        .iter()
        .enumerate()
        .map(|(index, name)| KnownContainer {
            name,
            id: "",
            image: "busy",
            running: index >= 9_990,
        })
        .collect();
    let known = Names {
        containers: &containers,
        ..Names::default()
    };
    let found = complete("docker stop b", 13, &known);
    assert_eq!(found.items.len(), 50);
    assert_eq!(found.items[0].text, "box-9990");
    assert_eq!(found.items[10].text, "box-0");
}

#[test]
fn nothing_that_is_typed_is_too_strange() {
    for text in [
        "docker run 'é",
        "docker \u{202e}",
        "🐳",
        "docker run \"$(x",
        "\0",
        "docker run --=",
        "docker run ---",
    ] {
        for cursor in 0..=text.len() + 1 {
            let found = complete(text, cursor, &NAMES);
            assert!(found.from <= found.to, "{text} {cursor}");
        }
    }
}

#[test]
fn names_that_no_list_has_are_asked_for_where_they_may_come() {
    // what is typed, whether volumes and networks may come, what stands in front of the word
    let rows = [
        ("docker volume rm ", true, false, "docker volume rm "),
        ("docker volume rm d", true, false, "docker volume rm "),
        (
            "$ docker volume rm data d",
            true,
            false,
            "$ docker volume rm data ",
        ),
        ("docker run -v ", true, false, "docker run -v "),
        (
            "docker network connect ",
            false,
            true,
            "docker network connect ",
        ),
        (
            "docker run --network ",
            false,
            true,
            "docker run --network ",
        ),
        ("docker inspect x", true, true, "docker inspect "),
        (
            "docker network connect a ",
            false,
            false,
            "docker network connect a ",
        ),
        (
            "docker volume create ",
            false,
            false,
            "docker volume create ",
        ),
        ("docker stop w", false, false, "docker stop "),
        ("docker vol", false, false, ""),
        ("git volume rm ", false, false, ""),
        ("", false, false, ""),
    ];
    for (text, volumes, networks, front) in rows {
        let found = wanted(text, text.len());
        assert_eq!(
            (found.volumes, found.networks),
            (volumes, networks),
            "{text}"
        );
        assert_eq!(found.front, front, "{text}");
        assert_eq!(
            found.is_new,
            text.ends_with(' ') && !front.is_empty(),
            "{text}"
        );
    }
}
