//! What each verb takes, for whoever draws a form, completes a word or compares it with docker.

use std::any::TypeId;
use std::sync::LazyLock;

use clap::{Arg, ArgAction};

use crate::verb::{Reach, VERBS, Verb, explanation, is_switch, is_three_way, long_name, sentence};

/// One verb: how it is written and what it takes.
#[derive(Debug, Clone)]
pub struct Grammar {
    /// The action's tag, such as `create-volume`.
    pub tag: String,
    /// The ways to write it, without `docker`; the first is the one that is shown.
    pub spellings: &'static [&'static str],
    /// What it does, in one sentence.
    pub about: String,
    /// How far Slipway goes with it.
    pub reach: Reach,
    /// Whether it removes something.
    pub destroys: bool,
    /// Its flags, in the order in which they are written.
    pub flags: Vec<Flag>,
    /// Its names, in their order.
    pub names: Vec<Name>,
}

/// One flag of a verb.
#[derive(Debug, Clone)]
pub struct Flag {
    /// The action's field.
    pub field: &'static str,
    /// The flag's name without dashes.
    pub long: &'static str,
    /// Its one letter.
    pub short: Option<char>,
    /// Further names that are understood and not shown.
    pub aliases: Vec<&'static str>,
    /// What follows it.
    pub takes: Takes,
    /// What stands for its value, such as `NAME=VALUE`; empty for a switch.
    pub value: String,
    /// What it does, in plain words.
    pub explain: String,
}

/// What follows a flag, and so what its field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Takes {
    /// Nothing: a switch, on or off.
    Nothing,
    /// Nothing, or `=true` or `=false`: a switch that is on in docker while nobody has written it.
    TrueOrFalse,
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// A text, and the flag may stand several times.
    List,
}

/// What stands behind the flags: the names of things, or another program's words.
#[derive(Debug, Clone)]
pub struct Name {
    /// The action's field.
    pub field: &'static str,
    /// What stands for it, such as `CONTAINER`.
    pub value: String,
    /// Whether it may be left out.
    pub required: bool,
    /// How much of it there may be.
    pub count: Count,
    /// What it is, in plain words.
    pub explain: String,
}

/// How much stands in one place behind the flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Count {
    /// One name.
    One,
    /// One or more names, or none where it is not required.
    Several,
    /// The words of another program, flags included.
    Words,
}

/// Every verb that Slipway knows.
pub fn grammars() -> &'static [Grammar] {
    static GRAMMARS: LazyLock<Vec<Grammar>> =
        LazyLock::new(|| VERBS.iter().map(Grammar::of).collect());
    &GRAMMARS
}

impl Grammar {
    fn of(verb: &'static Verb) -> Grammar {
        let command = (verb.grammar)();
        let tag = serde_json::to_value((verb.blank)()).unwrap_or_default();
        let about = command.get_about().map(ToString::to_string);
        Grammar {
            tag: tag["verb"].as_str().unwrap_or_default().to_owned(),
            spellings: verb.spellings,
            about: sentence(about.unwrap_or_default()),
            reach: verb.reach,
            destroys: verb.destroys,
            flags: command
                .get_arguments()
                .filter(|arg| !arg.is_positional())
                .map(Flag::of)
                .collect(),
            names: command.get_positionals().map(Name::of).collect(),
        }
    }
}

impl Flag {
    fn of(arg: &'static Arg) -> Flag {
        Flag {
            field: arg.get_id().as_str(),
            long: long_name(arg),
            short: arg.get_short(),
            aliases: arg.get_all_aliases().unwrap_or_default(),
            takes: Takes::of(arg),
            value: if is_switch(arg) {
                String::new()
            } else {
                value_name(arg)
            },
            explain: explanation(arg),
        }
    }
}

impl Takes {
    fn of(arg: &Arg) -> Takes {
        if is_three_way(arg) {
            Takes::TrueOrFalse
        } else if is_switch(arg) {
            Takes::Nothing
        } else if matches!(arg.get_action(), ArgAction::Append) {
            Takes::List
        } else if arg.get_value_parser().type_id() == TypeId::of::<i32>() {
            Takes::Number
        } else {
            Takes::Text
        }
    }
}

impl Name {
    fn of(arg: &'static Arg) -> Name {
        Name {
            field: arg.get_id().as_str(),
            value: value_name(arg),
            required: arg.is_required_set(),
            count: if arg.is_trailing_var_arg_set() {
                Count::Words
            } else if matches!(arg.get_action(), ArgAction::Append) {
                Count::Several
            } else {
                Count::One
            },
            explain: explanation(arg),
        }
    }
}

fn value_name(arg: &Arg) -> String {
    let names = arg.get_value_names().unwrap_or_default();
    names.first().map(ToString::to_string).unwrap_or_default()
}
