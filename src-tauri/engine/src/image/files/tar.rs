//! Reads tar files as they come, entry by entry, with bounds on everything that a header may claim
//! (POSIX.1-2017 `pax`, and GNU's long names).

use std::io::{self, Read};

const BLOCK: usize = 512;
/// The longest name that is read.
const LONGEST_NAME: u64 = 64 * 1024;
/// The longest extended header that is read.
const LONGEST_HEADER: u64 = 1024 * 1024;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    /// Another name of a file.
    Hard,
    Symbolic,
    Folder,
    /// A device, a pipe, or something that no image has.
    Other,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its path, as it is written.
    pub path: String,
    pub kind: Kind,
    /// Bytes of content that follow.
    pub size: u64,
    /// What a link leads to.
    pub target: String,
}

/// A tar file that is read.
pub(super) struct Tar<R> {
    source: R,
    /// Content of the last entry that nobody has read, and what fills its last block.
    left: u64,
    padding: u64,
}

impl<R: Read> Tar<R> {
    pub fn new(source: R) -> Self {
        Self {
            source,
            left: 0,
            padding: 0,
        }
    }

    /// The next entry; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Entry>> {
        let mut path = None;
        let mut target = None;
        let mut size = None;
        loop {
            self.skip()?;
            let Some(header) = self.header()? else {
                return Ok(None);
            };
            let plain = number(&header[124..136])?;
            let kind = header[156];
            match kind {
                b'L' | b'K' => {
                    let name = self.text(plain, LONGEST_NAME)?;
                    let name = name.trim_end_matches('\0').to_owned();
                    if kind == b'L' {
                        path = Some(name);
                    } else {
                        target = Some(name);
                    }
                }
                b'x' => {
                    for (key, value) in records(&self.text(plain, LONGEST_HEADER)?) {
                        match key {
                            "path" => path = Some(value.to_owned()),
                            "linkpath" => target = Some(value.to_owned()),
                            "size" => size = value.parse().ok(),
                            _ => {}
                        }
                    }
                }
                // It is about all entries; nothing in it is of use here.
                b'g' => self.follow(plain),
                _ => {
                    let kind = match kind {
                        b'0' | 0 | b'7' => Kind::File,
                        b'1' => Kind::Hard,
                        b'2' => Kind::Symbolic,
                        b'5' => Kind::Folder,
                        _ => Kind::Other,
                    };
                    let size = match kind {
                        Kind::File | Kind::Other => size.unwrap_or(plain),
                        Kind::Hard | Kind::Symbolic | Kind::Folder => 0,
                    };
                    self.follow(size);
                    return Ok(Some(Entry {
                        path: path.unwrap_or_else(|| name(&header)),
                        kind,
                        size,
                        target: target.unwrap_or_else(|| text_of(&header[157..257])),
                    }));
                }
            }
        }
    }

    /// The content of the last entry.
    pub fn content(&mut self) -> Content<'_, R> {
        Content(self)
    }

    fn follow(&mut self, size: u64) {
        self.left = size;
        let over = size % BLOCK as u64;
        self.padding = if over == 0 { 0 } else { BLOCK as u64 - over };
    }

    fn skip(&mut self) -> io::Result<()> {
        let mut rest = self.left.saturating_add(self.padding);
        self.left = 0;
        self.padding = 0;
        let mut buffer = [0; 16 * 1024];
        while rest > 0 {
            let most = usize::try_from(rest)
                .unwrap_or(usize::MAX)
                .min(buffer.len());
            let count = self.source.read(&mut buffer[..most])?;
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            rest -= count as u64;
        }
        Ok(())
    }

    fn header(&mut self) -> io::Result<Option<[u8; BLOCK]>> {
        let mut header = [0; BLOCK];
        let mut filled = 0;
        while filled < BLOCK {
            let count = self.source.read(&mut header[filled..])?;
            if count == 0 {
                // Some writers leave out the blocks of zeros at the end.
                return if filled == 0 {
                    Ok(None)
                } else {
                    Err(io::ErrorKind::UnexpectedEof.into())
                };
            }
            filled += count;
        }
        if header.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        if !is_header(&header) {
            return Err(io::Error::other("this is no tar file"));
        }
        Ok(Some(header))
    }

    fn text(&mut self, size: u64, most: u64) -> io::Result<String> {
        if size > most {
            return Err(io::Error::other("a header in the tar file is too long"));
        }
        self.follow(size);
        let mut bytes = Vec::new();
        self.content().read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// The content of an entry.
pub(super) struct Content<'t, R>(&'t mut Tar<R>);

impl<R: Read> Read for Content<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.0.left).unwrap_or(usize::MAX);
        let most = most.min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let count = self.0.source.read(&mut buffer[..most])?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.0.left -= count as u64;
        Ok(count)
    }
}

/// Whether a block is the header of an entry: its sum is right.
pub(super) fn is_header(block: &[u8]) -> bool {
    let Some(block) = block.get(..BLOCK) else {
        return false;
    };
    let sum: u64 = block
        .iter()
        .enumerate()
        .map(|(at, byte)| {
            let counts = if (148..156).contains(&at) {
                b' '
            } else {
                *byte
            };
            u64::from(counts)
        })
        .sum();
    number(&block[148..156]).is_ok_and(|said| said == sum)
}

/// Octal digits, or a binary number where the first bit is set (GNU).
fn number(field: &[u8]) -> io::Result<u64> {
    let wrong = || io::Error::other("a number in the tar file can’t be read");
    if let Some((first, rest)) = field.split_first()
        && first & 0x80 != 0
    {
        let mut value = u64::from(first & 0x7f);
        for byte in rest {
            value = value
                .checked_mul(256)
                .and_then(|value| value.checked_add(u64::from(*byte)))
                .ok_or_else(wrong)?;
        }
        return Ok(value);
    }
    let text = text_of(field);
    let digits = text.trim();
    if digits.is_empty() {
        return Ok(0);
    }
    u64::from_str_radix(digits, 8).map_err(|_| wrong())
}

fn text_of(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0);
    String::from_utf8_lossy(&field[..end.unwrap_or(field.len())]).into_owned()
}

fn name(header: &[u8; BLOCK]) -> String {
    let name = text_of(&header[..100]);
    if &header[257..262] != b"ustar" || &header[257..265] == b"ustar  \0" {
        return name;
    }
    let prefix = text_of(&header[345..500]);
    if prefix.is_empty() {
        name
    } else {
        format!("{prefix}/{name}")
    }
}

/// `27 path=a/b\n`, one after the other; each says its own length.
fn records(text: &str) -> Vec<(&str, &str)> {
    let mut records = Vec::new();
    let mut rest = text;
    while let Some((length, _)) = rest.split_once(' ') {
        let Some(record) = length
            .parse()
            .ok()
            .and_then(|length: usize| rest.get(..length))
        else {
            break;
        };
        rest = &rest[record.len()..];
        if record.is_empty() {
            break;
        }
        let pair = record
            .split_once(' ')
            .and_then(|(_, pair)| pair.split_once('='));
        records.extend(pair.map(|(key, value)| (key, value.strip_suffix('\n').unwrap_or(value))));
    }
    records
}
