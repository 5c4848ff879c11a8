//! A failure told to a person: what happened, why, what to do. What needs a look at the engine (who
//! holds the port, what else there is) and the ways to mend it are added by [`mend`](super::mend).

use std::fmt::Display;

use crate::problem::failure::Failure;
use crate::problem::sentences::{known, special, unknown};
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
    /// An image that is sent to a registry.
    Upload(&'a str),
    /// A container that is made from this image.
    NewContainer {
        /// The image.
        image: &'a str,
    },
    /// A volume.
    Volume(&'a str),
    /// A network.
    Network(&'a str),
    /// The engine as a whole.
    Engine,
}

impl<'a> Subject<'a> {
    fn heard(self) -> Heard {
        match self {
            Self::Download(_) | Self::Upload(_) => Heard::Downloading,
            Self::Container(_)
            | Self::Image(_)
            | Self::NewContainer { .. }
            | Self::Volume(_)
            | Self::Network(_)
            | Self::Engine => Heard::Elsewhere,
        }
    }

    /// The name of what it is about; empty for the engine.
    pub fn name(self) -> &'a str {
        match self {
            Self::Container(name)
            | Self::Image(name)
            | Self::Download(name)
            | Self::Upload(name)
            | Self::Volume(name)
            | Self::Network(name) => name,
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
        (Some(said), _, _) => special(said, subject, text),
        // An engine that words it in a new way still says 404.
        (None, Some(404), Subject::Container(_)) => known(Code::NoSuchContainer, subject, text),
        (None, Some(404), Subject::Image(_) | Subject::Download(_)) => {
            known(Code::NoSuchImage, subject, text)
        }
        (None, Some(404), Subject::Volume(_)) => known(Code::NoSuchVolume, subject, text),
        (None, Some(404), Subject::Network(_)) => known(Code::NoSuchNetwork, subject, text),
        (None, _, _) => unknown(text),
    };
    problem.with_detail(cleaned(text))
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

/// A text that belongs on one line, without what has no picture.
pub(crate) fn cleaned_line(text: &str) -> String {
    let fits = |c: &char| !slipway_action::text::is_hidden(*c);
    text.chars().filter(fits).collect()
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
