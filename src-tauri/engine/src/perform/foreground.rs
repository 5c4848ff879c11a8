//! A container that is started and shown: its output is followed from before its program starts until
//! it has ended.

use std::time::Duration;

use serde::Deserialize;

use crate::call::{Call, container};
use crate::connect::read_json;
use crate::perform::{Job, start};
use crate::problem::failure::Failure;
use crate::stream::attach::attach;

/// How long an engine may take to say that it waits for the end. Docker says so at once; one that does
/// not say it before the end is still waited for.
const WAIT_LIMIT: Duration = Duration::from_secs(5);
/// How long the last output may take after the program has ended; Podman may leave the connection open
/// (podman#19901).
const DRAIN_LIMIT: Duration = Duration::from_secs(2);

/// The answer of `POST /containers/NAME/wait`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ended {
    status_code: i64,
    error: Option<WaitError>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct WaitError {
    message: Option<String>,
}

/// Starts a container that does not run, tells the job's report what it prints, and answers how its
/// program ended.
pub(super) async fn start(
    job: Job<'_>,
    name: &str,
    terminal: bool,
    removes_itself: bool,
) -> Result<i64, Failure> {
    let mut output = attach(job.engine, name, terminal).await?;
    // As the docker command does: asked before the start, else a short program would be gone unseen.
    let condition = if removes_itself {
        "removed"
    } else {
        "next-exit"
    };
    let call = Call::post(container(name, "/wait")?).with("condition", condition);
    let mut waiting = Box::pin(call.send(job.engine));
    let heard = tokio::time::timeout(WAIT_LIMIT, &mut waiting).await;
    start::one(job, name).await?;

    let printed = async {
        while let Some(bytes) = output.next().await {
            job.report.output(&bytes?);
        }
        Ok::<(), Failure>(())
    };
    let ended = async {
        let answer = match heard {
            Ok(answer) => answer?,
            Err(_) => waiting.await?,
        };
        exit_code(read_json(answer).await?)
    };
    tokio::pin!(printed, ended);
    tokio::select! {
        printed = &mut printed => {
            printed?;
            ended.await
        }
        code = &mut ended => {
            let code = code?;
            if let Ok(printed) = tokio::time::timeout(DRAIN_LIMIT, printed).await {
                printed?;
            }
            Ok(code)
        }
    }
}

fn exit_code(ended: Ended) -> Result<i64, Failure> {
    match ended
        .error
        .and_then(|error| error.message)
        .filter(|message| !message.is_empty())
    {
        Some(message) => Err(Failure::Said(message)),
        None => Ok(ended.status_code),
    }
}
