//! Sizes as sentences say them.

/// Such as `1.4 GB`, in steps of a thousand as docker counts.
pub(super) fn words(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "kB", "MB", "GB", "TB"];
    let mut unit = 0;
    let mut divisor: u64 = 1;
    while unit + 1 < UNITS.len() && bytes / divisor >= 1000 {
        divisor *= 1000;
        unit += 1;
    }
    let whole = bytes / divisor;
    let tenth = bytes % divisor * 10 / divisor;
    if unit == 0 || whole >= 100 || tenth == 0 {
        format!("{whole} {}", UNITS[unit])
    } else {
        format!("{whole}.{tenth} {}", UNITS[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn sizes_are_short() {
        for (bytes, text) in [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1_000, "1 kB"),
            (1_450_000, "1.4 MB"),
            (123_456_789, "123 MB"),
            (1_000_000_000, "1 GB"),
            (u64::MAX, "18446744 TB"),
        ] {
            assert_eq!(words(bytes), text);
        }
    }
}
