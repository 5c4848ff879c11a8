//! Secrets: what must not reach the trail, a log or a file.

use crate::{Action, ContainerOptions};

/// What stands where a secret was.
const HIDDEN: &str = "***";

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

/// The same action with the values of its secrets hidden: for whatever is kept or shown later.
#[must_use]
pub fn redact(action: &Action) -> Action {
    let mut action = action.clone();
    match &mut action {
        Action::Run(run) => {
            redact_options(&mut run.options);
            redact_command(&mut run.command);
        }
        Action::Create(create) => {
            redact_options(&mut create.options);
            redact_command(&mut create.command);
        }
        Action::Pull(_)
        | Action::Start(_)
        | Action::Stop(_)
        | Action::Restart(_)
        | Action::Kill(_)
        | Action::Pause(_)
        | Action::Unpause(_)
        | Action::Rename(_)
        | Action::RemoveContainer(_)
        | Action::PruneContainers(_)
        | Action::InspectContainer(_)
        | Action::RemoveImage(_)
        | Action::PruneImages(_)
        | Action::InspectImage(_) => {}
    }
    action
}

fn redact_options(options: &mut ContainerOptions) {
    for assignment in options.env.iter_mut().chain(&mut options.label) {
        redact_assignment(assignment);
    }
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
