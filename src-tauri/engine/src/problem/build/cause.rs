//! Why a step of a build failed, read from what its program printed and from the engine's words. Each row
//! of the tests is what a real builder was heard to say.

/// A step that failed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// The instruction's keyword, such as `RUN`; empty where no step is known.
    pub keyword: &'a str,
    /// What the instruction is about: the script of a `RUN`.
    pub script: &'a str,
    /// The end of what it printed, without colours.
    pub log: &'a str,
    /// The engine's words.
    pub message: &'a str,
    /// With which code its program ended, where the engine said so beside its words.
    pub code: Option<i64>,
}

/// The likely cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cause {
    /// No space is left.
    DiskFull,
    /// The program needed more memory than there was.
    OutOfMemory,
    /// A program is for another kind of processor.
    OtherProcessor,
    /// The image has no shell to read the command.
    NoShell,
    /// There is no such program in the image.
    NoSuchProgram(String),
    /// The program is a script whose lines end as Windows ends them.
    WindowsLines,
    /// The file may not be run.
    NotExecutable(String),
    /// The step's user may not do this.
    NoRights,
    /// What a COPY or ADD names is not there.
    NoSource,
    /// The image that it builds on can't be had.
    Base(Option<String>),
    /// The step has no network, or the name of a computer was not found.
    NoNetwork,
    /// apt knows no package before its list was fetched in the same step.
    NoUpdate(String),
    /// The package is in none of the lists.
    NoPackage {
        /// The program that was asked for it.
        by: &'static str,
        /// Its name.
        name: String,
    },
    /// pip leaves a Python alone that the system's own packages look after.
    ManagedPython,
    /// The installer asked whether to go on, and nobody answered.
    NeedsYes,
    /// The instruction does not exist.
    UnknownInstruction(String),
    /// The flag of an instruction does not exist for this builder.
    UnknownFlag(String),
    /// The instruction needs BuildKit.
    NeedsBuildkit,
    /// The Dockerfile has no FROM.
    NoFrom,
    /// There is no stage of the name that was asked for.
    NoTarget,
    /// The instruction has too few words, or others than it takes.
    BadArguments,
}

