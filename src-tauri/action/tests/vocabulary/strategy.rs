//! Actions with anything in their fields: what people type, and what an attacker would.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use slipway_action::*;

/// Pieces of text that shells, terminals and readers stumble over.
const PIECES: &[&str] = &[
    "a",
    "hello",
    "5000:5050",
    "A=b",
    "-",
    "--",
    "-it",
    "--name",
    "=",
    "'",
    "''",
    "\"",
    "\"\"",
    "`",
    "\\",
    "\\\\",
    "\\n",
    "$",
    "$x",
    "$(id)",
    "${x}",
    "!",
    "!!",
    "#",
    "~",
    "*",
    "?",
    "[a]",
    "{a,b}",
    "<",
    ">",
    "<X>",
    "|",
    "||",
    "&",
    "&&",
    ";",
    "(",
    ")",
    "^",
    "%",
    "%PATH%",
    "@",
    ",",
    ":",
    "/",
    ".",
    "..",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\u{1b}[31m",
    "\u{7}",
    "\u{8}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{200b}",
    "\u{200f}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "’",
    "‘",
    "“",
    "”",
    "„",
    "–",
    "é",
    "日本",
    "🐳",
    "👩‍👩‍👧",
    "3e52",
    "2gb",
    "0x1f",
    "007",
    "1.5",
    "C:\\x",
    ".\\x",
    "\\server",
    "it's",
];

/// Any text but an empty one; never NUL, which no command line can carry.
pub fn text() -> impl Strategy<Value = String> {
    let pieces = vec(prop::sample::select(PIECES), 1..5).prop_map(|pieces| pieces.concat());
    prop_oneof![
        4 => pieces,
        2 => "[a-zA-Z0-9_.:/=-]{1,12}",
        1 => "\\PC{1,8}",
        1 => any::<String>().prop_map(|text| format!("x{}", text.replace('\0', ""))),
    ]
}

fn maybe() -> impl Strategy<Value = Option<String>> {
    of(prop_oneof![6 => text(), 1 => Just(String::new())])
}

/// A list that may have blank entries.
fn list() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![3 => Just(Vec::new()), 2 => vec(prop_oneof![6 => text(), 1 => Just(String::new())], 1..4)]
}

/// A list with at least one name in it.
fn names() -> impl Strategy<Value = Vec<String>> {
    (text(), list()).prop_map(|(first, mut rest)| {
        rest.push(first);
        rest
    })
}

fn options() -> impl Strategy<Value = ContainerOptions> {
    (
        any::<[bool; 7]>(),
        (list(), list(), list(), list(), list(), list(), list()),
        (maybe(), maybe(), maybe(), maybe(), maybe(), maybe()),
        (maybe(), maybe(), maybe(), maybe(), maybe(), maybe()),
        of(any::<i32>()),
    )
        .prop_map(
            |(flags, lists, first, second, stop_timeout)| ContainerOptions {
                interactive: flags[0],
                tty: flags[1],
                rm: flags[2],
                publish_all: flags[3],
                init: flags[4],
                read_only: flags[5],
                privileged: flags[6],
                publish: lists.0,
                env: lists.1,
                env_file: lists.2,
                volume: lists.3,
                label: lists.4,
                add_host: lists.5,
                expose: lists.6,
                name: first.0,
                workdir: first.1,
                user: first.2,
                entrypoint: first.3,
                network: first.4,
                hostname: first.5,
                restart: second.0,
                memory: second.1,
                cpus: second.2,
                platform: second.3,
                pull: second.4,
                stop_signal: second.5,
                stop_timeout,
            },
        )
}

/// One strategy for each verb.
pub fn verbs() -> Vec<(&'static str, BoxedStrategy<Action>)> {
    let command = || vec(prop_oneof![5 => text(), 1 => Just(String::new())], 0..4);
    vec![
        (
            "pull",
            (any::<bool>(), maybe(), any::<bool>(), text())
                .prop_map(|(all_tags, platform, quiet, image)| {
                    Action::Pull(Pull {
                        all_tags,
                        platform,
                        quiet,
                        image,
                    })
                })
                .boxed(),
        ),
        (
            "run",
            (any::<bool>(), options(), text(), command())
                .prop_map(|(detach, options, image, command)| {
                    Action::Run(Run {
                        detach,
                        options,
                        image,
                        command,
                    })
                })
                .boxed(),
        ),
        (
            "create",
            (options(), text(), command())
                .prop_map(|(options, image, command)| {
                    Action::Create(Create {
                        options,
                        image,
                        command,
                    })
                })
                .boxed(),
        ),
        (
            "start",
            (any::<bool>(), any::<bool>(), names())
                .prop_map(|(attach, interactive, containers)| {
                    Action::Start(Start {
                        attach,
                        interactive,
                        containers,
                    })
                })
                .boxed(),
        ),
        (
            "stop",
            (maybe(), of(any::<i32>()), names())
                .prop_map(|(signal, timeout, containers)| {
                    Action::Stop(Stop {
                        signal,
                        timeout,
                        containers,
                    })
                })
                .boxed(),
        ),
        (
            "restart",
            (maybe(), of(any::<i32>()), names())
                .prop_map(|(signal, timeout, containers)| {
                    Action::Restart(Restart {
                        signal,
                        timeout,
                        containers,
                    })
                })
                .boxed(),
        ),
        (
            "kill",
            (maybe(), names())
                .prop_map(|(signal, containers)| Action::Kill(Kill { signal, containers }))
                .boxed(),
        ),
        (
            "pause",
            names()
                .prop_map(|containers| Action::Pause(Pause { containers }))
                .boxed(),
        ),
        (
            "unpause",
            names()
                .prop_map(|containers| Action::Unpause(Unpause { containers }))
                .boxed(),
        ),
        (
            "rename",
            (text(), text())
                .prop_map(|(container, new_name)| {
                    Action::Rename(Rename {
                        container,
                        new_name,
                    })
                })
                .boxed(),
        ),
        (
            "rm",
            (any::<[bool; 3]>(), names())
                .prop_map(|([force, link, volumes], containers)| {
                    Action::RemoveContainer(RemoveContainer {
                        force,
                        link,
                        volumes,
                        containers,
                    })
                })
                .boxed(),
        ),
        (
            "container prune",
            (list(), any::<bool>())
                .prop_map(|(filter, force)| {
                    Action::PruneContainers(PruneContainers { filter, force })
                })
                .boxed(),
        ),
        (
            "container inspect",
            (any::<bool>(), names())
                .prop_map(|(size, containers)| {
                    Action::InspectContainer(InspectContainer { size, containers })
                })
                .boxed(),
        ),
        (
            "rmi",
            (any::<bool>(), any::<bool>(), names())
                .prop_map(|(force, no_prune, images)| {
                    Action::RemoveImage(RemoveImage {
                        force,
                        no_prune,
                        images,
                    })
                })
                .boxed(),
        ),
        (
            "image prune",
            (any::<bool>(), list(), any::<bool>())
                .prop_map(|(all, filter, force)| {
                    Action::PruneImages(PruneImages { all, filter, force })
                })
                .boxed(),
        ),
        (
            "image inspect",
            names()
                .prop_map(|images| Action::InspectImage(InspectImage { images }))
                .boxed(),
        ),
    ]
}
