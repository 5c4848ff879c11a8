//! Pages of our own for the preview to show, which report what they could do.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};

/// Serves pages, and gathers what they post to `/report`.
pub struct HttpPage {
    pub port: u16,
    reports: Receiver<String>,
}

/// What is served at one path: the path, the fields of its head, each with its end, and the body.
pub type Served = (&'static str, &'static str, &'static str);

impl HttpPage {
    /// Serves `html` at every path of 127.0.0.1.
    pub fn serve(html: &'static str) -> HttpPage {
        HttpPage::serve_at("127.0.0.1", html, &[])
    }

    /// Serves `html` at every path of an address, but for some.
    pub fn serve_at(address: &str, html: &'static str, others: &'static [Served]) -> HttpPage {
        let listener = TcpListener::bind((address, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, reports) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let sender = sender.clone();
                std::thread::spawn(move || answer(stream, html, others, &sender));
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

    /// The next report, if it has come.
    pub fn reported(&self) -> Option<String> {
        self.reports.try_recv().ok()
    }
}

fn answer(stream: TcpStream, html: &'static str, others: &[Served], reports: &Sender<String>) {
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
    let path = first.split(' ').nth(1).unwrap_or_default();
    if path == "/report" {
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).is_ok() {
            let _ = reports.send(String::from_utf8_lossy(&body).into_owned());
        }
    }
    let page = ("", "Content-Type: text/html; charset=utf-8\r\n", html);
    let (_, head, body) = others
        .iter()
        .find(|(at, ..)| *at == path)
        .copied()
        .unwrap_or(page);
    let mut stream = stream;
    let _ = write!(
        stream,
        "HTTP/1.1 200 OK\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
}
