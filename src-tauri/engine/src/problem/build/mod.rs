//! A build that failed, told to a person: which line, why, and what to do.

pub(crate) mod cause;
mod sentences;

use slipway_action::Action;

use crate::build::context::{ContextError, SourceCheck, SourceFound};
use crate::build::dockerfile::{Dockerfile, Instruction};
use crate::build::lines::{Lines, keyword};
use crate::build::steps::FailedStep;
use crate::build::why;
use crate::connect::Engine;
use crate::problem::explain::{Subject, cleaned, cleaned_line, shown};
use crate::problem::failure::Failure;
use crate::problem::{Code, Problem, mend};
use crate::transport::RequestError;
use cause::{Cause, Scene, cause};
use sentences::{Sentences, sentences};

/// So many of the last lines of a step are shown.
const LAST_LINES: usize = 20;
/// So much of an instruction stands in a heading.
const LONGEST_NAME: usize = 80;

/// A build that the builder said has failed.
pub(crate) struct Broken<'a> {
    pub engine: &'a Engine,
    pub action: &'a Action,
    pub dockerfile: Option<&'a Dockerfile>,
    /// The step that failed, where one is known.
    pub step: Option<FailedStep>,
    /// The engine's words.
    pub message: &'a str,
    /// With which code the step's program ended.
    pub code: Option<i64>,
    /// Where the sources of the step are.
    pub sources: Vec<SourceCheck>,
}

/// Tells it.
pub(crate) async fn broken(build: &Broken<'_>) -> Problem {
    let log = build
        .step
        .as_ref()
        .map(|failed| printed(&failed.log))
        .unwrap_or_default();
    let name = build.step.as_ref().map(|failed| failed.step.name.as_str());
    let name = name.unwrap_or_default();
    let word = known_keyword(name);
    let instruction = build.step.as_ref().and_then(|failed| {
        let dockerfile = build.dockerfile?;
        Lines::of(dockerfile).instruction(&failed.step).or_else(|| {
            let line = failed.step.line?;
            dockerfile.instructions.iter().find(|it| it.first == line)
        })
    });
    let script = instruction.map_or_else(|| name.to_owned(), |it| it.script());
    let scene = Scene {
        keyword: &word,
        script: &script,
        log: &log,
        message: build.message,
        code: build.code,
    };
    let found = match why::looked_for(name) {
        Some(image) => Some(Cause::Base(Some(image.to_owned()))),
        None => cause(scene),
    };
    let detail = detail(&log, build.message);
    let what = heading(build.step.as_ref(), instruction);
    let problem = match found {
        Some(Cause::Base(named)) => {
            let written = instruction.filter(|it| it.keyword == "FROM");
            let base = written.map(|it| base(&it.rest)).or(named);
            return base_problem(build, base.as_deref().unwrap_or_default(), what, detail).await;
        }
        Some(Cause::NoSource) => {
            let told = no_source(&build.sources).unwrap_or_else(|| sentences(&Cause::NoSource));
            problem(what, told)
        }
        Some(cause) => problem(what, sentences(&cause)),
        None => problem(what, unknown(build, cause::code(scene))),
    };
    mend::broken_build(build.action, problem.with_detail(detail))
}

fn problem(what: String, told: Sentences) -> Problem {
    Problem::new(told.code, what, told.why, told.todo)
}

/// A failure of a step for which there is no rule.
fn unknown(build: &Broken<'_>, code: Option<i64>) -> Sentences {
    let why = match code {
        Some(code) => format!("Its program ended with the code {code}, which says that it failed."),
        None if build.step.is_some() => "Its program, or the engine, could not do it.".to_owned(),
        None => "The engine could not build it.".to_owned(),
    };
    Sentences {
        code: match code {
            Some(_) => Code::ProgramFailed,
            None => Code::Other,
        },
        why,
        todo: "The last lines below say what happened. Change the line, then build again."
            .to_owned(),
    }
}

/// `Line 6 failed: RUN pip install flask`.
fn heading(failed: Option<&FailedStep>, instruction: Option<&Instruction>) -> String {
    let Some(failed) = failed else {
        return "The image was not built".to_owned();
    };
    let name = instruction.map_or(failed.step.name.as_str(), |it| it.text.as_str());
    let whole = cleaned_line(name);
    let mut name: String = whole.chars().take(LONGEST_NAME).collect();
    if whole.chars().nth(LONGEST_NAME).is_some() {
        name.push('…');
    }
    match failed.step.line {
        Some(line) => format!("Line {line} failed: {name}"),
        None => format!("A step failed: {name}"),
    }
}

/// The keyword, if the step is an instruction and not the builder's own.
fn known_keyword(name: &str) -> String {
    let first = name.split_whitespace().next().unwrap_or_default();
    let is_word = !first.is_empty() && first.chars().all(|c| c.is_ascii_alphabetic());
    if is_word && first == first.to_uppercase() || keyword(name) == "FROM" {
        keyword(name)
    } else {
        String::new()
    }
}

