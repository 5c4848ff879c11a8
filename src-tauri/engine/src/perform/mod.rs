//! Performs actions: one file a verb, or a file for the verbs that are one call each. What the docker command does, the same calls do here, so that the
//! engine is left as the shown command would leave it.

use std::path::Path;
use std::pin::Pin;

use slipway_action::Action;
use tokio_util::sync::CancellationToken;

use crate::build::Told;
use crate::capability::{self, Builder};
use crate::connect::Engine;
use crate::model::{Outcome, Progress};
use crate::problem::explain::{self, Subject};
use crate::problem::failure::Failure;
use crate::problem::{Code, Problem, mend};
use crate::transport::{ApiVersion, RequestError};

/// `stop` and `restart` take a signal since this API (Docker 23).
const SIGNAL_SINCE: ApiVersion = ApiVersion {
    major: 1,
    minor: 42,
};

mod about_engine;
mod addresses;
mod archive;
mod body;
mod build;
mod commit;
mod create;
mod diff;
mod disk;
mod elsewhere;
mod env;
mod export;
mod foreground;
mod history;
mod id_file;
mod import;
mod indent;
mod inspect;
mod kill;
mod layers;
mod list_ports;
mod load;
mod network;
mod partial;
mod pause;
mod place;
mod prune;
mod prune_containers;
mod prune_images;
mod prune_system;
mod pull;
mod push;
mod remove_container;
mod remove_image;
mod rename;
mod restart;
mod run;
mod save;
mod search;
mod start;
mod stop;
mod tag;
mod targets;
mod text;
mod top;
mod unpause;
mod update;
mod volume;
mod wait;

pub use place::started_in;

/// Whoever wants to know how an action goes on. Its calls must return at once.
pub trait Report: Send + Sync {
    /// What is being done now.
    fn progress(&self, progress: Progress);
    /// What it has led to so far.
    fn outcome(&self, partial: Outcome);
    /// What the program of a container in the foreground printed.
    fn output(&self, bytes: &[u8]);
    /// How a build goes on. Whoever performs no builds need not listen.
    fn build(&self, _told: Told<'_>) {}
}

/// As [`perform_in`], in the folder in which this program was started.
///
/// # Errors
/// As there; and where that folder is gone and the action needs one.
pub async fn perform(
    engine: &Engine,
    action: &Action,
    report: &dyn Report,
    cancel: &CancellationToken,
) -> Result<Outcome, Problem> {
    let folder = started_in([action]).map_err(|error| invalid(&error.to_string()))?;
    perform_in(&folder, engine, action, report, cancel).await
}

/// Performs an action, and answers once the engine has said or shown that it is done. Paths of the
/// action that do not begin at the root begin at `folder`, as in a terminal.
///
/// `cancel` closes the connection, which ends what the engine does for it (a download); a container
/// that runs in the foreground goes on. A failed action has told `report` what was done before.
///
/// # Errors
/// A [`Problem`]; one with [`Code::Invalid`] means that nothing was sent.
pub async fn perform_in(
    folder: &Path,
    engine: &Engine,
    action: &Action,
    report: &dyn Report,
    cancel: &CancellationToken,
) -> Result<Outcome, Problem> {
    // A field that was left blank is not sent, just as it is not shown.
    let action = &action.clone().without_blanks();
    let problems = action.check();
    if !problems.is_empty() {
        let mut messages: Vec<String> = problems.into_iter().map(|it| it.message).collect();
        messages.dedup();
        return Err(invalid(&messages.join(" ")));
    }
    if let Some(problem) = elsewhere::refuse_flags(action) {
        return Err(problem);
    }
    let job = Job {
        folder,
        engine,
        action,
        report,
    };
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(job.cancelled()),
        done = job.done() => done,
    }
}

/// One action on its way.
#[derive(Clone, Copy)]
struct Job<'a> {
    /// Where paths begin that do not begin at the root.
    folder: &'a Path,
    engine: &'a Engine,
    action: &'a Action,
    report: &'a dyn Report,
}

type Done<'a> = Pin<Box<dyn Future<Output = Result<Outcome, Problem>> + Send + 'a>>;

