//! Whether an action is done in a folder: what it names there means something else in another.

use crate::Action;
use crate::mount::{Mount, MountKind};
use crate::rights::SecurityOption;
use crate::target::CopyPlace;
use crate::verbs::ContainerOptions;
use crate::volume::{Source, VolumeSpec};

impl Action {
    /// Whether it names a file or folder of this computer by a path that begins where the command is
    /// run. A build always counts: what it builds hangs on the folder, however that is written.
    pub fn is_of_a_folder(&self) -> bool {
        match self {
            Action::Build(_) => true,
            Action::Save(verb) => any_relative(&verb.output),
            Action::Export(verb) => any_relative(&verb.output),
            Action::Load(verb) => any_relative(&verb.input),
            Action::Import(verb) => !verb.source.contains("://") && is_relative(&verb.source),
            Action::Exec(verb) => any_relative(&verb.env_file),
            Action::Copy(verb) => [&verb.source, &verb.target].into_iter().any(
                |side| matches!(CopyPlace::of(side), CopyPlace::Local(path) if is_relative(path)),
            ),
            Action::Run(verb) => of_options(&verb.options),
            Action::Create(verb) => of_options(&verb.options),
            Action::ListImages(_)
            | Action::Pull(_)
            | Action::Push(_)
            | Action::RemoveImage(_)
            | Action::Tag(_)
            | Action::History(_)
            | Action::InspectImage(_)
            | Action::PruneImages(_)
            | Action::ListContainers(_)
            | Action::Start(_)
            | Action::Stop(_)
            | Action::Restart(_)
            | Action::Kill(_)
            | Action::Pause(_)
            | Action::Unpause(_)
            | Action::Attach(_)
            | Action::Logs(_)
            | Action::Commit(_)
            | Action::Diff(_)
            | Action::Rename(_)
            | Action::RemoveContainer(_)
            | Action::PruneContainers(_)
            | Action::InspectContainer(_)
            | Action::ListPorts(_)
            | Action::Top(_)
            | Action::Stats(_)
            | Action::Wait(_)
            | Action::Update(_)
            | Action::ListVolumes(_)
            | Action::CreateVolume(_)
            | Action::RemoveVolume(_)
            | Action::PruneVolumes(_)
            | Action::InspectVolume(_)
            | Action::ListNetworks(_)
            | Action::CreateNetwork(_)
            | Action::RemoveNetwork(_)
            | Action::PruneNetworks(_)
            | Action::InspectNetwork(_)
            | Action::ConnectNetwork(_)
            | Action::DisconnectNetwork(_)
            | Action::Inspect(_)
            | Action::SystemDf(_)
            | Action::SystemPrune(_)
            | Action::Info(_)
            | Action::Version(_)
            | Action::Events(_)
            | Action::Login(_)
            | Action::Logout(_)
            | Action::Search(_)
            | Action::ListContexts(_)
            | Action::UseContext(_) => false,
        }
    }
}

fn of_options(options: &ContainerOptions) -> bool {
    any_relative(&options.env_file)
        || any_relative(&options.recording.label_file)
        || any_relative(&options.recording.cidfile)
        || options.volume.iter().any(|text| {
            let volume = VolumeSpec::parse(text);
            volume.is_ok_and(|volume| matches!(volume.source, Source::RelativeFolder(_)))
        })
        || options.storage.mount.iter().any(|text| {
            let mount = Mount::parse(text);
            mount.is_ok_and(|mount| mount.kind == MountKind::Bind && any_relative(&mount.source))
        })
        || options.rights.security_opt.iter().any(|text| {
            let option = SecurityOption::parse(text);
            let builtin = ["unconfined", "builtin"];
            matches!(option, Ok(SecurityOption::Seccomp(profile))
                if !builtin.contains(&profile.as_str()) && is_relative(&profile))
        })
}

fn any_relative<'a>(paths: impl IntoIterator<Item = &'a String>) -> bool {
    paths.into_iter().any(|path| is_relative(path))
}

/// Whether a path begins where the command is run; `-` is no path, but the terminal.
fn is_relative(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    !path.is_empty() && path != "-" && !path.starts_with(['/', '\\']) && !drive
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use crate::Action;

    #[test]
    fn what_is_done_in_a_folder() {
        let rows = [
            ("docker build .", true),
            ("docker build /srv/app", true),
            ("docker save -o a.tar web", true),
            ("docker save -o /a.tar web", false),
            ("docker save -o C:\\a.tar web", false),
            ("docker save web", false),
            ("docker export -o out/a.tar web", true),
            ("docker load -i a.tar", true),
            ("docker import https://example.com/a.tar", false),
            ("docker import -", false),
            ("docker import a.tar", true),
            ("docker cp web:/etc/hosts .", true),
            ("docker cp web:/etc/hosts /tmp", false),
            ("docker cp ../a web:/b", true),
            ("docker run --env-file .env web", true),
            ("docker run --cidfile id web", true),
            ("docker run -v ./data:/data web", true),
            ("docker run -v data:/data web", false),
            ("docker run -v /data:/data web", false),
            (
                "docker create --mount type=bind,src=./data,dst=/data web",
                true,
            ),
            (
                "docker create --mount type=volume,src=data,dst=/data web",
                false,
            ),
            ("docker run --security-opt seccomp=profile.json web", true),
            ("docker run --security-opt seccomp=/profile.json web", false),
            (
                "docker run --security-opt seccomp=unconfined --security-opt label=disable web",
                false,
            ),
            ("docker run web ./app", false),
            ("docker exec --env-file .env web sh", true),
            ("docker pull web", false),
        ];
        for (line, is) in rows {
            assert_eq!(Action::parse(line).unwrap().is_of_a_folder(), is, "{line}");
        }
    }
}
