//! The verbs: how each is written, its flags, and how it becomes an [`Action`] and back.

use std::sync::LazyLock;

use clap::{ArgMatches, Args, Command, FromArgMatches};
use serde_json::Value;

use crate::{
    Action, Create, InspectContainer, InspectImage, Kill, Pause, PruneContainers, PruneImages,
    Pull, RemoveContainer, RemoveImage, Rename, Restart, Run, Start, Stop, Unpause,
};

/// One verb.
pub(crate) struct Verb {
    /// The ways to write it, without `docker`; the first is the one that is shown.
    pub(crate) spellings: &'static [&'static str],
    /// Its flags and names, with what they mean.
    pub(crate) grammar: fn() -> &'static Command,
    /// Makes the action from what the grammar has understood.
    pub(crate) read: fn(&mut ArgMatches) -> Result<Action, clap::Error>,
}

impl Verb {
    /// The way to write it that is shown.
    pub(crate) fn name(&self) -> &'static str {
        self.spellings.first().copied().unwrap_or_default()
    }

    /// Whether the first name ends the flags, because what follows is another program's.
    pub(crate) fn ends_flags_at_first_name(&self) -> bool {
        (self.grammar)()
            .get_positionals()
            .any(clap::Arg::is_trailing_var_arg_set)
    }
}

fn grammar<A: Args>(name: &'static str) -> Command {
    let mut command = A::augment_args(Command::new(name))
        .bin_name(format!("docker {name}"))
        .no_binary_name(true)
        // `-h` is the host name in `docker run`; help is recognised before the grammar is asked.
        .disable_help_flag(true)
        .args_override_self(true);
    command.build();
    command
}

/// A type whose values are one verb.
trait Spoken {
    const VERB: Verb;
}

macro_rules! verbs {
    ($($verb:ident = $first:literal $(| $other:literal)*;)+) => {
        $(impl Spoken for $verb {
            const VERB: Verb = Verb {
                spellings: &[$first $(, $other)*],
                grammar: || {
                    static GRAMMAR: LazyLock<Command> = LazyLock::new(|| grammar::<$verb>($first));
                    &GRAMMAR
                },
                read: |matches| $verb::from_arg_matches_mut(matches).map(Action::$verb),
            };
        })+

        /// Every verb.
        pub(crate) static VERBS: &[Verb] = &[$($verb::VERB),+];

        impl Action {
            pub(crate) fn verb(&self) -> &'static Verb {
                match self {
                    $(Action::$verb(_) => &$verb::VERB,)+
                }
            }

            /// The fields by name. These are structs of plain fields, which always become an object.
            pub(crate) fn fields(&self) -> Value {
                match self {
                    $(Action::$verb(verb) => serde_json::to_value(verb),)+
                }
                .unwrap_or_default()
            }
        }
    };
}

verbs! {
    Pull = "pull" | "image pull";
    Run = "run" | "container run";
    Create = "create" | "container create";
    Start = "start" | "container start";
    Stop = "stop" | "container stop";
    Restart = "restart" | "container restart";
    Kill = "kill" | "container kill";
    Pause = "pause" | "container pause";
    Unpause = "unpause" | "container unpause";
    Rename = "rename" | "container rename";
    RemoveContainer = "rm" | "container rm" | "container remove";
    PruneContainers = "container prune";
    InspectContainer = "container inspect";
    RemoveImage = "rmi" | "image rm" | "image remove";
    PruneImages = "image prune";
    InspectImage = "image inspect";
}

/// The verb that a command begins with, and how many of its words name it.
pub(crate) fn find(words: &[String]) -> Option<(&'static Verb, usize)> {
    VERBS
        .iter()
        .flat_map(|verb| verb.spellings.iter().map(move |spelling| (verb, spelling)))
        .map(|(verb, spelling)| (verb, spelling.split(' ').collect::<Vec<_>>()))
        .find(|(_, spelling)| {
            words.len() >= spelling.len() && words.iter().zip(spelling).all(|(a, b)| a == b)
        })
        .map(|(verb, spelling)| (verb, spelling.len()))
}
