//! What may come next in a command that is being typed: verbs, flags, values, names.

mod rank;
mod state;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::grammar::{Flag, Grammar, Name, grammars};
use crate::help::{COMMON, GROUPS, find};
use crate::reading::program::{is_docker, lead};
use crate::reading::walk::{Content, LONGEST_LINE, walk};
use crate::render::Shell;
use crate::text::utf16_length;
use crate::words::{Dialect, Lexed, Stop, Word, texts};
use rank::Ranking;
use state::{Due, due};

/// No list is longer.
const MOST: usize = 50;

/// What may come at a place in a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Completions {
    /// Where what was typed of it begins, in UTF-16 units.
    pub from: u32,
    /// Where it ends; what is chosen replaces all between.
    pub to: u32,
    /// The candidates, the best first, at most 50.
    pub items: Vec<Completion>,
}

/// A candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Completion {
    /// What is put in, quoted for the shell whose rules the line follows.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
    /// What it means, in a few words.
    pub explain: String,
}

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CompletionKind {
    /// A word of a verb.
    Verb,
    /// A flag.
    Flag,
    /// One of the few values that a flag takes.
    Value,
    /// An image on this engine.
    Image,
    /// A container.
    Container,
    /// A volume.
    Volume,
    /// A network.
    Network,
}

/// The names of what exists on the engine in use.
#[derive(Debug, Clone, Copy, Default)]
pub struct Names<'a> {
    /// The containers.
    pub containers: &'a [KnownContainer<'a>],
    /// The images, once for each of their names.
    pub images: &'a [KnownImage<'a>],
    /// The volumes.
    pub volumes: &'a [&'a str],
    /// The networks.
    pub networks: &'a [&'a str],
}

/// A container that exists.
#[derive(Debug, Clone, Copy)]
pub struct KnownContainer<'a> {
    /// Its name, without a slash.
    pub name: &'a str,
    /// Its whole id.
    pub id: &'a str,
    /// The image that it was made from.
    pub image: &'a str,
    /// Whether its program runs.
    pub running: bool,
}

/// An image that exists.
#[derive(Debug, Clone, Copy)]
pub struct KnownImage<'a> {
    /// One of its names, such as `ubuntu:22.04`; empty where it has none.
    pub name: &'a str,
    /// Its whole id, with or without `sha256:`.
    pub id: &'a str,
}

/// Names that may come at a place, and that the lists of containers and images do not have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Names of volumes.
    pub volumes: bool,
    /// Names of networks.
    pub networks: bool,
    /// What stands in front of the word that is typed there. Whoever asks an engine for the names
    /// need ask only once for one word.
    pub front: String,
    /// Nothing of the word is typed yet.
    pub is_new: bool,
}

/// The names that are needed to tell what may come where the cursor is, a place in bytes.
pub fn wanted(text: &str, cursor: usize) -> Wanted {
    let (cursor, typed) = up_to(text, cursor);
    let Some((line, _)) = line(typed, cursor) else {
        return Wanted::default();
    };
    let Some((grammar, given)) = line.behind_verb() else {
        return Wanted::default();
    };
    let state = due(grammar, given, &line.word.text);
    let is_anything = grammar.tag == "inspect" && matches!(state.due, Due::Name(_));
    let kind = match &state.due {
        Due::Value { flag, .. } => Slot::of_flag(flag).names(grammar),
        Due::Name(name) => Slot::of_name(name).names(grammar),
        Due::Nothing => None,
    };
    let front = typed.get(..line.word.place.start).unwrap_or_default();
    Wanted {
        volumes: is_anything || kind == Some(CompletionKind::Volume),
        networks: is_anything || kind == Some(CompletionKind::Network),
        front: front.to_owned(),
        is_new: line.word.text.is_empty(),
    }
}

