//! Flags as docker's command line reads them (<https://github.com/spf13/pflag>), made plain for clap.
//!
//! The two differ in what they take: `-dit=false`, `-e -X=1`, `--rm=0`, flags that end at the first
//! name. So the words are first read by docker's rules with the verb's grammar beside them, and then
//! written again as `--flag=value` and names after `--`, which leaves clap nothing to read otherwise.

use std::collections::BTreeMap;

use clap::{Arg, Command};

use crate::near::all_near;
use crate::parse::{Refused, Spot};
use crate::refusal::ParseError;
use crate::verb::{Verb, is_switch, is_three_way, long_name};

/// What pflag takes for yes and no.
const YES: &[&str] = &["1", "t", "T", "true", "TRUE", "True"];
const NO: &[&str] = &["0", "f", "F", "false", "FALSE", "False"];

/// The words of a verb, made plain.
pub(crate) fn plain(verb: &Verb, words: &[String]) -> Result<Vec<String>, Refused> {
    let mut reader = Reader {
        verb,
        grammar: (verb.grammar)(),
        count: words.len(),
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
    count: usize,
    rest: std::slice::Iter<'a, String>,
    /// Flags with values, as `--flag=value`, in order.
    flags: Vec<String>,
    /// The switches that were named, and whether they are on; the last word on each counts.
    switches: BTreeMap<&'static str, bool>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<Vec<String>, Refused> {
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

    fn long(&mut self, word: &str) -> Result<(), Refused> {
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
                let value = self.rest.next().ok_or_else(|| needs_value(shown))?;
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
    fn shorts(&mut self, word: &str) -> Result<(), Refused> {
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
                None => self.rest.next().ok_or_else(|| needs_value(flag))?,
            };
            self.set(arg, value);
            return Ok(());
        }
        Ok(())
    }

    fn set(&mut self, arg: &'static Arg, value: &str) {
        self.flags.push(format!("--{}={value}", long_name(arg)));
    }

    fn switch(&mut self, arg: &'static Arg, value: &str, flag: String) -> Result<(), Refused> {
        let name = long_name(arg);
        if YES.contains(&value) {
            self.switches.insert(name, true);
        } else if NO.contains(&value) {
            self.switches.insert(name, false);
        } else {
            let value = value.to_owned();
            return Err(Refused {
                why: ParseError::BadValue {
                    flag,
                    value,
                    takes: "true or false",
                },
                spot: self.spot(),
                similar: None,
            });
        }
        Ok(())
    }

    /// The word that is being read.
    fn spot(&self) -> Spot {
        let read = self.count - self.rest.len();
        Spot::Words(read.saturating_sub(1)..read)
    }

    fn unknown(&self, flag: String, name: &str) -> Refused {
        let verb = self.verb.name().to_owned();
        if name == "help" || name == "h" {
            let why = ParseError::Help { verb: Some(verb) };
            return Refused {
                why,
                spot: self.spot(),
                similar: None,
            };
        }
        let known = self.grammar.get_arguments().filter_map(Arg::get_long);
        let similar: Vec<String> = all_near(name, known)
            .into_iter()
            .map(|similar| format!("--{similar}"))
            .collect();
        let spot = match self.spot() {
            Spot::Words(words) if flag.starts_with("--") => Spot::Front {
                word: words.start,
                length: flag.len(),
            },
            spot => spot,
        };
        Refused {
            spot,
            similar: similar.first().cloned(),
            why: ParseError::UnknownFlag {
                flag,
                verb,
                similar,
            },
        }
    }
}

fn needs_value(flag: String) -> Refused {
    Refused {
        why: ParseError::NeedsValue { flag },
        spot: Spot::End,
        similar: None,
    }
}

fn find_long<'a>(grammar: &'a Command, name: &str) -> Option<&'a Arg> {
    grammar.get_arguments().find(|arg| {
        arg.get_long() == Some(name) || arg.get_all_aliases().unwrap_or_default().contains(&name)
    })
}
