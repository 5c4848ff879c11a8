//! What ports answer.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use slipway_engine::probe::{Probe, probe};

const LIMIT: Duration = Duration::from_secs(60);

/// A port where `serve` speaks to the first who comes.
fn port(serve: impl FnOnce(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || serve(listener.accept().unwrap().0));
    port
}

/// Reads a request, writes this, and closes.
fn answering(answer: &'static str) -> u16 {
    port(move |mut stream| {
        let mut request = [0; 4096];
        let length = stream.read(&mut request).unwrap();
        let request = String::from_utf8_lossy(&request[..length]).to_lowercase();
        assert!(request.starts_with("get / http/1.1\r\n"), "{request}");
        assert!(request.contains("\r\nhost: 127.0.0.1:"), "{request}");
        stream.write_all(answer.as_bytes()).unwrap();
    })
}

#[tokio::test]
async fn pages_are_told_with_their_title() {
    let rows = [
        (
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<title>He\r\n12\r\nllo &amp; more</ti\r\n4\r\ntle>\r\n0\r\n\r\n",
            (200, "OK", Some("Hello & more"), Some("text/html")),
        ),
        (
            "HTTP/1.0 404 Gone Fishing\r\n\r\n<title>none</title>",
            (404, "Gone Fishing", Some("none"), None),
        ),
        (
            "HTTP/1.1 302 Found\r\nLocation: http://example.com/\r\nContent-Length: 0\r\n\r\n",
            (302, "Found", None, None),
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 23\r\n\r\n\"<title>not this</title>\"",
            (200, "OK", None, Some("application/json")),
        ),
        // A body that breaks off is still an answer.
        (
            "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 999\r\n\r\n<title>broken</title>",
            (500, "Internal Server Error", Some("broken"), None),
        ),
    ];
    for (answer, expected) in rows {
        let found = probe("127.0.0.1", answering(answer), LIMIT).await;
        let Probe::Http {
            status,
            reason,
            title,
            content_type,
            ..
        } = found
        else {
            panic!("{answer}: {found:?}");
        };
        let found = (
            status,
            reason.as_str(),
            title.as_deref(),
            content_type.as_deref(),
        );
        assert_eq!(found, expected, "{answer}");
    }
}

#[tokio::test]
async fn a_page_that_never_ends_is_read_no_further_than_needed() {
    let port = port(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        while stream.write_all(&[b'x'; 4096]).is_ok() {}
    });
    let found = probe("127.0.0.1", port, LIMIT).await;
    assert!(
        matches!(
            found,
            Probe::Http {
                status: 200,
                title: None,
                ..
            }
        ),
        "{found:?}"
    );
}

/// As the page asks: with the host of a web address, where an IPv6 address stands in brackets.
#[cfg(unix)]
#[tokio::test]
async fn a_page_on_the_other_loopback_address_is_found() {
    let Ok(listener) = TcpListener::bind(("::1", 0)) else {
        return slipway_lab::left_out("a page on ::1", "this machine has no IPv6").unwrap();
    };
    let port = listener.local_addr().unwrap().port();
    let served = thread::spawn(move || {
        for _ in 0..2 {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap();
            let request = String::from_utf8_lossy(&request[..length]).to_lowercase();
            assert!(request.contains("\r\nhost: [::1]:"), "{request}");
            stream
                .write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
                .unwrap();
        }
    });
    for host in ["[::1]", "::1"] {
        let found = probe(host, port, LIMIT).await;
        assert!(
            matches!(found, Probe::Http { status: 204, .. }),
            "{host}: {found:?}"
        );
    }
    served.join().unwrap();
}

#[tokio::test]
async fn what_is_no_page_says_what_it_is() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let nobody = listener.local_addr().unwrap().port();
    drop(listener);
    assert_eq!(probe("127.0.0.1", nobody, LIMIT).await, Probe::Refused);
    // What docker's proxy does where nothing listens in the container.
    let closes = port(drop);
    assert_eq!(probe("127.0.0.1", closes, LIMIT).await, Probe::Reset);
    let closes_after = answering("");
    assert_eq!(probe("127.0.0.1", closes_after, LIMIT).await, Probe::Reset);
    let greets = port(|mut stream| {
        stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n").unwrap();
        let _ = stream.read(&mut [0; 100]);
    });
    assert_eq!(probe("127.0.0.1", greets, LIMIT).await, Probe::NotHttp);
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    let silent = port(move |stream| {
        let _ = receiver.recv();
        drop(stream);
    });
    assert_eq!(
        probe("127.0.0.1", silent, Duration::from_millis(50)).await,
        Probe::Timeout
    );
    drop(sender);
    let found = probe("no such host.invalid", 80, LIMIT).await;
    assert!(matches!(found, Probe::Failed { .. }), "{found:?}");
}
