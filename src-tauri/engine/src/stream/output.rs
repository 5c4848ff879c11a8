//! What a container's program has printed and prints.

use std::pin::Pin;

use bytes::Bytes;
use serde::Deserialize;
use tokio_util::sync::CancellationToken;

use crate::call::{Call, container};
use crate::connect::Engine;
use crate::problem::Problem;
use crate::problem::explain;
use crate::stream::{Framing, Printed};
use crate::transport::RequestError;

/// A container's output, pulled piece by piece. Not pulling it holds up nobody: the engine keeps what
/// was printed in the container's log.
pub struct OutputStream {
    source: Source,
    cancel: CancellationToken,
}

enum Source {
    Opening(Pin<Box<dyn Future<Output = Result<Printed, Problem>> + Send>>),
    Open(Printed),
    Ended,
}

/// One piece of an [`OutputStream`].
#[derive(Debug, Clone, PartialEq)]
pub enum OutputPiece {
    /// What was printed, at most 256 KiB of it.
    Bytes(Bytes),
    /// The program has ended, or the stream was cancelled. The last piece.
    Ended,
    /// The stream broke. The last piece.
    Failed(Problem),
}

/// The part of an inspect that says how a container's output is read.
#[derive(Debug, Deserialize)]
pub(crate) struct Inspected {
    #[serde(rename = "Config")]
    config: Option<InspectedConfig>,
    #[serde(rename = "HostConfig")]
    host_config: Option<InspectedHostConfig>,
    #[serde(rename = "State")]
    state: Option<InspectedState>,
}

#[derive(Debug, Deserialize)]
struct InspectedHostConfig {
    #[serde(rename = "AutoRemove", default)]
    auto_remove: bool,
}

#[derive(Debug, Deserialize)]
struct InspectedConfig {
    #[serde(rename = "Tty", default)]
    tty: bool,
}

#[derive(Debug, Deserialize)]
struct InspectedState {
    #[serde(rename = "Running", default)]
    running: bool,
}

impl Inspected {
    /// Asks the engine about a container.
    pub async fn of(engine: &Engine, name: &str) -> Result<Self, RequestError> {
        engine.get_json(&container(name, "/json")?).await
    }

    /// Whether its program has a terminal.
    pub fn has_terminal(&self) -> bool {
        self.config.as_ref().is_some_and(|config| config.tty)
    }

    /// Whether its program runs; a paused or restarting one counts.
    pub fn is_running(&self) -> bool {
        self.state.as_ref().is_some_and(|state| state.running)
    }

    /// Whether the engine removes it once its program has ended.
    pub fn removes_itself(&self) -> bool {
        self.host_config
            .as_ref()
            .is_some_and(|config| config.auto_remove)
    }
}

/// Follows a container's output from its last `tail` lines on. Where its program does not run, the
/// stream ends after them.
///
/// # Errors
/// There is no such container, the engine is gone, or it keeps no log of this one.
pub async fn output(
    engine: &Engine,
    container_name: &str,
    tail: u32,
    cancel: CancellationToken,
) -> Result<OutputStream, Problem> {
    let inspected = tokio::select! {
        () = cancel.cancelled() => return Err(explain::cancelled()),
        inspected = Inspected::of(engine, container_name) => inspected,
    };
    let named = |error: RequestError| explain::about_container(container_name, &error);
    let inspected = inspected.map_err(named)?;
    let call = Call::get(container(container_name, "/logs").map_err(named)?)
        .with("stdout", 1)
        .with("stderr", 1)
        .with("tail", tail)
        .with_flag("follow", inspected.is_running());
    let (engine, name) = (engine.clone(), container_name.to_owned());
    // Podman 5.2 answers only when the program prints (podman#23712), so nobody waits for it here.
    let opening = async move {
        let answer = call.send(&engine).await;
        let answer = answer.map_err(|error| explain::about_container(&name, &error))?;
        let framing = Framing::of(&answer, inspected.has_terminal());
        Printed::of(answer, framing)
            .await
            .map_err(|error| explain::broken_stream(&error))
    };
    Ok(OutputStream {
        source: Source::Opening(Box::pin(opening)),
        cancel,
    })
}

impl OutputStream {
    /// The next piece, gathered from all that is there; waits for one. `None` follows the last piece.
    ///
    /// Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<OutputPiece> {
        if matches!(self.source, Source::Ended) {
            return None;
        }
        let cancel = self.cancel.clone();
        let piece = tokio::select! {
            biased;
            () = cancel.cancelled() => OutputPiece::Ended,
            piece = self.source.next() => piece?,
        };
        match piece {
            OutputPiece::Bytes(_) => {}
            OutputPiece::Ended | OutputPiece::Failed(_) => self.source = Source::Ended,
        }
        Some(piece)
    }
}

impl Source {
    async fn next(&mut self) -> Option<OutputPiece> {
        loop {
            match self {
                Self::Opening(opening) => match opening.await {
                    Ok(printed) => *self = Self::Open(printed),
                    Err(problem) => return Some(OutputPiece::Failed(problem)),
                },
                Self::Open(printed) => {
                    return Some(match printed.next().await {
                        Some(Ok(bytes)) => OutputPiece::Bytes(bytes),
                        Some(Err(error)) => OutputPiece::Failed(explain::broken_stream(&error)),
                        None => OutputPiece::Ended,
                    });
                }
                Self::Ended => return None,
            }
        }
    }
}
