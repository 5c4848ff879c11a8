//! gRPC over one connection that the engine handed over: asking it, and answering it.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Request, Response, Uri};
use hyper::body::Incoming;
use hyper::client::conn::http2;
use hyper_util::rt::TokioTimer;
use prost::Message;
use tonic::body::Body;
use tonic::codec::{Codec as _, EncodeBody, SingleMessageCompressionOverride};
use tonic::metadata::AsciiMetadataValue;
use tonic::{Code, Status, Streaming};
use tonic_prost::ProstCodec;

use super::tasks::Spawner;

/// The longest message, and the longest head or tail of an answer, that is read; those of BuildKit's own
/// client. The tail holds what went wrong, with the whole Dockerfile.
const LONGEST: u32 = 16 * 1024 * 1024;
/// The longest question that the engine may ask this computer. The longest are those about ssh keys.
const LONGEST_QUESTION: usize = 1024 * 1024;
/// The longest head of a question. That for the folder holds each line of its ignore file.
const LONGEST_HEAD: u32 = 4 * 1024 * 1024;
/// How much the engine may ask at once; for the rest it waits. Each folder that is sent takes a few threads.
const MOST_QUESTIONS: u32 = 64;
/// What may be under way to this side before it is read.
const STREAM_WINDOW: u32 = 4 * 1024 * 1024;
const CONNECTION_WINDOW: u32 = 8 * 1024 * 1024;
/// What may wait on this side until the connection takes it.
const SEND_BUFFER: usize = 1024 * 1024;
/// How often a silent engine is asked whether it is there, and how long it may take to say so. A network
/// that swallows everything is found out no other way.
const ASK_AFTER: Duration = Duration::from_secs(20);
const ANSWER_WITHIN: Duration = Duration::from_secs(60);

/// What bytes go over, both ways.
pub(super) trait Connection:
    hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static
{
}

impl<C: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static> Connection for C {}

/// Asks the engine.
#[derive(Clone)]
pub(super) struct Channel(http2::SendRequest<Body>);

impl Channel {
    /// Greets the engine; the connection ends with the tasks of `spawner`.
    pub async fn over(
        connection: impl Connection,
        spawner: &Spawner,
    ) -> Result<Self, hyper::Error> {
        let (sender, connection) = http2::Builder::new(spawner.clone())
            .timer(TokioTimer::new())
            .initial_stream_window_size(STREAM_WINDOW)
            .initial_connection_window_size(CONNECTION_WINDOW)
            .max_header_list_size(LONGEST)
            .keep_alive_interval(ASK_AFTER)
            .keep_alive_timeout(ANSWER_WITHIN)
            .handshake(connection)
            .await?;
        spawner.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection for a build ended");
            }
        });
        Ok(Self(sender))
    }

    /// One question, one answer. Dropping the future takes the question back.
    pub async fn ask<Q, A>(
        &self,
        path: &'static str,
        question: Q,
        about: Option<(&'static str, AsciiMetadataValue)>,
    ) -> Result<A, Status>
    where
        Q: Message + 'static,
        A: Message + Default + 'static,
    {
        let mut client = self.client().await?;
        let mut request = tonic::Request::new(question);
        if let Some((name, value)) = about {
            request.metadata_mut().insert(name, value);
        }
        let codec = ProstCodec::<Q, A>::default();
        let answer = client.unary(request, path_of(path), codec).await?;
        Ok(answer.into_inner())
    }

    /// One question, many answers.
    pub async fn follow<Q, A>(
        &self,
        path: &'static str,
        question: Q,
    ) -> Result<Streaming<A>, Status>
    where
        Q: Message + 'static,
        A: Message + Default + 'static,
    {
        let mut client = self.client().await?;
        let codec = ProstCodec::<Q, A>::default();
        let request = tonic::Request::new(question);
        let answer = client
            .server_streaming(request, path_of(path), codec)
            .await?;
        Ok(answer.into_inner())
    }

    async fn client(&self) -> Result<tonic::client::Grpc<Self>, Status> {
        let origin = Uri::from_static("http://localhost");
        let mut client = tonic::client::Grpc::with_origin(self.clone(), origin)
            .max_decoding_message_size(LONGEST as usize);
        let ready = client.ready().await;
        ready.map_err(|error| Status::from_error(error.into()))?;
        Ok(client)
    }
}

