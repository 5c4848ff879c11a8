//! Named pipes, which only Windows has.

use super::{DialError, Duplex};

#[cfg(windows)]
pub(super) async fn open(name: &str) -> Result<Box<dyn Duplex>, DialError> {
    use std::time::Duration;
    use tokio::net::windows::named_pipe::ClientOptions;

    /// `ERROR_PIPE_BUSY`: every instance of the pipe serves somebody; one more comes in a moment.
    const PIPE_BUSY: i32 = 231;
    /// How soon to ask again; the dialer's limit ends it.
    const AGAIN: Duration = Duration::from_millis(20);

    loop {
        match ClientOptions::new().open(name) {
            Ok(client) => return Ok(Box::new(client)),
            Err(error) if error.raw_os_error() == Some(PIPE_BUSY) => {
                tokio::time::sleep(AGAIN).await;
            }
            Err(error) => return Err(DialError::Open(error)),
        }
    }
}

#[cfg(not(windows))]
pub(super) async fn open(_name: &str) -> Result<Box<dyn Duplex>, DialError> {
    std::future::ready(Err(DialError::Unsupported)).await
}
