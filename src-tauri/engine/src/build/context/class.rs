//! Classes of characters in a pattern, such as `[a-z]`: read by the rules of Go's `filepath.Match`, and
//! meant as its regular expressions mean them.

use super::glob::Wrong;

/// A set of characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Class {
    negated: bool,
    ranges: Vec<(char, char)>,
}

/// What a backslash and a character stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Escape {
    One(char),
    Several(Class),
}

const OPEN: Wrong = "The “[” in it is never closed, or nothing stands between the brackets.";
const DASH: Wrong = "The “-” between its brackets needs a character on both sides of it.";
const BACKWARDS: Wrong =
    "The range between its brackets runs backwards: the smaller character comes first.";
const ESCAPE: Wrong = "The backslash between its brackets has nothing to stand for.";

impl Class {
    /// Whether it stands for `c`.
    pub fn holds(&self, c: char) -> bool {
        let within = self
            .ranges
            .iter()
            .any(|&(from, to)| (from..=to).contains(&c));
        within != self.negated
    }

    /// The same set without the negation.
    fn into_ranges(self) -> Vec<(char, char)> {
        if !self.negated {
            return self.ranges;
        }
        // Only the sets below are ever turned round, and those are sorted.
        let mut gaps = Vec::new();
        let mut from = '\0';
        for (first, last) in self.ranges {
            if from < first {
                gaps.push((from, before(first)));
            }
            from = after(last);
        }
        gaps.push((from, char::MAX));
        gaps
    }
}

/// Reads what follows a `[`, and says how many bytes it takes with its `]`.
pub(super) fn read(text: &str, escapes: bool) -> Result<(Class, usize), Wrong> {
    let mut rest = text.strip_prefix('^').unwrap_or(text);
    let negated = rest.len() < text.len();
    let mut ranges = Vec::new();
    let mut empty = true;
    loop {
        if let Some(behind) = rest.strip_prefix(']')
            && !empty
        {
            let class = Class { negated, ranges };
            return Ok((class, text.len() - behind.len()));
        }
        empty = false;
        let (from, behind) = item(rest, escapes)?;
        rest = behind;
        let to = match rest.strip_prefix('-') {
            Some(behind) => {
                let (to, behind) = item(behind, escapes)?;
                rest = behind;
                Some(to)
            }
            None => None,
        };
        match (from, to) {
            (Escape::One(from), None) => ranges.push((from, from)),
            (Escape::Several(class), None) => ranges.extend(class.into_ranges()),
            (Escape::One(from), Some(Escape::One(to))) if from <= to => ranges.push((from, to)),
            (Escape::One(_), Some(Escape::One(_))) => return Err(BACKWARDS),
            (Escape::Several(_), Some(_)) | (_, Some(Escape::Several(_))) => return Err(DASH),
        }
    }
}

/// One end of a range. Something must follow it, if only the closing bracket.
fn item(text: &str, escapes: bool) -> Result<(Escape, &str), Wrong> {
    let mut rest = text.chars();
    let found = match rest.next() {
        None | Some(']') => return Err(OPEN),
        Some('-') => return Err(DASH),
        Some('\\') if escapes => escape(rest.next().ok_or(OPEN)?).ok_or(ESCAPE)?,
        Some(c) => Escape::One(c),
    };
    match rest.as_str() {
        "" => Err(OPEN),
        rest => Ok((found, rest)),
    }
}

/// What `\c` stands for in a regular expression of Go; `None` where it stands for nothing.
pub(super) fn escape(c: char) -> Option<Escape> {
    let digits: &[_] = &[('0', '9')];
    let words: &[_] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
    let spaces: &[_] = &[('\t', '\n'), ('\x0c', '\r'), (' ', ' ')];
    let several = |ranges: &[(char, char)]| {
        Some(Escape::Several(Class {
            negated: c.is_ascii_uppercase(),
            ranges: ranges.to_vec(),
        }))
    };
    match c {
        'd' | 'D' => several(digits),
        'w' | 'W' => several(words),
        's' | 'S' => several(spaces),
        'a' => Some(Escape::One('\x07')),
        'f' => Some(Escape::One('\x0c')),
        'n' => Some(Escape::One('\n')),
        'r' => Some(Escape::One('\r')),
        't' => Some(Escape::One('\t')),
        'v' => Some(Escape::One('\x0b')),
        _ if c.is_ascii() && !c.is_ascii_alphanumeric() => Some(Escape::One(c)),
        _ => None,
    }
}

fn before(c: char) -> char {
    char::from_u32(u32::from(c).saturating_sub(1)).unwrap_or(c)
}

fn after(c: char) -> char {
    char::from_u32(u32::from(c) + 1).unwrap_or(c)
}
