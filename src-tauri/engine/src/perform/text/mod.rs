//! What docker's command line prints where it answers a question: tables and the ways in which it writes
//! sizes and times.

mod human;
mod table;

pub(super) use human::{ago, date, size, size_short};
pub(super) use table::{Table, shortened};

use std::cmp::Ordering;

/// Names in the order in which people count: `a2` before `a10`.
pub(super) fn natural(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while let (Some(a), Some(b)) = (one.first(), other.first()) {
        if a.is_ascii_digit() && b.is_ascii_digit() {
            let (left, right) = (number(one), number(other));
            // Without zeros in front, the longer number is the larger one.
            let by_value = left.len().cmp(&right.len()).then_with(|| left.cmp(right));
            if by_value != Ordering::Equal {
                return by_value;
            }
            one = after_number(one);
            other = after_number(other);
        } else if a != b {
            return a.cmp(b);
        } else {
            one = &one[1..];
            other = &other[1..];
        }
    }
    one.len().cmp(&other.len())
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn number(text: &[u8]) -> &[u8] {
    let all = &text[..digits(text)];
    let zeros = all.iter().take_while(|byte| **byte == b'0').count();
    &all[zeros..]
}

fn after_number(text: &[u8]) -> &[u8] {
    &text[digits(text)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_in_which_people_count() {
        let mut names = ["b", "a10", "a2", "a02b", "a", "A", ""];
        names.sort_by(|one, other| natural(one, other));
        assert_eq!(names, ["", "A", "a", "a2", "a02b", "a10", "b"]);
    }
}
