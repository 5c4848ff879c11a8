//! What a script must do besides the commands themselves: ask for secrets, remember ids.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Ended, Entry};
use crate::secret::HIDDEN;
use crate::words::split;
use crate::{Action, Shell};

/// Fields whose `NAME` without a value is taken from the environment by docker itself.
const FROM_ENVIRONMENT: &[&str] = &["env", "build_arg"];
/// A shorter beginning of an id is rather a name.
const SHORTEST_ID: usize = 4;

/// A script to be.
pub(super) struct Plan {
    /// One for each entry; `None` where it is left out.
    pub(super) steps: Vec<Option<Step>>,
    /// The variables of the environment that the script needs, and for which command.
    pub(super) asked: Vec<Asked>,
}

/// A variable that must be set before the script runs.
pub(super) struct Asked {
    pub(super) name: String,
    /// The verb that needs it, such as `docker run`.
    pub(super) of: String,
}

/// One command.
pub(super) struct Step {
    /// The folder to go to first, where it is another one than before.
    pub(super) folder: Option<String>,
    /// Its words, `docker` the first.
    pub(super) words: Vec<Vec<Piece>>,
    /// The variable that keeps what it prints.
    pub(super) keeps: Option<String>,
    /// Whether it was given a name that it did not have.
    pub(super) is_named: bool,
    /// How its program ended.
    pub(super) exit_code: i64,
}

/// A part of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    /// A variable of the script.
    Kept(String),
    /// A variable of the environment.
    Asked(String),
}

/// Something that a command made.
struct Made<'a> {
    step: usize,
    id: &'a str,
    name: Option<&'a str>,
}

/// How a later command names it.
#[derive(Clone)]
enum Handle {
    /// By a name that it has.
    Name(String),
    /// By what the command printed that made it.
    Printed(&'static str),
    /// By a name that the script gives it.
    NewName,
}

pub(super) fn plan(entries: &[Entry<'_>]) -> Plan {
    let mut planner = Planner {
        asked: Vec::new(),
        made: Vec::new(),
        kept: BTreeMap::new(),
    };
    let mut steps: Vec<Option<Step>> = Vec::new();
    let mut handles: Vec<Option<Handle>> = Vec::new();
    let mut folder = None;
    for (index, entry) in entries.iter().enumerate() {
        let Ended::Done {
            made,
            name,
            exit_code,
        } = entry.ended
        else {
            steps.push(None);
            handles.push(None);
            continue;
        };
        let mut action = planner.without_secrets(entry.action);
        answer_beforehand(&mut action);
        let words = planner.words(&action, &handles);
        // A command without relative paths runs anywhere, so nobody goes elsewhere for it.
        let is_new = entry.folder.is_some() && entry.folder != folder;
        folder = entry.folder.or(folder);
        steps.push(Some(Step {
            folder: entry.folder.filter(|_| is_new).map(str::to_owned),
            words,
            keeps: None,
            is_named: false,
            exit_code: exit_code.unwrap_or(0),
        }));
        handles.push(handle(entry.action));
        if let Some(id) = made {
            planner.made.push(Made {
                step: index,
                id: id.trim_start_matches("sha256:"),
                name,
            });
        }
    }
    for (index, kept) in planner.kept {
        let Some(Some(step)) = steps.get_mut(index) else {
            continue;
        };
        if kept.is_new_name {
            let flag = ["--name".to_owned(), kept.name].map(|word| vec![Piece::Text(word)]);
            // Behind `docker run`.
            let at = step.words.len().min(2);
            step.words.splice(at..at, flag);
            step.is_named = true;
        } else {
            step.keeps = Some(kept.name);
        }
    }
    Plan {
        steps,
        asked: planner.asked,
    }
}

struct Kept {
    name: String,
    is_new_name: bool,
}

struct Planner<'a> {
    asked: Vec<Asked>,
    made: Vec<Made<'a>>,
    /// The steps whose things later ones name.
    kept: BTreeMap<usize, Kept>,
}

impl Planner<'_> {
    /// The action with variables of the environment where their hidden values were.
    fn without_secrets(&mut self, action: &Action) -> Action {
        let Ok(mut value) = serde_json::to_value(action) else {
            return action.clone();
        };
        for field in FROM_ENVIRONMENT {
            let entries = value.get_mut(*field).and_then(Value::as_array_mut);
            for entry in entries.into_iter().flatten() {
                let name = entry
                    .as_str()
                    .and_then(|text| text.strip_suffix(HIDDEN)?.strip_suffix('='))
                    .filter(|name| is_variable(name));
                if let Some(name) = name.map(str::to_owned) {
                    self.ask(name.clone(), action);
                    *entry = json!(name);
                }
            }
        }
        serde_json::from_value(value).unwrap_or_else(|_| action.clone())
    }

