//! The sentences for each cause: why, and what to do.

use super::cause::Cause;
use crate::problem::Code;
use crate::problem::explain::shown;
use crate::problem::near::near;

/// What is told of a cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentences {
    pub code: Code,
    pub why: String,
    pub todo: String,
}

/// The instructions of a Dockerfile.
const INSTRUCTIONS: &[&str] = &[
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// Programs that tutorials use, and the package of Debian and Ubuntu that holds them.
const PROGRAMS: &[(&str, &str)] = &[
    ("apt", ""),
    ("apt-get", ""),
    ("bash", "bash"),
    ("bunzip2", "bzip2"),
    ("cat", ""),
    ("cd", ""),
    ("chmod", ""),
    ("conda", ""),
    ("cp", ""),
    ("curl", "curl"),
    ("echo", ""),
    ("flask", ""),
    ("g++", "g++"),
    ("gcc", "gcc"),
    ("git", "git"),
    ("gunicorn", ""),
    ("java", "default-jre"),
    ("make", "make"),
    ("mkdir", ""),
    ("nano", "nano"),
    ("node", "nodejs"),
    ("npm", "npm"),
    ("ping", "iputils-ping"),
    ("pip", "python3-pip"),
    ("pip3", "python3-pip"),
    ("python", "python3"),
    ("python3", "python3"),
    ("rm", ""),
    ("tar", "tar"),
    ("unzip", "unzip"),
    ("useradd", ""),
    ("vim", "vim"),
    ("waitress-serve", ""),
    ("wget", "wget"),
    ("yarn", ""),
    ("zip", "zip"),
];

/// What is told of a cause.
pub(crate) fn sentences(cause: &Cause) -> Sentences {
    let new = |code, why: &str, todo: &str| Sentences {
        code,
        why: why.to_owned(),
        todo: todo.to_owned(),
    };
    match cause {
        Cause::DiskFull => new(
            Code::DiskFull,
            "No space is left where the engine keeps its images.",
            "Remove images and containers that are not needed, then build again.",
        ),
        Cause::OutOfMemory => new(
            Code::OutOfMemory,
            "The program of this step was ended because it needed more memory than there is.",
            "Give the engine more memory, end other programs, or let the step do less at once.",
        ),
        Cause::OtherProcessor => new(
            Code::NoSuchPlatform,
            "A program in the image is made for another kind of processor than the engine’s.",
            "Build on an image for this kind of computer, or leave out --platform. If the step runs a script, its first line must be #! and a program.",
        ),
        Cause::NoShell => new(
            Code::NoSuchProgram,
            "The image that this builds on has no shell, and RUN needs one to read its command.",
            "Build on a fuller image (such as debian or alpine), or do this in an earlier stage and take the result with COPY --from.",
        ),
        Cause::NoSuchProgram(name) => no_program(name),
        Cause::WindowsLines => new(
            Code::ProgramFailed,
            "A script’s lines end as Windows ends them, and Linux takes the mark at the end for a part of the word.",
            "Save the script with line ends of Linux (LF), then build again.",
        ),
        Cause::NotExecutable(name) => Sentences {
            code: Code::ProgramFailed,
            why: if name.is_empty() {
                "The file is there, and is not marked as one that may be run.".to_owned()
            } else {
                format!(
                    "The file {} is there, and is not marked as one that may be run.",
                    shown(name)
                )
            },
            todo: "Put RUN chmod +x and the file’s name before this step, or start it with its program, such as sh script.sh.".to_owned(),
        },
        Cause::NoRights => new(
            Code::ProgramFailed,
            "The user that this step runs as may not do this.",
            "Put the step before the line USER, or let COPY give the files to that user with --chown.",
        ),
        Cause::NoSource => new(
            Code::Other,
            "What it names is not among the files that were sent.",
            "Check the name: it counts from the build’s folder, and large and small letters differ.",
        ),
        Cause::Base(_) => new(
            Code::NoSuchImage,
            "The image that this builds on can’t be had.",
            "Check the spelling of its name, and of the tag after the colon.",
        ),
        Cause::NoNetwork => new(
            Code::ProgramFailed,
            "This step asked for something on the internet and got no answer: the name of a computer was not found, or the network can’t be reached from inside the build.",
            "Check the connection to the internet and the spelling of the address, then build again. If the step runs with --network none, leave that out.",
        ),
        Cause::NoUpdate(name) => Sentences {
            code: Code::ProgramFailed,
            why: format!(
                "apt does not know the package {} because the list of packages was not fetched in this step. Images come without the list, and one of an earlier step may be old.",
                shown(name)
            ),
            todo: format!(
                "Write both into one step: RUN apt-get update && apt-get install -y {}",
                plain(name)
            ),
        },
        Cause::NoPackage { by, name } => no_package(by, name),
        Cause::ManagedPython => new(
            Code::ProgramFailed,
            "The Python of this image is looked after by its system, and pip does not change it unasked.",
            "Build on an image of Python’s own, such as python:3.12-slim. Or make a place for packages with RUN python3 -m venv /venv and install with /venv/bin/pip.",
        ),
        Cause::NeedsYes => new(
            Code::ProgramFailed,
            "The installer asked whether to go on, and in a build nobody can answer.",
            "Add -y, which says yes beforehand: apt-get install -y …",
        ),
        Cause::UnknownInstruction(word) => unknown_instruction(word),
        Cause::UnknownFlag(flag) => Sentences {
            code: Code::Other,
            why: format!(
                "This builder does not know the flag --{}.",
                plain(flag)
            ),
            todo: "Check its spelling. If it is a newer one, an engine with BuildKit knows it.".to_owned(),
        },
        Cause::NeedsBuildkit => new(
            Code::Other,
            "What this line asks for needs BuildKit, a newer builder of Docker’s.",
            "Leave it out, or build on an engine with BuildKit, such as a current Docker.",
        ),
        Cause::NoFrom => new(
            Code::Other,
            "The Dockerfile does not say which image to begin with.",
            "Let its first line be FROM and the name of an image, such as FROM python:3.12-slim.",
        ),
        Cause::NoTarget => new(
            Code::Other,
            "The Dockerfile has no stage of the name that --target gives.",
            "Stages are named in FROM … AS name. Check the spelling, or leave out --target to build the last one.",
        ),
        Cause::BadArguments => new(
            Code::Other,
            "The words behind the instruction are not what it takes.",
            "The engine’s own words below say what is missing. Change the line, then build again.",
        ),
    }
}

fn no_program(name: &str) -> Sentences {
    let code = Code::NoSuchProgram;
    let why = format!("There is no program {} in the image.", shown(name));
    if name == "sudo" {
        return Sentences {
            code,
            why,
            todo: "Leave “sudo” out: steps run as root unless USER says otherwise.".to_owned(),
        };
    }
    if name.starts_with("./") || name.starts_with('/') {
        return Sentences {
            code,
            why: format!("There is no file {} in the image, or the program that its first line names is not there.", shown(name)),
            todo: "Check that COPY has put it there, and the folder that WORKDIR sets. If it is a script from Windows, save it with line ends of Linux (LF).".to_owned(),
        };
    }
    let known = PROGRAMS.iter().find(|(program, _)| *program == name);
    let todo = match known {
        Some((_, package)) if !package.is_empty() => format!(
            "Install it before: on Debian and Ubuntu with RUN apt-get update && apt-get install -y {package}"
        ),
        Some(_) => {
            "Install it in a step before this one, or build on an image that has it.".to_owned()
        }
        None => {
            let meant = near(name, PROGRAMS.iter().map(|(program, _)| *program));
            match meant.first() {
                Some(first) if name.chars().count() > 2 => format!(
                    "Did you mean {}? If the name is right, install the program in a step before this one.",
                    shown(first)
                ),
                Some(_) | None => {
                    "Check the spelling. If the name is right, install the program in a step before this one."
                        .to_owned()
                }
            }
        }
    };
    Sentences { code, why, todo }
}

fn no_package(by: &str, name: &str) -> Sentences {
    Sentences {
        code: Code::ProgramFailed,
        why: format!("{by} knows no package {}, or none that fits this image.", shown(name)),
        todo: match by {
            "pip" => "Check the spelling and the version. Some versions need a newer Python than the image has.",
            _ => "Check the spelling: packages are named differently from one system to the next.",
        }
        .to_owned(),
    }
}

fn unknown_instruction(word: &str) -> Sentences {
    let upper = word.to_uppercase();
    let meant = near(&upper, INSTRUCTIONS.iter().copied());
    Sentences {
        code: Code::Other,
        why: format!("There is no instruction {}.", shown(word)),
        todo: match meant.first() {
            Some(first) => format!("Did you mean {first}?"),
            None => "Each line begins with an instruction such as RUN, COPY or ENV. A command of the shell needs RUN in front of it, and a line that goes on needs a \\ at the end of the one before.".to_owned(),
        },
    }
}

/// A name in the middle of a command: only what a name may hold.
fn plain(name: &str) -> String {
    let fits = |c: &char| c.is_ascii_alphanumeric() || "._+:-".contains(*c);
    name.chars().filter(fits).take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_out_is_named() {
        let rows = [
            (
                Cause::UnknownInstruction("RUNN".to_owned()),
                "Did you mean RUN?",
            ),
            (
                Cause::UnknownInstruction("form".to_owned()),
                "Did you mean FROM?",
            ),
            (Cause::UnknownInstruction("pip".to_owned()), "RUN in front"),
            (
                Cause::NoSuchProgram("curl".to_owned()),
                "apt-get install -y curl",
            ),
            (Cause::NoSuchProgram("sudo".to_owned()), "Leave “sudo” out"),
            (
                Cause::NoSuchProgram("pyhton3".to_owned()),
                "Did you mean “python3”?",
            ),
            (Cause::NoSuchProgram("./run.sh".to_owned()), "WORKDIR"),
            (
                Cause::NoUpdate("nano".to_owned()),
                "apt-get install -y nano",
            ),
            (
                Cause::NoUpdate("x; rm -rf /".to_owned()),
                "install -y xrm-rf",
            ),
            (Cause::NeedsYes, "-y"),
        ];
        for (cause, words) in rows {
            let told = sentences(&cause);
            assert!(told.todo.contains(words), "{cause:?}: {told:?}");
        }
    }
}
