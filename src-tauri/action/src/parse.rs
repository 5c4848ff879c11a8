//! A pasted docker command as an action.

use std::ops::Range;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::flags;
use crate::help;
use crate::near::nearest;
use crate::reading::program::{is_docker, lead};
use crate::reading::walk::{Content, LONGEST_LINE, Segment, walk};
use crate::render::Shell;
use crate::text::placeholder;
use crate::verb::{self, VERBS, Verb};
use crate::words::{Stop, split, texts};
use crate::{Action, ParseError};

/// Why words are no action, and which of them is to blame.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refused {
    pub(crate) why: ParseError,
    pub(crate) spot: Spot,
    /// What may have been meant in that place.
    pub(crate) similar: Option<String>,
}

/// The words that are to blame, counted from the first behind `docker`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Spot {
    /// Something is missing at the end.
    End,
    /// These words.
    Words(Range<usize>),
    /// The first bytes of a word: `--nmae` in `--nmae=x`.
    Front { word: usize, length: usize },
}

impl Action {
    /// Reads one docker command as people paste it: with prompts, `sudo`, lines that go on, either
    /// spelling of a verb, for bash and its kin, PowerShell or the old command prompt.
    /// [`read`](crate::read) reads whole texts, and says where a mistake lies.
    ///
    /// # Errors
    /// Says why it is not an action, as a sentence for the person who pasted it.
    pub fn parse(line: &str) -> Result<Action, ParseError> {
        check_length(line)?;
        let segments = walk(line);
        let mut commands = segments
            .iter()
            .filter(|segment| !matches!(segment.content, Content::Remark));
        let Some(first) = commands.next() else {
            return Err(ParseError::Empty);
        };
        let words = alone(line, first)?;
        if commands.next().is_some() {
            return Err(ParseError::SeveralLines);
        }
        Action::from_words(&words)
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
        understand(args).map_err(|refused| refused.why)
    }

    fn from_words(words: &[String]) -> Result<Action, ParseError> {
        let plain: Vec<&str> = words.iter().map(String::as_str).collect();
        let at = lead(&plain);
        let Some(program) = words.get(at) else {
            return Err(ParseError::Empty);
        };
        // podman reads the same commands, and people paste them.
        if !is_docker(program) {
            let word = words.first().cloned().unwrap_or_default();
            return Err(ParseError::NotDocker { word });
        }
        Action::from_args(words.get(at + 1..).unwrap_or_default())
    }
}

fn check_length(line: &str) -> Result<(), ParseError> {
    if line.len() > LONGEST_LINE {
        Err(ParseError::TooLong)
    } else {
        Ok(())
    }
}

/// The words of a piece of text that is to be one command and nothing more.
fn alone(line: &str, segment: &Segment) -> Result<Vec<String>, ParseError> {
    match &segment.content {
        Content::Command { lexed, .. } => {
            if let Some(misread) = &lexed.misread {
                return Err(misread.why.clone());
            }
            if let Some(redirect) = lexed.redirects.first() {
                let operator = if redirect.reads { '<' } else { '>' };
                return Err(ParseError::SeveralCommands { operator });
            }
            let rest = line.get(lexed.next..).unwrap_or_default();
            match lexed.stop {
                Stop::Joined(joint) if joint.sign() != ';' || !rest.trim().is_empty() => {
                    Err(ParseError::SeveralCommands {
                        operator: joint.sign(),
                    })
                }
                Stop::Joined(_) | Stop::Line | Stop::End => Ok(texts(&lexed.words)),
            }
        }
        Content::Prose { .. } | Content::Dockerfile | Content::Remark => {
            let text = line.get(segment.place.clone()).unwrap_or_default();
            let word = text.split_whitespace().next().unwrap_or_default();
            Err(ParseError::NotDocker {
                word: word.to_owned(),
            })
        }
        Content::TooLong | Content::TooMuch => Err(ParseError::TooLong),
    }
}

/// Reads the arguments of a docker command, and says which of them is wrong.
pub(crate) fn understand(args: &[String]) -> Result<Action, Refused> {
    let Some((verb, length)) = verb::find(args) else {
        return Err(refuse_verb(args));
    };
    let rest = args.get(length..).unwrap_or_default();
    let plain = flags::plain(verb, rest).map_err(|mut refused| {
        refused.spot = refused.spot.behind(length);
        refused
    })?;
    let mut grammar = (verb.grammar)().clone();
    grammar
        .try_get_matches_from_mut(plain)
        .and_then(|mut matches| (verb.read)(&mut matches))
        .map_err(|error| in_words(&error, verb, args, length))
}

