//! Bytes of a file as text: UTF-8, or UTF-16 with its mark.

use sha2::{Digest, Sha256};

use crate::ipc::Stamp;

/// The mark at the beginning of a UTF-8 file.
pub const MARK: &str = "\u{feff}";

/// A file's text, and what was taken away from its bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, with `\n` alone at the ends of its lines.
    pub text: String,
    /// Most of its lines ended with `\r\n`.
    pub crlf: bool,
    /// It is UTF-8 and began with its mark.
    pub bom: bool,
    /// It was UTF-16.
    pub utf16: bool,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoText {
    /// It has a byte that no text has.
    #[error("It holds binary data, such as a program or a picture.")]
    Binary,
    /// It is neither UTF-8 nor UTF-16.
    #[error("Its characters are neither UTF-8 nor UTF-16, from line {line} on.")]
    Encoding {
        /// The first line that cannot be read, from 1.
        line: usize,
    },
}

/// Reads bytes as text.
///
/// # Errors
/// When they are none.
pub fn decode(bytes: &[u8]) -> Result<Decoded, NoText> {
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return utf16(rest, u16::from_be_bytes);
    }
    if bytes.contains(&0) {
        return Err(NoText::Binary);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| NoText::Encoding {
        line: line_of(&bytes[..error.valid_up_to()]),
    })?;
    Ok(match text.strip_prefix(MARK) {
        Some(text) => plain(text, true, false),
        None => plain(text, false, false),
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Decoded, NoText> {
    let mut text = String::with_capacity(bytes.len());
    let (pairs, odd) = bytes.as_chunks::<2>();
    for c in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match c {
            Ok('\0') => return Err(NoText::Binary),
            Ok(c) => text.push(c),
            Err(_) => {
                let line = line_of(text.as_bytes());
                return Err(NoText::Encoding { line });
            }
        }
    }
    if !odd.is_empty() {
        let line = line_of(text.as_bytes());
        return Err(NoText::Encoding { line });
    }
    Ok(plain(&text, false, true))
}

fn line_of(before: &[u8]) -> usize {
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

fn plain(text: &str, bom: bool, utf16: bool) -> Decoded {
    let both = text.matches("\r\n").count();
    let ends = text.matches('\n').count();
    Decoded {
        // A file of one kind comes back as it was; a mixed one becomes one of the more frequent kind.
        crlf: both * 2 > ends,
        text: text.replace("\r\n", "\n"),
        bom,
        utf16,
    }
}

/// The bytes of a text, with its line ends and mark as the file had them.
pub fn encode(text: &str, crlf: bool, bom: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + 3);
    if bom {
        bytes.extend_from_slice(MARK.as_bytes());
    }
    if crlf {
        // What is pasted into an editor may have both kinds.
        let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        bytes.extend_from_slice(text.as_bytes());
    } else {
        bytes.extend_from_slice(text.as_bytes());
    }
    bytes
}

/// The stamp of a file with these bytes.
pub fn stamp(bytes: &[u8]) -> Stamp {
    Stamp(format!("{:x}", Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{Decoded, NoText, decode, encode};

    fn utf16(text: &str, mark: [u8; 2], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.into_iter()
            .chain(text.encode_utf16().flat_map(bytes))
            .collect()
    }

    #[test]
    fn text_of_every_kind_is_read() {
        let (le, be) = ([0xff, 0xfe], [0xfe, 0xff]);
        let whale = "FROM \u{1f433}\r\nRUN \u{e4}\r\n";
        let read = "FROM \u{1f433}\nRUN \u{e4}\n";
        // The text, CRLF, mark, UTF-16.
        let rows = [
            (b"".to_vec(), "", false, false, false),
            (b"\xef\xbb\xbf".to_vec(), "", false, true, false),
            (
                b"FROM a\nRUN b".to_vec(),
                "FROM a\nRUN b",
                false,
                false,
                false,
            ),
            (
                b"\xef\xbb\xbfa\r\nb\r\n".to_vec(),
                "a\nb\n",
                true,
                true,
                false,
            ),
            (b"a\r\nb\r\nc\n".to_vec(), "a\nb\nc\n", true, false, false),
            (b"a\r\nb\nc\n".to_vec(), "a\nb\nc\n", false, false, false),
            (b"50%\r60%\n".to_vec(), "50%\r60%\n", false, false, false),
            (utf16(whale, le, u16::to_le_bytes), read, true, false, true),
            (utf16(whale, be, u16::to_be_bytes), read, true, false, true),
            (le.to_vec(), "", false, false, true),
        ];
        for (bytes, text, crlf, bom, utf16) in rows {
            let text = text.to_owned();
            let expected = Decoded {
                text,
                crlf,
                bom,
                utf16,
            };
            assert_eq!(decode(&bytes), Ok(expected), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_told() {
        let rows: [(&[u8], NoText); 6] = [
            (b"\x7fELF\0", NoText::Binary),
            (b"a\0b", NoText::Binary),
            (b"a\nb\n\xe4", NoText::Encoding { line: 3 }),
            (b"\xff\xfea", NoText::Encoding { line: 1 }),
            (b"\xff\xfea\0\0\0", NoText::Binary),
            (b"\xfe\xff\0\n\xd8\x00", NoText::Encoding { line: 2 }),
        ];
        for (bytes, why) in rows {
            assert_eq!(decode(bytes), Err(why), "{bytes:?}");
        }
    }

    #[test]
    fn what_was_read_is_written_as_it_was() {
        let rows: [&[u8]; 6] = [
            b"",
            b"a\nb",
            b"a\r\nb\r\n",
            b"\xef\xbb\xbfa\r\nb\r\n",
            b"\xef\xbb\xbfa\n",
            b"50%\r60%\n",
        ];
        for bytes in rows {
            let read = decode(bytes).unwrap();
            assert_eq!(encode(&read.text, read.crlf, read.bom), bytes);
        }
    }
}
