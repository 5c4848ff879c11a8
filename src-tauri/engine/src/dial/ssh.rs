//! Another computer's engine, by the system's `ssh` and the `docker system dial-stdio` over there.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::process::{ExitStatus, Stdio};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// How much of what ssh says of a failure is kept.
const SAID_LIMIT: u64 = 16 * 1024;

/// `ssh` ended before the engine said anything.
#[derive(Debug, thiserror::Error)]
#[error("ssh ended ({status}): {said}")]
pub(crate) struct SshEnded {
    /// 255 is ssh's own failure; any other code is that of `docker` on the other computer.
    pub(crate) code: Option<i32>,
    /// The exit status in words.
    pub(crate) status: String,
    /// What it wrote to its error stream.
    pub(crate) said: String,
}

/// Starts `ssh`. It may fail later still: then the first read ends with an [`SshEnded`].
pub(super) fn open(user: Option<&str>, host: &str, port: Option<u16>) -> io::Result<SshStream> {
    let mut command = Command::new("ssh");
    command.args(arguments(user, host, port));
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    #[cfg(windows)]
    {
        /// `CREATE_NO_WINDOW`: no console flashes up.
        const NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(NO_WINDOW);
    }
    let mut child = command.spawn()?;
    let piped = || io::Error::other("ssh has no streams");
    let stdin = child.stdin.take().ok_or_else(piped)?;
    let stdout = child.stdout.take().ok_or_else(piped)?;
    let stderr = child.stderr.take().ok_or_else(piped)?;
    let said = tokio::spawn(async move {
        let mut said = Vec::new();
        let mut stderr = stderr;
        // What can't be read any more is not missed: the exit status tells the failure.
        let _ = (&mut stderr).take(SAID_LIMIT).read_to_end(&mut said).await;
        // The rest is drained, because ssh would block on a full pipe.
        let _ = tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await;
        String::from_utf8_lossy(&said).trim().to_owned()
    });
    Ok(SshStream {
        stdin: Some(stdin),
        stdout,
        heard: false,
        end: End::Running(child, said),
    })
}

/// No question can be answered in a window without a terminal, so ssh must not ask any (BatchMode);
/// `--` keeps a host from being taken for an option.
fn arguments(user: Option<&str>, host: &str, port: Option<u16>) -> Vec<String> {
    let mut arguments: Vec<String> = ["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=10"]
        .map(str::to_owned)
        .into();
    if let Some(user) = user {
        arguments.extend(["-l".to_owned(), user.to_owned()]);
    }
    if let Some(port) = port {
        arguments.extend(["-p".to_owned(), port.to_string()]);
    }
    arguments.extend(["--", host, "docker", "system", "dial-stdio"].map(str::to_owned));
    arguments
}

type Ending = Pin<Box<dyn Future<Output = io::Error> + Send>>;

/// How it stands with the process.
enum End {
    Running(Child, tokio::task::JoinHandle<String>),
    /// Its output has ended; its exit status is awaited.
    Ending(Ending),
    Ended,
}

/// The stream through a running `ssh`, which is killed with it.
pub(super) struct SshStream {
    stdin: Option<ChildStdin>,
    stdout: ChildStdout,
    /// Whether anything has come: then the end of the output is just the end.
    heard: bool,
    end: End,
}

impl SshStream {
    /// Why `ssh` ended before the engine said anything; `None` once that was told.
    fn poll_ended(&mut self, cx: &mut Context<'_>) -> Poll<Option<io::Error>> {
        self.end = match std::mem::replace(&mut self.end, End::Ended) {
            End::Running(child, said) => End::Ending(Box::pin(ended(child, said))),
            other => other,
        };
        match &mut self.end {
            End::Ending(ending) => {
                let error = ready!(ending.as_mut().poll(cx));
                self.end = End::Ended;
                Poll::Ready(Some(error))
            }
            End::Running(..) | End::Ended => Poll::Ready(None),
        }
    }
}

impl AsyncRead for SshStream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if let End::Running(..) = this.end {
            let before = buf.filled().len();
            ready!(Pin::new(&mut this.stdout).poll_read(cx, buf))?;
            this.heard |= buf.filled().len() > before;
            if this.heard {
                return Poll::Ready(Ok(()));
            }
        }
        match ready!(this.poll_ended(cx)) {
            Some(error) => Poll::Ready(Err(error)),
            None => Poll::Ready(Ok(())),
        }
    }
}

async fn ended(mut child: Child, said: tokio::task::JoinHandle<String>) -> io::Error {
    let status = match child.wait().await {
        Ok(status) => status,
        Err(error) => return error,
    };
    let said = said.await.unwrap_or_default();
    io::Error::other(SshEnded {
        code: ExitStatus::code(&status),
        status: status.to_string(),
        said,
    })
}

impl AsyncWrite for SshStream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let broken = || Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        if let (Some(stdin), End::Running(..)) = (&mut this.stdin, &this.end) {
            match ready!(Pin::new(stdin).poll_write(cx, bytes)) {
                // It has ended already, and why says more than that it has.
                Err(_) if !this.heard => {}
                written => return Poll::Ready(written),
            }
        } else if !matches!(this.end, End::Ending(_)) {
            return broken();
        }
        match ready!(this.poll_ended(cx)) {
            Some(error) => Poll::Ready(Err(error)),
            None => broken(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().stdin {
            Some(stdin) => Pin::new(stdin).poll_flush(cx),
            None => Poll::Ready(Ok(())),
        }
    }

    /// Closes ssh's input, which is how the other side learns that no more comes.
    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if let Some(stdin) = &mut this.stdin {
            ready!(Pin::new(stdin).poll_flush(cx))?;
        }
        this.stdin = None;
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_stands_behind_the_dashes_and_nothing_goes_through_a_shell() {
        let line = arguments(Some("me"), "box", Some(2222)).join(" ");
        assert!(
            line.ends_with("-l me -p 2222 -- box docker system dial-stdio"),
            "{line}"
        );
    }
}
