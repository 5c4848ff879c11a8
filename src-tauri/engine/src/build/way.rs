//! Which way a build is done, and why: one sentence that is told before anything is sent.

use slipway_action::{Action, Build, Shell, redact};

use crate::build::dockerfile::Dockerfile;
use crate::build::{Way, buildkit};
use crate::capability::Builder;
use crate::problem::{Code, Problem};

/// What the choice depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub verb: &'a Build,
    /// The Dockerfile, where it is on this computer.
    pub dockerfile: Option<&'a Dockerfile>,
    /// The engine has BuildKit.
    pub buildkit: bool,
    /// Who builds where BuildKit does not.
    pub builder: Builder,
    /// Secrets can be lent to who builds where BuildKit does not.
    pub secrets: bool,
    /// The engine asks for BuildKit of itself (`Builder-Version: 2`, Docker 23 and newer).
    pub by_default: bool,
    /// What `DOCKER_BUILDKIT` says.
    pub wished: Option<bool>,
    /// The docker command of this computer can build for this engine.
    pub command: bool,
}

/// A way, and a sentence why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub way: Way,
    pub why: String,
}

/// Chooses the way.
///
/// # Errors
/// What is asked for can't be done with what is there.
pub(crate) fn choose(asked: Asked<'_>) -> Result<Chosen, Box<Problem>> {
    let chosen = |way, why: String| Ok(Chosen { way, why });
    let beyond = beyond(asked.verb);
    let reason = wants_buildkit(&asked);
    if !asked.buildkit {
        if let Some(reason) = beyond.or(reason) {
            return Err(Box::new(no_buildkit(asked, &reason)));
        }
        let why = match asked.builder {
            Builder::Buildah => "Podman builds with a builder of its own, step by step.",
            Builder::Docker => "This engine has no BuildKit, so it uses its classic builder.",
        };
        return chosen(Way::Classic, why.to_owned());
    }
    if let Some(flag) = beyond {
        if !asked.command {
            return Err(Box::new(no_command(asked, &flag)));
        }
        let why =
            format!("{flag} is something that only the docker command of this computer can do.");
        return chosen(Way::Cli, started(&why));
    }
    match (asked.wished, reason, asked.by_default) {
        (Some(true), _, _) => chosen(
            Way::Buildkit,
            "DOCKER_BUILDKIT=1 is set, so the engine builds with BuildKit.".to_owned(),
        ),
        (_, Some(reason), _) => chosen(
            Way::Buildkit,
            started(&format!("{reason} needs BuildKit, and this engine has it.")),
        ),
        (Some(false), None, _) => chosen(
            Way::Classic,
            "DOCKER_BUILDKIT=0 is set, so the engine uses its classic builder.".to_owned(),
        ),
        (None, None, true) => chosen(
            Way::Buildkit,
            "BuildKit is this engine’s own builder.".to_owned(),
        ),
        (None, None, false) => chosen(
            Way::Classic,
            "This engine uses its classic builder unless BuildKit is asked for.".to_owned(),
        ),
    }
}

/// What only the docker command can do, named as people know it: by its flag.
pub(crate) fn beyond(verb: &Build) -> Option<String> {
    if let Some(flag) = only_command(verb) {
        return Some(flag.to_owned());
    }
    // The file with facts is written here, whichever way it is built.
    let mut bare = verb.clone();
    bare.output.metadata_file = None;
    let reason = buildkit::beyond(&bare)?;
    Some(format!("that {reason}"))
}

