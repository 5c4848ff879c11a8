//! Looks at a build's folder, and checks of its Dockerfile, of which only the newest is of interest: a folder
//! may be a whole disk, and a text changes with each key.

use std::sync::Mutex;

use tokio_util::sync::CancellationToken;

use crate::hub::lock;

/// The look that goes on.
#[derive(Debug, Default)]
pub struct Looks(Mutex<CancellationToken>);

impl Looks {
    /// Begins another one, which ends the one before.
    pub fn begin(&self) -> CancellationToken {
        let fresh = CancellationToken::new();
        std::mem::replace(&mut *lock(&self.0), fresh.clone()).cancel();
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::Looks;

    #[test]
    fn a_newer_look_ends_the_older() {
        let looks = Looks::default();
        let first = looks.begin();
        assert!(!first.is_cancelled());
        let second = looks.begin();
        assert!(first.is_cancelled() && !second.is_cancelled());
    }
}
