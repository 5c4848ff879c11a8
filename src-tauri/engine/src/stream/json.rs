//! JSON objects from a byte stream. Engines separate them by a line feed, by CRLF or by nothing, and
//! the connection cuts anywhere; so the end of each is found by its braces.

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};
use serde::de::DeserializeOwned;

/// One object may be this long.
pub const LONGEST_VALUE: usize = 16 * 1024 * 1024;

/// The bytes are no stream of objects.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// Something stands where an object should begin.
    #[error("the engine’s answer is not JSON: it begins with {0:?}")]
    NotJson(char),
    /// An object is not what it should be.
    #[error("the engine’s answer can’t be read: {0}")]
    Shape(#[from] serde_json::Error),
    /// An object goes on for too long.
    #[error("the engine’s answer is longer than {0} bytes")]
    TooLong(usize),
    /// The stream ended within an object.
    #[error("the engine stopped in the middle of its answer")]
    CutShort,
}

/// Finds objects in bytes that come in pieces. Each byte is looked at once.
#[derive(Debug)]
pub struct Values {
    buffer: BytesMut,
    /// How much of `buffer` was looked at.
    seen: usize,
    depth: usize,
    in_text: bool,
    escaped: bool,
    found: VecDeque<Bytes>,
    limit: usize,
}

impl Default for Values {
    fn default() -> Self {
        Self::with_limit(LONGEST_VALUE)
    }
}

impl Values {
    /// Refuses objects longer than `limit` bytes.
    pub fn with_limit(limit: usize) -> Self {
        Self {
            buffer: BytesMut::new(),
            seen: 0,
            depth: 0,
            in_text: false,
            escaped: false,
            found: VecDeque::new(),
            limit,
        }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// They can't be part of a stream of objects; nothing that follows can be understood.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), JsonError> {
        self.buffer.extend_from_slice(bytes);
        while let Some(&byte) = self.buffer.get(self.seen) {
            if self.depth == 0 {
                match byte {
                    b' ' | b'\t' | b'\r' | b'\n' => {
                        let _space = self.buffer.split_to(1);
                        continue;
                    }
                    b'{' | b'[' => {}
                    _ => return Err(JsonError::NotJson(char::from(byte))),
                }
            }
            self.seen += 1;
            self.step(byte);
            if self.depth == 0 {
                self.found
                    .push_back(self.buffer.split_to(self.seen).freeze());
                self.seen = 0;
            } else if self.seen > self.limit {
                return Err(JsonError::TooLong(self.limit));
            }
        }
        Ok(())
    }

    fn step(&mut self, byte: u8) {
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
        } else {
            match byte {
                b'"' => self.in_text = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => self.depth -= 1,
                _ => {}
            }
        }
    }

    /// The next whole object, if one has come.
    pub fn pop<T: DeserializeOwned>(&mut self) -> Option<Result<T, JsonError>> {
        let bytes = self.found.pop_front()?;
        Some(serde_json::from_slice(&bytes).map_err(JsonError::from))
    }

    /// Says whether the stream may end here.
    ///
    /// # Errors
    /// It ended within an object.
    pub fn finish(&self) -> Result<(), JsonError> {
        if self.depth == 0 {
            Ok(())
        } else {
            Err(JsonError::CutShort)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use serde_json::{Value, json};

    use super::*;

    fn read(pieces: &[&[u8]]) -> Result<Vec<Value>, JsonError> {
        let mut values = Values::with_limit(1000);
        let mut all = Vec::new();
        for piece in pieces {
            values.push(piece)?;
            while let Some(value) = values.pop() {
                all.push(value?);
            }
        }
        values.finish()?;
        Ok(all)
    }

    #[test]
    fn a_cut_at_any_byte_changes_nothing() {
        let bytes = concat!(
            "{\"status\":\"a}b\\\"{\"}\r\n",
            "{\"id\":1}{\"id\":2}",
            "[{\"é\":\"\\\\\"}]\n\n",
            "{\"last\":null}",
        )
        .as_bytes();
        let whole = vec![
            json!({"status": "a}b\"{"}),
            json!({"id": 1}),
            json!({"id": 2}),
            json!([{"é": "\\"}]),
            json!({"last": null}),
        ];
        assert_eq!(read(&[bytes]).unwrap(), whole);
        for at in 0..=bytes.len() {
            let (left, right) = bytes.split_at(at);
            assert_eq!(read(&[left, right]).unwrap(), whole, "cut at {at}");
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(read(&single).unwrap(), whole, "byte by byte");
    }

    #[test]
    fn a_line_break_after_the_last_object_is_no_failure() {
        assert_eq!(read(&[b"{}", b"\r", b"\n"]).unwrap(), [json!({})]);
    }

    #[test]
    fn what_is_no_stream_of_objects_is_said() {
        assert!(matches!(read(&[b"<html>"]), Err(JsonError::NotJson('<'))));
        assert!(matches!(read(&[b"}"]), Err(JsonError::NotJson('}'))));
        assert!(matches!(read(&[b"{\"a\":}"]), Err(JsonError::Shape(_))));
        assert!(matches!(read(&[b"{\"a\":1"]), Err(JsonError::CutShort)));
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(2000));
        assert!(matches!(
            read(&[long.as_bytes()]),
            Err(JsonError::TooLong(1000))
        ));
    }
}
