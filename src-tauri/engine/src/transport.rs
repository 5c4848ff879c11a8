//! HTTP to an engine: the one way by which any request leaves, bollard's too.
//!
//! It mends what bollard 0.21 gets wrong: the API version goes into every path (bollard sends none,
//! bollard#736), registry logins are base64url (moby decodes them so; bollard writes the standard
//! alphabet), and a request has one `Content-Type` (bollard writes two).

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST, HeaderName, HeaderValue};
use http::{Request, Response, Uri};
use http_body_util::BodyExt;
use http_body_util::combinators::UnsyncBoxBody;
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;

use crate::dial::{DialError, Dialer, Gathered, SshEnded};
use crate::endpoint::{Endpoint, bracketed};

/// How long a connection that costs a handshake is kept for the next request.
const IDLE_LIMIT: Duration = Duration::from_secs(30);
/// How many are kept.
const IDLE_MOST: usize = 4;

type BoxError = Box<dyn StdError + Send + Sync>;
type AnyBody = UnsyncBoxBody<Bytes, BoxError>;

/// A version of the Docker Engine API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiVersion {
    /// 1 in every engine so far.
    pub major: u16,
    /// The part that counts up.
    pub minor: u16,
}

impl ApiVersion {
    /// Reads `1.41`.
    pub fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.trim().split_once('.')?;
        Some(Self {
            major: major.parse().ok()?,
            minor: minor.parse().ok()?,
        })
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// Why a request had no good answer.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The engine answered with a failure.
    #[error("{message}")]
    Status {
        /// The HTTP status, such as 404.
        status: u16,
        /// The engine's own words.
        message: String,
    },
    /// The engine could not be reached.
    #[error("the engine can’t be reached: {0}")]
    Dial(#[source] DialError),
    /// The connection broke before the answer was complete.
    #[error("the connection to the engine broke: {0}")]
    Broken(#[source] hyper::Error),
    /// The answer did not come in time.
    #[error("the engine did not answer within {} seconds", .0.as_secs())]
    TimedOut(Duration),
    /// The answer is not what the API says it is.
    #[error("the engine’s answer can’t be read: {0}")]
    Answer(#[source] BoxError),
    /// The request can't be written down; nothing was sent.
    #[error("the request can’t be sent: {0}")]
    Request(#[source] BoxError),
}

impl RequestError {
    /// The system's reason, where there is one: looked up along the chain of sources.
    pub fn io_kind(&self) -> Option<io::ErrorKind> {
        self.caused_by::<io::Error>().map(io::Error::kind)
    }

    /// The engine's status, where it answered.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status { status, .. } => Some(*status),
            Self::Dial(_)
            | Self::Broken(_)
            | Self::TimedOut(_)
            | Self::Answer(_)
            | Self::Request(_) => None,
        }
    }

    /// Whether the engine is gone, as opposed to: it answered that it won't.
    pub fn is_lost(&self) -> bool {
        match self {
            Self::Dial(_) | Self::Broken(_) | Self::TimedOut(_) => true,
            Self::Status { .. } | Self::Answer(_) | Self::Request(_) => false,
        }
    }

    pub(crate) fn ssh_ended(&self) -> Option<&SshEnded> {
        self.caused_by()
    }

    /// The first cause of this type. An `io::Error` hides what it wraps from `source`, so it is opened.
    fn caused_by<T: StdError + 'static>(&self) -> Option<&T> {
        let mut next: Option<&(dyn StdError + 'static)> = Some(self);
        while let Some(error) = next {
            if let Some(found) = error.downcast_ref::<T>() {
                return Some(found);
            }
            next = match error
                .downcast_ref::<io::Error>()
                .and_then(io::Error::get_ref)
            {
                Some(inner) => Some(inner),
                None => match error.downcast_ref::<Self>() {
                    Some(Self::Dial(dial)) => dial_cause(dial),
                    _ => error.source(),
                },
            };
        }
        None
    }
}

/// The error inside a [`DialError`], which shows itself as that error and so skips it as its source.
fn dial_cause(error: &DialError) -> Option<&(dyn StdError + 'static)> {
    match error {
        DialError::Open(io) | DialError::Resolve(io) | DialError::Handshake(io) => Some(io),
        DialError::Ssh(io) => Some(io),
        DialError::TimedOut(_) | DialError::TlsFile { .. } | DialError::Unsupported => None,
    }
}

/// The connections to one engine. Clones share what is kept open.
#[derive(Clone)]
pub(crate) struct Transport {
    dialer: Dialer,
    host: HeaderValue,
    version: Option<ApiVersion>,
    idle: Arc<Mutex<Vec<Idle>>>,
}

/// An open connection whose last answer may still be on its way.
struct Idle {
    sender: SendRequest<AnyBody>,
    /// By the clock on the wall, which goes on while the computer sleeps, as the other side does.
    since: SystemTime,
}

impl Idle {
    fn is_fresh(&self) -> bool {
        // A clock that was set back says nothing: then it counts as old.
        self.since.elapsed().is_ok_and(|age| age < IDLE_LIMIT)
    }
}

impl Transport {
    /// Not pinned to a version yet: paths go out as they are.
    pub(crate) async fn new(endpoint: &Endpoint) -> Result<Self, DialError> {
        let dialer = Dialer::new(endpoint).await?;
        let host = match endpoint {
            Endpoint::Tcp { host, port, .. } => {
                HeaderValue::try_from(format!("{}:{port}", bracketed(host)))
                    .map_err(|error| DialError::Open(io::Error::other(error)))?
            }
            Endpoint::Unix(_) | Endpoint::Pipe(_) | Endpoint::Ssh { .. } => {
                HeaderValue::from_static("localhost")
            }
        };
        Ok(Self {
            dialer,
            host,
            version: None,
            idle: Arc::default(),
        })
    }

    /// The same connections, with this version in every path.
    pub(crate) fn pinned(&self, version: ApiVersion) -> Self {
        Self {
            version: Some(version),
            ..self.clone()
        }
    }

    /// Sends a request whose path has no version, and answers with the head of the response, whatever
    /// its status is. Dropping this, or the response's body, closes the connection and so ends what
    /// the engine does for it.
    pub(crate) async fn request<B>(
        &self,
        request: Request<B>,
    ) -> Result<Response<Incoming>, RequestError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let mut request = self.mended(request)?;
        while let Some(mut sender) = self.take_idle() {
            match sender.try_send_request(request).await {
                Ok(response) => {
                    self.keep(sender);
                    return Ok(response);
                }
                // The other side had closed it meanwhile. Only what was never sent is sent again.
                Err(mut error) => match error.take_message() {
                    Some(unsent) => request = unsent,
                    None => return Err(RequestError::Broken(error.into_error())),
                },
            }
        }
        let stream = self.dialer.dial().await.map_err(RequestError::Dial)?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(Gathered::new(stream)))
            .await
            .map_err(RequestError::Broken)?;
        // It ends with its last user; a failure reaches that user by the response.
        tokio::spawn(async move {
            if let Err(error) = connection.with_upgrades().await {
                tracing::debug!(%error, "a connection to the engine ended");
            }
        });
        let response = sender
            .send_request(request)
            .await
            .map_err(RequestError::Broken)?;
        self.keep(sender);
        Ok(response)
    }

