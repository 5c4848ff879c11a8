//! Texts as people paste them.

use slipway_action::*;

fn lines(text: &str) -> Vec<Line> {
    read(text, Shell::Posix).lines
}

/// A line in a word: the command that it is, or what else.
fn told(line: &Line) -> String {
    match &line.said {
        Said::Command { command, .. } => command.line.clone(),
        Said::Help { verb } => format!("help {}", verb.as_deref().unwrap_or("docker")),
        Said::Wrong { .. } => "wrong".to_owned(),
        Said::Other { .. } => "other".to_owned(),
        Said::Comment => "comment".to_owned(),
    }
}

#[test]
fn texts_are_lists_of_commands() {
    // text, its lines
    let rows: &[(&str, &[&str])] = &[
        ("", &[]),
        (" \n\t\n", &[]),
        (
            "docker pull a\ndocker run a",
            &["docker pull a", "docker run a"],
        ),
        (
            "docker pull a\r\n\r\ndocker run a\r\n",
            &["docker pull a", "docker run a"],
        ),
        (
            "docker pull a && docker run a; docker ps",
            &["docker pull a", "docker run a", "docker container ls"],
        ),
        ("docker stop a || true", &["docker stop a", "other"]),
        (
            "docker run \\\n  -d \\\n  a\ndocker ps",
            &["docker run -d a", "docker container ls"],
        ),
        (
            "docker run `\n  -d `\n  a\ndocker ps",
            &["docker run -d a", "docker container ls"],
        ),
        (
            "docker run ^\n  -d ^\n  a\ndocker ps",
            &["docker run -d a", "docker container ls"],
        ),
        (
            "PS C:\\x> docker run `\n>>   -d `\n>>   a",
            &["docker run -d a"],
        ),
        (
            "PS C:\\x> docker run \\\n  -v C:\\y:/y \\\n  a",
            &["docker run -v 'C:\\y:/y' a"],
        ),
        (
            "C:\\x> docker run -v %cd%:/y a",
            &["docker run -v '%cd%:/y' a"],
        ),
        (
            "# Pull it first\ndocker pull a",
            &["comment", "docker pull a"],
        ),
        (
            "# docker pull ubuntu\n#docker pull b\n## docker pull c",
            &["docker pull ubuntu", "comment", "comment"],
        ),
        ("# apt update\n# this updates apt", &["other", "comment"]),
        (
            "root@0a1b:/# apt update\nroot@0a1b:/# exit",
            &["other", "other"],
        ),
        (
            "```bash\n$ docker pull a\n$ docker run a\n```",
            &["docker pull a", "docker run a"],
        ),
        (
            "```powershell\ndocker run -v .\\a\\ b:/c a\n```",
            &["docker run -v '.\\a\\' b:/c a"],
        ),
        (
            "```dockerfile\nFROM ubuntu\nRUN apt update\n```\ndocker build .",
            &["other", "other", "docker build ."],
        ),
        (
            "1. docker pull a\n2. docker run a",
            &["docker pull a", "docker run a"],
        ),
        (
            "- `docker pull a`\n* docker run a",
            &["docker pull a", "docker run a"],
        ),
        (
            "> docker pull a\n>docker run a\n> \\$ docker ps",
            &["docker pull a", "docker run a", "docker container ls"],
        ),
        (
            "Run `docker image ls` to see if it’s there",
            &["other", "docker image ls"],
        ),
        (
            "First, let's pull it\ndocker pull a",
            &["other", "docker pull a"],
        ),
        ("cd app && docker build .", &["other", "docker build ."]),
        ("➜  app git:(main) ✗ docker ps", &["docker container ls"]),
        ("(base) me@box:~/a$ docker ps", &["docker container ls"]),
        ("(venv) PS C:\\x> docker ps", &["docker container ls"]),
        ("[root@box ~]# docker ps", &["docker container ls"]),
        (
            "bash-5.1$ docker ps\n/app # ls\n~ $ docker ps",
            &["docker container ls", "other", "docker container ls"],
        ),
        ("DOCKER_BUILDKIT=1 docker build .", &["docker build ."]),
        ("time docker pull a", &["docker pull a"]),
        ("& docker pull a", &["docker pull a"]),
        ("PS> & docker pull a", &["docker pull a"]),
        ("docker save a > a.tar", &["docker save -o a.tar a"]),
        ("docker load < a.tar", &["docker load -i a.tar"]),
        (
            "docker export a > a.tar 2> /dev/null",
            &["docker export -o a.tar a"],
        ),
        ("docker ps | grep x", &["docker container ls", "other"]),
        (
            "docker build - <<EOF\nFROM a\nEOF\ndocker ps",
            &["docker build -", "docker container ls"],
        ),
        ("docker run -e 'A=x\ny' a", &["docker run -e $'A=x\\ny' a"]),
        ("docker\u{a0}run\u{a0}a", &["docker run a"]),
        ("docker", &["help docker"]),
        ("docker help", &["help docker"]),
        ("docker help run", &["help run"]),
        ("docker help volume create", &["help volume create"]),
        ("docker help zzz", &["help docker"]),
        ("docker COMMAND --help", &["help docker"]),
        ("docker container COMMAND --help", &["help container"]),
        ("docker container", &["help container"]),
        ("docker volume create --help", &["help volume create"]),
        ("docker run --help", &["help run"]),
        ("docker run -it --help", &["help run"]),
        ("docker run a --help", &["docker run a --help"]),
        (
            "docker run [OPTIONS] IMAGE [COMMAND] [ARG...]",
            &["help run"],
        ),
        ("Usage:  docker ps [OPTIONS]", &["other"]),
        ("Ctrl+P Ctrl+Q", &["other"]),
        ("docker-compose up", &["other"]),
        ("docker compose up", &["wrong"]),
        ("docker rnu x", &["wrong"]),
    ];
    for (text, expected) in rows {
        let found: Vec<String> = lines(text).iter().map(told).collect();
        assert_eq!(found, **expected, "{text}");
    }
}

