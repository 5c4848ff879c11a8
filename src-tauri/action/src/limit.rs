//! How much a container may use: memory and processors.

use crate::text::{Invalid, shown};

/// An amount of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes(
    /// How many.
    pub u64,
);

impl Bytes {
    /// Reads a number and a unit of k, m, g, t or p (powers of 1024), as
    /// <https://github.com/docker/go-units> reads it.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        read_bytes(text).map(Bytes).map_err(|bad| match bad {
            BadBytes::NoAmount => Invalid::new(format!(
                "{} is not an amount. Write a number with k, m or g after it, such as 64m or 2g.",
                shown(text)
            )),
            BadBytes::TooMuch => Invalid::new("That is more than any computer has."),
        })
    }
}

enum BadBytes {
    NoAmount,
    TooMuch,
}

fn read_bytes(text: &str) -> Result<u64, BadBytes> {
    let digits = text
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b'.')
        .count();
    let (number, unit) = text.split_at(digits);
    let unit = unit.strip_prefix(' ').unwrap_or(unit).to_ascii_lowercase();
    let shift = match unit.as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        "p" | "pb" | "pib" => 50,
        _ => return Err(BadBytes::NoAmount),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') {
        return Err(BadBytes::NoAmount);
    }
    let whole: u64 = if whole.is_empty() {
        0
    } else {
        whole.parse().map_err(|_| BadBytes::NoAmount)?
    };
    // Nine digits after the point are finer than a byte for every amount that a computer has.
    let fraction = fraction_of(fraction, 9).ok_or(BadBytes::NoAmount)?;
    let bytes = u128::from(whole) << shift;
    let bytes = bytes + ((u128::from(fraction) << shift) / 1_000_000_000);
    u64::try_from(bytes)
        .ok()
        .filter(|bytes| i64::try_from(*bytes).is_ok())
        .ok_or(BadBytes::TooMuch)
}

/// An amount of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Memory(
    /// In bytes.
    pub u64,
);

/// The least that an engine gives a container.
const LEAST_MEMORY: u64 = 6 * 1024 * 1024;

impl Memory {
    /// Reads the value of `--memory`. 0 means no limit.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let bytes = read_bytes(text).map_err(|bad| match bad {
            BadBytes::NoAmount => Invalid::new(format!(
                "{} is not an amount of memory. Write a number with m or g after it, such as 512m or 2g.",
                shown(text)
            )),
            BadBytes::TooMuch => Invalid::new("That is more memory than any computer has."),
        })?;
        if bytes != 0 && bytes < LEAST_MEMORY {
            return Err(Invalid::new(
                "A container needs at least 6m of memory. Write a number with m or g after it, such as 512m or 2g.",
            ));
        }
        Ok(Memory(bytes))
    }
}

/// The value of `--memory-swap`: memory and swap space together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SwapLimit {
    /// As much as there is (`-1`).
    Unlimited,
    /// At most this much.
    Limited(Bytes),
}

impl SwapLimit {
    /// Reads the value of `--memory-swap`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text == "-1" {
            return Ok(SwapLimit::Unlimited);
        }
        Bytes::parse(text).map(SwapLimit::Limited)
    }

    /// As an engine's API takes it: bytes, or -1.
    pub fn in_bytes(self) -> i64 {
        match self {
            SwapLimit::Unlimited => -1,
            SwapLimit::Limited(Bytes(bytes)) => i64::try_from(bytes).unwrap_or(i64::MAX),
        }
    }
}

/// A list of processors or parts of memory, such as `0-3,5`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CpuSet(
    /// The numbers, in the order in which they were written, ranges as first and last.
    pub Vec<(u32, u32)>,
);

impl CpuSet {
    /// Reads the value of `--cpuset-cpus` or `--cpuset-mems`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = || {
            Invalid::new(format!(
                "{} is not a list of numbers. Write one such as 0-3 or 0,1.",
                shown(text)
            ))
        };
        let number = |text: &str| match text.bytes().all(|b| b.is_ascii_digit()) {
            true => text.parse::<u32>().ok().filter(|number| *number < 8192),
            false => None,
        };
        let range = |part: &str| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let range = (number(first)?, number(last)?);
            (range.0 <= range.1).then_some(range)
        };
        let ranges: Option<Vec<_>> = text.split(',').map(range).collect();
        ranges.map(CpuSet).ok_or_else(wrong)
    }
}

/// A share of the computer's processors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cpus {
    /// In billionths of a processor, as an engine's API takes it (`NanoCpus`).
    pub nano: i64,
}

impl Cpus {
    /// Reads the value of `--cpus`: a decimal number. 0 means no limit.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = || {
            Invalid::new(format!(
                "{} is not a number of processors. Write one such as 2 or 1.5.",
                shown(text)
            ))
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if text.len() == text.matches('.').count() || !is_number(whole) || !is_number(fraction) {
            return Err(wrong());
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 9 {
            return Err(Invalid::new(
                "Write the number of processors with fewer digits, such as 1.5.",
            ));
        }
        let whole: i64 = if whole.is_empty() {
            0
        } else {
            whole.parse().map_err(|_| wrong())?
        };
        let fraction = fraction_of(fraction, 9)
            .and_then(|f| i64::try_from(f).ok())
            .ok_or_else(wrong)?;
        let nano = whole
            .checked_mul(1_000_000_000)
            .and_then(|nano| nano.checked_add(fraction))
            .ok_or_else(|| Invalid::new("That is more processors than any computer has."))?;
        if nano != 0 && nano < 10_000_000 {
            return Err(Invalid::new(
                "A container needs at least 0.01 of a processor.",
            ));
        }
        Ok(Cpus { nano })
    }
}

/// The digits after a point as a whole number of `10^-places`; further digits are cut off.
fn fraction_of(digits: &str, places: usize) -> Option<u64> {
    if digits.is_empty() {
        return Some(0);
    }
    let cut = &digits[..digits.len().min(places)];
    let number: u64 = cut.parse().ok()?;
    let missing = u32::try_from(places - cut.len()).ok()?;
    number.checked_mul(10_u64.checked_pow(missing)?)
}
