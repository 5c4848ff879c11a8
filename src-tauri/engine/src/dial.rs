//! Opens a stream of bytes to an endpoint.

mod gathered;
mod pipe;
mod ssh;
mod tls;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

pub(crate) use gathered::Gathered;
pub(crate) use ssh::SshEnded;

use crate::endpoint::Endpoint;

/// How long opening may take before the address counts as out of reach.
const LIMIT: Duration = Duration::from_secs(10);

/// A stream of bytes both ways.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

/// Why no stream could be opened. Each way to fail is told from the others by where it happened and
/// by io kinds, never by words.
#[derive(Debug, thiserror::Error)]
pub enum DialError {
    /// The socket, the pipe or the port could not be opened.
    #[error(transparent)]
    Open(io::Error),
    /// The host's name leads to no address.
    #[error(transparent)]
    Resolve(io::Error),
    /// It took too long.
    #[error("no answer within {} seconds", .0.as_secs())]
    TimedOut(Duration),
    /// A file of the secure connection can't be used.
    #[error("{}: {why}", path.display())]
    TlsFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// No secure connection came about.
    #[error(transparent)]
    Handshake(io::Error),
    /// The program `ssh` could not be started.
    #[error("ssh: {0}")]
    Ssh(io::Error),
    /// This kind of address does not exist on this system.
    #[error("this system has no such addresses")]
    Unsupported,
}

/// Opens streams to one endpoint, as many as are asked for.
#[derive(Clone)]
pub(crate) struct Dialer {
    endpoint: Endpoint,
    tls: Option<(TlsConnector, rustls::pki_types::ServerName<'static>)>,
}

impl Dialer {
    /// Reads what the endpoint's connections need (TLS files), once for all of them.
    pub(crate) async fn new(endpoint: &Endpoint) -> Result<Self, DialError> {
        let tls = match endpoint {
            Endpoint::Tcp {
                host,
                tls: Some(files),
                ..
            } => {
                let (host, files) = (host.clone(), files.clone());
                // The files may lie on a network share, and the system's own certificates are many.
                let read = tokio::task::spawn_blocking(move || {
                    let name = tls::server_name(&host, &files)?;
                    Ok((TlsConnector::from(Arc::new(tls::config(&files)?)), name))
                });
                Some(
                    read.await
                        .map_err(|ended| DialError::Open(io::Error::other(ended)))??,
                )
            }
            Endpoint::Tcp { tls: None, .. }
            | Endpoint::Unix(_)
            | Endpoint::Pipe(_)
            | Endpoint::Ssh { .. } => None,
        };
        Ok(Self {
            endpoint: endpoint.clone(),
            tls,
        })
    }

    /// Where the streams lead.
    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Opens one stream.
    pub(crate) async fn dial(&self) -> Result<Box<dyn Duplex>, DialError> {
        match tokio::time::timeout(LIMIT, self.open()).await {
            Ok(opened) => opened,
            Err(_elapsed) => Err(DialError::TimedOut(LIMIT)),
        }
    }

    async fn open(&self) -> Result<Box<dyn Duplex>, DialError> {
        match &self.endpoint {
            Endpoint::Unix(path) => unix(path).await,
            Endpoint::Pipe(name) => pipe::open(name).await,
            Endpoint::Tcp { host, port, tls: _ } => {
                let stream = tcp(host, *port).await?;
                match &self.tls {
                    None => Ok(Box::new(stream)),
                    Some((connector, name)) => {
                        let secure = connector.connect(name.clone(), stream).await;
                        Ok(Box::new(secure.map_err(DialError::Handshake)?))
                    }
                }
            }
            Endpoint::Ssh { user, host, port } => {
                let stream = ssh::open(user.as_deref(), host, *port).map_err(DialError::Ssh)?;
                Ok(Box::new(stream))
            }
        }
    }
}

#[cfg(unix)]
async fn unix(path: &std::path::Path) -> Result<Box<dyn Duplex>, DialError> {
    let stream = tokio::net::UnixStream::connect(path)
        .await
        .map_err(DialError::Open)?;
    Ok(Box::new(stream))
}

#[cfg(not(unix))]
async fn unix(_path: &std::path::Path) -> Result<Box<dyn Duplex>, DialError> {
    std::future::ready(Err(DialError::Unsupported)).await
}

async fn tcp(host: &str, port: u16) -> Result<TcpStream, DialError> {
    let addresses = tokio::net::lookup_host((host, port))
        .await
        .map_err(DialError::Resolve)?;
    let mut last = None;
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => {
                // Requests are short and wait for their answers.
                stream.set_nodelay(true).map_err(DialError::Open)?;
                return Ok(stream);
            }
            Err(error) => last = Some(error),
        }
    }
    let none = || io::Error::from(io::ErrorKind::AddrNotAvailable);
    Err(last.map_or_else(|| DialError::Resolve(none()), DialError::Open))
}
