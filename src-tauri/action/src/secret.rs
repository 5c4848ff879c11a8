//! Secrets: what must not reach the trail, a log or a file.

use serde_json::Value;

use crate::Action;

/// What stands where a secret was.
pub const HIDDEN: &str = "***";

/// Words that make a name that of a secret, wherever they stand in it.
const ANYWHERE: &[&str] = &[
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "SECRET",
    "TOKEN",
    "APIKEY",
    "ACCESSKEY",
    "PRIVATEKEY",
    "CREDENTIAL",
];
/// Words that do so only as a whole part of the name, as in `AWS_ACCESS_KEY`.
const AS_A_PART: &[&str] = &[
    "KEY", "KEYS", "PASS", "PW", "PWD", "AUTH", "SALT", "PIN", "COOKIE", "DSN",
];

/// What is hidden in a field.
enum Hide {
    /// All of it.
    Whole,
    /// All but the names in front of a `=`.
    Values,
    /// What follows a word that names a secret.
    Words,
    /// Values whose names say that they are secret, and passwords in addresses.
    Assignments,
}

impl Hide {
    fn of(field: &str) -> Hide {
        match field {
            "password" => Hide::Whole,
            "secret" => Hide::Values,
            "command" | "options" => Hide::Words,
            _ => Hide::Assignments,
        }
    }
}

/// The same action with the values of its secrets hidden: for whatever is kept or shown later.
#[must_use]
pub fn redact(action: &Action) -> Action {
    let hidden = serde_json::to_value(action).and_then(|mut value| {
        if let Some(fields) = value.as_object_mut() {
            for (field, value) in fields {
                redact_field(&Hide::of(field), value);
            }
        }
        serde_json::from_value(value)
    });
    // Texts have become other texts, so it is an action as before. Were it not, nothing is shown.
    hidden.unwrap_or_else(|_| (action.verb().blank)())
}

fn redact_field(hide: &Hide, value: &mut Value) {
    match value {
        Value::String(text) => redact_texts(hide, std::slice::from_mut(text)),
        Value::Array(entries) => {
            let mut texts: Vec<String> = entries
                .iter()
                .filter_map(|entry| entry.as_str().map(str::to_owned))
                .collect();
            redact_texts(hide, &mut texts);
            *entries = texts.into_iter().map(Value::String).collect();
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {}
    }
}

fn redact_texts(hide: &Hide, texts: &mut [String]) {
    match hide {
        Hide::Whole => texts.iter_mut().for_each(hide_all),
        Hide::Values => texts.iter_mut().for_each(hide_values),
        Hide::Words => redact_command(texts),
        Hide::Assignments => texts.iter_mut().for_each(redact_assignment),
    }
}

fn hide_all(text: &mut String) {
    if !text.is_empty() {
        HIDDEN.clone_into(text);
    }
}

/// `id=NAME,src=FILE` with everything but the id hidden; what has no name is hidden as a whole.
fn hide_values(text: &mut String) {
    if text.is_empty() {
        return;
    }
    let part = |part: &str| match part.split_once('=') {
        Some(("id" | "type", _)) => part.to_owned(),
        Some((name, _)) => format!("{name}={HIDDEN}"),
        None => HIDDEN.to_owned(),
    };
    *text = text.split(',').map(part).collect::<Vec<_>>().join(",");
}

/// The words of a command: `--password x`, `--token=x`, and addresses with a password in them.
fn redact_command(words: &mut [String]) {
    let mut is_value_of_secret = false;
    for word in words {
        if is_value_of_secret && !word.starts_with('-') {
            HIDDEN.clone_into(word);
            is_value_of_secret = false;
            continue;
        }
        is_value_of_secret = word.starts_with("--") && !word.contains('=') && names_secret(word);
        redact_assignment(word);
    }
}

/// `NAME=VALUE` with the value hidden if the name says so, or if it is an address with a password.
fn redact_assignment(text: &mut String) {
    if let Some((name, value)) = text.split_once('=')
        && !value.is_empty()
        && names_secret(name)
    {
        *text = format!("{name}={HIDDEN}");
        return;
    }
    if let Some(hidden) = without_url_password(text) {
        *text = hidden;
    }
}

/// Whether a variable, a flag or a label of this name holds a secret.
pub fn names_secret(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    // The working folder, which every shell has in its environment.
    if upper == "PWD" {
        return false;
    }
    let joined: String = upper.chars().filter(char::is_ascii_alphanumeric).collect();
    ANYWHERE.iter().any(|word| joined.contains(word))
        || upper
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|part| AS_A_PART.contains(&part))
}

/// `scheme://user:password@host` with the password hidden; `None` when there is none.
fn without_url_password(text: &str) -> Option<String> {
    let start = text.find("://")? + 3;
    let authority = &text[start..];
    let end = authority
        .find(['/', '?', '#', ' '])
        .unwrap_or(authority.len());
    let at = authority[..end].rfind('@')?;
    let (user, password) = authority[..at].split_once(':')?;
    if password.is_empty() {
        return None;
    }
    Some(format!(
        "{}{user}:{HIDDEN}{}",
        &text[..start],
        &authority[at..]
    ))
}
