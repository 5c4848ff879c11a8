//! Help pages, made from the vocabulary: `docker --help`, `docker container --help`,
//! `docker run --help`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use crate::grammar::{Count, Flag, Grammar, Name, Takes, grammars};
use crate::{Action, Note, Reach};

/// A help page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HelpPage {
    /// The command, such as `docker run`.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// The ways to write it.
    pub usage: Vec<String>,
    /// What there is to know, in groups.
    pub groups: Vec<HelpGroup>,
}

/// A group of entries of a help page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HelpGroup {
    /// Its heading.
    pub title: String,
    /// Its entries.
    pub items: Vec<HelpItem>,
}

/// An entry of a help page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HelpItem {
    /// What is explained, as it is typed.
    pub term: String,
    /// What it means, in a sentence.
    pub explain: String,
    /// The help page that it opens, as [`help`] takes it.
    pub verb: Option<String>,
    /// How far Slipway goes with it, where that is not all the way.
    pub note: Option<String>,
}

/// The verbs that docker itself calls common, in its order.
pub(crate) const COMMON: &[&str] = &[
    "run", "exec", "ps", "build", "pull", "push", "images", "login", "logout", "search", "version",
    "info",
];

/// The groups of verbs, and what they are about.
pub(crate) const GROUPS: &[(&str, &str)] = &[
    ("builder", "Build images."),
    ("buildx", "Build images."),
    (
        "container",
        "Everything on containers: make, start, look into, stop and remove them.",
    ),
    ("context", "Choose the engine that docker talks to."),
    (
        "image",
        "Everything on images: download, make, look into, upload and remove them.",
    ),
    (
        "network",
        "Everything on networks, over which containers reach each other.",
    ),
    ("system", "Look at the engine as a whole, and clean up."),
    (
        "volume",
        "Everything on volumes: storage that outlives containers.",
    ),
];

/// Groups that only repeat a verb of another name.
const ALIASES: &[&str] = &["builder", "buildx"];

/// The help page of docker, of a group of verbs, or of a verb in any of its spellings.
pub fn help(verb: Option<&str>) -> Option<HelpPage> {
    let words: Vec<String> = verb
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let name = words.join(" ");
    if words.is_empty() {
        return Some(overview());
    }
    if let Some((grammar, length)) = find(&words)
        && length == words.len()
    {
        return Some(of_verb(grammar, &name));
    }
    GROUPS
        .iter()
        .find(|(group, _)| *group == name)
        .map(|(group, about)| of_group(group, about))
}

/// The verb that a command begins with, and how many of its words name it.
pub(crate) fn find(words: &[String]) -> Option<(&'static Grammar, usize)> {
    for grammar in grammars() {
        for spelling in grammar.spellings {
            let mut spelt = spelling.split(' ');
            let length = spelling.split(' ').count();
            if words.len() >= length
                && words
                    .iter()
                    .take(length)
                    .all(|word| spelt.next() == Some(word))
            {
                return Some((grammar, length));
            }
        }
    }
    None
}

/// Whether a word asks for help.
pub(crate) fn is_word(word: &str) -> bool {
    matches!(word, "--help" | "-h" | "help")
}

/// Whether verbs stand behind this word.
pub(crate) fn is_group(word: &str) -> bool {
    GROUPS.iter().any(|(group, _)| *group == word)
}

/// What docker's arguments ask to be explained, unless a verb's own flags do: `Some(None)` is docker
/// as a whole.
pub(crate) fn asked(args: &[String]) -> Option<Option<String>> {
    let Some((first, rest)) = args.split_first() else {
        return Some(None);
    };
    if is_word(first) {
        let topic: Vec<&str> = rest
            .iter()
            .map(String::as_str)
            .take_while(|word| !word.starts_with('-'))
            .collect();
        let topic = topic.join(" ");
        return Some(
            help(Some(&topic))
                .map(|_| topic)
                .filter(|topic| !topic.is_empty()),
        );
    }
    let asks = rest.iter().any(|word| is_word(word));
    if asks && is_stand_in(first) {
        return Some(None);
    }
    if is_group(first) {
        let is_bare = rest
            .first()
            .is_none_or(|word| is_word(word) || asks && is_stand_in(word));
        return is_bare.then(|| Some(first.clone()));
    }
    // `docker run [OPTIONS] IMAGE [COMMAND]`, copied from a help page.
    let is_usage = rest.iter().any(|word| word == "[OPTIONS]");
    let (_, length) = find(args).filter(|_| is_usage)?;
    Some(Some(args[..length].join(" ")))
}

/// `<COMMAND>`, in place of a verb.
fn is_stand_in(word: &str) -> bool {
    let name = word.trim_matches(['<', '>', '[', ']']);
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
        || word.starts_with('<') && word.ends_with('>')
}

/// A page as plain text.
pub(crate) fn in_text(verb: Option<&str>) -> String {
    let Some(page) = help(verb) else {
        return String::new();
    };
    let mut text = format!("{}\n\n", page.about);
    for usage in &page.usage {
        text.push_str(&format!("  {usage}\n"));
    }
    for group in &page.groups {
        text.push_str(&format!("\n{}\n", group.title));
        for item in &group.items {
            text.push_str(&format!("  {}  {}\n", item.term, item.explain));
        }
    }
    text.trim_end().to_owned()
}

impl Action {
    /// What its verb does, in a sentence.
    pub fn about(&self) -> &'static str {
        let spellings = self.verb().spellings;
        let mut all = grammars().iter();
        all.find(|grammar| grammar.spellings == spellings)
            .map_or("", |grammar| grammar.about.as_str())
    }
}

