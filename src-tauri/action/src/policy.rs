//! The small words that flags take: restart and pull policies, platforms, signals, filters.

use std::fmt;

use crate::text::{Invalid, shown};

/// When an engine starts a container again by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum RestartPolicy {
    /// Never.
    #[default]
    No,
    /// When the program ended with an error.
    OnFailure {
        /// At most so many times; `None` and 0 are without end.
        retries: Option<u32>,
    },
    /// Always, also when the engine starts.
    Always,
    /// Always, unless it was stopped by hand.
    UnlessStopped,
}

impl RestartPolicy {
    /// Reads the value of `--restart`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text {
            "" | "no" => return Ok(RestartPolicy::No),
            "always" => return Ok(RestartPolicy::Always),
            "unless-stopped" => return Ok(RestartPolicy::UnlessStopped),
            "on-failure" => return Ok(RestartPolicy::OnFailure { retries: None }),
            _ => {}
        }
        match text.split_once(':') {
            Some(("on-failure", retries)) => retries
                .parse()
                .map(|retries| RestartPolicy::OnFailure {
                    retries: Some(retries),
                })
                .map_err(|_| {
                    Invalid::new(format!(
                        "{} is not a number of times. Write it as on-failure:3.",
                        shown(retries)
                    ))
                }),
            Some(("no" | "always" | "unless-stopped", _)) => Err(Invalid::new(
                "Only on-failure can have a number of times, as in on-failure:3.",
            )),
            _ => Err(Invalid::new(format!(
                "{} is not a restart policy. Write no, on-failure, always or unless-stopped.",
                shown(text)
            ))),
        }
    }

    /// Its name in an engine's API.
    pub fn as_str(self) -> &'static str {
        match self {
            RestartPolicy::No => "no",
            RestartPolicy::OnFailure { .. } => "on-failure",
            RestartPolicy::Always => "always",
            RestartPolicy::UnlessStopped => "unless-stopped",
        }
    }
}

/// When an image is downloaded before a container is made from it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum PullPolicy {
    /// Each time.
    Always,
    /// When the engine does not have it.
    #[default]
    Missing,
    /// Not at all.
    Never,
}

impl PullPolicy {
    /// Reads the value of `--pull`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text {
            "always" => Ok(PullPolicy::Always),
            "missing" | "" => Ok(PullPolicy::Missing),
            "never" => Ok(PullPolicy::Never),
            _ => Err(Invalid::new(format!(
                "{} is not known here. Write always, missing or never.",
                shown(text)
            ))),
        }
    }
}

/// A kind of system and processor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Platform {
    /// The system, such as `linux`; `None` where only the processor was given.
    pub os: Option<String>,
    /// The processor, such as `arm64`.
    pub arch: Option<String>,
    /// The processor's variant, such as `v7`.
    pub variant: Option<String>,
}

const SYSTEMS: &[&str] = &[
    "linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "solaris", "wasi", "wasip1",
];
const PROCESSORS: &[&str] = &[
    "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64",
    "ppc64le", "riscv64", "s390x", "wasm", "aarch64", "armel", "armhf", "i386", "x86-64", "x86_64",
];

impl Platform {
    /// Reads the value of `--platform`: `system/processor[/variant]`, or one of the first two.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = || {
            Invalid::new(format!(
                "{} is not a platform. Write system and processor, such as linux/amd64 or linux/arm64.",
                shown(text)
            ))
        };
        let is_part = |part: &&str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
        };
        let parts: Vec<&str> = text.split('/').collect();
        if text.len() > 100 || !parts.iter().all(is_part) {
            return Err(wrong());
        }
        let part = |index: usize| parts.get(index).map(|part| (*part).to_owned());
        match parts[..] {
            [os] if SYSTEMS.contains(&os.to_ascii_lowercase().as_str()) => Ok(Platform {
                os: part(0),
                arch: None,
                variant: None,
            }),
            [arch] if PROCESSORS.contains(&arch.to_ascii_lowercase().as_str()) => Ok(Platform {
                os: None,
                arch: part(0),
                variant: None,
            }),
            [_, _] | [_, _, _] => Ok(Platform {
                os: part(0),
                arch: part(1),
                variant: part(2),
            }),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<&str> = [&self.os, &self.arch, &self.variant]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        f.write_str(&parts.join("/"))
    }
}

/// A signal, by name or number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Signal(String);

const SIGNALS: &[&str] = &[
    "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL",
    "PIPE", "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP",
    "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX",
];

