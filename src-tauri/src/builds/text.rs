//! What a build printed, as plain text: for the clipboard, and for a file.

use std::io::{self, Write};

use slipway_engine::build::Step;

use super::Record;

/// The most that goes to the clipboard, in bytes.
const CLIPBOARD: usize = 1 << 20;

/// Lines that are taken at once.
const WINDOW: usize = 5_000;

/// The same from the end on: few enough that even the longest come all at once.
const LAST: usize = 100;

/// What a step printed, or all of them under their names: the end of it, where it is long.
///
/// # Errors
/// When the log cannot be read.
pub fn clipboard(record: &Record, step: Option<u32>) -> io::Result<String> {
    let mut pieces = Vec::new();
    let mut bytes = 0;
    let mut is_cut = false;
    'all: for part in parts(record, step).iter().rev() {
        let mut to = part.lines;
        while to > 0 {
            let from = to.saturating_sub(LAST);
            for line in record.log().lines(part.step, from, to - from)?.iter().rev() {
                if bytes >= CLIPBOARD {
                    is_cut = true;
                    break 'all;
                }
                let line = plain(line);
                bytes += line.len() + 1;
                pieces.push(line);
            }
            to = from;
        }
        pieces.extend(part.heading.clone());
    }
    if is_cut {
        pieces.push("… (what comes before is left out)".to_owned());
    }
    pieces.reverse();
    let mut text = pieces.join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    Ok(text)
}

/// Writes what a step printed, or all of them under their names.
///
/// # Errors
/// When the log cannot be read, or not be written.
pub fn write_all(record: &Record, step: Option<u32>, to: &mut dyn Write) -> io::Result<()> {
    for part in parts(record, step) {
        if let Some(heading) = part.heading {
            writeln!(to, "{heading}")?;
        }
        let mut from = 0;
        loop {
            let lines = record.log().lines(part.step, from, WINDOW)?;
            if lines.is_empty() {
                break;
            }
            for line in &lines {
                writeln!(to, "{}", plain(line))?;
            }
            from += lines.len();
        }
    }
    Ok(())
}

struct Part {
    step: u32,
    lines: usize,
    heading: Option<String>,
}

/// The steps that are asked for. With all of them, each has a heading, and a line before it.
fn parts(record: &Record, step: Option<u32>) -> Vec<Part> {
    let (whole, _) = record.whole();
    let steps = whole.steps.iter().zip(&whole.lines);
    let wanted = steps.filter(|(it, _)| step.is_none_or(|step| step == it.id));
    wanted
        .map(|(it, lines)| Part {
            step: it.id,
            lines: *lines as usize,
            heading: step.is_none().then(|| heading(it)),
        })
        .collect()
}

fn heading(step: &Step) -> String {
    let name = plain(step.name.as_bytes());
    match step.number {
        Some(number) => format!("#{} [{}/{}] {name}", step.id, number.at, number.of),
        None => format!("#{} {name}", step.id),
    }
}

/// A line without colours and what else only a terminal understands.
fn plain(line: &[u8]) -> String {
    let bytes = anstream::adapter::strip_bytes(line).into_vec();
    String::from_utf8_lossy(&bytes).into_owned()
}
