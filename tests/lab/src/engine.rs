//! One engine: start, stop, kill, ask.

use std::fs::{self, OpenOptions};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::cache::say;
use crate::daemon::{self, Start};
use crate::error::{During, LabError};
use crate::kind::Kind;
use crate::net::Slot;
use crate::paths::Paths;
use crate::process::{Recorded, tail};
use crate::record::Record;
use crate::socket::answers;
use crate::wait::wait_until;
use crate::world::World;
use crate::{images, roots};

const HOLDER: &str = include_str!("../make/holder.sh");

/// How long a daemon may take to answer. It takes 3 s; a machine that builds beside it takes more.
const START_LIMIT: Duration = Duration::from_secs(90);

/// A private engine: own socket, data, namespaces and network.
///
/// One from [`Lab::fresh`](crate::Lab::fresh) ends with this value, or with its process if that is
/// killed. One from [`Lab::shared`](crate::Lab::shared) stays until `lab down`.
#[derive(Debug)]
pub struct Engine {
    /// What it is.
    pub kind: Kind,
    /// The socket that its API is on.
    pub socket: PathBuf,
    /// The docker command that asks it.
    cli: PathBuf,
    paths: Paths,
    folder: PathBuf,
    mirror: u16,
    slot: Slot,
    /// The first process of its namespaces.
    init: Recorded,
    /// Ended on drop.
    owned: bool,
    /// Processes that this one started and has to wait for.
    children: Mutex<Vec<Child>>,
}

/// How a `docker` command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The command line.
    pub command: String,
    /// The exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to stdout, lossily decoded.
    pub stdout: String,
    /// What it wrote to stderr, lossily decoded.
    pub stderr: String,
}

impl Output {
    /// What it wrote to stdout, without the line's end; an error if it failed.
    pub fn ok(self) -> Result<String, LabError> {
        if self.code == Some(0) {
            return Ok(self.stdout.trim_end().to_owned());
        }
        let status = self
            .code
            .map_or("a signal".to_owned(), |code| format!("exit code {code}"));
        let output = tail(&format!("{}{}", self.stdout, self.stderr), 25);
        Err(LabError::Command {
            command: self.command,
            status,
            output,
        })
    }
}

