//! Secrets: what must not reach the trail, a log or a file.

use serde_json::Value;

use crate::Action;

/// What stands where a secret was.
pub const HIDDEN: &str = "***";

/// Words that make a name that of a secret, wherever they stand in it. The page has both lists, too.
pub const ANYWHERE: &[&str] = &[
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
pub const AS_A_PART: &[&str] = &[
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
    /// The same where all words stand in one text.
    Lines,
    /// Values whose names say that they are secret, and passwords in addresses.
    Assignments,
}

impl Hide {
    fn of(field: &str) -> Hide {
        match field {
            "password" => Hide::Whole,
            "secret" => Hide::Values,
            "command" | "options" => Hide::Words,
            "health_cmd" | "entrypoint" | "change" => Hide::Lines,
            _ => Hide::Assignments,
        }
    }
}

/// The same action with the values of its secrets hidden: for whatever is kept or shown later.
#[must_use]
pub fn redact(action: &Action) -> Action {
    redact_and_tell(action, &mut Found::default())
}

/// The same, with what was hidden.
pub(crate) fn redact_and_tell(action: &Action, found: &mut Found) -> Action {
    let hidden = serde_json::to_value(action).and_then(|mut value| {
        if let Some(fields) = value.as_object_mut() {
            for (field, value) in fields {
                redact_field(&Hide::of(field), value, found);
            }
        }
        serde_json::from_value(value)
    });
    // Texts have become other texts, so it is an action as before. Were it not, nothing is shown.
    hidden.unwrap_or_else(|_| (action.verb().blank)())
}

/// What was hidden, piece by piece: an engine repeats one of several as well as all of them.
#[derive(Debug, Default)]
pub(crate) struct Found(pub(crate) Vec<String>);

impl Found {
    fn add(&mut self, secret: &str) {
        self.0.push(secret.to_owned());
        // Around a word of a whole command the quotes are the shell's, which takes them away.
        let bare = secret.trim_matches(['"', '\'']);
        if bare != secret {
            self.0.push(bare.to_owned());
        }
    }

    /// All that stands behind the name of a secret. It may be several assignments with commas between
    /// them, or a secret that has commas of its own.
    fn add_rest(&mut self, rest: &str) {
        self.add(rest);
        for (index, part) in rest.split(',').enumerate() {
            match part.split_once('=') {
                Some((name, value)) if names_secret(name) => self.add(value),
                None | Some(_) if index == 0 => self.add(part),
                None | Some(_) => {}
            }
        }
    }
}

fn redact_field(hide: &Hide, value: &mut Value, found: &mut Found) {
    match value {
        Value::String(text) => redact_texts(hide, std::slice::from_mut(text), found),
        Value::Array(entries) => {
            let mut texts: Vec<String> = entries
                .iter()
                .filter_map(|entry| entry.as_str().map(str::to_owned))
                .collect();
            redact_texts(hide, &mut texts, found);
            *entries = texts.into_iter().map(Value::String).collect();
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {}
    }
}

fn redact_texts(hide: &Hide, texts: &mut [String], found: &mut Found) {
    let one: fn(&mut String, &mut Found) = match hide {
        Hide::Words => return redact_command(texts, found),
        Hide::Whole => hide_all,
        Hide::Values => hide_values,
        Hide::Lines => redact_line,
        Hide::Assignments => redact_assignment,
    };
    texts.iter_mut().for_each(|text| one(text, found));
}

fn hide_all(text: &mut String, found: &mut Found) {
    if !text.is_empty() {
        found.add(text);
        HIDDEN.clone_into(text);
    }
}

/// `id=NAME,src=FILE` with everything but the id hidden; what has no name is hidden as a whole.
fn hide_values(text: &mut String, found: &mut Found) {
    if text.is_empty() {
        return;
    }
    let part = |part: &str| match part.split_once('=') {
        Some(("id" | "type", _)) => part.to_owned(),
        Some((name, value)) => {
            found.add(value);
            format!("{name}={HIDDEN}")
        }
        None => {
            found.add(part);
            HIDDEN.to_owned()
        }
    };
    *text = text.split(',').map(part).collect::<Vec<_>>().join(",");
}

/// The words of a command: `--password x`, `--token=x`, and addresses with a password in them.
fn redact_command(words: &mut [String], found: &mut Found) {
    let mut is_value_of_secret = false;
    for word in words {
        if is_value_of_secret && !word.starts_with('-') {
            hide_all(word, found);
            is_value_of_secret = false;
            continue;
        }
        is_value_of_secret = word.starts_with('-') && !word.contains('=') && names_secret(word);
        if word.contains(char::is_whitespace) {
            redact_line(word, found);
        } else {
            redact_assignment(word, found);
        }
    }
}

/// A whole command in one text, such as that of a health check or of `sh -c`; or a line of a
/// Dockerfile, where `ENV NAME VALUE` needs no sign between the two.
fn redact_line(text: &mut String, found: &mut Found) {
    let mut hidden = String::with_capacity(text.len());
    let mut is_value_of_secret = false;
    let mut is_setting = false;
    for (word, space) in words_of(text) {
        let mut shown = word.to_owned();
        if !word.is_empty() {
            if is_value_of_secret && !word.starts_with('-') {
                hide_all(&mut shown, found);
                is_value_of_secret = false;
            } else {
                let is_name = word.starts_with('-') || is_setting;
                is_value_of_secret = is_name && !word.contains('=') && names_secret(word);
                redact_word(&mut shown, found);
            }
            is_setting = matches!(word.to_ascii_uppercase().as_str(), "ENV" | "ARG" | "LABEL");
        }
        hidden.push_str(&shown);
        hidden.push_str(space);
    }
    *text = hidden;
}

/// A word of a line. One with blanks is the value of an assignment between quotes, or a line of its own.
fn redact_word(word: &mut String, found: &mut Found) {
    let head = word.split(char::is_whitespace).next().unwrap_or_default();
    let quoted = word.find(['"', '\'']).filter(|_| head.len() < word.len());
    let assigns = head
        .split_once('=')
        .is_some_and(|(name, _)| names_secret(name));
    let Some((open, close)) = quoted.zip(word.rfind(['"', '\''])) else {
        return redact_assignment(word, found);
    };
    if assigns || close <= open {
        return redact_assignment(word, found);
    }
    let mut inside = word[open + 1..close].to_owned();
    redact_line(&mut inside, found);
    word.replace_range(open + 1..close, &inside);
}

/// The words of a line, each with the blanks behind it: between quotes a blank ends none, where they are
/// closed again.
fn words_of(line: &str) -> Vec<(&str, &str)> {
    let mut words = Vec::new();
    let (mut begin, mut end, mut quote) = (0, None, None);
    // Of which kind there is no further one, so that none is looked for again.
    let mut last = [false; 2];
    let mut letters = line.char_indices();
    while let Some((at, c)) = letters.next() {
        match quote {
            Some(open) if open == c => quote = None,
            Some('"') | None if c == '\\' => drop(letters.next()),
            Some(_) => {}
            None if c == '"' || c == '\'' => {
                let kind = usize::from(c == '"');
                last[kind] = last[kind] || !line[at + 1..].contains(c);
                quote = Some(c).filter(|_| !last[kind]);
            }
            None if c.is_whitespace() => end = end.or(Some(at)),
            None => {}
        }
        // The first letter of the next word.
        if let Some(ended) = end
            && !(quote.is_none() && c.is_whitespace())
        {
            words.push((&line[begin..ended], &line[ended..at]));
            (begin, end) = (at, None);
        }
    }
    let ended = end.unwrap_or(line.len());
    words.push((&line[begin..ended], &line[ended..]));
    words
}

/// `NAME=VALUE` with the value hidden if the name says so. The value may be such an assignment
/// again, or several with commas between them (`o=user=me,password=…`), and an address with a
/// password.
fn redact_assignment(text: &mut String, found: &mut Found) {
    let open = text.clone();
    if let Some(hidden) = without_url_passwords(text, found) {
        *text = hidden;
    }
    let mut at = 0;
    while let Some(sign) = text[at..].find('=') {
        let name = &text[at..at + sign];
        // What stands before a comma belongs to the assignment before.
        let name = name.rsplit(',').next().unwrap_or(name);
        let value = at + sign + 1;
        if value < text.len() && names_secret(name) {
            // A secret may have commas of its own: all that follows goes.
            let rest = open.strip_prefix(&text[..value]);
            found.add_rest(rest.unwrap_or(&text[value..]));
            text.truncate(value);
            text.push_str(HIDDEN);
            return;
        }
        at = value;
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

/// As long as no name, and as long as the tokens that stand where a name does.
const LONG_AS_A_TOKEN: usize = 20;

/// Every `scheme://user:password@host` with its password hidden, and every token that stands where
/// the user does; `None` when there is none.
fn without_url_passwords(text: &str, found: &mut Found) -> Option<String> {
    let mut hidden = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, authority) = rest.split_at(at + 3);
        hidden.push_str(before);
        let end = authority
            .find(|c: char| matches!(c, '/' | '?' | '#') || c.is_whitespace())
            .unwrap_or(authority.len());
        rest = authority;
        let Some(at) = authority[..end].rfind('@') else {
            continue;
        };
        let shown = match authority[..at].split_once(':') {
            Some((user, password)) if !password.is_empty() => {
                found.add(password);
                format!("{user}:{HIDDEN}")
            }
            None if at >= LONG_AS_A_TOKEN => {
                found.add(&authority[..at]);
                HIDDEN.to_owned()
            }
            Some(_) | None => authority[..at].to_owned(),
        };
        hidden.push_str(&shown);
        rest = &authority[at..];
    }
    hidden.push_str(rest);
    (hidden != text).then_some(hidden)
}