fn overview() -> HelpPage {
    let item = |spelling: &str| item(spelling, spelling);
    let common = COMMON.iter().filter_map(|spelling| item(spelling));
    let groups = GROUPS
        .iter()
        .filter(|(group, _)| !ALIASES.contains(group))
        .map(|(group, about)| HelpItem {
            term: (*group).to_owned(),
            explain: (*about).to_owned(),
            verb: Some((*group).to_owned()),
            note: None,
        });
    let mut others: Vec<&str> = grammars()
        .iter()
        .flat_map(|grammar| grammar.spellings.iter().copied())
        .filter(|spelling| !spelling.contains(' ') && !COMMON.contains(spelling))
        .collect();
    others.sort_unstable();
    let group = |title: &str, items| HelpGroup {
        title: title.to_owned(),
        items,
    };
    HelpPage {
        title: "docker".to_owned(),
        about: "Docker builds images, and runs programs in containers made from them.".to_owned(),
        usage: vec![
            "docker COMMAND".to_owned(),
            "docker COMMAND --help".to_owned(),
        ],
        groups: vec![
            group("Common commands", common.collect()),
            group("Management commands", groups.collect()),
            group("Commands", others.into_iter().filter_map(item).collect()),
        ],
    }
}

fn of_group(group: &str, about: &str) -> HelpPage {
    // The first spelling within the group is the one that docker lists.
    let spelling_of = |grammar: &'static Grammar| {
        let mut spellings = grammar.spellings.iter();
        spellings.find_map(|spelling| {
            Some((*spelling, spelling.strip_prefix(group)?.strip_prefix(' ')?))
        })
    };
    let mut items: Vec<HelpItem> = grammars()
        .iter()
        .filter_map(spelling_of)
        .filter_map(|(spelling, term)| item(spelling, term))
        .collect();
    items.sort_by(|one, other| one.term.cmp(&other.term));
    HelpPage {
        title: format!("docker {group}"),
        about: about.to_owned(),
        usage: vec![format!("docker {group} COMMAND")],
        groups: vec![HelpGroup {
            title: "Commands".to_owned(),
            items,
        }],
    }
}

/// The entry of a verb by one of its spellings.
fn item(spelling: &str, term: &str) -> Option<HelpItem> {
    let words: Vec<String> = spelling.split(' ').map(str::to_owned).collect();
    let (grammar, _) = find(&words)?;
    let note = match grammar.reach {
        Reach::Performed => None,
        Reach::Screen => Some("A screen of Slipway shows this."),
        Reach::Known => Some("Slipway explains it, and does not perform it yet."),
    };
    Some(HelpItem {
        term: term.to_owned(),
        explain: grammar.about.clone(),
        verb: Some(spelling.to_owned()),
        note: note.map(str::to_owned),
    })
}

fn of_verb(grammar: &Grammar, spelling: &str) -> HelpPage {
    let unperformed: BTreeSet<String> = unperformed(grammar)
        .into_iter()
        .filter_map(|note| note.field)
        .collect();
    let item = |field: &str, term: String, explain: &str| HelpItem {
        term,
        explain: explain.to_owned(),
        verb: None,
        note: unperformed
            .contains(field)
            .then(|| "Slipway knows it and does not perform it yet.".to_owned()),
    };
    let names = grammar
        .names
        .iter()
        .map(|name| item(name.field, name_of(name), &name.explain));
    let flags = grammar
        .flags
        .iter()
        .map(|flag| item(flag.field, flag_of(flag), &flag.explain));
    let groups: [(&str, Vec<HelpItem>); 2] = [
        ("What it is about", names.collect()),
        ("Flags", flags.collect()),
    ];
    HelpPage {
        title: format!("docker {spelling}"),
        about: grammar.about.clone(),
        usage: usage(grammar, spelling),
        groups: groups
            .into_iter()
            .filter(|(_, items)| !items.is_empty())
            .map(|(title, items)| HelpGroup {
                title: title.to_owned(),
                items,
            })
            .collect(),
    }
}

/// The ways to write a verb, the one that was asked for first.
fn usage(grammar: &Grammar, spelling: &str) -> Vec<String> {
    let mut behind = String::new();
    if !grammar.flags.is_empty() {
        behind.push_str(" [FLAGS]");
    }
    for name in &grammar.names {
        let term = name_of(name);
        behind.push(' ');
        behind.push_str(&if name.required {
            term
        } else {
            format!("[{term}]")
        });
    }
    let others = grammar.spellings.iter().filter(|other| **other != spelling);
    std::iter::once(spelling)
        .chain(others.copied())
        .map(|spelling| format!("docker {spelling}{behind}"))
        .collect()
}

fn name_of(name: &Name) -> String {
    match name.count {
        Count::One => name.value.clone(),
        Count::Several | Count::Words => format!("{}…", name.value),
    }
}

fn flag_of(flag: &Flag) -> String {
    let long = flag.long;
    let mut term = match flag.short {
        Some(short) => format!("-{short}, --{long}"),
        None => format!("--{long}"),
    };
    match flag.takes {
        Takes::Nothing => {}
        Takes::TrueOrFalse => term.push_str("=true|false"),
        Takes::Text | Takes::Number | Takes::List => {
            term.push(' ');
            term.push_str(&flag.value);
        }
    }
    term
}

/// What is to be said of a verb when all of its flags are set.
fn unperformed(grammar: &Grammar) -> Vec<Note> {
    let mut action = json!({ "verb": grammar.tag });
    for flag in &grammar.flags {
        action[flag.field] = match flag.takes {
            Takes::Nothing | Takes::TrueOrFalse => Value::Bool(true),
            Takes::Text => json!("1"),
            Takes::Number => json!(1),
            Takes::List => json!(["1"]),
        };
    }
    serde_json::from_value::<Action>(action)
        .map(|action| action.unperformed())
        .unwrap_or_default()
}
