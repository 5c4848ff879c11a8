//! What surrounds a command where people copy it: prompts, marks of lists and quotations, code
//! spans of Markdown.

use std::ops::Range;

use crate::words::{Dialect, is_space};

/// A prompt longer than this is none.
const LONGEST_PROMPT: usize = 200;
/// More pieces in front of a command than any terminal shows.
const MOST_PIECES: usize = 8;
/// What ends a prompt.
const ENDS: &[char] = &['$', '#', '%', '>'];
/// Signs that prompts of their own making use.
const FANCY: &[char] = &['❯', '➜', '»', '›', 'λ', '✗', '✔'];
/// Signs of a list.
const BULLETS: &[char] = &['-', '*', '+', '•', '–'];

/// What a line began with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// Nothing, or only a mark of Markdown.
    None,
    /// A shell's prompt.
    Shell,
    /// The prompt of a shell that runs as root, as in a container.
    Root,
    /// A `#` by itself: root's prompt, or a remark.
    Hash,
    /// PowerShell's.
    Powershell,
    /// That of the old command prompt of Windows.
    Cmd,
}

/// A line without its surroundings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unwrapped {
    /// Where the command lies in the line.
    pub(crate) command: Range<usize>,
    pub(crate) prompt: Prompt,
}

/// Takes the surroundings of one line away.
pub(crate) fn unwrap_line(line: &str) -> Unwrapped {
    let mut rest = Rest {
        line,
        from: 0,
        to: line.len(),
        prompt: Prompt::None,
    };
    rest.trim();
    rest.list_mark();
    for _ in 0..MOST_PIECES {
        if !rest.step() {
            break;
        }
    }
    Unwrapped {
        command: rest.from..rest.to,
        prompt: rest.prompt,
    }
}

struct Rest<'t> {
    line: &'t str,
    from: usize,
    to: usize,
    prompt: Prompt,
}

impl<'t> Rest<'t> {
    fn text(&self) -> &'t str {
        self.line.get(self.from..self.to).unwrap_or_default()
    }

    fn trim(&mut self) {
        let text = self.text();
        let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
        let start = text.trim_start_matches(is_blank);
        self.from += text.len() - start.len();
        self.to -= start.len() - start.trim_end().len();
    }

    fn skip(&mut self, bytes: usize, prompt: Prompt) -> bool {
        self.from = (self.from + bytes).min(self.to);
        if prompt != Prompt::None {
            self.prompt = prompt;
        }
        self.trim();
        true
    }

    /// `- `, `* `, `1. `, `2) `
    fn list_mark(&mut self) {
        let text = self.text();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let mark = if (1..=3).contains(&digits) && text[digits..].starts_with(['.', ')']) {
            digits + 1
        } else {
            first(text, BULLETS).map_or(0, char::len_utf8)
        };
        if mark > 0 && text[mark..].starts_with([' ', '\t']) {
            self.skip(mark, Prompt::None);
        }
    }

    /// Takes one more piece away from the front; `false` when the command begins here.
    fn step(&mut self) -> bool {
        let text = self.text();
        if let Some(inside) = code_span(text) {
            self.from += inside.start;
            self.to = self.from + inside.len();
            self.trim();
            return true;
        }
        // A sign that Markdown would take for its own: `\>`, `\#`.
        if let Some(sign) = text.strip_prefix('\\').and_then(|rest| first(rest, ENDS)) {
            return self.skip(2, of_sign(sign));
        }
        if text.starts_with('>') {
            let signs = text.len() - text.trim_start_matches('>').len();
            let prompt = if self.prompt == Prompt::None {
                Prompt::Shell
            } else {
                Prompt::None
            };
            return self.skip(signs, prompt);
        }
        if let Some(sign) = first(text, &['$', '%', '#'])
            && (text.len() == 1 || text[1..].starts_with(char::is_whitespace))
        {
            return self.skip(
                1,
                if sign == '#' {
                    Prompt::Hash
                } else {
                    Prompt::Shell
                },
            );
        }
        if let Some(sign) = first(text, FANCY) {
            return self.skip(fancy(text).unwrap_or(sign.len_utf8()), Prompt::Shell);
        }
        if let Some((length, prompt)) = windows(text).or_else(|| unix(text)) {
            return self.skip(length, prompt);
        }
        match environment(text) {
            Some(length) => self.skip(length, Prompt::None),
            None => false,
        }
    }
}

fn first(text: &str, signs: &[char]) -> Option<char> {
    text.chars().next().filter(|c| signs.contains(c))
}

fn of_sign(sign: char) -> Prompt {
    if sign == '#' {
        Prompt::Root
    } else {
        Prompt::Shell
    }
}

/// The inside of a line that is one code span.
fn code_span(text: &str) -> Option<Range<usize>> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let inside = text.get(ticks..text.len().checked_sub(ticks)?)?;
    let is_closed = ticks > 0 && text.ends_with(&text[..ticks]);
    (is_closed && !inside.is_empty() && !inside.contains('`'))
        .then_some(ticks..ticks + inside.len())
}

