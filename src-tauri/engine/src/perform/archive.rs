//! Tar files of this computer: what an engine sends is written into one, and one is sent to an engine.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _};
use http::Response;
use http_body_util::{BodyDataStream, StreamBody};
use hyper::body::{Body, Frame, Incoming};
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_util::io::ReaderStream;

use crate::call::Call;
use crate::model::Progress;
use crate::perform::partial::Partial;
use crate::perform::text::size;
use crate::perform::{Job, invalid, place};
use crate::problem::failure::Failure;
use crate::stream::StreamError;

/// How often progress is told at most.
const TELL_EVERY: Duration = Duration::from_millis(200);
/// How much of a file is read at once.
const CHUNK: usize = 256 * 1024;

/// Writes an engine's tar file to `target`, which is there only once it is whole.
pub(super) async fn receive(job: Job<'_>, call: Call, target: &str) -> Result<(), Failure> {
    let path = place::here(job.folder, target);
    // Opened before the engine is asked: what can't be written is not sent for.
    let mut partial = Partial::beside(&path).map_err(|error| unwritable(target, &error))?;
    let answer = call.send(job.engine).await?;
    let mut chunks = BodyDataStream::new(answer.into_body());
    let mut told = Instant::now();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| StreamError::Broken(error.into()))?;
        let written = partial.write(&chunk).await;
        written.map_err(|error| unwritable(target, &error))?;
        if told.elapsed() >= TELL_EVERY {
            told = Instant::now();
            tell(job, "Written", partial.written());
        }
    }
    if !partial.ends_as_tar() {
        let cut_short = "the engine stopped sending before the file was whole";
        return Err(StreamError::Broken(cut_short.into()).into());
    }
    tell(job, "Written", partial.written());
    let finished = partial.finish().await;
    finished.map_err(|error| unwritable(target, &error))
}

/// Sends a file of this computer as a request's body, and answers with the head of the response.
pub(super) async fn send(
    job: Job<'_>,
    call: Call,
    source: &str,
) -> Result<Response<Incoming>, Failure> {
    let file = tokio::fs::File::open(place::here(job.folder, source)).await;
    let file = file.map_err(|error| unreadable(source, &error))?;
    let is_folder = file.metadata().await.is_ok_and(|it| it.is_dir());
    if is_folder {
        return Err(invalid(&format!("“{source}” is a folder. Choose a file.")).into());
    }
    let sent = Arc::new(AtomicU64::new(0));
    let sending = call.send_body(job.engine, "application/x-tar", body(file, &sent));
    tokio::pin!(sending);
    let mut tick = interval_at(Instant::now(), TELL_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            answer = &mut sending => {
                tell(job, "Sent", sent.load(Ordering::Relaxed));
                return Ok(answer?);
            }
            _ = tick.tick() => tell(job, "Sent", sent.load(Ordering::Relaxed)),
        }
    }
}

fn body(
    file: tokio::fs::File,
    sent: &Arc<AtomicU64>,
) -> impl Body<Data = Bytes, Error = std::io::Error> + Send + 'static {
    let sent = Arc::clone(sent);
    let counted = ReaderStream::with_capacity(file, CHUNK).map_ok(move |bytes| {
        sent.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Frame::data(bytes)
    });
    StreamBody::new(counted)
}

fn tell(job: Job<'_>, word: &str, bytes: u64) {
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    job.report.progress(Progress {
        text: format!("{word} {}", size(bytes)),
        ..Progress::default()
    });
}

fn unwritable(target: &str, error: &std::io::Error) -> Failure {
    invalid(&format!("The file “{target}” can’t be written: {error}.")).into()
}

fn unreadable(source: &str, error: &std::io::Error) -> Failure {
    invalid(&format!("The file “{source}” can’t be read: {error}.")).into()
}
