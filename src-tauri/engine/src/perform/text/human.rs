//! Sizes and times as docker's command line writes them (<https://github.com/docker/go-units>).

use std::time::{SystemTime, UNIX_EPOCH};

const UNITS: [&str; 9] = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];

/// Bytes with four digits, such as `1.342GB`.
pub(in crate::perform) fn size(bytes: i64) -> String {
    sized(bytes, 4)
}

/// Bytes with three digits, such as `1.34GB`.
pub(in crate::perform) fn size_short(bytes: i64) -> String {
    sized(bytes, 3)
}

#[allow(clippy::cast_precision_loss, reason = "three or four digits are shown")]
fn sized(bytes: i64, digits: usize) -> String {
    let mut size = bytes as f64;
    let mut unit = 0;
    while size >= 1000.0 && unit < UNITS.len() - 1 {
        size /= 1000.0;
        unit += 1;
    }
    format!("{}{}", significant(size, digits), UNITS[unit])
}

/// As `%.4g` writes a number below a thousand: so many digits, without zeros at its end.
fn significant(number: f64, digits: usize) -> String {
    let whole = match number.abs() {
        n if n >= 1000.0 => 4,
        n if n >= 100.0 => 3,
        n if n >= 10.0 => 2,
        _ => 1,
    };
    let text = format!("{number:.*}", digits.saturating_sub(whole));
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// How long ago a moment was, such as `3 hours ago`; Unix seconds.
pub(in crate::perform) fn ago(moment: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |now| i64::try_from(now.as_secs()).unwrap_or(i64::MAX));
    format!("{} ago", duration(now.saturating_sub(moment)))
}

fn duration(seconds: i64) -> String {
    /// From so many hours on, weeks, months and years are counted.
    const WEEKS: i64 = 24 * 7 * 2;
    const MONTHS: i64 = 24 * 30 * 2;
    const YEARS: i64 = 24 * 365 * 2;
    let (minutes, hours) = (seconds / 60, (seconds + 1800) / 3600);
    match (seconds, minutes, hours) {
        (..=0, _, _) => "Less than a second".to_owned(),
        (1, _, _) => "1 second".to_owned(),
        (2..=59, _, _) => format!("{seconds} seconds"),
        (_, 1, _) => "About a minute".to_owned(),
        (_, 2..=59, _) => format!("{minutes} minutes"),
        (_, _, 1) => "About an hour".to_owned(),
        (_, _, ..48) => format!("{hours} hours"),
        (_, _, ..WEEKS) => format!("{} days", hours / 24),
        (_, _, ..MONTHS) => format!("{} weeks", hours / 24 / 7),
        (_, _, ..YEARS) => format!("{} months", hours / 24 / 30),
        _ => format!("{} years", hours / 24 / 365),
    }
}

/// A moment as RFC 3339 in UTC, such as `2026-02-28T12:00:00Z`; Unix seconds.
pub(in crate::perform) fn date(moment: i64) -> String {
    let (days, second) = (moment.div_euclid(86_400), moment.rem_euclid(86_400));
    // Days since 0000-03-01, so that the leap day ends a year (Howard Hinnant, `civil_from_days`).
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_docker_writes_them() {
        let rows = [
            (0, "0B", "0B"),
            (999, "999B", "999B"),
            (1000, "1kB", "1kB"),
            (1024, "1.024kB", "1.02kB"),
            (686_792, "686.8kB", "687kB"),
            (11_444, "11.44kB", "11.4kB"),
            (224_098_073, "224.1MB", "224MB"),
            (1_100_000_000, "1.1GB", "1.1GB"),
        ];
        for (bytes, long, short) in rows {
            assert_eq!(
                (size(bytes).as_str(), size_short(bytes).as_str()),
                (long, short)
            );
        }
    }

    #[test]
    fn durations_are_written_as_docker_writes_them() {
        const HOUR: i64 = 3600;
        let rows = [
            (-5, "Less than a second"),
            (1, "1 second"),
            (59, "59 seconds"),
            (60, "About a minute"),
            (119, "About a minute"),
            (120, "2 minutes"),
            (59 * 60, "59 minutes"),
            (HOUR, "About an hour"),
            (2 * HOUR, "2 hours"),
            (47 * HOUR, "47 hours"),
            (48 * HOUR, "2 days"),
            (14 * 24 * HOUR, "2 weeks"),
            (60 * 24 * HOUR, "2 months"),
            (730 * 24 * HOUR, "2 years"),
        ];
        for (seconds, expected) in rows {
            assert_eq!(duration(seconds), expected);
        }
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        let rows = [
            (0, "1970-01-01T00:00:00Z"),
            (1_709_208_000, "2024-02-29T12:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (-1, "1969-12-31T23:59:59Z"),
        ];
        for (moment, expected) in rows {
            assert_eq!(date(moment), expected);
        }
    }
}
