//! Looking for a text in what a build printed.

use std::io;

use regex::bytes::RegexBuilder;

use super::Record;
use crate::ipc::LogHit;

/// Places that are told at most.
const HITS: usize = 1_000;

/// A longer text is nothing that somebody looks for, in bytes.
const LONGEST: usize = 1_000;

/// Lines that are looked at at once.
const WINDOW: usize = 5_000;

/// Where a build's log has `text`, upper and lower case alike, in one step or in all. Colours in the
/// middle of it do not hide it.
///
/// # Errors
/// When the log cannot be read.
pub fn find(record: &Record, step: Option<u32>, text: &str) -> io::Result<Vec<LogHit>> {
    let mut hits = Vec::new();
    if text.is_empty() || text.len() > LONGEST {
        return Ok(hits);
    }
    let wanted = RegexBuilder::new(&regex::escape(text))
        .case_insensitive(true)
        .build()
        .map_err(io::Error::other)?;
    let steps = record.log().counts().into_keys();
    for step in steps.filter(|it| step.is_none_or(|step| step == *it)) {
        let mut from = 0;
        loop {
            let lines = record.log().lines(step, from, WINDOW)?;
            if lines.is_empty() {
                break;
            }
            for (line, bytes) in (from..).zip(&lines) {
                let found = if bytes.contains(&0x1b) {
                    wanted.is_match(&anstream::adapter::strip_bytes(bytes).into_vec())
                } else {
                    wanted.is_match(bytes)
                };
                if found {
                    let line = u32::try_from(line).unwrap_or(u32::MAX);
                    hits.push(LogHit { step, line });
                    if hits.len() >= HITS {
                        return Ok(hits);
                    }
                }
            }
            from += lines.len();
        }
    }
    Ok(hits)
}
