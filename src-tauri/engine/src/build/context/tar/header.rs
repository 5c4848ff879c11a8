//! The head of a file in a tar stream: POSIX ustar, with PAX records before it for what does not fit there
//! (long names, names that are not ASCII, sizes from 8 GiB on, capabilities).

use crate::build::context::facts::{Facts, Kind};
use crate::tar::{BLOCK, CHECKSUM, checksum, padding};

/// A name longer than this goes into a record.
const NAME: usize = 100;

/// What the head tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header<'a> {
    /// With a `/` at the end of a folder's.
    pub name: &'a [u8],
    /// Where a link leads.
    pub target: Option<Target<'a>>,
    pub facts: Facts,
    /// Bytes of content that follow.
    pub size: u64,
    /// What a program may do that its user may not, as Linux keeps it.
    pub capability: Option<&'a [u8]>,
}

/// Where a link leads.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target<'a> {
    /// A symbolic link's text.
    Symbolic(&'a [u8]),
    /// The name under which the same file was sent before.
    Hard(&'a [u8]),
}

impl Header<'_> {
    /// Appends it to `out`.
    pub fn write(&self, out: &mut Vec<u8>) {
        let records = self.records();
        if !records.is_empty() {
            let mut block = self.block(b'x', records.len() as u64);
            field(&mut block, 0, NAME, b"PaxHeaders.0/entry");
            field(&mut block, 157, NAME, b"");
            out.extend_from_slice(&sealed(block));
            out.extend_from_slice(&records);
            pad(out, records.len() as u64);
        }
        let kind = match self.facts.kind {
            _ if matches!(self.target, Some(Target::Hard(_))) => b'1',
            Kind::File | Kind::Socket => b'0',
            Kind::Link => b'2',
            Kind::Character(..) => b'3',
            Kind::Block(..) => b'4',
            Kind::Folder => b'5',
            Kind::Pipe => b'6',
        };
        out.extend_from_slice(&sealed(self.block(kind, self.size)));
    }

    fn link(&self) -> &[u8] {
        match self.target {
            Some(Target::Symbolic(text) | Target::Hard(text)) => text,
            None => b"",
        }
    }

    fn records(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let plain = |text: &[u8]| text.len() <= NAME && text.is_ascii();
        if !plain(self.name) {
            record(&mut out, "path", self.name);
        }
        if !plain(self.link()) {
            record(&mut out, "linkpath", self.link());
        }
        if octal(self.size, 11).is_none() {
            record(&mut out, "size", self.size.to_string().as_bytes());
        }
        if !(0..1 << 33).contains(&self.facts.modified) {
            record(
                &mut out,
                "mtime",
                self.facts.modified.to_string().as_bytes(),
            );
        }
        if let Some(capability) = self.capability {
            record(&mut out, "SCHILY.xattr.security.capability", capability);
        }
        out
    }

    fn block(&self, kind: u8, size: u64) -> [u8; BLOCK] {
        let mut block = [0; BLOCK];
        let modified = u64::try_from(self.facts.modified).unwrap_or(0);
        let (major, minor) = match self.facts.kind {
            Kind::Character(major, minor) | Kind::Block(major, minor) => (major, minor),
            Kind::File | Kind::Folder | Kind::Link | Kind::Pipe | Kind::Socket => (0, 0),
        };
        field(&mut block, 0, NAME, self.name);
        number(&mut block, 100, 7, self.facts.mode.into());
        // User and group are root's.
        number(&mut block, 108, 7, 0);
        number(&mut block, 116, 7, 0);
        number(&mut block, 124, 11, size);
        number(&mut block, 136, 11, modified);
        block[156] = kind;
        field(&mut block, 157, NAME, self.link());
        block[257..265].copy_from_slice(b"ustar\x0000");
        number(&mut block, 329, 7, major.into());
        number(&mut block, 337, 7, minor.into());
        block
    }
}

/// Fills the last block of content that has `size` bytes.
pub(super) fn pad(out: &mut Vec<u8>, size: u64) {
    out.resize(out.len() + padding(size), 0);
}

/// `length name=value\n`, where the length counts itself.
fn record(out: &mut Vec<u8>, name: &str, value: &[u8]) {
    let rest = name.len() + value.len() + 3;
    let mut length = rest + 1;
    while rest + length.to_string().len() != length {
        length = rest + length.to_string().len();
    }
    out.extend_from_slice(format!("{length} {name}=").as_bytes());
    out.extend_from_slice(value);
    out.push(b'\n');
}

/// What does not fit is cut; a record before the block then tells the whole.
fn field(block: &mut [u8; BLOCK], at: usize, room: usize, text: &[u8]) {
    let text = &text[..text.len().min(room)];
    block[at..at + room].fill(0);
    block[at..at + text.len()].copy_from_slice(text);
}

/// What does not fit is 0; a record before the block then tells it.
fn number(block: &mut [u8; BLOCK], at: usize, digits: usize, value: u64) {
    let text = octal(value, digits).unwrap_or_else(|| "0".repeat(digits));
    block[at..at + digits].copy_from_slice(text.as_bytes());
}

fn octal(value: u64, digits: usize) -> Option<String> {
    let text = format!("{value:0digits$o}");
    (text.len() == digits).then_some(text)
}

/// The block with its checksum.
fn sealed(mut block: [u8; BLOCK]) -> [u8; BLOCK] {
    let sum = checksum(&block);
    block[CHECKSUM].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_record_counts_its_own_length() {
        for (length, start) in [
            (1, "9 path=a\n"),
            (90, "99 path="),
            (91, "101 path="),
            (92, "102 path="),
        ] {
            let mut out = Vec::new();
            record(&mut out, "path", "a".repeat(length).as_bytes());
            let text = String::from_utf8(out).unwrap();
            assert!(text.starts_with(start), "{text}");
            let told: usize = text.split(' ').next().unwrap().parse().unwrap();
            assert_eq!(told, text.len(), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_the_block_goes_into_records() {
        let facts = Facts {
            kind: Kind::File,
            mode: 0o4755,
            modified: -5,
            size: 1 << 33,
            shared: None,
        };
        let name = "ä".repeat(80);
        let header = Header {
            name: name.as_bytes(),
            target: None,
            facts,
            size: 1 << 33,
            capability: Some(b"\x01\0\0\x02"),
        };
        let mut out = Vec::new();
        header.write(&mut out);
        assert_eq!(out.len() % BLOCK, 0);
        for record in [
            "size=8589934592\n",
            "mtime=-5\n",
            "SCHILY.xattr.security.capability=\x01\0\0\x02\n",
        ] {
            let found = out.windows(record.len()).any(|it| it == record.as_bytes());
            assert!(found, "{record}");
        }
        let plain = Header {
            name: b"a",
            size: (1 << 33) - 1,
            facts: Facts {
                modified: 7,
                ..facts
            },
            capability: None,
            ..header
        };
        let mut out = Vec::new();
        plain.write(&mut out);
        assert_eq!(out.len(), BLOCK, "it fits without records");
        assert_eq!(&out[124..136], b"77777777777\0");
        assert_eq!(&out[100..108], b"0004755\0");
    }
}
