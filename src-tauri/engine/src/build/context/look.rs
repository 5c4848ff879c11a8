//! A look at what a build of a folder would send, and what should be thought about before it does.

mod warn;

use std::fs;
use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::dockerfile::place;
use super::error::ContextError;
use super::facts::{Kind, name_bytes};
use super::ignore_file::IgnoreFile;
use super::model::{ContextFile, ContextLook, ContextPath, EditedIgnore};
use super::real_folder;
use super::walk::{Entry, Met, Rules, Walk};

/// Nobody wants to send more files than this; the look ends here.
const MOST: u64 = 1_000_000;
/// So many of the largest files are named.
const BIGGEST: usize = 10;
/// So many files are named.
const FIRST: usize = 1_000;
/// So many names are offered.
const OFFERED: usize = 200;

/// Looks at what a build of `folder` would send. The Dockerfile need not exist yet; `edited` are the ignore
/// files that are not saved. It reads from disk: not for an async task.
///
/// # Errors
/// Where the folder or its ignore file cannot be read, and [`ContextError::Stopped`] when cancelled.
pub fn look(
    folder: &Path,
    dockerfile: Option<&Path>,
    edited: &[EditedIgnore],
    cancel: &CancellationToken,
) -> Result<ContextLook, ContextError> {
    let folder = real_folder(folder)?;
    let ignore = IgnoreFile::find(&folder, &place(&folder, dockerfile), edited)?;
    let mut look = ContextLook {
        ignore_file: ignore.shown(&folder),
        ignore_wrong: ignore.wrong.clone(),
        ..ContextLook::default()
    };
    let mut seen = warn::Seen::default();
    let mut count = 0;
    for met in Walk::new(&folder, &ignore.patterns, Rules::Exact) {
        if cancel.is_cancelled() {
            return Err(ContextError::Stopped);
        }
        if !matches!(met, Ok(Met::Passed)) {
            count += 1;
        }
        match met {
            Ok(Met::Sent(entry)) => {
                seen.note(&entry);
                count_in(&mut look, &entry);
            }
            Ok(Met::LeftOut(_)) => look.left_out += 1,
            Ok(Met::Passed) => {}
            // Between two looks anything may vanish.
            Err(ContextError::Gone { .. }) => {}
            Err(error @ ContextError::FolderUnreadable { .. }) => return Err(error),
            Err(error) => seen.fail(error),
        }
        if count >= MOST {
            look.cut = true;
            break;
        }
    }
    look.biggest
        .sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.path.cmp(&b.path)));
    look.asks = warn::asks(&folder, &look);
    look.warnings = seen.warnings(&ignore, &look);
    Ok(look)
}

fn count_in(look: &mut ContextLook, entry: &Entry) {
    if entry.facts.kind == Kind::Folder {
        return;
    }
    let bytes = entry.facts.size;
    look.files += 1;
    look.bytes = look.bytes.saturating_add(bytes);
    let file = || ContextFile {
        path: String::from_utf8_lossy(&entry.path).into_owned(),
        bytes,
    };
    if look.first.len() < FIRST {
        look.first.push(file());
    }
    if look.biggest.len() < BIGGEST {
        look.biggest.push(file());
    } else if let Some(smallest) = look.biggest.iter_mut().min_by_key(|it| it.bytes)
        && smallest.bytes < bytes
    {
        *smallest = file();
    }
}

/// The files and folders that COPY could name, of those that begin with `prefix`: of one folder, sorted,
/// 200 at most. There is none where the prefix leads out of the folder.
///
/// # Errors
/// Where the folder or its ignore file cannot be read.
pub fn paths(
    folder: &Path,
    dockerfile: Option<&Path>,
    prefix: &str,
) -> Result<Vec<ContextPath>, ContextError> {
    let folder = real_folder(folder)?;
    let ignore = IgnoreFile::find(&folder, &place(&folder, dockerfile), &[])?;
    let (above, start) = prefix.rsplit_once('/').unwrap_or(("", prefix));
    let above: Vec<&str> = above
        .split('/')
        .filter(|it| !matches!(*it, "" | "."))
        .collect();
    let listed = folder.join(above.join("/"));
    // A link in the folder may lead anywhere.
    let within = super::dockerfile::canonical(&listed).is_ok_and(|it| it.starts_with(&folder));
    if above.contains(&"..") || !within {
        return Ok(Vec::new());
    }
    let Ok(entries) = fs::read_dir(&listed) else {
        return Ok(Vec::new());
    };
    let mut found: Vec<ContextPath> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name();
            // What is not UTF-8 cannot be typed into a Dockerfile.
            let text = name.to_str()?;
            let hidden = text.starts_with('.') && !start.starts_with('.');
            if hidden || !text.to_lowercase().starts_with(&start.to_lowercase()) {
                return None;
            }
            let is_folder = entry.file_type().is_ok_and(|it| it.is_dir());
            let path = [above.as_slice(), &[text]].concat().join("/");
            let ignored = ignore.patterns.verdict(path.as_bytes()).ignored;
            let skipped = !is_folder || ignore.patterns.may_skip(path.as_bytes());
            let left_out = ignored && skipped;
            Some(ContextPath {
                path: if is_folder { format!("{path}/") } else { path },
                folder: is_folder,
                left_out,
            })
        })
        .collect();
    found.sort_by(|one, other| name_bytes(one.path.as_ref()).cmp(&name_bytes(other.path.as_ref())));
    found.truncate(OFFERED);
    Ok(found)
}
