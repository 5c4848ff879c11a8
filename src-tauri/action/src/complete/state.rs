//! Which part of a command is due, by docker's rules for flags.

use crate::grammar::{Count, Flag, Grammar, Name, Takes};

/// What is due.
pub(super) struct State<'t> {
    pub(super) due: Due<'t>,
    /// Whether a flag may be written here.
    pub(super) flags_allowed: bool,
}

pub(super) enum Due<'t> {
    /// A flag's value; `front` is what of the typed word belongs to the flag, such as `--restart=`.
    Value { flag: &'static Flag, front: &'t str },
    /// A name, such as that of a container.
    Name(&'static Name),
    /// No more names; or the words of another program's command.
    Nothing,
}

/// What is due behind these words of a verb, where a word is being typed.
pub(super) fn due<'t>(grammar: &'static Grammar, given: &[String], typed: &'t str) -> State<'t> {
    let is_program = |name: &Name| name.count == Count::Words;
    let ends_at_name = grammar.names.iter().any(is_program);
    let mut flags_allowed = true;
    let mut names = 0_usize;
    let mut waiting: Option<&'static Flag> = None;
    for word in given {
        if waiting.take().is_some() {
            continue;
        }
        if flags_allowed && word == "--" {
            flags_allowed = false;
        } else if flags_allowed && word.len() > 1 && word.starts_with('-') {
            waiting = awaits_value(grammar, word);
        } else {
            names += 1;
            flags_allowed = flags_allowed && !ends_at_name;
        }
    }
    let value = |flag, front| State {
        due: Due::Value { flag, front },
        flags_allowed,
    };
    if let Some(flag) = waiting {
        return value(flag, "");
    }
    if flags_allowed
        && let Some(name) = typed.strip_prefix("--")
        && let Some((name, _)) = name.split_once('=')
        && let Some(flag) = long(grammar, name)
    {
        return value(flag, typed.get(..name.len() + 3).unwrap_or_default());
    }
    // The last name may be given many times.
    let last = grammar
        .names
        .last()
        .filter(|name| name.count == Count::Several);
    let due = match grammar.names.get(names).or(last) {
        Some(name) if name.count != Count::Words => Due::Name(name),
        Some(_) | None => Due::Nothing,
    };
    State { due, flags_allowed }
}

fn long(grammar: &'static Grammar, name: &str) -> Option<&'static Flag> {
    let mut flags = grammar.flags.iter();
    flags.find(|flag| flag.long == name || flag.aliases.contains(&name))
}

/// The flag of this word whose value is the next word.
fn awaits_value(grammar: &'static Grammar, word: &str) -> Option<&'static Flag> {
    let takes_value = |flag: &&Flag| match flag.takes {
        Takes::Nothing | Takes::TrueOrFalse => false,
        Takes::Text | Takes::Number | Takes::List => true,
    };
    if let Some(name) = word.strip_prefix("--") {
        return long(grammar, name).filter(takes_value);
    }
    let mut letters = word.chars().skip(1).peekable();
    while let Some(letter) = letters.next() {
        let mut flags = grammar.flags.iter();
        let flag = flags.find(|flag| flag.short == Some(letter))?;
        if takes_value(&flag) {
            return letters.peek().is_none().then_some(flag);
        }
    }
    None
}
