//! The contexts of the docker CLI, read from its store: `contexts/meta/<sha256 of the name>/meta.json`
//! and `contexts/tls/<the same>/docker/{ca,cert,key}.pem` in `~/.docker` or `$DOCKER_CONFIG`
//! (docker/cli, `cli/context/store`).

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::endpoint::{AddressError, Endpoint, TlsFiles};
use crate::surroundings::Surroundings;

/// No file of the store comes near this size; one that does is not read.
const LONGEST_FILE: u64 = 1024 * 1024;

/// The context that stands for “no context”: `DOCKER_HOST` or the system's socket.
const DEFAULT: &str = "default";

/// A context of the docker CLI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Its name.
    pub name: String,
    /// The address as it is written there; empty where there is none.
    pub address: String,
    /// Where its engine is reached, if the address can be read.
    pub endpoint: Result<Endpoint, AddressError>,
}

/// The folder of the docker CLI's settings.
pub fn config_dir(surroundings: &Surroundings) -> Option<PathBuf> {
    match surroundings.var("DOCKER_CONFIG") {
        Some(dir) => Some(PathBuf::from(dir)),
        None => surroundings.home.as_ref().map(|home| home.join(".docker")),
    }
}

/// The settings of the docker CLI; `None` where there are none, or they can't be read.
pub(crate) async fn settings(surroundings: &Surroundings) -> Option<Value> {
    let file = config_dir(surroundings)?.join("config.json");
    let read = match tokio::fs::read(&file).await {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::from),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => Err(error),
    };
    let unread = |error: &io::Error| {
        tracing::warn!(%error, "the settings of the docker command can't be read");
    };
    read.inspect_err(unread).ok()
}

/// The context that `docker context use` chose; `None` for the default one.
pub fn current(config_dir: &Path) -> Option<String> {
    let config = json(&config_dir.join("config.json"))?;
    let name = config.get("currentContext")?.as_str()?;
    named(name).map(str::to_owned)
}

/// The name, unless it means that there is no context.
pub(crate) fn named(name: &str) -> Option<&str> {
    (!name.is_empty() && name != DEFAULT).then_some(name)
}

/// Every context that can be read, by name. One that can't be leaves the others as they are.
pub fn all(config_dir: &Path) -> Vec<Context> {
    let store = config_dir.join("contexts").join("meta");
    let Ok(folders) = fs::read_dir(&store) else {
        return Vec::new();
    };
    let mut contexts: Vec<Context> = folders
        .flatten()
        .filter_map(|folder| read(config_dir, &folder.path().join("meta.json")))
        .collect();
    contexts.sort_by(|one, other| one.name.cmp(&other.name));
    contexts.dedup_by(|one, other| one.name == other.name);
    contexts
}

fn read(config_dir: &Path, path: &Path) -> Option<Context> {
    let Some(meta) = json(path) else {
        tracing::warn!(path = %path.display(), "a docker context can't be read");
        return None;
    };
    let name = named(meta.get("Name")?.as_str()?)?.to_owned();
    // A context may hold other endpoints too (Kubernetes once); only docker's is of use.
    let docker = meta
        .get("Endpoints")
        .and_then(|endpoints| endpoints.get("docker"));
    let field = |key: &str| docker.and_then(|docker| docker.get(key));
    let address = field("Host")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let skip_verify = field("SkipTLSVerify")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let tls = tls_files(config_dir, &name, skip_verify);
    let endpoint = Endpoint::parse_with(&address, tls);
    Some(Context {
        name,
        address,
        endpoint,
    })
}

/// As the docker CLI decides: TLS where the context has any of its files, or says to skip the check.
fn tls_files(config_dir: &Path, name: &str, skip_verify: bool) -> Option<TlsFiles> {
    let folder = config_dir
        .join("contexts")
        .join("tls")
        .join(digest(name))
        .join("docker");
    let file = |name: &str| Some(folder.join(name)).filter(|path| path.exists());
    let files = TlsFiles {
        ca: file("ca.pem"),
        cert: file("cert.pem"),
        key: file("key.pem"),
        skip_verify,
        server_name: None,
    };
    (files != TlsFiles::default()).then_some(files)
}

/// The folder's name for a context.
fn digest(name: &str) -> String {
    Sha256::digest(name.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn json(path: &Path) -> Option<Value> {
    let mut text = String::new();
    File::open(path)
        .ok()?
        .take(LONGEST_FILE)
        .read_to_string(&mut text)
        .ok()?;
    serde_json::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_named_as_docker_names_it() {
        // `docker context create colima` makes this folder.
        let known = "f24fd3749c1368328e2b149bec149cb6795619f244c5b584e844961215dadd16";
        assert_eq!(digest("colima"), known);
    }
}
