//! The frames in which an engine mixes a program's two outputs on one connection: 8 bytes (which
//! output, three zeros, the length as a big-endian u32), then so many bytes.
//! <https://docs.docker.com/reference/api/engine/version/v1.44/#tag/Container/operation/ContainerAttach>

use bytes::{Buf, Bytes};

/// The engine's own error may be this long; more of it would help nobody.
const LONGEST_ERROR: usize = 64 * 1024;

/// Something that came out of the frames.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Framed {
    /// What the program printed, on either output.
    Printed(Bytes),
    /// The engine itself failed to go on, and says why.
    EngineError(String),
}

/// The bytes are no frames.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// A header that no engine sends.
    #[error("the engine sent a frame that begins with {0:02x?}")]
    Header([u8; 8]),
    /// The stream ended within a frame.
    #[error("the engine stopped in the middle of a frame")]
    CutShort,
}

#[derive(Debug)]
enum Kind {
    Printed,
    EngineError(Vec<u8>),
}

/// Takes frames apart, wherever the connection happened to cut them.
///
/// A frame's content is handed on as it comes: nothing waits for the frame's end, so a length of
/// 4 GiB costs no memory.
#[derive(Debug)]
pub struct Frames {
    header: [u8; 8],
    filled: usize,
    kind: Kind,
    left: usize,
}

impl Default for Frames {
    fn default() -> Self {
        Self {
            header: [0; 8],
            filled: 0,
            kind: Kind::Printed,
            left: 0,
        }
    }
}

impl Frames {
    /// Takes the next bytes, and gives what they held to `out`.
    ///
    /// # Errors
    /// The bytes are no frames; nothing that follows can be understood.
    pub fn push(
        &mut self,
        mut bytes: Bytes,
        mut out: impl FnMut(Framed),
    ) -> Result<(), FrameError> {
        while !bytes.is_empty() {
            if self.filled < self.header.len() {
                let some = bytes.len().min(self.header.len() - self.filled);
                bytes.copy_to_slice(&mut self.header[self.filled..self.filled + some]);
                self.filled += some;
                if self.filled < self.header.len() {
                    return Ok(());
                }
                self.begin()?;
            }
            let content = bytes.split_to(bytes.len().min(self.left));
            self.left -= content.len();
            match &mut self.kind {
                Kind::Printed if content.is_empty() => {}
                Kind::Printed => out(Framed::Printed(content)),
                Kind::EngineError(text) => {
                    let some = content.len().min(LONGEST_ERROR.saturating_sub(text.len()));
                    text.extend_from_slice(&content[..some]);
                }
            }
            if self.left == 0 {
                self.filled = 0;
                if let Kind::EngineError(text) = std::mem::replace(&mut self.kind, Kind::Printed) {
                    out(Framed::EngineError(
                        String::from_utf8_lossy(&text).trim().to_owned(),
                    ));
                }
            }
        }
        Ok(())
    }

    /// Says whether the stream may end here.
    ///
    /// # Errors
    /// It ended within a frame.
    pub fn finish(&self) -> Result<(), FrameError> {
        if self.filled == 0 {
            Ok(())
        } else {
            Err(FrameError::CutShort)
        }
    }

    fn begin(&mut self) -> Result<(), FrameError> {
        let [kind, 0, 0, 0, a, b, c, d] = self.header else {
            return Err(FrameError::Header(self.header));
        };
        self.kind = match kind {
            // 0 is stdin, which an engine may echo; it is printed like the others.
            0..=2 => Kind::Printed,
            3 => Kind::EngineError(Vec::new()),
            _ => return Err(FrameError::Header(self.header)),
        };
        self.left = u32::from_be_bytes([a, b, c, d]) as usize;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn frame(kind: u8, content: &[u8]) -> Vec<u8> {
        let mut bytes = vec![kind, 0, 0, 0];
        bytes.extend_from_slice(&u32::try_from(content.len()).unwrap().to_be_bytes());
        bytes.extend_from_slice(content);
        bytes
    }

    /// What the pieces hold: the printed bytes joined, and the engine's errors.
    fn decode(pieces: &[&[u8]]) -> Result<(Vec<u8>, Vec<String>), FrameError> {
        let mut frames = Frames::default();
        let (mut printed, mut errors) = (Vec::new(), Vec::new());
        for piece in pieces {
            frames.push(Bytes::copy_from_slice(piece), |it| match it {
                Framed::Printed(bytes) => printed.extend_from_slice(&bytes),
                Framed::EngineError(text) => errors.push(text),
            })?;
        }
        frames.finish()?;
        Ok((printed, errors))
    }

    #[test]
    fn a_cut_at_any_byte_changes_nothing() {
        let mut bytes = frame(1, b"one\n");
        bytes.extend(frame(2, b"\x01\x00\x00\x00two"));
        bytes.extend(frame(1, b""));
        bytes.extend(frame(3, b"boom\n"));
        bytes.extend(frame(0, b"three"));
        let whole = (
            b"one\n\x01\x00\x00\x00twothree".to_vec(),
            vec!["boom".to_owned()],
        );
        assert_eq!(decode(&[&bytes]).unwrap(), whole);
        for at in 0..=bytes.len() {
            let (left, right) = bytes.split_at(at);
            assert_eq!(decode(&[left, right]).unwrap(), whole, "cut at {at}");
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(decode(&single).unwrap(), whole, "byte by byte");
    }

    #[test]
    fn what_is_no_frame_is_said_and_not_printed() {
        for bytes in [
            &b"root@host:/# "[..],
            &[4, 0, 0, 0, 0, 0, 0, 1, 65],
            &[1, 1, 0, 0, 0, 0, 0, 1],
        ] {
            assert!(
                matches!(decode(&[bytes]), Err(FrameError::Header(_))),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn an_end_within_a_frame_is_no_end() {
        let bytes = frame(1, b"text");
        for length in 1..bytes.len() {
            assert_eq!(
                decode(&[&bytes[..length]]),
                Err(FrameError::CutShort),
                "after {length}"
            );
        }
    }

    #[test]
    fn a_giant_length_is_handed_on_as_it_comes() {
        let mut seen = 0;
        let mut frames = Frames::default();
        frames
            .push(
                Bytes::from_static(&[1, 0, 0, 0, 255, 255, 255, 255, 7, 7]),
                |it| {
                    if let Framed::Printed(bytes) = it {
                        seen += bytes.len();
                    }
                },
            )
            .unwrap();
        assert_eq!(seen, 2);
    }

    #[test]
    fn an_endless_error_is_kept_short() {
        let mut bytes = vec![3, 0, 0, 0];
        bytes.extend_from_slice(&1_000_000u32.to_be_bytes());
        bytes.extend(std::iter::repeat_n(b'x', 1_000_000));
        let (_, errors) = decode(&[&bytes]).unwrap();
        assert_eq!(errors[0].len(), LONGEST_ERROR);
    }
}
