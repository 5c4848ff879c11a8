//! Writing a text file: whole or not at all, and never over what somebody else wrote meanwhile.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use slipway_engine::problem::{Code, Problem};

use super::decode::{encode, stamp};
use super::read::{Unread, bytes, is_writable, now, read};
use super::{called, problem};
use crate::disk::Beside;
use crate::ipc::{Saved, Stamp};

/// Links behind each other that are followed; as many as Linux follows.
const LINKS: usize = 40;

/// How a file's text is written.
#[derive(Debug, Clone, Copy)]
pub struct Ends {
    /// With `\r\n` at the ends of its lines.
    pub crlf: bool,
    /// With a byte order mark.
    pub bom: bool,
}

/// Saves a file that was read before. With a `stamp`, only if the file is still as it was.
///
/// # Errors
/// Says why it was not written; the file is then as it was.
pub fn save(path: &Path, text: &str, ends: Ends, was: Option<&Stamp>) -> Result<Saved, Problem> {
    if !path.is_absolute() {
        return Err(not_saved(path, &Unread::Relative));
    }
    let target = target(path).map_err(|error| not_saved(path, &error.into()))?;
    if let Some(was) = was {
        match bytes(&target) {
            Ok(bytes) if stamp(&bytes) == *was => {}
            Err(Unread::Gone) => return Ok(Saved::Gone),
            Ok(_) => {
                return match read(&target) {
                    Ok(disk) => Ok(Saved::Changed {
                        disk: crate::ipc::TextFile {
                            path: path.to_string_lossy().into_owned(),
                            ..disk
                        },
                    }),
                    Err(why) => Err(changed_into(path, &why)),
                };
            }
            // One that is as it was when it was read is too large, or not to be read, all along.
            Err(_) if now(&target).as_ref() == Some(was) => {}
            Err(why) => return Err(changed_into(path, &why)),
        }
    }
    write(path, &target, text, ends)
}

/// Writes a file whose place the user has just picked, over what may be there.
///
/// # Errors
/// Says why it was not written; what was there is then as it was.
pub fn save_new(path: &Path, text: &str, ends: Ends) -> Result<Saved, Problem> {
    if path.to_str().is_none() {
        return Err(problem(
            &format!("{} was not saved", called(path)),
            "Its name, or that of a folder above it, is not UTF-8, so Slipway cannot find it again.",
            "Pick another name or folder.",
        ));
    }
    save(path, text, ends, None)
}

fn write(path: &Path, target: &Path, text: &str, ends: Ends) -> Result<Saved, Problem> {
    let before = before(path, target)?;
    let bytes = encode(text, ends.crlf, ends.bom);
    put(target, before.as_ref(), |file| file.write_all(&bytes))
        .map_err(|error| failed(path, &error))?;
    Ok(Saved::Done {
        path: path.to_string_lossy().into_owned(),
        stamp: stamp(&bytes),
    })
}

/// What is there by now, where it may be written over.
fn before(path: &Path, target: &Path) -> Result<Option<Metadata>, Problem> {
    match std::fs::metadata(target) {
        Ok(facts) if facts.is_dir() => Err(not_saved(path, &Unread::Folder)),
        Ok(facts) if !facts.is_file() => Err(not_saved(path, &Unread::Special)),
        Ok(_) if !is_writable(target) => Err(read_only(path)),
        Ok(facts) => Ok(Some(facts)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path, &error)),
    }
}

/// Writes a file of the user's that is made of what `text` writes, over what may be there.
///
/// # Errors
/// Says why it was not written; what was there is then as it was.
pub fn write_new(
    path: &Path,
    text: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<(), Problem> {
    let target = target(path).map_err(|error| failed(path, &error))?;
    let before = before(path, &target)?;
    put(&target, before.as_ref(), text).map_err(|error| failed(path, &error))
}

fn put(
    target: &Path,
    before: Option<&Metadata>,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let mut beside = Beside::of(target)?;
    write(beside.file())?;
    like(&mut beside, before)?;
    beside.place(target).map(drop)
}

/// Gives the new file the mode and the owner of the old one; a new one gets what others get.
#[cfg(unix)]
fn like(beside: &mut Beside, before: Option<&Metadata>) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let file = beside.file();
    let mode = match before {
        Some(before) => {
            let is = file.metadata()?;
            if (is.uid(), is.gid()) != (before.uid(), before.gid())
                && let Err(error) = fchown(&*file, Some(before.uid()), Some(before.gid()))
            {
                // Only root gives files away; who saves then owns the file, as with other editors.
                tracing::debug!("the owner of a saved file: {error}");
            }
            before.mode() & 0o7777
        }
        None => 0o666 & !umask(),
    };
    file.set_permissions(std::fs::Permissions::from_mode(mode))
}

/// What the user's system takes away from the mode of new files.
#[cfg(target_os = "linux")]
fn umask() -> u32 {
    // The call that tells it would set it too, for every thread.
    let read = || {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("Umask:"))?;
        u32::from_str_radix(line.trim(), 8).ok()
    };
    read().unwrap_or(0o022)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn umask() -> u32 {
    0o022
}

#[cfg(not(unix))]
fn like(_beside: &mut Beside, _before: Option<&Metadata>) -> io::Result<()> {
    Ok(())
}

/// The file to which links lead, be it there or not.
fn target(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..LINKS {
        match std::fs::read_link(&target) {
            Ok(to) => {
                let folder = target.parent().map(Path::to_owned).unwrap_or_default();
                target = folder.join(to);
            }
            // It is there and no link, or it is not there.
            Err(_) => return Ok(target),
        }
    }
    // The system's own words for a circle.
    std::fs::metadata(path).map(|_| target)
}

fn not_saved(path: &Path, why: &Unread) -> Problem {
    let what = format!("{} was not saved", called(path));
    problem(&what, why.to_string(), "Save it under another name.")
}

fn changed_into(path: &Path, why: &Unread) -> Problem {
    let what = format!("{} was not saved", called(path));
    let why = format!("Another program has changed the file meanwhile. {why}");
    problem(&what, why, "Save it under another name.")
}

fn read_only(path: &Path) -> Problem {
    problem(
        &format!("{} was not saved", called(path)),
        "The file is write-protected, or you have no permission to change it.",
        "Save it under another name, or change who may write it.",
    )
}

fn failed(path: &Path, error: &io::Error) -> Problem {
    let what = format!("{} was not saved", called(path));
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Problem {
            code: Code::DiskFull,
            ..problem(
                &what,
                "No space is left on the disk. The file is as it was before.",
                "Make space, or save it in another place.",
            )
        },
        ErrorKind::PermissionDenied => problem(
            &what,
            "You have no permission to write in its folder. The file is as it was before.",
            "Save it in another folder.",
        ),
        ErrorKind::NotFound | ErrorKind::NotADirectory => problem(
            &what,
            "Its folder is not there.",
            "Save it in another folder.",
        ),
        ErrorKind::ReadOnlyFilesystem => problem(
            &what,
            "Its disk can only be read.",
            "Save it in another place.",
        ),
        _ => problem(
            &what,
            format!("The system says: {error}. The file is as it was before."),
            "Try again, or save it in another place.",
        ),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
