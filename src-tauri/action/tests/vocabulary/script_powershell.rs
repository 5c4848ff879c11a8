//! The trail as a script for PowerShell: its own rules read back the very same words.

use std::collections::HashMap;
use std::process::Command;

use slipway_action::words::split;
use slipway_action::*;

use crate::rules;
use crate::script::{WEB, actions, done, made, of_every_verb, run};

/// The commands of a PowerShell script, as PowerShell's own rules read them, its variables known.
fn powershell_commands(text: &str) -> Vec<Vec<String>> {
    let mut variables: HashMap<String, String> = HashMap::new();
    let mut commands = Vec::new();
    for line in text.lines() {
        if line.is_empty()
            || line.starts_with('#')
            || line.starts_with("if (")
            || line.starts_with("$ErrorActionPreference")
            || line.starts_with("$PSNative")
        {
            continue;
        }
        let number = line.split_once(" = [char]::ConvertFromUtf32(0x");
        if let Some((name, number)) = number {
            let number = u32::from_str_radix(number.trim_end_matches(')'), 16).unwrap();
            let c = char::from_u32(number).unwrap().to_string();
            variables.insert(name.trim_start_matches('$').to_owned(), c);
            continue;
        }
        let command = match line
            .strip_prefix('$')
            .and_then(|line| line.split_once(" = "))
        {
            Some((name, command)) => {
                variables.insert(name.to_owned(), format!("what {name} keeps"));
                command
            }
            None => line,
        };
        let read = rules::tokens_with(command, &|name| variables.get(name).cloned());
        commands.push(read.unwrap_or_else(|error| panic!("{error}: {line}")));
    }
    commands
}

/// What stands behind each backtick that escapes it: in single quotes a backtick is one.
fn escapes(text: &str) -> Vec<char> {
    let (mut quote, mut found) = (None, Vec::new());
    let code = text.lines().filter(|line| !line.starts_with('#'));
    let mut letters = code.flat_map(|line| line.chars().chain(['\n']));
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (None, '\'' | '"') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None | Some('"'), '`') => found.extend(letters.next()),
            _ => {}
        }
    }
    found
}

#[test]
fn powershell_reads_the_very_same() {
    let all = of_every_verb(100);
    let entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    let text = script(&entries, Shell::Powershell);
    // What only newer ones read.
    for escape in escapes(&text) {
        assert!(!matches!(escape, 'u' | 'e'), "`{escape}: {text}");
    }
    let asked = powershell_commands(&text);
    assert_eq!(asked.len(), all.len());
    for (action, asked) in all.iter().zip(asked) {
        let line = action.render(Shell::Posix).line;
        assert_eq!(split(&line, Shell::Posix).unwrap(), asked, "{line}");
    }
    let folder = ["/it's [my] $HOME", "/two\nlines \u{202e}“x”"];
    for folder in folder {
        let mut entry = done(&all[0]);
        entry.folder = Some(folder);
        let commands = powershell_commands(&script(&[entry], Shell::Powershell));
        assert_eq!(commands[0], ["cd", "-LiteralPath", folder]);
    }
}

#[test]
fn a_powershell_that_would_hand_on_other_words_is_refused() {
    let rows = [
        ("docker run -e GREETING=hello nginx", false),
        ("docker run -e 'GREETING=it is' nginx", false),
        ("docker run -e GREETING='a\"b' nginx", true),
        ("docker run nginx sh -c ''", true),
        ("docker run nginx 'C:\\'", false),
        ("docker run nginx 'C:\\my files\\'", true),
        ("docker run nginx $'\\u202e'", false),
    ];
    for (line, expected) in rows {
        let action = Action::parse(line).unwrap();
        let text = script(&[done(&action)], Shell::Powershell);
        assert_eq!(
            text.starts_with("#Requires -Version 7.3\n"),
            expected,
            "{text}"
        );
        assert!(!script(&[done(&action)], Shell::Posix).contains("Requires"));
    }
}

/// Where there is a PowerShell, it runs the script; elsewhere its rules are held by the tests above.
#[test]
fn a_real_powershell_runs_it() {
    if Command::new("pwsh").arg("-Version").output().is_err() {
        eprintln!("left out: there is no pwsh on this computer");
        return;
    }
    let all = actions(&[
        "docker run -d nginx",
        "docker stop happy_turing",
        "docker run -e 'A=it is \"so\" $HOME `x' -e 'B=\u{202e}“y”' nginx sh -c ''",
    ]);
    let mut entries: Vec<Entry<'_>> = all.iter().map(done).collect();
    entries[0] = made(&all[0], WEB, Some("happy_turing"));
    let text = script(&entries, Shell::Powershell);
    let (asked, is_done, said) = run("pwsh", &text, &[]);
    assert!(is_done, "{said}");
    assert_eq!(asked[0], ["run", "-d", "nginx"]);
    assert_eq!(asked[1], ["stop", "new-run"]);
    assert_eq!(
        asked[2],
        [
            "run",
            "-e",
            "A=it is \"so\" $HOME `x",
            "-e",
            "B=\u{202e}“y”",
            "nginx",
            "sh",
            "-c",
            ""
        ]
    );
}
