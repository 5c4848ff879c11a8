//! PowerShell's rules, by a reader of their own.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use slipway_action::Shell;
use slipway_action::grammar::grammars;
use slipway_action::quote::{quote, quote_flag};
use slipway_action::words::split;

use crate::rules::tokens;
use crate::strategy::{action, text};

#[test]
fn the_rules_are_powershells() {
    // line, words; `None` where it is more than plain words
    let rows: [(&str, Option<&[&str]>); 38] = [
        (
            "docker run -it ubuntu",
            Some(&["docker", "run", "-it", "ubuntu"]),
        ),
        ("a  b", Some(&["a", "b"])),
        ("'a b'", Some(&["a b"])),
        ("'it''s'", Some(&["it's"])),
        ("'a$b`c\"d'", Some(&["a$b`c\"d"])),
        ("‘a b’", Some(&["a b"])),
        ("'a’’b'", Some(&["a’b"])),
        ("'it’s'", None),
        ("\"a b\"", Some(&["a b"])),
        ("\"a\"\"b\"", Some(&["a\"b"])),
        ("“a b”", Some(&["a b"])),
        ("\"a`nb\"", Some(&["a\nb"])),
        ("\"`$x `` `\"\"", Some(&["$x ` \""])),
        ("\"`u{202e}`e\"", Some(&["\u{202e}\u{1b}"])),
        ("\"$x\"", None),
        ("\"$(x)\"", None),
        ("\"5$ \"", Some(&["5$ "])),
        ("$x", None),
        ("a$x", None),
        ("a,b", None),
        ("@x", None),
        ("a@b", Some(&["a@b"])),
        ("#x", None),
        ("a#b", Some(&["a#b"])),
        ("a;b", None),
        ("a|b", None),
        ("a&b", None),
        ("a>b", None),
        ("(a)", None),
        ("--%", None),
        ("--", Some(&["--"])),
        ("-a.b", None),
        ("--name", Some(&["--name"])),
        ("3e52", None),
        ("2gb", None),
        ("007", None),
        ("5000:5050", Some(&["5000:5050"])),
        ("'a", None),
    ];
    for (line, words) in rows {
        match (tokens(line), words) {
            (Ok(found), Some(words)) => assert_eq!(found, words, "{line}"),
            (Err(_), None) => {}
            (found, _) => panic!("{line}: {found:?}"),
        }
    }
}

#[test]
fn powershell_gives_back_the_very_arguments() {
    let mut runner = TestRunner::deterministic();
    for grammar in grammars() {
        let strategy = action(grammar);
        for _ in 0..200 {
            let action = strategy.new_tree(&mut runner).unwrap().current();
            let words = split(&action.render(Shell::Posix).line, Shell::Posix).unwrap();
            let line = action.render(Shell::Powershell).line;
            assert_eq!(tokens(&line), Ok(words), "{line}");
        }
    }
}

#[test]
fn every_word_is_quoted_for_powershell() {
    let mut runner = TestRunner::deterministic();
    let strategy = text();
    for _ in 0..20_000 {
        let word = strategy.new_tree(&mut runner).unwrap().current();
        let quoted = quote(&word, Shell::Powershell).unwrap();
        assert_eq!(tokens(&quoted), Ok(vec![word.clone()]), "{quoted}");
        let flag = quote_flag("name", &word, Shell::Powershell).unwrap();
        assert_eq!(tokens(&flag), Ok(vec![format!("--name={word}")]), "{flag}");
    }
}
