//! Secrets that were hidden when an action was kept: what stands in their place must not reach an engine.

use serde_json::Value;

use super::findings::Findings;
use crate::secret::{HIDDEN, redact};
use crate::{Action, FieldProblem};

/// As long as the longest that is taken for a secret by its length alone.
const SOME_SECRET: &str = "a-value-that-was-there-before";

impl Findings {
    /// Finds the values that are what hiding makes of a secret. One that only looks like it, such as a pattern of
    /// files, is left alone.
    pub(super) fn unkept(&mut self, action: &Action) {
        // Hardly any action has one, and each key that is typed comes by here.
        let is_marked = |text: String| text.contains(HIDDEN);
        if !serde_json::to_string(action).is_ok_and(is_marked) {
            return;
        }
        let Ok(mut value) = serde_json::to_value(action) else {
            return;
        };
        let Some(fields) = value.as_object_mut() else {
            return;
        };
        let marked: Vec<(String, usize, String)> = fields
            .iter()
            .flat_map(|(field, value)| texts(value).map(move |(at, text)| (field, at, text)))
            .filter(|(_, _, text)| text.contains(HIDDEN))
            .map(|(field, at, text)| (field.clone(), at, text.to_owned()))
            .collect();
        fields.values_mut().for_each(fill);
        let Ok(filled) = serde_json::from_value::<Action>(value) else {
            return;
        };
        let Ok(hidden) = serde_json::to_value(redact(&filled)) else {
            return;
        };
        for (field, at, kept) in marked {
            // A secret that has such signs of its own would be hidden as a whole, and looks otherwise then.
            let mut again = hidden.get(&field).into_iter().flat_map(texts);
            if again.any(|(index, text)| index == at && text == kept) {
                self.problems.push(FieldProblem {
                    field,
                    index: u32::try_from(at).unwrap_or(u32::MAX),
                    message: format!("{HIDDEN} stands for a secret, and secrets are not kept. Write it again in its place."),
                });
            }
        }
    }
}

/// The texts of a field, each with its place in the list.
fn texts(value: &Value) -> impl Iterator<Item = (usize, &str)> {
    let entries = match value {
        Value::Array(entries) => entries.as_slice(),
        other => std::slice::from_ref(other),
    };
    let entries = entries.iter().enumerate();
    entries.filter_map(|(at, entry)| Some((at, entry.as_str()?)))
}

fn fill(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.replace(HIDDEN, SOME_SECRET),
        Value::Array(entries) => entries.iter_mut().for_each(fill),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {}
    }
}
