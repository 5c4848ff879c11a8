//! What inspects found, as `docker inspect` prints it: the engine's own JSON in its own order, indented.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde_json::value::RawValue;

use crate::model::Outcome;

/// What was found for each name.
#[derive(Default)]
pub(super) struct Found(Mutex<HashMap<String, Box<RawValue>>>);

impl Found {
    /// Keeps what was found for `name`.
    pub fn add(&self, name: &str, json: Box<RawValue>) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.to_owned(), json);
    }

    /// What was found, in the order of `names`; some of them may not have been found.
    pub fn finish(self, names: &[String]) -> Outcome {
        let found = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let done: Vec<String> = names
            .iter()
            .filter(|name| found.contains_key(*name))
            .cloned()
            .collect();
        let items: Vec<&str> = done
            .iter()
            .filter_map(|name| found.get(name))
            .map(|json| json.get())
            .collect();
        let text = Some(indented(&format!("[{}]", items.join(","))));
        Outcome {
            text,
            done,
            ..Outcome::default()
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
