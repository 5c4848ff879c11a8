//! What Slipway knows of docker's verbs and flags is what the newest docker command says of itself.
//! Every difference is written down with its reason; one that is written down and gone fails, too.
#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use slipway_action::grammar::{Count, Grammar, Name, Takes, grammars};
use slipway_lab::{LabError, left_out, newest_cli};

const OURS: &str = "only Slipway has it";
const CLASSIC: &str = "the builder before BuildKit has it; engines without BuildKit still build so";
const BUILDKIT: &str = "only BuildKit has it";

/// The differences of flags: the verb, the flag, what is different, and why.
const FLAGS: &[(&str, &str, &str, &str)] = &[
    ("build", "compress", OURS, CLASSIC),
    ("build", "cpu-period", OURS, CLASSIC),
    ("build", "cpu-quota", OURS, CLASSIC),
    ("build", "cpu-shares", OURS, CLASSIC),
    ("build", "cpuset-cpus", OURS, CLASSIC),
    ("build", "cpuset-mems", OURS, CLASSIC),
    ("build", "disable-content-trust", OURS, CLASSIC),
    ("build", "force-rm", OURS, CLASSIC),
    ("build", "isolation", OURS, CLASSIC),
    ("build", "memory", OURS, CLASSIC),
    ("build", "memory-swap", OURS, CLASSIC),
    ("build", "rm", OURS, CLASSIC),
    ("build", "security-opt", OURS, CLASSIC),
    ("build", "squash", OURS, CLASSIC),
    ("build without BuildKit", "allow", OURS, BUILDKIT),
    ("build without BuildKit", "annotation", OURS, BUILDKIT),
    ("build without BuildKit", "attest", OURS, BUILDKIT),
    ("build without BuildKit", "build-context", OURS, BUILDKIT),
    ("build without BuildKit", "builder", OURS, BUILDKIT),
    ("build without BuildKit", "cache-to", OURS, BUILDKIT),
    ("build without BuildKit", "call", OURS, BUILDKIT),
    ("build without BuildKit", "check", OURS, BUILDKIT),
    ("build without BuildKit", "debug", OURS, BUILDKIT),
    ("build without BuildKit", "load", OURS, BUILDKIT),
    ("build without BuildKit", "metadata-file", OURS, BUILDKIT),
    ("build without BuildKit", "no-cache-filter", OURS, BUILDKIT),
    ("build without BuildKit", "output", OURS, BUILDKIT),
    ("build without BuildKit", "progress", OURS, BUILDKIT),
    ("build without BuildKit", "provenance", OURS, BUILDKIT),
    ("build without BuildKit", "push", OURS, BUILDKIT),
    ("build without BuildKit", "sbom", OURS, BUILDKIT),
    ("build without BuildKit", "secret", OURS, BUILDKIT),
    ("build without BuildKit", "ssh", OURS, BUILDKIT),
    (
        "build without BuildKit",
        "platform",
        "docker: Text, Slipway: List",
        "BuildKit builds for several at once",
    ),
    (
        "load",
        "platform",
        "docker: Text, Slipway: List",
        "docker takes several since version 29",
    ),
    (
        "save",
        "platform",
        "docker: Text, Slipway: List",
        "docker takes several since version 29",
    ),
    (
        "network create",
        "ipv6",
        "docker: Nothing, Slipway: TrueOrFalse",
        "--ipv6=false is not the same as none: the engine may be set to have it on",
    ),
];

