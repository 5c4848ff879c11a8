//! Byte streams from an engine, read by Slipway itself: bollard's reader takes a terminal's first byte
//! for a frame's header and waits for line ends that never come (bollard #805).

use std::collections::VecDeque;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use futures_util::{FutureExt as _, Stream, StreamExt as _, TryStreamExt as _};
use http::{Response, StatusCode, header};
use http_body_util::BodyDataStream;
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use tokio_util::io::ReaderStream;

use crate::stream::frames::{FrameError, Framed, Frames};
use crate::stream::json::{JsonError, Values};

pub mod attach;
pub mod frames;
pub mod json;
pub mod output;
pub mod ring;

/// The most bytes that are handed on in one piece.
pub const LARGEST_PIECE: usize = 256 * 1024;

/// Why a stream broke.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// The connection did.
    #[error("the connection to the engine broke: {0}")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What came is no stream of frames.
    #[error(transparent)]
    Frames(#[from] FrameError),
    /// What came is no stream of JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The engine said within the stream that it can't go on.
    #[error("{0}")]
    Engine(String),
}

impl StreamError {
    /// Whether the connection ended before the answer did, as opposed to: the answer itself is bad.
    pub fn is_lost(&self) -> bool {
        match self {
            Self::Broken(_)
            | Self::Frames(FrameError::CutShort)
            | Self::Json(JsonError::CutShort) => true,
            Self::Frames(FrameError::Header(_))
            | Self::Json(JsonError::NotJson(_) | JsonError::Shape(_) | JsonError::TooLong(_))
            | Self::Engine(_) => false,
        }
    }
}

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, StreamError>> + Send>>;

fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> StreamError {
    StreamError::Broken(error.into())
}

/// How a program's output comes over the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Both outputs mixed, in frames.
    Frames,
    /// The bytes of its terminal as they are.
    Raw,
}

impl Framing {
    /// What an answer to a container's logs or attach has, by its type where that says it, else by
    /// whether the container has a terminal. The bytes themselves never decide it: a terminal may
    /// begin with any byte.
    ///
    /// Engines before API 1.42 call both kinds `raw-stream`, so that name says nothing
    /// (<https://docs.docker.com/reference/api/engine/version-history/#v142-api-changes>).
    pub fn of<B>(answer: &Response<B>, terminal: bool) -> Self {
        let kind = answer
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|it| it.to_str().ok());
        match kind {
            Some("application/vnd.docker.multiplexed-stream") => Self::Frames,
            Some(_) | None if terminal => Self::Raw,
            Some(_) | None => Self::Frames,
        }
    }
}

/// What a program prints.
pub(crate) struct Printed {
    chunks: Chunks,
    /// `None` reads the bytes as they are.
    frames: Option<Frames>,
    ready: BytesMut,
    end: Option<Result<(), StreamError>>,
}

impl Printed {
    /// Reads `answer`'s body, or the bare connection where the engine has switched to it.
    pub async fn of(answer: Response<Incoming>, framing: Framing) -> Result<Self, StreamError> {
        let chunks: Chunks = if answer.status() == StatusCode::SWITCHING_PROTOCOLS {
            let connection = hyper::upgrade::on(answer).await.map_err(broken)?;
            let reader = ReaderStream::with_capacity(TokioIo::new(connection), 64 * 1024);
            Box::pin(reader.map_err(broken))
        } else {
            Box::pin(BodyDataStream::new(answer.into_body()).map_err(broken))
        };
        Ok(Self::new(chunks, framing))
    }

    fn new(chunks: Chunks, framing: Framing) -> Self {
        let frames = match framing {
            Framing::Frames => Some(Frames::default()),
            Framing::Raw => None,
        };
        Self {
            chunks,
            frames,
            ready: BytesMut::new(),
            end: None,
        }
    }

    /// All that is there, up to [`LARGEST_PIECE`]; waits for the first byte. `None` is the end.
    ///
    /// Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Bytes, StreamError>> {
        while self.end.is_none() && self.ready.is_empty() {
            let chunk = self.chunks.next().await;
            self.take(chunk);
        }
        while self.end.is_none() && self.ready.len() < LARGEST_PIECE {
            let Some(chunk) = self.chunks.next().now_or_never() else {
                break;
            };
            self.take(chunk);
        }
        if self.ready.is_empty() {
            // The end was said once it is taken: afterwards it is a plain end.
            return self.end.replace(Ok(())).and_then(Result::err).map(Err);
        }
        let length = self.ready.len().min(LARGEST_PIECE);
        Some(Ok(self.ready.split_to(length).freeze()))
    }

    fn take(&mut self, chunk: Option<Result<Bytes, StreamError>>) {
        self.end = match (chunk, &mut self.frames) {
            (Some(Err(error)), _) => Some(Err(error)),
            (Some(Ok(bytes)), None) => {
                self.ready.extend_from_slice(&bytes);
                None
            }
            (Some(Ok(bytes)), Some(frames)) => {
                let mut failed = None;
                let pushed = frames.push(bytes, |framed| match framed {
                    Framed::Printed(bytes) => self.ready.extend_from_slice(&bytes),
                    Framed::EngineError(text) => failed = Some(text),
                });
                match (pushed, failed) {
                    (Err(error), _) => Some(Err(error.into())),
                    (Ok(()), Some(text)) => Some(Err(StreamError::Engine(text))),
                    (Ok(()), None) => None,
                }
            }
            (None, frames) => {
                let whole = frames.as_ref().map_or(Ok(()), Frames::finish);
                Some(whole.map_err(StreamError::from))
            }
        };
    }
}