fn path_of(path: &'static str) -> http::uri::PathAndQuery {
    http::uri::PathAndQuery::from_static(path)
}

impl tower_service::Service<Request<Body>> for Channel {
    type Response = Response<Incoming>;
    type Error = hyper::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        Box::pin(self.0.send_request(request))
    }
}

/// Answers the engine's calls until the connection ends.
pub(super) async fn serve<H, F>(
    connection: impl Connection,
    spawner: &Spawner,
    handle: H,
) -> Result<(), hyper::Error>
where
    H: Fn(Request<Incoming>) -> F,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    let service = hyper::service::service_fn(|request| {
        let answer = handle(request);
        async move { Ok::<_, Infallible>(answer.await) }
    });
    hyper::server::conn::http2::Builder::new(spawner.clone())
        .timer(TokioTimer::new())
        .max_send_buf_size(SEND_BUFFER)
        .max_header_list_size(LONGEST_HEAD)
        .max_concurrent_streams(MOST_QUESTIONS)
        .keep_alive_interval(ASK_AFTER)
        .keep_alive_timeout(ANSWER_WITHIN)
        .serve_connection(connection, service)
        .await
}

/// Answers a call that asks once and is answered once.
pub(super) async fn answer<Q, A>(
    request: Request<Incoming>,
    with: impl AsyncFnOnce(Q) -> Result<A, Status>,
) -> Response<Body>
where
    Q: Message + Default + 'static,
    A: Message + Default + 'static,
{
    let mut questions = questions::<Q>(request.into_body());
    let answered = match questions.message().await {
        Ok(Some(question)) => with(question).await,
        Ok(None) => Err(Status::new(Code::Internal, "the call has no message")),
        Err(status) => Err(status),
    };
    match answered {
        Ok(message) => answers(futures_util::stream::iter([Ok(message)])),
        Err(status) => status.into_http(),
    }
}

/// The messages of a call's body.
pub(super) fn questions<Q>(body: Incoming) -> Streaming<Q>
where
    Q: Message + Default + 'static,
{
    let decoder = ProstCodec::<Q, Q>::default().decoder();
    Streaming::new_request(decoder, body, None, Some(LONGEST_QUESTION))
}

/// The messages of an answer, as they come; the last may be a failure.
pub(super) fn answers<A>(
    messages: impl Stream<Item = Result<A, Status>> + Send + 'static,
) -> Response<Body>
where
    A: Message + Default + 'static,
{
    let encoder = ProstCodec::<A, A>::default().encoder();
    let plain = SingleMessageCompressionOverride::default();
    let body = EncodeBody::new_server(encoder, messages, None, plain, None);
    let mut response = Response::new(Body::new(body));
    let kind = HeaderValue::from_static("application/grpc");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

/// The values of a name in a call's metadata. BuildKit escapes them all when one is not plain ASCII, and
/// says so beside them.
pub(super) fn values(headers: &HeaderMap, name: &str) -> Vec<String> {
    let escaped = headers
        .get(format!("{name}-encoded"))
        .is_some_and(|value| matches!(value.as_bytes(), b"1" | b"t" | b"T" | b"true"));
    let values = headers.get_all(name).into_iter();
    values
        .map(|value| {
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            if escaped { unescaped(&text) } else { text }
        })
        .collect()
}

/// A text as Go's `url.QueryEscape` wrote it.
fn unescaped(text: &str) -> String {
    let pair = format!("x={}", text.replace('&', "%26"));
    let mut pairs = form_urlencoded::parse(pair.as_bytes());
    pairs
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn metadata_is_read_plain_and_escaped() {
        let mut headers = HeaderMap::new();
        for value in ["a+b", "*.txt", "c%20d"] {
            headers.append("plain", value.parse().unwrap());
            headers.append("odd", value.parse().unwrap());
        }
        headers.append("odd", "%C3%A9%26%3D".parse().unwrap());
        headers.append("odd-encoded", "1".parse().unwrap());
        assert_eq!(values(&headers, "plain"), ["a+b", "*.txt", "c%20d"]);
        assert_eq!(values(&headers, "odd"), ["a b", "*.txt", "c d", "é&="]);
        assert!(values(&headers, "none").is_empty());
    }
}
