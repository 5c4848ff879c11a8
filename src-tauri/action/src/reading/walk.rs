//! Text cut into its commands: lines that go on joined, joined commands parted, fences and remarks
//! told apart. However the text is made, each of its characters is looked at a fixed number of times.

use std::ops::Range;

use super::program::{first_of_line, is_docker, is_remark};
use crate::paste::{Prompt, guess, unwrap_line};
use crate::words::{Dialect, Joint, Lexed, Stop, lex};

/// More text than anybody goes through.
pub(super) const LONGEST_TEXT: usize = 256 * 1024;
/// No command is longer.
pub(crate) const LONGEST_LINE: usize = 64 * 1024;
/// More lines than anybody goes through.
const MOST_LINES: usize = 1000;
/// No command goes on over more lines.
const MOST_JOINED: usize = 200;
/// So often may an open quote be looked for to the end of the text.
const MOST_OVERRUNS: usize = 16;

/// One command, or what stands where one could.
#[derive(Debug)]
pub(crate) struct Segment {
    /// Its place in the text.
    pub(crate) place: Range<usize>,
    pub(crate) content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    /// A command, of docker or of another program.
    Command {
        lexed: Box<Lexed>,
        dialect: Dialect,
        prompt: Prompt,
        /// What joins it to the command before it.
        joint: Option<Joint>,
    },
    /// A line that no shell could read, and that does not begin as a command of docker does.
    Prose { prompt: Prompt },
    /// `# …`
    Remark,
    /// A line of a Dockerfile that is quoted as such.
    Dockerfile,
    /// A line longer than any command.
    TooLong,
    /// All the rest of a text that has too many lines, or too many quotes that are never closed.
    TooMuch,
}

/// Cuts a text into its commands.
pub(crate) fn walk(text: &str) -> Vec<Segment> {
    let mut walker = Walker {
        text,
        at: 0,
        fence: None,
        overruns: 0,
        segments: Vec::new(),
    };
    while walker.at < text.len() {
        if walker.segments.len() >= MOST_LINES || walker.overruns > MOST_OVERRUNS {
            walker.push(walker.at..text.len(), Content::TooMuch);
            break;
        }
        walker.line();
    }
    walker.segments
}

/// What the code in a fence is, by what the fence says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fence {
    Shell(Option<Dialect>),
    Dockerfile,
}

struct Walker<'t> {
    text: &'t str,
    at: usize,
    fence: Option<Fence>,
    overruns: usize,
    segments: Vec<Segment>,
}

impl<'t> Walker<'t> {
    fn push(&mut self, place: Range<usize>, content: Content) {
        let text = self.slice(place.clone());
        let start = text.len() - text.trim_start().len();
        let place = place.start + start..place.start + start + text.trim().len();
        self.segments.push(Segment { place, content });
    }