impl<'a> Job<'a> {
    fn done(self) -> Done<'a> {
        match self.action {
            Action::Pull(verb) => Box::pin(pull::pull(self, verb)),
            Action::Run(verb) => Box::pin(run::run(self, verb)),
            Action::Create(verb) => Box::pin(create::create(self, verb)),
            Action::Start(verb) => Box::pin(start::start(self, verb)),
            Action::Stop(verb) => Box::pin(stop::stop(self, verb)),
            Action::Restart(verb) => Box::pin(restart::restart(self, verb)),
            Action::Kill(verb) => Box::pin(kill::kill(self, verb)),
            Action::Pause(verb) => Box::pin(pause::pause(self, verb)),
            Action::Unpause(verb) => Box::pin(unpause::unpause(self, verb)),
            Action::Rename(verb) => Box::pin(rename::rename(self, verb)),
            Action::RemoveContainer(verb) => Box::pin(remove_container::remove(self, verb)),
            Action::PruneContainers(verb) => Box::pin(prune_containers::prune(self, verb)),
            Action::InspectContainer(verb) => Box::pin(inspect::containers(self, verb)),
            Action::RemoveImage(verb) => Box::pin(remove_image::remove(self, verb)),
            Action::Build(verb) => Box::pin(build::build(self, verb)),
            Action::PruneImages(verb) => Box::pin(prune_images::prune(self, verb)),
            Action::InspectImage(verb) => Box::pin(inspect::images(self, verb)),
            Action::InspectVolume(verb) => Box::pin(inspect::volumes(self, verb)),
            Action::InspectNetwork(verb) => Box::pin(inspect::networks(self, verb)),
            Action::Inspect(verb) => Box::pin(inspect::anything(self, verb)),
            Action::Push(verb) => Box::pin(push::push(self, verb)),
            Action::Tag(verb) => Box::pin(tag::tag(self, verb)),
            Action::History(verb) => Box::pin(history::history(self, verb)),
            Action::Save(verb) => Box::pin(save::save(self, verb)),
            Action::Load(verb) => Box::pin(load::load(self, verb)),
            Action::Import(verb) => Box::pin(import::import(self, verb)),
            Action::Commit(verb) => Box::pin(commit::commit(self, verb)),
            Action::Diff(verb) => Box::pin(diff::diff(self, verb)),
            Action::ListPorts(verb) => Box::pin(list_ports::list(self, verb)),
            Action::Top(verb) => Box::pin(top::top(self, verb)),
            Action::Wait(verb) => Box::pin(wait::wait(self, verb)),
            Action::Update(verb) => Box::pin(update::update(self, verb)),
            Action::Export(verb) => Box::pin(export::export(self, verb)),
            Action::ListVolumes(verb) => Box::pin(volume::list(self, verb)),
            Action::CreateVolume(verb) => Box::pin(volume::create(self, verb)),
            Action::RemoveVolume(verb) => Box::pin(volume::remove(self, verb)),
            Action::PruneVolumes(verb) => Box::pin(volume::prune(self, verb)),
            Action::ListNetworks(verb) => Box::pin(network::list(self, verb)),
            Action::CreateNetwork(verb) => Box::pin(network::create(self, verb)),
            Action::RemoveNetwork(verb) => Box::pin(network::remove(self, verb)),
            Action::PruneNetworks(verb) => Box::pin(network::prune(self, verb)),
            Action::ConnectNetwork(verb) => Box::pin(network::connect(self, verb)),
            Action::DisconnectNetwork(verb) => Box::pin(network::disconnect(self, verb)),
            Action::SystemDf(_) => Box::pin(disk::used(self)),
            Action::SystemPrune(verb) => Box::pin(prune_system::prune(self, verb)),
            Action::Info(_) => Box::pin(about_engine::info(self)),
            Action::Version(_) => Box::pin(about_engine::version(self)),
            Action::Search(verb) => Box::pin(search::search(self, verb)),
            Action::ListImages(_)
            | Action::ListContainers(_)
            | Action::Attach(_)
            | Action::Exec(_)
            | Action::Logs(_)
            | Action::Copy(_)
            | Action::Stats(_)
            | Action::Events(_)
            | Action::Login(_)
            | Action::Logout(_)
            | Action::ListContexts(_)
            | Action::UseContext(_) => Box::pin(elsewhere::refuse(self)),
        }
    }

    /// The user stopped it.
    fn cancelled(self) -> Problem {
        let mut problem = explain::cancelled();
        let is_build = matches!(self.action, Action::Build(_));
        if is_build && capability::builder(self.engine.facts()) == Builder::Buildah {
            // Podman has no call that ends the program of a step.
            "Podman ends the step that was under way, and then the build. No image is made."
                .clone_into(&mut problem.todo);
        }
        problem
    }

    /// What the engine answered, or its failure told to a person.
    async fn answer<T>(
        self,
        answer: Result<T, RequestError>,
        subject: Subject<'_>,
    ) -> Result<T, Problem> {
        match answer {
            Ok(answer) => Ok(answer),
            Err(error) => Err(self.problem(error.into(), subject, None).await),
        }
    }

    /// Tells a failure to a person. `created` is the container that the action had made by then.
    async fn problem(
        self,
        failure: Failure,
        subject: Subject<'_>,
        created: Option<&str>,
    ) -> Problem {
        let about = mend::About {
            engine: self.engine,
            action: self.action,
            subject,
            created,
        };
        mend::problem(&about, &failure).await
    }
}

/// A field of the action is wrong; nothing was sent.
fn invalid(why: &str) -> Problem {
    let todo = "Change what is marked, then try again.";
    Problem::new(
        Code::Invalid,
        "Something in this action is not right yet",
        why,
        todo,
    )
}

/// Why this engine is too old for a flag, as the docker command says it too.
fn too_old(engine: &Engine, least: ApiVersion, flag: &str) -> Option<Problem> {
    if ApiVersion::parse(&engine.facts().api) >= Some(least) {
        return None;
    }
    let version = &engine.facts().version;
    Some(invalid(&format!(
        "{flag} needs a newer engine; this one is version {version}."
    )))
}
