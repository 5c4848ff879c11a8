//! What goes out on the wire, of our own requests and of bollard's, and what ends a request.
#![cfg(unix)]

use crate::around;
use bollard::auth::DockerCredentials;
use bollard::query_parameters::{CreateImageOptionsBuilder, UploadToContainerOptionsBuilder};
use bytes::Bytes;
use futures_util::StreamExt;
use http::Request;
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use slipway_engine::endpoint::Endpoint;
use slipway_engine::{Engine, RequestError};
use slipway_lab::scripted::{Reply, Scripted, ScriptedServer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn connect(script: Scripted) -> (Engine, ScriptedServer) {
    let server = script.on("GET /info", Reply::json("{}")).start().unwrap();
    let endpoint = Endpoint::parse(&server.host()).unwrap();
    let engine = Engine::connect("x", &endpoint).await.unwrap();
    (engine, server)
}

#[tokio::test]
async fn every_path_but_the_first_two_has_the_version() {
    let script = Scripted::new().on("GET /containers/json", Reply::json("[]"));
    let (engine, server) = connect(script).await;
    engine.docker().list_containers(None).await.unwrap();
    let year = std::time::Duration::from_secs(365 * 24 * 60 * 60);
    assert!(engine.docker().timeout() > year, "no verb has a limit");
    let _: Vec<u8> = engine.get_json("/containers/json?all=1").await.unwrap();
    engine.docker().ping().await.unwrap();
    let paths: Vec<String> = server
        .requests()
        .into_iter()
        .map(|request| request.path)
        .collect();
    let first = ["/_ping", "/version", "/v1.41/info"];
    assert_eq!(paths[..3], first);
    assert!(
        paths[3].starts_with("/v1.41/containers/json"),
        "bollard's too: {paths:?}"
    );
    assert_eq!(paths[4..], ["/v1.41/containers/json?all=1", "/_ping"]);
}

#[tokio::test]
async fn passwords_reach_the_engine_whatever_they_hold() {
    let script = Scripted::new().on("POST /images/create", Reply::json(""));
    let (engine, server) = connect(script).await;
    // Bytes that give `+` and `/` in the standard alphabet.
    let password = "abc>>>def???~~~";
    let credentials = DockerCredentials {
        username: Some("me".into()),
        password: Some(password.into()),
        ..DockerCredentials::default()
    };
    let options = CreateImageOptionsBuilder::new().from_image("x").build();
    let mut pull = engine
        .docker()
        .create_image(Some(options), None, Some(credentials));
    while pull.next().await.is_some() {}
    let request = server.wait_for("POST /images/create").unwrap();
    let header = request.header("x-registry-auth").unwrap();
    let decoded = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE, header);
    let auth: serde_json::Value = serde_json::from_slice(&decoded.unwrap()).unwrap();
    assert_eq!(auth["password"], password);
}

#[tokio::test]
async fn a_request_says_once_what_it_carries() {
    let script = Scripted::new().on("PUT /containers/x/archive", Reply::status(200, ""));
    let (engine, server) = connect(script).await;
    let options = UploadToContainerOptionsBuilder::new().path("/").build();
    let body = bollard::body_full(Bytes::from_static(b"tar"));
    engine
        .docker()
        .upload_to_container("x", Some(options), body)
        .await
        .unwrap();
    let request = server.wait_for("PUT /containers/x/archive").unwrap();
    let kinds: Vec<&str> = request
        .headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(kinds, ["application/x-tar"]);
    assert_eq!(request.body, b"tar");
}

#[tokio::test]
async fn failures_keep_the_engines_status_and_words() {
    let script = Scripted::new()
        .on("GET /images/x/json", Reply::error(404, "No such image: x"))
        .on("POST /containers/x/start", Reply::status(304, ""));
    let (engine, _server) = connect(script).await;
    let error = engine.get_json::<()>("/images/x/json").await.unwrap_err();
    assert!(
        matches!(&error, RequestError::Status { status: 404, message } if message == "No such image: x"),
        "{error:?}"
    );
    let started = engine.docker().start_container("x", None).await;
    started.expect("nothing to do is no failure");
}

#[tokio::test]
async fn an_engine_that_is_gone_tells_its_kind_through_bollard_too() {
    let (engine, server) = connect(Scripted::new()).await;
    drop(server);
    let error = engine.get_json::<()>("/info").await.unwrap_err();
    assert_eq!(
        error.io_kind(),
        Some(std::io::ErrorKind::NotFound),
        "{error:?}"
    );
    assert!(error.is_lost());
    let error = RequestError::from(engine.docker().version().await.unwrap_err());
    assert_eq!(
        error.io_kind(),
        Some(std::io::ErrorKind::NotFound),
        "{error:?}"
    );
    assert!(error.is_lost());
}

/// The engine stops what it does for a request when the connection ends (a build, a pull), so the end
/// of our interest must end it at once, not with the next byte.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn dropping_an_answer_closes_its_connection() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n";
    let script = Scripted::new()
        .on("GET /events", Reply::raw(head).then_listen())
        .on("GET /silent", Reply::raw("").then_listen());
    let (engine, server) = connect(script).await;
    wait_for_connections(&server, 0).await;
    let request = |path: &str| Request::get(path).body(Full::<Bytes>::default()).unwrap();
    let mut answer = engine.send(request("/events")).await.unwrap();
    answer.body_mut().frame().await.unwrap().unwrap();
    assert_eq!(connections(&server), 1);
    drop(answer);
    wait_for_connections(&server, 0).await;
    let silent = engine.clone();
    let waiting = tokio::spawn(async move { silent.send(request("/silent")).await });
    server.wait_for("GET /silent").unwrap();
    waiting.abort();
    wait_for_connections(&server, 0).await;
}

#[tokio::test]
async fn an_upgraded_connection_is_bytes_both_ways_and_each_way_ends_alone() {
    let script = Scripted::new().on("POST /containers/x/attach", Reply::upgraded(b"hello"));
    let (engine, server) = connect(script).await;
    let request = Request::post("/containers/x/attach")
        .header("Connection", "Upgrade")
        .header("Upgrade", "tcp")
        .body(Full::<Bytes>::default())
        .unwrap();
    let answer = engine.send(request).await.unwrap();
    let mut stream = TokioIo::new(hyper::upgrade::on(answer).await.unwrap());
    let mut said = [0; 5];
    stream.read_exact(&mut said).await.unwrap();
    assert_eq!(&said, b"hello");
    stream.write_all(b"typed").await.unwrap();
    stream.shutdown().await.unwrap();
    let typed = || {
        let requests = server.requests();
        requests
            .iter()
            .any(|request| request.after == b"typed")
            .then_some(())
    };
    slipway_lab::wait_until(around::LIMIT, "what was typed", typed).unwrap();
}

/// Open connections to a server of this process.
#[cfg(target_os = "linux")]
fn connections(server: &ScriptedServer) -> usize {
    let socket = server.socket().display().to_string();
    let table = std::fs::read_to_string("/proc/net/unix").unwrap_or_default();
    // State 03 is SS_CONNECTED; only the server's side of a connection has the path.
    table
        .lines()
        .filter(|line| line.ends_with(&socket) && line.contains(" 03 "))
        .count()
}

#[cfg(target_os = "linux")]
async fn wait_for_connections(server: &ScriptedServer, count: usize) {
    let wait = async {
        while connections(server) != count {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(around::LIMIT, wait)
        .await
        .expect("the connection is closed");
}
