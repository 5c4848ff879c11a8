//! What the commands of a script make, and how later ones name it.

use crate::Action;

/// Something that a command made.
pub(super) struct Made<'a> {
    pub(super) step: usize,
    pub(super) id: &'a str,
    /// Its name, where that is another one each time or the script does not make it at all.
    pub(super) name: Option<&'a str>,
    /// `None` where its command is left out.
    pub(super) handle: Option<Handle>,
}

impl<'a> Made<'a> {
    /// What becomes of its name when somebody renames it.
    pub(super) fn renamed(&mut self, new: &'a str) {
        match self.handle {
            None => self.name = Some(new),
            Some(Handle::Printed(_) | Handle::PrintedAlone(_)) => self.name = None,
            Some(Handle::Name(_) | Handle::NewName) => {
                self.name = None;
                self.handle = Some(Handle::Name(new.to_owned()));
            }
        }
    }
}

/// How a later command names it.
#[derive(Clone)]
pub(super) enum Handle {
    /// By a name that it has.
    Name(String),
    /// By what the command printed that made it.
    Printed(&'static str),
    /// The same, once it is told to print nothing else.
    PrintedAlone(&'static str),
    /// By a name that the script gives it.
    NewName,
}

/// How later commands can name what this one makes.
pub(super) fn handle(action: &Action) -> Option<Handle> {
    let filled = |name: &Option<String>| name.clone().filter(|name| !name.is_empty());
    let (name, otherwise) = if let Action::Run(run) = action {
        let otherwise = if run.detach {
            Handle::Printed("container")
        } else {
            Handle::NewName
        };
        (filled(&run.options.name), Some(otherwise))
    } else if let Action::Create(create) = action {
        let otherwise = Handle::Printed("container");
        (filled(&create.options.name), Some(otherwise))
    } else if let Action::CreateVolume(create) = action {
        (filled(&create.volume), Some(Handle::Printed("volume")))
    } else if let Action::CreateNetwork(create) = action {
        (Some(create.network.clone()), None)
    } else if let Action::Build(build) = action {
        // A later build may take its names away, so it is found by its id whatever it is called.
        let printed = if build.quiet {
            Handle::Printed("image")
        } else {
            Handle::PrintedAlone("image")
        };
        (None, Some(printed))
    } else if matches!(action, Action::Commit(_) | Action::Import(_)) {
        (None, Some(Handle::Printed("image")))
    } else {
        (None, None)
    };
    name.map(Handle::Name).or(otherwise)
}
