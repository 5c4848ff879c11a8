//! Flags as docker's command line reads them (<https://github.com/spf13/pflag>), made plain for clap.
//!
//! The two differ in what they take: `-dit=false`, `-e -X=1`, `--rm=0`, flags that end at the first
//! name. So the words are first read by docker's rules with the verb's grammar beside them, and then
//! written again as `--flag=value` and names after `--`, which leaves clap nothing to read otherwise.

use std::collections::BTreeMap;

use clap::{Arg, Command};

use crate::near::nearest;
use crate::refusal::ParseError;
use crate::verb::{Verb, is_switch, is_three_way, long_name};

/// What pflag takes for yes and no.
const YES: &[&str] = &["1", "t", "T", "true", "TRUE", "True"];
const NO: &[&str] = &["0", "f", "F", "false", "FALSE", "False"];

/// The words of a verb, made plain.
pub(crate) fn plain(verb: &Verb, words: &[String]) -> Result<Vec<String>, ParseError> {
    let mut reader = Reader {
        verb,
        grammar: (verb.grammar)(),
        rest: words.iter(),
        flags: Vec::new(),
        switches: BTreeMap::new(),
    };
    let names = reader.read()?;
    let mut plain = reader.flags;
    for (name, on) in reader.switches {
        let three_way = find_long(reader.grammar, name).is_some_and(is_three_way);
        match (three_way, on) {
            (true, on) => plain.push(format!("--{name}={on}")),
            (false, true) => plain.push(format!("--{name}")),
            // It is off while nobody has named it, too.
            (false, false) => {}
        }
    }
    plain.push("--".to_owned());
    plain.extend(names);
    Ok(plain)
}

struct Reader<'a> {
    verb: &'a Verb,
    grammar: &'static Command,
    rest: std::slice::Iter<'a, String>,
    /// Flags with values, as `--flag=value`, in order.
    flags: Vec<String>,
    /// The switches that were named, and whether they are on; the last word on each counts.
    switches: BTreeMap<&'static str, bool>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<Vec<String>, ParseError> {
        let mut names = Vec::new();
        while let Some(word) = self.rest.next() {
            if word == "--" {
                names.extend(self.rest.by_ref().cloned());
            } else if let Some(long) = word.strip_prefix("--") {
                self.long(long)?;
            } else if word.len() > 1 && word.starts_with('-') {
                self.shorts(&word[1..])?;
            } else {
                names.push(word.clone());
                if self.verb.ends_flags_at_first_name() {
                    names.extend(self.rest.by_ref().cloned());
                }
            }
        }
        Ok(names)
    }

    fn long(&mut self, word: &str) -> Result<(), ParseError> {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        };
        let Some(arg) = find_long(self.grammar, name) else {
            return Err(self.unknown(format!("--{name}"), name));
        };
        let shown = format!("--{name}");
        match value {
            None if !is_switch(arg) => {
                let value = self
                    .rest
                    .next()
                    .ok_or(ParseError::NeedsValue { flag: shown })?;
                self.set(arg, value);
                Ok(())
            }
            Some(value) if !is_switch(arg) => {
                self.set(arg, value);
                Ok(())
            }
            None => self.switch(arg, "true", shown),
            Some(value) => self.switch(arg, value, shown),
        }
    }

    /// One or several flags of one letter, the last of them perhaps with its value.
    fn shorts(&mut self, word: &str) -> Result<(), ParseError> {
        let mut rest = word;
        while let Some(letter) = rest.chars().next() {
            rest = &rest[letter.len_utf8()..];
            let flag = format!("-{letter}");
            let arg = self
                .grammar
                .get_arguments()
                .find(|arg| arg.get_short() == Some(letter));
            let Some(arg) = arg else {
                return Err(self.unknown(flag, &letter.to_string()));
            };
            // pflag wants something behind the "=" here: `-e=` is the value "=".
            let assigned = rest.strip_prefix('=').filter(|value| !value.is_empty());
            if is_switch(arg) {
                if let Some(value) = assigned {
                    return self.switch(arg, value, flag);
                }
                self.switch(arg, "true", flag)?;
                continue;
            }
            let value = match assigned {
                Some(value) => value,
                None if !rest.is_empty() => rest,
                None => self.rest.next().ok_or(ParseError::NeedsValue { flag })?,
            };
            self.set(arg, value);
            return Ok(());
        }
        Ok(())
    }

    fn set(&mut self, arg: &'static Arg, value: &str) {
        self.flags.push(format!("--{}={value}", long_name(arg)));
    }

    fn switch(&mut self, arg: &'static Arg, value: &str, flag: String) -> Result<(), ParseError> {
        let name = long_name(arg);
        if YES.contains(&value) {
            self.switches.insert(name, true);
        } else if NO.contains(&value) {
            self.switches.insert(name, false);
        } else {
            let value = value.to_owned();
            return Err(ParseError::BadValue {
                flag,
                value,
                takes: "true or false",
            });
        }
        Ok(())
    }

    fn unknown(&self, flag: String, name: &str) -> ParseError {
        if name == "help" || name == "h" {
            let text = self.grammar.clone().render_help().to_string();
            return ParseError::Help { text };
        }
        let verb = self.verb.name().to_owned();
        let known = self.grammar.get_arguments().filter_map(Arg::get_long);
        let similar = nearest(name, known).map(|similar| format!("--{similar}"));
        ParseError::UnknownFlag {
            flag,
            verb,
            similar,
        }
    }
}

fn find_long<'a>(grammar: &'a Command, name: &str) -> Option<&'a Arg> {
    grammar.get_arguments().find(|arg| {
        arg.get_long() == Some(name) || arg.get_all_aliases().unwrap_or_default().contains(&name)
    })
}
