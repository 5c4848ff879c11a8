//! Bytes of a program, as they come, made into lines as a terminal would leave them.

use memchr::memchr2;

use super::scrub::Scrub;

/// The longest line that is kept, in bytes.
pub const LONGEST: usize = 64 << 10;

/// The line that is being printed.
#[derive(Debug, Default)]
pub struct Lines {
    pending: Vec<u8>,
    /// The cursor went back to the beginning: what comes next takes the line's place.
    is_back: bool,
    /// Bytes of the line that are left out, since it is too long.
    cut: u64,
}

impl Lines {
    /// Takes in what was printed; `line` gets each line that is whole now.
    pub fn push(&mut self, mut bytes: &[u8], scrub: &Scrub, mut line: impl FnMut(&[u8])) {
        while let Some(at) = memchr2(b'\n', b'\r', bytes) {
            self.append(&bytes[..at]);
            if bytes[at] == b'\n' {
                line(&self.shown(scrub));
                self.clear();
            } else {
                // Before a line break it means nothing, so the line stays until something follows.
                self.is_back = true;
            }
            bytes = &bytes[at + 1..];
        }
        self.append(bytes);
    }

    /// The line that is not whole yet; `None` when there is nothing of it.
    pub fn partial(&self, scrub: &Scrub) -> Option<Vec<u8>> {
        (!self.pending.is_empty()).then(|| self.shown(scrub))
    }

    /// Whether a line has begun.
    pub fn is_open(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Forgets the line that is not whole yet.
    pub fn clear(&mut self) {
        self.pending.clear();
        self.is_back = false;
        self.cut = 0;
    }

    fn append(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        if self.is_back {
            self.clear();
        }
        let room = LONGEST - self.pending.len();
        let (fits, rest) = bytes.split_at(room.min(bytes.len()));
        self.pending.extend_from_slice(fits);
        self.cut += rest.len() as u64;
    }

    fn shown(&self, scrub: &Scrub) -> Vec<u8> {
        let mut shown = scrub.bytes(&self.pending);
        if self.cut > 0 {
            // The beginning of a secret may stand where the line was cut.
            let sure = shown.len().saturating_sub(scrub.longest());
            let left = self.cut + (shown.len() - sure) as u64;
            shown.truncate(sure);
            let mark = format!("… ({left} more bytes of this line are left out)");
            shown.extend_from_slice(mark.as_bytes());
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Lines, Scrub};

    fn read(pieces: &[&[u8]], secrets: &[&str]) -> (Vec<String>, Option<String>) {
        let secrets: Vec<String> = secrets.iter().map(|it| (*it).to_owned()).collect();
        let scrub = Scrub::new(&secrets);
        let mut lines = Lines::default();
        let mut whole = Vec::new();
        for piece in pieces {
            lines.push(piece, &scrub, |line| {
                whole.push(String::from_utf8_lossy(line).into_owned());
            });
        }
        let partial = lines.partial(&scrub);
        (
            whole,
            partial.map(|it| String::from_utf8_lossy(&it).into_owned()),
        )
    }

    #[test]
    fn lines_are_as_a_terminal_leaves_them() {
        type Row = (&'static str, &'static [&'static str], Option<&'static str>);
        let rows: [Row; 12] = [
            ("", &[], None),
            ("a\nb\n", &["a", "b"], None),
            ("a\n\nb", &["a", ""], Some("b")),
            ("a\r\nb\r\n", &["a", "b"], None),
            ("a\r\r\n", &["a"], None),
            ("10%\r20%\r30%\n", &["30%"], None),
            ("10%\r20%\r", &[], Some("20%")),
            ("\r10%\r20%", &[], Some("20%")),
            ("Downloading\rDone\n", &["Done"], None),
            ("a\r\n\rb\n", &["a", "b"], None),
            ("\n", &[""], None),
            ("\r", &[], None),
        ];
        for (text, whole, partial) in rows {
            // However it is cut.
            for size in [1, 2, 3, 100] {
                let pieces: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
                let (found, rest) = read(&pieces, &[]);
                assert_eq!(found, whole, "{text:?}");
                assert_eq!(rest.as_deref(), partial, "{text:?}");
            }
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_cut_and_says_so() {
        let long = vec![b'x'; LONGEST + 10];
        let (whole, partial) = read(&[&long, b"yz\nshort\n", &long], &[]);
        let mark = "… (12 more bytes of this line are left out)";
        assert_eq!(whole[0], format!("{}{mark}", "x".repeat(LONGEST)));
        assert_eq!(whole[1], "short");
        assert!(partial.is_some_and(|line| line.contains("(10 more bytes")));
    }

    #[test]
    fn secrets_are_hidden_however_they_come() {
        let (whole, partial) = read(&[b"a can", b"ary-4711 b\r\ncanary-4711"], &["canary-4711"]);
        assert_eq!(
            (whole[0].as_str(), partial.as_deref()),
            ("a *** b", Some("***"))
        );
        let mut long = vec![b'x'; LONGEST - 4];
        long.extend_from_slice(b"canary-4711\n");
        let (whole, _) = read(&[&long], &["canary-4711"]);
        assert!(!whole[0].contains("can"), "{}", &whole[0][LONGEST - 40..]);
    }
}
