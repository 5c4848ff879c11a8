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
        ("docker run --ulimit nofile x", "ulimit", 0, "nofile=1024"),
        ("docker run --mount target=x y", "mount", 0, "full path"),
        ("docker run --device tty x", "device", 0, "/dev/ttyUSB0"),
        (
            "docker run --sysctl vm.x=1 x",
            "sysctl",
            0,
            "whole computer",
        ),
        (
            "docker run --health-interval 5 x",
            "health_interval",
            0,
            "30s",
        ),
        (
            "docker run --no-healthcheck --health-cmd x y",
            "no_healthcheck",
            0,
            "one of the two",
        ),
        ("docker run --gpus some x", "gpus", 0, "Write all"),
        (
            "docker run --log-driver none --log-opt a=b x",
            "log_opt",
            0,
            "no log is kept",
        ),
        ("docker run --cap-add NET_ADMN x", "cap_add", 0, "NET_ADMIN"),
        ("docker run --cap-drop x y", "cap_drop", 0, "no right"),
        ("docker run --shm-size 0 x", "shm_size", 0, "64m"),
        (
            "docker run --pids-limit -2 x",
            "pids_limit",
            0,
            "-1 or more",
        ),
        ("docker run --cpu-shares -1 x", "cpu_shares", 0, "0 or more"),
        (
            "docker run --cpu-period 5 x",
            "cpu_period",
            0,
            "1000 to 1000000",
        ),
        ("docker run --cpu-quota 5 x", "cpu_quota", 0, "1000 or more"),
        (
            "docker run --cpus 1 --cpu-quota 5000 x",
            "cpus",
            0,
            "Leave out one",
        ),
        ("docker run --cpuset-cpus x y", "cpuset_cpus", 0, "0-3"),
        (
            "docker run --blkio-weight 5 x",
            "blkio_weight",
            0,
            "10 to 1000",
        ),
        (
            "docker run --memory-swappiness 101 x",
            "memory_swappiness",
            0,
            "-1 to 100",
        ),
        (
            "docker run --oom-score-adj 1001 x",
            "oom_score_adj",
            0,
            "-1000 to 1000",
        ),
        (
            "docker run --memory-swap 1g x",
            "memory_swap",
            0,
            "--memory",
        ),
        (
            "docker run --memory-swap 1g -m 2g x",
            "memory_swap",
            0,
            "memory alone",
        ),
        (
            "docker run --memory-reservation 2g -m 1g x",
            "memory_reservation",
            0,
            "more than the most",
        ),
        (
            "docker run --device-read-bps /dev/sda x",
            "device_read_bps",
            0,
            "/dev/sda:1mb",
        ),
        (
            "docker run --device-cgroup-rule x y",
            "device_cgroup_rule",
            0,
            "c 42:* rmw",
        ),
        ("docker run --tmpfs x y", "tmpfs", 0, "full path"),
        ("docker run --volumes-from a:x y", "volumes_from", 0, "ro"),
        (
            "docker run --storage-opt x y",
            "storage_opt",
            0,
            "NAME=VALUE",
        ),
        ("docker run --ip x y", "ip", 0, "IPv4"),
        ("docker run --ip6 1.2.3.4 y", "ip6", 0, "IPv6"),
        (
            "docker run --mac-address x y",
            "mac_address",
            0,
            "network card",
        ),
        ("docker run --dns x y", "dns", 0, "not an address"),
        (
            "docker run --network-alias 'a b' y",
            "network_alias",
            0,
            "a space",
        ),
        (
            "docker run --network a --network a y",
            "network",
            1,
            "stands here twice",
        ),
        (
            "docker run --network a --network host y",
            "network",
            0,
            "can’t be mixed",
        ),
        (
            "docker run --network name=a,ip=1.2.3.4 --ip 1.2.3.5 y",
            "ip",
            0,
            "in --network, too",
        ),
        ("docker run --pid x y", "pid", 0, "host or container:NAME"),
        ("docker run --ipc x y", "ipc", 0, "shareable"),
        ("docker run --uts x y", "uts", 0, "Write host."),
        ("docker run --userns x y", "userns", 0, "Write host."),
        ("docker run --cgroupns x y", "cgroupns", 0, "host, private"),
        (
            "docker run --security-opt x y",
            "security_opt",
            0,
            "seccomp=",
        ),
        ("docker run -a x y", "attach", 0, "stdin, stdout and stderr"),
        (
            "docker run -d -a stdout y",
            "attach",
            0,
            "in the background",
        ),
        (
            "docker run --detach-keys ctrl-1 y",
            "detach_keys",
            0,
            "ctrl-p",
        ),
        ("docker run --isolation x y", "isolation", 0, "hyperv"),
        (
            "docker run --cpu-percent 101 y",
            "cpu_percent",
            0,
            "0 to 100",
        ),
        ("docker update a", "memory", 0, "Say what is to change"),
        ("docker update --cpu-period 5 a", "cpu_period", 0, "1000"),
        (
            "docker tag a b@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1",
            "target",
            0,
            "A digest can’t be given",
        ),
        ("docker tag a UPPER", "target", 0, "small letters"),
        ("docker push -a a:b", "all_tags", 0, "Leave out the tag"),
        ("docker commit a UPPER", "image", 0, "small letters"),
        ("docker cp a b", "target", 0, "CONTAINER:PATH"),
        (
            "docker cp aa:/x bb:/y",
            "target",
            0,
            "one container to another",
        ),
        ("docker cp 'a b:/x' y", "source", 0, "a space"),
        ("docker exec -w app a sh", "workdir", 0, "full path"),
        ("docker logs --tail few a", "tail", 0, "or all"),
        ("docker logs --since yesterday a", "since", 0, "10m"),
        ("docker events --until x", "until", 0, "10m"),
        ("docker port a x", "private_port", 0, "not a port"),
        ("docker volume create a/b", "volume", 0, "“/”"),
        (
            "docker volume create --type x aa",
            "type",
            0,
            "mount, block",
        ),
        ("docker volume rm ..", "volumes", 0, "begins with"),
        (
            "docker volume prune --filter until=1h",
            "filter",
            0,
            "no filter",
        ),
        (
            "docker network create --subnet x a",
            "subnet",
            0,
            "172.28.0.0/16",
        ),
        (
            "docker network create --gateway 10.0.0.1 a",
            "gateway",
            0,
            "none of the ranges",
        ),
        (
            "docker network create --subnet 10.0.0.0/8 --subnet 10.1.0.0/16 a",
            "subnet",
            1,
            "share addresses",
        ),
        (
            "docker network create --scope x a",
            "scope",
            0,
            "local, swarm",
        ),
        ("docker network connect --ip x a b", "ip", 0, "IPv4"),
        ("docker network rm a/b", "networks", 0, "“/”"),
        ("docker build -t UPPER .", "tag", 0, "small letters"),
        ("docker build --secret src=a .", "secret", 0, "id=NAME"),
        ("docker build --progress x .", "progress", 0, "plain"),
        ("docker build -o dest=x .", "output", 0, "type=local"),
        ("docker build -o type=x .", "output", 0, "not a kind"),
        ("docker build --allow x .", "allow", 0, "network.host"),
        ("docker build --call x .", "call", 0, "outline"),
        ("docker build -f - -", "file", 0, "Only one"),
        ("docker inspect --type x a", "type", 0, "container, image"),
        ("docker search --limit 0 a", "limit", 0, "1 to 100"),
        ("docker search --filter x=1 a", "filter", 0, "no filter"),
        ("docker ps -f x=1", "filter", 0, "no filter"),
        ("docker images -f x", "filter", 0, "NAME=VALUE"),
    ];
    for (line, field, index, words) in rows {
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
