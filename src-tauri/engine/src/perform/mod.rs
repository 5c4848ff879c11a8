//! Performs actions: one file a verb. What the docker command does, the same calls do here, so that the
//! engine is left as the shown command would leave it.

use std::pin::Pin;

use slipway_action::Action;
use tokio_util::sync::CancellationToken;

use crate::connect::Engine;
use crate::model::{Outcome, Progress};
use crate::problem::explain::{self, Subject};
use crate::problem::failure::Failure;
use crate::problem::{Code, Problem, mend};
use crate::transport::ApiVersion;

/// `stop` and `restart` take a signal since this API (Docker 23).
const SIGNAL_SINCE: ApiVersion = ApiVersion {
    major: 1,
    minor: 42,
};

mod body;
mod create;
mod elsewhere;
mod env;
mod foreground;
mod indent;
mod inspect_container;
mod inspect_image;
mod kill;
mod layers;
mod pause;
mod prune;
mod prune_containers;
mod prune_images;
mod pull;
mod remove_container;
mod remove_image;
mod rename;
mod restart;
mod run;
mod start;
mod stop;
mod targets;
mod unpause;

/// Whoever wants to know how an action goes on. Its calls must return at once.
pub trait Report: Send + Sync {
    /// What is being done now.
    fn progress(&self, progress: Progress);
    /// What it has led to so far.
    fn outcome(&self, partial: Outcome);
    /// What the program of a container in the foreground printed.
    fn output(&self, bytes: &[u8]);
}

/// Performs an action, and answers once the engine has said or shown that it is done.
///
/// `cancel` closes the connection, which ends what the engine does for it (a download); a container
/// that runs in the foreground goes on. A failed action has told `report` what was done before.
///
/// # Errors
/// A [`Problem`]; one with [`Code::Invalid`] means that nothing was sent.
pub async fn perform(
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
        engine,
        action,
        report,
    };
    tokio::select! {
        biased;
        () = cancel.cancelled() => Err(explain::cancelled()),
        done = job.done() => done,
    }
}

/// One action on its way.
#[derive(Clone, Copy)]
struct Job<'a> {
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
            Action::InspectContainer(verb) => Box::pin(inspect_container::inspect(self, verb)),
            Action::RemoveImage(verb) => Box::pin(remove_image::remove(self, verb)),
            Action::PruneImages(verb) => Box::pin(prune_images::prune(self, verb)),
            Action::InspectImage(verb) => Box::pin(inspect_image::inspect(self, verb)),
            Action::ListImages(_)
            | Action::Push(_)
            | Action::Tag(_)
            | Action::History(_)
            | Action::Save(_)
            | Action::Load(_)
            | Action::Import(_)
            | Action::Build(_)
            | Action::ListContainers(_)
            | Action::Attach(_)
            | Action::Exec(_)
            | Action::Logs(_)
            | Action::Copy(_)
            | Action::Commit(_)
            | Action::Diff(_)
            | Action::ListPorts(_)
            | Action::Top(_)
            | Action::Stats(_)
            | Action::Wait(_)
            | Action::Update(_)
            | Action::Export(_)
            | Action::ListVolumes(_)
            | Action::CreateVolume(_)
            | Action::RemoveVolume(_)
            | Action::InspectVolume(_)
            | Action::PruneVolumes(_)
            | Action::ListNetworks(_)
            | Action::CreateNetwork(_)
            | Action::RemoveNetwork(_)
            | Action::InspectNetwork(_)
            | Action::PruneNetworks(_)
            | Action::ConnectNetwork(_)
            | Action::DisconnectNetwork(_)
            | Action::SystemDf(_)
            | Action::SystemPrune(_)
            | Action::Info(_)
            | Action::Version(_)
            | Action::Events(_)
            | Action::Inspect(_)
            | Action::Login(_)
            | Action::Logout(_)
            | Action::Search(_)
            | Action::ListContexts(_)
            | Action::UseContext(_) => Box::pin(elsewhere::refuse(self)),
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
