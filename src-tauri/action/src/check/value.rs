//! Values that are only looked at, never taken apart.

use crate::policy::Platform;
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
