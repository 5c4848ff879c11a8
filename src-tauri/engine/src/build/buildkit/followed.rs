//! The steps of a build that somebody else follows: the docker command, which tells them in the same
//! messages.

use bollard_buildkit_proto::moby::buildkit::v1::StatusResponse;

use super::steps::Steps;
use crate::build::dockerfile::Dockerfile;
use crate::build::model::Told;

/// Steps that are told as BuildKit's messages come.
pub(crate) struct Followed<'a>(Steps<'a>);

impl<'a> Followed<'a> {
    /// Nothing was told yet. `dockerfile` is its text, empty where it is not known.
    pub fn new(told: &'a (dyn Fn(Told<'_>) + Send + Sync), dockerfile: &[u8]) -> Self {
        Self(Steps::new(told, Dockerfile::read(dockerfile)))
    }

    /// Takes the next message.
    pub fn take(&mut self, status: StatusResponse) {
        self.0.take(status);
    }

    /// The build ended well.
    pub fn end_well(&mut self) {
        self.0.end_well();
    }

    /// The build failed.
    pub fn end_ill(&mut self) {
        self.0.end_ill();
    }
}
