//! Walks the folder and writes its tar stream, on a thread that may block.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::mem;
use std::time::SystemTime;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::sync::{mpsc, watch};

use super::header::{Header, Target, pad};
use super::{Lent, Packing, Piece, Sending};
use crate::build::Sent;
use crate::build::context::Context;
use crate::build::context::error::{ContextError, shown_bytes};
use crate::build::context::facts::{Facts, Kind, name_bytes};
use crate::build::context::ignore_file;
use crate::build::context::walk::{Entry, Met, Rules, Walk, failed};
use crate::tar::{BLOCK, padding};

/// How much goes to the connection at once, and is read at once.
const PIECE: usize = 256 * 1024;

/// What is sent beside the folder.
pub(super) struct More<'a> {
    /// The name of a Dockerfile from outside.
    pub dockerfile: Option<&'a str>,
    pub lent: &'a [Lent],
}

/// Writes everything, and then that it is whole or why it is not.
pub(super) fn all(
    context: &Context,
    more: &More<'_>,
    packing: Packing,
    pieces: mpsc::Sender<Piece>,
    told: &watch::Sender<Sending>,
) {
    let mut out = Out {
        pieces,
        told,
        filling: Vec::with_capacity(PIECE),
        packed: match packing {
            Packing::Plain => None,
            Packing::Gzip => Some(GzEncoder::new(Vec::new(), Compression::default())),
        },
        sent: Sent::default(),
    };
    let last = match folder(context, more, &mut out).and_then(|()| out.end()) {
        Ok(()) => Piece::End,
        Err(error) => {
            told.send_modify(|it| it.failed = Some(error.clone()));
            Piece::Failed(error)
        }
    };
    // Nobody to tell is what it means to be stopped.
    let _ = out.pieces.blocking_send(last);
}

fn folder(context: &Context, more: &More<'_>, out: &mut Out<'_>) -> Result<(), ContextError> {
    let extra = more.dockerfile;
    let mut patterns = context.ignore.patterns.clone();
    // The builder needs both, and takes away again what is ignored of them.
    for needed in [Some(".dockerignore"), context.dockerfile.inside.as_deref()] {
        if let Some(path) = needed.filter(|path| patterns.verdict(path.as_bytes()).ignored) {
            patterns.except(path);
        }
    }
    let mut names = HashMap::new();
    let mut ignore_file = false;
    for met in Walk::new(&context.folder, &patterns, Rules::Classic) {
        if out.pieces.is_closed() {
            return Err(ContextError::Stopped);
        }
        let Met::Sent(entry) = met? else {
            continue;
        };
        if let Some(name) = extra
            && entry.path == b".dockerignore"
        {
            ignore_file = true;
            let text = with_line(&ignore_text(context)?, name);
            out.text(".dockerignore", &text, entry.facts)?;
        } else {
            self::entry(&entry, &mut names, out)?;
        }
    }
    if let Some(name) = extra {
        out.text(name, context.dockerfile.text.as_bytes(), new())?;
        if !ignore_file {
            out.text(".dockerignore", &with_line(b".dockerignore", name), new())?;
        }
    }
    for lent in more.lent {
        out.text(&lent.name, &lent.content, new())?;
    }
    Ok(())
}

/// The folder's own ignore file, byte by byte.
fn ignore_text(context: &Context) -> Result<Vec<u8>, ContextError> {
    let text = ignore_file::bytes(&context.folder.join(".dockerignore"))?;
    text.ok_or_else(|| ContextError::Gone {
        path: ".dockerignore".to_owned(),
    })
}

/// An ignore file that leaves a Dockerfile from outside out of the image, as the docker CLI writes it.
fn with_line(text: &[u8], name: &str) -> Vec<u8> {
    [text, b"\n", name.as_bytes(), b"\n"].concat()
}

/// A file of this moment.
fn new() -> Facts {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    Facts {
        kind: Kind::File,
        mode: 0o600,
        modified: now.map_or(0, |it| i64::try_from(it.as_secs()).unwrap_or(0)),
        size: 0,
        shared: None,
    }
}

fn entry(
    entry: &Entry,
    names: &mut HashMap<(u64, u64), Vec<u8>>,
    out: &mut Out<'_>,
) -> Result<(), ContextError> {
    let Entry { path, place, facts } = entry;
    let capability = capability(place);
    let head = Header {
        name: path,
        target: None,
        facts: *facts,
        size: 0,
        capability: capability.as_deref(),
    };
    if let Some(shared) = facts.shared {
        if let Some(first) = names.get(&shared) {
            let target = Some(Target::Hard(first));
            return out.head(&Header { target, ..head });
        }
        names.insert(shared, path.clone());
    }
    match facts.kind {
        Kind::Folder => {
            let name = [path, &b"/"[..]].concat();
            out.head(&Header {
                name: &name,
                ..head
            })
        }
        Kind::Link => {
            let target = fs::read_link(place).map_err(|error| failed(path, &error))?;
            let target = name_bytes(target.as_os_str());
            let target = Some(Target::Symbolic(&target));
            out.head(&Header { target, ..head })
        }
        Kind::File => out.file(entry, head),
        Kind::Pipe | Kind::Character(..) | Kind::Block(..) => out.head(&head),
        Kind::Socket => Ok(()),
    }
}

struct Out<'a> {
    pieces: mpsc::Sender<Piece>,
    told: &'a watch::Sender<Sending>,
    /// What is gathered for the next piece.
    filling: Vec<u8>,
    /// What is packed of the pieces before, where they are packed.
    packed: Option<GzEncoder<Vec<u8>>>,
    sent: Sent,
}