    fn mended<B>(&self, request: Request<B>) -> Result<Request<AnyBody>, RequestError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let (mut head, body) = request.into_parts();
        head.uri =
            pin(&head.uri, self.version).map_err(|error| RequestError::Request(error.into()))?;
        head.headers.insert(HOST, self.host.clone());
        // `get` takes the first one, which is the one that the call means.
        if let Some(kind) = head.headers.get(CONTENT_TYPE).cloned() {
            head.headers.insert(CONTENT_TYPE, kind);
        }
        for name in ["x-registry-auth", "x-registry-config"] {
            let name = HeaderName::from_static(name);
            if let Some(value) = head.headers.get(&name) {
                let mut value =
                    base64_url(value).map_err(|error| RequestError::Request(error.into()))?;
                // It is a password: no log prints a header that says so.
                value.set_sensitive(true);
                head.headers.insert(name, value);
            }
        }
        Ok(Request::from_parts(
            head,
            body.map_err(Into::into).boxed_unsync(),
        ))
    }

    /// A socket of this computer costs nothing to open; TLS and ssh cost round trips.
    fn keeps(&self) -> bool {
        !self.dialer.endpoint().is_cheap()
    }

    fn take_idle(&self) -> Option<SendRequest<AnyBody>> {
        if !self.keeps() {
            return None;
        }
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|kept| !kept.sender.is_closed() && kept.is_fresh());
        let ready = idle.iter().position(|kept| kept.sender.is_ready())?;
        Some(idle.swap_remove(ready).sender)
    }

    /// Its answer is perhaps still being read: `is_ready` tells when it is not.
    fn keep(&self, sender: SendRequest<AnyBody>) {
        if !self.keeps() || sender.is_closed() {
            return;
        }
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() >= IDLE_MOST {
            idle.remove(0);
        }
        idle.push(Idle {
            sender,
            since: SystemTime::now(),
        });
    }
}

