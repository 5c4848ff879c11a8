//! A registry that refuses: it answers every request for an image with one status and one code of the
//! distribution API.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// Starts one on a loopback port that lives as long as the process, and gives its address.
pub fn refusing(status: &'static str, code: &'static str, message: &'static str) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream, status, code, message));
        }
    });
    address
}

fn serve(stream: TcpStream, status: &str, code: &str, message: &str) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut stream = stream;
    loop {
        let mut first = String::new();
        if reader.read_line(&mut first).ok()? == 0 {
            return None;
        }
        let mut line = String::new();
        while reader.read_line(&mut line).ok()? > 0 && !line.trim().is_empty() {
            line.clear();
        }
        let path = first.split(' ').nth(1)?;
        let (status, body) = if path == "/v2/" {
            ("200 OK", "{}".to_owned())
        } else {
            let errors = format!(r#"{{"errors":[{{"code":"{code}","message":"{message}"}}]}}"#);
            (status, errors)
        };
        let body_of = if first.starts_with("HEAD") {
            ""
        } else {
            body.as_str()
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nDocker-Distribution-Api-Version: registry/2.0\r\nRetry-After: 0\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body_of.as_bytes()).ok()?;
    }
}
