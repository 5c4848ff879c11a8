//! A failure told to a person: what happened, why, what to do. What needs a look at the engine (who
//! holds the port, what else there is) and the ways to mend it are added by [`mend`](super::mend).

use std::fmt::Display;

use slipway_action::reference::Reference;

use crate::problem::failure::Failure;
use crate::problem::words::{Heard, Said, recognise};
use crate::problem::{Code, Problem};
use crate::stream::StreamError;
use crate::transport::RequestError;

/// The engine's words are kept up to this length.
const LONGEST_DETAIL: usize = 8 * 1024;
/// A name in a sentence is shown up to this length.
const LONGEST_NAME: usize = 100;

/// What something was asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject<'a> {
    /// A container that exists, or should.
    Container(&'a str),
    /// An image on the engine.
    Image(&'a str),
    /// An image in a registry.
    Download(&'a str),
    /// A container that is made from this image.
    NewContainer {
        /// The image.
        image: &'a str,
    },
    /// The engine as a whole.
    Engine,
}

impl<'a> Subject<'a> {
    fn heard(self) -> Heard {
        match self {
            Self::Download(_) => Heard::Downloading,
            Self::Container(_) | Self::Image(_) | Self::NewContainer { .. } | Self::Engine => {
                Heard::Elsewhere
            }
        }
    }

    /// The name of what it is about; empty for the engine.
    pub fn name(self) -> &'a str {
        match self {
            Self::Container(name) | Self::Image(name) | Self::Download(name) => name,
            Self::NewContainer { image } => image,
            Self::Engine => "",
        }
    }
}

/// The user stopped it.
pub(crate) fn cancelled() -> Problem {
    Problem::new(
        Code::Other,
        "Stopped",
        "You stopped this before it was done.",
        "What was done until then stays as it is.",
    )
}

/// The engine is gone.
pub(crate) fn lost(error: &impl Display) -> Problem {
    Problem::new(
        Code::EngineLost,
        "The connection to the engine broke",
        "The engine stopped or was restarted, or the way to it is interrupted.",
        "Slipway connects again as soon as the engine answers. Then look how far this has come.",
    )
    .with_detail(cleaned(&error.to_string()))
}

/// A stream broke.
pub(crate) fn broken_stream(error: &StreamError) -> Problem {
    if error.is_lost() {
        lost(error)
    } else {
        unknown(&error.to_string())
    }
}

/// A request about a container failed.
pub(crate) fn about_container(name: &str, error: &RequestError) -> Problem {
    if error.is_lost() {
        return lost(error);
    }
    told(error.status(), &error.to_string(), Subject::Container(name))
}

/// A request about an image failed.
pub(crate) fn about_image(name: &str, error: &RequestError) -> Problem {
    if error.is_lost() {
        return lost(error);
    }
    told(error.status(), &error.to_string(), Subject::Image(name))
}

/// Any failure, without a look at the engine.
pub(crate) fn plain(failure: &Failure, subject: Subject<'_>) -> Problem {
    if let Failure::Told(problem) = failure {
        return (**problem).clone();
    }
    if failure.is_lost() {
        return lost(failure);
    }
    if let Failure::OtherPlatform(text) = failure {
        return known(Code::NoSuchPlatform, subject, text).with_detail(cleaned(text));
    }
    told(failure.status(), &failure.to_string(), subject)
}

/// What the engine said, told by the rules.
pub(crate) fn said(failure: &Failure, subject: Subject<'_>) -> Option<Said> {
    if failure.is_lost() {
        return None;
    }
    recognise(failure.status(), &failure.to_string(), subject.heard())
}

fn told(status: Option<u16>, text: &str, subject: Subject<'_>) -> Problem {
    let problem = match (recognise(status, text, subject.heard()), status, subject) {
        (Some(Said::Known(code)), _, _) => known(code, subject, text),
        (Some(Said::PrivilegedPort), _, _) => privileged_port(),
        (Some(Said::ManyNames), _, _) => many_names(subject.name()),
        (Some(Said::HasChildren), _, _) => has_children(subject.name()),
        (Some(Said::BeingRemoved), _, _) => being_removed(subject.name()),
        // An engine that words it in a new way still says 404.
        (None, Some(404), Subject::Container(_)) => known(Code::NoSuchContainer, subject, text),
        (None, Some(404), Subject::Image(_)) => known(Code::NoSuchImage, subject, text),
        (None, Some(404), Subject::Download(_)) => known(Code::NoSuchImage, subject, text),
        (None, _, _) => unknown(text),
    };
    problem.with_detail(cleaned(text))
}

fn known(code: Code, subject: Subject<'_>, text: &str) -> Problem {
    let name = shown(subject.name());
    let new = |what: String, why: &str, todo: &str| Problem::new(code, what, why, todo);
    match code {
        Code::NoSuchContainer => new(
            format!("There is no container {name}"),
            "It was removed meanwhile, or its name is written differently.",
            "Look for it in the list of containers.",
        ),
        Code::NoSuchImage => match subject {
            Subject::Download(_) => new(
                format!("The registry has no image {name}"),
                "There is no image of this name there, or it does not have this tag.",
                "Check the spelling of the name, and of the tag after the colon.",
            ),
            Subject::Container(_)
            | Subject::Image(_)
            | Subject::NewContainer { .. }
            | Subject::Engine => new(
                format!("There is no image {name} on this engine"),
                "It was not downloaded yet, or its name is written differently.",
                "Check the spelling, or pull the image first.",
            ),
        },
        Code::NameTaken => new(
            "This name is taken".to_owned(),
            "Another container has the name already, and no two can share one.",
            "Choose another name, or rename or remove the other container.",
        ),
        Code::PortTaken => new(
            "The port is taken".to_owned(),
            "Something already listens on this port of the computer.",
            "Choose another port, or stop what uses this one.",
        ),
        Code::ImageInUse => new(
            format!("The image {name} is in use"),
            "A container was made from it and still needs it.",
            "Remove the container first. Then the image can go.",
        ),
        Code::ContainerRunning => new(
            format!("The container {name} is still running"),
            "A running container is not removed, so that nothing is lost by mistake.",
            "Stop it first. Then it can be removed.",
        ),
        Code::ContainerNotRunning => new(
            format!("The container {name} is not running"),
            "This works only while its program runs.",
            "Start it first.",
        ),
        Code::LoginNeeded => login_needed(subject.name()),
        Code::NoNetwork => new(
            format!("{} cannot be reached", registry(subject.name())),
            "The engine found no way there: the internet connection, a VPN or a proxy may be in between.",
            "Check the internet connection, then try again.",
        ),
        Code::RateLimited => new(
            "The registry allows no more downloads for now".to_owned(),
            "It limits how much can be downloaded within some hours, less without a login.",
            "Wait a while, or log in with the command below, then try again.",
        )
        .with_command(login(subject.name())),
        Code::NoSuchPlatform => new(
            format!("The image {name} is not made for this kind of computer"),
            "An image fits one or several kinds of processor, and this one is not among them.",
            "Choose another platform, or another image.",
        ),
        Code::DiskFull => new(
            "No space is left".to_owned(),
            "The disk on which the engine keeps images and containers is full.",
            "Remove containers and images that you no longer need, then try again.",
        ),
        Code::NoSuchProgram => no_such_program(subject.name(), text),
        Code::EngineNotInstalled
        | Code::EngineNotRunning
        | Code::EngineNoPermission
        | Code::EngineUnreachable
        | Code::EngineTls
        | Code::EngineTooOld
        | Code::EngineLost
        | Code::Invalid
        | Code::Other => unknown(text),
    }
}

fn login_needed(image: &str) -> Problem {
    Problem::new(
        Code::LoginNeeded,
        format!("The image {} could not be downloaded", shown(image)),
        "The registry has no such image, or it is private and asks for a login.",
        "Check the spelling of the name. If the image is private, log in with the command below.",
    )
    .with_command(login(image))
}

fn no_such_program(image: &str, text: &str) -> Problem {
    let program = quoted_after(text, "exec: ");
    Problem::new(
        Code::NoSuchProgram,
        match program {
            Some(program) => format!("There is no program {} in the container", shown(program)),
            None => "The program is not in the container".to_owned(),
        },
        if image.is_empty() {
            "The container’s files hold no program of this name, so it could not start.".to_owned()
        } else {
            format!(
                "The image {} has no program of this name, so the container could not start.",
                shown(image)
            )
        },
        "Check the spelling of the command, or leave it out to run the image’s own program.",
    )
}

fn privileged_port() -> Problem {
    Problem::new(
        Code::PortTaken,
        "This port needs more rights",
        "Ports under 1024 are reserved on this computer, and the engine runs without the right to open them.",
        "Choose a port from 1024 on.",
    )
}

fn many_names(image: &str) -> Problem {
    Problem::new(
        Code::Other,
        format!("The image {} has several names", shown(image)),
        "Removing it by its id would take all its names away at once.",
        "Remove it by one of its names, or remove all of them.",
    )
}

fn has_children(image: &str) -> Problem {
    Problem::new(
        Code::Other,
        format!("Other images are built on {}", shown(image)),
        "An image cannot be removed while others need its layers.",
        "Remove the images that were built on it first.",
    )
}

fn being_removed(container: &str) -> Problem {
    Problem::new(
        Code::Other,
        format!("The container {} is being removed", shown(container)),
        "Its removal has begun already.",
        "Wait a moment until it is gone.",
    )
}

fn unknown(text: &str) -> Problem {
    Problem::new(
        Code::Other,
        "The engine could not do this",
        "Slipway does not know this answer; the engine’s own words are below.",
        "Read the engine’s words, or search for them on the web.",
    )
    .with_detail(cleaned(text))
}

/// The registry of an image, as people know it.
fn registry(image: &str) -> String {
    match Reference::parse(image) {
        Ok(reference) if reference.domain() != "docker.io" => {
            format!("The registry {}", shown(reference.domain()))
        }
        Ok(_) | Err(_) => "Docker Hub".to_owned(),
    }
}

fn login(image: &str) -> String {
    match Reference::parse(image) {
        Ok(reference) if reference.domain() != "docker.io" => {
            format!("docker login {}", reference.domain())
        }
        Ok(_) | Err(_) => "docker login".to_owned(),
    }
}

/// The word in double quotes that follows `before`.
fn quoted_after<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    let rest = &text[text.find(before)? + before.len()..];
    let rest = rest.trim_start_matches('\\').strip_prefix('"')?;
    rest.split(['"', '\\'])
        .next()
        .filter(|word| !word.is_empty())
}

