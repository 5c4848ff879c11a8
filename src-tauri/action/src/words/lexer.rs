//! A command read character by character: what every shell has in common.

use super::{Dialect, Joint, Lexed, Misread, Redirect, Stop, Word, is_space};
use crate::refusal::ParseError;

pub(super) struct Lexer<'t> {
    text: &'t str,
    pub(super) at: usize,
    /// Where the piece under way begins that is neither a quote's inside nor an escape's.
    pub(super) here: usize,
    dialect: Dialect,
    /// The word under way, in bytes because escapes may write single ones; `None` between words.
    pub(super) word: Option<Vec<u8>>,
    word_from: usize,
    words: Vec<Word>,
    /// The next word is the file of this redirection.
    target_of: Option<Redirect>,
    redirects: Vec<Redirect>,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str, from: usize, dialect: Dialect) -> Self {
        Lexer {
            text,
            at: from,
            here: from,
            dialect,
            word: None,
            word_from: from,
            words: Vec::new(),
            target_of: None,
            redirects: Vec::new(),
        }
    }

    pub(super) fn into_lexed(self, stop: Stop, misread: Option<Misread>) -> Lexed {
        let unfinished = self.word.filter(|_| misread.is_some()).map(|bytes| Word {
            text: String::from_utf8_lossy(&bytes).into_owned(),
            place: self.word_from..self.at,
        });
        Lexed {
            words: self.words,
            redirects: self.redirects,
            stop,
            end: self.here,
            next: self.at,
            misread,
            unfinished,
        }
    }

    pub(super) fn scan(&mut self) -> Result<Stop, Misread> {
        while let Some(c) = self.next() {
            match c {
                '\n' => {
                    self.end_word()?;
                    return self.end(Stop::Line);
                }
                c if is_space(c) => self.end_word()?,
                '#' if self.word.is_none() && self.dialect != Dialect::Cmd => {
                    let rest = self.rest();
                    self.at += rest.find('\n').unwrap_or(rest.len());
                }
                '<' if self.placeholder() => {}
                ';' | '|' => {
                    self.end_word()?;
                    let joint = match c {
                        '|' if self.take('|') => Joint::IfFailed,
                        '|' => Joint::Pipe,
                        _ => Joint::Then,
                    };
                    return self.end(Stop::Joined(joint));
                }
                '&' if self.peek() == Some('>') => {
                    self.end_word()?;
                    self.next();
                    self.redirect('>')?;
                }
                '&' => {
                    self.end_word()?;
                    // In front of a command, PowerShell's sign that one follows.
                    if !self.take('&') {
                        if self.words.is_empty() && self.dialect == Dialect::Powershell {
                            continue;
                        }
                        return self.end(Stop::Joined(Joint::Meanwhile));
                    }
                    return self.end(Stop::Joined(Joint::IfDone));
                }
                '<' | '>' => self.redirect(c)?,
                c => match self.dialect {
                    Dialect::Posix => self.posix(c)?,
                    Dialect::Powershell => self.powershell(c)?,
                    Dialect::Cmd => self.cmd(c)?,
                },
            }
            self.here = self.at;
        }
        self.here = self.at;
        self.end_word()?;
        self.end(Stop::End)
    }

    pub(super) fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Takes the character if it is the next one.
    pub(super) fn take_if(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let c = self.peek().filter(|c| wanted(*c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(super) fn take(&mut self, wanted: char) -> bool {
        self.take_if(|c| c == wanted).is_some()
    }

    /// The word under way; one begins here if there is none.
    pub(super) fn open(&mut self) -> &mut Vec<u8> {
        if self.word.is_none() {
            self.word_from = self.here;
        }
        self.word.get_or_insert_default()
    }

    pub(super) fn push(&mut self, c: char) {
        self.open()
            .extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// A byte that an escape writes. No program can be given a NUL.
    pub(super) fn push_escaped(&mut self, byte: u8) -> Result<(), Misread> {
        if byte == 0 {
            return Err(self.not_text());
        }
        self.open().push(byte);
        Ok(())
    }

    pub(super) fn end_word(&mut self) -> Result<(), Misread> {
        let Some(word) = self.word.take() else {
            return Ok(());
        };
        let place = self.word_from..self.here;
        let Ok(text) = String::from_utf8(word) else {
            return Err(Misread {
                why: ParseError::NotText,
                place,
            });
        };
        match self.target_of.take() {
            Some(mut redirect) => {
                redirect.target = text;
                redirect.place.end = place.end;
                self.redirects.push(redirect);
            }
            None => self.words.push(Word { text, place }),
        }
        Ok(())
    }

    fn end(&mut self, stop: Stop) -> Result<Stop, Misread> {
        self.redirects.extend(self.target_of.take());
        Ok(stop)
    }

    /// `> file`, `2>&1`, `< file`; its first sign has been taken.
    fn redirect(&mut self, sign: char) -> Result<(), Misread> {
        let mut from = self.here;
        let is_number = |word: &Vec<u8>| word.iter().all(u8::is_ascii_digit);
        if self.word.as_ref().is_some_and(is_number) {
            // The number of a stream, not a word of the command.
            self.word = None;
            from = self.word_from;
        } else {
            self.end_word()?;
        }
        self.redirects.extend(self.target_of.take());
        let doubled = self.take(sign);
        let is_here_document = doubled && sign == '<' && !self.take('<');
        if is_here_document {
            self.take('-');
        }
        self.take('|');
        let mut redirect = Redirect {
            place: from..self.at,
            reads: sign == '<',
            is_here_document,
            target: String::new(),
        };
        if self.take('&') {
            while self.take_if(|c| c.is_ascii_digit() || c == '-').is_some() {}
            redirect.place.end = self.at;
            self.redirects.push(redirect);
        } else {
            self.target_of = Some(redirect);
        }
        Ok(())
    }

    /// A stand-in of a tutorial, `<CONTAINER ID>`: one word, though a shell would read a file's
    /// name. Its `<` has been taken.
    pub(super) fn placeholder(&mut self) -> bool {
        let Some(length) = stand_in(self.rest()) else {
            return false;
        };
        let name = self.rest()[..length].replace('\\', "");
        self.push('<');
        self.open().extend_from_slice(name.as_bytes());
        self.push('>');
        self.at += length + 1;
        true
    }

    /// After a sign that the line goes on: whether only blank space stands before the next line.
    /// If so it is skipped, with the prompt that a terminal shows in front of such a line.
    pub(super) fn continuation(&mut self) -> bool {
        let is_blank = |c: char| c != '\n' && is_space(c);
        let rest = self.rest();
        let after = rest.trim_start_matches(is_blank);
        let blank = rest.len() - after.len();
        match after.chars().next() {
            None => self.at += blank,
            Some('\n') => {
                self.at += blank + 1;
                while self.take_if(|c| is_blank(c) || c == '>').is_some() {}
            }
            Some(_) => return false,
        }
        true
    }

    /// [`Self::continuation`] for a sign that is a word of its own unless a line does follow.
    pub(super) fn goes_on(&mut self) -> bool {
        let after = self.rest().trim_start_matches(|c| c != '\n' && is_space(c));
        after.starts_with('\n') && self.continuation()
    }

    /// A quote that was opened at `from` and is not closed.
    pub(super) fn unclosed(&self, quote: char, from: usize) -> Misread {
        let length = self.text.get(from..).and_then(|rest| rest.chars().next());
        Misread {
            why: ParseError::Unclosed { quote },
            place: from..from + length.map_or(0, char::len_utf8),
        }
    }

    pub(super) fn not_text(&self) -> Misread {
        Misread {
            why: ParseError::NotText,
            place: self.here..self.at,
        }
    }

    /// Takes everything up to the closing quote as it is; the opening one stands at `from`.
    pub(super) fn until(&mut self, end: char, from: usize) -> Result<(), Misread> {
        loop {
            match self.next() {
                Some(c) if c == end => return Ok(()),
                Some(c) => self.push(c),
                None => return Err(self.unclosed(end, from)),
            }
        }
    }

    /// `$(…)` or `${…}`, kept as it is; the `$` has been taken.
    pub(super) fn substitution(&mut self, open: char, close: char) -> Result<(), Misread> {
        let from = self.at;
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
        Err(self.unclosed(open, from))
    }

    /// At most so many digits, read as a number; `None` where there is none.
    pub(super) fn number(&mut self, radix: u32, most: usize) -> Option<u32> {
        let mut value = None;
        for _ in 0..most {
            match self
                .take_if(|c| c.is_digit(radix))
                .and_then(|c| c.to_digit(radix))
            {
                Some(digit) => {
                    let so_far = value.unwrap_or(0_u32).wrapping_mul(radix);
                    value = Some(so_far.wrapping_add(digit));
                }
                None => break,
            }
        }
        value
    }

    pub(super) fn push_code(&mut self, code: u32) -> Result<(), Misread> {
        match char::from_u32(code) {
            Some('\0') | None => Err(self.not_text()),
            Some(c) => {
                self.push(c);
                Ok(())
            }
        }
    }
}

/// The length of the name in `NAME>…`, if a `<` in front of it would make a stand-in of it.
fn stand_in(rest: &str) -> Option<usize> {
    let is_of_name = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ' | '\\' | '/' | '.' | '\'')
    };
    let length = rest.find(|c| !is_of_name(c))?;
    let (name, after) = (rest.get(..length)?, rest.get(length..)?.strip_prefix('>')?);
    // `<in.txt >out.txt` and `<in.txt>out.txt` are files.
    let may_be_file = name.contains(['/', '.']) && after.starts_with(|c: char| c.is_alphanumeric());
    let is_name =
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.ends_with(' ') && !may_be_file;
    is_name.then_some(length)
}
