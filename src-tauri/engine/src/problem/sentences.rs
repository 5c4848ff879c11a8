//! The sentences of each failure that is known.

use slipway_action::reference::Reference;

use crate::problem::explain::{Subject, cleaned, shown};
use crate::problem::words::Said;
use crate::problem::{Code, Problem};

/// What is known without a code of its own.
pub(super) fn special(said: Said, subject: Subject<'_>, text: &str) -> Problem {
    let name = subject.name();
    match said {
        Said::Known(code) => known(code, subject, text),
        Said::PrivilegedPort => privileged_port(),
        Said::ManyNames => many_names(name),
        Said::HasChildren => has_children(name),
        Said::BeingRemoved => being_removed(name),
        Said::AlreadyPaused => already_paused(name),
        Said::NotPaused => not_paused(name),
        Said::OwnNetwork => own_network(name),
        Said::NotExecutable => not_executable(text),
        Said::NoSuchUser => no_such_user(text),
        Said::NoGpu => no_gpu(),
        Said::NoSuchDevice => no_such_device(),
        Said::PlainRegistry => plain_registry(name),
        Said::UnknownCertificate => unknown_certificate(name),
    }
}

/// What has a code of its own.
pub(super) fn known(code: Code, subject: Subject<'_>, text: &str) -> Problem {
    let name = shown(subject.name());
    let new = |what: String, why: &str, todo: &str| Problem::new(code, what, why, todo);
    match code {
        Code::NoSuchContainer => new(
            format!("There is no container {name}"),
            "It was removed meanwhile, or its name is written differently.",
            "Look for it in the list of containers.",
        ),
        Code::NoSuchImage => match subject {
            Subject::Download(_) => new(
                format!("The registry has no image {name}"),
                "There is no image of this name there, or it does not have this tag.",
                "Check the spelling of the name, and of the tag after the colon.",
            ),
            Subject::Container(_)
            | Subject::Image(_)
            | Subject::Upload(_)
            | Subject::NewContainer { .. }
            | Subject::Volume(_)
            | Subject::Network(_)
            | Subject::Engine => new(
                format!("There is no image {name} on this engine"),
                "It was not downloaded yet, or its name is written differently.",
                "Check the spelling, or pull the image first.",
            ),
        },
        Code::NameTaken if matches!(subject, Subject::Network(_)) => new(
            format!("The name {name} is taken"),
            "Another network has the name already, and no two can share one.",
            "Choose another name, or use the network that is there.",
        ),
        Code::NameTaken => new(
            "This name is taken".to_owned(),
            "Another container has the name already, and no two can share one.",
            "Choose another name, or rename or remove the other container.",
        ),
        Code::PortTaken => new(
            "The port is taken".to_owned(),
            "Something already listens on this port of the computer.",
            "Choose another port, or stop what uses this one.",
        ),
        Code::ImageInUse => new(
            format!("The image {name} is in use"),
            "A container was made from it and still needs it.",
            "Remove the container first. Then the image can go.",
        ),
        Code::ContainerRunning => new(
            format!("The container {name} is still running"),
            "A running container is not removed, so that nothing is lost by mistake.",
            "Stop it first. Then it can be removed.",
        ),
        Code::ContainerNotRunning => new(
            format!("The container {name} is not running"),
            "This works only while its program runs.",
            "Start it first.",
        ),
        Code::ContainerPaused => new(
            format!("The container {name} is paused"),
            "Its programs are frozen, and nothing new can be started in it.",
            "Let it go on first.",
        ),
        Code::NoSuchVolume => new(
            format!("There is no volume {name}"),
            "It was removed meanwhile, or its name is written differently.",
            "Look for it in the list of volumes.",
        ),
        Code::VolumeInUse => new(
            format!("The volume {name} is in use"),
            "A container keeps files in it, whether it runs or not.",
            "Remove the container first. Then the volume can go.",
        ),
        Code::NoSuchNetwork => new(
            match missing_network(subject, text) {
                Some(network) => format!("There is no network {}", shown(network)),
                None => "There is no such network".to_owned(),
            },
            "It was removed meanwhile, or its name is written differently.",
            "Check the spelling, or create the network first.",
        ),
        Code::NetworkInUse => new(
            format!("The network {name} is in use"),
            "Containers are still connected to it.",
            "Disconnect them first. Then the network can go.",
        ),
        Code::MountRefused => mount_refused(text),
        Code::LoginNeeded if matches!(subject, Subject::Upload(_)) => new(
            format!("The registry does not take the image {name}"),
            "It wants a login, or the account may not push under this name.",
            "Log in with the command below. On Docker Hub the name begins with that of the account, such as me/app.",
        )
        .with_command(login(subject.name())),
        Code::LoginNeeded => login_needed(subject.name()),
        Code::NoNetwork => new(
            format!("{} cannot be reached", registry(subject.name())),
            "The engine found no way there: the internet connection, a VPN or a proxy may be in between.",
            "Check the internet connection, then try again.",
        ),
        Code::RateLimited => new(
            "The registry allows no more downloads for now".to_owned(),
            "It limits how much can be downloaded within some hours, less without a login.",
            "Wait a while, or log in with the command below, then try again.",
        )
        .with_command(login(subject.name())),
        Code::NoSuchPlatform => new(
            format!("The image {name} is not made for this kind of computer"),
            "An image fits one or several kinds of processor, and this one is not among them.",
            "Choose another platform, or another image.",
        ),
        Code::DiskFull => new(
            "No space is left".to_owned(),
            "The disk on which the engine keeps images and containers is full.",
            "Remove containers and images that you no longer need, then try again.",
        ),
        Code::NoSuchProgram => no_such_program(subject.name(), text),
        Code::EngineNotInstalled
        | Code::EngineNotRunning
        | Code::EngineNoPermission
        | Code::EngineUnreachable
        | Code::EngineTls
        | Code::EngineTooOld
        | Code::EngineLost
        | Code::DidItsJob
        | Code::NoTerminal
        | Code::OutOfMemory
        | Code::ProgramFailed
        | Code::ListensElsewhere
        | Code::Invalid
        | Code::Other => unknown(text),
    }
}

