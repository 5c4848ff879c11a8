//! What a script must do besides the commands themselves: ask for secrets, remember ids.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::behind::Given;
use super::made::{Handle, Made, handle};
use super::{Ended, Entry};
use crate::secret::HIDDEN;
use crate::words::split;
use crate::{Action, Shell};

/// Fields whose `NAME` without a value is taken from the environment by docker itself.
const FROM_ENVIRONMENT: &[&str] = &["env", "build_arg"];
/// A shorter beginning of an id is rather a name.
const SHORTEST_ID: usize = 4;
/// What docker shows of an id. Where anything may stand, only that much of one is taken for one.
const SHOWN_ID: usize = 12;
/// The fields that name several things, each of which may be left out.
const LISTS: &[&str] = &["containers", "images", "volumes", "networks", "names"];

/// The fields that name containers.
const CONTAINERS: &[&str] = &["container", "containers", "names"];

/// A script to be.
pub(super) struct Plan {
    /// One for each entry.
    pub(super) steps: Vec<Planned>,
    /// The variables of the environment that the script needs, and for which command.
    pub(super) asked: Vec<Asked>,
}

impl Plan {
    /// The commands that are done again.
    pub(super) fn again(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter_map(|step| match step {
            Planned::Again(step) => Some(step),
            Planned::NotDone | Planned::OnNothing | Planned::Overtaken => None,
        })
    }

    /// Every text that the script hands to a program as it is.
    pub(super) fn texts(&self) -> impl Iterator<Item = &String> {
        self.again().flat_map(|step| {
            let words = step.words.iter().flatten().filter_map(|piece| match piece {
                Piece::Text(text) => Some(text),
                Piece::Kept(_) | Piece::Asked(_) => None,
            });
            words.chain(&step.folder)
        })
    }
}

/// What becomes of an entry.
pub(super) enum Planned {
    /// It is done again.
    Again(Step),
    /// It was not done, so it is left out.
    NotDone,
    /// It was done to what a command made that is left out, so it is left out, too.
    OnNothing,
    /// It only waited for what later commands did, so it is left out.
    Overtaken,
}

/// A variable that must be set before the script runs.
pub(super) struct Asked {
    pub(super) name: String,
    /// The verb that needs it, such as `docker run`.
    pub(super) of: String,
    /// Whether it stands in a command's words, and is not taken from the environment by docker itself.
    pub(super) is_in_words: bool,
}

/// One command.
pub(super) struct Step {
    /// The folder to go to first, where it is another one than before.
    pub(super) folder: Option<String>,
    /// Its words, `docker` the first.
    pub(super) words: Vec<Vec<Piece>>,
    /// The variable that keeps what it prints.
    pub(super) keeps: Option<String>,
    /// What it has got for the sake of later commands.
    pub(super) got: Option<Got>,
    /// How its program ended; 0 where nobody waits for it.
    pub(super) exit_code: i64,
    /// It runs in the background, where it had not.
    pub(super) behind: bool,
}

/// What a command gets that it did not have, so that later ones find what it makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Got {
    /// A name for the container.
    Name,
    /// It prints the image's id and nothing else.
    Quiet,
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

