//! What inspects found, as `docker inspect` prints it: the engine's own JSON in its own order, indented.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde_json::value::RawValue;

use crate::model::Outcome;
use crate::perform::Report;
use crate::problem::Problem;

/// What was found for each name.
#[derive(Default)]
pub(super) struct Found(Mutex<HashMap<String, Box<RawValue>>>);

impl Found {
    /// Keeps what was found for `name`.
    pub fn add(&self, name: &str, json: Box<RawValue>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), json);
    }

    /// Puts what was found into the outcome, in the order of `names`; also where some were not found.
    pub fn finish(
        self,
        names: &[String],
        outcome: Result<Outcome, Problem>,
        report: &dyn Report,
    ) -> Result<Outcome, Problem> {
        let found = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let items: Vec<&str> = names.iter().filter_map(|name| Some(found.get(name)?.get())).collect();
        let text = Some(indented(&format!("[{}]", items.join(","))));
        match outcome {
            Ok(outcome) => Ok(Outcome { text, ..outcome }),
            Err(problem) => {
                let done = names.iter().filter(|name| found.contains_key(*name)).cloned().collect();
                report.outcome(Outcome { text, done, ..Outcome::default() });
                Err(problem)
            }
        }
    }
}

/// Valid JSON, four spaces for each level, empty lists and objects on one line.
fn indented(json: &str) -> String {
    let mut text = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    let mut opened = false;
    for c in json.chars() {
        if in_string {
            text.push(c);
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = false,
                _ => {}
            }
            continue;
        }
        if c.is_whitespace() {
            continue;
        }
        let closes = matches!(c, '}' | ']');
        if closes {
            depth = depth.saturating_sub(1);
        }
        if opened != closes {
            // Either the first thing within, or the end of what is not empty.
            new_line(&mut text, depth);
        }
        opened = false;
        text.push(c);
        match c {
            '{' | '[' => {
                depth += 1;
                opened = true;
            }
            ',' => new_line(&mut text, depth),
            ':' => text.push(' '),
            '"' => in_string = true,
            _ => {}
        }
    }
    text
}

fn new_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n("    ", depth));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_its_order_and_its_strings() {
        let json = r#"[{"b":[],"a":{ },"c":[1,{"d":"x, {\"y\": [] }"}],"e":-1.5e3,"f":null}]"#;
        let expected = r#"[
    {
        "b": [],
        "a": {},
        "c": [
            1,
            {
                "d": "x, {\"y\": [] }"
            }
        ],
        "e": -1.5e3,
        "f": null
    }
]"#;
        assert_eq!(indented(json), expected);
        assert_eq!(indented("[]"), "[]");
    }
}
