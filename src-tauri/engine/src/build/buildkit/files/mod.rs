//! Sends the folders that the engine asks for: `moby.filesync.v1.FileSync/DiffCopy`.
//!
//! First all files are told, then the content is sent of those that the engine does not have from an
//! earlier build (<https://github.com/tonistiigi/fsutil/blob/master/send.go>). Both go on at once.

mod content;
mod facts;
mod filter;
mod follow;
#[cfg(test)]
mod hostile_tests;
mod sent;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use http::Request;
use http::Response;
use hyper::body::Incoming;
use tokio::sync::mpsc;
use tonic::body::Body;
use tonic::{Status, Streaming};

use super::error::FileFailure;
use super::grpc;
use super::message::{Kind, Packet, Stat};
use super::tasks::Spawner;
use content::Listed;
use filter::{Filter, Wanted};
pub(super) use sent::Telling;
use walk::Stopped;

/// Messages that wait for the connection; with their content they are a few megabytes at most.
const WAITING: usize = 32;
/// Files that are read at once.
const READERS: usize = 3;
/// The folder of which the Dockerfile is served.
pub(super) const DOCKERFILE: &str = "dockerfile";

/// The folders that the engine may ask for, by name.
#[derive(Debug, Default)]
pub(super) struct Folders(pub HashMap<String, Folder>);

/// What a folder is.
#[derive(Debug, Clone)]
pub(super) enum Folder {
    /// One of this computer.
    Disk(PathBuf),
    /// A few files that are at hand, by name.
    Memory(Vec<(String, Arc<[u8]>)>),
}

/// Answers a call for a folder.
pub(super) fn diff_copy(
    request: Request<Incoming>,
    folders: &Folders,
    telling: &Arc<Telling>,
    spawner: &Spawner,
) -> Response<Body> {
    let name = grpc::values(request.headers(), "dir-name");
    let name = name.into_iter().next().unwrap_or_default();
    let Some(folder) = folders.0.get(&name).cloned() else {
        return Status::not_found(format!("no access allowed to dir {name:?}")).into_http();
    };
    let values = |name| grpc::values(request.headers(), name);
    let wanted = Wanted {
        include: values("include-patterns"),
        exclude: values("exclude-patterns"),
        follow: values("followpaths"),
    };
    // The Dockerfile and the ignore file are no part of what people call their folder.
    let counts = name != DOCKERFILE && wanted.follow != [".dockerignore"];
    let (out, mut packets) = mpsc::channel(WAITING);
    let sender = Sender {
        out,
        listed: Arc::default(),
        counted: counts.then(|| telling.clone()),
        telling: telling.clone(),
    };
    let questions = grpc::questions(request.into_body());
    spawner.spawn(sender.run(folder, wanted, questions));
    grpc::answers(futures_util::stream::poll_fn(move |context| {
        packets.poll_recv(context)
    }))
}

type Out = mpsc::Sender<Result<Packet, Status>>;

#[derive(Clone)]
struct Sender {
    out: Out,
    /// What can still be asked for, by its place among all that was told.
    listed: Arc<Mutex<Vec<Option<Listed>>>>,
    counted: Option<Arc<Telling>>,
    telling: Arc<Telling>,
}

/// A file whose content was asked for.
type Asked = (u32, Listed);

impl Sender {
    async fn run(self, folder: Folder, wanted: Wanted, mut questions: Streaming<Packet>) {
        if let Some(telling) = &self.counted {
            telling.more();
        }
        // No more than what was told ever waits here: each file can be asked for once.
        let (ask, asked) = mpsc::unbounded_channel::<Asked>();
        let asked = Arc::new(Mutex::new(asked));
        for _ in 0..READERS {
            let (sender, folder, asked) = (self.clone(), folder.clone(), asked.clone());
            // It ends when nobody asks any more, or when nobody listens.
            tokio::task::spawn_blocking(move || sender.read(&folder, &asked));
        }
        let sender = self.clone();
        tokio::task::spawn_blocking(move || sender.list(&folder, &wanted));
        let ended = loop {
            let packet = match questions.message().await {
                Ok(Some(packet)) => packet,
                Ok(None) => break Ok(()),
                Err(status) => break Err(status),
            };
            match Kind::try_from(packet.kind) {
                Ok(Kind::Request) => match self.take(packet.id) {
                    Some(listed) => {
                        // Readers end before this only when nobody listens.
                        if ask.send((packet.id, listed)).is_err() {
                            break Ok(());
                        }
                    }
                    None => {
                        let words = format!("there is no file {}", packet.id);
                        break Err(Status::invalid_argument(words));
                    }
                },
                Ok(Kind::Finished) => {
                    if let Some(telling) = &self.counted {
                        telling.done();
                    }
                    self.give(Packet::finished()).await;
                    break Ok(());
                }
                Ok(Kind::Error) => {
                    let words = String::from_utf8_lossy(&packet.data).into_owned();
                    break Err(Status::aborted(words));
                }
                Ok(Kind::Stat | Kind::Data) | Err(_) => {
                    break Err(Status::invalid_argument("an unknown message"));
                }
            }
        };
        if let Err(status) = ended {
            tracing::debug!(%status, "the engine stopped taking a folder");
        }
    }

