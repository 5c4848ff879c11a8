//! The fields of a verb, so that one dialog serves every verb that has none of its own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::complete::{CompletionKind, Slot, choices};
use crate::grammar::{Count, Flag, Grammar, Name, Takes, grammars};

/// The fields of a verb.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Form {
    /// The verb, as [`Action`](crate::Action) is tagged with it, such as `create-volume`.
    pub verb: String,
    /// Its command, such as `docker volume create`.
    pub command: String,
    /// What it does, in a sentence.
    pub about: String,
    /// Names first, then flags, each in the order in which the command is written.
    pub fields: Vec<FormField>,
}

/// One field of a verb.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormField {
    /// The action's field.
    pub id: String,
    /// The flag, such as `--driver`; `None` for a name.
    pub flag: Option<String>,
    /// Its short form, such as `-d`.
    pub short: Option<String>,
    /// What kind of value it holds.
    pub kind: FieldKind,
    /// What it takes, in docker's capitals; `None` for a switch.
    pub takes: Option<String>,
    /// What it means, in a sentence.
    pub explain: String,
    /// Whether the command makes no sense without it.
    pub required: bool,
    /// Of what it is the name, where it is one of something that exists.
    pub names: Option<CompletionKind>,
    /// The values that it can have, where they are few.
    pub choices: Vec<String>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// On or off.
    Switch,
    /// One line of text.
    Text,
    /// A whole number.
    Number,
    /// Several lines of text, in any number.
    List,
    /// The words of a command.
    Words,
}

/// The form of a verb, by the tag that its actions carry.
pub fn form(verb: &str) -> Option<Form> {
    let grammar = grammars().iter().find(|grammar| grammar.tag == verb)?;
    let names = grammar.names.iter().map(|name| of_name(grammar, name));
    let flags = grammar.flags.iter().map(|flag| of_flag(grammar, flag));
    Some(Form {
        verb: verb.to_owned(),
        command: format!("docker {}", grammar.spellings.first()?),
        about: grammar.about.clone(),
        fields: names.chain(flags).collect(),
    })
}

fn of_name(grammar: &Grammar, name: &Name) -> FormField {
    FormField {
        id: name.field.to_owned(),
        flag: None,
        short: None,
        kind: match name.count {
            Count::One => FieldKind::Text,
            Count::Several => FieldKind::List,
            Count::Words => FieldKind::Words,
        },
        takes: Some(name.value.clone()),
        explain: name.explain.clone(),
        required: name.required,
        names: Slot::of_name(name).names(grammar),
        choices: Vec::new(),
    }
}

fn of_flag(grammar: &Grammar, flag: &Flag) -> FormField {
    let choices = choices(flag);
    FormField {
        id: flag.field.to_owned(),
        flag: Some(format!("--{}", flag.long)),
        short: flag.short.map(|short| format!("-{short}")),
        kind: match flag.takes {
            Takes::Nothing | Takes::TrueOrFalse => FieldKind::Switch,
            Takes::Text => FieldKind::Text,
            Takes::Number => FieldKind::Number,
            Takes::List => FieldKind::List,
        },
        takes: Some(flag.value.clone()).filter(|value| !value.is_empty()),
        explain: flag.explain.clone(),
        required: false,
        names: Slot::of_flag(flag).names(grammar),
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
    }
}
