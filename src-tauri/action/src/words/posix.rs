//! bash, zsh, sh: <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02>
//! and bash's `$'…'`.

use super::Misread;
use super::lexer::Lexer;

impl Lexer<'_> {
    pub(super) fn posix(&mut self, c: char) -> Result<(), Misread> {
        let from = self.at - c.len_utf8();
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
            '\'' => {
                self.open();
                self.until('\'', from)?;
            }
            '"' => self.posix_double(from)?,
            '$' if self.take('\'') => self.posix_escapes(from)?,
            '$' if self.peek() == Some('"') => {}
            '$' if self.peek() == Some('(') => self.substitution('(', ')')?,
            '$' if self.peek() == Some('{') => self.substitution('{', '}')?,
            '`' => {
                self.push('`');
                self.until('`', from)?;
                self.push('`');
            }
            c => self.push(c),
        }
        Ok(())
    }

    fn posix_double(&mut self, from: usize) -> Result<(), Misread> {
        self.open();
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
                    None => return Err(self.unclosed('"', from)),
                },
                Some('$') if self.peek() == Some('(') => self.substitution('(', ')')?,
                Some(c) => self.push(c),
                None => return Err(self.unclosed('"', from)),
            }
        }
    }

    /// The inside of `$'…'`.
    fn posix_escapes(&mut self, from: usize) -> Result<(), Misread> {
        self.open();
        loop {
            match self.next() {
                Some('\'') => return Ok(()),
                Some('\\') => self.posix_escape(from)?,
                Some(c) => self.push(c),
                None => return Err(self.unclosed('\'', from)),
            }
        }
    }

    fn posix_escape(&mut self, from: usize) -> Result<(), Misread> {
        match self.next() {
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
                // As bash does: what does not fit a byte is cut to one.
                let value = self.number(8, 3).unwrap_or(0) & 0xff;
                self.push_escaped(u8::try_from(value).unwrap_or_default())?;
            }
            Some(letter @ ('x' | 'u' | 'U')) => {
                let most = match letter {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                match self.number(16, most) {
                    Some(value) if letter == 'x' => {
                        self.push_escaped(u8::try_from(value).unwrap_or_default())?;
                    }
                    Some(value) => self.push_code(value)?,
                    // Without digits it is no escape.
                    None => {
                        self.push('\\');
                        self.push(letter);
                    }
                }
            }
            Some(c @ ('\\' | '\'' | '"' | '?')) => self.push(c),
            Some(c) => {
                self.push('\\');
                self.push(c);
            }
            None => return Err(self.unclosed('\'', from)),
        }
        Ok(())
    }
}
