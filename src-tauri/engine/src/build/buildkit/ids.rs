//! Names that nobody else has.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest as _, Sha256};

static COUNT: AtomicU64 = AtomicU64::new(0);

/// A name for a session or a build, 25 characters long as BuildKit's own clients have them.
pub(super) fn fresh() -> String {
    let mut hash = Sha256::new();
    for _ in 0..4 {
        // Each has keys of its own, which come from the system's randomness.
        hash.update(RandomState::new().hash_one(0).to_ne_bytes());
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    hash.update(now.unwrap_or_default().as_nanos().to_ne_bytes());
    hash.update(std::process::id().to_ne_bytes());
    hash.update(COUNT.fetch_add(1, Ordering::Relaxed).to_ne_bytes());
    letters(&hash.finalize(), 25)
}

/// What a text is called where only whether it is the same matters.
pub(super) fn of(text: &[u8]) -> String {
    letters(&Sha256::digest(text), 32)
}

fn letters(bytes: &[u8], count: usize) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz012345";
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    bytes.iter().take(count).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_are_the_same() {
        let all: HashSet<_> = (0..1000).map(|_| fresh()).collect();
        assert_eq!(all.len(), 1000);
        assert!(all.iter().all(|id| id.len() == 25));
        assert_eq!(of(b"a"), of(b"a"));
        assert_ne!(of(b"a"), of(b"b"));
    }
}
