//! Reads tar files as they come, entry by entry, with bounds on everything that a header may claim
//! (POSIX.1-2017 `pax`, and GNU's long names).

use std::io::{self, Read};

use crate::tar::{BLOCK, CHECKSUM, checksum, padding};

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
    padding: usize,
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
        let (mut path, mut target, mut size) = (None, None, None);
        loop {
            self.skip()?;
            let Some(header) = self.header()? else {
                return Ok(None);
            };
            let plain = number(&header[124..136])?;
            let kind = header[156];
            match kind {
                b'L' | b'K' => {
                    let name = text_of(&self.bytes(plain, LONGEST_NAME)?);
                    if kind == b'L' {
                        path = Some(name);
                    } else {
                        target = Some(name);
                    }
                }
                b'x' => {
                    let header = self.bytes(plain, LONGEST_HEADER)?;
                    let mut sparse = None;
                    for (key, value) in records(&header) {
                        match key {
                            b"path" => path = Some(short(value)?),
                            b"linkpath" => target = Some(short(value)?),
                            b"size" => size = Some(decimal(value)?),
                            // What GNU's tar calls a file with holes, whose path names its parts.
                            b"GNU.sparse.name" => sparse = Some(short(value)?),
                            _ => {}
                        }
                    }
                    path = sparse.or(path);
                }
                // It is about all entries; nothing in it is of use here.
                b'g' => self.follow(plain),
                _ => {
                    if kind == b'S' {
                        self.skip_holes(&header)?;
                    }
                    let (kind, has_content) = match kind {
                        b'0' | 0 | b'7' | b'S' => (Kind::File, true),
                        b'1' => (Kind::Hard, false),
                        b'2' => (Kind::Symbolic, false),
                        b'5' => (Kind::Folder, false),
                        // Devices and pipes.
                        b'3' | b'4' | b'6' => (Kind::Other, false),
                        _ => (Kind::Other, true),
                    };
                    let size = if has_content {
                        size.unwrap_or(plain)
                    } else {
                        0
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
        self.padding = padding(size);
    }

    fn skip(&mut self) -> io::Result<()> {
        let mut rest = self.left.saturating_add(self.padding as u64);
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

    /// The places of a file's holes that do not fit its head (GNU's old form): each block says whether
    /// there is a further one.
    fn skip_holes(&mut self, header: &[u8; BLOCK]) -> io::Result<()> {
        let mut more = header[482] != 0;
        while more {
            let block = self.block()?.ok_or(io::ErrorKind::UnexpectedEof)?;
            more = block[504] != 0;
        }
        Ok(())
    }

    /// The next block; `None` at the end.
    fn block(&mut self) -> io::Result<Option<[u8; BLOCK]>> {
        let mut block = [0; BLOCK];
        match fill(&mut self.source, &mut block)? {
            0 => Ok(None),
            BLOCK => Ok(Some(block)),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    /// The next head. Some writers leave out the blocks of zeros at the end.
    fn header(&mut self) -> io::Result<Option<[u8; BLOCK]>> {
        let block = self.block()?;
        let Some(header) = block.filter(|block| block.iter().any(|byte| *byte != 0)) else {
            return Ok(None);
        };
        if !is_header(&header) {
            return Err(io::Error::other("this is no tar file"));
        }
        Ok(Some(header))
    }

    fn bytes(&mut self, size: u64, most: u64) -> io::Result<Vec<u8>> {
        if size > most {
            return Err(too_long());
        }
        self.follow(size);
        let mut bytes = Vec::new();
        self.content().read_to_end(&mut bytes)?;
        Ok(bytes)
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
    let block = block.first_chunk::<BLOCK>();
    block.is_some_and(|block| number(&block[CHECKSUM]).is_ok_and(|said| said == checksum(block)))
}

/// Reads until `buffer` is full, or there is no more; answers how much there was.
pub(super) fn fill(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match source.read(&mut buffer[filled..])? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

fn too_long() -> io::Error {
    io::Error::other("a header in the tar file is too long")
}

fn wrong_number() -> io::Error {
    io::Error::other("a number in the tar file can’t be read")
}

/// Octal digits, or a binary number where the first bit is set (GNU).
fn number(field: &[u8]) -> io::Result<u64> {
    if let Some((first, rest)) = field.split_first()
        && first & 0x80 != 0
    {
        let mut value = u64::from(first & 0x7f);
        for byte in rest {
            value = value
                .checked_mul(256)
                .and_then(|value| value.checked_add(u64::from(*byte)))
                .ok_or_else(wrong_number)?;
        }
        return Ok(value);
    }
    let text = text_of(field);
    let digits = text.trim();
    if digits.is_empty() {
        return Ok(0);
    }
    u64::from_str_radix(digits, 8).map_err(|_| wrong_number())
}

/// A number in a record.
fn decimal(value: &[u8]) -> io::Result<u64> {
    let text = std::str::from_utf8(value).map_err(|_| wrong_number())?;
    text.parse().map_err(|_| wrong_number())
}

/// A name in a record.
fn short(value: &[u8]) -> io::Result<String> {
    if value.len() as u64 > LONGEST_NAME {
        return Err(too_long());
    }
    Ok(text_of(value))
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
fn records(bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut records = Vec::new();
    let mut rest = bytes;
    while let Some(space) = rest.iter().position(|byte| *byte == b' ') {
        let length = decimal(&rest[..space]).ok();
        let length = length.and_then(|length| usize::try_from(length).ok());
        // One that ends before it begins, or behind all of them, is the last that can be read.
        let record = length.and_then(|length| rest.get(space + 1..length));
        let (Some(record), Some(length)) = (record, length) else {
            break;
        };
        rest = &rest[length..];
        let record = record.strip_suffix(b"\n").unwrap_or(record);
        if let Some(equals) = record.iter().position(|byte| *byte == b'=') {
            records.push((&record[..equals], &record[equals + 1..]));
        }
    }
    records
}
