//! Problems, gathered field by field.

use crate::FieldProblem;
use crate::text::{Invalid, placeholder, shown};

/// More entries than this in one list are a slip, and would make a window crawl.
const MOST_ENTRIES: usize = 1000;

/// What was found, in the order of the fields.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) problems: Vec<FieldProblem>,
}

impl Findings {
    pub(super) fn add(&mut self, field: &str, index: usize, message: impl Into<String>) {
        self.problems.push(FieldProblem {
            field: field.to_owned(),
            index: u32::try_from(index).unwrap_or(u32::MAX),
            message: message.into(),
        });
    }

    /// Looks at one value; gives it back parsed when it is right.
    pub(super) fn value<T>(
        &mut self,
        field: &str,
        index: usize,
        text: &str,
        parse: impl Fn(&str) -> Result<T, Invalid>,
    ) -> Option<T> {
        let parsed = parse(text);
        let message = match (parsed, placeholder(text)) {
            (Ok(parsed), _) => return Some(parsed),
            (Err(_), Some(stand_in)) => {
                format!(
                    "{} stands for a value of your own. Write that in its place.",
                    shown(stand_in)
                )
            }
            (Err(invalid), None) => invalid.to_string(),
        };
        self.add(field, index, message);
        None
    }

    /// A field that may be left blank.
    pub(super) fn optional<T>(
        &mut self,
        field: &str,
        text: Option<&str>,
        parse: impl Fn(&str) -> Result<T, Invalid>,
    ) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.value(field, 0, text, parse);
        }
    }

    /// A list; blank entries are left out by everyone.
    pub(super) fn each<T>(
        &mut self,
        field: &str,
        list: &[String],
        parse: impl Fn(&str) -> Result<T, Invalid>,
    ) {
        self.each_parsed(field, list, parse);
    }

    pub(super) fn each_parsed<T>(
        &mut self,
        field: &str,
        list: &[String],
        parse: impl Fn(&str) -> Result<T, Invalid>,
    ) -> Vec<(usize, T)> {
        if list.len() > MOST_ENTRIES {
            self.add(
                field,
                MOST_ENTRIES,
                format!("These are more than {MOST_ENTRIES} entries."),
            );
            return Vec::new();
        }
        let filled = list.iter().enumerate().filter(|(_, text)| !text.is_empty());
        filled
            .filter_map(|(index, text)| Some((index, self.value(field, index, text, &parse)?)))
            .collect()
    }
}