/// Puts the version before the path, and leaves out the scheme and the host, which HTTP/1.1 wants in
/// the `Host` header alone. `/_ping` and `/version` are asked before a version is known.
fn pin(uri: &Uri, version: Option<ApiVersion>) -> Result<Uri, http::Error> {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let bare = matches!(uri.path(), "/_ping" | "/version");
    match version {
        Some(version) if !bare => Ok(format!("/v{version}{path}").parse()?),
        Some(_) | None => Ok(path.parse()?),
    }
}

/// The same base64 with the alphabet that Docker's API asks for (RFC 4648 section 5).
fn base64_url(value: &HeaderValue) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    let bytes: Vec<u8> = value
        .as_bytes()
        .iter()
        .map(|byte| match byte {
            b'+' => b'-',
            b'/' => b'_',
            other => *other,
        })
        .collect();
    HeaderValue::from_bytes(&bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn versions_compare_by_number() {
        let [old, new] = ["1.9", "1.41"].map(|text| ApiVersion::parse(text).unwrap());
        assert!(old < new, "1.9 is older than 1.41");
        for text in ["", "1", "v1.4", "1.4.1", "1.-4"] {
            assert_eq!(ApiVersion::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_version_stands_before_every_path_but_two() {
        let rows = [
            (
                "http://localhost/containers/json?all=1",
                "/v1.41/containers/json?all=1",
            ),
            ("/containers/json", "/v1.41/containers/json"),
            ("/_ping", "/_ping"),
            ("/version?x=1", "/version?x=1"),
        ];
        let version = ApiVersion::parse("1.41");
        for (uri, sent) in rows {
            assert_eq!(
                pin(&uri.parse().unwrap(), version).unwrap().to_string(),
                sent,
                "{uri}"
            );
        }
    }

    #[test]
    fn the_reason_of_the_system_is_found_through_the_layers() {
        let wrapped = io::Error::other(SshEnded {
            code: Some(255),
            status: String::new(),
            said: String::new(),
        });
        let error = RequestError::Dial(DialError::Open(wrapped));
        assert_eq!(error.ssh_ended().and_then(|ended| ended.code), Some(255));
        let refused = DialError::Open(io::ErrorKind::ConnectionRefused.into());
        let error = RequestError::Dial(refused);
        assert_eq!(error.io_kind(), Some(io::ErrorKind::ConnectionRefused));
    }
}
