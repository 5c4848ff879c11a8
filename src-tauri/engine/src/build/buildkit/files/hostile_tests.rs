//! What an engine gets that asks for more than it was offered.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![cfg(unix)]

use std::os::unix::fs::symlink;

use http::uri::PathAndQuery;
use hyper_util::rt::TokioIo;
use tonic::Code;
use tonic_prost::ProstCodec;
use tower_service::Service as _;

use super::*;
use crate::build::buildkit::grpc::Channel;
use crate::build::buildkit::tasks::Tasks;

const DIFF_COPY: &str = "/moby.filesync.v1.FileSync/DiffCopy";

/// What an engine says about the folder that it wants.
type About = [(&'static str, &'static str)];

/// An engine, and this computer, which offers it one folder.
struct Asking {
    channel: Channel,
    telling: Arc<Telling>,
    _tasks: Tasks,
}

impl Asking {
    async fn of(root: &Path) -> Self {
        let tasks = Tasks::default();
        let spawner = tasks.spawner();
        let (here, there) = tokio::io::duplex(64 * 1024);
        let folder = Folder::Disk(root.to_owned());
        let folders = Folders([("context".to_owned(), folder)].into());
        let telling = Arc::new(Telling::new().0);
        let (starts, told) = (spawner.clone(), telling.clone());
        spawner.spawn(async move {
            let serves = starts.clone();
            let handle = |request| std::future::ready(diff_copy(request, &folders, &told, &starts));
            let ended = grpc::serve(TokioIo::new(here), &serves, handle).await;
            ended.unwrap_or_else(|error| panic!("the session broke: {error}"));
        });
        let channel = Channel::over(TokioIo::new(there), &spawner).await;
        Self {
            channel: channel.unwrap(),
            telling,
            _tasks: tasks,
        }
    }

    /// Asks for a folder: where to say more, and what is answered.
    async fn ask(
        &self,
        about: &About,
    ) -> Result<(mpsc::Sender<Packet>, Streaming<Packet>), Status> {
        let origin = http::Uri::from_static("http://localhost");
        let mut client = tonic::client::Grpc::with_origin(self.channel.clone(), origin);
        client.ready().await.unwrap();
        let (say, mut said) = mpsc::channel(8);
        let said = futures_util::stream::poll_fn(move |context| said.poll_recv(context));
        let mut request = tonic::Request::new(said);
        for (name, value) in about {
            request.metadata_mut().append(*name, value.parse().unwrap());
        }
        let path = PathAndQuery::from_static(DIFF_COPY);
        let codec = ProstCodec::<Packet, Packet>::default();
        let answer = client.streaming(request, path, codec).await?;
        Ok((say, answer.into_inner()))
    }

    /// What is told of the whole folder, once all of it is told.
    async fn opened(
        &self,
        about: &About,
    ) -> (mpsc::Sender<Packet>, Streaming<Packet>, Vec<String>) {
        let (say, mut answers) = self.ask(about).await.unwrap();
        let mut names = Vec::new();
        while let Some(stat) = answers.message().await.unwrap().unwrap().stat {
            names.push(String::from_utf8(stat.path).unwrap());
        }
        (say, answers, names)
    }
}

fn request(id: u32) -> Packet {
    Packet {
        kind: Kind::Request.into(),
        id,
        ..Packet::default()
    }
}

/// The content that comes until the answer ends.
async fn content(mut answers: Streaming<Packet>) -> Vec<u8> {
    let mut content = Vec::new();
    while let Ok(Some(packet)) = answers.message().await {
        content.extend(packet.data);
    }
    content
}

fn folder() -> tempfile::TempDir {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().join("root");
    std::fs::create_dir_all(root.join("in")).unwrap();
    std::fs::write(outer.path().join("secret"), "not for the engine").unwrap();
    std::fs::write(root.join("in/file"), "for the engine").unwrap();
    symlink("../secret", root.join("out")).unwrap();
    symlink("..", root.join("up")).unwrap();
    outer
}

#[tokio::test]
async fn only_the_folders_that_are_offered_are_sent() {
    let outer = folder();
    let engine = Asking::of(&outer.path().join("root")).await;
    for name in ["", "..", "/", "context/..", "Context", "dockerfile"] {
        let refused = engine.ask(&[("dir-name", name)]).await;
        let code = refused.err().map(|it| it.code());
        assert_eq!(code, Some(Code::NotFound), "{name}");
    }
}

#[tokio::test]
async fn nothing_outside_the_folder_is_told() {
    let outer = folder();
    let engine = Asking::of(&outer.path().join("root")).await;
    let rows: &[((&str, &str), &[&str])] = &[
        (("include-patterns", "../secret"), &[]),
        (("include-patterns", "/etc/passwd"), &[]),
        (("include-patterns", "in/../../secret"), &[]),
        (("include-patterns", "up/*"), &[]),
        (("followpaths", "out"), &["out"]),
        (("followpaths", "../s*"), &[]),
        (("followpaths", "up/secret"), &["up"]),
        (("followpaths", "/in"), &["in", "in/file"]),
    ];
    for (about, expected) in rows {
        let about = [("dir-name", "context"), *about];
        let (_, _, names) = engine.opened(&about).await;
        assert_eq!(names, *expected, "{about:?}");
    }
}

#[tokio::test]
async fn only_what_was_told_is_sent_and_only_once() {
    let outer = folder();
    let engine = Asking::of(&outer.path().join("root")).await;
    let about = [("dir-name", "context")];
    // `in`, `out` and `up` have no content, and nothing has the other numbers.
    for wrong in [0, 2, 3, 4, u32::MAX] {
        let (say, answers, names) = engine.opened(&about).await;
        assert_eq!(names, ["in", "in/file", "out", "up"]);
        say.send(request(wrong)).await.unwrap();
        assert!(content(answers).await.is_empty(), "{wrong}");
    }
    let (say, answers, _) = engine.opened(&about).await;
    say.send(request(1)).await.unwrap();
    say.send(request(1)).await.unwrap();
    assert_eq!(
        content(answers).await,
        b"for the engine",
        "and no second time"
    );
    let (say, answers, _) = engine.opened(&about).await;
    let odd = Packet {
        kind: 99,
        ..Packet::default()
    };
    say.send(odd).await.unwrap();
    assert!(content(answers).await.is_empty());
    assert!(
        engine.telling.take_failure().is_none(),
        "the folder is fine"
    );
}

#[tokio::test]
async fn a_message_that_claims_to_be_huge_is_not_waited_for() {
    let outer = folder();
    let engine = Asking::of(&outer.path().join("root")).await;
    let claims = bytes::Bytes::from_static(&[0, 0xff, 0xff, 0xff, 0xff, 1, 2, 3]);
    let question = Request::post(format!("http://localhost{DIFF_COPY}"))
        .header("content-type", "application/grpc")
        .header("dir-name", "context")
        .body(Body::new(http_body_util::Full::new(claims)))
        .unwrap();
    let answer = engine.channel.clone().call(question).await.unwrap();
    let ended = http_body_util::BodyExt::collect(answer.into_body()).await;
    assert!(ended.is_ok(), "it ends by itself");
    let (_, _, names) = engine.opened(&[("dir-name", "context")]).await;
    assert_eq!(names.len(), 4, "and the session goes on");
}
