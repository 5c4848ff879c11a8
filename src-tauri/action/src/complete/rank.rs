//! Candidates, the best first.

use std::collections::BTreeSet;

use super::{Completion, CompletionKind, MOST, Names};
use crate::grammar::{Flag, Grammar};
use crate::quote::quote_or_mark;
use crate::render::Shell;

/// Verbs that want a container that runs.
const OF_RUNNING: &[&str] = &[
    "attach", "exec", "kill", "logs", "pause", "port", "restart", "stats", "stop", "top",
    "unpause", "wait",
];
/// Verbs that want one that does not.
const OF_STOPPED: &[&str] = &["start", "rm"];

/// So much of an id is shown.
const SHORT_ID: usize = 12;

pub(super) struct Ranking<'a> {
    grammar: &'static Grammar,
    given: BTreeSet<&'a str>,
    names: &'a Names<'a>,
    shell: Shell,
    pub(super) items: Vec<Completion>,
}

/// How well a name fits: 0 is best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Begins,
    ById,
    Contains,
}

/// A name that fits, and what puts it before others.
struct Found<'a> {
    order: (Fit, bool, usize),
    text: &'a str,
    explain: String,
}

impl<'a> Ranking<'a> {
    pub(super) fn new(
        grammar: &'static Grammar,
        given: &'a [String],
        names: &'a Names<'a>,
        shell: Shell,
    ) -> Self {
        Ranking {
            grammar,
            given: given.iter().map(String::as_str).collect(),
            names,
            shell,
            items: Vec::new(),
        }
    }

    fn push(&mut self, kind: CompletionKind, front: &str, text: &str, explain: String) {
        if self.items.len() < MOST {
            self.items.push(Completion {
                text: quote_or_mark(&format!("{front}{text}"), self.shell),
                kind,
                explain,
            });
        }
    }

    /// The few values that a flag can have.
    pub(super) fn values(&mut self, choices: &[&str], front: &str, typed: &str) {
        for choice in choices.iter().filter(|choice| choice.starts_with(typed)) {
            self.push(CompletionKind::Value, front, choice, String::new());
        }
    }

    /// Flags that begin as was typed; those that are there already come last.
    pub(super) fn flags(&mut self, typed: &str) {
        let mut found: Vec<(bool, &Flag, String)> = Vec::new();
        for flag in &self.grammar.flags {
            let long = format!("--{}", flag.long);
            let short = flag.short.map(|short| format!("-{short}"));
            let is_given =
                self.is_given(&long) || short.as_deref().is_some_and(|short| self.is_given(short));
            match short.filter(|short| short == typed) {
                Some(short) => found.push((is_given, flag, short)),
                None if long.starts_with(typed) => found.push((is_given, flag, long)),
                None => {}
            }
        }
        found.sort_by_key(|(is_given, _, _)| *is_given);
        for (_, flag, text) in found {
            self.push(CompletionKind::Flag, "", &text, flag.explain.clone());
        }
    }

    fn is_given(&self, flag: &str) -> bool {
        self.given.iter().any(|word| {
            *word == flag
                || word
                    .strip_prefix(flag)
                    .is_some_and(|rest| rest.starts_with('='))
        })
    }

    /// Names of one kind that begin as was typed, or whose id does, or that have it inside.
    pub(super) fn names(&mut self, kind: Option<CompletionKind>, front: &str, typed: &str) {
        match kind {
            Some(CompletionKind::Container) => self.containers(front, typed),
            Some(CompletionKind::Image) => self.images(front, typed),
            Some(CompletionKind::Volume) => {
                self.plain(CompletionKind::Volume, self.names.volumes, front, typed);
            }
            Some(CompletionKind::Network) => {
                self.plain(CompletionKind::Network, self.names.networks, front, typed);
            }
            Some(CompletionKind::Verb | CompletionKind::Flag | CompletionKind::Value) | None => {}
        }
    }

