//! Registries on a loopback port.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::cache::say;
use crate::error::{During, LabError};
use crate::lab::registry_program;
use crate::paths::{Paths, make_folder};
use crate::process::{Recorded, run, tail};
use crate::record::Record;
use crate::socket::serves;
use crate::wait::wait_until;

/// The distribution's registry (Debian's `docker-registry`), plain HTTP. Engines accept that for loopback
/// addresses.
#[derive(Debug)]
pub struct Registry {
    paths: Paths,
    folder: PathBuf,
    port: u16,
    /// Ended on drop; a registry that stays is nobody's.
    owned: bool,
    child: Option<Child>,
}

impl Registry {
    /// A private registry: with its data in `data` or else empty, and with a login if one is given.
    pub(crate) fn fresh(
        paths: &Paths,
        data: Option<&Path>,
        login: Option<(&str, &str)>,
    ) -> Result<Self, LabError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = paths.run.join(format!("r{}-{count}", std::process::id()));
        let mut record = Record::starting();
        record.write(&folder)?;
        let data = data.map_or_else(|| folder.join("data"), Path::to_path_buf);
        Self::start(paths, &folder, &data, login, &mut record, None)
    }

    /// The registry that stays, in `folder`; `data` is copied, so that what tests push is lost with
    /// it. On the port `port`, if that is free.
    pub(crate) fn staying(
        paths: &Paths,
        folder: &Path,
        data: &Path,
        port: Option<u16>,
    ) -> Result<Self, LabError> {
        let mut record = Record::starting();
        record.write(folder)?;
        let own = folder.join("data");
        run(Command::new("cp")
            .args(["-a", "--reflink=auto"])
            .arg(data)
            .arg(&own))?;
        let mut registry = Self::start(paths, folder, &own, None, &mut record, port)?;
        registry.owned = false;
        record.owner = None;
        record.write(folder)?;
        Ok(registry)
    }

    /// The loopback port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What stands before an image's name to reach it: `127.0.0.1:PORT`.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    fn start(
        paths: &Paths,
        folder: &Path,
        data: &Path,
        login: Option<(&str, &str)>,
        record: &mut Record,
        port: Option<u16>,
    ) -> Result<Self, LabError> {
        make_folder(data)?;
        let port = free_port(port)?;
        let mut config = serde_json::json!({
            "version": 0.1,
            "log": { "level": "warn", "accesslog": { "disabled": true } },
            "storage": {
                "filesystem": { "rootdirectory": data },
                "delete": { "enabled": true },
            },
            "http": { "addr": format!("127.0.0.1:{port}") },
        });
        if let Some((user, password)) = login {
            let file = folder.join("htpasswd");
            let line = run(Command::new("htpasswd").args(["-Bbn", user, password]))?;
            fs::write(&file, line).during(|| format!("write {}", file.display()))?;
            config["auth"] = serde_json::json!({ "htpasswd": { "realm": "lab", "path": file } });
        }
        // JSON is YAML, so there is nothing to quote by hand.
        let file = folder.join("config.yml");
        fs::write(&file, config.to_string()).during(|| format!("write {}", file.display()))?;
        let log_path = folder.join("log");
        let log = File::create(&log_path).during(|| format!("open {}", log_path.display()))?;
        let errors = log
            .try_clone()
            .during(|| format!("open {}", log_path.display()))?;
        let program = registry_program().unwrap_or_else(|| PathBuf::from("docker-registry"));
        let child = Command::new(program)
            .arg("serve")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .process_group(0)
            .spawn()
            .during(|| "start docker-registry".to_owned())?;
        let process = Recorded::of(child.id());
        record.processes = process.into_iter().collect();
        record.port = Some(port);
        record.write(folder)?;
        let registry = Self {
            paths: paths.clone(),
            folder: folder.to_path_buf(),
            port,
            owned: true,
            child: Some(child),
        };
        let alive = || process.is_some_and(Recorded::alive);
        let up = wait_until(Duration::from_secs(30), "a registry to answer", || {
            (serves(port) || !alive()).then(alive)
        })?;
        if up {
            return Ok(registry);
        }
        let said = fs::read_to_string(&log_path).unwrap_or_default();
        Err(LabError::Command {
            command: format!("docker-registry serve {}", file.display()),
            status: "it ended at once".to_owned(),
            output: tail(&said, 10),
        })
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        if !self.owned {
            return;
        }
        let ended = Record::read(&self.folder)
            .and_then(|record| record.map_or(Ok(()), |it| it.end(&self.paths, &self.folder)));
        if let Err(error) = ended {
            say(&format!("could not end a registry: {error}"));
        }
        if let Some(mut child) = self.child.take() {
            let _ = child.wait();
        }
    }
}

/// A port that nobody listens on: `wanted` if possible.
fn free_port(wanted: Option<u16>) -> Result<u16, LabError> {
    let listener = wanted
        .and_then(|port| TcpListener::bind(("127.0.0.1", port)).ok())
        .map_or_else(|| TcpListener::bind(("127.0.0.1", 0)), Ok)
        .during(|| "find a free port".to_owned())?;
    Ok(listener
        .local_addr()
        .during(|| "find a free port".to_owned())?
        .port())
}
