//! Connections that an engine hands over for BuildKit to talk on.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, HeaderValue, UPGRADE};
use http::{Request, StatusCode};
use http_body_util::Empty;
use hyper::upgrade::Upgraded;

use super::error::BuildkitError;
use crate::connect::Engine;
use crate::transport::RequestError;

/// Handing over a connection is no work.
const LIMIT: Duration = Duration::from_secs(60);

/// Asks for the bare connection behind `path`, on which HTTP/2 is spoken.
pub(super) async fn open(
    engine: &Engine,
    path: &'static str,
    headers: Vec<(&'static str, HeaderValue)>,
) -> Result<Upgraded, BuildkitError> {
    let mut request = Request::post(path)
        .header(CONNECTION, "Upgrade")
        .header(UPGRADE, "h2c");
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(Empty::<Bytes>::new());
    let request =
        request.map_err(|error| BuildkitError::of_request(RequestError::Request(error.into())))?;
    let opened = async {
        let answer = engine.send(request).await?;
        if answer.status() != StatusCode::SWITCHING_PROTOCOLS {
            let status = answer.status().as_u16();
            let message = format!("{path} does not hand over its connection");
            return Err(RequestError::Status { status, message });
        }
        hyper::upgrade::on(answer)
            .await
            .map_err(RequestError::Broken)
    };
    let opened = tokio::time::timeout(LIMIT, opened).await;
    let opened = opened.unwrap_or(Err(RequestError::TimedOut(LIMIT)));
    opened.map_err(BuildkitError::of_request)
}
