//! The variables of a new container, put together as the docker command does it (docker/cli,
//! `pkg/kvfile` and `opts/env.go`).

use std::path::Path;

use crate::perform::{invalid, place};
use crate::problem::Problem;

/// Those of the files first, then those of the flags; the engine takes the last of a name.
pub(super) async fn all(
    folder: &Path,
    files: &[String],
    flags: &[String],
) -> Result<Vec<String>, Problem> {
    let from_here = |name: &str| std::env::var(name).ok();
    let mut variables = of_files(folder, files, from_here).await?;
    variables.extend(of_flags(flags, from_here));
    Ok(variables)
}

/// The labels of files, which are written as variables are; a name alone has an empty value.
pub(super) async fn labels(folder: &Path, files: &[String]) -> Result<Vec<String>, Problem> {
    of_files(folder, files, |_| Some(String::new())).await
}

async fn of_files(
    folder: &Path,
    files: &[String],
    unset: impl Fn(&str) -> Option<String> + Copy,
) -> Result<Vec<String>, Problem> {
    let mut lines = Vec::new();
    for file in files {
        let text = tokio::fs::read(place::here(folder, file)).await;
        let text = text.map_err(|error| unreadable(file, &error.to_string()))?;
        let text = String::from_utf8(text)
            .map_err(|_| unreadable(file, "It holds something other than text."))?;
        lines.extend(of_file(&text, unset).map_err(|why| unreadable(file, &why))?);
    }
    Ok(lines)
}

/// A flag that names a variable again takes the earlier one's place; a file's variables stay beside it.
pub(super) fn of_flags(
    flags: &[String],
    from_here: impl Fn(&str) -> Option<String>,
) -> Vec<String> {
    let name = |variable: &str| variable.split('=').next().map(str::to_owned);
    let mut variables: Vec<String> = Vec::new();
    for flag in flags {
        let variable = of_flag(flag, &from_here);
        match variables
            .iter_mut()
            .find(|earlier| name(earlier) == name(&variable))
        {
            Some(earlier) => *earlier = variable,
            None => variables.push(variable),
        }
    }
    variables
}

/// A name alone takes its value from this process. One that is not set here stays a name, which takes
/// the image's variable away.
fn of_flag(flag: &str, from_here: impl Fn(&str) -> Option<String>) -> String {
    if flag.contains('=') {
        return flag.to_owned();
    }
    from_here(flag).map_or_else(|| flag.to_owned(), |value| format!("{flag}={value}"))
}

/// One variable a line; no quotes, no escapes. A name that is not set here is left out.
fn of_file(text: &str, from_here: impl Fn(&str) -> Option<String>) -> Result<Vec<String>, String> {
    let mut variables = Vec::new();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let line = line.trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, value) = match line.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (line, None),
        };
        if name.is_empty() {
            return Err(format!("Line {number} has no name before its “=”."));
        }
        if name.contains(char::is_whitespace) {
            return Err(format!("The name in line {number} contains a space."));
        }
        match value {
            Some(value) => variables.push(format!("{name}={value}")),
            None => variables.extend(from_here(name).map(|value| format!("{name}={value}"))),
        }
    }
    Ok(variables)
}

fn unreadable(file: &str, why: &str) -> Problem {
    invalid(&format!("The file “{file}” can’t be read. {why}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn here(name: &str) -> Option<String> {
        (name == "SET").then(|| "here".to_owned())
    }

    #[test]
    fn files_are_read_as_docker_reads_them() {
        let text = "\u{feff}# note\n\n  A=1\nB= two \"x\" # no note\r\nSET\nUNSET\nC=a=b\n";
        let read = of_file(text, here).unwrap();
        assert_eq!(read, ["A=1", "B= two \"x\" # no note", "SET=here", "C=a=b"]);
        assert!(of_file("=x", here).unwrap_err().contains("no name"));
        assert!(of_file("A B=x", here).unwrap_err().contains("space"));
    }

    #[test]
    fn names_alone_take_their_value_from_here() {
        let read = ["SET", "UNSET", "SET=", "A=b=c"].map(|flag| of_flag(flag, here));
        assert_eq!(read, ["SET=here", "UNSET", "SET=", "A=b=c"]);
    }
}
