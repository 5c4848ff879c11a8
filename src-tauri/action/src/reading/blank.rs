//! Stand-ins: `<CONTAINER ID>`, `YOUR_NAME`, `[image]`, in whose place a value of one's own belongs.

use serde_json::Value;

use super::Blank;
use crate::Action;

/// Names that stand for something wherever a name or an id is due.
const IN_CAPITALS: &[&str] = &[
    "ACCOUNT_NAME",
    "ACCOUNT",
    "CONTAINER",
    "CONTAINERID",
    "CONTAINERNAME",
    "CONTAINER_ID",
    "CONTAINER_NAME",
    "CONTAINER_PORT",
    "DOCKERHUB_USERNAME",
    "DOCKER_ID",
    "DOCKER_USERNAME",
    "HOST_PORT",
    "IMAGE",
    "IMAGEID",
    "IMAGENAME",
    "IMAGE_ID",
    "IMAGE_NAME",
    "IMAGE_TAG",
    "NETWORK",
    "NETWORK_NAME",
    "NEW_NAME",
    "PORT",
    "REPOSITORY",
    "REPO",
    "SOURCE_IMAGE",
    "TAG",
    "TAGNAME",
    "TARGET_IMAGE",
    "USERNAME",
    "USER_NAME",
    "VOLUME",
    "VOLUME_NAME",
];
/// What follows `your` in a word that stands for one's own.
const YOURS: &[&str] = &[
    "account",
    "app",
    "container",
    "docker",
    "domain",
    "folder",
    "host",
    "id",
    "image",
    "name",
    "network",
    "password",
    "path",
    "port",
    "project",
    "registry",
    "repo",
    "tag",
    "token",
    "user",
    "volume",
];
/// Fields with text of one's own, where a word in capitals is just that.
const OF_ANY_TEXT: &[&str] = &[
    "annotation",
    "author",
    "build_arg",
    "change",
    "command",
    "comment",
    "entrypoint",
    "env",
    "filter",
    "format",
    "health_cmd",
    "label",
    "log_opt",
    "message",
    "opt",
    "options",
    "password",
    "sysctl",
];

/// The stand-ins in an action's fields, in the order in which the command is written.
pub(super) fn blanks(action: &Action) -> Vec<Blank> {
    let fields = action.fields();
    let grammar = (action.verb().grammar)();
    let mut blanks = Vec::new();
    for arg in grammar.get_arguments() {
        let field = arg.get_id().as_str();
        let strict = !OF_ANY_TEXT.contains(&field);
        match fields.get(field) {
            Some(Value::String(text)) => find(text, field, 0, strict, &mut blanks),
            Some(Value::Array(list)) => {
                for (index, text) in list.iter().enumerate() {
                    let text = text.as_str().unwrap_or_default();
                    find(text, field, index, strict, &mut blanks);
                }
            }
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => {}
        }
    }
    blanks
}

fn find(text: &str, field: &str, index: usize, strict: bool, blanks: &mut Vec<Blank>) {
    for stand_in in stand_ins(text, strict) {
        blanks.push(Blank {
            field: field.to_owned(),
            index: u32::try_from(index).unwrap_or(u32::MAX),
            text: stand_in.to_owned(),
            ask: ask(stand_in),
        });
    }
}

/// The stand-ins in a value. Where capitals may be anything, only the unmistakable ones.
fn stand_ins(text: &str, strict: bool) -> Vec<&str> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(length) = bracketed(rest, '<', '>')
            .or_else(|| bracketed(rest, '[', ']').filter(|_| strict && !is_address(rest)))
        {
            found.push(&rest[..length]);
            at += length;
            continue;
        }
        let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let length = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
        let word = &rest[..length];
        if is_yours(word) || strict && (IN_CAPITALS.contains(&word) || is_crossed_out(word)) {
            found.push(word);
        }
        at += length.max(rest.chars().next().map_or(1, char::len_utf8));
    }
    found
}

/// The length of `<NAME>`, if that is what the text begins with.
fn bracketed(text: &str, open: char, close: char) -> Option<usize> {
    let inside = text.strip_prefix(open)?;
    let is_of_name =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ' | '/' | '.' | '\'');
    let length = inside.find(|c| !is_of_name(c))?;
    let is_name = inside.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_name && inside[length..].starts_with(close)).then_some(length + 2)
}

