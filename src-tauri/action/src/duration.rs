//! Times: how long something takes, and when something was.

use crate::text::{Invalid, shown};

/// How long something takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// In billionths of a second, as an engine's API takes it.
    pub nanos: i64,
}

/// The units, longer names first where one begins like another, and their billionths of a second.
const UNITS: &[(&str, u64)] = &[
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

impl Span {
    /// Reads numbers with units, such as `30s` or `1m30s`, as
    /// <https://pkg.go.dev/time#ParseDuration> reads them; nothing below zero.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = || {
            Invalid::new(format!(
                "{} is not a length of time. Write a number with its unit, such as 30s, 5m or 1h30m.",
                shown(text)
            ))
        };
        let mut rest = text.strip_prefix('+').unwrap_or(text);
        if rest == "0" {
            return Ok(Span { nanos: 0 });
        }
        if rest.is_empty() {
            return Err(wrong());
        }
        let mut nanos: i64 = 0;
        while !rest.is_empty() {
            let digits = rest
                .bytes()
                .take_while(|b| b.is_ascii_digit() || *b == b'.')
                .count();
            let (number, after) = rest.split_at(digits);
            let letters = after
                .find(|c: char| c.is_ascii_digit() || c == '.')
                .unwrap_or(after.len());
            let (unit, after) = after.split_at(letters);
            let length = UNITS.iter().find(|(name, _)| *name == unit);
            let (_, length) = length.ok_or_else(wrong)?;
            let part = part(number, *length).ok_or_else(wrong)?;
            nanos = nanos.checked_add(part).ok_or_else(wrong)?;
            rest = after;
        }
        Ok(Span { nanos })
    }

    /// Reads the time between two checks of health, which engines want to be a millisecond at
    /// least, or 0 for their own.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn of_health(text: &str) -> Result<Self, Invalid> {
        let span = Span::parse(text)?;
        if span.nanos != 0 && span.nanos < 1_000_000 {
            return Err(Invalid::new(
                "This is too short: it must be at least 1ms, such as 30s.",
            ));
        }
        Ok(span)
    }
}

/// `1.5` of a unit.
fn part(number: &str, unit: u64) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return None;
    }
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let whole = whole.checked_mul(i64::try_from(unit).ok()?)?;
    let mut scale = unit;
    let mut part: u64 = 0;
    for digit in fraction.bytes().take(18) {
        scale /= 10;
        part += u64::from(digit - b'0') * scale;
    }
    whole.checked_add(i64::try_from(part).ok()?)
}

/// When something was: a length of time before now, or a point in time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Moment {
    /// So long ago.
    Ago(Span),
    /// Seconds since 1970, perhaps with a fraction, as engines take it.
    Unix(String),
    /// A date, perhaps with a time and a zone; without a zone it is that of this computer.
    Date(String),
}

impl Moment {
    /// Reads the value of `--since` or `--until`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if let Ok(span) = Span::parse(text) {
            return Ok(Moment::Ago(span));
        }
        if is_unix(text) {
            return Ok(Moment::Unix(text.to_owned()));
        }
        if is_date(text) {
            return Ok(Moment::Date(text.to_owned()));
        }
        Err(Invalid::new(format!(
            "{} is not a time. Write how long ago it was, such as 10m or 2h, or a date such as 2026-01-31T10:00:00.",
            shown(text)
        )))
    }
}

fn is_unix(text: &str) -> bool {
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number =
        |text: &str| (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_number(seconds) && is_number(fraction)
}

/// `2006-01-02[T15[:04[:05[.9]]]][Z|+01:00]`
fn is_date(text: &str) -> bool {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text.strip_suffix('Z').unwrap_or(text), None),
    };
    let ranges = [1..=9999, 1..=12, 1..=31];
    if !numbers(date, '-', &[4, 2, 2], &ranges) || date.split('-').count() != 3 {
        return false;
    }
    let Some(time) = time else {
        return true;
    };
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_zone = match zone {
        "" | "Z" => true,
        zone => numbers(&zone[1..], ':', &[2, 2], &[0..=14, 0..=59]) && zone.len() == 6,
    };
    let is_fraction =
        (1..=9).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
    numbers(time, ':', &[2, 2, 2], &[0..=23, 0..=59, 0..=60]) && is_fraction && is_zone
}

/// Whether a text is numbers of certain lengths and sizes with a sign between them; the last ones
/// may be missing.
fn numbers(
    text: &str,
    between: char,
    lengths: &[usize],
    ranges: &[std::ops::RangeInclusive<u32>],
) -> bool {
    let parts: Vec<&str> = text.split(between).collect();
    parts.len() <= lengths.len()
        && parts
            .iter()
            .zip(lengths)
            .zip(ranges)
            .all(|((part, length), range)| {
                part.len() == *length
                    && part.bytes().all(|b| b.is_ascii_digit())
                    && part.parse().is_ok_and(|number| range.contains(&number))
            })
}
