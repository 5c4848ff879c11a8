//! Values that are only looked at, never taken apart.

use crate::policy::Platform;
use crate::reference::Reference;
use crate::text::{Invalid, refuse_nul, shown};

/// No field has a use for more.
const LONGEST_VALUE: usize = 32 * 1024;

/// What is handed to a program as it is.
pub(super) fn argument(text: &str) -> Result<(), Invalid> {
    refuse_nul(text)?;
    if text.len() > LONGEST_VALUE {
        return Err(Invalid::new(format!(
            "This is too long: it has {} characters.",
            text.chars().count()
        )));
    }
    Ok(())
}

/// A file of this computer.
pub(super) fn path(text: &str) -> Result<(), Invalid> {
    if text.contains(char::is_control) || text.len() > 4096 {
        return Err(Invalid::new(format!(
            "{} is not the path of a file.",
            shown(text)
        )));
    }
    Ok(())
}

/// A folder in a container.
pub(super) fn container_path(text: &str) -> Result<(), Invalid> {
    path(text)?;
    let is_drive = text
        .get(1..3)
        .is_some_and(|rest| matches!(rest, ":\\" | ":/"));
    if text.starts_with('/') || is_drive {
        return Ok(());
    }
    Err(Invalid::new(format!(
        "{} is not a full path. It begins with “/”, such as /app.",
        shown(text)
    )))
}

/// The same, and not blank.
pub(super) fn some_argument(text: &str) -> Result<(), Invalid> {
    if text.is_empty() {
        return Err(Invalid::new("Something must stand here."));
    }
    argument(text)
}

/// A file of this computer, and not blank.
pub(super) fn some_path(text: &str) -> Result<(), Invalid> {
    if text.is_empty() {
        return Err(Invalid::new("Say which file or folder."));
    }
    path(text)
}

/// Platforms with commas between them.
pub(super) fn platforms(text: &str) -> Result<(), Invalid> {
    text.split(',')
        .try_for_each(|one| Platform::parse(one).map(drop))
}

/// How Windows holds containers apart.
pub(super) fn isolation(text: &str) -> Result<(), Invalid> {
    one_of(text, &["default", "process", "hyperv"])
}

/// One of a few words.
pub(super) fn one_of(text: &str, known: &[&str]) -> Result<(), Invalid> {
    if known.contains(&text) {
        return Ok(());
    }
    Err(Invalid::new(format!(
        "{} can’t stand here. There are {}.",
        shown(text),
        known.join(", ")
    )))
}

/// How many lines of a log: a number, or all.
pub(super) fn lines(text: &str) -> Result<(), Invalid> {
    if text == "all"
        || !text.is_empty() && text.len() < 10 && text.bytes().all(|b| b.is_ascii_digit())
    {
        return Ok(());
    }
    Err(Invalid::new(format!(
        "{} is not a number of lines. Write one such as 100, or all.",
        shown(text)
    )))
}

/// What `docker inspect` can look at.
pub(super) fn kind(text: &str) -> Result<(), Invalid> {
    let kinds = [
        "container",
        "image",
        "network",
        "volume",
        "config",
        "node",
        "plugin",
        "secret",
        "service",
        "task",
    ];
    one_of(text, &kinds)
}

/// A name that an image gets: a digest follows from its content and can’t be given.
pub(super) fn new_name(text: &str) -> Result<Reference, Invalid> {
    let name = Reference::parse(text)?;
    if name.digest().is_some() {
        return Err(Invalid::new(
            "A digest can’t be given to an image, because it follows from its content. Leave out what begins with “@”.",
        ));
    }
    Ok(name)
}
