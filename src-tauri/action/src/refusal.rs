//! Why a pasted line is not an action.

use std::borrow::Cow;

use crate::help::in_text;
use crate::text::shown;

/// A longer verb is rather a slip.
const LONGEST_VERB: usize = 40;

/// Why a line is not an action. `Display` is the sentence for the person who pasted it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// There is nothing in it.
    #[error("Paste or type a docker command, such as docker run hello-world.")]
    Empty,
    /// It is longer than any command.
    #[error("This is too long for one command.")]
    TooLong,
    /// It is the command of another program.
    #[error("This is not a docker command: it begins with {}.", shown(.word))]
    NotDocker {
        /// The first word.
        word: String,
    },
    /// A quote is opened and never closed.
    #[error("A quote is opened with {quote} and never closed.")]
    Unclosed {
        /// The quote.
        quote: char,
    },
    /// Its escapes make bytes that are not text.
    #[error("The escapes in this command do not make readable text.")]
    NotText,
    /// It is several commands, or a command and what becomes of its output.
    #[error(
        "A {} outside quotes joins several commands, or a command and a file. Paste one docker command by itself.",
        shown(&operator.to_string())
    )]
    SeveralCommands {
        /// What joins them.
        operator: char,
    },
    /// It is several lines that do not belong together.
    #[error("These are several commands. Paste one line at a time.")]
    SeveralLines,
    /// Only `docker`, or only the first half of a verb.
    #[error("Say what docker is to do, such as {} run hello-world.", .so_far)]
    NoVerb {
        /// What was written.
        so_far: String,
    },
    /// There is no such verb.
    #[error("There is no command docker {}.{}", plain(.verb), meant(.similar))]
    UnknownVerb {
        /// What was written.
        verb: String,
        /// What may have been meant.
        similar: Vec<String>,
    },
    /// A verb of docker that is not an action.
    #[error("Slipway doesn’t open docker {} from here. {instead}", plain(.verb))]
    NotAnAction {
        /// The verb.
        verb: String,
        /// Where to go instead.
        instead: &'static str,
    },
    /// A flag before the verb, which chooses an engine.
    #[error("Leave out {}: which engine is used is chosen at the top of the window.", shown(.flag))]
    EngineFlag {
        /// The flag.
        flag: String,
    },
    /// There is no such flag.
    #[error("docker {verb} has no flag {}.{}", shown(.flag), meant(.similar))]
    UnknownFlag {
        /// The flag.
        flag: String,
        /// The verb that it was written for.
        verb: String,
        /// What may have been meant.
        similar: Vec<String>,
    },
    /// A flag stands there without its value.
    #[error("{flag} needs a value after it.")]
    NeedsValue {
        /// The flag.
        flag: String,
    },
    /// A flag's value is not one.
    #[error("{} is not a value for {flag}: it takes {takes}.", shown(.value))]
    BadValue {
        /// The flag.
        flag: String,
        /// What was written.
        value: String,
        /// What it takes.
        takes: &'static str,
    },
    /// A stand-in of a tutorial where a number is due.
    #[error("{} stands for a value of your own. Write that in its place.", shown(.text))]
    StandIn {
        /// The stand-in.
        text: String,
    },
    /// A name is missing, such as that of the image.
    #[error("docker {verb} needs to know more: {} is missing.", .what)]
    Missing {
        /// The verb.
        verb: String,
        /// What is missing, such as `IMAGE`.
        what: String,
    },
    /// A word too many.
    #[error("docker {verb} has no use for {}.", shown(.word))]
    TooMany {
        /// The word.
        word: String,
        /// The verb.
        verb: String,
    },
    /// It asks for help, and here it is.
    #[error("{}", in_text(.verb.as_deref()))]
    Help {
        /// On what, as [`help`](crate::help::help) takes it; `None` for docker as a whole.
        verb: Option<String>,
    },
    /// Anything else that the parser says.
    #[error("{message}")]
    Other {
        /// What it says.
        message: String,
    },
}

/// A verb as it was written; in quotes where it is no word.
fn plain(verb: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_');
    if verb.len() <= LONGEST_VERB && verb.chars().all(is_plain) {
        Cow::Borrowed(verb)
    } else {
        Cow::Owned(shown(verb))
    }
}

fn meant(similar: &[String]) -> String {
    if similar.is_empty() {
        return String::new();
    }
    format!(" Did you mean {}?", similar.join(" or "))
}
