//! Bytes that must be taken off a connection whether or not somebody looks at them: a bounded buffer
//! that drops its oldest bytes and counts them.
//!
//! An attached container blocks when its output is not read, so a slow page must not slow the reader
//! down (moby, `container/stream/attach.go`).

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use tokio::sync::Notify;

/// A bounded buffer of bytes with one writer and any number of readers, each at its own place.
#[derive(Debug, Clone)]
pub struct Ring {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Notify,
    capacity: usize,
}

#[derive(Debug, Default)]
struct State {
    bytes: VecDeque<u8>,
    /// The place of the first byte of `bytes`, counted from the first byte ever written.
    start: u64,
    closed: bool,
}

/// What a reader gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RingPiece {
    /// So many bytes fell out before they were read.
    Skipped(u64),
    /// The next bytes.
    Bytes(Bytes),
}

impl Ring {
    /// Keeps the newest `capacity` bytes.
    pub fn new(capacity: usize) -> Self {
        let state = Mutex::default();
        Self {
            shared: Arc::new(Shared {
                state,
                changed: Notify::new(),
                capacity,
            }),
        }
    }

    /// Writes; never waits.
    pub fn push(&self, bytes: &[u8]) {
        {
            let mut state = self.shared.lock();
            let kept = &bytes[bytes.len().saturating_sub(self.shared.capacity)..];
            let room = self.shared.capacity - kept.len();
            let dropped = state.bytes.len().saturating_sub(room);
            state.bytes.drain(..dropped);
            state.start += (dropped + bytes.len() - kept.len()) as u64;
            state.bytes.extend(kept);
        }
        self.shared.changed.notify_waiters();
    }

    /// Nothing more will be written: readers end once they have read what is left.
    pub fn close(&self) {
        self.shared.lock().closed = true;
        self.shared.changed.notify_waiters();
    }

    /// A reader that begins with the oldest byte that is left; what fell out before is skipped first.
    pub fn reader(&self) -> RingReader {
        RingReader {
            ring: self.clone(),
            place: 0,
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One reader's place in a [`Ring`].
#[derive(Debug)]
pub struct RingReader {
    ring: Ring,
    place: u64,
}

impl RingReader {
    /// The next piece of at most `limit` bytes; waits for one, and ends with `None` after the last.
    ///
    /// Dropping the future loses nothing.
    pub async fn next(&mut self, limit: usize) -> Option<RingPiece> {
        loop {
            // Registered before looking, so that what is written in between wakes this up.
            let changed = self.ring.shared.changed.notified();
            match look(&self.ring.shared.lock(), self.place, limit) {
                Look::Piece(piece, place) => {
                    self.place = place;
                    return Some(piece);
                }
                Look::Ended => return None,
                Look::Nothing => {}
            }
            changed.await;
        }
    }
}

enum Look {
    Piece(RingPiece, u64),
    Ended,
    Nothing,
}

fn look(state: &State, place: u64, limit: usize) -> Look {
    if place < state.start {
        return Look::Piece(RingPiece::Skipped(state.start - place), state.start);
    }
    let read = usize::try_from(place - state.start).unwrap_or(usize::MAX);
    let length = state.bytes.len().saturating_sub(read).min(limit.max(1));
    if length > 0 {
        let bytes: Vec<u8> = state.bytes.range(read..read + length).copied().collect();
        return Look::Piece(RingPiece::Bytes(Bytes::from(bytes)), place + length as u64);
    }
    if state.closed {
        Look::Ended
    } else {
        Look::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &'static str) -> Option<RingPiece> {
        Some(RingPiece::Bytes(Bytes::from_static(text.as_bytes())))
    }

    #[tokio::test]
    async fn the_oldest_bytes_fall_out_and_are_counted() {
        let ring = Ring::new(5);
        let mut reader = ring.reader();
        ring.push(b"abc");
        assert_eq!(reader.next(2).await, bytes("ab"));
        ring.push(b"defgh");
        assert_eq!(reader.next(10).await, Some(RingPiece::Skipped(1)));
        assert_eq!(reader.next(10).await, bytes("defgh"));
        ring.push(b"0123456789");
        ring.close();
        assert_eq!(reader.next(10).await, Some(RingPiece::Skipped(5)));
        assert_eq!(reader.next(10).await, bytes("56789"));
        assert_eq!(reader.next(10).await, None);
        let mut late = ring.reader();
        assert_eq!(late.next(10).await, Some(RingPiece::Skipped(13)));
        assert_eq!(late.next(10).await, bytes("56789"));
    }

    #[tokio::test]
    async fn a_waiting_reader_wakes_up() {
        let ring = Ring::new(100);
        let mut reader = ring.reader();
        let waiting = tokio::spawn(async move {
            let first = reader.next(100).await;
            (first, reader.next(100).await)
        });
        tokio::task::yield_now().await;
        ring.push(b"now");
        tokio::task::yield_now().await;
        ring.close();
        assert_eq!(waiting.await.ok(), Some((bytes("now"), None)));
    }
}
