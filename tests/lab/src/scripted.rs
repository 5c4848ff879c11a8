//! A socket that answers exactly what a script says, byte by byte, for what no real engine does on
//! demand: a frame cut at every byte, a stream that dies, an answer that never comes.
//!
//! ```
//! use slipway_lab::scripted::{Reply, Scripted};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = Scripted::new()
//!     .on("GET /containers/json", Reply::json("[]"))
//!     .on("GET /containers/json", Reply::json("[]").cut_after(20))
//!     .start()?;
//! // ... a client of `server.socket()` ...
//! assert!(server.requests().is_empty());
//! # Ok(())
//! # }
//! ```

mod reply;
mod serve;

use std::collections::VecDeque;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub use reply::Reply;

use crate::cache::remove;
use crate::error::{During, LabError};
use crate::paths::make_folder;
use crate::wait::wait_until;

/// A request as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST` and so on.
    pub method: String,
    /// Path and query, with the version that the client put before them.
    pub path: String,
    /// Name and value of each header field, in order, as they came.
    pub headers: Vec<(String, String)>,
    /// The body, taken out of its chunks.
    pub body: Vec<u8>,
    /// What came after the request on a connection that [`Reply::then_listen`] kept open.
    pub after: Vec<u8>,
    /// The client has closed a connection that [`Reply::then_listen`] kept open.
    pub closed: bool,
}

impl Request {
    /// The value of the first header field of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Path and query without the API version: `/v1.41/info` is `/info`.
    pub fn route(&self) -> &str {
        without_version(&self.path)
    }
}

/// A script: which requests get which replies.
#[derive(Debug)]
pub struct Scripted {
    routes: Vec<Route>,
    api_version: String,
}

#[derive(Debug)]
struct Route {
    method: String,
    path: String,
    replies: VecDeque<Reply>,
}

impl Default for Scripted {
    fn default() -> Self {
        Self::new()
    }
}

impl Scripted {
    /// A script that knows `/_ping` and `/version`, and answers 404 to all else.
    pub fn new() -> Self {
        Self {
            routes: Vec::new(),
            api_version: "1.41".to_owned(),
        }
    }

    /// Adds a reply to `route`: a method and the start of a path, such as `GET /containers/`. An API
    /// version before the path matters neither here nor in requests; where several routes match, the
    /// longest path does. Replies to one route are given in order, and the last one over and over.
    pub fn on(mut self, route: &str, reply: Reply) -> Self {
        let (method, path) = route.split_once(' ').unwrap_or(("GET", route));
        let path = without_version(path);
        match self
            .routes
            .iter_mut()
            .find(|known| known.method == method && known.path == path)
        {
            Some(known) => known.replies.push_back(reply),
            None => self.routes.push(Route {
                method: method.to_owned(),
                path: path.to_owned(),
                replies: VecDeque::from([reply]),
            }),
        }
        self
    }

    /// The API version that `/_ping` and `/version` tell; 1.41 unless set.
    pub fn api_version(mut self, version: &str) -> Self {
        version.clone_into(&mut self.api_version);
        self
    }

    /// Starts to serve on a socket of its own.
    pub fn start(self) -> Result<ScriptedServer, LabError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        // A short path: the system's temporary folder is a long one on macOS.
        let folder = PathBuf::from(format!(
            "/tmp/slipway-scripted-{}-{count}",
            std::process::id()
        ));
        remove(&folder)?;
        make_folder(&folder)?;
        let socket = folder.join("s");
        let listener =
            UnixListener::bind(&socket).during(|| format!("listen on {}", socket.display()))?;
        let shared = Arc::new(Shared {
            script: Mutex::new(self),
            requests: Mutex::default(),
            ending: AtomicBool::new(false),
        });
        let accepting = Arc::clone(&shared);
        let acceptor = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if accepting.ending.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&accepting);
                // Not joined: a connection ends with its client, or with the process.
                thread::spawn(move || serve::connection(stream, &shared));
            }
        });
        Ok(ScriptedServer {
            folder,
            socket,
            shared,
            acceptor: Some(acceptor),
        })
    }

    /// The reply to a request, taken off its route's queue.
    fn reply(&mut self, request: &Request) -> Reply {
        let route = request.route();
        let found = self
            .routes
            .iter_mut()
            .filter(|known| known.method == request.method && route.starts_with(&known.path))
            .max_by_key(|known| known.path.len());
        if let Some(known) = found {
            let last = known.replies.len() == 1;
            let next = if last {
                known.replies.front().cloned()
            } else {
                known.replies.pop_front()
            };
            return next.unwrap_or_else(|| Reply::missing(&request.path));
        }
        match (request.method.as_str(), route) {
            ("GET" | "HEAD", "/_ping") => Reply::ping(&self.api_version, request.method == "GET"),
            ("GET", "/version") => Reply::version(&self.api_version),
            _ => Reply::missing(&request.path),
        }
    }
}

/// What the server's threads share.
#[derive(Debug)]
struct Shared {
    script: Mutex<Scripted>,
    requests: Mutex<Vec<Request>>,
    ending: AtomicBool,
}

/// A script being served; it ends with the value.
#[derive(Debug)]
pub struct ScriptedServer {
    folder: PathBuf,
    socket: PathBuf,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

impl ScriptedServer {
    /// The socket.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// The value for `DOCKER_HOST`.
    pub fn host(&self) -> String {
        format!("unix://{}", self.socket.display())
    }

    /// What came so far, in the order in which it came, with `/_ping` and `/version`.
    pub fn requests(&self) -> Vec<Request> {
        locked(&self.shared.requests).clone()
    }

    /// Waits for a request to `route` (as in [`Scripted::on`]) and gives the first one.
    pub fn wait_for(&self, route: &str) -> Result<Request, LabError> {
        let (method, path) = route.split_once(' ').unwrap_or(("GET", route));
        let path = without_version(path);
        wait_until(
            Duration::from_secs(20),
            &format!("a request {route}"),
            || {
                self.requests()
                    .into_iter()
                    .find(|request| request.method == method && request.route().starts_with(path))
            },
        )
    }
}

impl Drop for ScriptedServer {
    fn drop(&mut self) {
        self.shared.ending.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        let woken = UnixStream::connect(&self.socket).is_ok();
        if let Some(acceptor) = self.acceptor.take().filter(|_| woken) {
            let _ = acceptor.join();
        }
        let _ = remove(&self.folder);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes `/v1.41` off the start of a path.
fn without_version(path: &str) -> &str {
    let Some(rest) = path.strip_prefix("/v") else {
        return path;
    };
    let end = rest.find('/').unwrap_or(rest.len());
    let version = &rest[..end];
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_version = version
        .split_once('.')
        .is_some_and(|(major, minor)| digits(major) && digits(minor));
    if is_version { &rest[end..] } else { path }
}
