//! What is wrong with an action, field by field.

use crate::env::EnvVar;
use crate::limit::{Cpus, Memory};
use crate::name::{ContainerArg, ContainerName, ExtraHost, Hostname, Label, Network, User};
use crate::policy::{Filter, Platform, PullPolicy, RestartPolicy, Signal};
use crate::port::{ExposeSpec, PortSpec};
use crate::reference::{ImageName, Reference};
use crate::text::{Invalid, placeholder, refuse_nul, shown};
use crate::volume::VolumeSpec;
use crate::{Action, ContainerOptions, FieldProblem};

/// More entries than this in one list are a slip, and would make a window crawl.
const MOST_ENTRIES: usize = 1000;
/// No field has a use for more.
const LONGEST_VALUE: usize = 32 * 1024;

impl Action {
    /// What must be mended before the action can be performed, in the order of the fields; nothing
    /// when it can. What only the engine knows (is the name taken?) is not looked at here.
    pub fn check(&self) -> Vec<FieldProblem> {
        let mut found = Findings::default();
        match self {
            Action::Pull(pull) => {
                found.optional("platform", pull.platform.as_deref(), Platform::parse);
                found.value("image", 0, &pull.image, Reference::parse);
                if pull.all_tags && Reference::parse(&pull.image).is_ok_and(|r| r.tag().is_some()) {
                    found.add("all_tags", 0, "Every tag can’t be downloaded when the image is named with one. Leave out the tag, or this flag.");
                }
            }
            Action::Run(run) => {
                found.options(&run.options);
                found.image(&run.image);
                found.command(&run.command);
            }
            Action::Create(create) => {
                found.options(&create.options);
                found.image(&create.image);
                found.command(&create.command);
            }
            Action::Start(start) => found.containers(&start.containers),
            Action::Stop(stop) => {
                found.optional("signal", stop.signal.as_deref(), Signal::parse);
                found.seconds("timeout", stop.timeout);
                found.containers(&stop.containers);
            }
            Action::Restart(restart) => {
                found.optional("signal", restart.signal.as_deref(), Signal::parse);
                found.seconds("timeout", restart.timeout);
                found.containers(&restart.containers);
            }
            Action::Kill(kill) => {
                found.optional("signal", kill.signal.as_deref(), Signal::parse);
                found.containers(&kill.containers);
            }
            Action::Pause(pause) => found.containers(&pause.containers),
            Action::Unpause(unpause) => found.containers(&unpause.containers),
            Action::Rename(rename) => {
                found.value("container", 0, &rename.container, ContainerArg::parse);
                found.value("new_name", 0, &rename.new_name, ContainerName::parse);
            }
            Action::RemoveContainer(remove) => found.containers(&remove.containers),
            Action::PruneContainers(prune) => {
                found.each("filter", &prune.filter, Filter::for_containers);
            }
            Action::InspectContainer(inspect) => found.containers(&inspect.containers),
            Action::RemoveImage(remove) => found.images(&remove.images),
            Action::PruneImages(prune) => found.each("filter", &prune.filter, Filter::for_images),
            Action::InspectImage(inspect) => found.images(&inspect.images),
        }
        found.problems
    }
}

#[derive(Default)]
struct Findings {
    problems: Vec<FieldProblem>,
}

impl Findings {
    fn add(&mut self, field: &str, index: usize, message: impl Into<String>) {
        self.problems.push(FieldProblem {
            field: field.to_owned(),
            index: u32::try_from(index).unwrap_or(u32::MAX),
            message: message.into(),
        });
    }

    /// Looks at one value; gives it back parsed when it is right.
    fn value<T>(
        &mut self,
        field: &str,
        index: usize,
        text: &str,
        parse: impl Fn(&str) -> Result<T, Invalid>,
    ) -> Option<T> {
        let parsed = parse(text);
        let message = match (parsed, placeholder(text)) {
            (Ok(parsed), _) => return Some(parsed),
            (Err(_), Some(stand_in)) => {
                format!(
                    "{} stands for a value of your own. Write that in its place.",
                    shown(stand_in)
                )
            }
            (Err(invalid), None) => invalid.to_string(),
        };
        self.add(field, index, message);
        None
    }

