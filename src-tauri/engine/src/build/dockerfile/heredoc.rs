//! Heredocs: texts of several lines that an instruction carries with it
//! (<https://docs.docker.com/reference/dockerfile/#here-documents>).

use super::Instruction;

/// No instruction has more.
const MOST: usize = 100;

/// How a heredoc ends.
pub(super) struct Heredoc {
    name: String,
    /// Tabs in front of its lines are not part of it.
    tabs: bool,
}

impl Heredoc {
    /// Whether this is the line that ends it.
    pub fn ends_with(&self, line: &str) -> bool {
        let line = if self.tabs {
            line.trim_start_matches('\t')
        } else {
            line
        };
        line == self.name
    }
}

/// The heredocs that an instruction begins, in their order.
pub(super) fn of(instruction: &Instruction) -> Vec<Heredoc> {
    let carries = |keyword: &str| matches!(keyword, "RUN" | "COPY" | "ADD");
    let inner = || {
        let words = instruction.rest.split_whitespace();
        words.map(str::to_uppercase).next().unwrap_or_default()
    };
    let has =
        carries(&instruction.keyword) || instruction.keyword == "ONBUILD" && carries(&inner());
    if !has || !instruction.rest.contains("<<") {
        return Vec::new();
    }
    let mut words = words(&instruction.rest).into_iter();
    words.by_ref().filter_map(read).take(MOST).collect()
}

/// `<<EOF`, `<<-EOF`, `3<<"EOF"`.
fn read(word: &str) -> Option<Heredoc> {
    let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let word = word.strip_prefix("<<")?;
    let (tabs, word) = match word.strip_prefix('-') {
        Some(word) => (true, word),
        None => (false, word),
    };
    let bare = ['"', '\'']
        .into_iter()
        .find_map(|quote| word.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(word);
    let fits = !bare.is_empty() && !bare.contains(['<', '"', '\'', ' ']);
    fits.then(|| Heredoc {
        name: bare.to_owned(),
        tabs,
    })
}

/// The words of a line; quotes keep spaces together, and stay.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut quote = None;
    let mut begin = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if begin.is_none() && !c.is_whitespace() {
            begin = Some(at);
        }
        if escaped {
            escaped = false;
            continue;
        }
        match (quote, c) {
            (Some('"') | None, '\\') => escaped = true,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, c) if c.is_whitespace() => {
                if let Some(begin) = begin.take() {
                    words.extend(text.get(begin..at));
                }
            }
            (None | Some(_), _) => {}
        }
    }
    words.extend(begin.and_then(|begin| text.get(begin..)));
    words
}