/// A name in a sentence, from whom it may be: quoted, without what has no picture, not endless.
pub(crate) fn shown(name: &str) -> String {
    let visible = name
        .chars()
        .filter(|c| !slipway_action::text::is_hidden(*c));
    let mut shown: String = visible.clone().take(LONGEST_NAME).collect();
    if visible.count() > LONGEST_NAME {
        shown.push('…');
    }
    format!("“{shown}”")
}

/// The engine's own words, as they may be shown: not endless, nothing in them that moves text about.
pub(crate) fn cleaned(text: &str) -> String {
    let fits = |c: &char| matches!(c, '\n' | '\t') || !slipway_action::text::is_hidden(*c);
    let mut cleaned: String = text.chars().filter(fits).collect();
    if let Some((end, _)) = cleaned.char_indices().nth(LONGEST_DETAIL) {
        cleaned.truncate(end);
        cleaned.push('…');
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_wording_of_404_is_still_understood() {
        let error = RequestError::Status {
            status: 404,
            message: "never heard".to_owned(),
        };
        assert_eq!(about_container("web", &error).code, Code::NoSuchContainer);
        assert_eq!(about_image("web", &error).code, Code::NoSuchImage);
        assert_eq!(
            plain(&Failure::Request(error), Subject::Engine).code,
            Code::Other
        );
    }

    #[test]
    fn the_program_is_named() {
        let text =
            "OCI runtime create failed: exec: \"nosuch\": executable file not found in $PATH";
        let problem = plain(
            &Failure::Said(text.to_owned()),
            Subject::NewContainer { image: "busy" },
        );
        assert_eq!(
            problem.what,
            "There is no program “nosuch” in the container"
        );
        assert_eq!(problem.detail, text);
    }

    #[test]
    fn a_login_names_its_registry() {
        let failure = Failure::Said("unauthorized: authentication required".to_owned());
        let rows = [
            ("ghcr.io/a/b:1", "docker login ghcr.io"),
            ("a/b", "docker login"),
        ];
        for (image, command) in rows {
            let problem = plain(&failure, Subject::Download(image));
            assert_eq!(
                (problem.code, problem.command.as_deref()),
                (Code::LoginNeeded, Some(command))
            );
        }
    }

    #[test]
    fn hostile_words_are_shown_harmless() {
        assert_eq!(shown("a\u{202e}b\u{1b}[31m\nc"), "“ab[31mc”");
        assert_eq!(shown(&"x".repeat(1000)).chars().count(), LONGEST_NAME + 3);
        assert_eq!(cleaned("a\u{202e}\nb\u{7}"), "a\nb");
        assert_eq!(
            cleaned(&"x".repeat(100_000)).chars().count(),
            LONGEST_DETAIL + 1
        );
    }
}