    fn ask(&mut self, name: String, action: &Action) {
        if self.asked.iter().all(|asked| asked.name != name) {
            let of = format!("docker {}", action.verb().name());
            self.asked.push(Asked { name, of });
        }
    }

    fn words(&mut self, action: &Action, handles: &[Option<Handle>]) -> Vec<Vec<Piece>> {
        // What is rendered is always read back as the very words.
        let line = action.render(Shell::Posix).line;
        let words = split(&line, Shell::Posix).unwrap_or_default();
        let targets: Vec<String> = action.targets().into_iter().map(str::to_owned).collect();
        let is_copy = matches!(action, Action::Copy(_));
        words
            .into_iter()
            .map(|word| {
                let (name, rest) = match word.split_once(':').filter(|_| is_copy) {
                    Some((name, _)) => word.split_at(name.len()),
                    None => (word.as_str(), ""),
                };
                if targets.iter().any(|target| target == name)
                    && let Some(piece) = self.stable(name, handles)
                {
                    return if rest.is_empty() {
                        vec![piece]
                    } else {
                        vec![piece, Piece::Text(rest.to_owned())]
                    };
                }
                self.with_secrets(&word, action)
            })
            .collect()
    }

    /// What an earlier command made, named so that it is found again.
    fn stable(&mut self, name: &str, handles: &[Option<Handle>]) -> Option<Piece> {
        let short = name.trim_start_matches("sha256:");
        let is_it = |made: &&Made<'_>| {
            made.name == Some(name) || short.len() >= SHORTEST_ID && made.id.starts_with(short)
        };
        let step = self.made.iter().rev().find(is_it)?.step;
        match handles.get(step)?.clone()? {
            Handle::Name(own) => Some(Piece::Text(own)),
            Handle::Printed(what) => Some(Piece::Kept(self.keep(step, what, false))),
            Handle::NewName => Some(Piece::Text(self.keep(step, "container", true))),
        }
    }

    /// The name of what a step made; a new one the first time.
    fn keep(&mut self, step: usize, what: &str, is_new_name: bool) -> String {
        if let Some(kept) = self.kept.get(&step) {
            return kept.name.clone();
        }
        let number = self.kept.len() + 1;
        let name = if is_new_name {
            format!("slipway-{number}")
        } else {
            format!("{what}_{number}")
        };
        let kept = Kept {
            name: name.clone(),
            is_new_name,
        };
        self.kept.insert(step, kept);
        name
    }

    /// A word with variables where something was hidden that docker can't take from the environment.
    fn with_secrets(&mut self, word: &str, action: &Action) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (index, part) in word.split(HIDDEN).enumerate() {
            if index > 0 {
                let so_far = self.asked.iter();
                let number = so_far.filter(|asked| asked.name.starts_with("SLIPWAY_SECRET_"));
                let name = format!("SLIPWAY_SECRET_{}", number.count() + 1);
                self.ask(name.clone(), action);
                pieces.push(Piece::Asked(name));
            }
            if !part.is_empty() {
                pieces.push(Piece::Text(part.to_owned()));
            }
        }
        if pieces.is_empty() {
            pieces.push(Piece::Text(String::new()));
        }
        pieces
    }
}

/// Whether a shell can have a variable of this name.
fn is_variable(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Nobody sits there to say yes: what Slipway has asked before is answered in the command.
fn answer_beforehand(action: &mut Action) {
    let force = if let Action::PruneContainers(prune) = action {
        &mut prune.force
    } else if let Action::PruneImages(prune) = action {
        &mut prune.force
    } else if let Action::PruneVolumes(prune) = action {
        &mut prune.force
    } else if let Action::PruneNetworks(prune) = action {
        &mut prune.force
    } else if let Action::SystemPrune(prune) = action {
        &mut prune.force
    } else {
        return;
    };
    *force = true;
}

/// How later commands can name what this one makes.
fn handle(action: &Action) -> Option<Handle> {
    let filled = |name: &Option<String>| name.clone().filter(|name| !name.is_empty());
    let (name, otherwise) = if let Action::Run(run) = action {
        let otherwise = if run.detach {
            Handle::Printed("container")
        } else {
            Handle::NewName
        };
        (filled(&run.options.name), Some(otherwise))
    } else if let Action::Create(create) = action {
        let otherwise = Handle::Printed("container");
        (filled(&create.options.name), Some(otherwise))
    } else if let Action::CreateVolume(create) = action {
        (filled(&create.volume), Some(Handle::Printed("volume")))
    } else if let Action::CreateNetwork(create) = action {
        (Some(create.network.clone()), None)
    } else if let Action::Build(build) = action {
        let tag = build.tag.iter().find(|tag| !tag.is_empty());
        (tag.cloned(), None)
    } else if matches!(action, Action::Commit(_) | Action::Import(_)) {
        (None, Some(Handle::Printed("image")))
    } else {
        (None, None)
    };
    name.map(Handle::Name).or(otherwise)
}