impl Engine {
    /// An empty engine that lives as long as the value.
    pub(crate) fn fresh(paths: &Paths, kind: Kind, mirror: u16) -> Result<Self, LabError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = paths.run.join(format!("e{}-{count}", std::process::id()));
        Self::make(paths, kind, mirror, &folder, true)
    }

    /// An engine in `folder` that stays.
    pub(crate) fn staying(
        paths: &Paths,
        kind: Kind,
        mirror: u16,
        folder: &Path,
    ) -> Result<Self, LabError> {
        let mut engine = Self::make(paths, kind, mirror, folder, false)?;
        engine.update(|record| record.owner = None)?;
        engine.owned = false;
        Ok(engine)
    }

    /// The engine that `record` in `folder` tells of, started again if its daemon doesn't run.
    pub(crate) fn found(
        paths: &Paths,
        folder: &Path,
        mirror: u16,
        record: &Record,
    ) -> Result<Option<Self>, LabError> {
        let (Some(kind), Some(slot), Some(&init)) =
            (record.kind, record.slot, record.processes.first())
        else {
            return Ok(None);
        };
        if !record.alive() {
            return Ok(None);
        }
        let engine = Self {
            kind,
            socket: daemon::socket(folder),
            cli: cli(paths, kind)?,
            paths: paths.clone(),
            folder: folder.to_path_buf(),
            mirror,
            slot,
            init,
            owned: false,
            children: Mutex::default(),
        };
        if !record.daemon.is_some_and(Recorded::alive) {
            engine.start()?;
        }
        Ok(Some(engine))
    }

    fn make(
        paths: &Paths,
        kind: Kind,
        mirror: u16,
        folder: &Path,
        owned: bool,
    ) -> Result<Self, LabError> {
        let root = match kind {
            Kind::Docker20 => roots::docker20(paths)?,
            Kind::DockerNewest | Kind::Podman => Some(roots::sid(paths)?),
        };
        let mut record = Record::starting();
        record.kind = Some(kind);
        record.write(folder)?;
        let slot = Slot::take(paths, folder)?;
        record.slot = Some(slot);
        record.write(folder)?;
        match kind {
            Kind::Docker20 | Kind::DockerNewest => slot.make_bridge()?,
            // Podman makes it with the settings that it needs, unless there is one.
            Kind::Podman => {}
        }
        let (child, init) = hold(folder, root.as_deref(), owned, &mut record)?;
        let engine = Self {
            kind,
            socket: daemon::socket(folder),
            cli: cli(paths, kind)?,
            paths: paths.clone(),
            folder: folder.to_path_buf(),
            mirror,
            slot,
            init,
            // Until it answers it is ours in any case: a failed start leaves nothing behind.
            owned: true,
            children: Mutex::new(vec![child]),
        };
        engine.start()?;
        Ok(engine)
    }

    /// Gives it stand-ins for what lessons get from the internet. For an engine of a test's own; it lasts
    /// as long as the value that is given back.
    pub fn give_world(&self) -> Result<World, LabError> {
        World::around(&self.paths, &self.folder, self.slot, self.init)
    }

    /// The value for `DOCKER_HOST`.
    pub fn host(&self) -> String {
        format!("unix://{}", self.socket.display())
    }

    /// The file that the daemon writes its log to.
    pub fn log_path(&self) -> PathBuf {
        daemon::log(&self.folder)
    }

    /// A folder of its own for the docker CLI's settings; logins that a test makes are kept in it.
    pub fn docker_config(&self) -> PathBuf {
        self.folder.join("cli")
    }

    /// The pid of the daemon on the host, if it runs.
    pub fn pid(&self) -> Result<Option<u32>, LabError> {
        Ok(self
            .daemon()?
            .filter(|daemon| daemon.alive())
            .map(Recorded::pid))
    }

    /// A `docker` command against this engine, to be given words and run.
    pub fn docker_command(&self) -> Command {
        let mut command = Command::new(&self.cli);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("DOCKER_") {
                command.env_remove(name);
            }
        }
        command
            .env("DOCKER_HOST", self.host())
            .env("DOCKER_CONFIG", self.docker_config())
            .stdin(Stdio::null());
        command
    }

    /// A command that begins with a program's name, to be run among the engine's own mounts, also while its
    /// daemon is stopped.
    pub fn command_among_its_mounts(&self) -> Command {
        let mut command = Command::new("nsenter");
        command
            .arg(format!("--mount=/proc/{}/ns/mnt", self.init.pid()))
            .arg("--")
            .stdin(Stdio::null());
        command
    }

    /// Runs `docker` with these words against this engine.
    pub fn docker(&self, words: &[&str]) -> Result<Output, LabError> {
        let line = format!("docker {}", words.join(" "));
        let output = self
            .docker_command()
            .args(words)
            .output()
            .during(|| line.clone())?;
        Ok(Output {
            command: line,
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Puts one of the lab's [images](crate::images) in, unless it is there.
    pub fn load_image(&self, name: &str) -> Result<(), LabError> {
        if self.docker(&["image", "inspect", name])?.code == Some(0) {
            return Ok(());
        }
        debug_assert!(
            images::ALL.contains(&name),
            "{name} is none of the lab's images"
        );
        self.docker(&["pull", "-q", name])?.ok().map(drop)
    }

    /// Kills the daemon without a chance to tidy up. Its containers go on for as long as they can.
    pub fn kill9(&self) -> Result<(), LabError> {
        if let Some(daemon) = self.daemon()? {
            daemon.kill()?;
        }
        Ok(())
    }

    /// Ends the daemon as a system does: Docker ends its containers first, Podman leaves them be.
    pub fn stop(&self) -> Result<(), LabError> {
        if let Some(daemon) = self.daemon()? {
            daemon.signal("TERM")?;
            daemon.wait_gone(Duration::from_secs(60))?;
        }
        Ok(())
    }

    /// Starts the daemon again on the same data and socket, and waits until it answers.
    pub fn start(&self) -> Result<(), LabError> {
        let path = self.log_path();
        let open = || OpenOptions::new().create(true).append(true).open(&path);
        let log = open().during(|| format!("open {}", path.display()))?;
        let errors = open().during(|| format!("open {}", path.display()))?;
        let mut command = daemon::command(&Start {
            kind: self.kind,
            folder: &self.folder,
            holder: self.init,
            slot: self.slot,
            mirror: self.mirror,
        })?;
        // A killed daemon leaves its socket, on which nobody answers.
        let _ = fs::remove_file(&self.socket);
        let child = command
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .process_group(0)
            .spawn()
            .during(|| format!("start {}", self.kind))?;
        let entered = child_of(&child);
        self.children
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(child);
        let daemon = entered.ok_or_else(|| self.died())?;
        self.update(|record| record.daemon = Some(daemon))?;
        let what = format!("{} to answer", self.kind);
        let up = wait_until(START_LIMIT, &what, || {
            (answers(&self.socket) || !daemon.alive()).then(|| daemon.alive())
        });
        match up {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.died()),
            Err(LabError::TimedOut { what, limit, .. }) => {
                let detail = format!("; its log ends:\n{}", self.log_end());
                Err(LabError::TimedOut {
                    what,
                    limit,
                    detail,
                })
            }
            Err(error) => Err(error),
        }
    }

    /// Stops the daemon's process in its tracks: connections are accepted and nothing is answered.
    pub fn pause(&self) -> Result<(), LabError> {
        self.daemon()?.map_or(Ok(()), Recorded::stop)
    }

    /// Lets a paused daemon go on.
    pub fn resume(&self) -> Result<(), LabError> {
        let Some(daemon) = self.daemon()? else {
            return Ok(());
        };
        daemon.signal("CONT")?;
        // nsenter stops itself when its child is stopped, and would never see its child's end.
        daemon.parent().map_or(Ok(()), |entry| entry.signal("CONT"))
    }

    fn daemon(&self) -> Result<Option<Recorded>, LabError> {
        Ok(Record::read(&self.folder)?.and_then(|record| record.daemon))
    }

    fn update(&self, change: impl FnOnce(&mut Record)) -> Result<(), LabError> {
        let Some(mut record) = Record::read(&self.folder)? else {
            return Ok(());
        };
        change(&mut record);
        record.write(&self.folder)
    }

    fn log_end(&self) -> String {
        tail(&fs::read_to_string(self.log_path()).unwrap_or_default(), 12)
    }

    fn died(&self) -> LabError {
        LabError::Command {
            command: format!("the daemon of {}", self.kind),
            status: "it ended at once".to_owned(),
            output: self.log_end(),
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if !self.owned {
            return;
        }
        // A test that failed while its daemon was paused left nsenter stopped, which then takes no notice
        // of the daemon's end, and the daemon's namespace waits for that.
        let ended = self
            .resume()
            .and_then(|()| Record::read(&self.folder))
            .and_then(|record| record.map_or(Ok(()), |it| it.end(&self.paths, &self.folder)));
        if let Err(error) = ended {
            say(&format!("could not end {}: {error}", self.folder.display()));
        }
        let children = self
            .children
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        for child in children {
            // It may be stopped, if its daemon was paused to the last.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The docker command for a kind of engine: the machine's own, but for an engine that may be too old for it
/// the one that came with that.
fn cli(paths: &Paths, kind: Kind) -> Result<PathBuf, LabError> {
    let beside = match kind {
        Kind::Docker20 => roots::docker20(paths)?,
        Kind::DockerNewest | Kind::Podman => None,
    };
    Ok(beside.map_or_else(
        || PathBuf::from("docker"),
        |root| root.join("usr/bin/docker"),
    ))
}

/// Starts the process that holds an engine's namespaces: the child, which must be kept when owned
/// since the end of its stdin ends it, and the first process in the namespaces.
fn hold(
    folder: &Path,
    root: Option<&Path>,
    owned: bool,
    record: &mut Record,
) -> Result<(Child, Recorded), LabError> {
    let ready = folder.join("ready");
    let script = folder.join("holder.sh");
    fs::write(&script, HOLDER).during(|| format!("write {}", script.display()))?;
    let log_path = daemon::log(folder);
    let log = OpenOptions::new()
        .create(true)
        .append(true)
        .open(&log_path)
        .during(|| format!("open {}", log_path.display()))?;
    let mut command = Command::new("unshare");
    command
        .args(["--mount", "--pid", "--fork", "--kill-child", "bash"])
        .args([&script, &ready])
        .arg(if owned { "owned" } else { "shared" })
        .args(root)
        .stdin(if owned { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::null())
        .stderr(log)
        .process_group(0);
    let child = command.spawn().during(|| "start unshare".to_owned())?;
    let init = child_of(&child);
    record.processes = init.into_iter().chain(Recorded::of(child.id())).collect();
    record.write(folder)?;
    let alive = || init.is_some_and(Recorded::alive);
    let up = wait_until(Duration::from_secs(30), "an engine's namespaces", || {
        (ready.exists() || !alive()).then(alive)
    })?;
    match init {
        Some(init) if up => Ok((child, init)),
        _ => Err(LabError::Command {
            command: "the first process of an engine's namespaces".to_owned(),
            status: "it ended at once".to_owned(),
            output: tail(&fs::read_to_string(&log_path).unwrap_or_default(), 12),
        }),
    }
}

/// The process that `unshare` or `nsenter` forks into the namespaces; none if it failed to.
fn child_of(child: &Child) -> Option<Recorded> {
    let parent = Recorded::of(child.id())?;
    wait_until(
        Duration::from_secs(20),
        "a process to enter its namespaces",
        || {
            let found = parent.child();
            (found.is_some() || !parent.alive()).then_some(found)
        },
    )
    .ok()
    .flatten()
}
