//! The engines that could be used, best first.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::context::{self, Context};
use crate::endpoint::{AddressError, Endpoint, TlsFiles};
use crate::problem::{Code, Problem};
use crate::surroundings::Surroundings;
use crate::well_known;

/// The `id` of the engine that `DOCKER_HOST` names.
pub const FROM_ENV: &str = "env";
/// The `id` of Slipway's own engine.
pub const OWN: &str = "own";
/// What the `id` of a context begins with.
const CONTEXT: &str = "context:";
/// What the `id` of a socket or pipe begins with that was found on this computer.
const SOCKET: &str = "socket:";

/// An engine that could be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// As in `EngineChoice::id`.
    pub id: String,
    /// As in `EngineChoice::name`.
    pub name: String,
    /// As in `EngineChoice::source`.
    pub source: String,
    /// As in `EngineChoice::address`.
    pub address: String,
    /// Where it is reached, or why that can't be known.
    pub endpoint: Result<Endpoint, Problem>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// The candidates, best first; none that leads to the same place as one before it.
    pub candidates: Vec<Candidate>,
    /// The one that is meant and no other: `DOCKER_HOST`, else the chosen one, else `DOCKER_CONTEXT`.
    /// Where there is none, the first that answers will do.
    pub meant: Option<String>,
    /// The docker CLI's current context, which is tried even where it is on another computer.
    pub current: Option<String>,
}

/// Looks for engines: `DOCKER_HOST`, the chosen one, `DOCKER_CONTEXT`, the docker CLI's current
/// context, its other contexts, the sockets that engines are known to make, and `own`, the socket of
/// Slipway's own engine. Asks none of them anything.
pub fn find(surroundings: &Surroundings, chosen: Option<&str>, own: Option<&Path>) -> Found {
    let config_dir = context::config_dir(surroundings);
    let contexts = config_dir.as_deref().map(context::all).unwrap_or_default();
    let from_env = surroundings
        .var("DOCKER_HOST")
        .map(|host| env(surroundings, host));
    let env_context = surroundings.var("DOCKER_CONTEXT").and_then(context::named);
    let current = config_dir.as_deref().and_then(context::current);

    let chosen_context = chosen.and_then(|id| id.strip_prefix(CONTEXT));
    let mut rest: Vec<Candidate> = Vec::new();
    for name in [chosen_context, env_context, current.as_deref()]
        .into_iter()
        .flatten()
    {
        let known = contexts.iter().find(|context| context.name == name);
        rest.push(known.map_or_else(|| missing_context(name), of_context));
    }
    rest.extend(contexts.iter().map(of_context));
    let chosen_place = chosen.and_then(|id| id.strip_prefix(SOCKET));
    rest.extend(
        well_known::sockets(surroundings, chosen_place)
            .into_iter()
            .map(of_socket),
    );
    rest.extend(own.map(own_engine));
    // Stable: all others keep their order behind the chosen one.
    rest.sort_by_key(|candidate| Some(candidate.id.as_str()) != chosen);

    let mut seen = Seen::default();
    let candidates: Vec<Candidate> = from_env
        .into_iter()
        .chain(rest)
        .filter(|candidate| seen.is_new(candidate))
        .collect();
    let listed = |id: &String| candidates.iter().any(|candidate| candidate.id == *id);
    let meant = [
        Some(FROM_ENV.to_owned()),
        chosen.map(str::to_owned),
        env_context.map(context_id),
    ];
    let meant = meant.into_iter().flatten().find(listed);
    let current = current.as_deref().map(context_id).filter(listed);
    Found {
        candidates,
        meant,
        current,
    }
}

/// Places that are in the list already.
#[derive(Default)]
struct Seen {
    ids: HashSet<String>,
    endpoints: HashSet<Endpoint>,
}

impl Seen {
    fn is_new(&mut self, candidate: &Candidate) -> bool {
        let new_place = match &candidate.endpoint {
            Ok(endpoint) => self.endpoints.insert(real(endpoint)),
            Err(_) => true,
        };
        self.ids.insert(candidate.id.clone()) && new_place
    }
}

