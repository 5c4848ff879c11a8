//! The one place where an engine's English is read. The status is looked at first; the words only tell
//! apart what has one status. Each row has examples of the engines that were heard to say it.

use crate::problem::Code;

/// Where the words come from: some mean different things there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heard {
    /// While an image was downloaded.
    Downloading,
    /// Anywhere else.
    Elsewhere,
}

/// What an engine said, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// One of the known failures.
    Known(Code),
    /// A port under 1024 that the engine has no right to open.
    PrivilegedPort,
    /// The image has several names, so its id alone does not say which of them is to go.
    ManyNames,
    /// Other images are built on this one.
    HasChildren,
    /// It is being removed already.
    BeingRemoved,
    /// It is paused already.
    AlreadyPaused,
    /// It is not paused, so it can't go on.
    NotPaused,
    /// The engine's own networks stay.
    OwnNetwork,
    /// The file is there, and is no program that may be started.
    NotExecutable,
    /// The image knows no such user.
    NoSuchUser,
    /// The engine has no way to give a container a graphics card.
    NoGpu,
    /// There is no such device on the engine's computer.
    NoSuchDevice,
    /// The registry answers without encryption, which the engine does not take from it.
    PlainRegistry,
    /// The registry's certificate is one that the engine does not trust.
    UnknownCertificate,
}

struct Rule {
    said: Said,
    /// The statuses with which it comes; empty is any, also none (words in a stream).
    status: &'static [u16],
    /// All of these stand in the text, which is in small letters.
    words: &'static [&'static str],
    only: Option<Heard>,
    /// The words are all that was said.
    whole: bool,
}

const fn rule(code: Code, status: &'static [u16], words: &'static [&'static str]) -> Rule {
    Rule {
        said: Said::Known(code),
        status,
        words,
        only: None,
        whole: false,
    }
}

const fn special(said: Said, words: &'static [&'static str]) -> Rule {
    Rule {
        said,
        status: &[],
        words,
        only: None,
        whole: false,
    }
}

/// These words mean the network only where a registry is asked.
const fn network(words: &'static [&'static str]) -> Rule {
    let said = Said::Known(Code::NoNetwork);
    Rule {
        said,
        status: &[],
        words,
        only: Some(Heard::Downloading),
        whole: false,
    }
}

/// All that is left where a registry refuses a request for an image's head, which has no body.
const DENIED: Rule = Rule {
    whole: true,
    ..rule(Code::LoginNeeded, &[], &["denied"])
};

