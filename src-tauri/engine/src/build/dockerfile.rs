//! Reads a Dockerfile: its instructions with their lines, and the stages that they belong to.
//!
//! It follows the rules of BuildKit's parser
//! (<https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go>), and never fails: what
//! is no instruction is one with an unknown keyword, which the engine will refuse in its own words. Each
//! line is looked at once.

mod heredoc;
#[cfg(test)]
mod tests;

use heredoc::Heredoc;

/// A text longer than this is no Dockerfile; what is beyond is not read.
const LONGEST: usize = 16 * 1024 * 1024;
/// No more instructions than these are kept.
const MOST: usize = 10_000;
/// So much of an instruction is kept, and so much of its heredocs.
const LONGEST_TEXT: usize = 64 * 1024;

/// A Dockerfile that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dockerfile {
    /// The instructions in their order.
    pub instructions: Vec<Instruction>,
    /// The stages in their order.
    pub stages: Vec<Stage>,
    /// The frontend that `# syntax=` asks for.
    pub syntax: Option<String>,
    /// It has more instructions than are kept, or a longer text.
    pub cut: bool,
}

/// One instruction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Instruction {
    /// Its first line, from 1.
    pub first: u32,
    /// Its last line, with its heredocs.
    pub last: u32,
    /// What it does, in capital letters: `RUN`.
    pub keyword: String,
    /// The whole instruction on one line, without its heredocs' bodies.
    pub text: String,
    /// The flags in front of what it is about: `--from=one`.
    pub flags: Vec<String>,
    /// What it is about, after its flags.
    pub rest: String,
    /// The bodies of its heredocs, one after the other; `None` where it has none.
    pub heredocs: Option<String>,
    /// The place of its stage among the stages; `None` for an `ARG` before the first `FROM`.
    pub stage: Option<usize>,
}

/// One stage: what begins with a `FROM`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stage {
    /// The name that `AS` gives it.
    pub name: Option<String>,
    /// What it is built on, as it is written: an image, a stage, perhaps with variables.
    pub base: String,
    /// The place of its `FROM` among the instructions.
    pub from: usize,
}

impl Dockerfile {
    /// Reads a Dockerfile's bytes, whatever they are.
    pub fn read(bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let kept = bytes.get(..LONGEST).unwrap_or(bytes);
        let text = String::from_utf8_lossy(kept);
        let mut reader = Reader {
            found: Self {
                cut: kept.len() < bytes.len(),
                ..Self::default()
            },
            escape: '\\',
            lines: text.split('\n').zip(1..),
        };
        reader.read();
        reader.found
    }

    /// What the stage at this place is called: its name, or its number as builders say it.
    pub fn stage_name(&self, stage: usize) -> String {
        self.stages
            .get(stage)
            .and_then(|stage| stage.name.clone())
            .unwrap_or_else(|| format!("stage-{stage}"))
    }

    /// The place of the stage that a name or number means; the last one of a name counts, as builders have
    /// it.
    pub fn stage_of(&self, name: &str) -> Option<usize> {
        let named = |stage: &Stage| {
            stage
                .name
                .as_deref()
                .is_some_and(|known| known.eq_ignore_ascii_case(name))
        };
        if let Some(found) = self.stages.iter().rposition(named) {
            return Some(found);
        }
        let number = name.strip_prefix("stage-").unwrap_or(name);
        number
            .parse()
            .ok()
            .filter(|number| *number < self.stages.len())
    }

    /// The instructions of a stage, its `FROM` first.
    pub fn of_stage(&self, stage: usize) -> impl Iterator<Item = &Instruction> {
        self.instructions
            .iter()
            .filter(move |it| it.stage == Some(stage))
    }
}

impl Instruction {
    /// The value of a flag of its own: of `--from=one` it is `one`.
    pub fn flag(&self, name: &str) -> Option<&str> {
        self.flags.iter().find_map(|flag| {
            let flag = flag.strip_prefix("--")?;
            let (flag, value) = flag.split_once('=').unwrap_or((flag, ""));
            (flag == name).then_some(value)
        })
    }

    /// All that a shell or the builder would be given: what it is about, and its heredocs.
    pub fn script(&self) -> String {
        match &self.heredocs {
            Some(bodies) => format!("{}\n{bodies}", self.rest),
            None => self.rest.clone(),
        }
    }
}

/// The lines of a text, and what was made of those before.
struct Reader<'t, L: Iterator<Item = (&'t str, u32)>> {
    found: Dockerfile,
    escape: char,
    lines: L,
}

