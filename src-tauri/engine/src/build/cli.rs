//! Builds with the docker command of this computer, for what the engine's API has no way for: results that
//! go elsewhere, other builders, several platforms at once.

mod rawjson;
mod words;

use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use serde_json::Value;
use slipway_action::Build;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::build::buildkit::Followed;
use crate::build::steps::Steps;
use crate::build::{BuildError, Built, Task, Told, proof};
use crate::connect::Engine;
use crate::endpoint::{Endpoint, TlsFiles};
use crate::problem::explain::cleaned;
use crate::problem::failure::Failure;
use crate::problem::{Code, Problem};

/// How long the command may take to say which buildx it has.
const ASK_LIMIT: Duration = Duration::from_secs(20);
/// The longest line of progress that is read.
const LONGEST_LINE: u64 = 16 * 1024 * 1024;
/// So much of what it says beside its progress is kept.
const LONGEST_WORDS: usize = 64 * 1024;

/// The docker command, told where the engine is.
#[derive(Debug, Clone)]
pub(crate) struct Cli {
    program: PathBuf,
    /// What is set in its environment.
    env: Vec<(String, String)>,
}

impl Cli {
    /// The command, if it is on this computer, has buildx, and can reach the engine as it is reached here.
    pub async fn find(engine: &Engine) -> Option<Self> {
        let surroundings = engine.surroundings();
        let program = surroundings.program("docker")?;
        let mut env: Vec<(String, String)> = surroundings
            .env
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        env.extend(reach(engine.endpoint())?);
        let cli = Self { program, env };
        let mut command = cli.command();
        command.args(["buildx", "version"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        match tokio::time::timeout(ASK_LIMIT, command.status()).await {
            Ok(Ok(status)) => status.success().then_some(cli),
            Ok(Err(error)) => {
                tracing::debug!(%error, "the docker command can't be started");
                None
            }
            Err(_) => None,
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        for name in ["DOCKER_CONTEXT", "DOCKER_TLS", "DOCKER_TLS_VERIFY"] {
            command.env_remove(name);
        }
        command
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .env_remove("DOCKER_CONTEXT")
            .stdin(Stdio::null())
            .kill_on_drop(true);
        // A group of its own, so that its plugin ends with it.
        #[cfg(unix)]
        command.process_group(0);
        command
    }
}

/// The variables that lead the command to an engine; `None` where it can't go the same way.
fn reach(endpoint: &Endpoint) -> Option<Vec<(String, String)>> {
    let set = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut env = vec![set("DOCKER_HOST", &endpoint.to_string())];
    let tls = match endpoint {
        Endpoint::Tcp { tls: Some(tls), .. } => tls,
        Endpoint::Tcp { tls: None, .. }
        | Endpoint::Unix(_)
        | Endpoint::Pipe(_)
        | Endpoint::Ssh { .. } => return Some(env),
    };
    env.push(set("DOCKER_CERT_PATH", folder_of(tls)?.to_str()?));
    env.push(if tls.skip_verify {
        set("DOCKER_TLS", "1")
    } else {
        set("DOCKER_TLS_VERIFY", "1")
    });
    Some(env)
}

/// The folder of the certificates, if they lie as the command looks for them.
fn folder_of(tls: &TlsFiles) -> Option<&Path> {
    let named = [
        (&tls.ca, "ca.pem"),
        (&tls.cert, "cert.pem"),
        (&tls.key, "key.pem"),
    ];
    let mut folder = None;
    for (path, name) in named {
        let path = path.as_deref()?;
        let fits = path.file_name().is_some_and(|it| it == name);
        let parent = path.parent().filter(|_| fits)?;
        if folder.is_some_and(|folder| folder != parent) {
            return None;
        }
        folder = Some(parent);
    }
    folder.filter(|_| tls.server_name.is_none())
}

/// Builds, and tells the steps as the command tells them.
pub(crate) async fn build(
    task: Task<'_>,
    cli: &Cli,
    dockerfile: Option<&[u8]>,
    steps: &Steps<'_>,
) -> Result<Built, BuildError> {
    let place = tempfile::tempdir().map_err(|error| unusable(&error))?;
    let facts = place.path().join("facts.json");
    let mut command = cli.command();
    command
        .args(words::of(task.verb, &facts))
        .current_dir(task.folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut group = Group::start(command).map_err(|error| unusable(&error))?;
    let tell = |told: Told<'_>| steps.told(told);
    let mut followed = Followed::new(&tell, dockerfile.unwrap_or_default());
    let (status, answer, said) = group
        .follow(&mut followed)
        .await
        .map_err(|error| unusable(&error))?;
    let looks = looks(task.verb);
    // A check that has found something says so by its failure too.
    let answered = looks && !answer.is_empty();
    if !status.success() && !answered {
        followed.end_ill();
        return Err(BuildError::Said {
            message: words_of(&said),
            code: None,
            line: None,
        });
    }
    followed.end_well();
    if looks {
        return Ok(Built {
            text: Some(cleaned(&answer)),
            ..Built::default()
        });
    }
    let facts = read(&facts).await;
    let id = match facts.as_ref().and_then(image) {
        Some(id) if stays(task.verb) => {
            Some(proof::proven(task.engine, task.verb, Some(id)).await?)
        }
        Some(_) | None => None,
    };
    Ok(Built {
        id,
        metadata: facts,
        ..Built::default()
    })
}

/// Whether it only looks at the Dockerfile.
fn looks(verb: &Build) -> bool {
    let call = verb.output.call.as_deref();
    verb.output.check || call.is_some_and(|call| !matches!(call, "" | "build"))
}

/// Whether the result is an image of this engine.
fn stays(verb: &Build) -> bool {
    let output = &verb.output;
    let builder = verb.steps.builder.as_deref().unwrap_or_default();
    let own = matches!(builder, "" | "default") || output.load;
    own && !output.push && output.output.iter().all(|it| it.contains("type=docker"))
}

/// What the command says of the finished build.
async fn read(facts: &Path) -> Option<Value> {
    let bytes = tokio::fs::read(facts).await.ok()?;
    match serde_json::from_slice(&bytes) {
        Ok(facts) => Some(facts),
        Err(error) => {
            tracing::warn!(%error, "the facts about a build can't be read");
            None
        }
    }
}

fn image(facts: &Value) -> Option<&str> {
    let keys = ["containerimage.digest", "containerimage.config.digest"];
    keys.iter().find_map(|key| facts.get(key)?.as_str())
}

/// The command's own words for a failure, without its marks.
fn words_of(said: &str) -> String {
    let failed = said.lines().rfind(|line| line.starts_with("ERROR: "));
    let text = failed.map_or(said, |line| line.trim_start_matches("ERROR: "));
    let text = text.trim_start_matches("failed to build: ");
    text.trim_start_matches("failed to solve: ")
        .trim()
        .to_owned()
}

fn unusable(error: &io::Error) -> Failure {
    let problem = Problem::new(
        Code::Other,
        "The docker command could not be used",
        format!("It could not be started, or it stopped talking: {error}."),
        "Try the command in a terminal.",
    );
    Failure::from(problem)
}

/// The command and all that it has started; they end with this value.
struct Group(Child);

impl Group {
    fn start(mut command: Command) -> io::Result<Self> {
        command.spawn().map(Self)
    }

    /// Reads what it tells until it ends: how it ended, what it answered, and what it said beside its progress.
    async fn follow(
        &mut self,
        followed: &mut Followed<'_>,
    ) -> io::Result<(ExitStatus, String, String)> {
        let (Some(stdout), Some(stderr)) = (self.0.stdout.take(), self.0.stderr.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let answered = async {
            let mut answer = Vec::new();
            let mut stdout = stdout.take(LONGEST_WORDS as u64);
            stdout.read_to_end(&mut answer).await?;
            // What is beyond is not kept, and must not hold the command up.
            tokio::io::copy(&mut stdout.into_inner(), &mut tokio::io::sink()).await?;
            io::Result::Ok(answer)
        };
        let told = async {
            let mut lines = BufReader::new(stderr);
            let mut said = String::new();
            let mut line = Vec::new();
            loop {
                line.clear();
                let mut bounded = (&mut lines).take(LONGEST_LINE);
                if bounded.read_until(b'\n', &mut line).await? == 0 {
                    return io::Result::Ok(said);
                }
                match rawjson::read(&line) {
                    Some(status) => followed.take(status),
                    None => {
                        let room = LONGEST_WORDS.saturating_sub(said.len()).min(line.len());
                        said.push_str(&String::from_utf8_lossy(&line[..room]));
                    }
                }
            }
        };
        let (answer, said) = tokio::try_join!(answered, told)?;
        let status = self.0.wait().await?;
        Ok((status, String::from_utf8_lossy(&answer).into_owned(), said))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // It has no id any more once it ended and was waited for.
        #[cfg(unix)]
        if let Some(pid) = self
            .0
            .id()
            .and_then(|id| i32::try_from(id).ok())
            .and_then(rustix::process::Pid::from_raw)
            && let Err(error) =
                rustix::process::kill_process_group(pid, rustix::process::Signal::KILL)
        {
            tracing::debug!(%error, "the docker command had ended already");
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn the_command_goes_the_same_way_or_none() {
        let tls = |ca: &str, key: &str| TlsFiles {
            ca: Some(ca.into()),
            cert: Some("/c/cert.pem".into()),
            key: Some(key.into()),
            ..TlsFiles::default()
        };
        let reach = |tls| {
            let endpoint = Endpoint::parse_with("tcp://h:1", Some(tls)).unwrap();
            super::reach(&endpoint).map(|env| env.len())
        };
        assert_eq!(reach(tls("/c/ca.pem", "/c/key.pem")), Some(3));
        assert_eq!(reach(tls("/d/ca.pem", "/c/key.pem")), None);
        assert_eq!(reach(tls("/c/ca.pem", "/c/other.pem")), None);
        let plain = Endpoint::parse("unix:///x").unwrap();
        let host = ("DOCKER_HOST".to_owned(), "unix:///x".to_owned());
        assert_eq!(super::reach(&plain), Some(vec![host]));
    }

    #[test]
    fn the_words_of_a_failure_are_found() {
        let said = "Dockerfile:2\n--------------------\n   2 | >>> RUN x\n--------------------\n\
            ERROR: failed to build: failed to solve: process \"x\" did not complete: exit code: 127\n";
        assert_eq!(
            words_of(said),
            "process \"x\" did not complete: exit code: 127"
        );
        assert_eq!(words_of("unknown flag: --x\n"), "unknown flag: --x");
    }
}
