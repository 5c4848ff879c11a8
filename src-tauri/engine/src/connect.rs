//! A connection to one engine: made once, asked many times.

pub(crate) mod failure;
mod typed;

use std::sync::Arc;
use std::time::Duration;

use bollard::Docker;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Incoming};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::capability;
use crate::endpoint::Endpoint;
use crate::model::EngineFacts;
use crate::problem::Problem;
use crate::surroundings::Surroundings;
use crate::transport::{ApiVersion, RequestError, Transport};
use failure::ConnectFailure;

/// The newest API that this program was written for.
const NEWEST: ApiVersion = ApiVersion {
    major: 1,
    minor: 51,
};
/// The oldest that it can use: Docker 20.10's. Podman answers with 1.40 since 3.0 and 1.41 since 4.0.
const OLDEST: ApiVersion = ApiVersion {
    major: 1,
    minor: 41,
};

/// How long the first answers may take altogether; ssh may have to find its way first.
const CONNECT_LIMIT: Duration = Duration::from_secs(20);
/// How long an answer of JSON may take.
const ANSWER_LIMIT: Duration = Duration::from_secs(120);
/// The longest answer of JSON that is read: ten thousand containers with long labels fit.
const JSON_LIMIT: usize = 256 * 1024 * 1024;
/// The longest message of a failure that is read.
const MESSAGE_LIMIT: usize = 64 * 1024;

/// An engine that answered. A value: whoever keeps one keeps talking to that very engine, whatever
/// the user chooses meanwhile. Clones share their connections.
#[derive(Clone)]
pub struct Engine(Arc<Connected>);

struct Connected {
    id: String,
    endpoint: Endpoint,
    facts: EngineFacts,
    transport: Transport,
    docker: Docker,
    surroundings: Surroundings,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Engine({} at {})", self.0.id, self.0.endpoint)
    }
}

impl Engine {
    /// Asks the engine what it is, and agrees on a version of the API. `id` is the `EngineChoice::id`.
    ///
    /// # Errors
    /// A problem with one of the `engine-*` codes.
    pub async fn connect(id: &str, endpoint: &Endpoint) -> Result<Self, Problem> {
        Self::connect_in(&Surroundings::of_this_process(), id, endpoint).await
    }

    /// As [`connect`](Self::connect), with the surroundings that tell what is installed here.
    ///
    /// # Errors
    /// A problem with one of the `engine-*` codes.
    pub async fn connect_in(
        surroundings: &Surroundings,
        id: &str,
        endpoint: &Endpoint,
    ) -> Result<Self, Problem> {
        let asked = tokio::time::timeout(CONNECT_LIMIT, ask(endpoint)).await;
        let asked = asked.unwrap_or(Err(RequestError::TimedOut(CONNECT_LIMIT).into()));
        match asked {
            Ok((transport, facts, docker)) => Ok(Self(Arc::new(Connected {
                id: id.to_owned(),
                endpoint: endpoint.clone(),
                facts,
                transport,
                docker,
                surroundings: surroundings.clone(),
            }))),
            Err(failure) => Err(failure::explain(endpoint, &failure, surroundings)),
        }
    }

    /// The `EngineChoice::id` it was connected for.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// Where it is reached.
    pub fn endpoint(&self) -> &Endpoint {
        &self.0.endpoint
    }

    /// What it said of itself.
    pub fn facts(&self) -> &EngineFacts {
        &self.0.facts
    }

    /// What was around when it was connected to: where the docker command keeps its logins.
    pub(crate) fn surroundings(&self) -> &Surroundings {
        &self.0.surroundings
    }

    /// bollard's client over the same connections, for the calls that answer with nothing or little. It
    /// has no limit of time. Names must be [`Segment`](crate::path::Segment)s, since bollard puts them
    /// into paths unchecked.
    pub fn docker(&self) -> &Docker {
        &self.0.docker
    }

    /// Sends a request and answers with its head; the path has no version. Sets no limit of time: what
    /// follows events or waits for an end is meant to last. Dropping the body closes the connection.
    /// A 101 can be taken further with `hyper::upgrade::on`. A 304 (nothing to do) is no failure.
    ///
    /// # Errors
    /// [`RequestError::Status`] for every other status outside 200 to 299.
    pub async fn send<B>(&self, request: Request<B>) -> Result<Response<Incoming>, RequestError>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        checked(self.0.transport.request(request).await?).await
    }

    /// Reads a path as JSON, within two minutes.
    ///
    /// # Errors
    /// As [`send`](Self::send), and where the answer is not such a value.
    pub async fn get_json<T: DeserializeOwned>(&self, path: &str) -> Result<T, RequestError> {
        within(ANSWER_LIMIT, get_json(&self.0.transport, path)).await
    }

    /// Whether it still answers, within `limit`.
    ///
    /// # Errors
    /// Why it does not.
    pub async fn ping(&self, limit: Duration) -> Result<(), RequestError> {
        within(limit, ping(&self.0.transport)).await.map(drop)
    }
}

/// Reads the whole body of an answer as JSON.
///
/// # Errors
/// Where it breaks, is no such value, or is longer than 256 MiB.
pub async fn read_json<T: DeserializeOwned>(
    response: Response<Incoming>,
) -> Result<T, RequestError> {
    let body = Limited::new(response.into_body(), JSON_LIMIT)
        .collect()
        .await;
    let bytes = body.map_err(|error| match error.downcast::<hyper::Error>() {
        Ok(broken) => RequestError::Broken(*broken),
        Err(other) => RequestError::Answer(other),
    })?;
    serde_json::from_slice(&bytes.to_bytes()).map_err(|error| RequestError::Answer(error.into()))
}

