//! One connection: read a request, write its reply, and again.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::thread;

use super::reply::End;
use super::{Reply, Request, Shared, locked};

/// Serves until the client or a reply closes. A client that goes away early is an ordinary end.
pub(super) fn connection(stream: UnixStream, shared: &Shared) {
    let _ = stream
        .try_clone()
        .and_then(|writer| exchange(&stream, writer, shared));
}

fn exchange(stream: &UnixStream, mut writer: UnixStream, shared: &Shared) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read_request(&mut reader, &mut writer)? {
        let reply = locked(&shared.script).reply(&request);
        let index = {
            let mut requests = locked(&shared.requests);
            requests.push(request);
            requests.len() - 1
        };
        match reply.end {
            End::KeepAlive => write(&reply, &mut writer)?,
            End::Close => {
                write(&reply, &mut writer)?;
                return writer.shutdown(Shutdown::Both);
            }
            End::HalfClose => {
                write(&reply, &mut writer)?;
                writer.shutdown(Shutdown::Write)?;
                return listen(&mut reader, index, shared);
            }
            End::Listen => {
                write(&reply, &mut writer)?;
                return listen(&mut reader, index, shared);
            }
        }
    }
    Ok(())
}

fn write(reply: &Reply, writer: &mut UnixStream) -> io::Result<()> {
    thread::sleep(reply.delay);
    for (number, piece) in reply.pieces().into_iter().enumerate() {
        if number > 0 {
            thread::sleep(reply.pause);
        }
        writer.write_all(piece)?;
    }
    Ok(())
}

/// Keeps what comes, as it comes, so that a test can wait for it.
fn listen(reader: &mut impl Read, index: usize, shared: &Shared) -> io::Result<()> {
    let mut buffer = [0; 8192];
    loop {
        // However the client goes away, it is gone.
        let count = reader.read(&mut buffer).unwrap_or(0);
        if let Some(request) = locked(&shared.requests).get_mut(index) {
            request.after.extend_from_slice(&buffer[..count]);
            request.closed = count == 0;
        }
        if count == 0 {
            return Ok(());
        }
    }
}

/// The next request; `None` at the end of the connection.
fn read_request(reader: &mut impl BufRead, writer: &mut impl Write) -> io::Result<Option<Request>> {
    let first = line(reader)?;
    let mut words = first.split(' ');
    let (Some(method), Some(path)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let mut request = Request {
        method: method.to_owned(),
        path: path.to_owned(),
        ..Request::default()
    };
    loop {
        let field = line(reader)?;
        let Some((name, value)) = field.split_once(':') else {
            break;
        };
        request
            .headers
            .push((name.to_owned(), value.trim().to_owned()));
    }
    if request
        .header("Expect")
        .is_some_and(|value| value.eq_ignore_ascii_case("100-continue"))
    {
        writer.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let chunked = request
        .header("Transfer-Encoding")
        .is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
    if chunked {
        request.body = chunks(reader)?;
    } else if let Some(length) = request.header("Content-Length") {
        let length = length.parse().map_err(io::Error::other)?;
        reader.take(length).read_to_end(&mut request.body)?;
    }
    Ok(Some(request))
}

fn chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(reader)?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = u64::from_str_radix(size, 16).map_err(io::Error::other)?;
        reader.by_ref().take(size).read_to_end(&mut body)?;
        // The end of the chunk, or the empty line after the last one (trailers are not sent to
        // engines).
        line(reader)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

/// A line without its end; empty at the end of the connection.
fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    reader.read_until(b'\n', &mut bytes)?;
    while bytes
        .last()
        .is_some_and(|byte| matches!(byte, b'\r' | b'\n'))
    {
        bytes.pop();
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