/// The text up to the cursor, which stands between two characters.
fn up_to(text: &str, cursor: usize) -> (usize, &str) {
    let cursor = (0..=cursor.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or_default();
    (cursor, text.get(..cursor).unwrap_or_default())
}

/// The command that is being typed at the end of a text.
fn line(typed: &str, cursor: usize) -> Option<(Typed, Dialect)> {
    if typed.len() > LONGEST_LINE {
        return None;
    }
    let segments = walk(typed);
    let Some(Content::Command { lexed, dialect, .. }) =
        segments.last().map(|segment| &segment.content)
    else {
        return None;
    };
    Some((Typed::of(lexed, cursor)?, *dialect))
}

/// What may come where the cursor is, a place in bytes.
pub fn complete(text: &str, cursor: usize, names: &Names<'_>) -> Completions {
    let (cursor, typed) = up_to(text, cursor);
    let Some((line, dialect)) = line(typed, cursor) else {
        return Completions {
            from: utf16_length(typed),
            to: utf16_length(typed),
            items: Vec::new(),
        };
    };
    let shell = match dialect {
        Dialect::Posix | Dialect::Cmd => Shell::Posix,
        Dialect::Powershell => Shell::Powershell,
    };
    let items = line.items(names, shell);
    // The rest of a word that the cursor stands in goes with it.
    let rest = text.get(cursor..).unwrap_or_default();
    let rest = if line.word.text.is_empty() {
        ""
    } else {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        &rest[..end]
    };
    let from = utf16_length(text.get(..line.word.place.start).unwrap_or_default());
    Completions {
        from,
        to: utf16_length(typed) + utf16_length(rest),
        items,
    }
}

/// A command as far as it is typed.
struct Typed {
    /// The words in front of the one that is being typed.
    before: Vec<String>,
    /// The word that is being typed; empty where the next one begins.
    word: Word,
}

impl Typed {
    fn of(lexed: &Lexed, cursor: usize) -> Option<Typed> {
        if lexed.stop != Stop::End {
            return None;
        }
        let mut words = lexed.words.clone();
        let word = match (&lexed.unfinished, &lexed.misread) {
            (Some(word), _) => Some(word.clone()),
            (None, Some(_)) => return None,
            (None, None) => words.pop_if(|word| word.place.end == cursor),
        };
        Some(Typed {
            before: texts(&words),
            word: word.unwrap_or(Word {
                text: String::new(),
                place: cursor..cursor,
            }),
        })
    }

    /// The words behind docker's own name, where it has been typed.
    fn args(&self) -> Option<&[String]> {
        let plain: Vec<&str> = self.before.iter().map(String::as_str).collect();
        let at = lead(&plain);
        self.before.get(at)?;
        self.before.get(at + 1..)
    }

    /// The verb, and the words behind it.
    fn behind_verb(&self) -> Option<(&'static Grammar, &[String])> {
        if !self.is_dockers() {
            return None;
        }
        let args = self.args()?;
        let (grammar, length) = find(args)?;
        Some((grammar, args.get(length..).unwrap_or_default()))
    }

    fn items(&self, names: &Names<'_>, shell: Shell) -> Vec<Completion> {
        let Some(args) = self.args() else {
            return program(&self.word.text);
        };
        if !self.is_dockers() {
            return Vec::new();
        }
        match self.behind_verb() {
            Some((grammar, given)) => behind_verb(grammar, given, &self.word.text, names, shell),
            None => verbs(args, &self.word.text),
        }
    }

    fn is_dockers(&self) -> bool {
        let plain: Vec<&str> = self.before.iter().map(String::as_str).collect();
        plain.get(lead(&plain)).copied().is_some_and(is_docker)
    }
}

fn program(typed: &str) -> Vec<Completion> {
    if typed.is_empty() || typed == "docker" || !"docker".starts_with(typed) {
        return Vec::new();
    }
    vec![Completion {
        text: "docker".to_owned(),
        kind: CompletionKind::Verb,
        explain: "Begins every command of docker.".to_owned(),
    }]
}

/// The words of verbs that fit behind these.
fn verbs(args: &[String], typed: &str) -> Vec<Completion> {
    let mut items: Vec<(usize, Completion)> = Vec::new();
    for grammar in grammars() {
        for spelling in grammar.spellings {
            let words: Vec<&str> = spelling.split(' ').collect();
            let fits = words.len() > args.len() && words.iter().zip(args).all(|(a, b)| a == b);
            let Some(word) = words.get(args.len()).filter(|_| fits) else {
                continue;
            };
            if !word.starts_with(typed) || items.iter().any(|(_, item)| item.text == *word) {
                continue;
            }
            let is_last = words.len() == args.len() + 1;
            let group = GROUPS.iter().find(|(group, _)| group == word);
            let explain = match group.filter(|_| !is_last) {
                Some((_, about)) => (*about).to_owned(),
                None => grammar.about.clone(),
            };
            let common = COMMON.iter().position(|common| common == spelling);
            let item = Completion {
                text: (*word).to_owned(),
                kind: CompletionKind::Verb,
                explain,
            };
            items.push((common.unwrap_or(COMMON.len()), item));
        }
    }
    items.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.text.cmp(&other.text)));
    items.into_iter().map(|(_, item)| item).take(MOST).collect()
}

