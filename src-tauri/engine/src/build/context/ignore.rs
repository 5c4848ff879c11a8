//! `.dockerignore`: which files of a build's folder are not sent.
//!
//! Docker asks each file with what is known of the folder that it lies in ("parent results"): a pattern
//! that matched a folder counts for all that it holds, but one that had no say over the folder (an exception
//! where nothing was ignored yet) is held against the file's own path alone. So `a/*` and then `!a` leave
//! out `a/b`. [`Patterns::verdict`] goes down from the top as a walk does, so that both agree.

use super::glob::{Glob, Wrong};
use super::model::IgnoreWrong;

/// A longer line is more than docker's own reader takes.
const LONGEST_LINE: usize = 64 * 1024 - 1;

/// The patterns of an ignore file, in their order: the last that matches counts.
#[derive(Debug, Clone, Default)]
pub struct Patterns {
    patterns: Vec<Pattern>,
    exceptions: bool,
}

#[derive(Debug, Clone)]
struct Pattern {
    /// As it is written, for people.
    written: String,
    /// Cleaned, without `!`.
    cleaned: String,
    /// From 1.
    line: u32,
    exception: bool,
    glob: Glob,
    /// What every path that it matches begins with.
    literal: usize,
}

/// Which patterns matched a folder, or one above it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Above(Box<[u64]>);

/// Whether a file or folder is left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verdict<'a> {
    /// It is left out.
    pub ignored: bool,
    /// The pattern that decided, as it is written, and its line from 1; `None` where none matched.
    pub by: Option<(&'a str, u32)>,
}

impl Patterns {
    /// Reads an ignore file. What cannot be used is told by its line and left out of the patterns; docker
    /// refuses to build with such a file.
    pub fn read(text: &str) -> (Self, Vec<IgnoreWrong>) {
        Self::read_as(text, cfg!(windows))
    }

    pub(super) fn read_as(text: &str, windows: bool) -> (Self, Vec<IgnoreWrong>) {
        let mut patterns = Self::default();
        let mut wrongs = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (line, number) in text.split('\n').zip(1..) {
            let written = line.trim();
            // A comment begins at the very start of its line.
            if line.starts_with('#') || written.is_empty() {
                continue;
            }
            let (exception, rest) = match written.strip_prefix('!') {
                Some(rest) => ("!", rest.trim()),
                None => ("", written),
            };
            let cleaned = match clean(rest, windows) {
                rest if rest.len() > 1 && rest.starts_with('/') => rest[1..].to_owned(),
                rest => rest,
            };
            let added = if line.len() > LONGEST_LINE {
                Err("It is longer than docker reads.")
            } else {
                patterns.add(written, &format!("{exception}{cleaned}"), number, windows)
            };
            if let Err(wrong) = added {
                wrongs.push(IgnoreWrong {
                    line: number,
                    message: format!("“{}” is not a pattern. {wrong}", shown(written)),
                });
            }
        }
        (patterns, wrongs)
    }

    /// Takes patterns one by one, as BuildKit sends them; their lines are their places, from 1.
    ///
    /// # Errors
    /// The first that cannot be used.
    pub fn new(lines: &[String]) -> Result<Self, IgnoreWrong> {
        let mut patterns = Self::default();
        for (written, line) in lines.iter().zip(1..) {
            let added = patterns.add(written, written, line, cfg!(windows));
            added.map_err(|wrong| IgnoreWrong {
                line,
                message: format!("“{}” is not a pattern. {wrong}", shown(written)),
            })?;
        }
        Ok(patterns)
    }

    /// Adds an exception for a file that is needed whatever the patterns say. Its path is meant as it is.
    pub fn except(&mut self, path: &str) {
        self.exceptions = true;
        self.patterns.push(Pattern {
            written: format!("!{path}"),
            cleaned: path.to_owned(),
            line: 0,
            exception: true,
            glob: Glob::Exact(path.as_bytes().to_vec()),
            literal: path.len(),
        });
    }