/// The first flag that the API has no way for.
fn only_command(verb: &Build) -> Option<&'static str> {
    let output = &verb.output;
    let steps = &verb.steps;
    let told = |text: &Option<String>| {
        text.as_deref()
            .is_some_and(|text| !matches!(text, "" | "false"))
    };
    let local = |places: &[String]| places.iter().any(|it| it.contains("type=local"));
    let elsewhere = |place: &String| !matches!(place.as_str(), "type=docker" | "type=image");
    let platforms = verb.platform.iter().flat_map(|it| it.split(','));
    let flags = [
        (
            steps
                .builder
                .as_deref()
                .is_some_and(|it| !matches!(it, "" | "default")),
            "--builder",
        ),
        (local(&steps.cache_to), "--cache-to"),
        (local(&steps.cache_from), "--cache-from"),
        (output.output.iter().any(elsewhere), "--output"),
        (output.push, "--push"),
        (told(&output.sbom), "--sbom"),
        (told(&output.provenance), "--provenance"),
        (!output.attest.is_empty(), "--attest"),
        (!output.annotation.is_empty(), "--annotation"),
        (!steps.allow.is_empty(), "--allow"),
        (
            output
                .call
                .as_deref()
                .is_some_and(|it| !matches!(it, "" | "build")),
            "--call",
        ),
        (output.check, "--check"),
        (
            platforms.filter(|it| !it.is_empty()).count() > 1,
            "--platform with several platforms",
        ),
    ];
    flags.iter().find(|(set, _)| *set).map(|(_, flag)| *flag)
}

/// What a classic builder can't do: a flag, or an instruction's.
fn wants_buildkit(asked: &Asked<'_>) -> Option<String> {
    let Asked {
        verb,
        dockerfile,
        builder,
        ..
    } = *asked;
    // They go with the folder, and there is none where the engine fetches an address.
    let lends = asked.secrets && dockerfile.is_some();
    let flags = [
        (!verb.secret.is_empty() && !lends, "--secret"),
        (!verb.ssh.is_empty(), "--ssh"),
        (!verb.steps.build_context.is_empty(), "--build-context"),
        (!verb.steps.no_cache_filter.is_empty(), "--no-cache-filter"),
        (!verb.steps.cache_to.is_empty(), "--cache-to"),
        (!verb.output.output.is_empty(), "--output"),
        (
            verb.steps.cache_from.iter().any(|it| it.contains("type=")),
            "--cache-from with a type",
        ),
    ];
    if let Some((_, flag)) = flags.iter().find(|(set, _)| *set) {
        return Some((*flag).to_owned());
    }
    // Podman's builder knows what instructions may say today.
    if builder == Builder::Buildah {
        return None;
    }
    let dockerfile = dockerfile?;
    if dockerfile.syntax.is_some() {
        return Some("“# syntax=” in the Dockerfile".to_owned());
    }
    dockerfile.instructions.iter().find_map(|it| {
        if it.heredocs.is_some() {
            return Some(format!("the text block that begins in line {}", it.first));
        }
        let newer = |flag: &&str| {
            it.flags.iter().any(|known| {
                let bare = known.strip_prefix("--").unwrap_or(known);
                bare.split('=').next() == Some(*flag)
            })
        };
        let known: &[&str] = match it.keyword.as_str() {
            "RUN" => &["mount", "network", "security", "device"],
            "COPY" | "ADD" => &[
                "link",
                "chmod",
                "parents",
                "exclude",
                "checksum",
                "keep-git-dir",
                "unpack",
            ],
            _ => &[],
        };
        let flag = known.iter().copied().find(|flag| newer(flag))?;
        Some(format!("{} --{flag} in line {}", it.keyword, it.first))
    })
}

fn no_command(asked: Asked<'_>, flag: &str) -> Problem {
    refused(
        asked,
        &format!("{flag} can’t be done from here"),
        "The engine can’t do this by itself, and the docker command with its part “buildx” is not on this computer, or can’t reach this engine.",
        "Leave the flag out, or install the docker command with buildx and try again.",
    )
}

fn no_buildkit(asked: Asked<'_>, reason: &str) -> Problem {
    let what = format!("{reason} can’t be done by this engine");
    refused(
        asked,
        &what,
        "This needs BuildKit, a newer builder of Docker’s, which this engine does not have.",
        "Leave it out, or choose an engine with BuildKit, such as a current Docker.",
    )
}

fn refused(asked: Asked<'_>, what: &str, why: &str, todo: &str) -> Problem {
    let what = started(what);
    let command = redact(&Action::Build(asked.verb.clone())).render(Shell::default());
    Problem::new(Code::Invalid, what, why, todo).with_command(command.line)
}

