//! A page of our own for the preview to show, which reports what it could do.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};

/// Serves one page on 127.0.0.1, and gathers what it posts to `/report`.
pub struct HttpPage {
    pub port: u16,
    reports: Receiver<String>,
}

impl HttpPage {
    /// Serves `html` at every address.
    pub fn serve(html: &'static str) -> HttpPage {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, reports) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let sender = sender.clone();
                std::thread::spawn(move || answer(stream, html, &sender));
            }
        });
        HttpPage { port, reports }
    }

    /// The next report, waiting for it.
    pub fn report(&self) -> String {
        self.reports
            .recv_timeout(slipway_window::PATIENCE)
            .expect("the page reports")
    }
}

fn answer(stream: TcpStream, html: &str, reports: &Sender<String>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    if reader.read_line(&mut first).unwrap_or(0) == 0 {
        return;
    }
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    if first.starts_with("POST /report") {
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).is_ok() {
            let _ = reports.send(String::from_utf8_lossy(&body).into_owned());
        }
    }
    let mut stream = stream;
    let _ = write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{html}",
        html.len()
    );
}
