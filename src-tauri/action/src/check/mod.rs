//! What is wrong with an action, field by field.

use crate::duration::Moment;
use crate::name::{ContainerArg, ContainerName, User};
use crate::object::NetworkArg;
use crate::policy::{Filter, RestartPolicy, Signal};
use crate::port::ExposeSpec;
use crate::reference::{ImageName, Reference};
use crate::rights::detach_keys;
use crate::{Action, FieldProblem};

mod build;
mod findings;
mod limits;
mod network;
mod nouns;
mod options;
mod unkept;
mod value;

use findings::Findings;
use value::{
    argument, container_path, kind, lines, new_name, path, platforms, some_argument, some_path,
};

impl Action {
    /// What must be mended before the action can be performed, in the order of the fields; nothing
    /// when it can. What only the engine knows (is the name taken?) is not looked at here.
    pub fn check(&self) -> Vec<FieldProblem> {
        let mut found = Findings::default();
        match self {
            Action::ListImages(verb) => {
                found.each("filter", &verb.filter, Filter::for_listing_images);
                found.optional("repository", verb.repository.as_deref(), argument);
            }
            Action::Pull(verb) => {
                found.platform(verb.platform.as_deref());
                found.value("image", 0, &verb.image, Reference::parse);
                found.every_tag_or_one(verb.all_tags, &verb.image);
            }
            Action::Push(verb) => {
                found.platform(verb.platform.as_deref());
                found.value("image", 0, &verb.image, Reference::parse);
                found.every_tag_or_one(verb.all_tags, &verb.image);
            }
            Action::RemoveImage(verb) => {
                found.each("platform", &verb.platform, platforms);
                found.images(&verb.images);
            }
            Action::Tag(verb) => {
                found.value("source", 0, &verb.source, ImageName::parse);
                found.value("target", 0, &verb.target, new_name);
            }
            Action::History(verb) => {
                found.platform(verb.platform.as_deref());
                found.image(&verb.image);
            }
            Action::InspectImage(verb) => {
                found.platform(verb.platform.as_deref());
                found.images(&verb.images);
            }
            Action::Save(verb) => {
                found.optional("output", verb.output.as_deref(), path);
                found.each("platform", &verb.platform, platforms);
                found.images(&verb.images);
            }
            Action::Load(verb) => {
                found.optional("input", verb.input.as_deref(), path);
                found.each("platform", &verb.platform, platforms);
            }
            Action::Import(verb) => {
                found.each("change", &verb.change, argument);
                found.optional("message", verb.message.as_deref(), argument);
                found.platform(verb.platform.as_deref());
                found.value("source", 0, &verb.source, some_path);
                found.optional("image", verb.image.as_deref(), new_name);
            }
            Action::PruneImages(verb) => found.each("filter", &verb.filter, Filter::for_images),
            Action::Build(verb) => found.build(verb),
            Action::ListContainers(verb) => {
                found.each("filter", &verb.filter, Filter::for_listing_containers);
            }
            Action::Run(verb) => {
                found.optional("detach_keys", verb.detach_keys.as_deref(), detach_keys);
                found.options(&verb.options);
                if verb.detach
                    && verb
                        .options
                        .recording
                        .attach
                        .iter()
                        .any(|it| !it.is_empty())
                {
                    found.add("attach", 0, "A container in the background can’t be connected with the terminal. Leave out either --attach or --detach.");
                }
                found.image(&verb.image);
                found.command(&verb.command);
            }
            Action::Create(verb) => {
                found.options(&verb.options);
                found.image(&verb.image);
                found.command(&verb.command);
            }
            Action::Start(verb) => {
                found.optional("detach_keys", verb.detach_keys.as_deref(), detach_keys);
                found.optional("checkpoint", verb.checkpoint.as_deref(), argument);
                found.optional("checkpoint_dir", verb.checkpoint_dir.as_deref(), path);
                found.containers(&verb.containers);
            }
            Action::Stop(verb) => {
                found.optional("signal", verb.signal.as_deref(), Signal::parse);
                found.seconds("timeout", verb.timeout);
                found.containers(&verb.containers);
            }
            Action::Restart(verb) => {
                found.optional("signal", verb.signal.as_deref(), Signal::parse);
                found.seconds("timeout", verb.timeout);
                found.containers(&verb.containers);
            }
            Action::Kill(verb) => {
                found.optional("signal", verb.signal.as_deref(), Signal::parse);
                found.containers(&verb.containers);
            }
            Action::Pause(verb) => found.containers(&verb.containers),
            Action::Unpause(verb) => found.containers(&verb.containers),
            Action::Attach(verb) => {
                found.optional("detach_keys", verb.detach_keys.as_deref(), detach_keys);
                found.container(&verb.container);
            }
            Action::Exec(verb) => {
                found.optional("detach_keys", verb.detach_keys.as_deref(), detach_keys);
                found.environment(&verb.env, &verb.env_file);
                found.optional("user", verb.user.as_deref(), User::parse);
                found.optional("workdir", verb.workdir.as_deref(), container_path);
                found.container(&verb.container);
                if verb.command.is_empty() {
                    found.add(
                        "command",
                        0,
                        "Say which program is to run in the container, such as sh.",
                    );
                }
                found.command(&verb.command);
            }
            Action::Logs(verb) => {
                found.optional("since", verb.since.as_deref(), Moment::parse);
                found.optional("tail", verb.tail.as_deref(), lines);
                found.optional("until", verb.until.as_deref(), Moment::parse);
                found.container(&verb.container);
            }
            Action::Copy(verb) => found.copy(verb),
            Action::Commit(verb) => {
                found.optional("author", verb.author.as_deref(), argument);
                found.each("change", &verb.change, argument);
                found.optional("message", verb.message.as_deref(), argument);
                found.container(&verb.container);
                found.optional("image", verb.image.as_deref(), new_name);
            }
            Action::Diff(verb) => found.container(&verb.container),
            Action::Rename(verb) => {
                found.container(&verb.container);
                found.value("new_name", 0, &verb.new_name, ContainerName::parse);
            }
            Action::RemoveContainer(verb) => found.containers(&verb.containers),
            Action::PruneContainers(verb) => {
                found.each("filter", &verb.filter, Filter::for_containers);
            }
            Action::InspectContainer(verb) => found.containers(&verb.containers),
            Action::ListPorts(verb) => {
                found.container(&verb.container);
                found.optional(
                    "private_port",
                    verb.private_port.as_deref(),
                    ExposeSpec::parse,
                );
            }
            Action::Top(verb) => {
                found.container(&verb.container);
                found.words("options", &verb.options);
            }
            Action::Stats(verb) => found.each("containers", &verb.containers, ContainerArg::parse),
            Action::Wait(verb) => found.containers(&verb.containers),
            Action::Update(verb) => {
                if self.set_flags().is_empty() {
                    found.add("memory", 0, "Say what is to change, such as --memory 1g.");
                }
                found.limits(verb.memory.as_deref(), verb.cpus.as_deref(), &verb.limits);
                found.optional("restart", verb.restart.as_deref(), RestartPolicy::parse);
                found.containers(&verb.containers);
            }
            Action::Export(verb) => {
                found.optional("output", verb.output.as_deref(), path);
                found.container(&verb.container);
            }
            Action::ListVolumes(verb) => {
                found.each("filter", &verb.filter, Filter::for_listing_volumes);
            }
            Action::CreateVolume(verb) => found.create_volume(verb),
            Action::RemoveVolume(verb) => found.volume_names(&verb.volumes),
            Action::InspectVolume(verb) => found.volume_names(&verb.volumes),
            Action::PruneVolumes(verb) => {
                found.each("filter", &verb.filter, Filter::for_volumes);
            }
            Action::ListNetworks(verb) => {
                found.each("filter", &verb.filter, Filter::for_listing_networks);
            }
            Action::CreateNetwork(verb) => found.create_network(verb),
            Action::RemoveNetwork(verb) => found.networks(&verb.networks),
            Action::InspectNetwork(verb) => found.networks(&verb.networks),
            Action::PruneNetworks(verb) => {
                found.each("filter", &verb.filter, Filter::for_pruning);
            }
            Action::ConnectNetwork(verb) => found.connect_network(verb),
            Action::DisconnectNetwork(verb) => {
                found.value("network", 0, &verb.network, NetworkArg::parse);
                found.container(&verb.container);
            }
            Action::SystemPrune(verb) => {
                let filters = found.each_parsed("filter", &verb.filter, Filter::for_pruning);
                for (index, filter) in filters {
                    if verb.volumes && filter.name == "until" {
                        found.add("filter", index, "Volumes have no age, so until= can’t stand together with --volumes. Leave out one of them.");
                    }
                }
            }
            Action::Events(verb) => {
                found.each("filter", &verb.filter, Filter::for_events);
                found.optional("since", verb.since.as_deref(), Moment::parse);
                found.optional("until", verb.until.as_deref(), Moment::parse);
            }
            Action::Inspect(verb) => {
                found.optional("type", verb.r#type.as_deref(), kind);
                found.several(
                    "names",
                    &verb.names,
                    "Say what to look at, by its name or id.",
                );
                found.each("names", &verb.names, some_argument);
            }
            Action::Login(verb) => {
                found.optional("username", verb.username.as_deref(), argument);
                found.optional("password", verb.password.as_deref(), argument);
                found.optional("server", verb.server.as_deref(), argument);
            }
            Action::Logout(verb) => found.optional("server", verb.server.as_deref(), argument),
            Action::Search(verb) => {
                found.each("filter", &verb.filter, Filter::for_search);
                found.number("limit", verb.limit, 1, 100);
                found.value("term", 0, &verb.term, some_argument);
            }
            Action::UseContext(verb) => {
                found.value("context", 0, &verb.context, some_argument);
            }
            Action::SystemDf(_)
            | Action::Info(_)
            | Action::Version(_)
            | Action::ListContexts(_) => {}
        }
        found.unkept(self);
        found.problems
    }
}
