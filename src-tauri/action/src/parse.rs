//! A pasted docker command as an action.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::flags;
use crate::near::nearest;
use crate::paste::{strip_sudo, unwrap_line};
use crate::render::Shell;
use crate::verb::{self, VERBS, Verb};
use crate::words::{split, split_dialect};
use crate::{Action, ParseError};

/// No command is longer.
const LONGEST_LINE: usize = 64 * 1024;

impl Action {
    /// Reads a docker command as people paste it: with prompts, `sudo`, lines that go on, either
    /// spelling of a verb, for bash and its kin, PowerShell or the old command prompt.
    ///
    /// # Errors
    /// Says why it is not an action, as a sentence for the person who pasted it.
    pub fn parse(line: &str) -> Result<Action, ParseError> {
        check_length(line)?;
        let (command, dialect) = unwrap_line(line);
        Action::from_words(&split_dialect(command, dialect)?)
    }

    /// Reads a docker command that was written for a certain shell.
    ///
    /// # Errors
    /// Says why it is not an action.
    pub fn parse_as(line: &str, shell: Shell) -> Result<Action, ParseError> {
        check_length(line)?;
        Action::from_words(&split(line, shell)?)
    }

    /// Reads the arguments of a docker command, without `docker` itself.
    ///
    /// # Errors
    /// Says why they are not an action.
    pub fn from_args(args: &[String]) -> Result<Action, ParseError> {
        let Some((verb, length)) = verb::find(args) else {
            return Err(refuse_verb(args));
        };
        let plain = flags::plain(verb, args.get(length..).unwrap_or_default())?;
        let mut grammar = (verb.grammar)().clone();
        grammar
            .try_get_matches_from_mut(plain)
            .and_then(|mut matches| (verb.read)(&mut matches))
            .map_err(|error| in_words(&error, verb))
    }

    fn from_words(words: &[String]) -> Result<Action, ParseError> {
        let words = strip_sudo(words);
        let Some((program, args)) = words.split_first() else {
            return Err(ParseError::Empty);
        };
        let program = program.rsplit(['/', '\\']).next().unwrap_or_default();
        // podman reads the same commands, and people paste them.
        if !matches!(program, "docker" | "docker.exe" | "podman" | "podman.exe") {
            let word = words.first().cloned().unwrap_or_default();
            return Err(ParseError::NotDocker { word });
        }
        Action::from_args(args)
    }
}

fn check_length(line: &str) -> Result<(), ParseError> {
    if line.len() > LONGEST_LINE {
        Err(ParseError::TooLong)
    } else {
        Ok(())
    }
}

/// Why the first words are no verb.
fn refuse_verb(args: &[String]) -> ParseError {
    let Some(first) = args.first() else {
        return ParseError::NoVerb {
            so_far: "docker".to_owned(),
        };
    };
    if matches!(first.as_str(), "--help" | "-h" | "help") {
        return ParseError::Help { text: overview() };
    }
    if first.starts_with('-') {
        return ParseError::EngineFlag {
            flag: first.clone(),
        };
    }
    let group = format!("{first} ");
    let mut spellings = VERBS.iter().flat_map(|verb| verb.spellings);
    let is_group = spellings.any(|spelling| spelling.starts_with(&group));
    let second = args.get(1).filter(|_| is_group);
    let verb = match second {
        Some(second) if matches!(second.as_str(), "--help" | "-h") => {
            return ParseError::Help { text: overview() };
        }
        Some(second) => format!("{first} {second}"),
        None if is_group => {
            return ParseError::NoVerb {
                so_far: format!("docker {first}"),
            };
        }
        None => first.clone(),
    };
    match instead_of(&verb) {
        Some(instead) => ParseError::NotAnAction { verb, instead },
        None => ParseError::UnknownVerb {
            similar: similar_verb(&verb),
            verb,
        },
    }
}

/// Where what docker has and no action does is found.
fn instead_of(verb: &str) -> Option<&'static str> {
    let first = verb.split(' ').next().unwrap_or(verb);
    match first {
        "builder" | "buildx" | "compose" | "config" | "context" | "checkpoint" | "manifest"
        | "node" | "plugin" | "secret" | "service" | "stack" | "swarm" | "trust" => {
            Some("Run it in a terminal.")
        }
        _ => None,
    }
}

/// The verb that a misspelt one is nearest to.
fn similar_verb(verb: &str) -> Option<String> {
    let spellings = VERBS.iter().flat_map(|verb| verb.spellings.iter().copied());
    nearest(verb, spellings).map(|similar| format!("docker {similar}"))
}

/// What stands behind `docker --help`: the commands that are actions.
fn overview() -> String {
    let mut text = String::from("The commands that Slipway knows:\n");
    for verb in VERBS {
        text.push_str("\n  docker ");
        text.push_str(verb.name());
    }
    text
}

/// What clap says, as a sentence for the person who pasted the line.
fn in_words(error: &clap::Error, verb: &Verb) -> ParseError {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let name = verb.name().to_owned();
    match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            let what = context(ContextKind::InvalidArg)
                .replace(['<', '>'], "")
                .replace("...", "");
            ParseError::Missing { verb: name, what }
        }
        ErrorKind::UnknownArgument => ParseError::TooMany {
            word: context(ContextKind::InvalidArg),
            verb: name,
        },
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            let flag = context(ContextKind::InvalidArg);
            let flag = flag.split([' ', '=']).next().unwrap_or_default().to_owned();
            ParseError::BadValue {
                flag,
                value: context(ContextKind::InvalidValue),
                takes: "a whole number",
            }
        }
        _ => ParseError::Other {
            message: format!("This is not a docker {name} command that Slipway can read."),
        },
    }
}
