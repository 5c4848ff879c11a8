//! What a container may do, and what it shares: capabilities, security options, modes.

use crate::name::ContainerArg;
use crate::near::nearest;
use crate::text::{Invalid, refuse_nul, shown};

/// One of the system's rights, as an engine's API takes it: in capitals, without `CAP_` for `ALL`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Capability(String);

/// <https://man7.org/linux/man-pages/man7/capabilities.7.html>
const CAPABILITIES: &[&str] = &[
    "ALL",
    "AUDIT_CONTROL",
    "AUDIT_READ",
    "AUDIT_WRITE",
    "BLOCK_SUSPEND",
    "BPF",
    "CHECKPOINT_RESTORE",
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "IPC_LOCK",
    "IPC_OWNER",
    "KILL",
    "LEASE",
    "LINUX_IMMUTABLE",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "MKNOD",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_RAW",
    "PERFMON",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYSLOG",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_CHROOT",
    "SYS_MODULE",
    "SYS_NICE",
    "SYS_PACCT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "WAKE_ALARM",
];

impl Capability {
    /// Reads the value of `--cap-add` or `--cap-drop`: `NET_ADMIN`, `cap_net_admin`, `ALL`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let upper = text.trim().to_ascii_uppercase();
        let name = upper.strip_prefix("CAP_").unwrap_or(&upper);
        if !CAPABILITIES.contains(&name) || name == "ALL" && upper != "ALL" {
            let similar = nearest(name, CAPABILITIES.iter().copied());
            let meant = similar.map(|similar| format!("Did you mean {similar}?"));
            return Err(Invalid::new(format!(
                "There is no right named {}. {}",
                shown(text),
                meant.unwrap_or_else(|| "Write one such as NET_ADMIN, or ALL.".to_owned())
            )));
        }
        if name == "ALL" {
            return Ok(Capability("ALL".to_owned()));
        }
        Ok(Capability(format!("CAP_{name}")))
    }

    /// The right as engines list it, such as `CAP_NET_ADMIN` or `ALL`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One `--security-opt`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SecurityOption {
    /// `no-new-privileges`, perhaps with `:true` or `=false` behind it, as it was written.
    NoNewPrivileges(String),
    /// `seccomp=`: a built-in profile (`unconfined`, `builtin`), or a file of this computer.
    Seccomp(String),
    /// `systempaths=unconfined`, which engines are told in other fields.
    SystemPathsUnconfined,
    /// Everything else, as it was written.
    Other(String),
}

impl SecurityOption {
    /// Reads the value of `--security-opt` (docker/cli, `cli/command/container/opts.go`).
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        refuse_nul(text)?;
        let (key, value) = match text.split_once('=').or_else(|| text.split_once(':')) {
            Some((key, value)) => (key, Some(value)),
            None => (text, None),
        };
        match (key, value) {
            ("no-new-privileges", None | Some("true" | "false")) => {
                Ok(SecurityOption::NoNewPrivileges(text.to_owned()))
            }
            ("no-new-privileges", Some(_)) => Err(Invalid::new(
                "After no-new-privileges comes nothing, or =true or =false.",
            )),
            ("systempaths", Some("unconfined")) => Ok(SecurityOption::SystemPathsUnconfined),
            ("writable-cgroups", None | Some("true" | "false")) => {
                Ok(SecurityOption::Other(text.to_owned()))
            }
            ("seccomp", Some(profile)) if !profile.is_empty() => {
                Ok(SecurityOption::Seccomp(profile.to_owned()))
            }
            ("label" | "apparmor" | "credentialspec", Some(value)) if !value.is_empty() => {
                Ok(SecurityOption::Other(text.to_owned()))
            }
            _ => Err(Invalid::new(format!(
                "{} is not a security option. There are no-new-privileges, seccomp=, apparmor=, label= and systempaths=unconfined.",
                shown(text)
            ))),
        }
    }
}

/// The flags that say with whom a container shares something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shared {
    Pid,
    Ipc,
    Uts,
    Userns,
    Cgroupns,
}

/// Looks at the value of `--pid`, `--ipc`, `--uts`, `--userns` or `--cgroupns`.
pub(crate) fn sharing(what: Shared, text: &str) -> Result<(), Invalid> {
    let (words, with_container): (&[&str], bool) = match what {
        Shared::Pid => (&["host"], true),
        Shared::Ipc => (&["none", "private", "shareable", "host"], true),
        Shared::Uts | Shared::Userns => (&["host"], false),
        Shared::Cgroupns => (&["host", "private"], false),
    };
    if words.contains(&text) {
        return Ok(());
    }
    if let Some(container) = text.strip_prefix("container:")
        && with_container
    {
        return ContainerArg::parse(container).map(drop);
    }
    let container = if with_container {
        " or container:NAME"
    } else {
        ""
    };
    Err(Invalid::new(format!(
        "{} can’t stand here. Write {}{container}.",
        shown(text),
        words.join(", ")
    )))
}

/// Looks at the keys of `--detach-keys`: letters, and `ctrl-` with a letter or one of `@ [ \ ] ^ _`.
pub(crate) fn detach_keys(text: &str) -> Result<(), Invalid> {
    let is_key = |key: &str| match key.strip_prefix("ctrl-") {
        Some(key) => {
            let mut chars = key.chars();
            let is_one = matches!(
                chars.next(),
                Some('a'..='z' | '@' | '[' | '\\' | ']' | '^' | '_')
            );
            is_one && chars.next().is_none()
        }
        None => key.len() == 1 && key.bytes().all(|b| b.is_ascii_graphic()),
    };
    if text.split(',').all(is_key) {
        return Ok(());
    }
    Err(Invalid::new(format!(
        "{} are not keys. Write letters and ctrl- with a letter, with commas between them, such as ctrl-p,ctrl-q.",
        shown(text)
    )))
}