fn login_needed(image: &str) -> Problem {
    Problem::new(
        Code::LoginNeeded,
        format!("The image {} could not be downloaded", shown(image)),
        "The registry has no such image, or it is private and asks for a login.",
        "Check the spelling of the name. If the image is private, log in with the command below.",
    )
    .with_command(login(image))
}

fn no_such_program(image: &str, text: &str) -> Problem {
    let program = quoted_after(text, "exec: ");
    Problem::new(
        Code::NoSuchProgram,
        match program {
            Some(program) => format!("There is no program {} in the container", shown(program)),
            None => "The program is not in the container".to_owned(),
        },
        if image.is_empty() {
            "The container’s files hold no program of this name, so it could not start.".to_owned()
        } else {
            format!(
                "The image {} has no program of this name, so the container could not start.",
                shown(image)
            )
        },
        "Check the spelling of the command, or leave it out to run the image’s own program.",
    )
}

fn privileged_port() -> Problem {
    Problem::new(
        Code::PortTaken,
        "This port needs more rights",
        "Ports under 1024 are reserved on this computer, and the engine runs without the right to open them.",
        "Choose a port from 1024 on.",
    )
}

fn many_names(image: &str) -> Problem {
    Problem::new(
        Code::Other,
        format!("The image {} has several names", shown(image)),
        "Removing it by its id would take all its names away at once.",
        "Remove it by one of its names, or remove all of them.",
    )
}

fn has_children(image: &str) -> Problem {
    Problem::new(
        Code::Other,
        format!("Other images are built on {}", shown(image)),
        "An image cannot be removed while others need its layers.",
        "Remove the images that were built on it first.",
    )
}

fn being_removed(container: &str) -> Problem {
    Problem::new(
        Code::Other,
        format!("The container {} is being removed", shown(container)),
        "Its removal has begun already.",
        "Wait a moment until it is gone.",
    )
}

pub(super) fn unknown(text: &str) -> Problem {
    Problem::new(
        Code::Other,
        "The engine could not do this",
        "Slipway does not know this answer; the engine’s own words are below.",
        "Read the engine’s words, or search for them on the web.",
    )
    .with_detail(cleaned(text))
}

fn already_paused(container: &str) -> Problem {
    Problem::new(
        Code::Other,
        format!("The container {} is paused already", shown(container)),
        "Its programs are frozen.",
        "Nothing is left to do.",
    )
}

fn not_paused(container: &str) -> Problem {
    Problem::new(
        Code::Other,
        format!("The container {} is not paused", shown(container)),
        "Only a paused container can go on.",
        "Nothing is left to do.",
    )
}

