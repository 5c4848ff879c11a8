//! The old command prompt of Windows, and how its programs part their words
//! (<https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments>).

use super::Misread;
use super::lexer::Lexer;

impl Lexer<'_> {
    pub(super) fn cmd(&mut self, c: char) -> Result<(), Misread> {
        let from = self.at - c.len_utf8();
        match c {
            '^' if self.continuation() => {}
            '^' => {
                if let Some(c) = self.next() {
                    self.push(c);
                }
            }
            '"' => {
                self.open();
                loop {
                    match self.next() {
                        Some('"') => return Ok(()),
                        Some('\\') if self.take('"') => self.push('"'),
                        Some(c) => self.push(c),
                        None => return Err(self.unclosed('"', from)),
                    }
                }
            }
            '\\' if self.take('"') => self.push('"'),
            '\\' if self.word.is_none() && self.goes_on() => {}
            '\\' if self.peek() == Some('<') => {
                self.next();
                if !self.placeholder() {
                    self.at = from + 1;
                    self.push('\\');
                }
            }
            c => self.push(c),
        }
        Ok(())
    }
}
