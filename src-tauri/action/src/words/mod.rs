//! The words of a pasted line, split as the shell would that it was written for.
//!
//! Nothing is run or looked up: `$HOME` and `$(pwd)` stay as they are written, and the check of the
//! field says that only a terminal fills them in. Every word knows its place, so that a mistake can
//! be marked where it was made. Each character is looked at once.

mod cmd;
mod lexer;
mod posix;
mod powershell;

use std::ops::Range;

use crate::refusal::ParseError;
use crate::render::Shell;
use lexer::Lexer;

/// Whose rules a line follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// bash, zsh, sh.
    Posix,
    /// PowerShell.
    Powershell,
    /// The old command prompt of Windows.
    Cmd,
}

impl From<Shell> for Dialect {
    fn from(shell: Shell) -> Self {
        match shell {
            Shell::Posix => Dialect::Posix,
            Shell::Powershell => Dialect::Powershell,
        }
    }
}

/// A word, and where it stands in the text (bytes), its quotes included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) place: Range<usize>,
}

/// What stands between two commands of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// `;`
    Then,
    /// `&&`
    IfDone,
    /// `||`
    IfFailed,
    /// `|`
    Pipe,
    /// `&`
    Meanwhile,
}

impl Joint {
    /// The sign that people are told of.
    pub(crate) fn sign(self) -> char {
        match self {
            Joint::Then => ';',
            Joint::IfDone | Joint::Meanwhile => '&',
            Joint::IfFailed | Joint::Pipe => '|',
        }
    }
}

/// Why reading stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The text ends.
    End,
    /// The line ends, and does not go on.
    Line,
    /// Another command follows on the same line.
    Joined(Joint),
}

/// `> file` or `< file`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Redirect {
    /// The signs and the file's name.
    pub(crate) place: Range<usize>,
    /// Whether the command reads from it.
    pub(crate) reads: bool,
    /// `<<`: the lines that follow, up to this word.
    pub(crate) is_here_document: bool,
    /// The file.
    pub(crate) target: String,
}

/// What can't be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misread {
    pub(crate) why: ParseError,
    pub(crate) place: Range<usize>,
}

/// One command's words.
#[derive(Debug)]
pub(crate) struct Lexed {
    pub(crate) words: Vec<Word>,
    pub(crate) redirects: Vec<Redirect>,
    pub(crate) stop: Stop,
    /// Where the command ends, without what ended it.
    pub(crate) end: usize,
    /// Behind the command and what ended it.
    pub(crate) next: usize,
    /// Why the rest could not be read.
    pub(crate) misread: Option<Misread>,
    /// The word that the text broke off in, as far as it goes.
    pub(crate) unfinished: Option<Word>,
}

/// Splits a line into words.
///
/// # Errors
/// A quote that is never closed; something that joins several commands; escapes that are not text.
pub fn split(line: &str, shell: Shell) -> Result<Vec<String>, ParseError> {
    let lexed = lex(line, 0, shell.into());
    alone(line, &lexed)?;
    Ok(texts(&lexed.words))
}

/// The words without their places.
pub(crate) fn texts(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| word.text.clone()).collect()
}

/// Refuses what has more to it than the one command.
fn alone(line: &str, lexed: &Lexed) -> Result<(), ParseError> {
    if let Some(misread) = &lexed.misread {
        return Err(misread.why.clone());
    }
    if let Some(redirect) = lexed.redirects.first() {
        let operator = if redirect.reads { '<' } else { '>' };
        return Err(ParseError::SeveralCommands { operator });
    }
    let rest = line.get(lexed.next..).unwrap_or_default();
    let is_blank = |line: &str| line.trim().is_empty() || line.trim().starts_with('#');
    let is_last = rest.lines().all(is_blank);
    match lexed.stop {
        Stop::End => Ok(()),
        Stop::Line if is_last => Ok(()),
        Stop::Line => Err(ParseError::SeveralLines),
        Stop::Joined(Joint::Then) if is_last => Ok(()),
        Stop::Joined(joint) => Err(ParseError::SeveralCommands {
            operator: joint.sign(),
        }),
    }
}

/// Reads one command, from a place in the text to the end of its line or the next `;`, `&&`, `|`.
pub(crate) fn lex(text: &str, from: usize, dialect: Dialect) -> Lexed {
    let mut lexer = Lexer::new(text, from, dialect);
    let (stop, misread) = match lexer.scan() {
        Ok(stop) => (stop, None),
        Err(misread) => (Stop::End, Some(misread)),
    };
    lexer.into_lexed(stop, misread)
}

/// What parts words. The spaces of typesetting come along from pages on the web.
pub(crate) fn is_space(c: char) -> bool {
    c.is_ascii_whitespace()
        || matches!(
            c,
            '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
        )
}
