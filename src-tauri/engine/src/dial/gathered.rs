//! A stream that is read in helpings.
//!
//! An engine sends each piece of output as it gets it, and a program that prints line by line has it send tens of
//! thousands of small pieces a second. To wake up for each of them takes more of the computer than reading them
//! does, from the very program that prints. So where pieces come thick and fast, the stream is left alone for a moment
//! after each read, and the next one finds many. What comes now and then, an answer or the echo of a key, is read at
//! once; so is what comes in large pieces, and what comes while something is sent, such as a word that more may be sent.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// How long the stream is left alone: less than anybody sees, and not so long that what waits in the system's buffer
/// (on Linux, about 280 pieces of any size up to a few hundred bytes) makes the other side wait.
const PAUSE: Duration = Duration::from_millis(4);

/// Pieces that follow each other within this time come fast.
const SOON: Duration = Duration::from_millis(10);

/// So many fast ones in a row are many.
const MANY: u32 = 32;

/// A small piece, in bytes.
const SMALL: usize = 4 << 10;

/// A helping that is still worth gathering, in bytes: with more, the other side would soon be waiting.
const HELPING: usize = 32 << 10;

/// A stream whose small pieces are gathered where they come thick and fast.
pub(crate) struct Gathered<S> {
    stream: S,
    /// When something was read last.
    last: Instant,
    /// Small pieces in a row.
    fast: u32,
    /// Until then it is left alone.
    pause: Option<Pin<Box<Sleep>>>,
    is_paused: bool,
}

impl<S> Gathered<S> {
    pub fn new(stream: S) -> Self {
        Self {
            stream,
            last: Instant::now(),
            fast: 0,
            pause: None,
            is_paused: false,
        }
    }

    /// Takes note that something is sent: whoever sends may wait for the answer.
    fn note_sent(&mut self) {
        self.fast = 0;
        self.is_paused = false;
    }

    /// Takes note of a read of so many bytes; `whole` says that this was all there was.
    fn note(&mut self, bytes: usize, whole: bool) {
        let now = Instant::now();
        let most = if self.fast < MANY { SMALL } else { HELPING };
        let is_fast = whole && bytes < most && now.duration_since(self.last) < SOON;
        self.fast = if is_fast {
            (self.fast + 1).min(MANY)
        } else {
            0
        };
        self.last = now;
        // Behind the end nothing is worth waiting for.
        self.is_paused = self.fast >= MANY && bytes > 0;
        if self.is_paused {
            let until = now + PAUSE;
            match &mut self.pause {
                Some(pause) => pause.as_mut().reset(until),
                None => self.pause = Some(Box::pin(sleep_until(until))),
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Gathered<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.is_paused {
            if let Some(pause) = &mut self.pause {
                ready!(pause.as_mut().poll(cx));
            }
            self.is_paused = false;
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buffer))?;
        let bytes = buffer.filled().len().saturating_sub(before);
        self.note(bytes, buffer.remaining() > 0);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Gathered<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.note_sent();
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.note_sent();
        Pin::new(&mut self.stream).poll_write_vectored(cx, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
    use tokio::time::sleep;

    use super::*;

    /// Pieces of so many bytes until they count as many.
    async fn thick_and_fast(piece: usize) -> (Gathered<DuplexStream>, DuplexStream) {
        let (near, far) = duplex(1 << 20);
        let (mut near, mut far) = (Gathered::new(near), far);
        for _ in 0..MANY {
            read_one(&mut near, &mut far, piece).await;
        }
        (near, far)
    }

    /// Sends a piece and reads it; answers how long that was, by the clock of the test.
    async fn read_one(
        near: &mut Gathered<DuplexStream>,
        far: &mut DuplexStream,
        piece: usize,
    ) -> Duration {
        let began = Instant::now();
        far.write_all(&vec![b'x'; piece]).await.unwrap();
        let mut buffer = vec![0; 1 << 20];
        assert_eq!(near.read(&mut buffer).await.unwrap(), piece);
        began.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn many_small_pieces_are_read_together() {
        let (mut near, mut far) = thick_and_fast(50).await;
        let feed = tokio::spawn(async move {
            for _ in 0..8 {
                far.write_all(b"a line\n").await.unwrap();
                sleep(PAUSE / 4).await;
            }
            far
        });
        let mut buffer = vec![0; 1 << 20];
        let read = near.read(&mut buffer).await.unwrap();
        assert!(read > b"a line\n".len(), "{read} bytes at once");
        // All of it comes, and the end behind it.
        drop(feed.await.unwrap());
        let rest = near.read_to_end(&mut Vec::new()).await.unwrap();
        assert_eq!(read + rest, 8 * b"a line\n".len());
    }

    #[tokio::test(start_paused = true)]
    async fn what_comes_now_and_then_is_read_at_once() {
        let (mut near, mut far) = thick_and_fast(50).await;
        // The pause behind the last of them is over.
        for _ in 0..2 * MANY {
            sleep(SOON).await;
            assert_eq!(read_one(&mut near, &mut far, 50).await, Duration::ZERO);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_comes_in_large_pieces_is_read_at_once() {
        let (mut near, mut far) = thick_and_fast(SMALL).await;
        for _ in 0..2 * MANY {
            assert_eq!(read_one(&mut near, &mut far, SMALL).await, Duration::ZERO);
        }
        // So is what grows large while it is gathered.
        let (mut near, mut far) = thick_and_fast(50).await;
        read_one(&mut near, &mut far, HELPING).await;
        assert_eq!(read_one(&mut near, &mut far, HELPING).await, Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn what_answers_is_read_at_once() {
        let (mut near, mut far) = thick_and_fast(50).await;
        for _ in 0..2 * MANY {
            near.write_all(b"more?").await.unwrap();
            far.read_exact(&mut [0; 5]).await.unwrap();
            assert_eq!(read_one(&mut near, &mut far, 50).await, Duration::ZERO);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_does_not_fit_is_read_on_at_once() {
        let (mut near, mut far) = thick_and_fast(50).await;
        far.write_all(&[b'x'; 100]).await.unwrap();
        let mut half = [0; 50];
        near.read_exact(&mut half).await.unwrap();
        let began = Instant::now();
        near.read_exact(&mut half).await.unwrap();
        assert_eq!(began.elapsed(), Duration::ZERO);
    }
}
