//! What each layer of an image added, changed and took away: read from the image as the engine exports it,
//! without keeping more of it than names.

mod archive;
mod layer;
mod order;
mod tar;

use std::io::{self, Read};

use bytes::{Buf as _, Bytes};
use futures_util::StreamExt as _;
use http_body_util::BodyDataStream;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::call::{Call, image};
use crate::connect::Engine;
use crate::image::LayerFiles;
use crate::problem::{Code, Problem, explain};

/// Pieces that wait to be read at most.
const AHEAD: usize = 8;

/// Looks into every layer of an image. It reads the whole image once from the engine.
///
/// # Errors
/// There is no such image, what the engine sends can't be read, or it was cancelled.
pub async fn image_files(
    engine: &Engine,
    reference: &str,
    cancel: &CancellationToken,
) -> Result<Vec<LayerFiles>, Problem> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(explain::cancelled()),
        read = read(engine, reference) => read,
    }
}

async fn read(engine: &Engine, reference: &str) -> Result<Vec<LayerFiles>, Problem> {
    let asked = async { Call::get(image(reference, "/get")?).send(engine).await };
    let answer = asked.await;
    let answer = answer.map_err(|error| explain::about_image(reference, &error))?;
    let (pieces, receiver) = mpsc::channel(AHEAD);
    // Its end is that of the channel, which comes when this future is dropped.
    let reading = tokio::task::spawn_blocking(move || archive::read(Pieces::new(receiver)));
    let mut chunks = BodyDataStream::new(answer.into_body());
    let mut broken = None;
    while let Some(chunk) = chunks.next().await {
        let piece = chunk.map_err(|error| {
            let text = error.to_string();
            broken = Some(text.clone());
            io::Error::other(text)
        });
        // The reader has all that it wants, or has failed.
        if pieces.send(piece).await.is_err() {
            break;
        }
    }
    drop(pieces);
    let read = match reading.await {
        Ok(read) => read,
        Err(error) => Err(io::Error::other(error)),
    };
    match (broken, read) {
        (Some(broken), _) => Err(explain::lost(&broken)),
        (None, Ok(layers)) => Ok(layers),
        (None, Err(error)) => Err(unreadable(&error)),
    }
}

fn unreadable(error: &io::Error) -> Problem {
    Problem::new(
        Code::Other,
        "The files of this image can’t be shown",
        "What the engine sends of it has a form that Slipway does not read.",
        "Its steps and their sizes are still right. To see files, run a container of the image.",
    )
    .with_detail(explain::cleaned(&error.to_string()))
}

/// The body of an answer, for a thread that reads.
struct Pieces {
    receiver: mpsc::Receiver<io::Result<Bytes>>,
    now: Bytes,
}

impl Pieces {
    fn new(receiver: mpsc::Receiver<io::Result<Bytes>>) -> Self {
        Self {
            receiver,
            now: Bytes::new(),
        }
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.now.is_empty() {
            match self.receiver.blocking_recv() {
                Some(piece) => self.now = piece?,
                None => return Ok(0),
            }
        }
        let count = buffer.len().min(self.now.len());
        self.now.copy_to_slice(&mut buffer[..count]);
        Ok(count)
    }
}