/// `PS C:\Users\me>` and `C:\Users\me>`.
fn windows(text: &str) -> Option<(usize, Prompt)> {
    let end = text.find('>').filter(|end| *end <= LONGEST_PROMPT)?;
    let before = text.get(..end)?;
    let mut chars = before.chars();
    let is_drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && (chars.as_str().starts_with(":\\") || chars.as_str().starts_with(":/"));
    if before == "PS" || before.starts_with("PS ") {
        Some((end + 1, Prompt::Powershell))
    } else if is_drive {
        Some((end + 1, Prompt::Cmd))
    } else {
        None
    }
}

/// `me@box:~/app$`, `[root@box ~]#`, `bash-5.1$`, `~/app $`, `/ #`.
fn unix(text: &str) -> Option<(usize, Prompt)> {
    let has_end = |(at, c): &(usize, char)| {
        let after = &text[at + c.len_utf8()..];
        ENDS.contains(c) && (after.is_empty() || after.starts_with(char::is_whitespace))
    };
    let (at, sign) = text.char_indices().find(has_end)?;
    let before = text.get(..at)?.trim_end();
    if at > LONGEST_PROMPT || before.contains(['\'', '"', '`', '=', ';', '|']) {
        return None;
    }
    let head = before.split([':', ' ', '~']).next().unwrap_or_default();
    let is_user = head
        .trim_start_matches('[')
        .split_once('@')
        .is_some_and(|(user, host)| is_name(user) && is_name(host));
    let is_shell = ["bash-", "sh-", "ash-", "zsh-"]
        .iter()
        .any(|shell| before.starts_with(shell));
    let is_folder = before.starts_with(['/', '~']) && !before.contains(char::is_whitespace);
    let is_prompt = is_user || (is_shell || is_folder) && sign != '>';
    is_prompt.then_some((at + sign.len_utf8(), of_sign(sign)))
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "._-".contains(c))
}

/// `(base) `, which conda and venv put in front of the prompt.
fn environment(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('(')?;
    let length = inside.find(')').filter(|length| *length <= 40)?;
    let is_one = is_name(inside.get(..length)?) && inside[length + 1..].starts_with(' ');
    is_one.then_some(length + 2)
}

/// The length of a prompt as `➜  app git:(main) ✗`, up to the program that people paste most.
fn fancy(text: &str) -> Option<usize> {
    let end = ["docker ", "sudo ", "podman "]
        .iter()
        .filter_map(|program| text.find(program))
        .min()
        .filter(|end| *end <= LONGEST_PROMPT)?;
    Some(end)
}

/// Whose rules a command follows, by what would be senseless under the others'. What this crate
/// renders is always recognised, or reads the same either way. With it comes how far it looked.
pub(crate) fn guess(text: &str) -> (Dialect, usize) {
    let mut chars = text.char_indices().peekable();
    let mut quote: Option<char> = None;
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let behind = at + c.len_utf8();
        match (quote, c) {
            (None, '\n') => return (Dialect::Posix, behind),
            (None, '#') if before.is_whitespace() => {
                while chars.next_if(|(_, c)| *c != '\n').is_some() {}
            }
            (None, '$') if next == Some('\'') => {
                chars.next();
                skip_escapes(&mut chars);
            }
            (None, '\'' | '"') => quote = Some(c),
            // A quote that is opened right where one closes is PowerShell's way to write a quote.
            (Some('\''), '\'') if next == Some('\'') => return (Dialect::Powershell, behind),
            (Some('"'), '`') => return (Dialect::Powershell, behind),
            (Some('"'), '\\') => {
                chars.next();
            }
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '`') if ends_line(&text[behind..]) => return (Dialect::Powershell, behind),
            (None, '^') if ends_line(&text[behind..]) => return (Dialect::Cmd, behind),
            // `C:\data`, `.\data`: a POSIX shell would swallow the backslash.
            (None, '\\') if next.is_some_and(char::is_alphanumeric) => {
                return (Dialect::Powershell, behind);
            }
            // `.\ ` and `C:\ ` are folders too; a space is rarely escaped right behind these.
            (None, '\\') if matches!(before, '.' | ':') && next.is_none_or(is_space) => {
                return (Dialect::Powershell, behind);
            }
            (None, '\\') if ends_line(&text[behind..]) => {
                while chars.next_if(|(_, c)| *c != '\n').is_some() {}
                chars.next();
            }
            (None, '\\') => {
                chars.next();
            }
            (None, _) => {}
        }
        before = c;
    }
    (Dialect::Posix, text.len())
}

/// Skips to behind a `$'…'` whose inside begins here.
fn skip_escapes(chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>) {
    while let Some((_, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '\'' => return,
            _ => {}
        }
    }
}

/// Whether only blank space stands before the end of the line.
fn ends_line(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t', '\r', '\u{a0}']);
    rest.is_empty() || rest.starts_with('\n')
}