pub(super) fn plan(entries: &[Entry<'_>]) -> Plan {
    let mut planner = Planner {
        asked: Vec::new(),
        made: Vec::new(),
        kept: BTreeMap::new(),
    };
    let mut steps: Vec<Planned> = Vec::new();
    let mut folder = None;
    for (index, entry) in entries.iter().enumerate() {
        let step = planner.step(entry, &mut folder);
        let is_done = matches!(step, Planned::Again(_));
        steps.push(step);
        // What is on another engine is not here, whatever its name.
        if matches!(entry.ended, Ended::Elsewhere { .. }) {
            continue;
        }
        if is_done || matches!(entry.ended, Ended::Done { .. }) {
            planner.named_anew(entry.action);
        }
        // What has no id of the engine's has the name that somebody gave it.
        if let Some(id) = entry.made.filter(|id| is_id(id)) {
            planner.made.push(Made {
                step: index,
                id: id.trim_start_matches("sha256:"),
                name: entry.name,
                handle: Given::of(entry)
                    .action()
                    .and_then(|action| handle(&action))
                    .filter(|_| is_done),
            });
        }
    }
    for (index, kept) in planner.kept {
        let Some(Planned::Again(step)) = steps.get_mut(index) else {
            continue;
        };
        step.got = kept.needs;
        let text = |word: &str| vec![Piece::Text(word.to_owned())];
        // Behind `docker run`, `docker build`.
        let at = step.words.len().min(2);
        match kept.needs {
            Some(Got::Name) => {
                let flag = [text("--name"), text(&kept.name)];
                step.words.splice(at..at, flag);
            }
            Some(Got::Quiet) => {
                // The two do not go together.
                let progress = |word: &Vec<Piece>| *word == text("--progress");
                if let Some(place) = step.words.iter().position(progress) {
                    step.words.drain(place..step.words.len().min(place + 2));
                }
                step.words.insert(at, text("-q"));
                step.keeps = Some(kept.name);
            }
            None => step.keeps = Some(kept.name),
        }
    }
    Plan {
        steps,
        asked: planner.asked,
    }
}

struct Kept {
    name: String,
    needs: Option<Got>,
}

struct Planner<'a> {
    asked: Vec<Asked>,
    made: Vec<Made<'a>>,
    /// The steps whose things later ones name.
    kept: BTreeMap<usize, Kept>,
}

impl<'a> Planner<'a> {
    /// What becomes of an entry, after those before it. `folder` is where the script is by then.
    fn step(&mut self, entry: &Entry<'a>, folder: &mut Option<&'a str>) -> Planned {
        let given = Given::of(entry);
        let behind = matches!(given, Given::Behind(_));
        let exit_code = match entry.ended {
            _ if behind => 0,
            Ended::Done { exit_code } => exit_code.unwrap_or(0),
            _ => return Planned::NotDone,
        };
        let Some(action) = given.action() else {
            return Planned::Overtaken;
        };
        let asked = self.asked.len();
        let mut action = self.without_secrets(&action);
        answer_beforehand(&mut action);
        let Some(words) = self.words(&action) else {
            self.asked.truncate(asked);
            return Planned::OnNothing;
        };
        // A command without relative paths runs anywhere, so nobody goes elsewhere for it.
        let is_new = entry.folder.is_some() && entry.folder != *folder;
        *folder = entry.folder.or(*folder);
        Planned::Again(Step {
            folder: entry.folder.filter(|_| is_new).map(str::to_owned),
            words,
            keeps: None,
            got: None,
            exit_code,
            behind,
        })
    }

    /// Who has which name after this.
    fn named_anew(&mut self, action: &'a Action) {
        if let Some(Handle::Name(name)) = handle(action) {
            self.name_is_free(&name);
        } else if let Action::RemoveContainer(remove) = action {
            for name in &remove.containers {
                self.name_is_free(name);
            }
        } else if let Action::Rename(rename) = action {
            let at = self
                .find(&rename.container, SHORTEST_ID, true)
                .or_else(|| self.find_own(&rename.container));
            self.name_is_free(&rename.new_name);
            if let Some(made) = at.and_then(|at| self.made.get_mut(at)) {
                made.renamed(&rename.new_name);
            }
        }
    }