impl Signal {
    /// Reads the value of `--signal`: `SIGTERM`, `term`, `15`, `RTMIN+3`.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let upper = text.to_ascii_uppercase();
        let name = upper.strip_prefix("SIG").unwrap_or(&upper);
        let is_number = name == text && text.parse::<u8>().is_ok_and(|n| (1..=64).contains(&n));
        let is_realtime = [("RTMIN+", 15), ("RTMAX-", 14)]
            .into_iter()
            .any(|(prefix, most)| {
                name.strip_prefix(prefix)
                    .is_some_and(|n| n.parse::<u8>().is_ok_and(|n| (1..=most).contains(&n)))
            });
        if is_number || is_realtime || SIGNALS.contains(&name) {
            return Ok(Signal(text.to_owned()));
        }
        Err(Invalid::new(format!(
            "{} is not a signal. Write a name or a number, such as SIGTERM or 15.",
            shown(text)
        )))
    }

    /// The signal as it was written, which engines take.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One condition of a list or a prune, such as `until=24h`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter {
    /// What it looks at, such as `label`.
    pub name: String,
    /// What it wants there.
    pub value: String,
}

impl Filter {
    /// Reads the value of `--filter` for a prune of containers.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn for_containers(text: &str) -> Result<Self, Invalid> {
        Filter::parse(text, &["until", "label", "label!"])
    }

    /// Reads the value of `--filter` for a prune of images.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn for_images(text: &str) -> Result<Self, Invalid> {
        Filter::parse(text, &["until", "label", "label!", "dangling"])
    }

    /// Reads the value of `--filter` for a prune of volumes.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn for_volumes(text: &str) -> Result<Self, Invalid> {
        Filter::parse(text, &["all", "label", "label!"])
    }

    /// Reads the value of `--filter` for a prune of networks, or of everything.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn for_pruning(text: &str) -> Result<Self, Invalid> {
        Filter::parse(text, &["until", "label", "label!"])
    }

    /// Reads the value of `--filter` for a list of images.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn for_listing_images(text: &str) -> Result<Self, Invalid> {
        Filter::parse(
            text,
            &[
                "before",
                "dangling",
                "label",
                "label!",
                "reference",
                "since",
                "until",
            ],
        )
    }

    /// Reads the value of `--filter` for a list of containers.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn for_listing_containers(text: &str) -> Result<Self, Invalid> {
        Filter::parse(
            text,
            &[
                "ancestor",
                "before",
                "exited",
                "expose",
                "health",
                "id",
                "is-task",
                "isolation",
                "label",
                "name",
                "network",
                "publish",
                "since",
                "status",
                "volume",
            ],
        )
    }

    /// Reads the value of `--filter` for a list of volumes.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn for_listing_volumes(text: &str) -> Result<Self, Invalid> {
        Filter::parse(text, &["dangling", "driver", "label", "name"])
    }

    /// Reads the value of `--filter` for a list of networks.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn for_listing_networks(text: &str) -> Result<Self, Invalid> {
        Filter::parse(
            text,
            &["dangling", "driver", "id", "label", "name", "scope", "type"],
        )
    }

    /// Reads the value of `--filter` for what happens in an engine.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn for_events(text: &str) -> Result<Self, Invalid> {
        Filter::parse(
            text,
            &[
                "config",
                "container",
                "daemon",
                "event",
                "image",
                "label",
                "network",
                "node",
                "plugin",
                "scope",
                "secret",
                "service",
                "type",
                "volume",
            ],
        )
    }

    /// Reads the value of `--filter` for a search of a registry.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    pub fn for_search(text: &str) -> Result<Self, Invalid> {
        Filter::parse(text, &["is-automated", "is-official", "stars"])
    }

    fn parse(text: &str, known: &[&str]) -> Result<Self, Invalid> {
        crate::text::refuse_nul(text)?;
        let (name, value) = text.split_once('=').ok_or_else(|| {
            Invalid::new(format!(
                "{} is not a filter. Write it as NAME=VALUE, such as until=24h.",
                shown(text)
            ))
        })?;
        // Docker's command line reads the names so.
        let name = name.trim().to_ascii_lowercase();
        if !known.contains(&name.as_str()) {
            return Err(Invalid::new(format!(
                "There is no filter {} here. There are {}.",
                shown(&name),
                known.join(", ")
            )));
        }
        Ok(Filter {
            name,
            value: value.trim().to_owned(),
        })
    }
}
