//! Sockets and pipes of this computer that did not open: what is missing, and whose they are.

use std::io;
use std::path::Path;

use super::{permission, problem, unreachable};
use crate::problem::{Code, Problem};
use crate::surroundings::Surroundings;

/// What stands at the path of a socket that did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AtPath {
    Nothing,
    /// A link whose goal is gone: what made it was here and does not run.
    BrokenLink,
    Socket,
    Other,
    /// The folders before it can't be entered.
    Hidden,
}

/// A unix socket that did not open.
pub(super) fn socket(
    path: &Path,
    kind: io::ErrorKind,
    detail: String,
    surroundings: &Surroundings,
) -> Problem {
    let here = path.display();
    match (kind, at_path(path)) {
        (io::ErrorKind::PermissionDenied, _) | (_, AtPath::Hidden) => {
            no_permission(path, detail, surroundings)
        }
        (_, AtPath::Other) => Problem {
            why: format!("{here} is not a socket, so no engine can answer there."),
            todo: "Correct the address where it was set, or remove that file and start the engine again."
                .to_owned(),
            ..unreachable(detail)
        },
        (_, AtPath::BrokenLink) => Problem {
            why: format!("{here} points to a socket that is gone: the engine that made it has been stopped."),
            ..not_running(detail, surroundings)
        },
        (_, AtPath::Nothing) if installed(surroundings) => Problem {
            why: format!("There is no socket at {here}: an engine that runs makes one."),
            ..not_running(detail, surroundings)
        },
        (_, AtPath::Nothing) => not_installed(detail),
        (_, AtPath::Socket) => Problem {
            why: format!("The socket {here} is there, but nothing answers on it."),
            ..not_running(detail, surroundings)
        },
    }
}

fn at_path(path: &Path) -> AtPath {
    match (path.symlink_metadata(), path.metadata()) {
        (Err(error), _) | (Ok(_), Err(error))
            if error.kind() == io::ErrorKind::PermissionDenied =>
        {
            AtPath::Hidden
        }
        (Err(_), _) => AtPath::Nothing,
        (Ok(_), Err(_)) => AtPath::BrokenLink,
        (Ok(_), Ok(meta)) if is_socket(&meta) => AtPath::Socket,
        (Ok(_), Ok(_)) => AtPath::Other,
    }
}

#[cfg(unix)]
fn is_socket(meta: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    meta.file_type().is_socket()
}

#[cfg(not(unix))]
fn is_socket(_meta: &std::fs::Metadata) -> bool {
    false
}

/// A named pipe that did not open.
pub(super) fn pipe(kind: io::ErrorKind, detail: String, surroundings: &Surroundings) -> Problem {
    match kind {
        io::ErrorKind::PermissionDenied => Problem {
            why: "The engine’s pipe is open only to administrators and to the group docker-users."
                .to_owned(),
            todo: "Add your account to the group docker-users in a terminal that runs as administrator, \
                   then sign out and in again. Whoever is in that group has full control of this computer."
                .to_owned(),
            command: Some("net localgroup docker-users \"%USERNAME%\" /add".to_owned()),
            ..permission(detail)
        },
        io::ErrorKind::NotFound if !installed(surroundings) => not_installed(detail),
        // Every other kind: the pipe exists only while the engine runs.
        _ => not_running(detail, surroundings),
    }
}

fn no_permission(path: &Path, detail: String, surroundings: &Surroundings) -> Problem {
    let here = path.display();
    let user = surroundings.var("USER").filter(|user| is_plain(user));
    if cfg!(target_os = "linux") && is_of_group_docker(path) {
        return Problem {
            why: format!("The socket {here} is open only to root and to the group docker."),
            todo: "Run the command below, then log out and in again. Know what it means: whoever is in \
                   the group docker has the same power over this computer as root."
                .to_owned(),
            command: Some(format!("sudo usermod -aG docker {}", user.unwrap_or("$USER"))),
            ..permission(detail)
        };
    }
    Problem {
        why: format!("The socket {here} belongs to another account."),
        todo: "Choose an engine that runs for your own account, or start Slipway’s own.".to_owned(),
        ..permission(detail)
    }
}

fn is_plain(name: &str) -> bool {
    !name.starts_with('-')
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// Whether the socket's group is `docker`, by /etc/group. In a folder that can't be entered it is not
/// known, and then it is not.
#[cfg(unix)]
fn is_of_group_docker(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(meta), Ok(groups)) = (path.metadata(), std::fs::read_to_string("/etc/group")) else {
        return false;
    };
    // `name:password:number:members` (group(5)).
    groups.lines().any(|line| {
        let mut fields = line.split(':');
        let name = fields.next();
        let number = fields.nth(1).and_then(|number| number.parse().ok());
        name == Some("docker") && number == Some(meta.gid())
    })
}

#[cfg(not(unix))]
fn is_of_group_docker(_path: &Path) -> bool {
    false
}

fn not_installed(detail: String) -> Problem {
    Problem {
        why: "No container engine was found on this computer.".to_owned(),
        todo: "Install one, then look again.".to_owned(),
        command: crate::own::install_command(),
        ..problem(Code::EngineNotInstalled, "No engine is installed", detail)
    }
}

fn not_running(detail: String, surroundings: &Surroundings) -> Problem {
    let (todo, command) = if cfg!(target_os = "linux") {
        let systemd = surroundings.at("/run/systemd/system").is_dir();
        (
            "Start the engine, or let Slipway start its own.",
            systemd.then_some("sudo systemctl start docker"),
        )
    } else if cfg!(target_os = "macos") {
        (
            "Start the app that brings the engine (Docker Desktop, OrbStack, Colima), then wait a moment.",
            None,
        )
    } else {
        ("Start Docker Desktop, then wait a moment.", None)
    };
    Problem {
        why: "Nothing answers at its address.".to_owned(),
        todo: todo.to_owned(),
        command: command.map(str::to_owned),
        ..problem(Code::EngineNotRunning, "The engine is not running", detail)
    }
}

/// Whether any program that brings an engine is on this computer. On Linux the docker CLI alone is
/// none; elsewhere it comes with one.
fn installed(surroundings: &Surroundings) -> bool {
    let engines = [
        "dockerd",
        "dockerd-rootless.sh",
        "podman",
        "colima",
        "docker-desktop",
    ];
    let cli = (!cfg!(target_os = "linux")).then_some("docker");
    engines
        .into_iter()
        .chain(cli)
        .any(|name| surroundings.program(name).is_some())
}