/// `[::1]`, the way to write an IPv6 address, which `[fe80]` could begin.
fn is_address(text: &str) -> bool {
    text[1..]
        .chars()
        .take_while(|c| *c != ']')
        .all(|c| c.is_ascii_hexdigit())
}

/// `YOUR_NAME`, `your-name`, `yourName`, `yourusername`.
fn is_yours(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix("your").or(lower.strip_prefix("my_own")) else {
        return false;
    };
    let name = rest.trim_start_matches(['_', '-']);
    let is_parted = name.len() < rest.len() && !name.is_empty();
    let is_camel = word[word.len() - rest.len()..].starts_with(|c: char| c.is_ascii_uppercase())
        && word.starts_with('y');
    is_parted || is_camel || YOURS.iter().any(|yours| name.starts_with(yours))
}

/// `xxxxxxxx`, an id that a tutorial does not print.
fn is_crossed_out(word: &str) -> bool {
    word.len() >= 6 && word.bytes().all(|b| matches!(b, b'x' | b'X'))
}

/// What a stand-in stands for.
fn ask(stand_in: &str) -> String {
    if is_crossed_out(stand_in) {
        return "id".to_owned();
    }
    let mut asked = String::new();
    let mut was_small = false;
    for c in stand_in.trim_matches(['<', '>', '[', ']']).chars() {
        if was_small && c.is_ascii_uppercase() {
            asked.push(' ');
        }
        was_small = c.is_ascii_lowercase();
        asked.push(match c {
            '_' | '-' => ' ',
            c => c.to_ascii_lowercase(),
        });
    }
    asked.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_are_told_from_values() {
        // value, where names are due, where any text is due
        let rows: [(&str, &[&str], &[&str]); 22] = [
            ("<CONTAINER ID>", &["<CONTAINER ID>"], &["<CONTAINER ID>"]),
            (
                "<HOST_PORT>:<CONTAINER_PORT>",
                &["<HOST_PORT>", "<CONTAINER_PORT>"],
                &["<HOST_PORT>", "<CONTAINER_PORT>"],
            ),
            ("<your-name>/app:1", &["<your-name>"], &["<your-name>"]),
            (
                "<path/to/folder>:/data",
                &["<path/to/folder>"],
                &["<path/to/folder>"],
            ),
            ("YOUR_NAME", &["YOUR_NAME"], &["YOUR_NAME"]),
            ("your-username/app", &["your-username"], &["your-username"]),
            ("yourname", &["yourname"], &["yourname"]),
            ("yourUser", &["yourUser"], &["yourUser"]),
            ("CONTAINER_ID:/app", &["CONTAINER_ID"], &[]),
            ("USERNAME=demo", &["USERNAME"], &[]),
            ("[container]", &["[container]"], &[]),
            ("[::1]:80:80", &[], &[]),
            ("[fe80]:80:80", &[], &[]),
            ("xxxxxxxxxxxx", &["xxxxxxxxxxxx"], &[]),
            ("xxx", &[], &[]),
            ("yours", &[], &[]),
            ("bayou-rum", &[], &[]),
            ("ubuntu:22.04", &[], &[]),
            ("a<b", &[], &[]),
            ("<>", &[], &[]),
            ("日本<NAME>", &["<NAME>"], &["<NAME>"]),
            ("", &[], &[]),
        ];
        for (text, names, any) in rows {
            assert_eq!(stand_ins(text, true), names, "{text}");
            assert_eq!(stand_ins(text, false), any, "{text} in any text");
        }
    }

    #[test]
    fn what_they_stand_for_is_said_in_words() {
        let rows = [
            ("<CONTAINER ID>", "container id"),
            ("<HOST_PORT>", "host port"),
            ("<your-name>", "your name"),
            ("yourName", "your name"),
            ("YOUR_NAME", "your name"),
            ("[image]", "image"),
            ("xxxxxxxx", "id"),
        ];
        for (text, expected) in rows {
            assert_eq!(ask(text), expected, "{text}");
        }
    }
}
