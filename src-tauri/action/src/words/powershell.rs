//! PowerShell: <https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules>
//! and `about_special_characters` beside it.

use super::Misread;
use super::lexer::Lexer;
use crate::quote::{is_powershell_double, is_powershell_single};

impl Lexer<'_> {
    pub(super) fn powershell(&mut self, c: char) -> Result<(), Misread> {
        let from = self.at - c.len_utf8();
        match c {
            '`' if self.continuation() => {}
            '`' => self.backtick()?,
            // bash's sign that the line goes on, pasted behind a prompt of PowerShell's.
            '\\' if self.word.is_none() && self.goes_on() => {}
            '\\' if self.peek() == Some('<') => {
                self.next();
                if !self.placeholder() {
                    self.at = from + 1;
                    self.push('\\');
                }
            }
            '$' if self.peek() == Some('(') => self.substitution('(', ')')?,
            '$' if self.peek() == Some('{') => self.substitution('{', '}')?,
            '-' if self.word.is_none() && self.rest().starts_with("-%") => {
                self.verbatim_rest()?;
            }
            c if is_powershell_single(c) => self.powershell_single(c, from)?,
            c if is_powershell_double(c) => self.powershell_double(c, from)?,
            c => self.push(c),
        }
        Ok(())
    }

    fn powershell_single(&mut self, quote: char, from: usize) -> Result<(), Misread> {
        self.open();
        loop {
            match self.next() {
                // Doubled it is one of the word's own.
                Some(c) if is_powershell_single(c) => match self.take_if(is_powershell_single) {
                    Some(own) => self.push(own),
                    None => return Ok(()),
                },
                Some(c) => self.push(c),
                None => return Err(self.unclosed(quote, from)),
            }
        }
    }

    fn powershell_double(&mut self, quote: char, from: usize) -> Result<(), Misread> {
        self.open();
        loop {
            match self.next() {
                Some(c) if is_powershell_double(c) => match self.take_if(is_powershell_double) {
                    Some(own) => self.push(own),
                    None => return Ok(()),
                },
                Some('`') => self.backtick()?,
                Some('$') if self.peek() == Some('(') => self.substitution('(', ')')?,
                Some(c) => self.push(c),
                None => return Err(self.unclosed(quote, from)),
            }
        }
    }

    /// `--%`: the rest of the line is passed on as it stands, parted at spaces, with the double
    /// quotes that every program of Windows takes away itself.
    fn verbatim_rest(&mut self) -> Result<(), Misread> {
        self.at += "-%".len();
        self.here = self.at;
        let mut is_quoted = false;
        while let Some(c) = self.peek().filter(|c| *c != '\n') {
            self.at += c.len_utf8();
            match c {
                '"' => {
                    is_quoted = !is_quoted;
                    self.open();
                }
                c if c.is_ascii_whitespace() && !is_quoted => {
                    self.here = self.at - c.len_utf8();
                    self.end_word()?;
                }
                c => self.push(c),
            }
            if self.word.is_none() {
                self.here = self.at;
            }
        }
        self.here = self.at;
        self.end_word()
    }

    /// What follows a backtick.
    fn backtick(&mut self) -> Result<(), Misread> {
        match self.next() {
            Some('n') => self.push('\n'),
            Some('r') => self.push('\r'),
            Some('t') => self.push('\t'),
            Some('0') => self.push_code(0)?,
            Some('a') => self.push('\u{7}'),
            Some('b') => self.push('\u{8}'),
            Some('e') => self.push('\u{1b}'),
            Some('f') => self.push('\u{c}'),
            Some('v') => self.push('\u{b}'),
            Some('u') if self.take('{') => {
                let code = self.number(16, 6).filter(|_| self.take('}'));
                self.push_code(code.unwrap_or(0))?;
            }
            Some(c) => self.push(c),
            None => {}
        }
        Ok(())
    }
}
