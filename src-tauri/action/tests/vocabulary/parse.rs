use slipway_action::*;

use crate::refused;

/// What a pasted line is written as.
fn again(line: &str) -> String {
    match Action::parse(line) {
        Ok(action) => action.render(Shell::Posix).line,
        Err(error) => panic!("{line}: {error}"),
    }
}

#[test]
fn pasted_lines_are_understood() {
    let rows = [
        ("docker run hello-world", "docker run hello-world"),
        ("  docker   run\thello-world \n", "docker run hello-world"),
        ("$ docker run hello-world", "docker run hello-world"),
        ("# docker run hello-world", "docker run hello-world"),
        ("> docker run hello-world", "docker run hello-world"),
        ("> \\>docker run hello-world", "docker run hello-world"),
        ("> \\> docker container prune", "docker container prune"),
        (
            "PS C:\\Users\\me> docker run hello-world",
            "docker run hello-world",
        ),
        (
            "C:\\Users\\me>docker run hello-world",
            "docker run hello-world",
        ),
        (
            "me@box:~/app$ docker run hello-world",
            "docker run hello-world",
        ),
        (
            "(base) me@box:~$ sudo docker run hello-world",
            "docker run hello-world",
        ),
        (
            "root@0a1b2c:/# docker run hello-world",
            "docker run hello-world",
        ),
        ("`docker run hello-world`", "docker run hello-world"),
        (
            "```bash\n$ docker run hello-world\n```",
            "docker run hello-world",
        ),
        ("sudo docker run hello-world", "docker run hello-world"),
        (
            "sudo -E -u me docker run hello-world",
            "docker run hello-world",
        ),
        ("winpty docker run -it ubuntu", "docker run -it ubuntu"),
        ("/usr/bin/docker run hello-world", "docker run hello-world"),
        ("docker.exe run hello-world", "docker run hello-world"),
        ("podman run hello-world", "docker run hello-world"),
        (
            "docker run hello-world # the first one",
            "docker run hello-world",
        ),
        ("docker container run hello-world", "docker run hello-world"),
        ("docker image pull ubuntu", "docker pull ubuntu"),
        ("docker container rm a", "docker rm a"),
        ("docker container remove a", "docker rm a"),
        ("docker image rm a", "docker rmi a"),
        ("docker image remove a b", "docker rmi a b"),
        ("docker container inspect a", "docker container inspect a"),
        (
            "docker run -dit -p5000:5050 app",
            "docker run -d -it -p 5000:5050 app",
        ),
        (
            "docker run -it -p 5000:5050 -p=80:80 --publish=81:81 --publish 82:82 app",
            "docker run -it -p 5000:5050 -p 80:80 -p 81:81 -p 82:82 app",
        ),
        (
            "docker run --name=a --name b app",
            "docker run --name b app",
        ),
        (
            "docker run --rm=false -it=false --init=1 app",
            "docker run -i --init app",
        ),
        ("docker run --net host app", "docker run --network host app"),
        ("docker run -h web app", "docker run -h web app"),
        (
            "docker run app -it --rm -- x",
            "docker run app -it --rm -- x",
        ),
        ("docker run -- app -x", "docker run app -x"),
        ("docker run -e -X=1 app", "docker run --env=-X=1 app"),
        ("docker run -e A= app", "docker run -e A= app"),
        (
            "docker run --entrypoint '' app sh",
            "docker run --entrypoint= app sh",
        ),
        ("docker run -e 'A=b c' app", "docker run -e 'A=b c' app"),
        (
            "docker run -d \\\n  --name web \\\n  -p 80:80 \\\n  nginx",
            "docker run -d -p 80:80 --name web nginx",
        ),
        (
            "docker run -d `\n  --name web `\n  nginx",
            "docker run -d --name web nginx",
        ),
        (
            "docker run -d ^\n  --name web ^\n  nginx",
            "docker run -d --name web nginx",
        ),
        (
            "docker run -v C:\\data:/data app",
            "docker run -v 'C:\\data:/data' app",
        ),
        (
            "docker run -v .\\data:/data app",
            "docker run -v '.\\data:/data' app",
        ),
        (
            "docker run -v $(pwd):/data app",
            "docker run -v '$(pwd):/data' app",
        ),
        (
            "docker run -v \"$PWD\":/data app",
            "docker run -v '$PWD:/data' app",
        ),
        ("docker rm a -f b", "docker rm -f a b"),
        ("docker rm -fv a", "docker rm -f -v a"),
        ("docker stop -t -1 a", "docker stop --timeout=-1 a"),
        ("docker stop --time 5 a", "docker stop -t 5 a"),
        ("docker rm <CONTAINER ID>", "docker rm '<CONTAINER ID>'"),
    ];
    for (line, expected) in rows {
        assert_eq!(again(line), expected, "{line}");
    }
}

#[test]
fn what_is_no_action_is_refused_with_a_sentence() {
    let rows = [
        ("", "Paste or type a docker command"),
        ("   ", "Paste or type a docker command"),
        ("git status", "begins with “git”"),
        ("docker", "Say what docker is to do"),
        ("docker container", "such as docker container run"),
        ("docker compose up", "Run it in a terminal"),
        ("docker rnu x", "Did you mean docker run?"),
        ("docker puul ubuntu", "Did you mean docker pull?"),
        (
            "docker container prnue",
            "Did you mean docker container prune?",
        ),
        ("docker zzzz", "There is no command docker zzzz."),
        ("docker --context x run y", "Leave out “--context”"),
        ("docker -H tcp://x run y", "Leave out “-H”"),
        ("docker run --nmae x y", "Did you mean --name?"),
        ("docker run --zzzz y", "docker run has no flag “--zzzz”."),
        ("docker create -d x", "docker create has no flag “-d”"),
        ("docker run -p", "-p needs a value"),
        ("docker run --name", "--name needs a value"),
        ("docker run", "IMAGE is missing"),
        ("docker run -it", "IMAGE is missing"),
        ("docker rm", "CONTAINER is missing"),
        ("docker rename a", "NEW_NAME is missing"),
        ("docker pull a b", "docker pull has no use for “b”"),
        ("docker rename a b c", "has no use for “c”"),
        ("docker run --rm=maybe x", "true or false"),
        (
            "docker stop -t x a",
            "“x” is not a value for --timeout: it takes a whole number",
        ),
        ("docker run 'x", "opened with ' and never closed"),
        ("docker pull x && docker run x", "“&” outside quotes"),
        ("docker pull x; docker run x", "“;” outside quotes"),
        ("docker run x | tee y", "“|” outside quotes"),
        ("docker run x > y", "“>” outside quotes"),
        ("docker pull x\ndocker run x", "several commands"),
        ("docker run $'\\xff'", "readable text"),
    ];
    for (line, words) in rows {
        refused(Action::parse(line), line, words);
    }
    let long = format!("docker run {}", "x".repeat(70_000));
    refused(Action::parse(&long), "70,000 characters", "too long");
}

#[test]
fn help_is_given_where_it_is_asked_for() {
    for (line, words) in [
        ("docker run --help", "--publish"),
        ("docker rm -h", "--force"),
        ("docker --help", "Common commands"),
        ("docker container --help", "docker container COMMAND"),
    ] {
        match Action::parse(line) {
            Err(help @ ParseError::Help { .. }) => {
                let text = help.to_string();
                assert!(text.contains(words), "{line}: {text}");
            }
            other => panic!("{line}: {other:?}"),
        }
    }
}
