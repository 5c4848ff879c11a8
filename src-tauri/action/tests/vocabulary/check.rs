use slipway_action::*;

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Problems as `field[index]: message`.
fn problems(line: &str) -> Vec<FieldProblem> {
    Action::parse(line)
        .unwrap_or_else(|e| panic!("{line}: {e}"))
        .check()
}

/// The line has one problem, in this field, and the sentence has these words.
#[track_caller]
pub fn one_problem(line: &str, field: &str, index: u32, words: &str) {
    let found = problems(line);
    assert_eq!(found.len(), 1, "{line}: {found:?}");
    assert_eq!(
        (found[0].field.as_str(), found[0].index),
        (field, index),
        "{line}: {found:?}"
    );
    assert!(
        found[0].message.contains(words),
        "{line}: {}",
        found[0].message
    );
    crate::assert_is_sentence(&found[0].message);
}

#[test]
fn good_commands_have_no_problems() {
    for line in [
        "docker run hello-world",
        "docker run -it -p 5000:5050 flask_app",
        "docker run --rm --restart no ubuntu",
        "docker run -e A=b -v /a:/b:ro -v data:/d -w /app -u 1000:1000 --entrypoint sh --network bridge -h web --restart on-failure:3 -m 512m --cpus 1.5 -l a=b --add-host db:10.0.0.1 --expose 80 --platform linux/arm64 --pull always --stop-signal SIGINT --stop-timeout 5 ubuntu echo hi",
        "docker pull --platform linux/amd64 ubuntu:22.04",
        "docker pull -a ubuntu",
        "docker rmi 9599329aa62d sha256:4bcff63911fc",
        "docker stop -s TERM -t 5 hello /world",
        "docker container prune -f --filter until=24h",
        "docker image prune -a --filter dangling=true",
        "docker rename 0a hello2",
        "docker run --memory 1g --memory-swap 2g --memory-reservation 512m --pids-limit 100 --cpu-shares 512 --cpuset-cpus 0-1 --shm-size 64m --ulimit nofile=1024 --oom-score-adj -500 x",
        "docker run --health-cmd 'curl -f localhost' --health-interval 30s --health-retries 3 --health-timeout 5s x",
        "docker run --mount type=bind,source=/a,target=/b --tmpfs /t:size=64m --volumes-from db:ro --network name=web,alias=a --dns 1.1.1.1 --dns-search example.com x",
        "docker run --cap-add NET_ADMIN --cap-drop ALL --security-opt no-new-privileges --device /dev/fuse --gpus all --pid host --ipc container:a --sysctl net.core.somaxconn=1024 --group-add 1000 x",
        "docker run --log-driver local --log-opt max-size=10m --annotation a=b -a stdout --isolation default x",
        "docker update --memory 1g --memory-swap -1 --restart always a",
        "docker build -t a:1 -f x --build-arg A=b --target stage --platform linux/amd64,linux/arm64 --secret id=a,src=b --progress plain -o type=local,dest=out --cache-from a --ulimit nofile=1 .",
        "docker build -t a -",
        "docker commit -a me -m text -c 'CMD bash' --pause=false a b:1",
        "docker cp aa:/x . ",
        "docker cp - aa:/x",
        "docker network create --subnet 172.28.0.0/16 --gateway 172.28.0.1 --ip-range 172.28.5.0/24 --aux-address a=172.28.1.5 -o a=b web",
        "docker network connect --ip 172.28.0.5 --alias a --link b:c web a",
        "docker volume create -d local -o type=tmpfs --label a=b data",
        "docker volume create",
        "docker logs -f --tail 10 --since 10m a",
        "docker ps -a -f status=exited -n 3",
        "docker inspect --type container a",
        "docker stats",
        "docker login -u me registry.example.com",
        "docker context use default",
    ] {
        assert_eq!(problems(line), [], "{line}");
    }
}

