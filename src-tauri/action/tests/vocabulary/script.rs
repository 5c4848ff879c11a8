//! The trail as a script: a real shell runs it, with a docker that only writes down what it was asked.

use std::path::Path;
use std::process::Command;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use slipway_action::grammar::grammars;
use slipway_action::words::split;
use slipway_action::*;

use crate::strategy;

pub const WEB: &str = "1111111111111111111111111111111111111111111111111111111111111111";
pub const FRESH: &str = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

pub fn done(action: &Action) -> Entry<'_> {
    ended(action, Ended::Done { exit_code: None })
}

pub fn made<'a>(action: &'a Action, id: &'a str, name: Option<&'a str>) -> Entry<'a> {
    Entry {
        made: Some(id),
        name,
        ..done(action)
    }
}

pub fn ended<'a>(action: &'a Action, ended: Ended<'a>) -> Entry<'a> {
    Entry {
        action,
        time: "2026-11-23 21:00",
        folder: None,
        made: None,
        name: None,
        ended,
        overtaken: false,
    }
}

pub fn actions(lines: &[&str]) -> Vec<Action> {
    lines
        .iter()
        .map(|line| redact(&Action::parse(line).unwrap()))
        .collect()
}

/// A docker that writes its arguments to the file `asked` and prints an id of its own.
const DOCKER: &str = r#"#!/bin/bash
printf '%s\0' "$#" "$@" >>"$ASKED"
case $1 in
commit | import) echo "sha256:new-$1" ;;
*) echo "new-$1" ;;
esac
if [ "${*: -1}" = fails ]; then exit 7; fi
"#;

/// Runs a script in a shell, and gives back what docker was asked, and whether the script was done.
pub fn run(
    shell: &str,
    script: &str,
    environment: &[(&str, &str)],
) -> (Vec<Vec<String>>, bool, String) {
    run_with(DOCKER, shell, script, environment)
}

fn run_with(
    program: &str,
    shell: &str,
    script: &str,
    environment: &[(&str, &str)],
) -> (Vec<Vec<String>>, bool, String) {
    let place = std::env::temp_dir().join(format!(
        "slipway-script-{}-{:?}",
        std::process::id(),
        std::thread::current().id()
    ));
    std::fs::create_dir_all(&place).unwrap();
    let docker = place.join("docker");
    std::fs::write(&docker, program).unwrap();
    executable(&docker);
    let file = place.join(if shell == "pwsh" {
        "trail.ps1"
    } else {
        "trail.sh"
    });
    std::fs::write(&file, script).unwrap();
    let asked = place.join("asked");
    std::fs::write(&asked, "").unwrap();
    let path = format!("{}:/usr/bin:/bin", place.display());
    if shell != "pwsh" {
        let checked = Command::new(shell).arg("-n").arg(&file).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&checked.stderr), "", "{script}");
    }
    let output = Command::new(shell)
        .arg(&file)
        .env_clear()
        .env("PATH", path)
        .env("ASKED", &asked)
        .envs(environment.iter().copied())
        .current_dir(&place)
        .output()
        .unwrap();
    let text = String::from_utf8(std::fs::read(&asked).unwrap()).unwrap();
    std::fs::remove_dir_all(&place).unwrap();
    let mut words = text.split_terminator('\0').map(str::to_owned);
    let mut commands = Vec::new();
    while let Some(count) = words.next() {
        commands.push(words.by_ref().take(count.parse().unwrap()).collect());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (commands, output.status.success(), said)
}

#[cfg(unix)]
fn executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn executable(_file: &Path) {}

/// So many actions of each verb, always the same.
pub fn of_every_verb(count: usize) -> Vec<Action> {
    let mut runner = TestRunner::deterministic();
    let mut all = Vec::new();
    // A prune is told not to ask; the rest is as it was.
    for grammar in grammars().iter().filter(|it| !it.tag.contains("prune")) {
        let strategy = strategy::action(grammar);
        all.extend((0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()));
    }
    all
}