impl<'t, L: Iterator<Item = (&'t str, u32)>> Reader<'t, L> {
    fn next(&mut self) -> Option<(&'t str, u32)> {
        let (line, number) = self.lines.next()?;
        Some((line.strip_suffix('\r').unwrap_or(line), number))
    }

    fn read(&mut self) {
        let mut directives = true;
        while let Some((line, number)) = self.next() {
            if directives {
                directives = self.directive(line);
                if directives {
                    continue;
                }
            }
            if is_blank(line) {
                continue;
            }
            if self.found.instructions.len() == MOST {
                self.found.cut = true;
                return;
            }
            self.instruction(line, number);
        }
    }

    /// A directive such as `# escape=`; they stand in the first lines, before anything else.
    fn directive(&mut self, line: &str) -> bool {
        let Some(words) = line.trim_start().strip_prefix('#') else {
            return false;
        };
        let Some((name, value)) = words.split_once('=') else {
            return false;
        };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "escape" => {
                if value == "`" {
                    self.escape = '`';
                }
            }
            "syntax" => self.found.syntax = Some(value.to_owned()),
            "check" => {}
            _ => return false,
        }
        true
    }

    fn instruction(&mut self, line: &str, first: u32) {
        let mut last = first;
        let mut text = String::new();
        let mut next = Some(line.trim_start());
        while let Some(line) = next {
            let whole = continued(line, self.escape);
            push_line(&mut text, whole.unwrap_or(line));
            next = None;
            if whole.is_some() {
                // Comments and empty lines between the lines of an instruction are none of its.
                while let Some((line, number)) = self.next() {
                    if !is_blank(line) {
                        last = number;
                        next = Some(line);
                        break;
                    }
                }
            }
        }
        let mut instruction = split(&text);
        instruction.first = first;
        instruction.last = last;
        let heredocs = heredoc::of(&instruction);
        if !heredocs.is_empty() {
            let mut bodies = String::new();
            for heredoc in heredocs {
                self.body(&heredoc, &mut bodies, &mut instruction.last);
            }
            instruction.heredocs = Some(bodies);
        }
        self.keep(instruction);
    }

    /// Reads a heredoc's lines up to its end, or to the end of the text.
    fn body(&mut self, heredoc: &Heredoc, bodies: &mut String, last: &mut u32) {
        while let Some((line, number)) = self.next() {
            *last = number;
            if heredoc.ends_with(line) {
                return;
            }
            push_bounded(bodies, line);
            push_bounded(bodies, "\n");
        }
    }

    fn keep(&mut self, mut instruction: Instruction) {
        let found = &mut self.found;
        if instruction.keyword == "FROM" {
            let mut words = instruction.rest.split_whitespace();
            let base = words.next().unwrap_or_default().to_owned();
            let named = words
                .next()
                .is_some_and(|word| word.eq_ignore_ascii_case("AS"));
            found.stages.push(Stage {
                name: words.next().filter(|_| named).map(str::to_owned),
                base,
                from: found.instructions.len(),
            });
        }
        instruction.stage = found.stages.len().checked_sub(1);
        found.instructions.push(instruction);
    }
}

fn is_blank(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// The line without the mark that it goes on, where it has one. A doubled mark stands for itself.
fn continued(line: &str, escape: char) -> Option<&str> {
    let line = line.trim_end_matches([' ', '\t']).strip_suffix(escape)?;
    (!line.ends_with(escape)).then_some(line)
}

/// Puts a line behind those before it, with one space between them.
fn push_line(text: &mut String, line: &str) {
    let line = if text.is_empty() {
        line
    } else {
        if !text.ends_with([' ', '\t']) {
            push_bounded(text, " ");
        }
        line.trim_start()
    };
    push_bounded(text, line);
}

fn push_bounded(text: &mut String, more: &str) {
    let room = LONGEST_TEXT.saturating_sub(text.len());
    let end = (0..=room.min(more.len()))
        .rev()
        .find(|end| more.is_char_boundary(*end))
        .unwrap_or(0);
    text.push_str(more.get(..end).unwrap_or_default());
}

/// Takes keyword, flags and the rest apart.
fn split(text: &str) -> Instruction {
    let text = text.trim();
    let (keyword, mut rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let mut flags = Vec::new();
    loop {
        rest = rest.trim_start();
        if !rest.starts_with("--") {
            break;
        }
        let end = flag_end(rest);
        let (flag, after) = rest.split_at(end);
        rest = after;
        if flag == "--" {
            break;
        }
        flags.push(flag.to_owned());
    }
    Instruction {
        keyword: keyword.to_uppercase(),
        text: text.to_owned(),
        flags,
        rest: rest.trim().to_owned(),
        ..Instruction::default()
    }
}

/// Where a flag ends: at the first space outside quotes.
fn flag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, c) if c.is_whitespace() => return at,
            (None | Some(_), _) => {}
        }
    }
    text.len()
}
