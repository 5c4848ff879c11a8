//! Variables for a program's environment: what `-e` says.

use crate::text::{Invalid, refuse_nul};

/// One `-e`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EnvVar {
    /// The variable's name.
    pub name: String,
    /// Its value; `None` takes it from the environment of whoever runs `docker`.
    pub value: Option<String>,
}

impl EnvVar {
    /// Reads the value of a `-e`: `NAME=VALUE` or `NAME`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        refuse_nul(text)?;
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        if name.is_empty() {
            return Err(Invalid::new(
                "The variable has no name. Write it as NAME=VALUE.",
            ));
        }
        // Docker takes such names, but no program finds them: it is a slip of the hand.
        if name.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(Invalid::new(
                "A variable's name can’t contain a space. Write it as NAME=VALUE, without spaces around the “=”.",
            ));
        }
        Ok(EnvVar {
            name: name.to_owned(),
            value: value.map(str::to_owned),
        })
    }
}