    fn add(&mut self, written: &str, text: &str, line: u32, windows: bool) -> Result<(), Wrong> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        let cleaned = clean(text, windows);
        let (exception, cleaned) = match cleaned.strip_prefix('!') {
            Some("") => return Err("Nothing stands after the “!”."),
            Some(rest) => (true, rest.to_owned()),
            None => (false, cleaned),
        };
        let glob = Glob::new(&cleaned, !windows)?;
        // A `]` or `^` ends the text that is surely meant as it is written, as in BuildKit's own count.
        let wild = |c: char| matches!(c, '*' | '?' | '[' | ']' | '^' | '\\');
        self.exceptions |= exception;
        self.patterns.push(Pattern {
            literal: cleaned.find(wild).unwrap_or(cleaned.len()),
            written: written.trim().to_owned(),
            cleaned,
            line,
            exception,
            glob,
        });
        Ok(())
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// What is known at the top of the folder: nothing.
    pub fn top(&self) -> Above {
        Above(vec![0; self.patterns.len().div_ceil(64)].into())
    }

    /// The verdict on `path`, which lies in the folder that `above` came from, and what is then known above
    /// all that `path` holds. The path is relative, with `/` between its names.
    pub fn look(&self, path: &[u8], above: &Above) -> (Verdict<'_>, Above) {
        let mut here = self.top();
        let mut verdict = Verdict::default();
        for (at, pattern) in self.patterns.iter().enumerate() {
            let (word, bit) = (at / 64, 1 << (at % 64));
            let known = above.0.get(word).is_some_and(|it| it & bit != 0);
            // A pattern that could change nothing is not asked, and not remembered either.
            if known || (pattern.exception == verdict.ignored && pattern.glob.matches(path)) {
                here.0[word] |= bit;
                verdict = Verdict {
                    ignored: !pattern.exception,
                    by: Some((&pattern.written, pattern.line)),
                };
            }
        }
        (verdict, here)
    }

    /// The verdict on `path` with nothing known of its folders. The top itself is never left out.
    pub fn verdict(&self, path: &[u8]) -> Verdict<'_> {
        if matches!(path, b"" | b".") {
            return Verdict::default();
        }
        let mut above = self.top();
        let ends = path.iter().enumerate().filter(|it| *it.1 == b'/');
        for (end, _) in ends {
            above = self.look(&path[..end], &above).1;
        }
        self.look(path, &above).0
    }

    /// Nothing in this ignored folder can be excepted, so nobody needs to look into it.
    pub fn may_skip(&self, folder: &[u8]) -> bool {
        !self
            .exceptions()
            .any(|it| meets(&it.cleaned.as_bytes()[..it.literal], folder))
    }

    /// The classic builder's CLI does not look into this ignored folder. It takes an exception for one of
    /// a file in it only if the exception begins with the folder's very name, wildcards or not.
    pub fn classic_skips(&self, folder: &[u8]) -> bool {
        !self.exceptions().any(|it| {
            let rest = it.cleaned.as_bytes().strip_prefix(folder);
            rest.is_some_and(|rest| rest.is_empty() || rest[0] == b'/')
        })
    }

    fn exceptions(&self) -> impl Iterator<Item = &Pattern> {
        let all = if self.exceptions {
            &self.patterns[..]
        } else {
            &[]
        };
        all.iter().filter(|it| it.exception)
    }
}

/// Whether a path that begins with `literal` may lie in `folder`.
fn meets(literal: &[u8], folder: &[u8]) -> bool {
    match literal.strip_prefix(folder) {
        Some(rest) => rest.is_empty() || rest[0] == b'/',
        None => folder.starts_with(literal),
    }
}

/// Go's `filepath.Clean`: no empty names, no `.`, and `..` takes away the name before it.
fn clean(path: &str, windows: bool) -> String {
    let path = if windows {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    let rooted = path.starts_with('/');
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match (name, names.last()) {
            ("" | ".", _) => {}
            ("..", Some(&last)) if last != ".." => {
                names.pop();
            }
            ("..", None) if rooted => {}
            _ => names.push(name),
        }
    }
    match (rooted, names.join("/")) {
        (true, rest) => format!("/{rest}"),
        (false, rest) if rest.is_empty() => {
            // An exception without a pattern stays empty, so that it is told as one.
            if path.is_empty() {
                rest
            } else {
                ".".to_owned()
            }
        }
        (false, rest) => rest,
    }
}

/// A pattern as a sentence can hold it.
fn shown(pattern: &str) -> String {
    let clean = pattern.chars().filter(|c| !c.is_control());
    clean.take(80).collect()
}

#[cfg(test)]
mod tests;