#[test]
fn lines_know_where_they_stand() {
    let text = "  🐳\n$ docker pull é && docker run a\n\n# x";
    let units: Vec<u16> = text.encode_utf16().collect();
    let found = lines(text);
    assert_eq!(found.len(), 4);
    for line in found {
        let at = line.at as usize;
        let length = line.text.encode_utf16().count();
        assert_eq!(
            String::from_utf16(&units[at..at + length]).unwrap(),
            line.text
        );
    }
}

#[test]
fn mistakes_are_marked_where_they_are() {
    // text, the marked part, words of the sentence, what may have been meant
    let rows: &[(&str, &str, &str, Option<&str>)] = &[
        (
            "docker rnu -it ubuntu",
            "rnu",
            "Did you mean docker run?",
            Some("run"),
        ),
        (
            "docker container prnue",
            "container prnue",
            "Did you mean",
            Some("container prune"),
        ),
        ("docker zzz a", "zzz", "no command docker zzz", None),
        (
            "docker run --nmae=x y",
            "--nmae",
            "Did you mean --name?",
            Some("--name"),
        ),
        (
            "docker run --publ 1:1 y",
            "--publ",
            "--publish or --publish-all",
            Some("--publish"),
        ),
        (
            "docker run '--nmae=x' y",
            "'--nmae=x'",
            "Did you mean --name?",
            Some("--name"),
        ),
        ("docker run -iZ y", "-iZ", "no flag “-Z”", None),
        ("$ sudo docker run 🐳 --x", "", "", None),
        ("docker run -it", "", "IMAGE is missing", None),
        ("docker run -p", "", "-p needs a value", None),
        ("docker rename a b c", "c", "has no use for “c”", None),
        ("docker stop -t x a", "x", "not a value for --timeout", None),
        (
            "docker stop -t <N> a",
            "<N>",
            "stands for a value of your own",
            None,
        ),
        (
            "docker stop --timeout=x a",
            "--timeout=x",
            "not a value",
            None,
        ),
        (
            "docker run --rm=maybe x",
            "--rm=maybe",
            "true or false",
            None,
        ),
        ("docker -H tcp://x ps", "-H", "Leave out", None),
        ("docker compose up", "compose", "Run it in a terminal", None),
        (
            "> \\> docker run \"x",
            "\"",
            "opened with \" and never closed",
            None,
        ),
        ("docker run 'x", "'", "opened with ' and never closed", None),
        ("docker run $(x", "(", "never closed", None),
        ("docker run $'\\xff'", "$'\\xff'", "readable text", None),
        ("docker run a\0b", "\0", "NUL", Some("")),
        (
            "docker run a\u{202e}\u{202d}b",
            "\u{202e}\u{202d}",
            "hidden character \\u{202e}",
            Some(""),
        ),
        (
            "docker run \u{200b}a",
            "\u{200b}",
            "hidden character",
            Some(""),
        ),
        (
            "docker run \u{1b}[31ma",
            "\u{1b}",
            "hidden character",
            Some(""),
        ),
        ("docker pull –a x", "–a", "", Some("-a")),
        ("docker run –it ubuntu", "–it", "long dash", Some("-it")),
        (
            "docker run —name x ubuntu",
            "—name",
            "long dash",
            Some("--name"),
        ),
    ];
    for (text, marked, words, meant) in rows {
        let found = lines(text);
        let line = found.last().unwrap();
        let Said::Wrong {
            message,
            from,
            to,
            similar,
        } = &line.said
        else {
            assert!(
                marked.is_empty() && words.is_empty(),
                "{text}: {:?}",
                line.said
            );
            continue;
        };
        let units: Vec<u16> = line.text.encode_utf16().collect();
        let place = &units[*from as usize..*to as usize];
        assert_eq!(
            String::from_utf16(place).unwrap(),
            *marked,
            "{text}: {message}"
        );
        assert!(message.contains(words), "{text}: {message}");
        assert_eq!(similar.as_deref(), *meant, "{text}: {message}");
        crate::assert_is_sentence(message);
        assert_eq!(line.text, text.trim(), "the text is kept");
    }
}