fn own_network(network: &str) -> Problem {
    Problem::new(
        Code::Other,
        format!("The network {} stays", shown(network)),
        "The engine made it for itself, and needs it.",
        "Only networks that were created by someone can be removed.",
    )
}

fn not_executable(text: &str) -> Problem {
    Problem::new(
        Code::NoSuchProgram,
        match quoted_after(text, "exec: ") {
            Some(file) => format!("{} can’t be started", shown(file)),
            None => "The program can’t be started".to_owned(),
        },
        "The container has it, but it is a folder, or a file that is not marked as a program.",
        "Check the command. A file becomes a program by “chmod +x”.",
    )
}

fn no_such_user(text: &str) -> Problem {
    let user = text
        .split_once("unable to find user ")
        .and_then(|(_, rest)| rest.split(':').next());
    Problem::new(
        Code::Other,
        match user {
            Some(user) => format!("There is no user {} in the image", shown(user)),
            None => "There is no such user in the image".to_owned(),
        },
        "A user is looked up in the image’s own list, not in that of this computer.",
        "Check the spelling, or give the user’s number.",
    )
}

fn no_gpu() -> Problem {
    Problem::new(
        Code::Other,
        "The engine can’t give it a graphics card",
        "The engine’s computer has none that fits, or the software that shares it is not installed there.",
        "Install the NVIDIA Container Toolkit where the engine runs, or leave out --gpus.",
    )
}

fn no_such_device() -> Problem {
    Problem::new(
        Code::Other,
        "There is no such device",
        "The device is looked for on the engine’s computer.",
        "Check the path after --device.",
    )
}

fn plain_registry(image: &str) -> Problem {
    Problem::new(
        Code::Other,
        format!("{} answers without encryption", registry(image)),
        "The engine sends images only over encrypted connections, unless it is told otherwise.",
        "If you trust this registry, add it to “insecure-registries” in the engine’s settings.",
    )
}

fn unknown_certificate(image: &str) -> Problem {
    Problem::new(
        Code::Other,
        format!("{} can’t prove who it is", registry(image)),
        "The engine does not know who signed its certificate. A company’s proxy may stand in between.",
        "Add the certificate of that signer where the engine runs, then try again.",
    )
}

/// Docker names the folder, the runtimes name both places.
fn mount_refused(text: &str) -> Problem {
    let missing = text.split_once("bind source path does not exist: ");
    match missing.and_then(|(_, rest)| rest.lines().next()) {
        Some(path) => Problem::new(
            Code::MountRefused,
            format!("There is no folder {}", shown(path.trim())),
            "It should be put into the container, and it is not on the engine’s computer.",
            "Check the path, or create the folder first.",
        ),
        None => Problem::new(
            Code::MountRefused,
            "A folder and a file don’t fit each other",
            "A folder can’t be put in the place of a file, nor a file in the place of a folder.",
            "Check both paths. A file that is missing on this computer may have become a folder.",
        ),
    }
}

/// The network that was asked for, or that the engine names: `network mine not found`, `unable to find
/// network with name or ID mine: network not found`.
fn missing_network<'a>(subject: Subject<'a>, text: &'a str) -> Option<&'a str> {
    if let Subject::Network(name) = subject {
        return Some(name);
    }
    let after = |words: &str| text.split_once(words).map(|(_, rest)| rest);
    let name = after("network with name or ID ").or_else(|| after("network "))?;
    let name = name.split([' ', ':']).next()?;
    (!name.is_empty()).then_some(name)
}

/// The registry of an image, as people know it.
fn registry(image: &str) -> String {
    match Reference::parse(image) {
        Ok(reference) if reference.domain() != "docker.io" => {
            format!("The registry {}", shown(reference.domain()))
        }
        Ok(_) | Err(_) => "Docker Hub".to_owned(),
    }
}

fn login(image: &str) -> String {
    match Reference::parse(image) {
        Ok(reference) if reference.domain() != "docker.io" => {
            format!("docker login {}", reference.domain())
        }
        Ok(_) | Err(_) => "docker login".to_owned(),
    }
}

/// The word in double quotes that follows `before`.
fn quoted_after<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    let rest = &text[text.find(before)? + before.len()..];
    let rest = rest.trim_start_matches('\\').strip_prefix('"')?;
    rest.split(['"', '\\'])
        .next()
        .filter(|word| !word.is_empty())
}