/// The commands of docker that no action is.
const COMMANDS: &[(&str, &str)] = &[
    ("bake", BUILDERS),
    ("builder bake", BUILDERS),
    ("builder create", BUILDERS),
    ("builder dial-stdio", BUILDERS),
    ("builder du", BUILDERS),
    ("builder history", BUILDERS),
    ("builder imagetools", BUILDERS),
    ("builder inspect", BUILDERS),
    ("builder ls", BUILDERS),
    ("builder prune", BUILDERS),
    ("builder rm", BUILDERS),
    ("builder stop", BUILDERS),
    ("builder use", BUILDERS),
    ("builder version", BUILDERS),
    ("buildx bake", BUILDERS),
    ("buildx create", BUILDERS),
    ("buildx dial-stdio", BUILDERS),
    ("buildx du", BUILDERS),
    ("buildx history", BUILDERS),
    ("buildx imagetools", BUILDERS),
    ("buildx inspect", BUILDERS),
    ("buildx ls", BUILDERS),
    ("buildx prune", BUILDERS),
    ("buildx rm", BUILDERS),
    ("buildx stop", BUILDERS),
    ("buildx use", BUILDERS),
    ("buildx version", BUILDERS),
    (
        "checkpoint",
        "an experiment of engines on Linux that needs CRIU",
    ),
    ("config", SWARM),
    ("context create", CONTEXTS),
    ("context export", CONTEXTS),
    ("context import", CONTEXTS),
    ("context inspect", CONTEXTS),
    ("context rm", CONTEXTS),
    ("context show", CONTEXTS),
    ("context update", CONTEXTS),
    (
        "manifest",
        "an experiment, which docker buildx imagetools has replaced",
    ),
    ("node", SWARM),
    (
        "plugin",
        "parts of the engine are the administrator’s matter",
    ),
    ("secret", SWARM),
    ("service", SWARM),
    ("stack", SWARM),
    ("swarm", SWARM),
    (
        "trust",
        "signatures of the old notary, which few registries have",
    ),
    ("volume update", SWARM),
];
const BUILDERS: &str = "builders are managed in a terminal; a build uses the one that is chosen";
const CONTEXTS: &str = "Slipway chooses among the engines that there are; it does not set them up";
const SWARM: &str = "swarms are not what Slipway is for";

/// What docker says of one verb.
#[derive(Debug, Default)]
struct Help {
    flags: BTreeMap<String, Flag>,
    spellings: BTreeSet<String>,
}

/// What docker says of one flag.
#[derive(Debug, PartialEq, Eq)]
struct Flag {
    short: Option<char>,
    takes: Takes,
}

/// Where the builder before BuildKit is asked.
const WITHOUT_BUILDKIT: &str = "DOCKER_BUILDKIT=0";

