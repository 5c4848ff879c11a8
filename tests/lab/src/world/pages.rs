//! The pages of the lab's world, over HTTPS.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A client that says nothing is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves `pages`, each a path and its text, until `ended` says so.
pub(crate) fn serve(
    listener: &TcpListener,
    config: &Arc<ServerConfig>,
    pages: &[(&str, &str)],
    ended: impl Fn() -> bool,
) {
    for stream in listener.incoming() {
        if ended() {
            return;
        }
        // A client that breaks off is that client's matter.
        let _ = stream.map(|stream| reply(stream, config, pages));
    }
}

fn reply(
    stream: TcpStream,
    config: &Arc<ServerConfig>,
    pages: &[(&str, &str)],
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let connection = ServerConnection::new(Arc::clone(config)).map_err(std::io::Error::other)?;
    let mut stream = BufReader::new(StreamOwned::new(connection, stream));
    let mut request = String::new();
    stream.read_line(&mut request)?;
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    while !matches!(request.as_str(), "\r\n" | "\n" | "") {
        request.clear();
        stream.read_line(&mut request)?;
    }
    let page = pages.iter().find(|(name, _)| *name == path);
    let (status, text) = page.map_or(("404 Not Found", ""), |(_, text)| ("200 OK", text));
    let stream = stream.get_mut();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
        text.len()
    )?;
    stream.conn.send_close_notify();
    stream.flush()
}
