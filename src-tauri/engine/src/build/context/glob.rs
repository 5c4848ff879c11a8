//! One pattern of an ignore file, made ready once and then held against many paths.
//!
//! The rules are those of `moby/patternmatcher`, which translates a pattern into a regular expression of
//! Go: `*` and `?` stay within a folder, `**` and the slash behind it stand for any number of folders, a
//! class may match a slash, a `\` in front of a letter has its meaning in regular expressions, and a path
//! that is not UTF-8 counts byte by byte where it isn't. Where that translation plainly goes wrong, this
//! matcher does what the pattern says instead: `{`, `|`, `}`, and `*` or `?` within a class, stand for
//! themselves.

use super::class::{self, Class};

/// A pattern that is ready to be held against paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Glob {
    /// The path and nothing else.
    Exact(Vec<u8>),
    /// Every path that begins so.
    Prefix(Vec<u8>),
    /// Every path that ends so; with a slash in front, also the path that is the rest.
    Suffix(Vec<u8>),
    /// One `*`, with what stands before and behind it: by far the most patterns with a wildcard.
    Star(Vec<u8>, Vec<u8>),
    /// Everything else.
    Parts(Parts),
}

/// A pattern in parts, with the ends that a path must have, which turn most paths away at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    first: Vec<u8>,
    last: Vec<u8>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(Vec<u8>),
    /// `?`
    One,
    /// `*`
    Star,
    /// `**/` with something behind it: nothing, or anything that ends with a slash.
    Folders,
    /// `**` at the end.
    Rest,
    Class(Class),
    /// `^` outside of a class.
    Start,
    /// `\z`
    End,
    /// `\b`, or `\B` if false.
    Boundary(bool),
}

/// Why a pattern cannot be used.
pub(super) type Wrong = &'static str;

const ESCAPE: Wrong = "The backslash in it has nothing after it that it could stand for.";

impl Glob {
    /// Reads a cleaned pattern, without `!`, with `/` between its parts. `escapes` says whether `\` takes
    /// the meaning from what follows it, as everywhere but on Windows.
    pub fn new(pattern: &str, escapes: bool) -> Result<Self, Wrong> {
        let mut reading = Reading::default();
        let mut rest = pattern.char_indices().peekable();
        let mut kind = Kind::Exact;
        while let Some((at, c)) = rest.next() {
            match c {
                '*' if rest.next_if(|it| it.1 == '*').is_some() => {
                    rest.next_if(|it| it.1 == '/');
                    if rest.peek().is_some() {
                        reading.push(Part::Folders);
                        kind = Kind::Parts;
                    } else {
                        reading.push(Part::Rest);
                        kind = match kind {
                            Kind::Exact => Kind::Prefix,
                            Kind::Prefix | Kind::Suffix | Kind::Parts => Kind::Parts,
                        };
                    }
                    if at == 0 {
                        kind = Kind::Suffix;
                    }
                }
                '*' => {
                    reading.push(Part::Star);
                    kind = Kind::Parts;
                }
                '?' => {
                    reading.push(Part::One);
                    kind = Kind::Parts;
                }
                '[' => {
                    let inner = &pattern[at + 1..];
                    let (class, length) = class::read(inner, escapes)?;
                    while rest.next_if(|it| it.0 <= at + length).is_some() {}
                    reading.push(Part::Class(class));
                    kind = Kind::Parts;
                }
                '\\' if escapes => {
                    let (_, escaped) = rest.next().ok_or(ESCAPE)?;
                    reading.escaped(escaped)?;
                    kind = Kind::Parts;
                }
                // An exact pattern is compared as it is written, so this counts only beside a wildcard.
                '^' => reading.push(Part::Start),
                // A lone bracket is itself, but the pattern is no longer an exact one.
                ']' => {
                    reading.text(c);
                    kind = Kind::Parts;
                }
                _ => reading.text(c),
            }
        }
        let bytes = pattern.as_bytes();
        Ok(match kind {
            Kind::Exact => Self::Exact(bytes.to_vec()),
            Kind::Prefix => Self::Prefix(bytes[..bytes.len() - 2].to_vec()),
            Kind::Suffix => Self::Suffix(bytes[2..].to_vec()),
            Kind::Parts => Self::of(reading.parts),
        })
    }

    fn of(parts: Vec<Part>) -> Self {
        match parts.as_slice() {
            [Part::Star] => Self::Star(Vec::new(), Vec::new()),
            [Part::Star, Part::Text(last)] => Self::Star(Vec::new(), last.clone()),
            [Part::Text(first), Part::Star] => Self::Star(first.clone(), Vec::new()),
            [Part::Text(first), Part::Star, Part::Text(last)] => {
                Self::Star(first.clone(), last.clone())
            }
            _ => {
                let text = |part: Option<&Part>| {
                    let Some(Part::Text(text)) = part else {
                        return Vec::new();
                    };
                    text.clone()
                };
                Self::Parts(Parts {
                    first: text(parts.first()),
                    last: text(parts.last()),
                    parts,
                })
            }
        }
    }

