//! One function for each target. It panics when something does not hold that must hold for every text.

#[path = "../../src-tauri/action/tests/rules/powershell.rs"]
mod powershell;

use slipway_action::grammar::grammars;
use slipway_action::quote::{quote, quote_flag};
use slipway_action::text::is_hidden;
use slipway_action::words::split;
use slipway_action::{
    Action, ContainerArg, EnvVar, ExposeSpec, Filter, ImageName, KnownContainer, KnownImage, Line,
    Memory, Names, Platform, PortSpec, Reference, RestartPolicy, Said, Shell, VolumeSpec, complete,
    help, read, redact, script,
};
use slipway_action::{Ended, Entry};

const SHELLS: [Shell; 2] = [Shell::Posix, Shell::Powershell];

/// Commands: whatever is pasted is read, marked where it is wrong, and written so that it is read back.
pub fn command(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let units: Vec<u16> = text.encode_utf16().collect();
    for line in read(&text, Shell::Posix).lines {
        let (from, length) = (line.at as usize, line.text.encode_utf16().count());
        let place = units.get(from..from + length).expect("the line's place");
        assert_eq!(String::from_utf16_lossy(place), line.text);
        understood(&line);
    }
    let _ = Action::parse(&text);
    for shell in SHELLS {
        let _ = Action::parse_as(&text, shell);
    }
    for cursor in [0, text.len() / 2, text.len()] {
        let found = complete(&text, cursor, &NAMES);
        assert!(found.from <= found.to && found.to as usize <= units.len());
        assert!(found.items.len() <= 50);
        assert!(
            found
                .items
                .iter()
                .all(|item| !item.text.contains(is_hidden))
        );
    }
}

const NAMES: Names<'static> = Names {
    containers: &[KnownContainer {
        name: "web",
        id: "9599329aa62d",
        image: "nginx",
        running: true,
    }],
    images: &[KnownImage {
        name: "ubuntu:22.04",
        id: "sha256:bc702481a6b3",
    }],
    volumes: &["data"],
    networks: &["back end"],
};

fn understood(line: &Line) {
    match &line.said {
        Said::Command {
            action,
            what,
            blanks,
            notes,
            ..
        } => {
            sentence(what);
            notes.iter().for_each(|note| sentence(&note.message));
            assert!(blanks.iter().all(|blank| !blank.text.is_empty()));
            action
                .check()
                .iter()
                .for_each(|problem| sentence(&problem.message));
            read_back(action);
            written(action);
        }
        Said::Help { verb } => assert!(help(verb.as_deref()).is_some(), "{verb:?}"),
        Said::Wrong {
            message, from, to, ..
        } => {
            sentence(message);
            assert!(from <= to && *to as usize <= line.text.encode_utf16().count());
        }
        Said::Other { message, .. } => sentence(message),
        Said::Comment => {}
    }
}

/// Every sentence has an end, and nothing hidden in it.
fn sentence(text: &str) {
    assert!(text.ends_with(['.', '?', '!']), "no end: {text:?}");
    assert!(!text.contains(is_hidden), "hidden: {text:?}");
    assert!(text.chars().count() < 400, "too long: {text:?}");
}

/// What is written for a shell is read back as the same action.
fn read_back(action: &Action) {
    let expected = action.clone().without_blanks();
    if lacks_a_name(&expected) {
        // `docker run ''` is half a command: it is written as `docker run IMAGE`, to be filled in.
        return;
    }
    for shell in SHELLS {
        let line = action.render(shell).line;
        assert!(!line.contains(is_hidden), "{line:?}");
        assert_eq!(
            Action::parse_as(&line, shell).as_ref(),
            Ok(&expected),
            "{line}"
        );
        assert_eq!(Action::parse(&line).as_ref(), Ok(&expected), "{line}");
    }
    let words = split(&action.render(Shell::Posix).line, Shell::Posix).expect("a rendered line");
    let line = action.render(Shell::Powershell).line;
    assert_eq!(powershell::tokens(&line), Ok(words), "{line}");
}

/// Whether a name that the verb needs is not there.
fn lacks_a_name(action: &Action) -> bool {
    let fields = serde_json::to_value(action).expect("plain fields");
    let verb = grammars().iter().find(|verb| fields["verb"] == verb.tag);
    let names = verb.expect("a verb").names.iter();
    names.filter(|name| name.required).any(|name| {
        let value = &fields[name.field];
        value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty)
    })
}

/// As a script, nothing of it gets out of its line.
fn written(action: &Action) {
    let action = redact(action);
    for shell in SHELLS {
        let entry = |ended| Entry {
            action: &action,
            time: "now",
            folder: None,
            made: None,
            name: None,
            ended,
            overtaken: false,
        };
        let text = script(&[entry(Ended::Failed { why: "x\ny" })], shell);
        let head = script(&[], shell);
        let rest = text.strip_prefix(&head).expect("the script's head");
        let is_remark = |line: &str| line.is_empty() || line.starts_with('#');
        assert!(rest.split(['\n', '\r']).all(is_remark), "{text}");
        let done = Ended::Done { exit_code: None };
        let text = script(&[entry(done)], shell).replace('\n', "");
        assert!(!text.contains(is_hidden), "{text:?}");
    }
}

/// References to images, and the other small languages of docker's flags.
pub fn reference(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(reference) = Reference::parse(&text) {
        let again = reference.to_string();
        let read = Reference::parse(&again);
        assert_eq!(read.as_ref(), Ok(&reference), "{again}");
        assert!(!again.contains(is_hidden) && !again.contains(char::is_whitespace));
    }
    let refused = [
        Reference::parse(&text).err(),
        ImageName::parse(&text).err(),
        ContainerArg::parse(&text).err(),
        PortSpec::parse(&text).err(),
        ExposeSpec::parse(&text).err(),
        VolumeSpec::parse(&text).err(),
        EnvVar::parse(&text).err(),
        Memory::parse(&text).err(),
        Platform::parse(&text).err(),
        RestartPolicy::parse(&text).err(),
        Filter::for_containers(&text).err(),
        Filter::for_images(&text).err(),
    ];
    for refused in refused.into_iter().flatten() {
        sentence(&refused.to_string());
    }
}

/// Words, quoted for each shell, are read as those very words.
pub fn quoting(data: &[u8]) {
    let word = String::from_utf8_lossy(data);
    if word.contains('\0') {
        assert!(SHELLS.into_iter().all(|shell| quote(&word, shell).is_err()));
        return;
    }
    for shell in SHELLS {
        let quoted = quote(&word, shell).expect("no NUL");
        let flag = quote_flag("name", &word, shell).expect("no NUL");
        assert!(!quoted.contains(is_hidden) && !flag.contains(is_hidden));
        let line = format!("{quoted} {flag}");
        let words = vec![word.clone().into_owned(), format!("--name={word}")];
        assert_eq!(split(&line, shell), Ok(words.clone()), "{line}");
        if shell == Shell::Powershell {
            assert_eq!(powershell::tokens(&line), Ok(words), "{line}");
        }
    }
}
