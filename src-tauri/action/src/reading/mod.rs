//! What a typed or pasted text says: docker's commands, one a line, and what the other lines are.
//!
//! Tutorials are copied with all that surrounds their commands: prompts, `sudo`, lines that go on,
//! list marks, fences, remarks, commands of other programs, stand-ins such as `<CONTAINER ID>`.
//! Where a new one of these goes: a prompt in `paste.rs`, a program in `program.rs`, the shape of a
//! stand-in in `blank.rs`, a shell's quotes in `words/`.

mod around;
mod blank;
pub(crate) mod program;
mod refuse;
pub(crate) mod walk;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ParseError;
use crate::help::find;
use crate::parse::{Refused, understand};
use crate::paste::Prompt;
use crate::text::utf16_length;
use crate::words::{Joint, Lexed, Stop, texts};
use crate::{Action, Note, Reach, Rendered, Shell};
use walk::{Content, LONGEST_TEXT, Segment, walk};

/// A text, line by line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Reading {
    /// The lines; those that go on are one, blank ones are left out, joined commands are parted.
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Line {
    /// The line as it was written, with its prompt.
    pub text: String,
    /// Where it begins in the text that was read, in UTF-16 units.
    pub at: u32,
    /// What it says.
    pub said: Said,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "said", rename_all = "kebab-case")]
#[expect(
    clippy::large_enum_variant,
    reason = "most lines are commands, so a box would spare nothing"
)]
pub enum Said {
    /// A command of docker.
    Command {
        /// The action that it is.
        action: Action,
        /// What the verb does, in a sentence.
        what: String,
        /// How Slipway writes it, each flag explained, and what must be mended.
        command: Rendered,
        /// The stand-ins that a value of one's own must replace.
        blanks: Vec<Blank>,
        /// What is to be known before it is performed.
        notes: Vec<Note>,
        /// How far Slipway goes with it.
        reach: Reach,
        /// Whether it removes something.
        destroys: bool,
    },
    /// It asks for help.
    Help {
        /// On which verb or group of verbs, as [`help`](crate::help::help) takes it; `None` for docker as a whole.
        verb: Option<String>,
    },
    /// A command of docker that can't be read.
    Wrong {
        /// What is wrong, and what would be right.
        message: String,
        /// Where the mistake begins in the line's text, in UTF-16 units.
        from: u32,
        /// Where it ends; the same as `from` where something is missing.
        to: u32,
        /// What may have been meant, to put in that place; empty where it is to be deleted.
        similar: Option<String>,
    },
    /// A command of another program, keys to press, or a sentence.
    Other {
        /// What it is, and where it belongs.
        message: String,
        /// Whether that is certain: by a prompt, by its keys, or by a known program with its
        /// arguments. Where it is not, the words may as well be a name that somebody looks for.
        known: bool,
    },
    /// A remark.
    Comment,
}

/// A stand-in of a tutorial, in whose place a value of one's own belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Blank {
    /// The action's field that it stands in.
    pub field: String,
    /// Which entry, when the field is a list; 0 otherwise.
    pub index: u32,
    /// The stand-in, such as `<CONTAINER ID>`.
    pub text: String,
    /// What it stands for, in small letters, such as `container id`.
    pub ask: String,
}

/// Reads a text, and writes its commands for a shell. Every text can be read, and in time that
/// grows as the text does.
pub fn read(text: &str, shell: Shell) -> Reading {
    if text.len() > LONGEST_TEXT {
        return Reading {
            lines: vec![too_long(text)],
        };
    }
    let mut place = Utf16 {
        text,
        bytes: 0,
        units: 0,
    };
    let mut lines = Vec::new();
    for segment in walk(text) {
        let whole = text.get(segment.place.clone()).unwrap_or_default();
        let at = place.of(segment.place.start);
        let line = |text: &str, said| Line {
            text: text.to_owned(),
            at,
            said,
        };
        let said = said(text, &segment, shell);
        let is_other = matches!(said, Said::Other { .. });
        lines.push(line(whole, said));
        if is_other {
            lines.extend(spoken_of(whole, at, shell));
        }
    }
    Reading { lines }
}

