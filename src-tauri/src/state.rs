//! What the app holds for as long as it runs.

use std::sync::Arc;

use slipway_engine::session::Session;
use tokio_util::sync::CancellationToken;

use crate::builds::Builds;
use crate::desk::DeskFolder;
use crate::hub::Hub;
use crate::looks::Looks;
use crate::settings::SettingsFile;
use crate::streams::Streams;
use crate::tasks::Tasks;
use crate::unlisted::LastUnlisted;

/// The app's state, one of it.
pub struct Slipway {
    /// The connection to the engine in use.
    pub session: Session,
    /// What the page should know.
    pub hub: Arc<Hub>,
    /// What the user has asked for.
    pub tasks: Arc<Tasks>,
    /// What the page pulls from.
    pub streams: Streams,
    /// What the user has chosen.
    pub settings: SettingsFile,
    /// The builds, those of earlier runs too.
    pub builds: Arc<Builds>,
    /// The editor as it was left.
    pub desk: Arc<DeskFolder>,
    /// The look at a build's folder that goes on.
    pub looks: Looks,
    /// The check of a Dockerfile by the engine that goes on.
    pub checks: Looks,
    /// The names of volumes and networks that were asked for last.
    pub unlisted: LastUnlisted,
    /// Ends everything that has no engine of its own to end it.
    pub ended: CancellationToken,
}