/// Flags, values and names behind a verb.
fn behind_verb(
    grammar: &'static Grammar,
    given: &[String],
    typed: &str,
    names: &Names<'_>,
    shell: Shell,
) -> Vec<Completion> {
    let state = due(grammar, given, typed);
    let mut ranking = Ranking::new(grammar, given, names, shell);
    match &state.due {
        Due::Value { flag, front } => {
            let value = typed.get(front.len()..).unwrap_or_default();
            ranking.values(choices(flag), front, value);
            ranking.names(Slot::of_flag(flag).names(grammar), front, value);
        }
        Due::Name(name) if !typed.starts_with('-') || !state.flags_allowed => {
            if grammar.tag == "inspect" {
                ranking.everything(typed);
            } else {
                ranking.names(Slot::of_name(name).names(grammar), "", typed);
            }
            if typed.is_empty() && state.flags_allowed {
                ranking.flags("");
            }
        }
        Due::Name(_) | Due::Nothing if state.flags_allowed => ranking.flags(typed),
        Due::Name(_) | Due::Nothing => {}
    }
    ranking.items
}

/// Whether a flag may be written behind these words of a verb.
pub(crate) fn flag_may_stand(grammar: &'static Grammar, given: &[String]) -> bool {
    let state = due(grammar, given, "");
    state.flags_allowed && !matches!(state.due, Due::Value { .. })
}

/// A place in a command that a value is written in.
pub(crate) struct Slot<'g> {
    field: &'g str,
    value: &'g str,
    is_flag: bool,
}

impl<'g> Slot<'g> {
    pub(crate) fn of_flag(flag: &'g Flag) -> Self {
        Slot {
            field: flag.field,
            value: &flag.value,
            is_flag: true,
        }
    }

    pub(crate) fn of_name(name: &'g Name) -> Self {
        Slot {
            field: name.field,
            value: &name.value,
            is_flag: false,
        }
    }

    /// The kind of thing whose name is due here, where it is one that exists.
    pub(crate) fn names(&self, grammar: &Grammar) -> Option<CompletionKind> {
        let makes = match grammar.tag.as_str() {
            "create-volume" => "volume",
            "create-network" => "network",
            "commit" | "import" => "image",
            _ => "",
        };
        let begins = |word| self.value.starts_with(word);
        if self.is_flag {
            return match self.field {
                "volume" => Some(CompletionKind::Volume),
                "network" | "config_from" if begins("NETWORK") => Some(CompletionKind::Network),
                _ if begins("CONTAINER") => Some(CompletionKind::Container),
                _ => None,
            };
        }
        if self.field == makes {
            None
        } else if grammar.tag == "copy" || begins("CONTAINER") {
            Some(CompletionKind::Container)
        } else if matches!(self.field, "image" | "images" | "repository") || begins("SOURCE_IMAGE")
        {
            Some(CompletionKind::Image)
        } else if begins("VOLUME") {
            Some(CompletionKind::Volume)
        } else if begins("NETWORK") {
            Some(CompletionKind::Network)
        } else {
            None
        }
    }
}

/// The values that a flag can have, where they are few; the usual ones where there are more.
pub(crate) fn choices(flag: &Flag) -> &'static [&'static str] {
    if flag.value.is_empty() {
        return &[];
    }
    match flag.long {
        "restart" => &["no", "on-failure", "always", "unless-stopped"],
        "pull" => &["missing", "always", "never"],
        "network" => &["bridge", "host", "none"],
        "platform" => &["linux/amd64", "linux/arm64"],
        "signal" | "stop-signal" => &[
            "SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGKILL", "SIGUSR1",
        ],
        "ipc" => &["none", "private", "shareable", "host"],
        "pid" | "uts" | "userns" => &["host"],
        "cgroupns" => &["private", "host"],
        "isolation" => &["default", "process", "hyperv"],
        "type" => &["container", "image", "volume", "network"],
        "gpus" => &["all"],
        "log-driver" => &["json-file", "local", "journald", "none"],
        "progress" => &["auto", "plain", "quiet", "tty"],
        _ => &[],
    }
}
