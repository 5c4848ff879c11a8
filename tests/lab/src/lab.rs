//! The lab as a test sees it.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use crate::cache::{Lock, remove, say};
use crate::engine::Engine;
use crate::error::LabError;
use crate::images;
use crate::kind::Kind;
use crate::left_out::left_out;
use crate::paths::{Paths, uid};
use crate::record::{self, Record};
use crate::registry::Registry;
use crate::roots;

/// The name of the registry that stands for Docker Hub, in the run folder.
const MIRROR: &str = "mirror";

/// A place where engines, registries and images can be had.
///
/// Making one is cheap once `lab up` has run, so each test makes its own.
#[derive(Debug, Clone)]
pub struct Lab {
    paths: Paths,
    mirror: u16,
}

/// One line of [`Lab::status`].
#[derive(Debug)]
pub struct Running {
    /// The name of its folder in the run folder.
    pub name: String,
    /// Whether it runs, and its daemon too if it is an engine.
    pub alive: bool,
    /// What to put into `DOCKER_HOST`, or a registry's address.
    pub address: String,
}

impl Lab {
    /// Uses the lab that runs for this work tree, or makes what is missing and starts it.
    ///
    /// What killed tests left behind is removed first. The engines themselves start when they are
    /// asked for. [`LabError::CannotRun`] means that this machine can have no lab at all.
    pub fn up() -> Result<Self, LabError> {
        if let Some(why) = why_not(Kind::Docker20) {
            return Err(LabError::CannotRun {
                what: "the lab".to_owned(),
                why,
            });
        }
        let paths = Paths::new()?;
        let _lock = Lock::take(&paths.run.join("lock"))?;
        record::sweep(&paths)?;
        let data = images::data(&paths)?;
        let folder = paths.run.join(MIRROR);
        let mut port = None;
        if let Some(record) = Record::read(&folder)? {
            port = record.port;
            if let (true, Some(mirror)) = (record.alive(), port) {
                return Ok(Self { paths, mirror });
            }
            record.end(&paths, &folder)?;
        }
        // The same port again if possible, because running engines were told it.
        let registry = Registry::staying(&paths, &folder, &data, port)?;
        let mirror = registry.port();
        Ok(Self { paths, mirror })
    }

    /// The lab, where this machine can have one; elsewhere the running test says that it is
    /// [left out](left_out), and has nothing to do.
    pub fn here() -> Result<Option<Self>, LabError> {
        match Self::up() {
            Ok(lab) => Ok(Some(lab)),
            Err(LabError::CannotRun { what, why }) => left_out(&what, &why).map(|()| None),
            Err(error) => Err(error),
        }
    }

    /// Makes everything that is slow to make, and starts every shared engine that can run here.
    pub fn up_with_all() -> Result<Self, LabError> {
        if let Some(why) = why_not(Kind::Docker20) {
            return Err(LabError::CannotRun {
                what: "the lab".to_owned(),
                why,
            });
        }
        let paths = Paths::new()?;
        let needs_sid = why_not(Kind::DockerNewest).is_none();
        // Two downloads that have nothing to do with each other.
        let sid = thread::spawn(move || {
            if needs_sid {
                roots::sid(&paths).map(drop)
            } else {
                Ok(())
            }
        });
        let lab = Self::up();
        let sid = sid.join().unwrap_or_else(|_| Err(interrupted()));
        let lab = lab?;
        sid?;
        let starts: Vec<_> = lab
            .kinds()
            .into_iter()
            .map(|kind| {
                let lab = lab.clone();
                thread::spawn(move || lab.shared(kind).map(drop))
            })
            .collect();
        for start in starts {
            start.join().unwrap_or_else(|_| Err(interrupted()))?;
        }
        Ok(lab)
    }

    /// Ends everything that runs for this work tree, of this process or any other.
    pub fn down() -> Result<(), LabError> {
        let paths = Paths::new()?;
        let lock = Lock::take(&paths.run.join("lock"))?;
        for (folder, record) in record::all(&paths)? {
            record.end(&paths, &folder)?;
        }
        drop(lock);
        remove(&paths.run)
    }

    /// What runs for this work tree.
    pub fn status() -> Result<Vec<Running>, LabError> {
        let paths = Paths::new()?;
        let running = record::all(&paths)?
            .into_iter()
            .map(|(folder, record)| Running {
                name: folder
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                alive: record.alive() && record.daemon.is_none_or(|daemon| daemon.alive()),
                address: match record.port {
                    Some(port) => format!("127.0.0.1:{port}"),
                    None => format!("unix://{}", crate::daemon::socket(&folder).display()),
                },
            });
        Ok(running.collect())
    }