/// The shells of this computer that the script is for. `sh` is dash on Debian, which has no `$'…'`.
const SHELLS: [&str; 2] = ["bash", "sh"];

#[test]
fn the_script_asks_docker_for_the_very_same() {
    let all = of_every_verb(20);
    let entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    let text = script(&entries, Shell::Posix);
    for shell in SHELLS {
        let (asked, is_done, said) = run(shell, &text, &[]);
        assert_eq!(said, "", "{shell}");
        assert!(is_done, "{shell}");
        assert_eq!(asked.len(), all.len(), "{shell}");
        for (action, asked) in all.iter().zip(asked) {
            let line = action.render(Shell::Posix).line;
            assert_eq!(
                split(&line, Shell::Posix).unwrap()[1..],
                asked,
                "{shell}: {line}"
            );
        }
    }
}

#[test]
fn what_a_command_made_is_found_by_the_later_ones() {
    let all = actions(&[
        "docker run -d nginx",
        "docker stop 1111111111",
        "docker commit 111111111111 mine",
        "docker tag 222222222222 mine:new",
        "docker cp 1111111:/a b",
        "docker rm happy_turing",
        "docker run --name web -d nginx",
        "docker rm -f 333333333333",
        "docker run -it ubuntu",
        "docker attach 4444444444",
        "docker container prune",
    ]);
    let web = "3".repeat(64);
    let shell = "4".repeat(64);
    let entries = [
        made(&all[0], WEB, Some("happy_turing")),
        done(&all[1]),
        made(&all[2], FRESH, None),
        done(&all[3]),
        done(&all[4]),
        done(&all[5]),
        made(&all[6], &web, None),
        done(&all[7]),
        made(&all[8], &shell, None),
        done(&all[9]),
        done(&all[10]),
    ];
    let text = script(&entries, Shell::Posix);
    for shell in SHELLS {
        let (asked, is_done, said) = run(shell, &text, &[]);
        assert!(is_done, "{said}");
        let asked: Vec<String> = asked.iter().map(|words| words.join(" ")).collect();
        assert_eq!(
            asked,
            [
                "run -d nginx",
                "stop new-run",
                "commit new-run mine",
                "tag sha256:new-commit mine:new",
                "cp new-run:/a b",
                "rm new-run",
                "run -d --name web nginx",
                "rm -f web",
                "run --name slipway-3 -it ubuntu",
                "attach slipway-3",
                "container prune -f",
            ],
            "{shell}"
        );
    }
    let text = script(&entries, Shell::Powershell);
    for line in [
        "$container_1 = docker run -d nginx",
        "docker stop \"${container_1}\"",
        "$image_2 = docker commit \"${container_1}\" mine",
        "docker tag \"${image_2}\" mine:new",
        "docker cp \"${container_1}:/a\" b",
        "docker rm -f web",
        "docker attach slipway-3",
        "if ($LASTEXITCODE) { exit $LASTEXITCODE }",
    ] {
        assert!(
            text.lines().any(|one| one == line),
            "{line} is not in\n{text}"
        );
    }
}

