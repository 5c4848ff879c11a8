//! What went wrong, before it is told to a person.

use crate::problem::Problem;
use crate::stream::StreamError;
use crate::stream::attach::AttachError;
use crate::transport::RequestError;

/// Why something asked of an engine failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A request had no good answer.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// A stream broke.
    #[error(transparent)]
    Stream(#[from] StreamError),
    /// The engine said within a stream that it failed: the status of that answer was a good one.
    #[error("{0}")]
    Said(String),
    /// The engine has the image, but not for the platform that was asked for.
    #[error("{0}")]
    OtherPlatform(String),
    /// It is told already.
    #[error(transparent)]
    Told(#[from] Box<Problem>),
}

impl Failure {
    /// The engine's status, where it answered with a failure.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Request(error) => error.status(),
            Self::Stream(_) | Self::Said(_) | Self::OtherPlatform(_) | Self::Told(_) => None,
        }
    }

    /// Whether the engine is gone, as opposed to: it said that it won't.
    pub fn is_lost(&self) -> bool {
        match self {
            Self::Request(error) => error.is_lost(),
            Self::Stream(error) => error.is_lost(),
            Self::Said(_) | Self::OtherPlatform(_) | Self::Told(_) => false,
        }
    }
}

impl From<bollard::errors::Error> for Failure {
    fn from(error: bollard::errors::Error) -> Self {
        Self::Request(error.into())
    }
}

impl From<AttachError> for Failure {
    fn from(error: AttachError) -> Self {
        match error {
            AttachError::Request(error) => Self::Request(error),
            AttachError::Stream(error) => Self::Stream(error),
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Told(Box::new(problem))
    }
}
