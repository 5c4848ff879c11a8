//! Blank fields: what a half-filled dialog leaves behind.

use crate::{Action, ContainerOptions};

impl Action {
    /// The same action without blank entries, as [`render`](Action::render) shows it and as it is
    /// performed. Kept are the words of a command and an empty `--entrypoint`, which mean something.
    #[must_use]
    pub fn without_blanks(mut self) -> Action {
        match &mut self {
            Action::Pull(pull) => blank_to_none(&mut pull.platform),
            Action::Run(run) => run.options.drop_blanks(),
            Action::Create(create) => create.options.drop_blanks(),
            Action::Start(start) => drop_blank(&mut start.containers),
            Action::Stop(stop) => {
                blank_to_none(&mut stop.signal);
                drop_blank(&mut stop.containers);
            }
            Action::Restart(restart) => {
                blank_to_none(&mut restart.signal);
                drop_blank(&mut restart.containers);
            }
            Action::Kill(kill) => {
                blank_to_none(&mut kill.signal);
                drop_blank(&mut kill.containers);
            }
            Action::Pause(pause) => drop_blank(&mut pause.containers),
            Action::Unpause(unpause) => drop_blank(&mut unpause.containers),
            Action::Rename(_) => {}
            Action::RemoveContainer(remove) => drop_blank(&mut remove.containers),
            Action::PruneContainers(prune) => drop_blank(&mut prune.filter),
            Action::InspectContainer(inspect) => drop_blank(&mut inspect.containers),
            Action::RemoveImage(remove) => drop_blank(&mut remove.images),
            Action::PruneImages(prune) => drop_blank(&mut prune.filter),
            Action::InspectImage(inspect) => drop_blank(&mut inspect.images),
        }
        self
    }
}

impl ContainerOptions {
    fn drop_blanks(&mut self) {
        for list in [
            &mut self.publish,
            &mut self.env,
            &mut self.env_file,
            &mut self.volume,
            &mut self.label,
            &mut self.add_host,
            &mut self.expose,
        ] {
            drop_blank(list);
        }
        for field in [
            &mut self.name,
            &mut self.workdir,
            &mut self.user,
            &mut self.network,
            &mut self.hostname,
            &mut self.restart,
            &mut self.memory,
            &mut self.cpus,
            &mut self.platform,
            &mut self.pull,
            &mut self.stop_signal,
        ] {
            blank_to_none(field);
        }
    }
}

fn drop_blank(list: &mut Vec<String>) {
    list.retain(|entry| !entry.is_empty());
}

fn blank_to_none(field: &mut Option<String>) {
    if field.as_deref() == Some("") {
        *field = None;
    }
}