#[test]
fn secrets_come_from_the_environment() {
    let all = actions(&[
        "docker run -e DB_PASSWORD=canary1 -e PLAIN=x db",
        "docker run -e DB_PASSWORD=canary1 -l api.token=canary2 db --password canary3",
        "docker login -u me -p canary4",
    ]);
    let entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    for shell in [Shell::Posix, Shell::Powershell] {
        let text = script(&entries, shell);
        assert!(!text.contains("canary"), "{text}");
        assert!(
            !text
                .lines()
                .any(|line| !line.starts_with('#') && line.contains("***")),
            "{text}"
        );
    }
    let text = script(&entries, Shell::Posix);
    let environment = [
        ("DB_PASSWORD", "one"),
        ("SLIPWAY_SECRET_1", "two 'words'"),
        ("SLIPWAY_SECRET_2", "$three"),
        ("SLIPWAY_SECRET_3", "four"),
    ];
    let (asked, is_done, said) = run("sh", &text, &environment);
    assert!(is_done, "{said}");
    assert_eq!(
        asked[0],
        ["run", "-e", "DB_PASSWORD", "-e", "PLAIN=x", "db"]
    );
    assert_eq!(
        asked[1],
        [
            "run",
            "-e",
            "DB_PASSWORD",
            "-l",
            "api.token=two 'words'",
            "db",
            "--password",
            "$three"
        ]
    );
    assert_eq!(asked[2], ["login", "-u", "me", "-p", "four"]);
    // Without one of them nothing at all is done, and the script says which.
    let (asked, is_done, said) = run("sh", &text, &environment[..2]);
    assert!(!is_done && asked.is_empty());
    assert!(said.contains("Set SLIPWAY_SECRET_2"), "{said}");
    let text = script(&entries, Shell::Powershell);
    for line in [
        "if (-not $env:DB_PASSWORD) { throw 'Set $env:DB_PASSWORD before you run this script.' }",
        "if ($env:SLIPWAY_SECRET_1.Contains('\"') -and -not (Test-Path Variable:PSNativeCommandArgumentPassing)) { throw 'A quote in $env:SLIPWAY_SECRET_1 needs PowerShell 7.3 or newer.' }",
        "docker run -e DB_PASSWORD -l \"api.token=${env:SLIPWAY_SECRET_1}\" db --password \"${env:SLIPWAY_SECRET_2}\"",
    ] {
        assert!(
            text.lines().any(|one| one == line),
            "{line} is not in\n{text}"
        );
    }
}

#[test]
fn what_failed_or_was_cancelled_is_a_remark_and_stays_one() {
    let all = actions(&[
        "docker pull a",
        "docker run 'x\ny'",
        "docker rm c",
        "docker stop d",
    ]);
    let evil = "no\ndocker rm -f everything\r\ndocker rmi all\rdocker kill\u{85}\u{2028}x \u{202e}";
    let entries = [
        ended(&all[0], Ended::Failed { why: evil }),
        ended(&all[1], Ended::Cancelled),
        ended(&all[2], Ended::Open),
        Entry {
            time: evil,
            ..done(&all[3])
        },
    ];
    for shell in [Shell::Posix, Shell::Powershell] {
        let text = script(&entries, shell);
        let run: Vec<&str> = text
            .split(['\n', '\r', '\u{85}', '\u{2028}'])
            .filter(|line| line.contains("docker") && !line.starts_with('#'))
            .collect();
        assert_eq!(run, ["docker stop d"], "{text}");
        assert!(
            !text.replace('\n', "").contains(text::is_hidden),
            "{text:?}"
        );
        for line in ["# docker pull a", "# docker rm c"] {
            assert!(
                text.lines().any(|one| one == line),
                "{line} is not in\n{text}"
            );
        }
    }
    let (asked, is_done, _) = run("sh", &script(&entries, Shell::Posix), &[]);
    assert!(is_done);
    assert_eq!(asked, [["stop", "d"]]);
}

#[test]
fn nothing_waits_for_what_a_later_command_ends() {
    let all = actions(&[
        "docker run -a stdout --name web nginx",
        "docker start -ai old",
        "docker wait web",
        "docker pull busybox",
        "docker stop web old",
    ]);
    let mut entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    for entry in &mut entries[..4] {
        entry.overtaken = true;
    }
    // A program that was stopped; it need not end so again.
    entries[0].ended = Ended::Done {
        exit_code: Some(143),
    };
    let text = script(&entries, Shell::Posix);
    let (asked, is_done, said) = run("sh", &text, &[]);
    assert!(is_done, "{said}");
    let asked: Vec<String> = asked.iter().map(|words| words.join(" ")).collect();
    assert_eq!(
        asked,
        [
            "run -d --name web nginx",
            "start old",
            "pull busybox",
            "stop web old"
        ]
    );
    assert_eq!(text.matches("# It runs in the background here").count(), 2);
    assert!(text.contains("\n# docker wait web\n"), "{text}");
    assert_eq!(
        powershell(&entries).len(),
        4,
        "PowerShell's is the same script"
    );
}