#[test]
fn what_a_line_says_besides_its_command_is_said() {
    let rows = [
        ("docker ps > x", "not written to a file"),
        ("docker exec -i a sh < x", "is not handed to this command"),
        ("docker ps | wc", "“|”"),
        (
            "docker rm -f $(docker ps -aq)",
            "“$(docker ps -aq)” and put what it prints",
        ),
        ("A=1 docker ps", "is left out"),
        ("docker run --kernel-memory 64m a", "--kernel-memory"),
        ("cat x | docker load", "what the command before it prints"),
        ("false || docker ps", "when the command before it fails"),
    ];
    for (text, words) in rows {
        let notes: Vec<String> = lines(text)
            .into_iter()
            .flat_map(|line| match line.said {
                Said::Command { notes, .. } => notes,
                Said::Help { .. } | Said::Wrong { .. } | Said::Other { .. } | Said::Comment => {
                    Vec::new()
                }
            })
            .map(|note| note.message)
            .collect();
        assert!(
            notes.iter().any(|note| note.contains(words)),
            "{text}: {notes:?}"
        );
        for note in &notes {
            crate::assert_is_sentence(note);
        }
    }
}

#[test]
fn other_programs_are_sent_to_where_they_belong() {
    let rows = [
        ("apt update", "inside the container"),
        ("$ cd app", "terminal of this computer"),
        ("# cd /root", "inside the container"),
        ("PS C:\\x> dir", "terminal of this computer"),
        ("kubectl get pods", "terminal of this computer"),
        ("docker-compose up", "Docker Compose"),
        ("FROM ubuntu", "a line of a Dockerfile"),
        ("exit", "ends the shell"),
        ("PATH=/x", "variables of a terminal"),
        ("Ctrl+C", "to end"),
        ("grumpf", "begins with “grumpf”"),
        ("It’s a 'sentence", "begins with “It’s”"),
        ("x\u{202e}y", "begins with “x\\u{202e}y”"),
    ];
    for (text, words) in rows {
        let found = lines(text);
        let [
            Line {
                said: Said::Other { message, .. },
                ..
            },
        ] = found.as_slice()
        else {
            panic!("{text}: {found:?}");
        };
        assert!(message.contains(words), "{text}: {message}");
        crate::assert_is_sentence(message);
    }
}

/// Texts that a careless reader would need hours for.
#[test]
fn huge_texts_are_read_at_once() {
    let million = 1_000_000;
    let long = "x".repeat(million);
    let texts = [
        long.clone(),
        format!("docker run {long}"),
        "docker ps\n".repeat(100_000),
        "docker run '\n".repeat(80_000),
        "docker run $(\n".repeat(80_000),
        "docker run \"$(\n".repeat(15_000),
        "it's \\\n".repeat(30_000),
        "docker run `\n".repeat(18_000),
        "(".repeat(200_000),
        "(a) ".repeat(60_000),
        "$ ".repeat(100_000),
        "<".repeat(200_000),
        "docker run <<a\n".repeat(17_000),
        format!("docker run {}", "<<a ".repeat(15_000)),
        format!("docker rm {}", "a ".repeat(30_000)),
        format!("docker run {}", "-e A=b ".repeat(9_000)),
        format!("docker {}", "run ".repeat(15_000)),
        format!("docker run --{}", "a".repeat(60_000)),
        "`docker ps` ".repeat(20_000),
        "\u{202e}".repeat(80_000),
        "\\".repeat(200_000),
    ];
    for text in texts {
        let found = lines(&text);
        assert!(!found.is_empty() && found.len() < 30_000);
        let kept: usize = found.iter().map(|line| line.text.len()).sum();
        assert!(kept <= text.len() * 2);
        for line in &found {
            if let Said::Wrong {
                message, from, to, ..
            } = &line.said
            {
                crate::assert_is_sentence(message);
                assert!(from <= to);
            }
        }
    }
    let found = lines(&long);
    let Said::Wrong { from, to, .. } = found[0].said else {
        panic!("{:?}", told(&found[0]));
    };
    assert_eq!((from, to), (256 * 1024, 1_000_000));
    assert_eq!(found[0].text, long);
}
