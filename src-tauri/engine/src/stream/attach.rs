//! The live output of a container, from before its program starts.

use bytes::Bytes;

use crate::call::{Call, container};
use crate::connect::Engine;
use crate::stream::{Framing, Printed, StreamError};
use crate::transport::RequestError;

/// Both outputs of a container as they are printed. It must be read without long pauses: a program
/// blocks when what it prints to an attached reader is not taken.
pub struct Attached(Printed);

/// Why a container could not be attached to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AttachError {
    #[error(transparent)]
    Request(#[from] RequestError),
    #[error(transparent)]
    Stream(#[from] StreamError),
}

/// Attaches to a container's outputs; `terminal` says whether it has a terminal, as its `Config.Tty`.
///
/// Once this has returned, nothing that the program prints is missed.
pub(crate) async fn attach(
    engine: &Engine,
    name: &str,
    terminal: bool,
) -> Result<Attached, AttachError> {
    let call = Call::post(container(name, "/attach")?)
        .with("stream", 1)
        .with("stdout", 1)
        .with("stderr", 1)
        .upgrade();
    let answer = call.send(engine).await?;
    let framing = Framing::of(&answer, terminal);
    Ok(Attached(Printed::of(answer, framing).await?))
}

impl Attached {
    /// The next bytes, gathered from all that is there; `None` once the program has closed its outputs.
    ///
    /// Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Bytes, StreamError>> {
        self.0.next().await
    }
}