    /// A container that the script does not make has this name no more.
    fn name_is_free(&mut self, name: &str) {
        for made in &mut self.made {
            if made.handle.is_none() && made.name == Some(name) {
                made.name = None;
            }
        }
    }

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
                    self.ask(name.clone(), action, false);
                    *entry = json!(name);
                }
            }
        }
        serde_json::from_value(value).unwrap_or_else(|_| action.clone())
    }

    fn ask(&mut self, name: String, action: &Action, is_in_words: bool) {
        if self.asked.iter().all(|asked| asked.name != name) {
            let of = format!("docker {}", action.verb().name());
            self.asked.push(Asked {
                name,
                of,
                is_in_words,
            });
        }
    }

    /// The words of a command; `None` where it acts on what is not there.
    fn words(&mut self, action: &Action) -> Option<Vec<Vec<Piece>>> {
        // What is rendered is always read back as the very words.
        let line = action.render(Shell::Posix).line;
        let words = split(&line, Shell::Posix).unwrap_or_default();
        let fields = action.fields();
        let is_list = LISTS
            .iter()
            .any(|field| fields.get(field).is_some_and(Value::is_array));
        let targets = Targets {
            names: action.targets().into_iter().map(str::to_owned).collect(),
            are_containers: matches!(action, Action::Copy(_))
                || CONTAINERS.iter().any(|field| fields.get(field).is_some()),
        };
        let mut written = Vec::new();
        let (mut found, mut lost) = (false, false);
        for word in words {
            match self.stable(&word, &targets) {
                Some(Named::So(pieces)) => {
                    found = true;
                    written.push(pieces);
                }
                Some(Named::Lost) => lost = true,
                None => {
                    found |= targets.names.contains(&word);
                    written.push(self.with_secrets(&word, action));
                }
            }
        }
        // Of several, the others are still there.
        (!lost || is_list && found).then_some(written)
    }

    /// A word that names what an earlier command made, so that it is found again; `None` where it is
    /// another word.
    fn stable(&mut self, word: &str, targets: &Targets) -> Option<Named> {
        // `NAME`, `NAME:PATH`, `NAME:ALIAS`, and `container:NAME` as a network has it.
        let (before, rest) = match word.split_once(':') {
            Some(("container", rest)) => ("container:", rest),
            Some(_) | None => ("", word),
        };
        let (name, behind) = match rest.split_once(':') {
            Some((name, _)) if name != "sha256" => rest.split_at(name.len()),
            Some(_) | None => (rest, ""),
        };
        let is_target = targets.names.iter().any(|it| it == name || it == word);
        let shortest = if is_target { SHORTEST_ID } else { SHOWN_ID };
        let at = self.find(name, shortest, is_target && targets.are_containers)?;
        let Made { step, handle, .. } = self.made.get(at)?;
        let step = *step;
        let piece = match handle.clone() {
            None => return Some(Named::Lost),
            Some(Handle::Name(own)) => Piece::Text(own),
            Some(Handle::Printed(what)) => Piece::Kept(self.keep(step, what, None)),
            Some(Handle::PrintedAlone(what)) => {
                Piece::Kept(self.keep(step, what, Some(Got::Quiet)))
            }
            Some(Handle::NewName) => Piece::Text(self.keep(step, "slipway", Some(Got::Name))),
        };
        let text = |text: &str| (!text.is_empty()).then(|| Piece::Text(text.to_owned()));
        let pieces = text(before).into_iter().chain([piece]).chain(text(behind));
        Some(Named::So(pieces.collect()))
    }

    /// The newest thing that an earlier command made and that goes by this name, or by an id that
    /// begins so. A name that somebody gave may be that of anything, so it must stand for a container.
    fn find(&self, name: &str, shortest: usize, is_container: bool) -> Option<usize> {
        let short = name.trim_start_matches("sha256:");
        self.made.iter().rposition(|made| {
            let by_id = short.len() >= shortest && made.id.starts_with(short);
            let may_be_named_so = match made.handle {
                None => is_container,
                // The script gives it the same name again.
                Some(Handle::Name(_)) => false,
                Some(Handle::Printed(_) | Handle::PrintedAlone(_) | Handle::NewName) => true,
            };
            by_id || may_be_named_so && made.name == Some(name)
        })
    }

    /// The newest thing that has this name because its own command, or a later one, gives it.
    fn find_own(&self, name: &str) -> Option<usize> {
        self.made
            .iter()
            .rposition(|made| matches!(&made.handle, Some(Handle::Name(own)) if own == name))
    }

    /// The name of what a step made; a new one the first time.
    fn keep(&mut self, step: usize, what: &str, needs: Option<Got>) -> String {
        if let Some(kept) = self.kept.get(&step) {
            return kept.name.clone();
        }
        let number = self.kept.len() + 1;
        // Names of containers and names of variables.
        let sign = if needs == Some(Got::Name) { '-' } else { '_' };
        let name = format!("{what}{sign}{number}");
        let kept = Kept {
            name: name.clone(),
            needs,
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
                self.ask(name.clone(), action, true);
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

/// What a command acts on.
struct Targets {
    names: Vec<String>,
    are_containers: bool,
}

/// Whether this is what an engine calls a container or an image, and not a person.
fn is_id(text: &str) -> bool {
    let id = text.trim_start_matches("sha256:");
    id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// How a word names what an earlier command made.
enum Named {
    So(Vec<Piece>),
    /// The command that made it is left out.
    Lost,
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
