//! An action as a command line.

use clap::Arg;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::Action;
use crate::blank::MEANT_WHEN_EMPTY;
use crate::quote::{quote_flag_or_mark, quote_or_mark};
use crate::verb::{explanation, is_switch, is_three_way, long_name};

/// One piece of a rendered command: a word, or a flag together with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Token {
    /// The piece as it is typed, quoted for the shell, such as `-p 5000:5050`.
    pub text: String,
    /// The action's field that it comes from, in the field's own spelling (`publish`); `None` for `docker` and the verb.
    pub field: Option<String>,
    /// What it does, in plain words; empty for `docker` and the verb.
    pub explain: String,
}

/// The shell for which a command is quoted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Shell {
    /// bash, zsh, sh and their kin.
    #[default]
    Posix,
    /// PowerShell.
    Powershell,
}

/// Something wrong in one field of an action, said to the person who fills it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldProblem {
    /// The action's field (`publish`, `name`, `image`, …).
    pub field: String,
    /// Which entry, when the field is a list; 0 otherwise.
    pub index: u32,
    /// What is wrong and what would be right.
    pub message: String,
}

/// A command, ready to be shown under a dialog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rendered {
    /// The pieces, in order.
    pub tokens: Vec<Token>,
    /// The whole command for copying.
    pub line: String,
    /// What must be mended before the action can be performed; empty when it can.
    pub problems: Vec<FieldProblem>,
}

impl Action {
    /// The command as pieces, quoted for a shell. Never fails: blank entries of a half-filled
    /// dialog are left out, and a name that is missing is shown as `IMAGE`, `CONTAINER` and so on.
    pub fn tokens(&self, shell: Shell) -> Vec<Token> {
        let verb = self.verb();
        let mut writer = Writer {
            shell,
            fields: self.fields(),
            tokens: Vec::new(),
        };
        writer.word("docker");
        writer.word(verb.name());
        let grammar = (verb.grammar)();
        for flag in grammar.get_arguments().filter(|arg| !arg.is_positional()) {
            writer.flag(flag);
        }
        let mut ended = false;
        for name in grammar.get_positionals() {
            let values = writer.positional(name);
            // A single dash is no flag: it stands for what comes in from the terminal.
            let must_end = values.iter().any(|v| v.starts_with('-') && v != "-");
            if must_end && !ended && !name.is_trailing_var_arg_set() {
                ended = true;
                writer.end_of_flags();
            }
            for value in &values {
                let text = quote_or_mark(value, shell);
                writer.push(text, name.get_id().as_str(), explanation(name));
            }
        }
        writer.tokens
    }

    /// The command for showing under a dialog, with what must be mended before it can be performed.
    pub fn render(&self, shell: Shell) -> Rendered {
        let tokens = self.tokens(shell);
        let line = tokens
            .iter()
            .map(|token| token.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        Rendered {
            tokens,
            line,
            problems: self.check(),
        }
    }
}

struct Writer {
    shell: Shell,
    fields: Value,
    tokens: Vec<Token>,
}

impl Writer {
    fn word(&mut self, text: &str) {
        let token = Token {
            text: text.to_owned(),
            field: None,
            explain: String::new(),
        };
        self.tokens.push(token);
    }

    fn push(&mut self, text: String, field: &str, explain: String) {
        self.tokens.push(Token {
            text,
            field: Some(field.to_owned()),
            explain,
        });
    }

    fn end_of_flags(&mut self) {
        let explain = "Says that no flag follows, only names.".to_owned();
        self.tokens.push(Token {
            text: "--".to_owned(),
            field: None,
            explain,
        });
    }

    /// Whether a switch is on or off; `None` where a switch that may be either is left alone.
    fn switched(&self, field: &str) -> Option<bool> {
        self.fields.get(field).and_then(Value::as_bool)
    }

    /// What a field holds, as it is typed; blank entries left out.
    fn values(&self, field: &str) -> Vec<String> {
        let keep_empty = MEANT_WHEN_EMPTY.contains(&field);
        let one = |value: &Value| match value {
            Value::String(text) if text.is_empty() && !keep_empty => None,
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        match self.fields.get(field) {
            Some(Value::Array(values)) => values.iter().filter_map(one).collect(),
            Some(value) => one(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    fn flag(&mut self, arg: &Arg) {
        let field = arg.get_id().as_str();
        if is_switch(arg) {
            match self.switched(field) {
                Some(true) => self.switch(arg, field),
                Some(false) if is_three_way(arg) => {
                    let text = format!("--{}=false", long_name(arg));
                    self.push(text, field, explanation(arg));
                }
                Some(false) | None => {}
            }
            return;
        }
        for value in self.values(field) {
            let text = self.flag_with_value(arg, &value);
            self.push(text, field, explanation(arg));
        }
    }

    fn switch(&mut self, arg: &Arg, field: &str) {
        // `-it` is one word in everyone's mind.
        let before = self.tokens.last_mut().filter(|token| token.text == "-i");
        if let Some(joined) = before.filter(|_| field == "tty") {
            "-it".clone_into(&mut joined.text);
            joined.explain = format!("{} {}", joined.explain, explanation(arg));
            return;
        }
        let text = match arg.get_short() {
            Some(short) => format!("-{short}"),
            None => format!("--{}", long_name(arg)),
        };
        self.push(text, field, explanation(arg));
    }

    fn flag_with_value(&self, arg: &Arg, value: &str) -> String {
        let long = long_name(arg);
        if value.is_empty() || value.starts_with('-') {
            return quote_flag_or_mark(long, value, self.shell);
        }
        let value = quote_or_mark(value, self.shell);
        match arg.get_short() {
            Some(short) => format!("-{short} {value}"),
            None => format!("--{long} {value}"),
        }
    }

    /// The words of a name, or what stands for them.
    fn positional(&self, arg: &Arg) -> Vec<String> {
        let field = arg.get_id().as_str();
        if arg.is_trailing_var_arg_set() {
            // What another program is given stays as it is, empty words too.
            let words = self.fields.get(field).and_then(Value::as_array);
            let words = words.into_iter().flatten().filter_map(Value::as_str);
            let words: Vec<String> = words.map(str::to_owned).collect();
            return match words[..] {
                [] if arg.is_required_set() => vec![stand_in(arg)],
                _ => words,
            };
        }
        let values = self.values(field);
        if values.is_empty() && arg.is_required_set() {
            vec![stand_in(arg)]
        } else {
            values
        }
    }
}

/// The word in capitals that stands for a name that is missing.
fn stand_in(arg: &Arg) -> String {
    let is_word = |name: &&str| name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    let names = arg.get_value_names().unwrap_or_default();
    match names
        .first()
        .map(clap::builder::Str::as_str)
        .filter(is_word)
    {
        Some(name) => name.to_owned(),
        None => arg.get_id().as_str().to_ascii_uppercase(),
    }
}