/// A socket by the path that links lead to: Docker Desktop and Podman put links where Docker's own
/// socket would be. The last part is followed only if it exists.
fn real(endpoint: &Endpoint) -> Endpoint {
    match endpoint {
        Endpoint::Unix(path) => Endpoint::Unix(real_path(path)),
        Endpoint::Pipe(_) | Endpoint::Tcp { .. } | Endpoint::Ssh { .. } => endpoint.clone(),
    }
}

fn real_path(path: &Path) -> PathBuf {
    path.canonicalize()
        .unwrap_or_else(|_| match (path.parent(), path.file_name()) {
            (Some(folder), Some(name)) => folder
                .canonicalize()
                .map_or_else(|_| path.to_owned(), |folder| folder.join(name)),
            _ => path.to_owned(),
        })
}

fn env(surroundings: &Surroundings, host: &str) -> Candidate {
    Candidate {
        id: FROM_ENV.to_owned(),
        name: "DOCKER_HOST".to_owned(),
        source: "DOCKER_HOST".to_owned(),
        address: host.to_owned(),
        endpoint: Endpoint::parse_with(host, env_tls(surroundings))
            .map_err(|error| bad_address("DOCKER_HOST", host, &error)),
    }
}

/// As the docker CLI reads them: any value of `DOCKER_TLS_VERIFY` means TLS with a check, and
/// `DOCKER_TLS` means TLS without one; the files lie in `DOCKER_CERT_PATH` or beside its settings.
fn env_tls(surroundings: &Surroundings) -> Option<TlsFiles> {
    let verify = surroundings.var("DOCKER_TLS_VERIFY").is_some();
    if !verify && surroundings.var("DOCKER_TLS").is_none() {
        return None;
    }
    let folder = surroundings
        .var("DOCKER_CERT_PATH")
        .map(PathBuf::from)
        .or_else(|| context::config_dir(surroundings))?;
    let present = |name: &str| Some(folder.join(name)).filter(|path| path.exists());
    Some(TlsFiles {
        // Named even where it is missing: without it any authority of this computer would do.
        ca: verify.then(|| folder.join("ca.pem")),
        cert: present("cert.pem"),
        key: present("key.pem"),
        skip_verify: !verify,
        server_name: None,
    })
}

fn context_id(name: &str) -> String {
    format!("{CONTEXT}{name}")
}

fn of_context(context: &Context) -> Candidate {
    Candidate {
        id: context_id(&context.name),
        name: context.name.clone(),
        source: "docker context".to_owned(),
        address: context.address.clone(),
        endpoint: context.endpoint.clone().map_err(|error| {
            bad_address(
                &format!("The docker context {}", context.name),
                &context.address,
                &error,
            )
        }),
    }
}

fn missing_context(name: &str) -> Candidate {
    Candidate {
        id: context_id(name),
        name: name.to_owned(),
        source: "docker context".to_owned(),
        address: String::new(),
        endpoint: Err(Problem {
            code: Code::EngineUnreachable,
            what: format!("There is no docker context {name}"),
            why: "It is set to be used, but it was removed or never made on this computer."
                .to_owned(),
            todo: "Choose another engine, or another context with “docker context use”.".to_owned(),
            command: Some("docker context ls".to_owned()),
            fixes: Vec::new(),
            detail: String::new(),
        }),
    }
}

fn of_socket(socket: well_known::Socket) -> Candidate {
    Candidate {
        id: format!("{SOCKET}{}", socket.place()),
        name: socket.name.clone(),
        source: "found on this computer".to_owned(),
        address: socket.endpoint.to_string(),
        endpoint: Ok(socket.endpoint),
    }
}

fn own_engine(socket: &Path) -> Candidate {
    let endpoint = Endpoint::Unix(socket.to_owned());
    Candidate {
        id: OWN.to_owned(),
        name: "Slipway’s own engine".to_owned(),
        source: "started by Slipway".to_owned(),
        address: endpoint.to_string(),
        endpoint: Ok(endpoint),
    }
}

fn bad_address(whose: &str, address: &str, error: &AddressError) -> Problem {
    let shown: String = address
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect();
    Problem {
        code: Code::EngineUnreachable,
        what: "The engine’s address can’t be read".to_owned(),
        why: format!("{whose} has the address “{shown}”: {error}."),
        todo: "Correct the address where it is set, or choose another engine.".to_owned(),
        command: None,
        fixes: Vec::new(),
        detail: String::new(),
    }
}