fn said(text: &str, segment: &Segment, shell: Shell) -> Said {
    let whole = text.get(segment.place.clone()).unwrap_or_default();
    match &segment.content {
        Content::Remark => Said::Comment,
        Content::Dockerfile => Said::Other {
            message: program::of_dockerfile(whole),
            known: true,
        },
        Content::Prose { prompt } => {
            let keys = program::keys(whole);
            Said::Other {
                known: keys.is_some() || *prompt != Prompt::None,
                message: keys.unwrap_or_else(|| program::prose(whole, *prompt)),
            }
        }
        Content::TooLong => refuse::too_long(whole),
        Content::TooMuch => refuse::too_much(whole),
        Content::Command {
            lexed,
            prompt,
            joint,
            ..
        } => {
            let plain: Vec<&str> = lexed.words.iter().map(|word| word.text.as_str()).collect();
            let at = program::lead(&plain);
            let is_dockers = plain.get(at).copied().is_some_and(program::is_docker);
            if let Some(hidden) = refuse::hidden(whole).filter(|_| is_dockers) {
                return hidden;
            }
            if let Some(misread) = &lexed.misread {
                return refuse::misread(text, segment, misread);
            }
            if !is_dockers {
                let keys = program::keys(&plain.join(" "));
                let is_certain = *prompt != Prompt::None || joint.is_some();
                return Said::Other {
                    known: keys.is_some() || is_certain || program::is_plainly_a_command(&plain),
                    message: keys.unwrap_or_else(|| program::other(&lexed.words, *prompt, *joint)),
                };
            }
            command(text, segment, lexed, at, *joint, shell)
        }
    }
}

/// A command of docker, whose own name is the word `at`.
fn command(
    text: &str,
    segment: &Segment,
    lexed: &Lexed,
    at: usize,
    joint: Option<Joint>,
    shell: Shell,
) -> Said {
    let words = lexed.words.get(at + 1..).unwrap_or_default();
    let args = texts(words);
    if let Some(verb) = crate::help::asked(&args) {
        return Said::Help { verb };
    }
    if let Some(dash) = refuse::long_dash(text, segment, words, &args) {
        return dash;
    }
    let mut action = match understand(&args) {
        Ok(action) => action,
        Err(Refused {
            why: ParseError::Help { verb },
            ..
        }) => {
            // In the spelling that was typed.
            let typed = find(&args).map(|(_, length)| args[..length].join(" "));
            return Said::Help {
                verb: typed.or(verb),
            };
        }
        Err(refused) => return refuse::refused(text, segment, words, refused),
    };
    let mut notes = action.unperformed();
    notes.extend(action.about_printing());
    notes.extend(action.beside_its_screen());
    notes.extend(around::lead(lexed.words.get(..at).unwrap_or_default()));
    notes.extend(around::substituted(words));
    notes.extend(around::redirects(&mut action, &lexed.redirects));
    notes.extend(joint.and_then(around::joined));
    if lexed.stop == Stop::Joined(Joint::Pipe) {
        notes.push(around::piped());
    }
    Said::Command {
        what: action.about().to_owned(),
        command: action.render(shell),
        blanks: blank::blanks(&action),
        notes,
        reach: action.reach(),
        destroys: action.destroys(),
        action,
    }
}

/// The commands that a sentence speaks of, as in "run `docker image ls` to see the images".
fn spoken_of(sentence: &str, at: u32, shell: Shell) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut place = Utf16 {
        text: sentence,
        bytes: 0,
        units: 0,
    };
    let mut from = 0;
    for (index, span) in sentence.split('`').enumerate() {
        let is_code = index % 2 == 1;
        if is_code && program::first_of_line(span).is_some_and(program::is_docker) {
            let reading = walk(span);
            if let [segment] = reading.as_slice() {
                let said = said(span, segment, shell);
                if matches!(said, Said::Command { .. } | Said::Help { .. }) {
                    lines.push(Line {
                        text: span.to_owned(),
                        at: at + place.of(from),
                        said,
                    });
                }
            }
        }
        from += span.len() + 1;
    }
    lines
}

fn too_long(text: &str) -> Line {
    Line {
        text: text.to_owned(),
        at: 0,
        said: refuse::too_much(text),
    }
}

/// Turns places in bytes into places in UTF-16 units, from the front to the back of a text.
struct Utf16<'t> {
    text: &'t str,
    bytes: usize,
    units: u32,
}

impl Utf16<'_> {
    /// A place that lies behind those that were asked for before.
    fn of(&mut self, bytes: usize) -> u32 {
        let passed = self.text.get(self.bytes..bytes).unwrap_or_default();
        self.units += utf16_length(passed);
        self.bytes = self.bytes.max(bytes);
        self.units
    }
}
