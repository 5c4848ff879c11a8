//! The folder as one tar stream, the body of a build request to the classic builder: what the docker CLI
//! sends, but for its habit of leaving out silently what it fails to read.
//!
//! A thread of its own walks and reads, a few pieces ahead of the connection and never more, so that
//! memory stays the same for any folder. When the body is dropped, the thread ends at its next piece.

mod header;
mod write;

use std::hash::{BuildHasher as _, RandomState};
use std::pin::Pin;
use std::task::{Context as Waking, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body, Frame};
use tokio::sync::{mpsc, watch};

use super::Context;
use super::error::ContextError;
use crate::build::Sent;

/// Pieces that wait for the connection at most.
const AHEAD: usize = 6;

/// A folder that is being sent.
#[derive(Debug)]
pub struct ContextTar {
    /// The Dockerfile's name in the stream.
    pub dockerfile: String,
    /// The stream.
    pub body: TarBody,
    /// How far it is. It outlives the body, so that whoever sent the body learns why it ended.
    pub sending: watch::Receiver<Sending>,
}

/// How far the sending of a folder is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sending {
    /// What was handed to the connection.
    pub sent: Sent,
    /// Why it ended before the end. The engine then got a request that breaks off, and no build of it.
    pub failed: Option<ContextError>,
}

/// A file that a build is lent: it is sent beside those of the folder, under a name that none of them has.
pub(in crate::build) struct Lent {
    /// Its name in the stream.
    pub name: String,
    /// What it holds. Never shown.
    pub content: Vec<u8>,
}

impl Lent {
    /// One of a new name.
    pub fn of(content: Vec<u8>) -> Self {
        Self {
            name: random_name(".lent"),
            content,
        }
    }
}

/// The stream of a folder. It ends with an error where anything could not be read as it was.
#[derive(Debug)]
pub struct TarBody {
    pieces: mpsc::Receiver<Piece>,
    ended: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Plain,
    Gzip,
}

#[derive(Debug)]
enum Piece {
    Bytes(Bytes),
    /// The tar is whole.
    End,
    Failed(ContextError),
}

impl Context {
    /// Begins to read the folder, as a tar stream for the classic builder. It must be called within a
    /// tokio runtime.
    pub fn tar(&self) -> ContextTar {
        self.stream(Packing::Plain, Vec::new())
    }

    /// The same, packed with gzip, which engines unpack by themselves.
    pub fn tar_gz(&self) -> ContextTar {
        self.stream(Packing::Gzip, Vec::new())
    }

    /// The same with files that are lent; `packed` with gzip.
    pub(in crate::build) fn tar_lending(&self, packed: bool, lent: Vec<Lent>) -> ContextTar {
        let packing = if packed {
            Packing::Gzip
        } else {
            Packing::Plain
        };
        self.stream(packing, lent)
    }

    fn stream(&self, packing: Packing, lent: Vec<Lent>) -> ContextTar {
        let (pieces, receiver) = mpsc::channel(AHEAD);
        let (told, sending) = watch::channel(Sending::default());
        let context = self.clone();
        let extra = match &context.dockerfile.inside {
            Some(_) => None,
            None => Some(random_name(".dockerfile")),
        };
        let dockerfile = match (&context.dockerfile.inside, &extra) {
            (Some(inside), _) => inside.clone(),
            (None, extra) => extra.clone().unwrap_or_default(),
        };
        tokio::task::spawn_blocking(move || {
            let more = write::More {
                dockerfile: extra.as_deref(),
                lent: &lent,
            };
            write::all(&context, &more, packing, pieces, &told);
        });
        ContextTar {
            dockerfile,
            body: TarBody {
                pieces: receiver,
                ended: false,
            },
            sending,
        }
    }
}

impl Body for TarBody {
    type Data = Bytes;
    type Error = ContextError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        waking: &mut Waking<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ContextError>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let piece = ready!(self.pieces.poll_recv(waking));
        Poll::Ready(match piece {
            Some(Piece::Bytes(bytes)) => Some(Ok(Frame::data(bytes))),
            Some(Piece::End) => {
                self.ended = true;
                None
            }
            Some(Piece::Failed(error)) => {
                self.ended = true;
                Some(Err(error))
            }
            // A stream that just stops must not pass for a whole one.
            None => {
                self.ended = true;
                Some(Err(ContextError::Stopped))
            }
        })
    }

    fn is_end_stream(&self) -> bool {
        self.ended
    }
}

/// A name for a file from outside of the folder, as the docker CLI makes it for a Dockerfile: no file in the
/// folder has it by accident. The standard library seeds its hashes from the system's random numbers.
fn random_name(kind: &str) -> String {
    let number = || RandomState::new().hash_one(std::process::id());
    let digits = format!("{:016x}{:016x}", number(), number());
    format!("{kind}.{}", &digits[..20])
}