/// Finds the likely cause.
pub(crate) fn cause(scene: Scene<'_>) -> Option<Cause> {
    about_dockerfile(scene)
        .or_else(|| about_engine(scene))
        .or_else(|| match scene.keyword {
            "COPY" | "ADD" => no_source(scene).then_some(Cause::NoSource),
            "FROM" => Some(Cause::Base(None)),
            _ => base(scene),
        })
        .or_else(|| about_program(scene))
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// What the builder says of the Dockerfile itself.
fn about_dockerfile(scene: Scene<'_>) -> Option<Cause> {
    let message = scene.message;
    let lower = message.to_ascii_lowercase();
    if let Some(at) = lower.find("unknown instruction: ") {
        let word = message.get(at + "unknown instruction: ".len()..)?;
        return Some(Cause::UnknownInstruction(first_word(word)));
    }
    if let Some(at) = lower.find("unknown flag: ") {
        let word = message.get(at + "unknown flag: ".len()..)?;
        return Some(Cause::UnknownFlag(first_word(word)));
    }
    if lower.contains("requires buildkit") {
        return Some(Cause::NeedsBuildkit);
    }
    let no_from = [
        "no build stage in current context",
        "requires a from instruction",
        "file with no instructions",
        "cannot be empty",
        "no contents in",
    ];
    if has(&lower, &no_from) {
        return Some(Cause::NoFrom);
    }
    let no_target = [
        "failed to reach build target",
        "target stage",
        "no stage found with name",
        "no such stage",
    ];
    // "Dockerfile" alone is what Docker says, "provided Dockerfile" what Podman does.
    let missing = [
        "not found in dockerfile",
        "not found in the provided dockerfile",
    ];
    let target = lower.contains("target") && has(&lower, &missing);
    if target || has(&lower, &no_target) && !lower.contains("copy --from") {
        return Some(Cause::NoTarget);
    }
    let arguments = [
        "dockerfile parse error",
        "failed to parse dockerfile",
        "must have two arguments",
        "requires at least",
        "requires exactly one argument",
        "invalid containerport",
        "invalid proto",
        "syntax error - can't find",
    ];
    has(&lower, &arguments).then_some(Cause::BadArguments)
}

/// What can go wrong with any step.
fn about_engine(scene: Scene<'_>) -> Option<Cause> {
    let both = [scene.message, scene.log].map(str::to_ascii_lowercase);
    let said = |words: &[&str]| both.iter().any(|text| has(text, words));
    if said(&["no space left on device", "enospc", "disk quota exceeded"]) {
        return Some(Cause::DiskFull);
    }
    if code(scene) == Some(137) || said(&["oomkilled", "signal: killed"]) {
        return Some(Cause::OutOfMemory);
    }
    if said(&["exec format error"]) {
        return Some(Cause::OtherProcessor);
    }
    None
}

/// The code with which the step's program ended.
pub(super) fn code(scene: Scene<'_>) -> Option<i64> {
    scene.code.or_else(|| {
        let marks = ["exit code: ", "exit status ", "non-zero code: "];
        marks.iter().find_map(|mark| {
            let (_, after) = scene.message.rsplit_once(mark)?;
            let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
    })
}

fn no_source(scene: Scene<'_>) -> bool {
    let words = [
        "not found in build context",
        "forbidden path outside the build context",
        "checking on sources under",
        "failed to calculate checksum",
        "failed to compute cache key",
        "no source files were specified",
        "no items matching glob",
        "no such file or directory",
        "not found",
    ];
    has(&scene.message.to_ascii_lowercase(), &words)
}

/// The image that can't be had, as BuildKit says it in a step of its own.
fn base(scene: Scene<'_>) -> Option<Cause> {
    let marks = [
        "failed to resolve source metadata for ",
        "failed to load metadata for ",
    ];
    marks.iter().find_map(|mark| {
        let (_, after) = scene.message.split_once(mark)?;
        let name = after.split_whitespace().next()?.trim_end_matches(':');
        Some(Cause::Base(Some(name.to_owned())))
    })
}

/// What the program of the step printed, or why it could not begin.
fn about_program(scene: Scene<'_>) -> Option<Cause> {
    let begun = [scene.message, scene.log];
    if let Some(found) = begun.iter().find_map(|text| could_not_begin(text)) {
        return Some(found);
    }
    let lower = scene.log.to_ascii_lowercase();
    let windows = ["\\r'", "\\r’", "^m: bad interpreter", "$'\\r'", "\r': "];
    // `set -e` whose option is the mark at the line's end, as dash says it.
    let no_option = lower.lines().any(|line| line.ends_with("illegal option -"));
    if has(&lower, &windows) || lower.contains("bad interpreter") || no_option {
        return Some(Cause::WindowsLines);
    }
    let network = [
        "temporary failure resolving",
        "temporary failure in name resolution",
        "could not resolve host",
        "could not resolve '",
        "name or service not known",
        "network is unreachable",
        "getaddrinfo eai_again",
        "getaddrinfo enotfound",
        "bad address '",
        "temporary error (try again later)",
        "failed to establish a new connection",
        "unable to resolve host",
    ];
    if has(&lower, &network) {
        return Some(Cause::NoNetwork);
    }
    if let Some(found) = package(scene, &lower) {
        return Some(found);
    }
    let asked = [
        "do you want to continue? [y/n]",
        "is this ok [y/d/n]",
        "proceed ([y]/n)?",
    ];
    if has(&lower, &asked) {
        return Some(Cause::NeedsYes);
    }
    if matches!(code(scene), Some(126)) {
        return Some(Cause::NotExecutable(
            before(scene.log, ": Permission denied").unwrap_or_default(),
        ));
    }
    if let Some(found) = missing_program(scene) {
        return Some(found);
    }
    let rights = [
        "permission denied",
        "are you root?",
        "operation not permitted",
        "eacces",
    ];
    has(&lower, &rights).then_some(Cause::NoRights)
}

/// `exec: "nosuch": executable file not found in $PATH`, `exec: "/bin/sh": stat /bin/sh: no such file …`; Podman
/// has it with backslashes.
fn could_not_begin(text: &str) -> Option<Cause> {
    let text = text.replace("\\\"", "\"");
    let (_, after) = text.rsplit_once("exec: \"")?;
    let (program, after) = after.split_once('"')?;
    let name = program.rsplit('/').next().unwrap_or(program);
    let is_shell = matches!(name, "sh" | "bash" | "cmd" | "powershell" | "ash");
    let gone = has(
        after,
        &["no such file or directory", "executable file not found"],
    );
    match (gone, is_shell) {
        (true, true) => Some(Cause::NoShell),
        (true, false) => Some(Cause::NoSuchProgram(program.to_owned())),
        (false, _) => after
            .contains("permission denied")
            .then(|| Cause::NotExecutable(program.to_owned())),
    }
}

/// A package that apt, apk, pip, npm or conda does not know.
fn package(scene: Scene<'_>, lower: &str) -> Option<Cause> {
    let apt = after(scene.log, "Unable to locate package ")
        .or_else(|| quoted(scene.log, "Package '", "' has no installation candidate"))
        .or_else(|| quoted(scene.log, "Package “", "” has no installation candidate"));
    if let Some(name) = apt {
        let updates = [
            "apt-get update",
            "apt update",
            "apt-get -y update",
            "apt-get -q update",
        ];
        let updates = has(scene.script, &updates)
            || scene.script.contains("update") && scene.script.contains("apt");
        return Some(if updates {
            Cause::NoPackage { by: "apt", name }
        } else {
            Cause::NoUpdate(name)
        });
    }
    let pip = after(scene.log, "No matching distribution found for ");
    if let Some(name) = pip {
        return Some(Cause::NoPackage { by: "pip", name });
    }
    if scene.log.contains("error: externally-managed-environment") {
        return Some(Cause::ManagedPython);
    }
    if let Some((by, name)) = script_package(scene.log) {
        return Some(Cause::NoPackage { by, name });
    }
    let apk = lower.contains("unable to select packages").then(|| {
        let line = scene
            .log
            .lines()
            .find(|it| it.contains("(no such package)"));
        line.map(|it| first_word(it.trim_start()))
    });
    if let Some(name) = apk.flatten() {
        return Some(Cause::NoPackage { by: "apk", name });
    }
    let conda = scene.log.contains("PackagesNotFoundError").then(|| {
        let line = scene
            .log
            .lines()
            .find(|it| it.trim_start().starts_with("- "));
        line.map(|it| first_word(it.trim_start().trim_start_matches("- ")))
    });
    let name = conda.flatten()?;
    Some(Cause::NoPackage { by: "conda", name })
}

/// A package that npm or yarn does not know; npm says it in one way up to version 8, in another since.
fn script_package(log: &str) -> Option<(&'static str, String)> {
    let npm = if log.contains("E404") {
        quoted(log, "'", "' is not in this registry")
            .or_else(|| quoted(log, "The requested resource '", "' could not be found"))
    } else {
        after(log, "No matching version found for ")
    };
    if let Some(name) = npm {
        let name = name.trim_end_matches('.');
        // Of any version.
        let name = name.strip_suffix("@*").unwrap_or(name);
        return Some(("npm", name.to_owned()));
    }
    after(log, "error Couldn't find package ").map(|name| ("yarn", name))
}

/// `/bin/sh: 1: x: not found`, `bash: line 1: x: command not found`, `/bin/sh: x: not found`.
fn missing_program(scene: Scene<'_>) -> Option<Cause> {
    let ends = [
        ": command not found",
        ": not found",
        ": No such file or directory",
    ];
    let shells = ["sh: ", "bash: ", "ash: "];
    let line = scene.log.lines().rev().find(|line| {
        let line = line.trim_end();
        ends.iter().any(|end| line.ends_with(end)) && has(line, &shells)
    })?;
    let line = line.trim_end();
    let line = ends.iter().find_map(|end| line.strip_suffix(end))?;
    let name = line.rsplit(": ").next()?.trim();
    (!name.is_empty()).then(|| Cause::NoSuchProgram(name.to_owned()))
}

fn first_word(text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or_default();
    word.trim_matches(|c| matches!(c, '"' | '\'' | ',' | ':'))
        .to_owned()
}

/// The word that follows `mark`.
fn after(text: &str, mark: &str) -> Option<String> {
    let (_, rest) = text.split_once(mark)?;
    Some(first_word(rest)).filter(|word| !word.is_empty())
}

/// What stands between the last `open` before `close`, and `close`.
fn quoted(text: &str, open: &str, close: &str) -> Option<String> {
    let (before, _) = text.split_once(close)?;
    let (_, word) = before.rsplit_once(open)?;
    Some(word.to_owned()).filter(|word| !word.is_empty() && !word.contains('\n'))
}

/// The word that stands before `mark`, without what a shell puts in front of it.
fn before(text: &str, mark: &str) -> Option<String> {
    let (before, _) = text.rsplit_once(mark)?;
    let line = before.lines().next_back()?;
    let word = line.rsplit(": ").next()?.trim();
    Some(word.to_owned()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests;
