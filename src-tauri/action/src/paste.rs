//! What surrounds a command where people copy it: prompts, `sudo`, marks of Markdown.

use crate::words::Dialect;

/// What ends a prompt.
const PROMPT_ENDS: &[char] = &['$', '#', '%', '>', '❯', '➜', '»', 'λ'];
/// A prompt longer than this is none.
const LONGEST_PROMPT: usize = 200;

/// Takes the surroundings away, and says whose rules the line follows.
pub(crate) fn unwrap_line(line: &str) -> (&str, Dialect) {
    let line = strip_fence(line.trim());
    let (prompt, command) = strip_prompt(line);
    let dialect = if is_powershell_prompt(prompt) {
        Dialect::Powershell
    } else if is_drive(prompt) {
        Dialect::Cmd
    } else {
        guess(command)
    };
    (command, dialect)
}

/// The inside of a block or a piece of code in Markdown.
fn strip_fence(line: &str) -> &str {
    if let Some(block) = line
        .strip_prefix("```")
        .and_then(|rest| rest.strip_suffix("```"))
    {
        // What follows the opening fence is the language.
        return block
            .split_once('\n')
            .map_or(block, |(_, code)| code)
            .trim();
    }
    match line
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'))
    {
        Some(code) if !code.contains('`') => code.trim(),
        _ => line,
    }
}

/// Parts the line before its command, if what stands there looks like a prompt.
fn strip_prompt(line: &str) -> (&str, &str) {
    let nothing = ("", line);
    let first_line = line.lines().next().unwrap_or_default();
    let starts = ["sudo ", "docker", "podman", "winpty "];
    let found = starts
        .iter()
        .filter_map(|start| first_line.find(start))
        .min();
    let Some(at) = found.filter(|at| *at > 0 && *at <= LONGEST_PROMPT) else {
        return nothing;
    };
    let prompt = line[..at].trim_end();
    if prompt.ends_with(PROMPT_ENDS) {
        (prompt, &line[at..])
    } else {
        nothing
    }
}

fn is_powershell_prompt(prompt: &str) -> bool {
    prompt.starts_with("PS ") || prompt == "PS>"
}

fn is_drive(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && chars.as_str().starts_with(":\\")
}

/// Whose rules a line follows, by what would be senseless under the others'. What this crate
/// renders is always recognised, or reads the same either way.
fn guess(line: &str) -> Dialect {
    let chars: Vec<char> = line.chars().collect();
    let mut at = 0;
    let mut quote: Option<char> = None;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        match (quote, c) {
            (None, '$') if next == Some('\'') => {
                at = skip_escapes(&chars, at + 2);
                continue;
            }
            (None, '\'' | '"') => quote = Some(c),
            // A quote that is opened right where one closes is PowerShell's way to write a quote.
            (Some('\''), '\'') if next == Some('\'') => return Dialect::Powershell,
            (Some('"'), '`') => return Dialect::Powershell,
            (Some('"'), '\\') => at += 1,
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '`') if ends_line(&chars[at + 1..]) => return Dialect::Powershell,
            (None, '^') if ends_line(&chars[at + 1..]) => return Dialect::Cmd,
            // `C:\data`, `.\data`: a POSIX shell would swallow the backslash.
            (None, '\\') if next.is_some_and(char::is_alphanumeric) => return Dialect::Powershell,
            (None, '\\') => at += 1,
            (None, _) => {}
        }
        at += 1;
    }
    Dialect::Posix
}

/// The place after the end of a `$'…'` whose inside begins at `at`.
fn skip_escapes(chars: &[char], mut at: usize) -> usize {
    while let Some(&c) = chars.get(at) {
        at += if c == '\\' { 2 } else { 1 };
        if c == '\'' {
            break;
        }
    }
    at
}

fn ends_line(rest: &[char]) -> bool {
    let mut rest = rest.iter().skip_while(|c| matches!(c, ' ' | '\t' | '\r'));
    matches!(rest.next(), None | Some('\n'))
}

/// The words without `sudo` and its flags.
pub(crate) fn strip_sudo(words: &[String]) -> &[String] {
    let rest = match words {
        [first, rest @ ..] if first == "sudo" || first == "winpty" => rest,
        _ => return words,
    };
    let mut at = 0;
    while let Some(flag) = rest.get(at).filter(|word| word.starts_with('-')) {
        let has_value = matches!(flag.as_str(), "-u" | "-g" | "--user" | "--group");
        at += if has_value { 2 } else { 1 };
    }
    rest.get(at..).unwrap_or_default()
}
