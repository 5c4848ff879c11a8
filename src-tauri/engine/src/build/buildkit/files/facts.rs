//! The facts of a file as fsutil has them (<https://github.com/tonistiigi/fsutil/blob/master/stat.go>): modes
//! are Go's, and owners are always root, as the docker command sends a folder.

use std::collections::HashMap;
use std::fs::Metadata;
use std::io;
use std::path::Path;

use crate::build::buildkit::message::Stat;
#[cfg(unix)]
use crate::build::context::device_numbers;

/// Go's bits for what a file is.
const FOLDER: u32 = 1 << 31;
const LINK: u32 = 1 << 27;
#[cfg(unix)]
const DEVICE: u32 = 1 << 26;
#[cfg(unix)]
const PIPE: u32 = 1 << 25;
#[cfg(unix)]
const SETUID: u32 = 1 << 23;
#[cfg(unix)]
const SETGID: u32 = 1 << 22;
#[cfg(unix)]
const CHAR_DEVICE: u32 = 1 << 21;
#[cfg(unix)]
const STICKY: u32 = 1 << 20;

/// The first name that was told of each file which may have several.
pub(super) type Names = HashMap<(u64, u64), Vec<u8>>;

/// The facts of the file at `path`, told as `name`; `None` for a socket, which means nothing elsewhere.
pub(super) fn of(
    path: &Path,
    name: &[u8],
    facts: &Metadata,
    names: &mut Names,
) -> io::Result<Option<Stat>> {
    let Some(mode) = mode(facts) else {
        return Ok(None);
    };
    let mut stat = Stat {
        path: name.to_vec(),
        mode,
        modified: modified(facts),
        attributes: attributes(path)?,
        ..Stat::default()
    };
    if mode & FOLDER != 0 {
        return Ok(Some(stat));
    }
    stat.size = i64::try_from(facts.len()).unwrap_or(i64::MAX);
    if mode & LINK != 0 {
        let target = std::fs::read_link(path)?;
        stat.link = super::slashed(target.as_os_str());
    } else if let Some(first) = another_name(facts, name, names) {
        stat.link = first;
        stat.size = 0;
    }
    device(facts, &mut stat);
    Ok(Some(stat))
}

/// Whether its content can be asked for.
pub(super) fn has_content(stat: &Stat) -> bool {
    // All that Go calls a type; a plain file has none.
    const TYPES: u32 = FOLDER | LINK | 1 << 26 | 1 << 25 | 1 << 24 | 1 << 21 | 1 << 19;
    stat.mode & TYPES == 0
}

/// Unix nanoseconds.
#[cfg(unix)]
pub(super) fn modified(facts: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = facts.mtime().saturating_mul(1_000_000_000);
    seconds.saturating_add(facts.mtime_nsec())
}

#[cfg(not(unix))]
pub(super) fn modified(facts: &Metadata) -> i64 {
    let since = |time: std::time::SystemTime| time.duration_since(std::time::UNIX_EPOCH).ok();
    let nanos = facts.modified().ok().and_then(since);
    nanos.map_or(0, |it| i64::try_from(it.as_nanos()).unwrap_or(i64::MAX))
}

#[cfg(unix)]
fn mode(facts: &Metadata) -> Option<u32> {
    use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
    let bits = facts.mode();
    let kind = facts.file_type();
    let kind = if kind.is_dir() {
        FOLDER
    } else if kind.is_symlink() {
        LINK
    } else if kind.is_fifo() {
        PIPE
    } else if kind.is_char_device() {
        DEVICE | CHAR_DEVICE
    } else if kind.is_block_device() {
        DEVICE
    } else if kind.is_socket() {
        return None;
    } else {
        0
    };
    let set = |bit: u32, as_go: u32| if bits & bit != 0 { as_go } else { 0 };
    Some(kind | bits & 0o777 | set(0o4000, SETUID) | set(0o2000, SETGID) | set(0o1000, STICKY))
}

/// Windows has no such modes: all is what the docker command makes of it.
#[cfg(not(unix))]
fn mode(facts: &Metadata) -> Option<u32> {
    let kind = facts.file_type();
    let kind = if kind.is_dir() {
        FOLDER
    } else if kind.is_symlink() {
        LINK
    } else {
        0
    };
    Some(kind | 0o755)
}

/// The name under which this file was told before, if it was.
#[cfg(unix)]
fn another_name(facts: &Metadata, name: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    use std::os::unix::fs::MetadataExt as _;
    if facts.nlink() < 2 {
        return None;
    }
    match names.entry((facts.dev(), facts.ino())) {
        std::collections::hash_map::Entry::Occupied(first) => Some(first.get().clone()),
        std::collections::hash_map::Entry::Vacant(place) => {
            place.insert(name.to_vec());
            None
        }
    }
}

#[cfg(not(unix))]
fn another_name(_: &Metadata, _: &[u8], _: &mut Names) -> Option<Vec<u8>> {
    None
}

#[cfg(unix)]
fn device(facts: &Metadata, stat: &mut Stat) {
    if stat.mode & DEVICE != 0 {
        let (major, minor) = device_numbers(facts);
        stat.device_major = i64::from(major);
        stat.device_minor = i64::from(minor);
    }
}

#[cfg(not(unix))]
fn device(_: &Metadata, _: &mut Stat) {}

/// The extended attributes of the file itself, but for those of macOS.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn attributes(path: &Path) -> io::Result<HashMap<String, Vec<u8>>> {
    use rustix::fs::{lgetxattr, llistxattr};
    use rustix::io::Errno;
    let mut found = HashMap::new();
    let length = match llistxattr(path, &mut [0; 0][..]) {
        Ok(0) | Err(Errno::NOTSUP) => return Ok(found),
        Ok(length) => length,
        Err(error) => return Err(error.into()),
    };
    let mut names = vec![0; length];
    // They changed in between: the file is being changed, which its content will show.
    let length = llistxattr(path, &mut names[..]).unwrap_or(0);
    let names = names.get(..length).unwrap_or_default();
    for name in names.split(|byte| *byte == 0) {
        let Ok(name) = std::str::from_utf8(name) else {
            continue;
        };
        if name.is_empty() || name.starts_with("com.apple.") {
            continue;
        }
        // One that can't be read is left out, as the docker command does.
        let value = lgetxattr(path, name, &mut [0; 0][..]).and_then(|length| {
            let mut value = vec![0; length];
            let length = lgetxattr(path, name, &mut value[..])?;
            value.truncate(length);
            Ok(value)
        });
        if let Ok(value) = value {
            found.insert(name.to_owned(), value);
        }
    }
    Ok(found)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn attributes(_: &Path) -> io::Result<HashMap<String, Vec<u8>>> {
    Ok(HashMap::new())
}
