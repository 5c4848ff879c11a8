//! Volumes and networks, by the names that they have or get.

use crate::name::plain_name;
use crate::text::Invalid;

/// A volume's name. It can stand in a URL's path as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VolumeName(String);

impl VolumeName {
    /// Reads a volume's name, as engines take it: `[a-zA-Z0-9][a-zA-Z0-9_.-]+`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        plain_name(text, "A volume's name")?;
        if text.len() < 2 {
            return Err(Invalid::new("A volume's name has at least two characters."));
        }
        Ok(VolumeName(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A network, by its name or id. It can stand in a URL's path as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NetworkArg(String);

impl NetworkArg {
    /// Reads an argument such as those of `docker network rm`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        plain_name(text, "A network's name or id")?;
        Ok(NetworkArg(text.to_owned()))
    }

    /// The name or id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
