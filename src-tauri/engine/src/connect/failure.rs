//! Why an engine could not be connected to, told to a person.

mod local;

use std::io;

use crate::dial::DialError;
use crate::endpoint::Endpoint;
use crate::problem::{Code, Problem};
use crate::surroundings::Surroundings;
use crate::transport::{ApiVersion, RequestError};

/// Why connecting failed.
#[derive(Debug)]
pub(crate) enum ConnectFailure {
    /// A request got no good answer.
    Request(RequestError),
    /// Something answers, but not as an engine does.
    NoEngine,
    /// The engine is older than this program can use.
    TooOld {
        /// Its newest API.
        api: ApiVersion,
        /// Its own version.
        engine: String,
    },
}

impl From<RequestError> for ConnectFailure {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

/// Says what happened, why, and what to do.
pub(crate) fn explain(
    endpoint: &Endpoint,
    failure: &ConnectFailure,
    surroundings: &Surroundings,
) -> Problem {
    match failure {
        ConnectFailure::TooOld { api, engine } => too_old(*api, engine),
        ConnectFailure::NoEngine => no_engine(endpoint, String::new()),
        ConnectFailure::Request(error) => request(endpoint, error, surroundings),
    }
}

fn request(endpoint: &Endpoint, error: &RequestError, surroundings: &Surroundings) -> Problem {
    if let Some(ended) = error.ssh_ended() {
        return ssh_ended(endpoint, ended.code, &ended.said);
    }
    let detail = error.to_string();
    match error {
        RequestError::Dial(error) => dial(endpoint, error, surroundings),
        RequestError::Status { status: 400, .. } if is_plain_tcp(endpoint) => {
            wants_tls(endpoint, detail)
        }
        RequestError::Status {
            status: 401 | 403, ..
        } => refused_us(endpoint, detail),
        RequestError::Status { .. } | RequestError::Answer(_) => no_engine(endpoint, detail),
        RequestError::Broken(_) => broken(endpoint, detail),
        RequestError::TimedOut(_) => silent(endpoint, detail),
        RequestError::Request(_) => no_engine(endpoint, detail),
    }
}

fn dial(endpoint: &Endpoint, error: &DialError, surroundings: &Surroundings) -> Problem {
    let detail = error.to_string();
    match error {
        DialError::Open(error) => match endpoint {
            Endpoint::Unix(path) => local::socket(path, error.kind(), detail, surroundings),
            Endpoint::Pipe(_) => local::pipe(error.kind(), detail, surroundings),
            Endpoint::Tcp { .. } | Endpoint::Ssh { .. } => port(endpoint, error.kind(), detail),
        },
        DialError::Resolve(_) => Problem {
            why: format!("No computer with the name in {endpoint} was found on the network."),
            todo: "Check the spelling of the address, and whether this computer is connected to the \
                   network it belongs to (a VPN, for example)."
                .to_owned(),
            ..unreachable(detail)
        },
        DialError::TimedOut(_) => silent(endpoint, detail),
        DialError::TlsFile { path, .. } => Problem {
            why: format!("The file {} can’t be used for it.", path.display()),
            todo: "Check that the file is there, that you may read it, and that it is in PEM format \
                   (it starts with “-----BEGIN”) without a password."
                .to_owned(),
            ..tls(detail)
        },
        DialError::Handshake(_) => Problem {
            why: "This computer and the engine did not agree on who they are: a certificate is missing, \
                  out of date, or made for another name."
                .to_owned(),
            todo: "Check that ca.pem, cert.pem and key.pem are the ones that were made for this engine, \
                   and that the address is the name in its certificate."
                .to_owned(),
            ..tls(detail)
        },
        DialError::Ssh(_) => Problem {
            why: "The engine is reached with the program ssh, and it could not be started.".to_owned(),
            todo: "Install OpenSSH’s client, then look again.".to_owned(),
            ..unreachable(detail)
        },
        DialError::Unsupported => Problem {
            why: format!("This system has no addresses like {endpoint}."),
            todo: "Choose another engine, or correct the address where it was set.".to_owned(),
            ..unreachable(detail)
        },
    }
}

fn port(endpoint: &Endpoint, kind: io::ErrorKind, detail: String) -> Problem {
    match kind {
        io::ErrorKind::ConnectionRefused if endpoint.is_local() => Problem {
            why: format!("Nothing listens on {endpoint}."),
            todo: "Start the engine, or correct the address where it was set.".to_owned(),
            ..problem(Code::EngineNotRunning, "The engine is not running", detail)
        },
        io::ErrorKind::ConnectionRefused => Problem {
            why: format!("The computer is there, but nothing listens on {endpoint}."),
            todo: "Check that the engine runs there and listens on this port.".to_owned(),
            ..unreachable(detail)
        },
        // The kinds that are left say in their own ways that no path leads there.
        _ => Problem {
            why: format!("No connection to {endpoint} came about."),
            todo: "Check the network, the address, and whether a firewall stands between."
                .to_owned(),
            ..unreachable(detail)
        },
    }
}

fn ssh_ended(endpoint: &Endpoint, code: Option<i32>, said: &str) -> Problem {
    let detail = said.to_owned();
    match code {
        // A shell's code for a program that it does not find.
        Some(127) => Problem {
            code: Code::EngineNotInstalled,
            why: format!("ssh got to {endpoint}, but the program docker is not installed there."),
            todo: "Install Docker on that computer, then look again.".to_owned(),
            ..unreachable(detail)
        },
        // ssh's own failures: no network, an unknown host key, no key that is accepted.
        Some(255) | None => Problem {
            why: format!("ssh could not connect to {endpoint}."),
            todo: "Try the command below in a terminal: it asks what has to be answered the first time \
                   (is this the right computer, the password of your key)."
                .to_owned(),
            command: ssh_command(endpoint),
            ..unreachable(detail)
        },
        Some(_) => Problem {
            code: Code::EngineNotRunning,
            why: format!("ssh got to {endpoint}, but the engine there does not answer."),
            todo: "Start the engine on that computer, and check that the account may use it.".to_owned(),
            command: ssh_command(endpoint),
            ..unreachable(detail)
        },
    }
}

/// The address's parts have passed `Endpoint::parse`, so none needs quotes.
fn ssh_command(endpoint: &Endpoint) -> Option<String> {
    let Endpoint::Ssh { user, host, port } = endpoint else {
        return None;
    };
    let port = port.map(|port| format!("-p {port} ")).unwrap_or_default();
    let user = user
        .as_ref()
        .map(|user| format!("{user}@"))
        .unwrap_or_default();
    Some(format!("ssh {port}{user}{host} docker version"))
}

fn is_plain_tcp(endpoint: &Endpoint) -> bool {
    matches!(endpoint, Endpoint::Tcp { tls: None, .. })
}

/// Go's servers answer 400 where plain HTTP comes to a port of TLS.
fn wants_tls(endpoint: &Endpoint, detail: String) -> Problem {
    Problem {
        why: format!("{endpoint} answers, but not to an open connection: it probably wants TLS."),
        todo: "Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or make a docker context with its \
               certificates."
            .to_owned(),
        ..tls(detail)
    }
}

fn refused_us(endpoint: &Endpoint, detail: String) -> Problem {
    Problem {
        why: format!("{endpoint} answers, but does not let this account use the engine."),
        todo: "Ask whoever looks after that engine for access.".to_owned(),
        ..permission(detail)
    }
}

fn broken(endpoint: &Endpoint, detail: String) -> Problem {
    // TLS 1.3 refuses a client's certificate only after the handshake, and its word on that may be
    // overtaken by the end of the connection.
    if matches!(endpoint, Endpoint::Tcp { tls: Some(_), .. }) {
        return Problem {
            why: "The engine closed the connection at once: it probably did not accept the certificate \
                  of this computer."
                .to_owned(),
            todo: "Check that cert.pem and key.pem were made for this engine and are not out of date."
                .to_owned(),
            ..tls(detail)
        };
    }
    Problem {
        why: format!("{endpoint} closed the connection without an answer."),
        todo:
            "If the engine has just been started, it may need a moment. Otherwise start it again."
                .to_owned(),
        ..unreachable(detail)
    }
}

fn silent(endpoint: &Endpoint, detail: String) -> Problem {
    Problem {
        why: format!("{endpoint} did not answer in time."),
        todo: "Check the network and the address. An engine that is just starting, or that sleeps, may \
               need a moment."
            .to_owned(),
        ..unreachable(detail)
    }
}

fn no_engine(endpoint: &Endpoint, detail: String) -> Problem {
    Problem {
        why: format!("Something answers at {endpoint}, but it is not a container engine."),
        todo: "Check the address where it was set.".to_owned(),
        ..unreachable(detail)
    }
}

fn too_old(api: ApiVersion, engine: &str) -> Problem {
    let engine: String = engine
        .chars()
        .filter(|c| !c.is_control())
        .take(40)
        .collect();
    Problem {
        why: format!("This engine is version {engine} (API {api}); Slipway needs API 1.41."),
        todo: "Update the engine: Docker 20.10 and newer work, and Podman 4.3 and newer."
            .to_owned(),
        ..problem(Code::EngineTooOld, "The engine is too old", String::new())
    }
}

fn unreachable(detail: String) -> Problem {
    problem(
        Code::EngineUnreachable,
        "The engine can’t be reached",
        detail,
    )
}

fn tls(detail: String) -> Problem {
    problem(Code::EngineTls, "The secure connection failed", detail)
}

fn permission(detail: String) -> Problem {
    problem(
        Code::EngineNoPermission,
        "You may not use this engine",
        detail,
    )
}

fn problem(code: Code, what: &str, detail: String) -> Problem {
    Problem {
        code,
        what: what.to_owned(),
        why: String::new(),
        todo: String::new(),
        command: None,
        fixes: Vec::new(),
        detail,
    }
}
