//! `KEY=VALUE,KEY=VALUE`: a value that has fields of its own.

use crate::text::{Invalid, refuse_nul};

/// Splits at commas as docker does: a field in double quotes may contain commas, and `""` in it is
/// one quote (<https://pkg.go.dev/encoding/csv>).
pub(crate) fn split(text: &str) -> Result<Vec<String>, Invalid> {
    refuse_nul(text)?;
    if text.contains(['\n', '\r']) {
        return Err(Invalid::new("This can’t contain line breaks."));
    }
    let mut fields = Vec::new();
    let mut rest = text;
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted)?,
            None => match rest.split_once(',') {
                Some((field, after)) => (bare_field(field)?, Some(after)),
                None => (bare_field(rest)?, None),
            },
        };
        fields.push(field);
        match after {
            Some(after) => rest = after,
            None => return Ok(fields),
        }
    }
}

fn bare_field(text: &str) -> Result<String, Invalid> {
    if text.contains('"') {
        return Err(Invalid::new(
            "A quote stands around a whole part between commas, not in the middle of it.",
        ));
    }
    Ok(text.to_owned())
}

/// What follows an opening quote: the field, and what follows its comma.
fn quoted_field(text: &str) -> Result<(String, Option<&str>), Invalid> {
    let mut field = String::new();
    let mut rest = text;
    loop {
        let Some((inside, after)) = rest.split_once('"') else {
            return Err(Invalid::new("A quote is opened with \" and never closed."));
        };
        field.push_str(inside);
        if let Some(more) = after.strip_prefix('"') {
            field.push('"');
            rest = more;
        } else if after.is_empty() {
            return Ok((field, None));
        } else if let Some(after) = after.strip_prefix(',') {
            return Ok((field, Some(after)));
        } else {
            return Err(Invalid::new("After a closing quote comes a comma."));
        }
    }
}

/// A yes or a no, as docker reads it in a field.
pub(crate) fn yes_or_no(key: &str, value: Option<&str>) -> Result<bool, Invalid> {
    match value {
        None | Some("true" | "1") => Ok(true),
        Some("false" | "0") => Ok(false),
        Some(_) => Err(Invalid::new(format!("After {key}= comes true or false."))),
    }
}
