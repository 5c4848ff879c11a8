//! Names that are nearly the one that was meant.

/// The names nearest to `wanted`, nearest first; none that is too far off to be a slip of the hand.
pub(crate) fn near<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let most = match wanted.chars().count() {
        0..=2 => 1,
        3..=5 => 2,
        _ => 3,
    };
    let mut found: Vec<(usize, &str)> = names
        .into_iter()
        .filter(|name| *name != wanted)
        .map(|name| (distance(wanted, name, most), name))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|(_, name)| name).collect()
}

/// How many letters must be changed, added, left out, or swapped with their neighbour; anything beyond
/// `most` counts as that and one more.
fn distance(one: &str, other: &str, most: usize) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    if one.len().abs_diff(other.len()) > most {
        return most + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let changed = last[j] + usize::from(a != b);
            let mut least = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0).min(most + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_hand_are_found() {
        let names = [
            "ubuntu",
            "ubuntu_miniconda",
            "hello-world",
            "busy",
            "python",
        ];
        let rows: [(&str, &[&str]); 7] = [
            ("ubunut", &["ubuntu"]),
            ("ubunt", &["ubuntu"]),
            ("helo-wrld", &["hello-world"]),
            ("buzy", &["busy"]),
            ("busy", &[]),
            ("nginx", &[]),
            ("", &[]),
        ];
        for (wanted, expected) in rows {
            assert_eq!(near(wanted, names), expected, "{wanted}");
        }
    }
}
