//! Replies: what bytes, in which pieces, and how the connection goes on.

use std::time::Duration;

/// A reply, byte by byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub(super) bytes: Vec<u8>,
    /// Offsets at which a new write begins.
    pub(super) splits: Vec<usize>,
    /// Before the first byte.
    pub(super) delay: Duration,
    /// Between two writes. Without one, a reader may get several writes at once.
    pub(super) pause: Duration,
    pub(super) end: End,
}

/// How the connection goes on after the last byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The next request may come.
    KeepAlive,
    /// Both directions are closed.
    Close,
    /// Nothing more is written; what comes is read until the client closes.
    HalfClose,
    /// Nothing more is written, but the client isn't told; what comes is read until it closes.
    Listen,
}

impl Reply {
    /// 200 with a JSON body.
    pub fn json(body: impl AsRef<str>) -> Self {
        Self::status(200, body)
    }

    /// This status with a JSON body.
    pub fn status(code: u16, body: impl AsRef<str>) -> Self {
        let body = body.as_ref();
        let head = head(
            code,
            &[("Content-Type", "application/json")],
            Some(body.len()),
        );
        Self::whole(format!("{head}{body}").into_bytes(), End::KeepAlive)
    }

    /// An engine's error: this status, and its message as the engine words it.
    pub fn error(code: u16, message: &str) -> Self {
        Self::status(code, serde_json::json!({ "message": message }).to_string())
    }

    /// Exactly these bytes, head and all; then the connection is closed.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::whole(bytes.into(), End::Close)
    }

    /// 200 with these pieces as the chunks of a chunked body, each one write.
    pub fn chunked(chunks: &[&[u8]]) -> Self {
        let mut reply = Self::whole(
            head(
                200,
                &[
                    ("Content-Type", "application/json"),
                    ("Transfer-Encoding", "chunked"),
                ],
                None,
            )
            .into_bytes(),
            End::KeepAlive,
        );
        for chunk in chunks {
            reply.splits.push(reply.bytes.len());
            reply
                .bytes
                .extend(format!("{:x}\r\n", chunk.len()).into_bytes());
            reply.bytes.extend_from_slice(chunk);
            reply.bytes.extend_from_slice(b"\r\n");
        }
        reply.splits.push(reply.bytes.len());
        reply.bytes.extend_from_slice(b"0\r\n\r\n");
        reply
    }

    /// 200 with these pieces as the first chunks of a chunked body that never ends, as events are told;
    /// what the client sends is kept, and its going away is [noted](super::Request::closed).
    pub fn chunked_open(chunks: &[&[u8]]) -> Self {
        let mut reply = Self::chunked(chunks);
        let end = b"0\r\n\r\n".len();
        reply.bytes.truncate(reply.bytes.len() - end);
        reply.end = End::Listen;
        reply
    }

    /// 101 and then these bytes, as attach and exec do; what the client sends is kept in
    /// [`Request::after`](super::Request::after) until it closes.
    pub fn upgraded(bytes: &[u8]) -> Self {
        let mut all =
            b"HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n\
            Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
                .to_vec();
        let body = all.len();
        all.extend_from_slice(bytes);
        Self::whole(all, End::Listen).split_at(&[body])
    }

    /// Begins a new write at each of these offsets into the bytes.
    pub fn split_at(mut self, offsets: &[usize]) -> Self {
        self.splits.extend_from_slice(offsets);
        self
    }

    /// Writes every byte on its own.
    pub fn every_byte(mut self) -> Self {
        self.splits = (1..self.bytes.len()).collect();
        self
    }

    /// Waits before the first byte.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Waits between two writes.
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause;
        self
    }

    /// Closes the connection after the first `count` bytes.
    pub fn cut_after(mut self, count: usize) -> Self {
        self.bytes.truncate(count);
        self.end = End::Close;
        self
    }

    /// Closes the connection after the last byte.
    pub fn then_close(mut self) -> Self {
        self.end = End::Close;
        self
    }

    /// After the last byte closes the writing side alone, and keeps what the client still sends.
    pub fn then_half_close(mut self) -> Self {
        self.end = End::HalfClose;
        self
    }

    /// After the last byte keeps the connection open and silent, and keeps what the client sends.
    pub fn then_listen(mut self) -> Self {
        self.end = End::Listen;
        self
    }

    /// How many bytes it has, head and all: what a test loops over to cut at each.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it has no bytes: then the connection just ends.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(super) fn missing(path: &str) -> Self {
        Self::error(
            404,
            &format!("page not found: the script has no reply to {path}"),
        )
    }

    pub(super) fn ping(api_version: &str, with_body: bool) -> Self {
        let fields = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Api-Version", api_version),
            ("Docker-Experimental", "false"),
            ("Ostype", "linux"),
            ("Server", "Docker/20.10.24 (linux)"),
        ];
        let body = if with_body { "OK" } else { "" };
        let head = head(200, &fields, Some(body.len()));
        Self::whole(format!("{head}{body}").into_bytes(), End::KeepAlive)
    }

    pub(super) fn version(api_version: &str) -> Self {
        let body = serde_json::json!({
            "Platform": { "Name": "" },
            "Components": [{ "Name": "Engine", "Version": "20.10.24", "Details": {} }],
            "Version": "20.10.24",
            "ApiVersion": api_version,
            "MinAPIVersion": "1.12",
            "Os": "linux",
            "Arch": "amd64",
            "KernelVersion": "6.1.0",
        });
        Self::json(body.to_string())
    }

    fn whole(bytes: Vec<u8>, end: End) -> Self {
        Self {
            bytes,
            splits: Vec::new(),
            delay: Duration::ZERO,
            pause: Duration::ZERO,
            end,
        }
    }

    /// The bytes in the pieces that are written.
    pub(super) fn pieces(&self) -> Vec<&[u8]> {
        let mut cuts: Vec<usize> = self
            .splits
            .iter()
            .copied()
            .filter(|&at| at > 0 && at < self.bytes.len())
            .collect();
        cuts.extend([0, self.bytes.len()]);
        cuts.sort_unstable();
        cuts.dedup();
        cuts.windows(2)
            .map(|pair| &self.bytes[pair[0]..pair[1]])
            .collect()
    }
}

fn head(code: u16, fields: &[(&str, &str)], length: Option<usize>) -> String {
    let reason = match code {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        304 => "Not Modified",
        400 => "Bad Request",
        404 => "Not Found",
        409 => "Conflict",
        500 => "Internal Server Error",
        _ => "Status",
    };
    let mut head = format!("HTTP/1.1 {code} {reason}\r\n");
    for (name, value) in fields {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    // These two have no body by definition (RFC 9110, 15.3.5 and 15.4.5).
    if let (Some(length), false) = (length, matches!(code, 204 | 304)) {
        head.push_str(&format!("Content-Length: {length}\r\n"));
    }
    head + "\r\n"
}