/// A sentence with its first letter large.
fn started(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use super::*;

    fn way(line: &str, dockerfile: &str, change: impl Fn(&mut Asked<'_>)) -> Result<Way, String> {
        let Action::Build(verb) = Action::parse(&format!("docker build {line} .")).unwrap() else {
            panic!("{line}");
        };
        let dockerfile = Dockerfile::read(dockerfile.as_bytes());
        let mut asked = Asked {
            verb: &verb,
            dockerfile: Some(&dockerfile),
            buildkit: true,
            builder: Builder::Docker,
            secrets: false,
            by_default: true,
            wished: None,
            command: true,
        };
        change(&mut asked);
        let chosen = choose(asked).map_err(|problem| problem.what)?;
        assert!(chosen.why.ends_with('.'), "{}", chosen.why);
        Ok(chosen.way)
    }

    /// Flags, a Dockerfile, an engine, and the way.
    type Row = (&'static str, &'static str, fn(&mut Asked<'_>), Way);

    fn newest(_: &mut Asked<'_>) {}

    fn old(asked: &mut Asked<'_>) {
        asked.by_default = false;
    }

    fn podman(asked: &mut Asked<'_>) {
        asked.by_default = false;
        asked.buildkit = false;
        asked.builder = Builder::Buildah;
    }

    fn podman_5(asked: &mut Asked<'_>) {
        podman(asked);
        asked.secrets = true;
    }

    #[test]
    fn each_engine_has_its_way() {
        let plain: &'static str = "FROM a\nRUN b\n";
        let rows: [Row; 17] = [
            ("", plain, newest, Way::Buildkit),
            ("", plain, old, Way::Classic),
            ("", plain, podman, Way::Classic),
            ("--secret id=a,src=b", plain, old, Way::Buildkit),
            ("--secret id=a,src=b", plain, podman_5, Way::Classic),
            ("--ssh default", plain, old, Way::Buildkit),
            (
                "",
                "# syntax=docker/dockerfile:1\nFROM a",
                old,
                Way::Buildkit,
            ),
            ("", "FROM a\nRUN <<E\nx\nE\n", old, Way::Buildkit),
            ("", "FROM a\nRUN <<E\nx\nE\n", podman, Way::Classic),
            (
                "",
                "FROM a\nRUN --mount=type=cache,target=/x y",
                old,
                Way::Buildkit,
            ),
            ("", "FROM a\nCOPY --link a b", old, Way::Buildkit),
            ("", "FROM a\nCOPY --chown=a a b", old, Way::Classic),
            ("--push", plain, newest, Way::Cli),
            (
                "--platform linux/amd64,linux/arm64",
                plain,
                newest,
                Way::Cli,
            ),
            ("--platform linux/arm64", plain, old, Way::Classic),
            ("--check", plain, old, Way::Cli),
            (
                "--provenance=false --sbom false",
                plain,
                newest,
                Way::Buildkit,
            ),
        ];
        for (line, dockerfile, engine, expected) in rows {
            assert_eq!(
                way(line, dockerfile, engine),
                Ok(expected),
                "{line} {dockerfile}"
            );
        }
    }

    #[test]
    fn the_environment_decides_where_nothing_else_does() {
        let plain = "FROM a";
        let wish = |wished| move |asked: &mut Asked<'_>| asked.wished = Some(wished);
        assert_eq!(way("", plain, wish(false)), Ok(Way::Classic));
        assert_eq!(way("--ssh default", plain, wish(false)), Ok(Way::Buildkit));
        let both = |asked: &mut Asked<'_>| {
            old(asked);
            asked.wished = Some(true);
        };
        assert_eq!(way("", plain, both), Ok(Way::Buildkit));
    }

    #[test]
    fn what_nobody_can_do_is_refused_by_its_name() {
        let without = |asked: &mut Asked<'_>| asked.command = false;
        let rows = [
            (
                way("--push", "FROM a", without),
                "--push can’t be done from here",
            ),
            (
                way("--secret id=a,src=b", "FROM a", podman),
                "--secret can’t be done by this engine",
            ),
        ];
        let fetched = |asked: &mut Asked<'_>| {
            podman_5(asked);
            asked.dockerfile = None;
        };
        let found = way("--secret id=a,src=b", "FROM a", fetched);
        assert!(found.is_err(), "there is no folder to send it with");
        for (found, what) in rows {
            assert_eq!(found, Err(what.to_owned()));
        }
    }
}
