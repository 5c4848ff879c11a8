//! bash itself reads what is rendered for it.

use std::io::Write;
use std::process::{Command, Stdio};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use slipway_action::Shell;
use slipway_action::grammar::grammars;
use slipway_action::quote::{HasNul, quote, quote_flag};
use slipway_action::words::split;

use crate::strategy::action;

/// Runs lines in one bash whose `docker` prints its arguments, and gives them back.
fn bash(lines: &[String], locale: &str) -> Vec<Vec<String>> {
    let mut script = String::from(
        // History expansion on, as in a terminal: an unquoted "!" would show.
        "set -o history -o histexpand\nHISTFILE=\ndocker() { printf '%s\\0' \"$#\" \"$@\"; }\n",
    );
    for line in lines {
        script.push_str(line);
        script.push('\n');
    }
    let mut child = Command::new("bash")
        .args(["--norc", "--noprofile", "-s"])
        .env("LC_ALL", locale)
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("bash is part of every system that this test runs on");
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(script.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "",
        "bash had something to say"
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let mut words = text.split_terminator('\0').map(str::to_owned);
    let mut commands = Vec::new();
    while let Some(count) = words.next() {
        commands.push(words.by_ref().take(count.parse().unwrap()).collect());
    }
    commands
}

#[test]
fn bash_gives_back_the_very_arguments() {
    let mut lines = Vec::new();
    let mut runner = TestRunner::deterministic();
    for grammar in grammars() {
        let strategy = action(grammar);
        for _ in 0..200 {
            let action = strategy.new_tree(&mut runner).unwrap().current();
            lines.push(action.render(Shell::Posix).line);
        }
    }
    for locale in ["C.UTF-8", "C"] {
        let commands = bash(&lines, locale);
        assert_eq!(commands.len(), lines.len());
        for (line, arguments) in lines.iter().zip(commands) {
            let words = split(line, Shell::Posix).unwrap();
            assert_eq!(words[1..], arguments, "{locale}: {line}");
        }
    }
}

#[test]
fn words_are_quoted_as_people_would() {
    // word, POSIX, PowerShell
    let rows = [
        ("", "''", "''"),
        ("hello", "hello", "hello"),
        ("5000:5050", "5000:5050", "5000:5050"),
        (
            "127.0.0.1:5000:5050",
            "127.0.0.1:5000:5050",
            "127.0.0.1:5000:5050",
        ),
        ("A=b", "A=b", "A=b"),
        ("ubuntu:22.04", "ubuntu:22.04", "ubuntu:22.04"),
        ("9599329aa62d", "9599329aa62d", "9599329aa62d"),
        ("1.5", "1.5", "1.5"),
        ("512m", "512m", "512m"),
        ("a b", "'a b'", "'a b'"),
        ("it's", "\"it's\"", "'it''s'"),
        ("it's $5", "$'it\\'s $5'", "'it''s $5'"),
        ("$HOME", "'$HOME'", "'$HOME'"),
        ("~", "'~'", "'~'"),
        ("!x", "'!x'", "'!x'"),
        ("#x", "'#x'", "'#x'"),
        ("=x", "'=x'", "'=x'"),
        ("a*", "'a*'", "'a*'"),
        ("{a,b}", "'{a,b}'", "'{a,b}'"),
        ("a,b", "a,b", "'a,b'"),
        ("@x", "@x", "'@x'"),
        ("--", "--", "'--'"),
        ("--%", "'--%'", "'--%'"),
        ("-it", "-it", "-it"),
        ("-a.b", "-a.b", "'-a.b'"),
        ("3e52", "3e52", "'3e52'"),
        ("2gb", "2gb", "'2gb'"),
        ("007", "007", "'007'"),
        (r"C:\x:/y", r"'C:\x:/y'", r"'C:\x:/y'"),
        ("a\nb", "$'a\\nb'", "\"a`nb\""),
        ("a\u{1b}b", "$'a\\033b'", "\"a`u{1b}b\""),
        ("a\u{202e}b", "$'a\\342\\200\\256b'", "\"a`u{202e}b\""),
        ("a\n!", "$'a\\n\\041'", "\"a`n!\""),
        ("a\n1", "$'a\\n1'", "\"a`n1\""),
        ("it’s", "'it’s'", "\"it`u{2019}s\""),
        ("\t$`\"", "$'\\t$`\"'", "\"`t`$```\"\""),
        ("日本", "'日本'", "'日本'"),
    ];
    for (word, posix, powershell) in rows {
        assert_eq!(quote(word, Shell::Posix).unwrap(), posix, "{word:?}");
        assert_eq!(
            quote(word, Shell::Powershell).unwrap(),
            powershell,
            "{word:?}"
        );
    }
    assert_eq!(quote("a\0b", Shell::Posix), Err(HasNul));
    assert_eq!(
        quote_flag("name", "-x y", Shell::Posix).unwrap(),
        "--name='-x y'"
    );
    assert_eq!(
        quote_flag("name", "-x y", Shell::Powershell).unwrap(),
        "'--name=-x y'"
    );
}

#[test]
fn lines_are_split_as_the_shells_do() {
    let posix = [
        ("a b  c", vec!["a", "b", "c"]),
        (r"a\ b", vec!["a b"]),
        ("a'b c'd", vec!["ab cd"]),
        ("\"a $x \\\" \\n\"", vec!["a $x \" \\n"]),
        ("$'a\\tb\\x41\\u00e9\\101'", vec!["a\tbAéA"]),
        ("$'a\\x\\u-\\x4'", vec!["a\\x\\u-\u{4}"]),
        ("''", vec![""]),
        ("a \\\n  b", vec!["a", "b"]),
        ("a \\\r\n> b", vec!["a", "b"]),
        ("a\\\nb", vec!["ab"]),
        ("a # b", vec!["a"]),
        ("a#b", vec!["a#b"]),
        ("a;", vec!["a"]),
        ("-v $(pwd)/x y:/z", vec!["-v", "$(pwd)/x", "y:/z"]),
        ("-v \"$(ls a | head)\":/z", vec!["-v", "$(ls a | head):/z"]),
        ("<CONTAINER ID>", vec!["<CONTAINER ID>"]),
        (r"\<HOST_PORT>:5050", vec!["<HOST_PORT>:5050"]),
        (r"\<CONTAINER ID\>", vec!["<CONTAINER ID>"]),
    ];
    for (line, words) in posix {
        assert_eq!(split(line, Shell::Posix).unwrap(), words, "{line}");
    }
    let powershell = [
        ("a 'it''s'", vec!["a", "it's"]),
        ("\"a`nb`u{202e}\"\"\"", vec!["a\nb\u{202e}\""]),
        ("a `\n b", vec!["a", "b"]),
        ("a `\r\n>> b", vec!["a", "b"]),
        (r"C:\x\y", vec![r"C:\x\y"]),
        ("‘a b’", vec!["a b"]),
        ("a` b", vec!["a b"]),
    ];
    for (line, words) in powershell {
        assert_eq!(split(line, Shell::Powershell).unwrap(), words, "{line}");
    }
    for line in ["'a", "\"a", "$(a", "$'a", "`a", "$'\\0'", "$'\\x00'"] {
        assert!(split(line, Shell::Posix).is_err(), "{line}");
    }
}
