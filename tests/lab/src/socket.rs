//! The least of HTTP over a unix socket: whether an engine answers.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// Whether the engine behind `socket` answers `GET /_ping` with 200.
pub(crate) fn answers(socket: &Path) -> bool {
    UnixStream::connect(socket).is_ok_and(|stream| {
        let limit = Some(Duration::from_secs(5));
        stream.set_read_timeout(limit).is_ok() && ok(stream, "/_ping")
    })
}

/// Whether an HTTP server on this loopback port answers at all.
pub(crate) fn serves(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok_and(|mut stream| {
        let request = "GET /v2/ HTTP/1.0\r\nHost: localhost\r\n\r\n";
        let mut start = [0; 5];
        stream
            .set_read_timeout(Some(Duration::from_secs(5)))
            .is_ok()
            && stream.write_all(request.as_bytes()).is_ok()
            && stream.read_exact(&mut start).is_ok()
            && &start == b"HTTP/"
    })
}

fn ok(mut stream: impl Read + Write, path: &str) -> bool {
    let request = format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n");
    let mut start = [0; 12];
    stream.write_all(request.as_bytes()).is_ok()
        && stream.read_exact(&mut start).is_ok()
        && start.ends_with(b" 200")
}