/// The first that fits counts.
const RULES: &[Rule] = &[
    rule(Code::DiskFull, &[], &["no space left on device"]),
    rule(Code::DiskFull, &[], &["disk quota exceeded"]),
    rule(Code::RateLimited, &[], &["toomanyrequests"]),
    rule(Code::RateLimited, &[], &["429 too many requests"]),
    rule(Code::RateLimited, &[], &["pull rate limit"]),
    rule(Code::LoginNeeded, &[], &["pull access denied"]),
    rule(
        Code::LoginNeeded,
        &[],
        &["requested access to the resource is denied"],
    ),
    rule(Code::LoginNeeded, &[], &["no basic auth credentials"]),
    rule(Code::LoginNeeded, &[], &["authentication required"]),
    rule(Code::LoginNeeded, &[], &["unauthorized"]),
    rule(Code::LoginNeeded, &[], &["incorrect username or password"]),
    DENIED,
    rule(Code::NoSuchPlatform, &[], &["no matching manifest for"]),
    rule(
        Code::NoSuchPlatform,
        &[],
        &["no image found in image index for architecture"],
    ),
    rule(
        Code::NoSuchPlatform,
        &[],
        &["no image found in manifest list for architecture"],
    ),
    rule(
        Code::NoSuchPlatform,
        &[],
        &["does not match the specified platform"],
    ),
    rule(
        Code::NoSuchPlatform,
        &[],
        &["does not provide the specified platform"],
    ),
    rule(
        Code::NoSuchPlatform,
        &[],
        &["does not provide any platform"],
    ),
    rule(Code::NoSuchPlatform, &[], &["exec format error"]),
    rule(Code::PortTaken, &[], &["port is already allocated"]),
    rule(Code::PortTaken, &[], &["address already in use"]),
    rule(Code::PortTaken, &[], &["ports are not available"]),
    special(Said::PrivilegedPort, &["cannot expose privileged port"]),
    special(Said::PrivilegedPort, &["bind: permission denied"]),
    special(
        Said::ManyNames,
        &["image is referenced in multiple repositories"],
    ),
    special(Said::HasChildren, &["image has dependent child images"]),
    special(
        Said::BeingRemoved,
        &["removal of container", "already in progress"],
    ),
    rule(Code::VolumeInUse, &[409, 500], &["volume is in use"]),
    rule(Code::VolumeInUse, &[409, 500], &["volume is being used"]),
    rule(
        Code::NetworkInUse,
        &[403, 409, 500],
        &["network", "has active endpoints"],
    ),
    rule(Code::NetworkInUse, &[409, 500], &["network is being used"]),
    special(Said::OwnNetwork, &["is a pre-defined network"]),
    special(Said::OwnNetwork, &["default network", "cannot be removed"]),
    rule(
        Code::ImageInUse,
        &[409, 500],
        &["unable to", "is being used by"],
    ),
    rule(
        Code::ImageInUse,
        &[409, 500],
        &["is using its referenced image"],
    ),
    rule(
        Code::ImageInUse,
        &[409, 500],
        &["image is in use by a container"],
    ),
    rule(Code::ImageInUse, &[409, 500], &["image used by"]),
    rule(
        Code::NameTaken,
        &[409, 500],
        &["name", "is already in use by"],
    ),
    rule(
        Code::NameTaken,
        &[409, 500],
        &["that name is already in use"],
    ),
    rule(
        Code::NameTaken,
        &[409, 500],
        &["name", "is in use: container already exists"],
    ),
    rule(
        Code::NameTaken,
        &[500],
        &["unique constraint failed", "name"],
    ),
    rule(
        Code::NameTaken,
        &[409, 500],
        &["network with name", "already exists"],
    ),
    rule(
        Code::NameTaken,
        &[409, 500],
        &["network name", "already used"],
    ),
    // Before those of a container in the way: Podman repeats them where an image is removed by force.
    rule(
        Code::ImageInUse,
        &[409, 500],
        &["using image could not be removed"],
    ),
    rule(
        Code::ContainerRunning,
        &[409, 500],
        &["cannot remove a running container"],
    ),
    rule(
        Code::ContainerRunning,
        &[409, 500],
        &["cannot remove a paused container"],
    ),
    rule(
        Code::ContainerRunning,
        &[409, 500],
        &["cannot remove a restarting container"],
    ),
    rule(
        Code::ContainerRunning,
        &[409, 500],
        &["cannot remove container", "container is running"],
    ),
    rule(
        Code::ContainerRunning,
        &[409, 500],
        &["cannot remove container", "container is paused"],
    ),
    rule(
        Code::ContainerRunning,
        &[409, 500],
        &["cannot remove container", "container is restarting"],
    ),
    rule(
        Code::ContainerRunning,
        &[409, 500],
        &["containers cannot be removed without force"],
    ),
    special(Said::AlreadyPaused, &["is already paused"]),
    special(Said::NotPaused, &["is not paused"]),
    rule(
        Code::ContainerPaused,
        &[409, 500],
        &["is paused, unpause the container"],
    ),
    rule(
        Code::ContainerPaused,
        &[304, 409, 500],
        &["cannot start a paused container"],
    ),
    rule(
        Code::ContainerPaused,
        &[409, 500],
        &["cannot create exec session", "is paused"],
    ),
    rule(
        Code::ContainerPaused,
        &[409, 500],
        &["must be in created or stopped state to be started"],
    ),
    rule(Code::ContainerNotRunning, &[409, 500], &["is not running"]),
    rule(
        Code::ContainerNotRunning,
        &[409, 500],
        &["can only create exec sessions on running containers"],
    ),
    rule(
        Code::ContainerNotRunning,
        &[409, 500],
        &["can only be used on running containers"],
    ),
    rule(
        Code::ContainerNotRunning,
        &[409, 500],
        &["can only kill running containers"],
    ),
    rule(
        Code::MountRefused,
        &[],
        &["bind source path does not exist"],
    ),
    rule(
        Code::MountRefused,
        &[],
        &["error mounting", "not a directory"],
    ),
    special(Said::NoSuchUser, &["unable to find user"]),
    special(Said::NoGpu, &["could not select device driver", "gpu"]),
    special(Said::NoSuchDevice, &["error gathering device information"]),
    special(Said::NoSuchDevice, &["stat /dev/", "no such file"]),
    rule(Code::NoSuchProgram, &[], &["executable file", "not found"]),
    special(Said::NotExecutable, &["exec: ", "permission denied"]),
    special(Said::NotExecutable, &["exec: ", "is a directory"]),
    rule(
        Code::NoSuchProgram,
        &[],
        &["exec:", "no such file or directory"],
    ),
    rule(
        Code::NoSuchProgram,
        &[],
        &["attempted to invoke a command that was not found"],
    ),
    rule(Code::NoSuchImage, &[], &["no such image"]),
    rule(Code::NoSuchImage, &[404, 500], &["image not known"]),
    rule(Code::NoSuchImage, &[], &["image does not exist locally"]),
    rule(Code::NoSuchImage, &[], &["manifest unknown"]),
    rule(Code::NoSuchImage, &[], &["manifest for", "not found"]),
    rule(
        Code::NoSuchImage,
        &[],
        &["failed to resolve reference", "not found"],
    ),
    rule(Code::NoSuchContainer, &[404], &["no such container"]),
    rule(
        Code::NoSuchContainer,
        &[404],
        &["no container with name or id"],
    ),
    rule(Code::NoSuchVolume, &[404, 500], &["no such volume"]),
    rule(Code::NoSuchNetwork, &[], &["network not found"]),
    rule(
        Code::NoSuchNetwork,
        &[404, 500],
        &["network ", " not found"],
    ),
    special(
        Said::PlainRegistry,
        &["server gave http response to https client"],
    ),
    special(
        Said::UnknownCertificate,
        &["certificate signed by unknown authority"],
    ),
    network(&["no such host"]),
    network(&["temporary failure in name resolution"]),
    network(&["server misbehaving"]),
    network(&["network is unreachable"]),
    network(&["no route to host"]),
    network(&["connection refused"]),
    network(&["connection reset"]),
    network(&["i/o timeout"]),
    network(&["handshake timeout"]),
    network(&["deadline exceeded"]),
    network(&["request canceled while waiting for connection"]),
    network(&["proxyconnect"]),
];

/// Recognises what an engine said; `status` is that of its answer, `None` for words in a stream.
pub(crate) fn recognise(status: Option<u16>, text: &str, heard: Heard) -> Option<Said> {
    let text = text.to_lowercase();
    let fits = |rule: &&Rule| {
        let status_fits =
            rule.status.is_empty() || status.is_some_and(|status| rule.status.contains(&status));
        status_fits
            && rule.only.is_none_or(|only| only == heard)
            && rule.words.iter().all(|words| {
                if rule.whole {
                    text == *words
                } else {
                    text.contains(words)
                }
            })
    };
    RULES.iter().find(fits).map(|rule| rule.said)
}

#[cfg(test)]
#[path = "words/tests.rs"]
mod tests;

#[cfg(test)]
#[path = "words/state_tests.rs"]
mod state_tests;
