//! One conversation between a step and the agent of this computer
//! (<https://datatracker.ietf.org/doc/html/draft-ietf-sshm-ssh-agent>): lengths, then a byte that says what.

use std::path::PathBuf;

use bollard_buildkit_proto::moby::sshforward::v1::BytesMessage;
use bytes::{Buf as _, BytesMut};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;
use tokio::sync::mpsc::Sender;
use tonic::{Status, Streaming};

/// What a step may ask: which keys there are, and for a signature.
const ALLOWED: [u8; 2] = [11, 13];
/// The agent's "no".
const REFUSED: [u8; 5] = [0, 0, 0, 1, 5];
/// No agent takes or gives longer messages.
const LONGEST: usize = 256 * 1024;

type Answers = Sender<Result<BytesMessage, Status>>;

/// Carries questions to the agent and its answers back, until the step has no more.
pub(in super::super) async fn forward(
    socket: PathBuf,
    mut questions: Streaming<BytesMessage>,
    answers: Answers,
) {
    if let Err(status) = converse(socket, &mut questions, &answers).await {
        // Nobody listens any more where this can't be sent.
        let _ = answers.send(Err(status)).await;
    }
}

async fn converse(
    socket: PathBuf,
    questions: &mut Streaming<BytesMessage>,
    answers: &Answers,
) -> Result<(), Status> {
    let mut agent = UnixStream::connect(socket).await.map_err(broken)?;
    let mut asked = BytesMut::new();
    while let Some(piece) = questions.message().await? {
        asked.extend_from_slice(&piece.data);
        while let Some(question) = whole(&mut asked)? {
            let data = match question.get(4) {
                Some(kind) if ALLOWED.contains(kind) => ask(&mut agent, &question).await?,
                Some(_) | None => REFUSED.to_vec(),
            };
            if answers.send(Ok(BytesMessage { data })).await.is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Takes the first message off, if it is whole.
fn whole(bytes: &mut BytesMut) -> Result<Option<BytesMut>, Status> {
    let Some(head) = bytes.first_chunk::<4>() else {
        return Ok(None);
    };
    let length = u32::from_be_bytes(*head) as usize;
    if length > LONGEST {
        return Err(Status::invalid_argument(
            "a message to the ssh agent is too long",
        ));
    }
    if bytes.remaining() < length + 4 {
        return Ok(None);
    }
    Ok(Some(bytes.split_to(length + 4)))
}

async fn ask(agent: &mut UnixStream, question: &[u8]) -> Result<Vec<u8>, Status> {
    agent.write_all(question).await.map_err(broken)?;
    let length = agent.read_u32().await.map_err(broken)?;
    if length as usize > LONGEST {
        return Err(Status::internal("the ssh agent’s answer is too long"));
    }
    let mut answer = length.to_be_bytes().to_vec();
    answer.resize(length as usize + 4, 0);
    let body = answer.get_mut(4..).unwrap_or_default();
    agent.read_exact(body).await.map_err(broken)?;
    Ok(answer)
}

fn broken(error: std::io::Error) -> Status {
    Status::unavailable(format!("the ssh agent can’t be asked: {error}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn messages_are_cut_by_their_lengths() {
        let mut bytes = BytesMut::from(&[0, 0, 0, 1, 11, 0, 0, 0, 2, 13][..]);
        assert_eq!(&whole(&mut bytes).unwrap().unwrap()[..], [0, 0, 0, 1, 11]);
        assert!(whole(&mut bytes).unwrap().is_none(), "half a message");
        bytes.extend_from_slice(&[9]);
        assert_eq!(
            &whole(&mut bytes).unwrap().unwrap()[..],
            [0, 0, 0, 2, 13, 9]
        );
        let mut bytes = BytesMut::from(&[255, 0, 0, 0][..]);
        assert!(whole(&mut bytes).is_err(), "too long");
    }

    #[tokio::test]
    async fn the_agent_is_asked_and_its_answer_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("agent");
        let listener = tokio::net::UnixListener::bind(&path).unwrap();
        let agent = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut question = [0; 5];
            stream.read_exact(&mut question).await.unwrap();
            stream.write_all(&[0, 0, 0, 2, 12, 7]).await.unwrap();
            question
        });
        let mut stream = UnixStream::connect(&path).await.unwrap();
        let answer = ask(&mut stream, &[0, 0, 0, 1, 11]).await.unwrap();
        assert_eq!(answer, [0, 0, 0, 2, 12, 7]);
        assert_eq!(agent.await.unwrap(), [0, 0, 0, 1, 11]);
    }
}
