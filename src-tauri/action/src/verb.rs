//! The verbs: how each is written, what becomes of it, its flags, and how it becomes an [`Action`]
//! and back.

use std::sync::LazyLock;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::Action;
use crate::verbs::*;

/// How far Slipway goes with a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// It is performed.
    Performed,
    /// One of Slipway's screens always shows what it would print, or does what it would do.
    Screen,
    /// It is read and explained, and must be run in a terminal.
    Known,
}

/// One verb.
pub(crate) struct Verb {
    /// The ways to write it, without `docker`; the first is the one that is shown.
    pub(crate) spellings: &'static [&'static str],
    /// How far Slipway goes with it.
    pub(crate) reach: Reach,
    /// Whether it removes something.
    pub(crate) destroys: bool,
    /// Its flags and names, with what they mean.
    pub(crate) grammar: fn() -> &'static Command,
    /// Makes the action from what the grammar has understood.
    pub(crate) read: fn(&mut ArgMatches) -> Result<Action, clap::Error>,
    /// The action with nothing filled in.
    pub(crate) blank: fn() -> Action,
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

/// Whether a flag is a switch: it stands for itself, or is told `=true` or `=false`.
pub(crate) fn is_switch(arg: &Arg) -> bool {
    !arg.get_action().takes_values() || is_three_way(arg)
}

/// Whether a flag is a switch that is neither on nor off while nobody has written it, because
/// docker has it on by itself.
pub(crate) fn is_three_way(arg: &Arg) -> bool {
    arg.get_num_args()
        .is_some_and(|count| count.min_values() == 0)
        && arg.is_require_equals_set()
}

/// Every flag has a long name.
pub(crate) fn long_name(arg: &Arg) -> &str {
    arg.get_long().unwrap_or(arg.get_id().as_str())
}

/// The field's doc comment.
pub(crate) fn explanation(arg: &Arg) -> String {
    sentence(arg.get_help().map(ToString::to_string).unwrap_or_default())
}

/// A doc comment as it was written: clap takes the full stop from its end.
pub(crate) fn sentence(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

fn grammar<A: Args>(name: &'static str) -> Command {
    let mut command = A::augment_args(Command::new(name))
        .bin_name(format!("docker {name}"))
        .no_binary_name(true)
        // `-h` is the host name in `docker run`; help is recognised before the grammar is asked.
        .disable_help_flag(true)
        .disable_version_flag(true)
        .args_override_self(true);
    command.build();
    command
}

/// A type whose values are one verb.
trait Spoken {
    const VERB: Verb;
}

/// Whether a row of the table has the word `destroys`.
const fn said(word: &[&str]) -> bool {
    !word.is_empty()
}

macro_rules! verbs {
    ($($verb:ident = $first:literal $(| $other:literal)*, $reach:ident $($destroys:ident)?;)+) => {
        $(impl Spoken for $verb {
            const VERB: Verb = Verb {
                spellings: &[$first $(, $other)*],
                reach: Reach::$reach,
                destroys: said(&[$(stringify!($destroys))?]),
                grammar: || {
                    static GRAMMAR: LazyLock<Command> = LazyLock::new(|| grammar::<$verb>($first));
                    &GRAMMAR
                },
                read: |matches| $verb::from_arg_matches_mut(matches).map(Action::$verb),
                blank: || Action::$verb($verb::default()),
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
    ListImages = "image ls" | "images" | "image list", Screen;
    Pull = "pull" | "image pull", Performed;
    Push = "push" | "image push", Performed;
    RemoveImage = "rmi" | "image rm" | "image remove", Performed destroys;
    Tag = "tag" | "image tag", Performed;
    History = "history" | "image history", Performed;
    InspectImage = "image inspect", Performed;
    Save = "save" | "image save", Performed;
    Load = "load" | "image load", Performed;
    Import = "import" | "image import", Performed;
    PruneImages = "image prune", Performed destroys;
    Build = "build" | "image build" | "buildx build" | "buildx b" | "builder build", Performed;
    ListContainers = "container ls" | "ps" | "container list" | "container ps", Screen;
    Run = "run" | "container run", Performed;
    Create = "create" | "container create", Performed;
    Start = "start" | "container start", Performed;
    Stop = "stop" | "container stop", Performed;
    Restart = "restart" | "container restart", Performed;
    Kill = "kill" | "container kill", Performed;
    Pause = "pause" | "container pause", Performed;
    Unpause = "unpause" | "container unpause", Performed;
    Attach = "attach" | "container attach", Known;
    Exec = "exec" | "container exec", Known;
    Logs = "logs" | "container logs", Screen;
    Copy = "cp" | "container cp", Known;
    Commit = "commit" | "container commit", Performed;
    Diff = "diff" | "container diff", Performed;
    Rename = "rename" | "container rename", Performed;
    RemoveContainer = "rm" | "container rm" | "container remove", Performed destroys;
    PruneContainers = "container prune", Performed destroys;
    InspectContainer = "container inspect", Performed;
    ListPorts = "port" | "container port", Performed;
    Top = "top" | "container top", Performed;
    Stats = "stats" | "container stats", Known;
    Wait = "wait" | "container wait", Performed;
    Update = "update" | "container update", Performed;
    Export = "export" | "container export", Performed;
    ListVolumes = "volume ls" | "volume list", Performed;
    CreateVolume = "volume create", Performed;
    RemoveVolume = "volume rm" | "volume remove", Performed destroys;
    InspectVolume = "volume inspect", Performed;
    PruneVolumes = "volume prune", Performed destroys;
    ListNetworks = "network ls" | "network list", Performed;
    CreateNetwork = "network create", Performed;
    RemoveNetwork = "network rm" | "network remove", Performed destroys;
    InspectNetwork = "network inspect", Performed;
    PruneNetworks = "network prune", Performed destroys;
    ConnectNetwork = "network connect", Performed;
    DisconnectNetwork = "network disconnect", Performed;
    SystemDf = "system df", Performed;
    SystemPrune = "system prune", Performed destroys;
    Info = "info" | "system info", Performed;
    Version = "version", Performed;
    Events = "events" | "system events", Known;
    Inspect = "inspect", Performed;
    Login = "login", Known;
    Logout = "logout", Known;
    Search = "search", Performed;
    ListContexts = "context ls" | "context list", Screen;
    UseContext = "context use", Screen;
}

impl Action {
    /// How far Slipway goes with it.
    pub fn reach(&self) -> Reach {
        self.verb().reach
    }

    /// Whether it removes containers, images, volumes or networks.
    pub fn destroys(&self) -> bool {
        self.verb().destroys
    }
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