    /// The engine of this kind that all tests share, started if it doesn't run. It stays, with
    /// whatever tests leave in it: give what you make names of its own, and remove it.
    pub fn shared(&self, kind: Kind) -> Result<Engine, LabError> {
        can_run(kind)?;
        let folder = self.paths.run.join(kind.name());
        let _lock = Lock::take(&self.paths.run.join(format!("{}.lock", kind.name())))?;
        if let Some(record) = Record::read(&folder)? {
            if let Some(engine) = Engine::found(&self.paths, &folder, self.mirror, &record)? {
                return Ok(engine);
            }
            record.end(&self.paths, &folder)?;
        }
        say(&format!("starting {kind}"));
        Engine::staying(&self.paths, kind, self.mirror, &folder)
    }

    /// An empty engine of this kind for this test alone, ended with the value.
    pub fn fresh(&self, kind: Kind) -> Result<Engine, LabError> {
        can_run(kind)?;
        Engine::fresh(&self.paths, kind, self.mirror)
    }

    /// An empty registry for this test alone; with `login`, a user's name and password, it wants them.
    pub fn fresh_registry(&self, login: Option<(&str, &str)>) -> Result<Registry, LabError> {
        Registry::fresh(&self.paths, None, login)
    }

    /// The loopback port of the registry that stands for Docker Hub.
    pub fn mirror_port(&self) -> u16 {
        self.mirror
    }

    /// The kinds that can run here.
    pub fn kinds(&self) -> Vec<Kind> {
        Kind::ALL
            .into_iter()
            .filter(|&kind| why_not(kind).is_none())
            .collect()
    }

    /// The kinds that can't run here, each with the reason.
    pub fn missing(&self) -> Vec<(Kind, String)> {
        Kind::ALL
            .into_iter()
            .filter_map(|kind| Some((kind, why_not(kind)?)))
            .collect()
    }
}

fn interrupted() -> LabError {
    LabError::CannotRun {
        what: "the lab".to_owned(),
        why: "a thread of it panicked".to_owned(),
    }
}

fn can_run(kind: Kind) -> Result<(), LabError> {
    match why_not(kind) {
        Some(why) => Err(LabError::CannotRun {
            what: kind.to_string(),
            why,
        }),
        None => Ok(()),
    }
}

/// Why a kind can't run on this machine, if it can't.
pub(crate) fn why_not(kind: Kind) -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some("the lab needs Linux".to_owned());
    }
    match uid() {
        Ok(0) => {}
        Ok(_) => return Some("the lab needs root (sudo ./dev test)".to_owned()),
        Err(error) => return Some(error.to_string()),
    }
    let common = ["unshare", "nsenter", "ip", "iptables", "docker", "cc"];
    let own = match kind {
        Kind::Docker20 if roots::has_docker20() => "dockerd",
        Kind::Docker20 | Kind::DockerNewest | Kind::Podman => "debootstrap",
    };
    let registry = registry_program().is_none().then_some(REGISTRY_PROGRAMS[0]);
    let missing: Vec<&str> = common
        .into_iter()
        .chain([own])
        .filter(|program| find(program).is_none())
        .chain(registry)
        .collect();
    (!missing.is_empty()).then(|| format!("not installed: {}", missing.join(", ")))
}

/// How the program of the registry is called: in Debian, and in Fedora.
const REGISTRY_PROGRAMS: [&str; 2] = ["docker-registry", "registry"];

/// The registry's program on this machine.
pub(crate) fn registry_program() -> Option<PathBuf> {
    REGISTRY_PROGRAMS.into_iter().find_map(find)
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Opens an interactive shell in which `docker` talks to `engine`.
pub fn shell(engine: &Engine) -> Result<(), LabError> {
    let program = std::env::var_os("SHELL").unwrap_or_else(|| "bash".into());
    let status = Command::new(&program)
        .env("DOCKER_HOST", engine.host())
        .env("DOCKER_CONFIG", engine.docker_config())
        .stdin(Stdio::inherit())
        .status();
    status.map(drop).map_err(|source| LabError::Io {
        what: program.to_string_lossy().into_owned(),
        source,
    })
}