#[test]
fn each_field_says_what_is_wrong_with_it() {
    let name_300 = format!("docker run --name {} x", "n".repeat(300));
    let image_300 = format!("docker run {}", "n".repeat(300));
    // line, field, index, words
    let rows = [
        (
            "docker run -p 80:80 -p abc x",
            "publish",
            1,
            "“abc” is not a port",
        ),
        ("docker run -p 70000:80 x", "publish", 0, "no port “70000”"),
        ("docker run -p 80:0 x", "publish", 0, "no port 0"),
        (
            "docker run -p '<HOST_PORT>:5050' x",
            "publish",
            0,
            "“<HOST_PORT>” stands for a value of your own",
        ),
        (
            "docker rm '<CONTAINER ID>'",
            "containers",
            0,
            "“<CONTAINER ID>” stands for",
        ),
        (
            "docker run -p 80:80 -p 81:81 -p 80:82 x",
            "publish",
            2,
            "Port 80 of this computer is used twice",
        ),
        (
            "docker run --rm --restart always x",
            "restart",
            0,
            "Leave out either",
        ),
        ("docker run -e =x y", "env", 0, "no name"),
        ("docker run -e A=b -e 'B =c' y", "env", 1, "a space"),
        (&name_300, "name", 0, "this one has 300"),
        ("docker run --name '../x?force=1' y", "name", 0, "“/”"),
        ("docker run --name '<b>x</b>' y", "name", 0, "“<”"),
        (
            "docker run --name $'a\\u202eb' y",
            "name",
            0,
            "hidden character",
        ),
        (&image_300, "image", 0, "at most 255"),
        ("docker run UPPER", "image", 0, "only small letters"),
        ("docker run '../x?force=1'", "image", 0, "“?”"),
        ("docker run '<b>x</b>'", "image", 0, "“<”"),
        ("docker run $'a\\u200fb'", "image", 0, "hidden character"),
        ("docker run -v foo/bar:/x y", "volume", 0, "not a full path"),
        ("docker run -v $(pwd):/x y", "volume", 0, "terminal"),
        (
            "docker run -v /a:/x -v /b:/x y",
            "volume",
            1,
            "Two entries go to “/x”",
        ),
        ("docker run -w app y", "workdir", 0, "full path"),
        ("docker run -u 'a b' y", "user", 0, "is not a user"),
        ("docker run --network a/b y", "network", 0, "“/”"),
        ("docker run -h 'a b' y", "hostname", 0, "a space"),
        ("docker run -m lots y", "memory", 0, "amount of memory"),
        (
            "docker run --cpus many y",
            "cpus",
            0,
            "number of processors",
        ),
        ("docker run -l =x y", "label", 0, "no name"),
        ("docker run --add-host x y", "add_host", 0, "known host"),
        ("docker run --expose 80:80 y", "expose", 0, "publish it"),
        (
            "docker run --platform foo y",
            "platform",
            0,
            "not a platform",
        ),
        (
            "docker run --pull sometimes y",
            "pull",
            0,
            "always, missing or never",
        ),
        (
            "docker run --stop-signal FOO y",
            "stop_signal",
            0,
            "not a signal",
        ),
        (
            "docker run --stop-timeout -2 y",
            "stop_timeout",
            0,
            "seconds",
        ),
        (
            "docker pull -a ubuntu:22.04",
            "all_tags",
            0,
            "Leave out the tag",
        ),
        ("docker stop a '../b'", "containers", 1, "“/”"),
        ("docker rmi a '..'", "images", 1, "can’t be part"),
        (
            "docker rename a -- -b",
            "new_name",
            0,
            "begins with a letter",
        ),
        ("docker kill -s FOO a", "signal", 0, "not a signal"),
        (
            "docker container prune --filter dangling=true",
            "filter",
            0,
            "no filter",
        ),
    ];
    for (line, field, index, words) in rows {
        one_problem(line, field, index, words);
    }
}

#[test]
fn what_is_blank_is_only_wrong_where_it_is_needed() {
    let blank = ContainerOptions {
        publish: strings(&[""]),
        name: Some(String::new()),
        memory: Some(String::new()),
        restart: Some(String::new()),
        ..Default::default()
    };
    let run = Action::Run(Run {
        options: blank,
        ..Default::default()
    });
    let found = run.check();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].field, "image");
    assert!(found[0].message.contains("Name an image"));

    for (action, field) in [
        (Action::Start(Start::default()), "containers"),
        (
            Action::RemoveImage(RemoveImage {
                images: strings(&["", ""]),
                ..Default::default()
            }),
            "images",
        ),
        (
            Action::Rename(Rename {
                container: "a".into(),
                ..Default::default()
            }),
            "new_name",
        ),
    ] {
        let found = action.check();
        assert_eq!(found.len(), 1, "{action:?}: {found:?}");
        assert_eq!(found[0].field, field);
    }
}

#[test]
fn the_index_is_that_of_the_list_with_its_blanks() {
    let options = ContainerOptions {
        publish: strings(&["", "80:80", "", "x"]),
        ..Default::default()
    };
    let run = Action::Run(Run {
        options,
        image: "a".into(),
        ..Default::default()
    });
    assert_eq!(run.check()[0].index, 3);
}

#[test]
fn what_removes_something_says_so() {
    let rows = [
        ("docker rm a b", true, vec!["a", "b"]),
        ("docker rmi a", true, vec!["a"]),
        ("docker container prune", true, vec![]),
        ("docker image prune", true, vec![]),
        ("docker run ubuntu ls", false, vec!["ubuntu"]),
        ("docker stop a", false, vec!["a"]),
        ("docker rename a b2", false, vec!["a"]),
        ("docker volume rm a b", true, vec!["a", "b"]),
        ("docker volume prune", true, vec![]),
        ("docker network rm a", true, vec!["a"]),
        ("docker network prune", true, vec![]),
        ("docker network connect a b", false, vec!["a", "b"]),
        ("docker system prune -a", true, vec![]),
        ("docker cp aa:/x .", false, vec!["aa"]),
        ("docker exec a rm x", false, vec!["a"]),
        ("docker tag a b", false, vec!["a"]),
    ];
    for (line, destroys, targets) in rows {
        let action = Action::parse(line).unwrap();
        assert_eq!(action.destroys(), destroys, "{line}");
        assert_eq!(action.targets(), targets, "{line}");
    }
}

#[test]
fn what_stands_for_a_secret_is_none() {
    for (line, field, index) in [
        ("docker run -e A=b -e API_TOKEN=x ubuntu", "env", 1),
        ("docker build --build-arg API_TOKEN=x .", "build_arg", 0),
        ("docker build --secret id=key,src=x .", "secret", 0),
        ("docker build https://me:x@example.com/a.git", "context", 0),
        ("docker login -u me -p x", "password", 0),
        ("docker exec web mysql --password=x", "command", 1),
    ] {
        let kept = redact(&Action::parse(line).unwrap())
            .render(Shell::Posix)
            .line;
        assert!(kept.contains(HIDDEN), "{kept}");
        one_problem(&kept, field, index, "not kept");
    }
    for line in [
        "docker run ubuntu echo '***'",
        "docker run -e STARS=*** ubuntu",
        "docker run -e API_TOKEN=x ubuntu",
        "docker run -e API_TOKEN='a***b' ubuntu",
    ] {
        assert_eq!(problems(line), [], "{line}");
    }
}
