//! What can't be read, with its place marked.

use std::ops::Range;

use super::Said;
use super::walk::{LONGEST_LINE, LONGEST_TEXT, Segment};
use crate::complete::flag_may_stand;
use crate::help::find;
use crate::parse::{Refused, Spot};
use crate::text::{is_hidden, shown, shown_char, utf16_length};
use crate::words::{Misread, Word};

/// The dashes of typesetting, and the minus sign.
const LONG_DASHES: &[char] = &['–', '—', '―', '‒', '−', '‐', '‑'];

/// A mistake at a place of the line.
fn wrong(line: &str, place: Range<usize>, message: String, similar: Option<String>) -> Said {
    let from = utf16_length(line.get(..place.start).unwrap_or(line));
    let marked = line.get(place).unwrap_or_default();
    Said::Wrong {
        message,
        from,
        to: from + utf16_length(marked),
        similar,
    }
}

/// All behind the most characters that are read.
fn behind(line: &str, most: usize, message: &str) -> Said {
    let from = (most.min(line.len())..=line.len())
        .find(|at| line.is_char_boundary(*at))
        .unwrap_or(line.len());
    wrong(line, from..line.len(), message.to_owned(), None)
}

pub(super) fn too_long(line: &str) -> Said {
    behind(
        line,
        LONGEST_LINE,
        "This is too long for one command. Paste the command alone.",
    )
}

pub(super) fn too_much(text: &str) -> Said {
    let most = if text.len() > LONGEST_TEXT {
        LONGEST_TEXT
    } else {
        0
    };
    behind(
        text,
        most,
        "This is too much to be read at once. Paste the commands alone, without the text around them.",
    )
}

/// A character that nobody sees, and that a terminal would take for something else.
pub(super) fn hidden(line: &str) -> Option<Said> {
    let is_wrong = |c: char| is_hidden(c) && !matches!(c, '\n' | '\r' | '\t');
    let (at, c) = line.char_indices().find(|(_, c)| is_wrong(*c))?;
    let rest = &line[at..];
    let length = rest.find(|c| !is_wrong(c)).unwrap_or(rest.len());
    let what = if c == '\0' {
        "the character NUL, which no program can be given".to_owned()
    } else {
        shown_char(c)
    };
    let message = format!("There is {what}. Delete it.");
    Some(wrong(line, at..at + length, message, Some(String::new())))
}

/// `–it` with a dash of typesetting, which pages on the web make of two hyphens or one.
pub(super) fn long_dash(
    text: &str,
    segment: &Segment,
    words: &[Word],
    args: &[String],
) -> Option<Said> {
    let (grammar, length) = find(args)?;
    let is_dashed = |word: &str| {
        word.strip_prefix(LONG_DASHES).is_some_and(|rest| {
            rest.starts_with(|c: char| c == '-' || c.is_alphanumeric() || LONG_DASHES.contains(&c))
        })
    };
    let mut dashed = (length..args.len()).filter(|at| is_dashed(&args[*at]));
    let at = dashed.next()?;
    let (word, place) = (args.get(at)?, words.get(at)?.place.clone());
    // Between quotes it is meant, and behind the image it is another program's.
    let is_meant = text.get(place.clone()) != Some(word);
    if is_meant || !flag_may_stand(grammar, &args[length..at]) {
        return None;
    }
    let name = word.trim_start_matches(|c| c == '-' || LONG_DASHES.contains(&c));
    let long = name.split('=').next().unwrap_or(name);
    let dashes = if grammar.flags.iter().any(|flag| flag.long == long) {
        "--"
    } else {
        "-"
    };
    let line = text.get(segment.place.clone()).unwrap_or_default();
    let message = format!(
        "{} begins with a long dash. A flag begins with -.",
        shown(word)
    );
    let similar = Some(format!("{dashes}{name}"));
    Some(wrong(line, inside(segment, place), message, similar))
}

/// Something that no shell could read.
pub(super) fn misread(text: &str, segment: &Segment, misread: &Misread) -> Said {
    let line = text.get(segment.place.clone()).unwrap_or_default();
    let place = inside(segment, misread.place.clone());
    wrong(line, place, misread.why.to_string(), None)
}

/// Words that are no command of docker's.
pub(super) fn refused(text: &str, segment: &Segment, words: &[Word], refused: Refused) -> Said {
    let line = text.get(segment.place.clone()).unwrap_or_default();
    let end = words
        .last()
        .map_or(segment.place.end, |word| word.place.end);
    let place = match refused.spot {
        Spot::End => end..end,
        Spot::Words(range) => {
            let first = words.get(range.start).map_or(end, |word| word.place.start);
            let last = words.get(range.end.saturating_sub(1));
            first..last.map_or(end, |word| word.place.end).max(first)
        }
        Spot::Front { word, length } => {
            let place = words.get(word).map_or(end..end, |word| word.place.clone());
            let front = text.get(place.clone()).unwrap_or_default();
            // Inside quotes the word is written otherwise than it reads.
            let is_plain = words
                .get(word)
                .is_some_and(|word| word.text == front && front.is_char_boundary(length));
            if is_plain {
                place.start..place.start + length
            } else {
                place
            }
        }
    };
    let place = inside(segment, place);
    wrong(line, place, refused.why.to_string(), refused.similar)
}

/// A place in the text as one in the line.
fn inside(segment: &Segment, place: Range<usize>) -> Range<usize> {
    let within = |at: usize| at.clamp(segment.place.start, segment.place.end) - segment.place.start;
    within(place.start)..within(place.end)
}
