//! Quoting: a word written so that a shell hands it on unchanged, and a reader sees all of it.
//!
//! Only characters that mean nothing to any shell stay bare. Hidden characters (line breaks,
//! escapes, marks of writing direction) are always written as escapes: pasted raw they could run
//! commands or show something else than what is there.

use crate::render::Shell;
use crate::text::is_hidden;

/// The character that no word can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no program can be given the character NUL")]
pub struct HasNul;

/// Writes a word for a shell.
///
/// # Errors
/// A word with the character NUL cannot be given to a program at all.
pub fn quote(word: &str, shell: Shell) -> Result<String, HasNul> {
    if word.contains('\0') {
        Err(HasNul)
    } else {
        Ok(written(word, shell))
    }
}

/// Writes `--name=value` for a shell, for a value that would be taken for a flag by itself.
///
/// # Errors
/// A value with the character NUL cannot be given to a program at all.
pub fn quote_flag(name: &str, value: &str, shell: Shell) -> Result<String, HasNul> {
    if value.contains('\0') {
        Err(HasNul)
    } else {
        Ok(written_flag(name, value, shell))
    }
}

/// As [`quote`], with a mark in the place of each NUL: for showing what cannot be performed yet.
pub(crate) fn quote_or_mark(word: &str, shell: Shell) -> String {
    written(&word.replace('\0', "\u{fffd}"), shell)
}

/// As [`quote_flag`], with a mark in the place of each NUL.
pub(crate) fn quote_flag_or_mark(name: &str, value: &str, shell: Shell) -> String {
    written_flag(name, &value.replace('\0', "\u{fffd}"), shell)
}

fn written(word: &str, shell: Shell) -> String {
    match shell {
        Shell::Posix => posix(word),
        Shell::Powershell => powershell(word),
    }
}

fn written_flag(name: &str, value: &str, shell: Shell) -> String {
    match shell {
        Shell::Posix if value.is_empty() => format!("--{name}="),
        Shell::Posix => format!("--{name}={}", posix(value)),
        // PowerShell cuts some bare words that begin with "-" in two, so all of it is quoted.
        Shell::Powershell => powershell(&format!("--{name}={value}")),
    }
}

fn posix(word: &str) -> String {
    if word.is_empty() {
        return "''".to_owned();
    }
    if word.contains(is_hidden) {
        return posix_escaped(word);
    }
    // "=" in front is a lookup of a command in zsh.
    let is_bare = |c: char| c.is_ascii_alphanumeric() || "_@+=:,./-".contains(c);
    if word.chars().all(is_bare) && !word.starts_with('=') {
        return word.to_owned();
    }
    if !word.contains('\'') {
        return format!("'{word}'");
    }
    if !word.contains(['"', '$', '`', '\\', '!']) {
        return format!("\"{word}\"");
    }
    posix_escaped(word)
}

/// `$'…'`. Octal, because it has the same length everywhere and does not hang on the locale.
fn posix_escaped(word: &str) -> String {
    let mut text = String::from("$'");
    for c in word.chars() {
        match c {
            '\'' => text.push_str("\\'"),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            // An interactive bash looks for its history even here.
            c if is_hidden(c) || c == '!' => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    text.push_str(&format!("\\{byte:03o}"));
                }
            }
            c => text.push(c),
        }
    }
    text.push('\'');
    text
}

/// PowerShell ends strings at curly quotes too.
pub(crate) fn is_powershell_single(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}'..='\u{201b}')
}

/// PowerShell ends strings at curly quotes too.
pub(crate) fn is_powershell_double(c: char) -> bool {
    matches!(c, '"' | '\u{201c}'..='\u{201e}')
}

fn is_curly(c: char) -> bool {
    !c.is_ascii() && (is_powershell_single(c) || is_powershell_double(c))
}

fn powershell(word: &str) -> String {
    if word.contains(|c: char| is_hidden(c) || is_curly(c)) {
        return powershell_escaped(word);
    }
    if is_bare_powershell(word) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "''"))
}

fn is_bare_powershell(word: &str) -> bool {
    if word.starts_with('-') {
        let name = word.trim_start_matches('-');
        return word.len() - name.len() <= 2
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    }
    let is_bare = |c: char| c.is_ascii_alphanumeric() || "_=:./-".contains(c);
    word.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
        && word.chars().all(is_bare)
        && !is_powershell_number(word)
}

/// Whether PowerShell would read a number that is written otherwise than `5000` or `1.5`: `3e52`
/// (an id may begin so), `2gb`, `0x1f`, `007`. Quoted it stays the word that it is.
fn is_powershell_number(word: &str) -> bool {
    const TYPES: &[&str] = &["", "u", "s", "us", "l", "ul", "y", "uy", "n", "d"];
    const MULTIPLIERS: &[&str] = &["kb", "mb", "gb", "tb", "pb"];
    let word = word.to_ascii_lowercase();
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(&word);
    if whole == 0 || whole == word.len() {
        return whole > 1 && word.starts_with('0');
    }
    if word.starts_with("0x") || word.starts_with("0b") {
        return true;
    }
    let mut rest = &word[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = &fraction[digits(fraction)..];
        if rest.is_empty() {
            return false;
        }
    }
    if let Some(exponent) = rest.strip_prefix('e') {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        rest = &exponent[digits(exponent)..];
    }
    let number_type = MULTIPLIERS
        .iter()
        .find_map(|unit| rest.strip_suffix(unit))
        .unwrap_or(rest);
    TYPES.contains(&number_type)
}

/// `"…"` with backticks, as PowerShell 6 and newer read it.
fn powershell_escaped(word: &str) -> String {
    format!("\"{}\"", inside_powershell_double(word))
}

/// Text as it stands between the double quotes of PowerShell.
pub(crate) fn inside_powershell_double(word: &str) -> String {
    let mut text = String::new();
    for c in word.chars() {
        match c {
            // The backslash needs none, but then no other shell's rules could read this.
            '`' | '"' | '$' | '\\' => {
                text.push('`');
                text.push(c);
            }
            '\n' => text.push_str("`n"),
            '\r' => text.push_str("`r"),
            '\t' => text.push_str("`t"),
            c if is_hidden(c) || is_curly(c) => {
                text.push_str(&format!("`u{{{:x}}}", u32::from(c)));
            }
            c => text.push(c),
        }
    }
    text
}