/// The last lines of what a step printed, without colours and without what the classic builder says.
fn printed(log: &str) -> String {
    let plain = without_colours(log);
    let own = |line: &&str| {
        !line.starts_with(" ---> ") && !line.starts_with("Removing intermediate container ")
    };
    // A program that counts up in place writes over its line.
    let shown = plain.lines().map(|line| {
        let line = line.trim_end_matches('\r');
        line.rsplit('\r').next().unwrap_or(line)
    });
    let lines: Vec<&str> = shown.filter(own).collect();
    let first = lines.len().saturating_sub(LAST_LINES * 5);
    lines.get(first..).unwrap_or_default().join("\n")
}

/// Takes the marks away that colour a text and move a cursor (ECMA-48: `ESC [ … letter`).
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        if c != '\u{1b}' {
            plain.push(c);
            continue;
        }
        if letters.as_str().starts_with('[') {
            letters.next();
            for c in letters.by_ref() {
                if ('@'..='~').contains(&c) {
                    break;
                }
            }
        }
    }
    plain
}

fn detail(log: &str, message: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    let first = lines.len().saturating_sub(LAST_LINES);
    let mut detail = lines.get(first..).unwrap_or_default().join("\n");
    let message = message.trim();
    if !message.is_empty() {
        if !detail.is_empty() {
            detail.push_str("\n\n");
        }
        detail.push_str(message);
    }
    cleaned(&detail)
}

/// The image of a `FROM`.
fn base(rest: &str) -> String {
    rest.split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The base image can't be had: told as a download that failed, with names that are nearly the same.
async fn base_problem(build: &Broken<'_>, base: &str, what: String, detail: String) -> Problem {
    let name = base
        .strip_prefix("docker.io/library/")
        .or_else(|| base.strip_prefix("docker.io/"))
        .unwrap_or(base);
    let about = mend::About {
        engine: build.engine,
        action: build.action,
        subject: Subject::Download(name),
        created: None,
    };
    let lower = build.message.to_ascii_lowercase();
    let unknown = ["not found", "manifest unknown", "does not exist"];
    // BuildKit's words have no status beside them.
    let failure = if unknown.iter().any(|words| lower.contains(words)) {
        Failure::Request(RequestError::Status {
            status: 404,
            message: build.message.to_owned(),
        })
    } else {
        Failure::Said(build.message.to_owned())
    };
    let mut problem = mend::problem(&about, &failure).await;
    if problem.code == Code::NoNetwork {
        problem = mend::near_images(&about, problem).await;
    }
    let cause = match problem.code {
        Code::Other => format!("The image {} can’t be had. {}", shown(name), problem.why),
        _ => format!("{}. {}", problem.what, problem.why),
    };
    Problem {
        what,
        why: cause,
        ..problem
    }
    .with_detail(detail)
}

/// Which source is not there, and why.
fn no_source(sources: &[SourceCheck]) -> Option<Sentences> {
    let missing =
        |check: &&SourceCheck| !matches!(check.found, SourceFound::Here | SourceFound::Unknown);
    let check = sources.iter().find(missing)?;
    let source = shown(&check.source);
    let (why, todo) = match &check.found {
        SourceFound::Ignored {
            pattern,
            line,
            file,
        } => (
            format!(
                "{source} is in the folder, and line {line} of {} ({}) leaves it out of the build.",
                shown(file),
                shown(pattern)
            ),
            format!(
                "Change that line, or add a line !{} below it.",
                cleaned_line(&check.source)
            ),
        ),
        SourceFound::Outside => (
            format!("{source} is outside the build’s folder, and a build sees nothing outside it."),
            "Copy the file into the folder, or choose a folder above both.".to_owned(),
        ),
        SourceFound::Case { similar } => (
            format!(
                "{source} is not in the folder. There is {}, with other large and small letters.",
                shown(similar)
            ),
            format!("Write {} in the Dockerfile.", shown(similar)),
        ),
        SourceFound::Missing {
            similar: Some(similar),
        } => (
            format!("{source} is not in the build’s folder."),
            format!("Did you mean {}?", shown(similar)),
        ),
        SourceFound::Missing { similar: None } => (
            format!("{source} is not in the build’s folder."),
            "Check the name, and that the folder of the build is the right one.".to_owned(),
        ),
        SourceFound::Here | SourceFound::Unknown => return None,
    };
    Some(Sentences {
        code: Code::Other,
        why,
        todo,
    })
}

/// The folder can't be sent.
pub(crate) fn about_folder(error: &ContextError) -> Problem {
    let text = error.to_string();
    // Each of these says what happened in its first sentence, and what to do in the rest.
    let (why, todo) = match text.split_once(". ") {
        Some((why, todo)) => (format!("{why}."), todo.to_owned()),
        None => (text, "Then build again.".to_owned()),
    };
    Problem::new(Code::Other, "The folder was not built", why, todo)
}

#[cfg(test)]
mod tests;
