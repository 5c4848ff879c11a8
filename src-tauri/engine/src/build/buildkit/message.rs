//! The messages in which files are sent: `fsutil.types.Packet` and `Stat`.
//!
//! They are those of <https://github.com/tonistiigi/fsutil/tree/master/types>, but for names: these are
//! bytes here, as file systems have them, which look the same on the wire.

use std::collections::HashMap;

/// One message, either way.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Packet {
    /// What it is.
    #[prost(enumeration = "Kind", tag = "1")]
    pub kind: i32,
    /// A file's facts, in [`Kind::Stat`]; without it, there are no more files.
    #[prost(message, optional, boxed, tag = "2")]
    pub stat: Option<Box<Stat>>,
    /// The place of the file among those that were told, from 0.
    #[prost(uint32, tag = "3")]
    pub id: u32,
    /// A piece of the content, none at its end; or the words of an error.
    #[prost(bytes = "vec", tag = "4")]
    pub data: Vec<u8>,
}

/// What a [`Packet`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, prost::Enumeration)]
#[repr(i32)]
pub(super) enum Kind {
    /// There is this file.
    Stat = 0,
    /// Send this file's content.
    Request = 1,
    /// A piece of the content.
    Data = 2,
    /// All is sent, or received.
    Finished = 3,
    /// It went wrong.
    Error = 4,
}

/// A file's facts.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Stat {
    /// Relative, with `/`.
    #[prost(bytes = "vec", tag = "1")]
    pub path: Vec<u8>,
    /// As Go's `os.FileMode`.
    #[prost(uint32, tag = "2")]
    pub mode: u32,
    #[prost(uint32, tag = "3")]
    pub uid: u32,
    #[prost(uint32, tag = "4")]
    pub gid: u32,
    /// Bytes.
    #[prost(int64, tag = "5")]
    pub size: i64,
    /// Unix nanoseconds.
    #[prost(int64, tag = "6")]
    pub modified: i64,
    /// Where a symbolic link leads, or the path of the file that this is another name of.
    #[prost(bytes = "vec", tag = "7")]
    pub link: Vec<u8>,
    #[prost(int64, tag = "8")]
    pub device_major: i64,
    #[prost(int64, tag = "9")]
    pub device_minor: i64,
    #[prost(map = "string, bytes", tag = "10")]
    pub attributes: HashMap<String, Vec<u8>>,
}

impl Packet {
    /// There is this file.
    pub fn stat(stat: Stat) -> Self {
        Self {
            kind: Kind::Stat.into(),
            stat: Some(Box::new(stat)),
            ..Self::default()
        }
    }

    /// There are no more files.
    pub fn last_stat() -> Self {
        Self {
            kind: Kind::Stat.into(),
            ..Self::default()
        }
    }

    /// A piece of a file's content.
    pub fn data(id: u32, data: Vec<u8>) -> Self {
        Self {
            kind: Kind::Data.into(),
            id,
            data,
            ..Self::default()
        }
    }

    /// All is sent.
    pub fn finished() -> Self {
        Self {
            kind: Kind::Finished.into(),
            ..Self::default()
        }
    }

    /// It went wrong.
    pub fn error(words: String) -> Self {
        Self {
            kind: Kind::Error.into(),
            data: words.into_bytes(),
            ..Self::default()
        }
    }
}
