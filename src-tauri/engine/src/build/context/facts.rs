//! What a system says of a file, in the terms of a tar file.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::Metadata;

/// What is sent of a file beside its name and content. Owners are not: what a build sends belongs to root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What it is.
    pub kind: Kind,
    /// Permissions, with setuid, setgid and sticky.
    pub mode: u32,
    /// Whole seconds since 1970.
    pub modified: i64,
    /// Bytes; 0 of what is no file.
    pub size: u64,
    /// Device and number of a file that has several names.
    pub shared: Option<(u64, u64)>,
}

/// What can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A named pipe.
    Pipe,
    /// A device that is read character by character; its numbers.
    Character(u32, u32),
    /// A device that is read in blocks; its numbers.
    Block(u32, u32),
    /// A socket, which is never sent.
    Socket,
}

impl Facts {
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};

        let kind = metadata.file_type();
        let kind = if kind.is_dir() {
            Kind::Folder
        } else if kind.is_symlink() {
            Kind::Link
        } else if kind.is_fifo() {
            Kind::Pipe
        } else if kind.is_socket() {
            Kind::Socket
        } else if kind.is_char_device() {
            let (major, minor) = device_numbers(metadata);
            Kind::Character(major, minor)
        } else if kind.is_block_device() {
            let (major, minor) = device_numbers(metadata);
            Kind::Block(major, minor)
        } else {
            Kind::File
        };
        Self {
            kind,
            mode: metadata.mode() & 0o7777,
            modified: metadata.mtime(),
            size: if kind == Kind::File {
                metadata.len()
            } else {
                0
            },
            shared: (kind != Kind::Folder && metadata.nlink() > 1)
                .then(|| (metadata.dev(), metadata.ino())),
        }
    }

    /// Windows knows no such permissions: as from the docker CLI there, everything may be run.
    #[cfg(windows)]
    pub(super) fn of(metadata: &Metadata) -> Self {
        use std::time::UNIX_EPOCH;

        let kind = metadata.file_type();
        let kind = if kind.is_dir() {
            Kind::Folder
        } else if kind.is_symlink() {
            Kind::Link
        } else {
            Kind::File
        };
        let modified = metadata.modified().ok();
        let since = modified.and_then(|it| it.duration_since(UNIX_EPOCH).ok());
        Self {
            kind,
            mode: if metadata.permissions().readonly() && kind == Kind::File {
                0o555
            } else {
                0o755
            },
            modified: since.map_or(0, |it| i64::try_from(it.as_secs()).unwrap_or(i64::MAX)),
            size: if kind == Kind::File {
                metadata.len()
            } else {
                0
            },
            shared: None,
        }
    }
}

/// The major and the minor number of a device.
#[cfg(unix)]
pub(in crate::build) fn device_numbers(metadata: &Metadata) -> (u32, u32) {
    use std::os::unix::fs::MetadataExt as _;

    // macOS' own number is an i32, which Rust tells as a u64 all the same.
    #[allow(
        clippy::unnecessary_cast,
        clippy::cast_possible_truncation,
        reason = "systems differ in how wide it is"
    )]
    let device = metadata.rdev() as rustix::fs::Dev;
    (rustix::fs::major(device), rustix::fs::minor(device))
}

/// A name as it is sent. Windows' names that are no Unicode are sent with U+FFFD in them.
pub(super) fn name_bytes(name: &OsStr) -> Cow<'_, [u8]> {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        Cow::Borrowed(name.as_bytes())
    }
    #[cfg(windows)]
    {
        match name.to_string_lossy() {
            Cow::Borrowed(name) => Cow::Borrowed(name.as_bytes()),
            Cow::Owned(name) => Cow::Owned(name.into_bytes()),
        }
    }
}

/// `name` in the folder `path`, with `/` between them.
pub(super) fn joined(path: &[u8], name: &OsStr) -> Vec<u8> {
    let name = name_bytes(name);
    if path.is_empty() {
        return name.into_owned();
    }
    [path, b"/", &name].concat()
}