/// What `docker … --help` prints; `None` where the lab cannot run it.
fn help(setting: Option<&str>, words: &str) -> Option<String> {
    let mut command = match newest_cli(setting) {
        Ok(command) => command,
        Err(error @ LabError::CannotRun { .. }) => {
            left_out("docker's own help", &error.to_string()).unwrap();
            return None;
        }
        Err(error) => panic!("{error}"),
    };
    let output = command
        .args(words.split_whitespace())
        .arg("--help")
        .output()
        .unwrap();
    assert!(output.status.success(), "docker {words} --help: {output:?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

fn read(text: &str) -> Help {
    let mut help = Help::default();
    let mut section = "";
    // The flag that is being read, with what is said of it so far: it may go on over several lines.
    let mut last: Option<(String, Flag, String)> = None;
    for line in text.lines() {
        if !line.starts_with(' ') {
            section = line.split(':').next().unwrap();
            if let Some(usage) = line.strip_prefix("Usage:  docker ") {
                let is_word = |word: &&str| word.starts_with(|c: char| c.is_ascii_lowercase());
                let words: Vec<_> = usage.split(' ').take_while(is_word).collect();
                help.spellings.insert(words.join(" "));
            }
            continue;
        }
        match section {
            "Aliases" => help.spellings.extend(
                line.split(',')
                    .filter_map(|spelling| spelling.trim().strip_prefix("docker "))
                    .map(str::to_owned),
            ),
            "Options" => match (flag(line), &mut last) {
                (Some(next), _) => help.extend(last.replace(next)),
                (None, Some((_, _, about))) => {
                    about.push(' ');
                    about.push_str(line.trim());
                }
                (None, None) => {}
            },
            _ => {}
        }
    }
    help.extend(last);
    help.flags.remove("help");
    help
}

impl Help {
    fn extend(&mut self, flag: Option<(String, Flag, String)>) {
        if let Some((name, mut flag, about)) = flag {
            if flag.takes == Takes::Nothing && about.contains("(default true)") {
                flag.takes = Takes::TrueOrFalse;
            }
            self.flags.insert(name, flag);
        }
    }
}

/// `  -f, --filter filter   Filter output …`
fn flag(line: &str) -> Option<(String, Flag, String)> {
    let rest = line.trim_start();
    let (short, rest) = match rest.strip_prefix('-')? {
        rest if rest.starts_with('-') => (None, rest),
        rest => (rest.chars().next(), rest.get(1..)?.strip_prefix(", -")?),
    };
    let rest = rest.strip_prefix('-')?;
    let (head, about) = rest.split_once("  ").unwrap_or((rest, ""));
    let (name, kind) = head.split_once(' ').unwrap_or((head, ""));
    let takes = match kind {
        "" => Takes::Nothing,
        "int" | "uint" | "uint16" | "int64" => Takes::Number,
        "list" | "strings" | "stringArray" | "filter" | "map" | "mount" | "network" | "ulimit"
        | "gpu-request" => Takes::List,
        "string" | "bytes" | "decimal" | "duration" => Takes::Text,
        kind => panic!("what is a {kind}? {line}"),
    };
    let about = about.trim().to_owned();
    Some((name.to_owned(), Flag { short, takes }, about))
}

/// What is different, as `verb flag: difference`.
fn differences(verb: &str, grammar: &Grammar, help: &Help) -> BTreeSet<(String, String, String)> {
    let mut found = BTreeSet::new();
    let mut say = |flag: &str, what: String| {
        found.insert((verb.to_owned(), flag.to_owned(), what));
    };
    let own: BTreeMap<&str, _> = grammar.flags.iter().map(|flag| (flag.long, flag)).collect();
    for (name, theirs) in &help.flags {
        let Some(flag) = own.get(name.as_str()) else {
            say(name, "only docker has it".to_owned());
            continue;
        };
        if flag.short != theirs.short {
            say(
                name,
                format!("docker: {:?}, Slipway: {:?}", theirs.short, flag.short),
            );
        }
        if flag.takes != theirs.takes {
            say(
                name,
                format!("docker: {:?}, Slipway: {:?}", theirs.takes, flag.takes),
            );
        }
    }
    for name in own.keys().filter(|name| !help.flags.contains_key(**name)) {
        say(name, "only Slipway has it".to_owned());
    }
    found
}

#[test]
fn every_flag_is_dockers() {
    let mut found = BTreeSet::new();
    for grammar in grammars() {
        let Some(text) = help(None, grammar.spellings[0]) else {
            return;
        };
        found.extend(differences(grammar.spellings[0], grammar, &read(&text)));
        if grammar.tag == "build" {
            let text = help(Some(WITHOUT_BUILDKIT), "build").unwrap();
            found.extend(differences("build without BuildKit", grammar, &read(&text)));
        }
    }
    let known = FLAGS.iter().map(|(verb, flag, what, why)| {
        assert!(!why.is_empty(), "{verb} --{flag} has no reason");
        ((*verb).to_owned(), (*flag).to_owned(), (*what).to_owned())
    });
    same(&found, &known.collect());
}

/// How many names a verb needs, and how many it takes at most; `None` is without end.
fn count(grammar: &Grammar) -> (usize, Option<usize>) {
    let required = grammar.names.iter().filter(|name| name.required).count();
    let one = |name: &Name| name.count == Count::One;
    let all = grammar.names.iter().all(one);
    (required, all.then_some(grammar.names.len()))
}

/// The same from the line `Usage:  docker VERB [OPTIONS] NAME [NAME...]`.
fn count_in_usage(text: &str, spelling: &str) -> (usize, Option<usize>) {
    let usage = text
        .lines()
        .find_map(|line| line.strip_prefix("Usage:  docker "));
    let names = usage
        .and_then(|usage| usage.split_once(spelling))
        .unwrap()
        .1;
    let names = names.replace("[OPTIONS]", "").replace(" | ", "|");
    // `top` is given the words of another program, which a `...` would say.
    let names = names.replace("[ps OPTIONS]", "[OPTION...]");
    let required = names
        .split_whitespace()
        .filter(|name| !name.starts_with('['));
    let endless = names.contains("...");
    let most = (!endless).then(|| names.split_whitespace().count());
    (required.count(), most)
}

#[test]
fn every_verb_takes_as_many_names_as_dockers() {
    for grammar in grammars() {
        // docker shows `buildx build` for `build`.
        let shown = if grammar.tag == "build" {
            "buildx build"
        } else {
            grammar.spellings[0]
        };
        let Some(text) = help(None, grammar.spellings[0]) else {
            return;
        };
        assert_eq!(
            count(grammar),
            count_in_usage(&text, shown),
            "docker {}",
            grammar.spellings[0]
        );
    }
}

#[test]
fn every_spelling_is_dockers() {
    let mut found = BTreeSet::new();
    for grammar in grammars() {
        let Some(text) = help(None, grammar.spellings[0]) else {
            return;
        };
        let own: BTreeSet<String> = grammar
            .spellings
            .iter()
            .map(|it| (*it).to_owned())
            .collect();
        let theirs = read(&text).spellings;
        for spelling in theirs.difference(&own) {
            found.insert((spelling.clone(), "only docker has it".to_owned()));
        }
        for spelling in own.difference(&theirs) {
            found.insert((spelling.clone(), "only Slipway has it".to_owned()));
        }
    }
    same(&found, &BTreeSet::new());
}

#[test]
fn every_command_is_an_action_or_is_left_out_with_a_reason() {
    static SPELLINGS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
        grammars()
            .iter()
            .flat_map(|it| it.spellings)
            .copied()
            .collect()
    });
    let mut found = BTreeSet::new();
    let Some(text) = help(None, "") else {
        return;
    };
    for command in commands(&text) {
        let group = format!("{command} ");
        if !SPELLINGS
            .iter()
            .any(|spelling| spelling.starts_with(&group))
        {
            if !SPELLINGS.contains(command.as_str()) {
                found.insert(command);
            }
            continue;
        }
        let text = help(None, &command).unwrap();
        for verb in commands(&text) {
            let spelling = format!("{command} {verb}");
            if !SPELLINGS.contains(spelling.as_str()) {
                found.insert(spelling);
            }
        }
    }
    let known = COMMANDS.iter().map(|(command, why)| {
        assert!(!why.is_empty(), "{command} has no reason");
        (*command).to_owned()
    });
    same(&found, &known.collect());
}

/// The commands that a help lists, plugins (with a `*`) too.
fn commands(text: &str) -> Vec<String> {
    let mut listed = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if !line.starts_with(' ') {
            inside = line.ends_with("Commands:");
            continue;
        }
        // A command's own line is indented by two; its explanation's further lines by more.
        let command = line
            .strip_prefix("  ")
            .filter(|rest| !rest.starts_with(' '));
        if let Some(command) = command.filter(|_| inside) {
            let name = command.split(' ').next().unwrap();
            listed.push(name.trim_end_matches('*').to_owned());
        }
    }
    listed
}

#[track_caller]
fn same<T: Ord + std::fmt::Debug>(found: &BTreeSet<T>, known: &BTreeSet<T>) {
    let unwritten: Vec<_> = found.difference(known).collect();
    let stale: Vec<_> = known.difference(found).collect();
    assert!(
        unwritten.is_empty() && stale.is_empty(),
        "not written down: {unwritten:#?}\nwritten down and gone: {stale:#?}"
    );
}
