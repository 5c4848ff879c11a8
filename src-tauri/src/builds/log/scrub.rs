//! Secrets of an action, taken out of what a build prints.

use memchr::memmem;
use slipway_action::HIDDEN;

/// Shorter pieces are in every line; replacing them would hide nothing and spoil all.
const SHORTEST: usize = 4;

/// What must not be kept.
#[derive(Debug, Default)]
pub struct Scrub {
    /// The longest first, so that one that is in another does not leave the rest of it.
    secrets: Vec<Vec<u8>>,
}

impl Scrub {
    /// One for these secrets. What is printed comes line by line, so one with several lines is looked
    /// for in its lines.
    pub fn new(secrets: &[String]) -> Scrub {
        let mut pieces: Vec<Vec<u8>> = secrets
            .iter()
            .flat_map(|secret| secret.split(['\n', '\r']))
            .map(str::trim)
            .filter(|piece| piece.len() >= SHORTEST)
            .map(|piece| piece.as_bytes().to_vec())
            .collect();
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
        pieces.dedup();
        Scrub { secrets: pieces }
    }

    /// The length of the longest, in bytes.
    pub fn longest(&self) -> usize {
        self.secrets.first().map_or(0, Vec::len)
    }

    /// The same bytes without the secrets.
    pub fn bytes(&self, bytes: &[u8]) -> Vec<u8> {
        let mut shown = bytes.to_vec();
        for secret in &self.secrets {
            if memmem::find(&shown, secret).is_none() {
                continue;
            }
            let mut hidden = Vec::with_capacity(shown.len());
            let mut from = 0;
            for at in memmem::find_iter(&shown, secret) {
                hidden.extend_from_slice(&shown[from..at]);
                hidden.extend_from_slice(HIDDEN.as_bytes());
                from = at + secret.len();
            }
            hidden.extend_from_slice(&shown[from..]);
            shown = hidden;
        }
        shown
    }

    /// The same text without the secrets.
    pub fn text(&self, text: &str) -> String {
        if self.secrets.is_empty() {
            return text.to_owned();
        }
        // Whole texts were replaced by a whole text, so it is one still.
        String::from_utf8_lossy(&self.bytes(text.as_bytes())).into_owned()
    }
}
