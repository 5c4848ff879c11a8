//! The texts that a redaction takes away, so that they can be looked for elsewhere.

use serde_json::Value;

use crate::secret::{HIDDEN, names_secret};
use crate::{Action, redact};

/// Shorter texts are in every sentence; replacing them there would hide nothing and spoil all.
const SHORTEST: usize = 4;

/// What [`redact`](crate::redact) hides in an action, the longest first: an engine's answer may
/// repeat it.
pub fn secrets(action: &Action) -> Vec<String> {
    let mut found = Vec::new();
    differences(&action.fields(), &redact(action).fields(), &mut found);
    found.retain(|text| text.chars().count() >= SHORTEST);
    found.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    found.dedup();
    found
}

/// The variables of the environment whose values an action takes along and that are nobody's business: those
/// that it names without a value, by names of secrets, and those that `--secret` lends.
pub fn secret_variables(action: &Action) -> Vec<String> {
    let fields = action.fields();
    let texts = |field: &str| {
        let texts = fields.get(field).and_then(Value::as_array);
        texts.into_iter().flatten().filter_map(Value::as_str)
    };
    let named = texts("build_arg").chain(texts("env"));
    let named = named.filter(|name| !name.contains('=') && names_secret(name));
    let lent = texts("secret").flat_map(|text| {
        let parts = text.split(',').filter_map(|part| part.split_once('='));
        // With a name alone, a variable of that name goes before a file.
        parts.filter_map(|(key, value)| matches!(key, "env" | "id").then_some(value))
    });
    named.chain(lent).map(str::to_owned).collect()
}

fn differences(open: &Value, redacted: &Value, found: &mut Vec<String>) {
    match (open, redacted) {
        (Value::String(open), Value::String(redacted)) if open != redacted => {
            found.push(between(open, redacted));
        }
        (Value::Array(open), Value::Array(redacted)) => {
            for (open, redacted) in open.iter().zip(redacted) {
                differences(open, redacted, found);
            }
        }
        (Value::Object(open), Value::Object(redacted)) => {
            for (name, open) in open {
                differences(open, redacted.get(name).unwrap_or(&Value::Null), found);
            }
        }
        _ => {}
    }
}

/// The part of a text that [`HIDDEN`] stands for; all of it, where it cannot be told.
fn between(open: &str, redacted: &str) -> String {
    redacted
        .split_once(HIDDEN)
        .and_then(|(before, after)| open.strip_prefix(before)?.strip_suffix(after))
        .unwrap_or(open)
        .to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{secret_variables, secrets};
    use crate::Action;

    #[test]
    fn what_is_hidden_is_told() {
        let rows: [(&str, &[&str]); 6] = [
            ("docker run -e PASSWORD=abcdef ubuntu", &["abcdef"]),
            ("docker run -e COLOUR=abcdef ubuntu", &[]),
            ("docker run -e PASSWORD=abc ubuntu", &[]),
            ("docker login -p abcdef", &["abcdef"]),
            (
                "docker run -e URL=http://me:abcdef@host/ ubuntu",
                &["abcdef"],
            ),
            (
                "docker run -e A_TOKEN=abcdef -e B_TOKEN=abcdefgh ubuntu",
                &["abcdefgh", "abcdef"],
            ),
        ];
        for (line, hidden) in rows {
            assert_eq!(secrets(&Action::parse(line).unwrap()), hidden, "{line}");
        }
    }

    #[test]
    fn variables_that_are_taken_along_are_told() {
        let rows: [(&str, &[&str]); 5] = [
            (
                "docker build --build-arg API_TOKEN --build-arg WHO --build-arg KEY=x .",
                &["API_TOKEN"],
            ),
            (
                "docker build --secret id=a,env=NAME --secret id=b,src=c .",
                &["a", "NAME", "b"],
            ),
            ("docker run -e PASSWORD -e USER web", &["PASSWORD"]),
            ("docker create -e DB_PASS web", &["DB_PASS"]),
            ("docker stop web", &[]),
        ];
        for (line, expected) in rows {
            let action = Action::parse(line).unwrap();
            assert_eq!(secret_variables(&action), expected, "{line}");
        }
    }
}
