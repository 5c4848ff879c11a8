//! What may have been meant by a misspelt word.

/// The candidate that a slip of the hand or two makes into the word; `None` when none is near.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    // Longer words may have more slips; in a very long one nothing is to be found.
    let most = match word.chars().count() {
        0 | 1 => 0,
        2..=4 => 1,
        5..=40 => 2,
        _ => return None,
    };
    candidates
        .map(|candidate| (slips(word, candidate), candidate))
        .filter(|(slips, _)| *slips <= most)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
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
}