impl Out<'_> {
    fn head(&mut self, header: &Header<'_>) -> Result<(), ContextError> {
        header.write(&mut self.filling);
        self.flush_full()
    }

    /// A file that is not in the folder, or not so.
    fn text(&mut self, name: &str, content: &[u8], facts: Facts) -> Result<(), ContextError> {
        let size = content.len() as u64;
        self.head(&Header {
            name: name.as_bytes(),
            target: None,
            facts: Facts {
                kind: Kind::File,
                ..facts
            },
            size,
            capability: None,
        })?;
        self.filling.extend_from_slice(content);
        pad(&mut self.filling, size);
        self.count(size);
        self.flush_full()
    }

    fn file(&mut self, entry: &Entry, head: Header<'_>) -> Result<(), ContextError> {
        let path = &entry.path;
        let broken = |error: io::Error| failed(path, &error);
        let mut file = open(entry).map_err(broken)?;
        // Of the file that is open, which may be another than the one that was met.
        let metadata = file.metadata().map_err(broken)?;
        let facts = Facts::of(&metadata);
        let size = facts.size;
        if facts.kind != Kind::File {
            return Err(changed(path, entry.facts.size, 0));
        }
        self.head(&Header {
            facts,
            size,
            ..head
        })?;
        let mut left = size;
        while left > 0 {
            let room = PIECE.saturating_sub(self.filling.len()).max(BLOCK) as u64;
            let wanted = left.min(room);
            let read = self.read(&mut file, wanted).map_err(broken)?;
            if read < wanted {
                return Err(changed(path, size, size - left + read));
            }
            left -= read;
            self.sent.bytes += read;
            self.flush_full()?;
        }
        let after = file.metadata().map_err(broken)?;
        if after.len() != size || after.modified().ok() != metadata.modified().ok() {
            return Err(changed(path, size, after.len()));
        }
        self.filling.resize(self.filling.len() + padding(size), 0);
        self.count(0);
        Ok(())
    }

    /// Reads so many bytes, or fewer where the file ends.
    fn read(&mut self, file: &mut File, wanted: u64) -> io::Result<u64> {
        let start = self.filling.len();
        let mut end = start;
        self.filling
            .resize(start + usize::try_from(wanted).unwrap_or(PIECE), 0);
        while end < self.filling.len() {
            match file.read(&mut self.filling[end..]) {
                Ok(0) => break,
                Ok(read) => end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.filling.truncate(end);
        Ok((end - start) as u64)
    }

    fn count(&mut self, bytes: u64) {
        self.sent.files += 1;
        self.sent.bytes += bytes;
    }

    /// Two empty blocks end a tar file.
    fn end(&mut self) -> Result<(), ContextError> {
        self.filling.resize(self.filling.len() + 2 * BLOCK, 0);
        self.sent.done = true;
        self.flush()?;
        match self.packed.take() {
            Some(packed) => {
                let last = packed.finish();
                self.give(last.map_err(|error| failed(b".", &error))?)
            }
            None => Ok(()),
        }
    }

    fn flush_full(&mut self) -> Result<(), ContextError> {
        if self.filling.len() + BLOCK > PIECE {
            self.flush()
        } else {
            Ok(())
        }
    }

    fn flush(&mut self) -> Result<(), ContextError> {
        let Some(packed) = &mut self.packed else {
            let piece = mem::replace(&mut self.filling, Vec::with_capacity(PIECE));
            return self.give(piece);
        };
        let taken = packed.write_all(&self.filling);
        taken.map_err(|error| failed(b".", &error))?;
        self.filling.clear();
        // Much may become little, and then nothing is sent that would say that nobody listens.
        if self.pieces.is_closed() {
            return Err(ContextError::Stopped);
        }
        let enough = packed.get_ref().len() >= PIECE;
        let piece = enough.then(|| mem::take(packed.get_mut()));
        piece.map_or(Ok(()), |piece| self.give(piece))
    }

    fn give(&mut self, piece: Vec<u8>) -> Result<(), ContextError> {
        let sent = self.pieces.blocking_send(Piece::Bytes(Bytes::from(piece)));
        sent.map_err(|_| ContextError::Stopped)?;
        self.told.send_modify(|it| it.sent = self.sent);
        Ok(())
    }
}

fn changed(path: &[u8], was: u64, now: u64) -> ContextError {
    let path = shown_bytes(path);
    ContextError::Changed { path, was, now }
}

/// Opens a file that may have become something else by now: no link is followed, no pipe is waited for.
fn open(entry: &Entry) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;

        use rustix::fs::OFlags;

        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
        options.custom_flags(i32::try_from(flags).map_err(io::Error::other)?);
    }
    options.open(&entry.place)
}

/// What Linux lets a program do beyond its user's rights. Docker's clients send this one attribute and no
/// other; where it cannot be read, as without it.
#[cfg(target_os = "linux")]
fn capability(place: &std::path::Path) -> Option<Vec<u8>> {
    /// With the number of a user behind it, which means nothing on the engine's side.
    const WITH_USER: u8 = 3;
    const WITHOUT: (u8, usize) = (2, 20);

    let mut value = [0; 64];
    let length = rustix::fs::lgetxattr(place, "security.capability", &mut value).ok()?;
    let mut value = value.get(..length)?.to_vec();
    if value.get(3) == Some(&WITH_USER) {
        value[3] = WITHOUT.0;
        value.truncate(WITHOUT.1);
    }
    Some(value)
}

#[cfg(not(target_os = "linux"))]
fn capability(_place: &std::path::Path) -> Option<Vec<u8>> {
    None
}