/// The lines of the script for PowerShell that ask docker.
fn powershell(entries: &[Entry<'_>]) -> Vec<String> {
    let text = script(entries, Shell::Powershell);
    let lines = text.lines().filter(|line| line.starts_with("docker "));
    lines.map(str::to_owned).collect()
}

#[test]
fn it_ends_where_a_command_fails_that_had_not_failed_before() {
    let all = actions(&[
        "docker run --rm fails",
        "docker rm a",
        "docker rm fails",
        "docker rm b",
    ]);
    let mut entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    entries[0].ended = Ended::Done { exit_code: Some(7) };
    let (asked, is_done, _) = run("sh", &script(&entries, Shell::Posix), &[]);
    assert!(!is_done);
    let verbs: Vec<&str> = asked.iter().map(|words| words[0].as_str()).collect();
    assert_eq!(verbs, ["run", "rm", "rm"]);
}

/// A docker that writes down where it was called.
const WHERE: &str = "#!/bin/sh\nprintf '%s\\0' 2 \"$PWD\" \"$1\" >>\"$ASKED\"\n";

#[test]
fn it_goes_to_the_folder_of_a_command_where_that_is_another_one() {
    let place = std::env::temp_dir().join(format!("slipway-cd-{}", std::process::id()));
    let place = place.to_str().unwrap();
    let folders = ["plain", "it's [my] $HOME", "two\nlines \u{202e}", "-"];
    let folders = folders.map(|name| format!("{place}/{name}"));
    for folder in &folders {
        std::fs::create_dir_all(folder).unwrap();
    }
    let all = actions(&[
        "docker ps",
        "docker build -t a .",
        "docker build -t b .",
        "docker images",
        "docker build -t c .",
        "docker build -t d .",
        "docker build -t e .",
        "docker build -t a .",
    ]);
    let at = [
        None,
        Some(0),
        Some(0),
        None,
        Some(1),
        Some(2),
        Some(3),
        Some(0),
    ];
    let entries: Vec<Entry<'_>> = all
        .iter()
        .zip(at)
        .map(|(action, at)| Entry {
            folder: at.map(|at: usize| folders[at].as_str()),
            ..done(action)
        })
        .collect();
    for shell in SHELLS {
        let text = script(&entries, Shell::Posix);
        let goes = text.lines().filter(|line| line.starts_with("cd ")).count();
        assert_eq!(goes, 5, "{text}");
        let (asked, is_done, said) = run_with(WHERE, shell, &text, &[]);
        assert!(is_done, "{said}\n{text}");
        let mut been = None;
        for (asked, at) in asked.iter().zip(at) {
            been = at.or(been);
            if let Some(at) = been {
                assert_eq!(asked[0], folders[at], "{text}");
            }
        }
        assert_eq!(asked.len(), all.len());
    }
    let text = script(&entries[4..5], Shell::Powershell);
    let folder = folders[1].replace('\'', "''");
    let line = format!("cd -LiteralPath '{folder}'");
    assert!(
        text.lines().any(|one| one == line),
        "{line} is not in\n{text}"
    );
    std::fs::remove_dir_all(place).unwrap();
}

#[test]
fn it_ends_where_a_folder_is_gone() {
    let all = actions(&["docker build -t a .", "docker rm b"]);
    let mut entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    entries[0].folder = Some("/no/such/folder");
    let (asked, is_done, _) = run("sh", &script(&entries, Shell::Posix), &[]);
    assert!(!is_done && asked.is_empty());
}
