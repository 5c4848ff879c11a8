//! The fuzz targets over their seeds, and over what a fixed dice makes of them: a short run of
//! `./dev fuzz` that is the same every time. What the long runs find is kept as a seed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

#[path = "../../../../fuzz/src/targets.rs"]
mod targets;

use std::path::Path;

/// Changed texts for each seed.
const CHANGED: usize = if cfg!(debug_assertions) { 20 } else { 200 };

/// Pieces that are put in: what shells, readers and terminals stumble over.
const PIECES: &[&str] = &[
    "'",
    "\"",
    "\\",
    "`",
    "$(",
    "$'",
    "${",
    "^",
    "|",
    "&&",
    ";",
    ">",
    "<",
    "<<",
    "#",
    "\n",
    "\r\n",
    "\0",
    "\u{202e}",
    "\u{200b}",
    "\u{a0}",
    "–",
    "“",
    "’",
    "🐳",
    "docker ",
    "run ",
    "--",
    "-it",
    "=",
    "<A B>",
    "sudo ",
    "PS C:\\> ",
    "```",
    "> ",
    "\\>",
    "$ ",
    "%x%",
    "[::1]:",
    "sha256:",
];

/// xorshift: the same numbers on every computer (<https://www.jstatsoft.org/article/view/v008i14>).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).unwrap()
    }
}

fn change(seed: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut text = seed.to_vec();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(text.len() + 1);
        let end = (at + dice.roll(6)).min(text.len());
        match dice.roll(5) {
            0 => drop(text.splice(at..at, PIECES[dice.roll(PIECES.len())].bytes())),
            1 => drop(text.splice(at..end, std::iter::empty())),
            2 => drop(text.splice(at..end, PIECES[dice.roll(PIECES.len())].bytes())),
            3 => {
                let from = dice.roll(other.len() + 1);
                drop(text.splice(at..end, other[from..].iter().copied()));
            }
            _ => {
                if let Some(byte) = text.get_mut(at) {
                    *byte ^= 1 << dice.roll(8);
                }
            }
        }
    }
    text
}

fn hold(name: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/seeds")
        .join(name);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let seeds: Vec<Vec<u8>> = files
        .iter()
        .map(|file| std::fs::read(file).unwrap())
        .collect();
    assert!(seeds.len() >= 10, "{} has few seeds", folder.display());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for (seed, file) in seeds.iter().zip(&files) {
        tried(seed, target, &file.display().to_string());
        for _ in 0..CHANGED {
            let other = &seeds[dice.roll(seeds.len())];
            let changed = change(seed, other, &mut dice);
            tried(&changed, target, "a changed seed");
        }
    }
}

/// Says which text it was, since the panic itself may not.
fn tried(text: &[u8], target: fn(&[u8]), what: &str) {
    let result = std::panic::catch_unwind(|| target(text));
    assert!(
        result.is_ok(),
        "{what}: {:?}",
        String::from_utf8_lossy(text)
    );
}

#[test]
fn commands() {
    hold("command", targets::command);
}

#[test]
fn references() {
    hold("reference", targets::reference);
}

#[test]
fn quoting() {
    hold("quoting", targets::quoting);
}