    /// A field that may be left blank.
    fn optional<T>(
        &mut self,
        field: &str,
        text: Option<&str>,
        parse: impl Fn(&str) -> Result<T, Invalid>,
    ) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.value(field, 0, text, parse);
        }
    }

    /// A list; blank entries are left out by everyone.
    fn each<T>(
        &mut self,
        field: &str,
        list: &[String],
        parse: impl Fn(&str) -> Result<T, Invalid>,
    ) {
        self.each_parsed(field, list, parse);
    }

    fn each_parsed<T>(
        &mut self,
        field: &str,
        list: &[String],
        parse: impl Fn(&str) -> Result<T, Invalid>,
    ) -> Vec<(usize, T)> {
        if list.len() > MOST_ENTRIES {
            self.add(
                field,
                MOST_ENTRIES,
                format!("These are more than {MOST_ENTRIES} entries."),
            );
            return Vec::new();
        }
        let filled = list.iter().enumerate().filter(|(_, text)| !text.is_empty());
        filled
            .filter_map(|(index, text)| Some((index, self.value(field, index, text, &parse)?)))
            .collect()
    }

    fn image(&mut self, image: &str) {
        // An image can be run by its id too.
        self.value("image", 0, image, ImageName::parse);
    }

    fn containers(&mut self, containers: &[String]) {
        if containers.iter().all(String::is_empty) {
            self.add("containers", 0, "Say which container, by its name or id.");
        }
        self.each("containers", containers, ContainerArg::parse);
    }

    fn images(&mut self, images: &[String]) {
        if images.iter().all(String::is_empty) {
            self.add("images", 0, "Say which image, by its name or id.");
        }
        self.each("images", images, ImageName::parse);
    }

    fn seconds(&mut self, field: &str, seconds: Option<i32>) {
        if seconds.is_some_and(|seconds| seconds < -1) {
            self.add(
                field,
                0,
                "Write a number of seconds, 0 or more; -1 waits without end.",
            );
        }
    }

    fn command(&mut self, command: &[String]) {
        for (index, word) in command.iter().enumerate() {
            self.value("command", index, word, argument);
        }
    }

    fn options(&mut self, options: &ContainerOptions) {
        let ports = self.each_parsed("publish", &options.publish, PortSpec::parse);
        self.double_ports(&ports);
        self.optional("name", options.name.as_deref(), ContainerName::parse);
        self.each("env", &options.env, |text| {
            argument(text).and_then(|()| EnvVar::parse(text))
        });
        self.each("env_file", &options.env_file, path);
        self.volumes(&options.volume);
        self.optional("workdir", options.workdir.as_deref(), container_path);
        self.optional("user", options.user.as_deref(), User::parse);
        self.optional("entrypoint", options.entrypoint.as_deref(), argument);
        self.optional("network", options.network.as_deref(), Network::parse);
        self.optional("hostname", options.hostname.as_deref(), Hostname::parse);
        self.restart(options);
        self.optional("memory", options.memory.as_deref(), Memory::parse);
        self.optional("cpus", options.cpus.as_deref(), Cpus::parse);
        self.each("label", &options.label, |text| {
            argument(text).and_then(|()| Label::parse(text))
        });
        self.each("add_host", &options.add_host, ExtraHost::parse);
        self.each("expose", &options.expose, ExposeSpec::parse);
        self.optional("platform", options.platform.as_deref(), Platform::parse);
        self.optional("pull", options.pull.as_deref(), PullPolicy::parse);
        self.optional("stop_signal", options.stop_signal.as_deref(), Signal::parse);
        self.seconds("stop_timeout", options.stop_timeout);
    }

    fn double_ports(&mut self, ports: &[(usize, PortSpec)]) {
        for (place, (index, port)) in ports.iter().enumerate() {
            if ports[..place]
                .iter()
                .any(|(_, earlier)| port.clashes_with(earlier))
            {
                let host = port
                    .fixed_host_ports()
                    .map(|host| *host.start())
                    .unwrap_or_default();
                self.add("publish", *index, format!(
                    "Port {host} of this computer is used twice in this command. Choose another one, such as {}.",
                    host.checked_add(1).unwrap_or(8080)
                ));
            }
        }
    }

    fn volumes(&mut self, volumes: &[String]) {
        let parsed = self.each_parsed("volume", volumes, VolumeSpec::parse);
        for (place, (index, volume)) in parsed.iter().enumerate() {
            if parsed[..place]
                .iter()
                .any(|(_, earlier)| earlier.target == volume.target)
            {
                self.add("volume", *index, format!(
                    "Two entries go to {} in the container. Choose another place for one of them.",
                    shown(&volume.target)
                ));
            }
        }
    }

    fn restart(&mut self, options: &ContainerOptions) {
        let Some(restart) = options.restart.as_deref().filter(|text| !text.is_empty()) else {
            return;
        };
        let policy = self.value("restart", 0, restart, RestartPolicy::parse);
        if options.rm && policy.is_some_and(|policy| policy != RestartPolicy::No) {
            self.add("restart", 0, "A container that is removed when its program ends can’t be started again. Leave out either --rm or --restart.");
        }
    }
}

/// What is handed to a program as it is.
fn argument(text: &str) -> Result<(), Invalid> {
    refuse_nul(text)?;
    if text.len() > LONGEST_VALUE {
        return Err(Invalid::new(format!(
            "This is too long: it has {} characters.",
            text.chars().count()
        )));
    }
    Ok(())
}

/// A file of this computer.
fn path(text: &str) -> Result<(), Invalid> {
    if text.contains(char::is_control) || text.len() > 4096 {
        return Err(Invalid::new(format!(
            "{} is not the path of a file.",
            shown(text)
        )));
    }
    Ok(())
}

/// A folder in a container.
fn container_path(text: &str) -> Result<(), Invalid> {
    path(text)?;
    let is_drive = text
        .get(1..3)
        .is_some_and(|rest| matches!(rest, ":\\" | ":/"));
    if text.starts_with('/') || is_drive {
        return Ok(());
    }
    Err(Invalid::new(format!(
        "{} is not a full path. It begins with “/”, such as /app.",
        shown(text)
    )))
}