    fn take(&self, id: u32) -> Option<Listed> {
        let mut listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        listed.get_mut(usize::try_from(id).ok()?)?.take()
    }

    async fn give(&self, packet: Packet) -> bool {
        self.out.send(Ok(packet)).await.is_ok()
    }

    fn give_blocking(&self, packet: Packet) -> bool {
        self.out.blocking_send(Ok(packet)).is_ok()
    }

    /// Tells all files.
    fn list(&self, folder: &Folder, wanted: &Wanted) {
        let listed = match folder {
            Folder::Disk(root) => {
                let mut tell = |stat: Stat| {
                    if std::str::from_utf8(&stat.path).is_err() {
                        self.telling.add_odd_name(on_disk(root, &stat.path));
                    }
                    self.tell(stat)
                };
                Filter::new(root, wanted)
                    .map_err(Stopped::Failed)
                    .and_then(|filter| {
                        walk::walk(root, &filter, &|| self.out.is_closed(), &mut tell)
                    })
            }
            Folder::Memory(files) => match stats(files).all(|stat| self.tell(stat)) {
                true => Ok(()),
                false => Err(Stopped::Unwanted),
            },
        };
        match listed {
            Ok(()) => {
                self.give_blocking(Packet::last_stat());
            }
            Err(Stopped::Unwanted) => {}
            Err(Stopped::Failed(failure)) => self.fail(failure),
        }
    }

    fn tell(&self, stat: Stat) -> bool {
        let listed = facts::has_content(&stat).then(|| Listed {
            name: stat.path.clone(),
            size: stat.size,
            modified: stat.modified,
        });
        // It must be known before the engine can ask for it.
        let mut all = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(listed);
        drop(all);
        self.give_blocking(Packet::stat(stat))
    }

    /// Reads files that were asked for, one after the other.
    fn read(&self, folder: &Folder, asked: &Mutex<mpsc::UnboundedReceiver<Asked>>) {
        loop {
            let next = {
                let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
                asked.blocking_recv()
            };
            let Some((id, listed)) = next else {
                return;
            };
            let mut give = |piece: Vec<u8>| {
                if let Some(telling) = &self.counted {
                    telling.add_bytes(piece.len());
                }
                self.give_blocking(Packet::data(id, piece))
            };
            let read = match folder {
                Folder::Disk(root) => {
                    content::read(&on_disk(root, &listed.name), &listed, &mut give)
                }
                Folder::Memory(files) => {
                    let named = files
                        .iter()
                        .find(|(name, _)| name.as_bytes() == listed.name);
                    let pieces = named.map(|(_, text)| text.chunks(1024 * 1024));
                    pieces
                        .into_iter()
                        .flatten()
                        .all(|piece| give(piece.to_vec()));
                    Ok(())
                }
            };
            if let Err(failure) = read {
                return self.fail(failure);
            }
            if let Some(telling) = &self.counted {
                telling.add_file();
            }
            if !self.give_blocking(Packet::data(id, Vec::new())) {
                return;
            }
        }
    }

    /// Tells the engine, whose build then fails, and who waits for it, which knows the file.
    fn fail(&self, failure: FileFailure) {
        let words = failure.to_string();
        self.telling.fail(failure);
        // Nobody listens any more where this can't be sent.
        let told = self.out.blocking_send(Ok(Packet::error(words.clone())));
        if told.is_ok() {
            let _ = self.out.blocking_send(Err(Status::aborted(words)));
        }
    }
}

/// The facts of files that are at hand.
fn stats(files: &[(String, Arc<[u8]>)]) -> impl Iterator<Item = Stat> {
    // The engine compares times to find out whether it has a file already.
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = i64::try_from(now.unwrap_or_default().as_nanos()).unwrap_or(i64::MAX);
    let mut files: Vec<_> = files.iter().collect();
    files.sort();
    files.into_iter().map(move |(name, text)| Stat {
        path: name.clone().into_bytes(),
        mode: 0o644,
        size: i64::try_from(text.len()).unwrap_or(i64::MAX),
        modified: now,
        ..Stat::default()
    })
}

/// The bytes of a name, with `/` between its parts.
#[cfg(unix)]
fn slashed(name: &OsStr) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt as _;
    name.as_bytes().to_vec()
}

#[cfg(not(unix))]
fn slashed(name: &OsStr) -> Vec<u8> {
    name.to_string_lossy().replace('\\', "/").into_bytes()
}

#[cfg(unix)]
fn on_disk(root: &Path, name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    root.join(OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn on_disk(root: &Path, name: &[u8]) -> PathBuf {
    root.join(String::from_utf8_lossy(name).as_ref())
}
