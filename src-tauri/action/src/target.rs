//! What an action is about: the things that it names.

use std::slice::from_ref;

use crate::Action;

impl Action {
    /// The containers, images, volumes or networks that it names, as they were written.
    pub fn targets(&self) -> Vec<&str> {
        let names: &[String] = match self {
            Action::ListImages(verb) => verb.repository.as_slice(),
            Action::Pull(verb) => from_ref(&verb.image),
            Action::Push(verb) => from_ref(&verb.image),
            Action::RemoveImage(verb) => &verb.images,
            Action::Tag(verb) => from_ref(&verb.source),
            Action::History(verb) => from_ref(&verb.image),
            Action::InspectImage(verb) => &verb.images,
            Action::Save(verb) => &verb.images,
            Action::Run(verb) => from_ref(&verb.image),
            Action::Create(verb) => from_ref(&verb.image),
            Action::Start(verb) => &verb.containers,
            Action::Stop(verb) => &verb.containers,
            Action::Restart(verb) => &verb.containers,
            Action::Kill(verb) => &verb.containers,
            Action::Pause(verb) => &verb.containers,
            Action::Unpause(verb) => &verb.containers,
            Action::Attach(verb) => from_ref(&verb.container),
            Action::Exec(verb) => from_ref(&verb.container),
            Action::Logs(verb) => from_ref(&verb.container),
            Action::Commit(verb) => from_ref(&verb.container),
            Action::Diff(verb) => from_ref(&verb.container),
            Action::Rename(verb) => from_ref(&verb.container),
            Action::RemoveContainer(verb) => &verb.containers,
            Action::InspectContainer(verb) => &verb.containers,
            Action::ListPorts(verb) => from_ref(&verb.container),
            Action::Top(verb) => from_ref(&verb.container),
            Action::Stats(verb) => &verb.containers,
            Action::Wait(verb) => &verb.containers,
            Action::Update(verb) => &verb.containers,
            Action::Export(verb) => from_ref(&verb.container),
            Action::RemoveVolume(verb) => &verb.volumes,
            Action::InspectVolume(verb) => &verb.volumes,
            Action::RemoveNetwork(verb) => &verb.networks,
            Action::InspectNetwork(verb) => &verb.networks,
            Action::ConnectNetwork(verb) => return filled([&verb.network, &verb.container]),
            Action::DisconnectNetwork(verb) => return filled([&verb.network, &verb.container]),
            Action::Inspect(verb) => &verb.names,
            Action::Copy(verb) => {
                let sides = [&verb.source, &verb.target];
                return sides
                    .into_iter()
                    .filter_map(|side| CopyPlace::of(side).container())
                    .collect();
            }
            Action::Load(_)
            | Action::Import(_)
            | Action::PruneImages(_)
            | Action::Build(_)
            | Action::ListContainers(_)
            | Action::PruneContainers(_)
            | Action::ListVolumes(_)
            | Action::CreateVolume(_)
            | Action::PruneVolumes(_)
            | Action::ListNetworks(_)
            | Action::CreateNetwork(_)
            | Action::PruneNetworks(_)
            | Action::SystemDf(_)
            | Action::SystemPrune(_)
            | Action::Info(_)
            | Action::Version(_)
            | Action::Events(_)
            | Action::Login(_)
            | Action::Logout(_)
            | Action::Search(_)
            | Action::ListContexts(_)
            | Action::UseContext(_) => &[],
        };
        filled(names)
    }
}

fn filled<'a>(names: impl IntoIterator<Item = &'a String>) -> Vec<&'a str> {
    let names = names.into_iter().map(String::as_str);
    names.filter(|name| !name.is_empty()).collect()
}

/// One side of a `docker cp`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyPlace<'a> {
    /// A file or folder in a container.
    Container {
        /// The container, by name or id.
        container: &'a str,
        /// The path in it.
        path: &'a str,
    },
    /// A file or folder of this computer.
    Local(&'a str),
    /// What comes in from the terminal, or goes out to it: a tar file.
    Terminal,
}

impl<'a> CopyPlace<'a> {
    /// Reads one side as `docker cp` does: what begins with `/` or `.`, or with the letter of a
    /// drive, is a path of this computer even if a colon follows.
    pub fn of(text: &'a str) -> CopyPlace<'a> {
        if text == "-" {
            return CopyPlace::Terminal;
        }
        match text.split_once(':') {
            Some((container, path))
                if !container.is_empty()
                    && !text.starts_with(['/', '.', '\\'])
                    && !is_drive(container, path) =>
            {
                CopyPlace::Container { container, path }
            }
            Some(_) | None => CopyPlace::Local(text),
        }
    }

    fn container(self) -> Option<&'a str> {
        match self {
            CopyPlace::Container { container, .. } => Some(container),
            CopyPlace::Local(_) | CopyPlace::Terminal => None,
        }
    }
}

/// `C:\x` or `C:/x`. Docker reads this as a container on other systems than Windows, which it can
/// only be by the first letter of its id: a name has at least two characters.
fn is_drive(before: &str, after: &str) -> bool {
    before.len() == 1
        && before.bytes().all(|b| b.is_ascii_alphabetic())
        && after.starts_with(['\\', '/'])
}