impl Spot {
    /// The same spot, counted from words that begin so many words earlier.
    fn behind(self, length: usize) -> Spot {
        match self {
            Spot::End => Spot::End,
            Spot::Words(words) => Spot::Words(words.start + length..words.end + length),
            Spot::Front {
                word,
                length: bytes,
            } => Spot::Front {
                word: word + length,
                length: bytes,
            },
        }
    }
}

/// Why the first words are no verb.
fn refuse_verb(args: &[String]) -> Refused {
    let refused = |why, words: usize| Refused {
        why,
        spot: if words == 0 {
            Spot::End
        } else {
            Spot::Words(0..words)
        },
        similar: None,
    };
    let Some(first) = args.first() else {
        let so_far = "docker".to_owned();
        return refused(ParseError::NoVerb { so_far }, 0);
    };
    if let Some(verb) = help::asked(args) {
        // A group by itself prints its help; here it is rather a command that is not finished.
        let is_said = args.iter().any(|arg| help::is_word(arg));
        return if is_said {
            refused(ParseError::Help { verb }, args.len())
        } else {
            let so_far = format!("docker {first}");
            refused(ParseError::NoVerb { so_far }, 0)
        };
    }
    if first.starts_with('-') {
        let flag = first.clone();
        return refused(ParseError::EngineFlag { flag }, 1);
    }
    let second = args.get(1).filter(|_| help::is_group(first));
    let (verb, words) = match second {
        Some(second) => (format!("{first} {second}"), 2),
        None => (first.clone(), 1),
    };
    if is_elsewhere(&verb) {
        return refused(
            ParseError::NotAnAction {
                verb,
                instead: "Run it in a terminal.",
            },
            words,
        );
    }
    let spellings = VERBS.iter().flat_map(|verb| verb.spellings.iter().copied());
    let similar = nearest(&verb, spellings).map(str::to_owned);
    let meant: Vec<String> = similar
        .iter()
        .map(|similar| format!("docker {similar}"))
        .collect();
    Refused {
        similar,
        ..refused(
            ParseError::UnknownVerb {
                verb,
                similar: meant,
            },
            words,
        )
    }
}

/// Whether a verb is docker's and no action.
fn is_elsewhere(verb: &str) -> bool {
    const GROUPS: &[&str] = &[
        "builder",
        "buildx",
        "checkpoint",
        "compose",
        "config",
        "manifest",
        "model",
        "node",
        "plugin",
        "scout",
        "secret",
        "service",
        "stack",
        "swarm",
        "trust",
    ];
    const OF_CONTEXT: &[&str] = &[
        "create", "export", "import", "inspect", "rm", "show", "update",
    ];
    match verb.split_once(' ') {
        Some(("context", second)) => OF_CONTEXT.contains(&second),
        Some((first, _)) => GROUPS.contains(&first),
        None => GROUPS.contains(&verb),
    }
}

/// What clap says, as a sentence for the person who pasted the line. The arguments begin with a
/// verb of so many words.
fn in_words(error: &clap::Error, verb: &Verb, args: &[String], length: usize) -> Refused {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let name = verb.name().to_owned();
    // The last word that ends so: `5x` in `5x`, `-t5x` and `--timeout=5x`.
    let word_of = |value: &str| {
        let found = args.iter().rposition(|arg| arg.ends_with(value));
        found.map_or(Spot::End, |at| Spot::Words(at..at + 1))
    };
    let (why, spot) = match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            let what = context(ContextKind::InvalidArg)
                .replace(['<', '>'], "")
                .replace("...", "");
            (ParseError::Missing { verb: name, what }, Spot::End)
        }
        ErrorKind::UnknownArgument => {
            let word = context(ContextKind::InvalidArg);
            let spot = word_of(&word);
            (ParseError::TooMany { word, verb: name }, spot)
        }
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            let flag = context(ContextKind::InvalidArg);
            let flag = flag.split([' ', '=']).next().unwrap_or_default().to_owned();
            let value = context(ContextKind::InvalidValue);
            let spot = word_of(&value);
            let takes = "a whole number";
            let why = match placeholder(&value) {
                Some(text) => ParseError::StandIn {
                    text: text.to_owned(),
                },
                None => ParseError::BadValue { flag, value, takes },
            };
            (why, spot)
        }
        _ => {
            let message = format!("This is not a docker {name} command that Slipway can read.");
            (ParseError::Other { message }, Spot::Words(0..length))
        }
    };
    Refused {
        why,
        spot,
        similar: None,
    }
}