    fn slice(&self, place: Range<usize>) -> &'t str {
        self.text.get(place).unwrap_or_default()
    }

    /// Where the line ends that `at` lies in, without its line break.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.slice(at..self.text.len());
        at + rest.find('\n').unwrap_or(rest.len())
    }

    /// Where the line ends with those that it says it goes on in.
    fn lines_end(&self, at: usize) -> usize {
        let mut end = self.line_end(at);
        let mut from = at;
        for _ in 0..MOST_JOINED {
            let line = self.slice(from..end).trim_end();
            if !line.ends_with(['\\', '`', '^']) || line.len() < 2 || end >= self.text.len() {
                break;
            }
            from = end + 1;
            end = self.line_end(from);
        }
        end
    }

    fn line(&mut self) {
        let (start, end) = (self.at, self.line_end(self.at));
        let line = self.slice(start..end);
        self.at = end + 1;
        if line.trim().is_empty() || self.fence_line(line) {
            return;
        }
        if line.len() > LONGEST_LINE {
            return self.push(start..end, Content::TooLong);
        }
        if self.fence == Some(Fence::Dockerfile) {
            return self.push(start..end, Content::Dockerfile);
        }
        let unwrapped = unwrap_line(line);
        let command = line.get(unwrapped.command.clone()).unwrap_or_default();
        let prompt = match unwrapped.prompt {
            Prompt::Hash if is_remark(command) => {
                return self.push(start..end, Content::Remark);
            }
            Prompt::Hash => Prompt::Root,
            prompt => prompt,
        };
        if command.is_empty() {
            return;
        }
        if command.starts_with('#') || command.starts_with("<!--") {
            return self.push(start..end, Content::Remark);
        }
        let is_dockers = first_of_line(command).is_some_and(is_docker);
        let in_span = unwrapped.command.end < line.trim_end().len();
        let limit = if in_span {
            start + unwrapped.command.end
        } else if is_dockers {
            self.text.len().min(start + LONGEST_LINE + 1)
        } else {
            self.lines_end(start)
        };
        // A limit in the middle of a character would cut it.
        let limit = (limit..=self.text.len())
            .find(|at| self.text.is_char_boundary(*at))
            .unwrap_or(self.text.len());
        let from = start + unwrapped.command.start;
        self.commands(start, from..limit, prompt);
        if in_span {
            self.at = end + 1;
        }
    }

    /// The commands of one line, which begins at `start`.
    fn commands(&mut self, start: usize, place: Range<usize>, prompt: Prompt) {
        let said = match (prompt, self.fence) {
            (Prompt::Powershell, _) => Some(Dialect::Powershell),
            (Prompt::Cmd, _) => Some(Dialect::Cmd),
            (_, Some(Fence::Shell(said))) => said,
            _ => None,
        };
        let (dialect, looked) = match said {
            Some(dialect) => (dialect, 0),
            None => guess(self.slice(place.clone())),
        };
        let text = self.slice(0..place.end);
        let (mut piece, mut from, mut joint) = (start, place.start, None);
        let mut document = None;
        loop {
            let lexed = lex(text, from, dialect);
            let (stop, end, next) = (lexed.stop, lexed.end, lexed.next);
            if next - start > LONGEST_LINE {
                let end = self.line_end(start);
                self.push(start..end, Content::TooLong);
                self.at = end + 1;
                self.overruns += 1;
                break;
            }
            if lexed.misread.is_some() {
                self.misread(piece, place.start, lexed, dialect, prompt, joint);
                break;
            }
            let mut files = lexed.redirects.iter();
            if let Some(file) = files.find(|file| file.is_here_document) {
                document = Some(file.target.clone());
            }
            if !lexed.words.is_empty() || !lexed.redirects.is_empty() {
                let content = Content::Command {
                    lexed: Box::new(lexed),
                    dialect,
                    prompt,
                    joint,
                };
                self.push(piece..end, content);
            }
            self.at = next;
            match stop {
                Stop::Joined(by) => {
                    (piece, from, joint) = (next, next, Some(by));
                }
                Stop::Line | Stop::End => break,
            }
        }
        if let Some(word) = document {
            self.skip_document(&word);
        }
        if place.start + looked > self.at {
            self.overruns += 1;
        }
    }

    /// A command that can't be read is marked as one; anything else is prose.
    fn misread(
        &mut self,
        piece: usize,
        first: usize,
        lexed: Lexed,
        dialect: Dialect,
        prompt: Prompt,
        joint: Option<Joint>,
    ) {
        let from = piece.max(first);
        let wrong = lexed
            .misread
            .as_ref()
            .map_or(from, |misread| misread.place.start);
        let end = self.line_end(wrong.max(from));
        let begins = self.slice(from..end);
        if lexed.next > end + 1 {
            self.overruns += 1;
        }
        if first_of_line(begins).is_some_and(is_docker) {
            let content = Content::Command {
                lexed: Box::new(lexed),
                dialect,
                prompt,
                joint,
            };
            self.push(piece..end, content);
        } else {
            self.push(piece..end, Content::Prose { prompt });
        }
        self.at = end + 1;
    }

    /// ```` ``` ```` with the language that follows; whether the line was one.
    fn fence_line(&mut self, line: &str) -> bool {
        let line = line.trim().trim_start_matches(['>', ' ']);
        let Some(language) = line.strip_prefix("```").or(line.strip_prefix("~~~")) else {
            return false;
        };
        let language = language.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        if !language
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-')
        {
            return false;
        }
        self.fence = match self.fence {
            Some(_) => None,
            None => Some(match language.to_ascii_lowercase().as_str() {
                "powershell" | "pwsh" | "ps1" | "posh" => Fence::Shell(Some(Dialect::Powershell)),
                "bat" | "batch" | "cmd" | "dos" => Fence::Shell(Some(Dialect::Cmd)),
                "dockerfile" | "docker" => Fence::Dockerfile,
                _ => Fence::Shell(None),
            }),
        };
        true
    }

    /// Skips the lines that `<<WORD` hands to a program.
    fn skip_document(&mut self, word: &str) {
        let mut at = self.at;
        while at < self.text.len() {
            let end = self.line_end(at);
            if self.slice(at..end).trim() == word {
                self.at = end + 1;
                return;
            }
            at = end + 1;
        }
        self.overruns += 1;
    }
}