    /// Everything that has a name.
    pub(super) fn everything(&mut self, typed: &str) {
        self.containers("", typed);
        self.images("", typed);
        self.plain(CompletionKind::Volume, self.names.volumes, "", typed);
        self.plain(CompletionKind::Network, self.names.networks, "", typed);
    }

    fn containers(&mut self, front: &str, typed: &str) {
        let verb = self.grammar.spellings.first().copied().unwrap_or_default();
        let wants_running = OF_RUNNING.contains(&verb);
        let cares = wants_running || OF_STOPPED.contains(&verb);
        let known = self.names.containers.iter().enumerate();
        let found = known.filter_map(|(index, container)| {
            let fit = fit(container.name, container.id, typed)?;
            let text = name_or_id(fit, container.name, container.id);
            let state = if container.running {
                "running"
            } else {
                "not running"
            };
            Some(Found {
                order: (fit, cares && container.running != wants_running, index),
                text,
                explain: match fit {
                    Fit::ById => format!("{}, {}, {state}", container.name, container.image),
                    Fit::Begins | Fit::Contains => format!("{}, {state}", container.image),
                },
            })
        });
        let found = best(found, &self.given);
        // A place in a container is its name, a colon and a path.
        let behind = if verb == "cp" { ":" } else { "" };
        for one in found {
            let text = format!("{}{behind}", one.text);
            self.push(CompletionKind::Container, front, &text, one.explain);
        }
    }

    fn images(&mut self, front: &str, typed: &str) {
        let known = self.names.images.iter().enumerate();
        let found = known.filter_map(|(index, image)| {
            let id = image.id.trim_start_matches("sha256:");
            let fit = fit(image.name, id, typed)?;
            let text = name_or_id(fit, image.name, id);
            let explain = match fit {
                Fit::ById if !image.name.is_empty() => image.name.to_owned(),
                Fit::ById | Fit::Begins | Fit::Contains => short(id).to_owned(),
            };
            Some(Found {
                order: (fit, image.name.is_empty(), index),
                text,
                explain,
            })
        });
        for one in best(found, &self.given) {
            self.push(CompletionKind::Image, front, one.text, one.explain);
        }
    }

    fn plain(&mut self, kind: CompletionKind, names: &[&str], front: &str, typed: &str) {
        let found = names.iter().enumerate().filter_map(|(index, name)| {
            Some(Found {
                order: (fit(name, "", typed)?, false, index),
                text: name,
                explain: String::new(),
            })
        });
        for one in best(found, &self.given) {
            self.push(kind, front, one.text, one.explain);
        }
    }
}

/// The best of them, without those that the command has already.
fn best<'a>(found: impl Iterator<Item = Found<'a>>, given: &BTreeSet<&str>) -> Vec<Found<'a>> {
    let mut found: Vec<Found<'a>> = found.filter(|one| !given.contains(one.text)).collect();
    if found.len() > MOST {
        found.select_nth_unstable_by_key(MOST, |one| one.order);
        found.truncate(MOST);
    }
    found.sort_unstable_by_key(|one| one.order);
    found
}

fn fit(name: &str, id: &str, typed: &str) -> Option<Fit> {
    let typed = typed.as_bytes();
    let begins = |text: &str| {
        let text = text.as_bytes();
        text.len() >= typed.len() && text[..typed.len()].eq_ignore_ascii_case(typed)
    };
    if begins(name) && !name.is_empty() {
        Some(Fit::Begins)
    } else if begins(id) && !id.is_empty() {
        Some(Fit::ById)
    } else if name
        .as_bytes()
        .windows(typed.len().max(1))
        .any(|part| part.eq_ignore_ascii_case(typed))
    {
        Some(Fit::Contains)
    } else {
        None
    }
}

fn name_or_id<'a>(fit: Fit, name: &'a str, id: &'a str) -> &'a str {
    match fit {
        Fit::Begins | Fit::Contains => name,
        Fit::ById => short(id),
    }
}

fn short(id: &str) -> &str {
    id.get(..SHORT_ID).unwrap_or(id)
}