/// JSON objects that an engine sends one after the other.
pub(crate) struct Objects {
    chunks: Chunks,
    values: Values,
    ended: bool,
    waiting: VecDeque<StreamError>,
}

impl Objects {
    /// Reads the objects in `answer`'s body.
    pub fn of(answer: Response<Incoming>) -> Self {
        Self::new(Box::pin(
            BodyDataStream::new(answer.into_body()).map_err(broken),
        ))
    }

    fn new(chunks: Chunks) -> Self {
        Self {
            chunks,
            values: Values::default(),
            ended: false,
            waiting: VecDeque::new(),
        }
    }

    /// The next object; `None` is the end of the stream, which says nothing about success.
    ///
    /// Dropping the future loses nothing.
    pub async fn next<T: DeserializeOwned>(&mut self) -> Option<Result<T, StreamError>> {
        loop {
            if let Some(value) = self.values.pop() {
                return Some(value.map_err(StreamError::from));
            }
            if let Some(error) = self.waiting.pop_front() {
                return Some(Err(error));
            }
            if self.ended {
                return None;
            }
            let failed = match self.chunks.next().await {
                Some(Ok(bytes)) => self.values.push(&bytes).err().map(StreamError::from),
                Some(Err(error)) => Some(error),
                None => {
                    self.ended = true;
                    self.values.finish().err().map(StreamError::from)
                }
            };
            if let Some(error) = failed {
                self.ended = true;
                self.waiting.push_back(error);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use futures_util::stream;

    use super::*;

    fn printed(framing: Framing, chunks: &'static [&'static [u8]]) -> Printed {
        let chunks = chunks.iter().map(|it| Ok(Bytes::from_static(it)));
        Printed::new(Box::pin(stream::iter(chunks)), framing)
    }

    fn answer(kind: &str) -> Response<()> {
        Response::builder()
            .header(header::CONTENT_TYPE, kind)
            .body(())
            .unwrap()
    }

    #[test]
    fn the_first_byte_never_decides_the_framing() {
        let rows = [
            (
                "application/vnd.docker.multiplexed-stream",
                true,
                Framing::Frames,
            ),
            (
                "application/vnd.docker.multiplexed-stream",
                false,
                Framing::Frames,
            ),
            ("application/vnd.docker.raw-stream", true, Framing::Raw),
            // What Docker 20.10 says of both.
            ("application/vnd.docker.raw-stream", false, Framing::Frames),
            ("application/octet-stream", false, Framing::Frames),
            ("application/octet-stream", true, Framing::Raw),
        ];
        for (kind, terminal, framing) in rows {
            assert_eq!(
                Framing::of(&answer(kind), terminal),
                framing,
                "{kind} {terminal}"
            );
        }
    }

    #[tokio::test]
    async fn a_terminal_that_begins_like_a_frame_is_printed_at_once() {
        let mut output = printed(Framing::Raw, &[b"\x01abcdefghij", b"$ "]);
        assert_eq!(output.next().await.unwrap().unwrap(), "\x01abcdefghij$ ");
        assert!(output.next().await.is_none());
    }

    #[tokio::test]
    async fn a_prompt_without_a_line_end_does_not_wait_for_one() {
        let mut chunks = VecDeque::from([Bytes::from_static(b"$ ")]);
        let endless = stream::poll_fn(move |_| match chunks.pop_front() {
            Some(bytes) => std::task::Poll::Ready(Some(Ok(bytes))),
            None => std::task::Poll::Pending,
        });
        let mut output = Printed::new(Box::pin(endless), Framing::Raw);
        assert_eq!(output.next().await.unwrap().unwrap(), "$ ");
    }

    #[tokio::test]
    async fn the_engines_own_error_comes_after_what_was_printed() {
        let mut output = printed(
            Framing::Frames,
            &[b"\x01\0\0\0\0\0\0\x02hi\x03\0\0\0\0\0\0\x04", b"dead"],
        );
        assert_eq!(output.next().await.unwrap().unwrap(), "hi");
        let error = output.next().await.unwrap().unwrap_err();
        assert!(matches!(error, StreamError::Engine(text) if text == "dead"));
        assert!(output.next().await.is_none());
    }

    #[tokio::test]
    async fn a_flood_comes_in_pieces_of_bounded_size() {
        let chunk: &'static [u8] = &[b'x'; 100_000];
        let chunks = stream::iter((0..10).map(move |_| Ok(Bytes::from_static(chunk))));
        let mut output = Printed::new(Box::pin(chunks), Framing::Raw);
        let mut sum = 0;
        while let Some(piece) = output.next().await {
            let piece = piece.unwrap();
            assert!(piece.len() <= LARGEST_PIECE);
            sum += piece.len();
        }
        assert_eq!(sum, 1_000_000);
    }

    #[tokio::test]
    async fn objects_before_a_break_are_not_lost() {
        let chunks = [
            Ok(Bytes::from_static(b"{\"a\":1}\r")),
            Ok(Bytes::from_static(b"\n{\"a\":2}{\"a\"")),
            Err(broken("gone")),
        ];
        let mut objects = Objects::new(Box::pin(stream::iter(chunks)));
        for number in [1, 2] {
            let value: serde_json::Value = objects.next().await.unwrap().unwrap();
            assert_eq!(value["a"], number);
        }
        let error = objects
            .next::<serde_json::Value>()
            .await
            .unwrap()
            .unwrap_err();
        assert!(matches!(error, StreamError::Broken(_)));
        assert!(objects.next::<serde_json::Value>().await.is_none());
    }
}
