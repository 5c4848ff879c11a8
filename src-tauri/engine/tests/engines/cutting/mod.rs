//! A socket before an engine's that hands everything on, until a connection is cut.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::oneshot;

type Open = Arc<Mutex<Vec<(String, oneshot::Sender<()>)>>>;

pub struct Cutting {
    folder: tempfile::TempDir,
    open: Open,
}

impl Cutting {
    /// Before the engine at `host`, `unix://…`. Each connection is known by its first request.
    pub fn before(host: &str) -> Self {
        let engine = host.strip_prefix("unix://").expect("a socket").to_owned();
        let folder = tempfile::tempdir().expect("a folder");
        let listener = UnixListener::bind(folder.path().join("s")).expect("a socket");
        let open = Open::default();
        let kept = open.clone();
        tokio::spawn(async move {
            while let Ok((here, _)) = listener.accept().await {
                tokio::spawn(carry(here, engine.clone(), kept.clone()));
            }
        });
        Self { folder, open }
    }

    pub fn host(&self) -> String {
        format!("unix://{}", self.folder.path().join("s").display())
    }

    /// Cuts the connections on which `path` was asked for.
    pub fn cut(&self, path: &str) {
        let mut open = self.open.lock().expect("no panic");
        open.retain(|(head, _)| !head.contains(path));
    }
}

async fn carry(mut here: UnixStream, engine: String, open: Open) {
    let mut there = UnixStream::connect(engine).await.expect("the engine");
    let mut head = vec![0; 8192];
    let Ok(length) = here.read(&mut head).await else {
        return;
    };
    let text = String::from_utf8_lossy(&head[..length]).into_owned();
    let line = text.lines().next().unwrap_or_default().to_owned();
    let (cut, cuts) = oneshot::channel();
    open.lock().expect("no panic").push((line, cut));
    if there.write_all(&head[..length]).await.is_err() {
        return;
    }
    tokio::select! {
        _ = copy_bidirectional(&mut here, &mut there) => {}
        _ = cuts => {}
    }
}
