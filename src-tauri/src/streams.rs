//! The streams that the page pulls from: it asks for the next piece, and the answer waits until there
//! is one. One request is under way per stream, so order and back-pressure are there by construction.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use serde::Serialize;
use slipway_engine::problem::{Code, Problem};
use slipway_engine::stream::output::{OutputPiece, OutputStream};
use slipway_engine::stream::ring::{RingPiece, RingReader};
use tokio_util::sync::CancellationToken;

use crate::builds::{BuildPiece, BuildReader, BuildsReader};
use crate::hub::{Hub, Subscription, lock};
use crate::ipc::{Piece, StreamEnd};
use crate::preview::PreviewReader;

/// Bytes in one piece at most; larger pieces are no faster (a round trip costs about 1 ms).
const PIECE_BYTES: usize = 256 * 1024;

/// Where a stream's pieces come from.
pub enum Source {
    /// The changes of the lists.
    Changes(Arc<Subscription>),
    /// A container's output, from the engine.
    Output(OutputStream),
    /// What a task's program printed.
    Task(RingReader),
    /// How a build goes.
    Build(BuildReader),
    /// The history of builds.
    Builds(BuildsReader),
    /// The page in the preview.
    Preview(PreviewReader),
}

struct Stream {
    /// Held while a piece is waited for.
    source: tokio::sync::Mutex<Source>,
    closed: CancellationToken,
}

/// The streams that are open.
pub struct Streams {
    hub: Arc<Hub>,
    last: AtomicU32,
    open: Mutex<HashMap<u32, Arc<Stream>>>,
}

impl Streams {
    /// None yet.
    pub fn new(hub: Arc<Hub>) -> Streams {
        Streams {
            hub,
            last: AtomicU32::new(0),
            open: Mutex::default(),
        }
    }

    /// Opens the stream of changes.
    pub fn open_changes(&self) -> u32 {
        let id = self.fresh_id();
        self.insert(
            id,
            Source::Changes(self.hub.subscribe(id)),
            CancellationToken::new(),
        );
        id
    }

    /// Opens a stream on `source` that ends when `closed` does.
    pub fn open(&self, source: Source, closed: CancellationToken) -> u32 {
        let id = self.fresh_id();
        self.insert(id, source, closed);
        id
    }

    /// Waits for the next piece of the stream `id`. The first byte says what it is, see [`Piece`].
    pub async fn next(&self, id: u32) -> Vec<u8> {
        let Some(stream) = lock(&self.open).get(&id).cloned() else {
            return end(&StreamEnd::Closed);
        };
        let mut source = stream.source.lock().await;
        let (piece, ended) = tokio::select! {
            // A piece that is there already goes out before the end does.
            biased;
            piece = source.next() => piece,
            () = stream.closed.cancelled() => (end(&StreamEnd::Closed), true),
        };
        if ended {
            self.close(id);
        }
        piece
    }

    /// Closes the stream `id`; a question under way is answered with the end.
    pub fn close(&self, id: u32) {
        if let Some(stream) = lock(&self.open).remove(&id) {
            stream.closed.cancel();
            self.hub.unsubscribe(id);
        }
    }

    /// Closes all of them: the page that opened them is gone.
    pub fn close_all(&self) {
        let ids: Vec<u32> = lock(&self.open).keys().copied().collect();
        for id in ids {
            self.close(id);
        }
    }

    fn fresh_id(&self) -> u32 {
        self.last.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn insert(&self, id: u32, source: Source, closed: CancellationToken) {
        let source = tokio::sync::Mutex::new(source);
        lock(&self.open).insert(id, Arc::new(Stream { source, closed }));
    }
}

impl Source {
    /// The next piece, and whether it is the last.
    async fn next(&mut self) -> (Vec<u8>, bool) {
        match self {
            Source::Changes(subscription) => {
                (json(Piece::Changes, &subscription.next().await), false)
            }
            Source::Output(output) => match output.next().await {
                Some(OutputPiece::Bytes(bytes)) => (raw(&bytes), false),
                Some(OutputPiece::Failed(problem)) => (end(&StreamEnd::Failed { problem }), true),
                Some(OutputPiece::Ended) | None => (end(&StreamEnd::Finished), true),
            },
            Source::Task(ring) => match ring.next(PIECE_BYTES).await {
                Some(RingPiece::Bytes(bytes)) => (raw(&bytes), false),
                Some(RingPiece::Skipped(bytes)) => (json(Piece::Skipped, &bytes), false),
                None => (end(&StreamEnd::Finished), true),
            },
            Source::Build(build) => match build.next().await {
                Some(BuildPiece::Whole(whole)) => (json(Piece::Build, &whole), false),
                Some(BuildPiece::News(news)) => (json(Piece::BuildNews, &news), false),
                None => (end(&StreamEnd::Finished), true),
            },
            Source::Builds(builds) => (json(Piece::Builds, &builds.next().await), false),
            Source::Preview(preview) => (json(Piece::Preview, &preview.next().await), false),
        }
    }
}

fn raw(bytes: &[u8]) -> Vec<u8> {
    let mut piece = Vec::with_capacity(bytes.len() + 1);
    piece.push(Piece::Bytes as u8);
    piece.extend_from_slice(bytes);
    piece
}

fn end(how: &StreamEnd) -> Vec<u8> {
    json(Piece::End, how)
}

fn json(tag: Piece, value: &impl Serialize) -> Vec<u8> {
    let mut piece = vec![tag as u8];
    if let Err(error) = serde_json::to_writer(&mut piece, value) {
        // Nothing here has a key that is not a string or a number that is not finite, so this is a
        // mistake of ours: it is said, not hidden.
        let problem = Problem {
            code: Code::Other,
            what: "Slipway could not pass this on".to_owned(),
            why: error.to_string(),
            todo: "Please report this.".to_owned(),
            command: None,
            fixes: Vec::new(),
            detail: String::new(),
        };
        piece = vec![Piece::End as u8];
        piece.extend(serde_json::to_vec(&StreamEnd::Failed { problem }).unwrap_or_default());
    }
    piece
}