/// Reads the first answers without bollard, which reads whatever comes to its end and knows every word
/// that `/info` may hold: until now anything may listen there, and any engine will do.
async fn ask(endpoint: &Endpoint) -> Result<(Transport, EngineFacts, Docker), ConnectFailure> {
    let transport = Transport::new(endpoint).await.map_err(RequestError::Dial)?;
    ping(&transport).await?;
    let version: Value = get_json(&transport, "/version").await?;
    let api = negotiate(&version)?;
    let transport = transport.pinned(api);
    let info: Value = match get_json(&transport, "/info").await {
        // Proxies that guard a socket often keep this path to themselves; the engine can still be used.
        Err(RequestError::Status { .. }) => Value::Null,
        answer => answer?,
    };
    let facts = capability::facts(&version, &info, api, endpoint);
    let docker = typed::over(&transport, api)?;
    Ok((transport, facts, docker))
}

/// The newest version that both know. An engine whose oldest is newer than our newest is asked for its
/// oldest: the API grows, and seldom takes away.
fn negotiate(version: &Value) -> Result<ApiVersion, ConnectFailure> {
    let read = |key: &str| {
        version
            .get(key)
            .and_then(Value::as_str)
            .and_then(ApiVersion::parse)
    };
    let theirs = read("ApiVersion").ok_or(ConnectFailure::NoEngine)?;
    if theirs < OLDEST {
        let engine = version
            .get("Version")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        return Err(ConnectFailure::TooOld {
            api: theirs,
            engine,
        });
    }
    let agreed = NEWEST.min(theirs);
    Ok(read("MinAPIVersion").map_or(agreed, |oldest| agreed.max(oldest)))
}

/// Whether an engine answers on a socket of this computer.
#[cfg(target_os = "linux")]
pub(crate) async fn answers(socket: &std::path::Path) -> bool {
    /// A healthy engine takes a millisecond.
    const LIMIT: Duration = Duration::from_secs(5);
    let endpoint = Endpoint::Unix(socket.to_owned());
    match Transport::new(&endpoint).await {
        Ok(transport) => within(LIMIT, ping(&transport)).await.is_ok(),
        Err(_) => false,
    }
}

async fn ping(transport: &Transport) -> Result<Response<Incoming>, RequestError> {
    checked(transport.request(get("/_ping")?).await?).await
}

async fn get_json<T: DeserializeOwned>(
    transport: &Transport,
    path: &str,
) -> Result<T, RequestError> {
    read_json(checked(transport.request(get(path)?).await?).await?).await
}

fn get(path: &str) -> Result<Request<Full<Bytes>>, RequestError> {
    Request::builder()
        .uri(path)
        .body(Full::default())
        .map_err(unsendable)
}

fn unsendable(error: http::Error) -> RequestError {
    RequestError::Request(error.into())
}

async fn within<T>(
    limit: Duration,
    answer: impl Future<Output = Result<T, RequestError>>,
) -> Result<T, RequestError> {
    tokio::time::timeout(limit, answer)
        .await
        .unwrap_or(Err(RequestError::TimedOut(limit)))
}

async fn checked(response: Response<Incoming>) -> Result<Response<Incoming>, RequestError> {
    let status = response.status();
    let fine = status.is_success()
        || status == StatusCode::SWITCHING_PROTOCOLS
        || status == StatusCode::NOT_MODIFIED;
    if fine {
        return Ok(response);
    }
    let body = Limited::new(response.into_body(), MESSAGE_LIMIT)
        .collect()
        .await;
    let message = match body {
        Ok(body) => message(&body.to_bytes(), status),
        // The status came, and says that it failed; its message is lost.
        Err(_) => status.to_string(),
    };
    Err(RequestError::Status {
        status: status.as_u16(),
        message,
    })
}

/// Engines answer `{"message": …}`; what stands between (a proxy) answers whatever it likes.
fn message(body: &[u8], status: StatusCode) -> String {
    let json: Option<Value> = serde_json::from_slice(body).ok();
    let said = json
        .as_ref()
        .and_then(|json| json.get("message"))
        .and_then(Value::as_str);
    let text = said.map_or_else(
        || String::from_utf8_lossy(body).trim().to_owned(),
        str::to_owned,
    );
    if text.is_empty() {
        status.to_string()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::json;

    use super::*;

    #[test]
    fn the_newest_version_that_both_know_is_taken() {
        let rows = [
            (
                json!({"ApiVersion": "1.41", "MinAPIVersion": "1.12"}),
                Some("1.41"),
            ),
            (json!({"ApiVersion": "1.44"}), Some("1.44")),
            (
                json!({"ApiVersion": "1.60", "MinAPIVersion": "1.44"}),
                Some("1.51"),
            ),
            (
                json!({"ApiVersion": "1.60", "MinAPIVersion": "1.55"}),
                Some("1.55"),
            ),
            (json!({"ApiVersion": "1.40"}), None),
            (json!({"ApiVersion": 1}), None),
            (json!({}), None),
        ];
        for (version, agreed) in rows {
            let found = negotiate(&version).ok().map(|api| api.to_string());
            assert_eq!(found.as_deref(), agreed, "{version}");
        }
    }

    #[test]
    fn the_engines_words_are_found() {
        let not_found = StatusCode::NOT_FOUND;
        assert_eq!(
            message(br#"{"message":"No such image: x"}"#, not_found),
            "No such image: x"
        );
        assert_eq!(message(b"page not found\n", not_found), "page not found");
        assert_eq!(message(b"", not_found), "404 Not Found");
    }
}
