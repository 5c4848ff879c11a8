//! The files of a build's log: one a step, the lines as they are.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use memchr::memchr_iter;

use super::step::{Most, Window};
use crate::disk;

/// Files that stay open while a build goes on; few steps print at once.
const OPEN: usize = 16;

/// So much is read at once.
const CHUNK: usize = 1 << 20;

fn place(folder: &Path, step: u32) -> PathBuf {
    folder.join(format!("{step}.log"))
}

/// The files that a build writes to.
#[derive(Debug, Default)]
pub struct Files(HashMap<u32, File>);

impl Files {
    /// Writes behind what a step's file has.
    pub fn append(&mut self, folder: &Path, step: u32, bytes: &[u8]) -> io::Result<()> {
        if !self.0.contains_key(&step) {
            if self.0.len() >= OPEN {
                self.0.clear();
            }
            let file = disk::private()
                .append(true)
                .create(true)
                .open(place(folder, step))?;
            self.0.insert(step, file);
        }
        match self.0.get_mut(&step) {
            Some(file) => file.write_all(bytes),
            None => Ok(()),
        }
    }
}

/// The logs that lie in a folder: the step, where its lines begin, and the length of the file. Of one that
/// is larger than any that was written, the beginning.
pub fn scan(folder: &Path, most: Most) -> Vec<(u32, Vec<u64>, u64)> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            tracing::warn!("{}: {error}", folder.display());
            return Vec::new();
        }
    };
    let steps = entries.filter_map(|entry| {
        let name = entry.ok()?.file_name();
        name.to_str()?.strip_suffix(".log")?.parse().ok()
    });
    let scanned = steps.filter_map(|step| {
        let (starts, length) = starts(&place(folder, step), most)
            .inspect_err(|error| tracing::warn!("{}: {error}", folder.display()))
            .ok()?;
        Some((step, starts, length))
    });
    scanned.collect()
}

/// Where the lines of a file begin. The last one may lack its end, if the app was killed.
fn starts(path: &Path, most: Most) -> io::Result<(Vec<u64>, u64)> {
    // Behind what is kept, each step has a little more: its end.
    let mut file = File::open(path)?.take(2 * most.bytes);
    let mut starts = Vec::new();
    let mut buffer = vec![0; CHUNK];
    let (mut length, mut start) = (0, 0);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        for at in memchr_iter(b'\n', &buffer[..read]) {
            if starts.len() >= 2 * most.lines {
                return Ok((starts, start));
            }
            starts.push(start);
            start = length + at as u64 + 1;
        }
        length += read as u64;
    }
    if start < length {
        starts.push(start);
    }
    Ok((starts, length))
}

/// The lines of a window, the file's among them.
pub fn read(folder: &Path, step: u32, window: Window) -> io::Result<Vec<Vec<u8>>> {
    let Window {
        places,
        file,
        memory,
        more,
    } = window;
    let mut bytes = Vec::new();
    if !file.is_empty() {
        let length = file.end - file.start;
        let mut opened = File::open(place(folder, step))?;
        opened.seek(SeekFrom::Start(file.start))?;
        opened.take(length).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != length {
            // Somebody took a part of it away.
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    bytes.extend_from_slice(&memory);
    let first = places.first().copied().unwrap_or_default();
    let at = |place: &u64| usize::try_from(place - first).unwrap_or(usize::MAX);
    let whole = places.windows(2).map(|pair| {
        let line = bytes.get(at(&pair[0])..at(&pair[1])).unwrap_or_default();
        line.strip_suffix(b"\n").unwrap_or(line).to_vec()
    });
    Ok(whole.chain(more).collect())
}
