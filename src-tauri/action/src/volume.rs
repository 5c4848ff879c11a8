//! Folders and volumes in a container: what `-v` says.

use std::fmt;

use crate::name::plain_name;
use crate::text::{Invalid, refuse_nul, shown};

/// What is put into the container.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// A new volume without a name.
    Anonymous,
    /// A volume of the engine, by name.
    Volume(String),
    /// A file or folder of the engine's computer, by its full path.
    Folder(String),
    /// A file or folder written from where the command is run (`./data`). Docker's command line
    /// looks up the full path before it asks the engine; who performs this does the same.
    RelativeFolder(String),
}

/// One `-v`: `[source:]target[:options]`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VolumeSpec {
    /// What is put into the container.
    pub source: Source,
    /// Where it appears in the container.
    pub target: String,
    /// The options, each of them one that engines know; empty where none was written.
    pub options: Vec<String>,
}

/// What engines take after the second colon.
const OPTIONS: &[&str] = &[
    "ro",
    "rw",
    "z",
    "Z",
    "nocopy",
    "consistent",
    "cached",
    "delegated",
    "shared",
    "slave",
    "private",
    "rshared",
    "rslave",
    "rprivate",
];

impl VolumeSpec {
    /// Reads the value of a `-v`, as `docker` does: a single letter before a colon is a drive of
    /// Windows, on every system.
    ///
    /// # Errors
    /// Says which part is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        refuse_nul(text)?;
        if text.contains(char::is_control) {
            return Err(Invalid::new(
                "A path for a volume can’t contain line breaks, tabs and the like.",
            ));
        }
        let (source, target, options) = match split(text)?[..] {
            [target] => ("", target, ""),
            [source, target] => (source, target, ""),
            [source, target, options] => (source, target, options),
            _ => {
                return Err(Invalid::new(
                    "There is a “:” too many. Write it as SOURCE:TARGET or SOURCE:TARGET:ro.",
                ));
            }
        };
        let source = parse_source(source)?;
        check_target(target, &source)?;
        let options: Vec<String> = options
            .split(',')
            .filter(|option| !option.is_empty())
            .map(str::to_owned)
            .collect();
        check_options(&options)?;
        Ok(VolumeSpec {
            source,
            target: target.to_owned(),
            options,
        })
    }

    /// Whether the container may only read it.
    pub fn read_only(&self) -> bool {
        self.options.iter().any(|option| option == "ro")
    }

    /// As an engine's API takes it in `HostConfig.Binds`; `None` for a volume without a name,
    /// which goes into `Config.Volumes`. A relative folder must have been looked up before.
    pub fn bind(&self) -> Option<String> {
        match &self.source {
            Source::Anonymous => None,
            Source::Volume(_) | Source::Folder(_) | Source::RelativeFolder(_) => {
                Some(self.to_string())
            }
        }
    }
}

impl fmt::Display for VolumeSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Source::Anonymous => {}
            Source::Volume(source) | Source::Folder(source) | Source::RelativeFolder(source) => {
                write!(f, "{source}:")?;
            }
        }
        f.write_str(&self.target)?;
        if !self.options.is_empty() {
            write!(f, ":{}", self.options.join(","))?;
        }
        Ok(())
    }
}

/// Splits at colons, except the one after a drive's letter.
fn split(text: &str) -> Result<Vec<&str>, Invalid> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(':') {
        if at < start || is_letter(&text[start..at]) {
            continue;
        }
        parts.push(&text[start..at]);
        start = at + 1;
    }
    parts.push(&text[start..]);
    if parts.iter().any(|part| part.is_empty()) {
        return Err(Invalid::new(
            "A part is missing. Write it as SOURCE:TARGET, such as /home/me/data:/data or data:/data.",
        ));
    }
    Ok(parts)
}

fn is_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// `C:\x`, `C:/x` or `\\server\x`.
fn is_windows_path(text: &str) -> bool {
    let drive = text
        .split_once(':')
        .is_some_and(|(drive, _)| is_letter(drive));
    drive || text.starts_with("\\\\")
}

fn parse_source(text: &str) -> Result<Source, Invalid> {
    if text.is_empty() {
        return Ok(Source::Anonymous);
    }
    if text.starts_with('/') || is_windows_path(text) {
        return Ok(Source::Folder(text.to_owned()));
    }
    if text.starts_with('.') {
        return Ok(Source::RelativeFolder(text.to_owned()));
    }
    if text.starts_with('~') {
        return Err(Invalid::new(
            "Only a terminal knows what “~” stands for. Write the folder's full path.",
        ));
    }
    if text.contains(['$', '%']) {
        return Err(Invalid::new(format!(
            "{} has a variable in it, which only a terminal fills in. Write the folder's full path.",
            shown(text)
        )));
    }
    if text.contains(['/', '\\']) {
        return Err(Invalid::new(format!(
            "{} is not a full path. Write one, such as /home/me/data, or the name of a volume.",
            shown(text)
        )));
    }
    plain_name(text, "A volume's name")?;
    if text.len() < 2 {
        return Err(Invalid::new("A volume's name has at least two characters."));
    }
    Ok(Source::Volume(text.to_owned()))
}

fn check_target(target: &str, source: &Source) -> Result<(), Invalid> {
    if matches!(target, "/" | "//" | "/.") {
        return Err(Invalid::new(
            "Nothing can be put in the place of the container's “/”. Choose a folder in it, such as /data.",
        ));
    }
    if target.starts_with('/') || is_windows_path(target) {
        return Ok(());
    }
    Err(match source {
        Source::Anonymous => Invalid::new(format!(
            "{} has no place in the container. Write it as SOURCE:TARGET, such as data:/data.",
            shown(target)
        )),
        Source::Volume(_) | Source::Folder(_) | Source::RelativeFolder(_) => Invalid::new(format!(
            "The place in the container, {}, is not a full path. It begins with “/”, such as /data.",
            shown(target)
        )),
    })
}

fn check_options(options: &[String]) -> Result<(), Invalid> {
    if let Some(unknown) = options
        .iter()
        .find(|option| !OPTIONS.contains(&option.as_str()))
    {
        return Err(Invalid::new(format!(
            "{} is not an option of a volume. The usual ones are ro (read only) and rw.",
            shown(unknown)
        )));
    }
    if options.iter().any(|option| option == "ro") && options.iter().any(|option| option == "rw") {
        return Err(Invalid::new(
            "A volume is either ro (read only) or rw, not both.",
        ));
    }
    Ok(())
}
