//! Actions with anything in their fields: what people type, and what an attacker would.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use serde_json::Value;
use slipway_action::Action;
use slipway_action::grammar::{Count, Grammar, Name, Takes, grammars};

/// Pieces of text that shells, terminals and readers stumble over.
const PIECES: &[&str] = &[
    "a",
    "hello",
    "5000:5050",
    "A=b",
    "-",
    "--",
    "-it",
    "--name",
    "=",
    "'",
    "''",
    "\"",
    "\"\"",
    "`",
    "\\",
    "\\\\",
    "\\n",
    "$",
    "$x",
    "$(id)",
    "${x}",
    "!",
    "!!",
    "#",
    "~",
    "*",
    "?",
    "[a]",
    "{a,b}",
    "<",
    ">",
    "<X>",
    "|",
    "||",
    "&",
    "&&",
    ";",
    "(",
    ")",
    "^",
    "%",
    "%PATH%",
    "@",
    ",",
    ":",
    "/",
    ".",
    "..",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\u{1b}[31m",
    "\u{7}",
    "\u{8}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{200b}",
    "\u{200f}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "’",
    "‘",
    "“",
    "”",
    "„",
    "–",
    "é",
    "日本",
    "🐳",
    "👩‍👩‍👧",
    "3e52",
    "2gb",
    "0x1f",
    "007",
    "1.5",
    "C:\\x",
    ".\\x",
    "\\server",
    "it's",
];

/// Any text but an empty one; never NUL, which no command line can carry.
pub fn text() -> impl Strategy<Value = String> {
    let pieces = vec(prop::sample::select(PIECES), 1..5).prop_map(|pieces| pieces.concat());
    prop_oneof![
        4 => pieces,
        2 => "[a-zA-Z0-9_.:/=-]{1,12}",
        1 => "\\PC{1,8}",
        1 => any::<String>().prop_map(|text| format!("x{}", text.replace('\0', ""))),
    ]
}

/// What a field of a dialog may hold.
fn blank_or_text() -> impl Strategy<Value = String> {
    prop_oneof![6 => text(), 1 => Just(String::new())]
}

/// A list that may have blank entries.
fn list() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![3 => Just(Vec::new()), 2 => vec(blank_or_text(), 1..4)]
}

/// A list with at least one name in it.
fn names() -> impl Strategy<Value = Vec<String>> {
    (text(), list()).prop_map(|(first, mut rest)| {
        rest.push(first);
        rest
    })
}

/// What the field of a flag may hold.
fn flag(takes: Takes) -> BoxedStrategy<Value> {
    match takes {
        Takes::Nothing => any::<bool>().prop_map(Value::from).boxed(),
        Takes::TrueOrFalse => of(any::<bool>()).prop_map(Value::from).boxed(),
        Takes::Text => of(blank_or_text()).prop_map(Value::from).boxed(),
        Takes::Number => of(any::<i32>()).prop_map(Value::from).boxed(),
        Takes::List => list().prop_map(Value::from).boxed(),
    }
}

/// What the field of a name may hold in a command that is complete.
fn name(name: &Name) -> BoxedStrategy<Value> {
    match (name.count, name.required) {
        (Count::One, true) => text().prop_map(Value::from).boxed(),
        (Count::One, false) => of(blank_or_text()).prop_map(Value::from).boxed(),
        (Count::Several, true) => names().prop_map(Value::from).boxed(),
        (Count::Several, false) => list().prop_map(Value::from).boxed(),
        (Count::Words, required) => vec(blank_or_text(), usize::from(required)..4)
            .prop_map(Value::from)
            .boxed(),
    }
}

/// Actions of one verb with anything in their fields. Of many flags only some are written.
pub fn action(grammar: &Grammar) -> BoxedStrategy<Action> {
    let mut fields = Vec::new();
    for one in &grammar.flags {
        let often = if grammar.flags.len() > 20 { 0.1 } else { 0.5 };
        let written = prop::option::weighted(often, flag(one.takes));
        fields.push((one.field, written.boxed()));
    }
    for one in &grammar.names {
        fields.push((one.field, name(one).prop_map(Some).boxed()));
    }
    let (keys, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    let tag = grammar.tag.clone();
    values
        .prop_map(move |values| {
            let mut fields = serde_json::Map::from_iter([("verb".to_owned(), tag.as_str().into())]);
            let written = keys.iter().zip(values);
            let written = written.filter_map(|(key, value)| Some(((*key).to_owned(), value?)));
            fields.extend(written);
            serde_json::from_value(Value::Object(fields)).unwrap()
        })
        .boxed()
}

/// The verb with this tag.
pub fn verb(tag: &str) -> &'static Grammar {
    grammars()
        .iter()
        .find(|grammar| grammar.tag == tag)
        .unwrap_or_else(|| panic!("no verb {tag}"))
}
