//! What may have been meant by a misspelt word.

/// Beyond this nobody looks further.
const MOST: usize = 3;

/// The candidate that a slip of the hand or two makes into the word; `None` when none is near.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    all_near(word, candidates).first().copied()
}

/// The candidates that may have been meant, the nearest first: those that a slip or two makes into
/// the word, and those that it is the beginning of.
pub(crate) fn all_near<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    // Longer words may have more slips; in a very long one nothing is to be found.
    let most = match word.chars().count() {
        0 | 1 => 0,
        2..=4 => 1,
        5..=40 => 2,
        _ => return Vec::new(),
    };
    let mut near: Vec<(usize, bool, &str)> = candidates
        .filter_map(|candidate| {
            let is_cut_off = word.chars().count() >= 3 && candidate.starts_with(word);
            // A word that was cut off is as near as one with a single slip, and comes first.
            let slips = if is_cut_off {
                1
            } else {
                slips(word, candidate)
            };
            (slips <= most).then_some((slips, !is_cut_off, candidate))
        })
        .collect();
    near.sort_by_key(|(slips, is_misspelt, _)| (*slips, *is_misspelt));
    near.into_iter()
        .map(|(_, _, candidate)| candidate)
        .take(MOST)
        .collect()
}

/// How many letters must be added, dropped, changed or swapped with their neighbour
/// (<https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance>, optimal string alignment).
fn slips(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let mut best = (last[j] + usize::from(a != b))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_or_two_is_forgiven() {
        let verbs = ["run", "rm", "rmi", "pull", "container prune", "restart"];
        let rows = [
            ("rnu", Some("run")),
            ("puul", Some("pull")),
            ("pulll", Some("pull")),
            ("container prnue", Some("container prune")),
            ("rmii", Some("rmi")),
            ("zzzz", None),
            ("", None),
            ("ubuntu", None),
        ];
        for (word, expected) in rows {
            assert_eq!(nearest(word, verbs.into_iter()), expected, "{word}");
        }
    }

    #[test]
    fn all_that_may_be_meant_is_named() {
        let flags = [
            "publish",
            "publish-all",
            "pull",
            "name",
            "no-trunc",
            "network",
        ];
        let rows: [(&str, &[&str]); 5] = [
            ("publsh", &["publish"]),
            ("publ", &["publish", "publish-all", "pull"]),
            ("netw", &["network"]),
            ("nmae", &["name"]),
            ("x", &[]),
        ];
        for (word, expected) in rows {
            assert_eq!(all_near(word, flags.into_iter()), expected, "{word}");
        }
    }
}
