//! Folders for builds, and what a tar stream of one holds.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use http_body_util::BodyExt as _;
use slipway_engine::build::context::{ContextError, TarBody};

/// Makes files: `name=content`, `name/` (a folder), `name->target`, `name=>first` (a hard link),
/// `name!` (a socket), `name|` (a pipe); `0644 ` in front sets the mode. Folders on the way are made.
pub fn plant(folder: &Path, lines: &[impl AsRef<[u8]>]) {
    for line in lines {
        let line = line.as_ref();
        let (mode, line) = match line.get(..5) {
            Some(head) if head[4] == b' ' && head[..4].iter().all(u8::is_ascii_digit) => {
                let text = std::str::from_utf8(&head[..4]).unwrap();
                (Some(u32::from_str_radix(text, 8).unwrap()), &line[5..])
            }
            _ => (None, line),
        };
        let path = one(folder, line);
        if let Some(mode) = mode {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    }
}

fn one(folder: &Path, line: &[u8]) -> std::path::PathBuf {
    let at = |name: &[u8]| {
        let path = folder.join(OsStr::from_bytes(name));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    };
    let cut = |by: &[u8]| {
        let found = line.windows(by.len()).position(|it| it == by)?;
        Some((&line[..found], &line[found + by.len()..]))
    };
    if let Some((name, target)) = cut(b"->") {
        symlink(OsStr::from_bytes(target), at(name)).unwrap();
        return at(name);
    }
    if let Some((name, first)) = cut(b"=>") {
        fs::hard_link(at(first), at(name)).unwrap();
        return at(name);
    }
    if let Some((name, content)) = cut(b"=") {
        fs::write(at(name), content).unwrap();
        return at(name);
    }
    let (last, name) = line.split_last().unwrap();
    let path = at(name);
    match last {
        b'/' => fs::create_dir_all(&path).unwrap(),
        b'!' => drop(UnixListener::bind(&path).unwrap()),
        b'|' => {
            let made = std::process::Command::new("mkfifo").arg(&path).status();
            assert!(made.unwrap().success());
        }
        _ => panic!("{line:?}"),
    }
    path
}

/// What a tar stream tells of each name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// As tar's type flags.
    pub kind: char,
    pub mode: u32,
    pub owner: (u64, u64),
    pub modified: u64,
    /// A link's target, or a file's content.
    pub content: Vec<u8>,
}

/// Everything in a tar stream, by name.
pub fn listed(tar: impl Read) -> BTreeMap<String, Told> {
    in_order(tar).into_iter().collect()
}

/// The same in its order.
pub fn in_order(tar: impl Read) -> Vec<(String, Told)> {
    let mut archive = tar::Archive::new(tar);
    let entries = archive.entries().unwrap();
    entries
        .map(|entry| {
            let mut entry = entry.unwrap();
            let name = entry.path_bytes().escape_ascii().to_string();
            let link = entry.link_name_bytes().map(|it| it.into_owned());
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            let head = entry.header();
            let told = Told {
                kind: char::from(head.entry_type().as_byte()),
                mode: head.mode().unwrap() & 0o7777,
                owner: (head.uid().unwrap(), head.gid().unwrap()),
                modified: head.mtime().unwrap(),
                content: link.unwrap_or(content),
            };
            (name, told)
        })
        .collect()
}

/// The whole stream, or why it ended.
pub async fn collected(body: TarBody) -> Result<Vec<u8>, ContextError> {
    Ok(body.collect().await?.to_bytes().to_vec())
}
