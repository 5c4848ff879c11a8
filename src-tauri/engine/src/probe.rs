//! What a published port answers, asked the way a browser would.

use std::future::poll_fn;
use std::io;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT, CONNECTION, CONTENT_TYPE, HOST, USER_AGENT};
use http::{Request, Response};
use http_body_util::{BodyExt as _, Empty};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::ext::ReasonPhrase;
use hyper_util::rt::TokioIo;
use serde::{Deserialize, Serialize};
use tokio::net::TcpStream;
use ts_rs::TS;

use crate::endpoint::bracketed;
use title::{title, visible};

mod title;

/// What came back from a port.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Probe {
    /// An HTTP answer.
    Http {
        /// The status, such as 200.
        status: u16,
        /// Its words, such as `OK`.
        reason: String,
        /// Milliseconds from the request to the end of the answer's head.
        millis: u32,
        /// The page's title, where it has one within its first 64 KiB.
        title: Option<String>,
        /// The type of the content, without parameters.
        content_type: Option<String>,
    },
    /// Nothing listens on the port.
    Refused,
    /// Something closed the connection without an answer: usually a program that listens only on
    /// 127.0.0.1 inside its container, or on another port.
    Reset,
    /// Something answered that is not HTTP.
    NotHttp,
    /// No answer within the time.
    Timeout,
    /// It could not be asked.
    Failed {
        /// Why.
        why: String,
    },
}

/// No page is read further for its title.
const TITLE_WITHIN: usize = 64 * 1024;

/// Asks `http://host:port/` as a browser would, once, and follows nothing. An IPv6 address may stand in
/// brackets, as in a web address.
pub async fn probe(host: &str, port: u16, limit: Duration) -> Probe {
    let host = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host);
    tokio::time::timeout(limit, ask(host, port, limit))
        .await
        .unwrap_or(Probe::Timeout)
}

async fn ask(host: &str, port: u16, limit: Duration) -> Probe {
    let begun = Instant::now();
    let connected = match TcpStream::connect((host, port)).await {
        Ok(connected) => connected,
        Err(error) => return not_connected(&error),
    };
    let (mut sender, mut connection) = match http1::handshake(TokioIo::new(connected)).await {
        Ok(both) => both,
        Err(error) => return no_answer(&error),
    };
    let request = Request::get("/")
        .header(HOST, format!("{}:{port}", bracketed(host)))
        .header(USER_AGENT, "Slipway")
        .header(ACCEPT, "text/html, */*")
        .header(CONNECTION, "close")
        .body(Empty::<Bytes>::new());
    let request = match request {
        Ok(request) => request,
        Err(error) => {
            return Probe::Failed {
                why: error.to_string(),
            };
        }
    };
    let asked = Instant::now();
    let answered = async {
        let answer = sender.send_request(request).await;
        let millis = u32::try_from(asked.elapsed().as_millis()).unwrap_or(u32::MAX);
        match answer {
            Ok(answer) => {
                // The head has come, so whatever the body does, there is an answer.
                let left = limit.saturating_sub(begun.elapsed()).mul_f32(0.9);
                http(answer, millis, left).await
            }
            Err(error) => no_answer(&error),
        }
    };
    // The connection must be driven for the answer to come.
    tokio::pin!(answered);
    let mut connected = true;
    let answer = loop {
        tokio::select! {
            biased;
            answer = &mut answered => break answer,
            // Its failure reaches the answer as well.
            _ = poll_fn(|cx| connection.poll_without_shutdown(cx)), if connected => connected = false,
        }
    };
    match answer {
        // It spoke before it was asked, as ssh and many databases do: no line of HTTP was read then.
        Probe::Reset if !connection.into_parts().read_buf.is_empty() => Probe::NotHttp,
        answer => answer,
    }
}

async fn http(answer: Response<Incoming>, millis: u32, left: Duration) -> Probe {
    let status = answer.status();
    let sent = answer.extensions().get::<ReasonPhrase>();
    let reason = match sent {
        Some(phrase) => String::from_utf8_lossy(phrase.as_bytes()).into_owned(),
        None => status.canonical_reason().unwrap_or_default().to_owned(),
    };
    let content_type = answer.headers().get(CONTENT_TYPE).map(|value| {
        let text = String::from_utf8_lossy(value.as_bytes());
        text.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    });
    let is_page = content_type
        .as_deref()
        .is_none_or(|kind| kind.ends_with("html"));
    let title = if is_page {
        tokio::time::timeout(left, start_of(answer.into_body()))
            .await
            .ok()
            .and_then(|page| title(&page))
    } else {
        None
    };
    Probe::Http {
        status: status.as_u16(),
        reason: visible(&reason),
        millis,
        title,
        content_type: content_type
            .map(|kind| visible(&kind))
            .filter(|kind| !kind.is_empty()),
    }
}

/// The first bytes of a page, as far as they come.
async fn start_of(mut body: Incoming) -> String {
    let mut page = Vec::new();
    while page.len() < TITLE_WITHIN {
        let Some(Ok(frame)) = body.frame().await else {
            break;
        };
        if let Ok(bytes) = frame.into_data() {
            page.extend_from_slice(&bytes);
        }
    }
    page.truncate(TITLE_WITHIN);
    String::from_utf8_lossy(&page).into_owned()
}

fn not_connected(error: &io::Error) -> Probe {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Probe::Refused,
        io::ErrorKind::ConnectionReset => Probe::Reset,
        io::ErrorKind::TimedOut => Probe::Timeout,
        _ => Probe::Failed {
            why: error.to_string(),
        },
    }
}

fn no_answer(error: &hyper::Error) -> Probe {
    if error.is_parse() {
        Probe::NotHttp
    } else {
        Probe::Reset
    }
}