    /// Whether it stands for the whole of `path`.
    pub fn matches(&self, path: &[u8]) -> bool {
        match self {
            Self::Exact(text) => path == text,
            Self::Prefix(text) => path.starts_with(text),
            Self::Suffix(text) => {
                path.ends_with(text) || text.strip_prefix(b"/").is_some_and(|rest| path == rest)
            }
            Self::Star(first, last) => {
                path.len() >= first.len() + last.len()
                    && path.starts_with(first)
                    && path.ends_with(last)
                    && !path[first.len()..path.len() - last.len()].contains(&b'/')
            }
            Self::Parts(parts) => parts.matches(path),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Exact,
    Prefix,
    Suffix,
    Parts,
}

#[derive(Debug, Default)]
struct Reading {
    parts: Vec<Part>,
}

impl Reading {
    fn push(&mut self, part: Part) {
        self.parts.push(part);
    }

    fn text(&mut self, c: char) {
        let mut buffer = [0; 4];
        let bytes = c.encode_utf8(&mut buffer).as_bytes();
        if let Some(Part::Text(text)) = self.parts.last_mut() {
            text.extend_from_slice(bytes);
        } else {
            self.parts.push(Part::Text(bytes.to_vec()));
        }
    }

    fn escaped(&mut self, c: char) -> Result<(), Wrong> {
        match c {
            'A' => self.push(Part::Start),
            'z' => self.push(Part::End),
            'b' => self.push(Part::Boundary(true)),
            'B' => self.push(Part::Boundary(false)),
            _ => match class::escape(c).ok_or(ESCAPE)? {
                class::Escape::One(c) => self.text(c),
                class::Escape::Several(class) => self.push(Part::Class(class)),
            },
        }
        Ok(())
    }
}

impl Parts {
    /// Follows all ways through the path at once, part by part: `at[i]` says that the parts so far can
    /// stand for the first `i` bytes. So no pattern takes longer than its length times the path's.
    fn matches(&self, path: &[u8]) -> bool {
        if !path.starts_with(&self.first) || !path.ends_with(&self.last) {
            return false;
        }
        let mut at = vec![false; path.len() + 1];
        at[0] = true;
        for part in &self.parts {
            at = part.step(path, &at);
            if !at.contains(&true) {
                return false;
            }
        }
        at[path.len()]
    }
}

impl Part {
    fn step(&self, path: &[u8], at: &[bool]) -> Vec<bool> {
        let mut next = vec![false; at.len()];
        let places = || (0..at.len()).filter(|&place| at[place]);
        match self {
            Self::Text(text) => {
                for place in places().filter(|&place| path[place..].starts_with(text)) {
                    next[place + text.len()] = true;
                }
            }
            Self::One | Self::Class(_) => {
                for place in places() {
                    if let Some((c, length)) = first_char(&path[place..])
                        && self.takes(c)
                    {
                        next[place + length] = true;
                    }
                }
            }
            Self::Star => {
                let mut place = 0;
                while place <= path.len() {
                    next[place] |= at[place];
                    let Some((c, length)) = first_char(&path[place..]) else {
                        break;
                    };
                    if next[place] && c != '/' {
                        next[place + length] = true;
                    }
                    place += length;
                }
            }
            Self::Folders => {
                let mut open = false;
                for place in 0..at.len() {
                    next[place] = at[place] || (open && path[place - 1] == b'/');
                    // Go's `.` stands for anything but a line's end.
                    open = (open || at[place]) && path.get(place) != Some(&b'\n');
                }
            }
            Self::Rest => {
                let first = places()
                    .next_back()
                    .is_some_and(|last| !path[last..].contains(&b'\n'));
                next[path.len()] = first;
            }
            Self::Start => next[0] = at[0],
            Self::End => next[path.len()] = at[path.len()],
            Self::Boundary(wanted) => {
                let word = |byte: Option<&u8>| {
                    byte.is_some_and(|&it| it.is_ascii_alphanumeric() || it == b'_')
                };
                for place in places() {
                    let before = word(place.checked_sub(1).and_then(|it| path.get(it)));
                    next[place] = (before != word(path.get(place))) == *wanted;
                }
            }
        }
        next
    }

    fn takes(&self, c: char) -> bool {
        match self {
            Self::One => c != '/',
            Self::Class(class) => class.holds(c),
            Self::Text(_)
            | Self::Star
            | Self::Folders
            | Self::Rest
            | Self::Start
            | Self::End
            | Self::Boundary(_) => false,
        }
    }
}

/// The first character and how many bytes it takes; a byte that is not UTF-8 is one by itself.
fn first_char(bytes: &[u8]) -> Option<(char, usize)> {
    let first = *bytes.first()?;
    if first.is_ascii() {
        return Some((char::from(first), 1));
    }
    let head = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default(),
    };
    Some(
        valid
            .chars()
            .next()
            .map_or((char::REPLACEMENT_CHARACTER, 1), |c| (c, c.len_utf8())),
    )
}
