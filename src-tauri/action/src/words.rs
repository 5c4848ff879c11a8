//! The words of a pasted line, split as the shell would that it was written for.
//!
//! Nothing is run or looked up: `$HOME` and `$(pwd)` stay as they are written, and the check of the
//! field says that only a terminal fills them in.

use crate::quote::{is_powershell_double, is_powershell_single};
use crate::refusal::ParseError;
use crate::render::Shell;

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

/// Splits a line into words.
///
/// # Errors
/// A quote that is never closed; something that joins several commands; escapes that are not text.
pub fn split(line: &str, shell: Shell) -> Result<Vec<String>, ParseError> {
    split_dialect(line, shell.into())
}

pub(crate) fn split_dialect(line: &str, dialect: Dialect) -> Result<Vec<String>, ParseError> {
    let mut splitter = Splitter {
        chars: line.chars().collect(),
        at: 0,
        dialect,
        word: None,
        words: Vec::new(),
    };
    splitter.run()?;
    Ok(splitter.words)
}

struct Splitter {
    chars: Vec<char>,
    at: usize,
    dialect: Dialect,
    /// The word under way, in bytes because escapes may write single ones; `None` between words.
    word: Option<Vec<u8>>,
    words: Vec<String>,
}

impl Splitter {
    fn run(&mut self) -> Result<(), ParseError> {
        while let Some(c) = self.next() {
            match c {
                '\n' => {
                    self.end_word()?;
                    return self.expect_end(ParseError::SeveralLines);
                }
                c if c.is_ascii_whitespace() => self.end_word()?,
                '#' if self.word.is_none() && self.dialect != Dialect::Cmd => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.at += 1;
                    }
                }
                '<' if self.placeholder() => {}
                ';' => {
                    self.end_word()?;
                    return self.expect_end(ParseError::SeveralCommands { operator: c });
                }
                '|' | '&' | '<' | '>' => return Err(ParseError::SeveralCommands { operator: c }),
                c => match self.dialect {
                    Dialect::Posix => self.posix(c)?,
                    Dialect::Powershell => self.powershell(c)?,
                    Dialect::Cmd => self.cmd(c)?,
                },
            }
        }
        self.end_word()
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    /// Takes the character if it is the next one.
    fn take(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let c = self.peek().filter(|c| wanted(*c))?;
        self.at += 1;
        Some(c)
    }

    fn push(&mut self, c: char) {
        let word = self.word.get_or_insert_default();
        word.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn push_byte(&mut self, byte: u8) {
        self.word.get_or_insert_default().push(byte);
    }

    fn end_word(&mut self) -> Result<(), ParseError> {
        if let Some(word) = self.word.take() {
            self.words
                .push(String::from_utf8(word).map_err(|_| ParseError::NotText)?);
        }
        Ok(())
    }

    /// Nothing but blank space and remarks may follow.
    fn expect_end(&self, otherwise: ParseError) -> Result<(), ParseError> {
        let rest: String = self.chars[self.at..].iter().collect();
        let is_blank = |line: &str| line.trim().is_empty() || line.trim().starts_with('#');
        if rest.lines().all(is_blank) {
            Ok(())
        } else {
            Err(otherwise)
        }
    }

    /// A stand-in of a tutorial, `<CONTAINER ID>`: one word, though a shell would read a file's name.
    fn placeholder(&mut self) -> bool {
        let rest = &self.chars[self.at..];
        let length = rest
            .iter()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ' | '\\'))
            .count();
        let is_name = rest.first().is_some_and(char::is_ascii_alphabetic);
        if !is_name || rest.get(length) != Some(&'>') {
            return false;
        }
        let name: Vec<char> = rest[..length]
            .iter()
            .copied()
            .filter(|c| *c != '\\')
            .collect();
        self.push('<');
        name.into_iter().for_each(|c| self.push(c));
        self.push('>');
        self.at += length + 1;
        true
    }

    /// After a sign that the line goes on: whether only blank space stands before the next line.
    /// If so it is skipped, with the prompt that a terminal shows in front of such a line.
    fn continuation(&mut self) -> bool {
        let blank = self.chars[self.at..]
            .iter()
            .take_while(|c| matches!(c, ' ' | '\t' | '\r'))
            .count();
        match self.chars.get(self.at + blank) {
            None => self.at += blank,
            Some('\n') => {
                self.at += blank + 1;
                while self.take(|c| matches!(c, ' ' | '\t' | '>')).is_some() {}
            }
            Some(_) => return false,
        }
        true
    }

    fn posix(&mut self, c: char) -> Result<(), ParseError> {
        match c {
            '\\' => {
                if self.continuation() {
                    return Ok(());
                }
                match self.next() {
                    Some('<') if self.placeholder() => {}
                    Some(c) => self.push(c),
                    None => {}
                }
            }
            '\'' => self.verbatim('\'')?,
            '"' => self.posix_double()?,
            '$' if self.take(|c| c == '\'').is_some() => self.posix_escapes()?,
            '$' if self.peek() == Some('"') => {}
            '$' if self.peek() == Some('(') => self.substitution('(', ')')?,
            '$' if self.peek() == Some('{') => self.substitution('{', '}')?,
            '`' => {
                self.push('`');
                self.until('`')?;
                self.push('`');
            }
            c => self.push(c),
        }
        Ok(())
    }

    /// Everything up to the closing quote as it is; the opening one has been taken.
    fn verbatim(&mut self, quote: char) -> Result<(), ParseError> {
        self.word.get_or_insert_default();
        self.until(quote)
    }

    fn until(&mut self, end: char) -> Result<(), ParseError> {
        loop {
            match self.next() {
                Some(c) if c == end => return Ok(()),
                Some(c) => self.push(c),
                None => return Err(ParseError::Unclosed { quote: end }),
            }
        }
    }

    /// `$(…)` or `${…}`, kept as it is; the `$` has been taken.
    fn substitution(&mut self, open: char, close: char) -> Result<(), ParseError> {
        self.push('$');
        let mut depth = 0_usize;
        while let Some(c) = self.next() {
            self.push(c);
            if c == open {
                depth += 1;
            } else if c == close {
                depth -= 1;
                if depth == 0 {
                    return Ok(());
                }
            }
        }
        Err(ParseError::Unclosed { quote: open })
    }

    fn posix_double(&mut self) -> Result<(), ParseError> {
        self.word.get_or_insert_default();
        loop {
            match self.next() {
                Some('"') => return Ok(()),
                Some('\\') => match self.next() {
                    Some('\n') => {}
                    Some(c @ ('"' | '\\' | '$' | '`')) => self.push(c),
                    Some(c) => {
                        self.push('\\');
                        self.push(c);
                    }
                    None => return Err(ParseError::Unclosed { quote: '"' }),
                },
                Some('$') if self.peek() == Some('(') => self.substitution('(', ')')?,
                Some(c) => self.push(c),
                None => return Err(ParseError::Unclosed { quote: '"' }),
            }
        }
    }

    /// The inside of `$'…'`.
    fn posix_escapes(&mut self) -> Result<(), ParseError> {
        self.word.get_or_insert_default();
        loop {
            match self.next() {
                Some('\'') => return Ok(()),
                Some('\\') => match self.next() {
                    Some('n') => self.push('\n'),
                    Some('t') => self.push('\t'),
                    Some('r') => self.push('\r'),
                    Some('a') => self.push('\u{7}'),
                    Some('b') => self.push('\u{8}'),
                    Some('e' | 'E') => self.push('\u{1b}'),
                    Some('f') => self.push('\u{c}'),
                    Some('v') => self.push('\u{b}'),
                    Some('0'..='7') => {
                        self.at -= 1;
                        let value = self.number(8, 3);
                        // As bash does: what does not fit a byte is cut to one.
                        self.push_byte(u8::try_from(value & 0xff).unwrap_or_default());
                    }
                    Some('x') => {
                        let value = self.number(16, 2);
                        self.push_byte(u8::try_from(value).unwrap_or_default());
                    }
                    Some('u') => {
                        let value = self.number(16, 4);
                        self.push_code(value)?;
                    }
                    Some('U') => {
                        let value = self.number(16, 8);
                        self.push_code(value)?;
                    }
                    Some(c @ ('\\' | '\'' | '"' | '?')) => self.push(c),
                    Some(c) => {
                        self.push('\\');
                        self.push(c);
                    }
                    None => return Err(ParseError::Unclosed { quote: '\'' }),
                },
                Some(c) => self.push(c),
                None => return Err(ParseError::Unclosed { quote: '\'' }),
            }
        }
    }

    /// At most so many digits, read as a number.
    fn number(&mut self, radix: u32, most: usize) -> u32 {
        let mut value = 0_u32;
        for _ in 0..most {
            match self
                .take(|c| c.is_digit(radix))
                .and_then(|c| c.to_digit(radix))
            {
                Some(digit) => value = value.wrapping_mul(radix).wrapping_add(digit),
                None => break,
            }
        }
        value
    }

    fn push_code(&mut self, code: u32) -> Result<(), ParseError> {
        self.push(char::from_u32(code).ok_or(ParseError::NotText)?);
        Ok(())
    }

    fn powershell(&mut self, c: char) -> Result<(), ParseError> {
        match c {
            '`' if self.continuation() => {}
            '`' => self.backtick()?,
            '$' if self.peek() == Some('(') => self.substitution('(', ')')?,
            '$' if self.peek() == Some('{') => self.substitution('{', '}')?,
            c if is_powershell_single(c) => {
                self.word.get_or_insert_default();
                loop {
                    match self.next() {
                        Some(c) if is_powershell_single(c) => {
                            if self.take(is_powershell_single).is_none() {
                                return Ok(());
                            }
                            self.push(c);
                        }
                        Some(c) => self.push(c),
                        None => return Err(ParseError::Unclosed { quote: c }),
                    }
                }
            }
            c if is_powershell_double(c) => {
                self.word.get_or_insert_default();
                loop {
                    match self.next() {
                        Some(c) if is_powershell_double(c) => {
                            if self.take(is_powershell_double).is_none() {
                                return Ok(());
                            }
                            self.push(c);
                        }
                        Some('`') => self.backtick()?,
                        Some('$') if self.peek() == Some('(') => self.substitution('(', ')')?,
                        Some(c) => self.push(c),
                        None => return Err(ParseError::Unclosed { quote: c }),
                    }
                }
            }
            c => self.push(c),
        }
        Ok(())
    }

    /// What follows a backtick in PowerShell.
    fn backtick(&mut self) -> Result<(), ParseError> {
        match self.next() {
            Some('n') => self.push('\n'),
            Some('r') => self.push('\r'),
            Some('t') => self.push('\t'),
            Some('0') => self.push('\0'),
            Some('a') => self.push('\u{7}'),
            Some('b') => self.push('\u{8}'),
            Some('e') => self.push('\u{1b}'),
            Some('f') => self.push('\u{c}'),
            Some('v') => self.push('\u{b}'),
            Some('u') if self.take(|c| c == '{').is_some() => {
                let code = self.number(16, 6);
                self.take(|c| c == '}').ok_or(ParseError::NotText)?;
                self.push_code(code)?;
            }
            Some(c) => self.push(c),
            None => {}
        }
        Ok(())
    }

    fn cmd(&mut self, c: char) -> Result<(), ParseError> {
        match c {
            '^' if self.continuation() => {}
            '^' => {
                if let Some(c) = self.next() {
                    self.push(c);
                }
            }
            '"' => {
                self.word.get_or_insert_default();
                loop {
                    match self.next() {
                        Some('"') => return Ok(()),
                        Some('\\') if self.take(|c| c == '"').is_some() => self.push('"'),
                        Some(c) => self.push(c),
                        None => return Err(ParseError::Unclosed { quote: '"' }),
                    }
                }
            }
            '\\' if self.take(|c| c == '"').is_some() => self.push('"'),
            c => self.push(c),
        }
        Ok(())
    }
}
