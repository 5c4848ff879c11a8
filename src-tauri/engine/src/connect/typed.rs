//! bollard's client over our own transport, and its failures as ours. It makes the calls that answer
//! with nothing or with little; what a reader of bollard's trips over is read by Slipway itself: a list
//! or an inspect that holds a word it does not know (bollard#701), and every stream (bollard#805).

use std::io;
use std::time::Duration;

use bollard::errors::Error;
use bollard::{BollardRequest, ClientVersion, Docker};
use http::StatusCode;

use crate::transport::{ApiVersion, RequestError, Transport};

/// None that is ever reached: a stop waits for as long as it was told to, and a prune takes its time.
const LIMIT: Duration = Duration::from_secs(u64::MAX);

pub(super) fn over(transport: &Transport, api: ApiVersion) -> Result<Docker, RequestError> {
    let transport = transport.clone();
    let send = move |request: BollardRequest| {
        let transport = transport.clone();
        async move {
            let answer = transport.request(request).await;
            // The one kind of bollard's errors that can carry ours.
            answer.map_err(|error| io::Error::other(error).into())
        }
    };
    let version = ClientVersion {
        major_version: api.major.into(),
        minor_version: api.minor.into(),
    };
    let docker = Docker::connect_with_custom_transport(
        send,
        Some("http://localhost"),
        LIMIT.as_secs(),
        &version,
    );
    Ok(docker?)
}

impl From<Error> for RequestError {
    fn from(error: Error) -> Self {
        match error {
            Error::DockerResponseServerError {
                status_code,
                message,
            } => Self::Status {
                status: status_code,
                message: super::message(
                    message.as_bytes(),
                    StatusCode::from_u16(status_code).unwrap_or_default(),
                ),
            },
            Error::IOError { err } => match err.downcast::<Self>() {
                Ok(ours) => ours,
                Err(other) => Self::Answer(other.into()),
            },
            Error::HyperResponseError { err } => Self::Broken(err),
            Error::RequestTimeoutError => Self::TimedOut(LIMIT),
            Error::JsonDataError { .. } | Error::JsonSerdeError { .. } => {
                Self::Answer(error.into())
            }
            // What is left is said before anything is sent.
            _ => Self::Request(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::dial::DialError;

    #[test]
    fn an_engines_answer_keeps_its_status_and_its_words() {
        let rows = [
            (409, "it is paused", "it is paused"),
            (404, "page not found\n", "page not found"),
            (500, "", "500 Internal Server Error"),
        ];
        for (status_code, sent, told) in rows {
            let error = RequestError::from(Error::DockerResponseServerError {
                status_code,
                message: sent.to_owned(),
            });
            assert_eq!(error.status(), Some(status_code), "{sent:?}");
            assert_eq!(error.to_string(), told);
        }
    }

    #[test]
    fn our_own_failures_come_through_as_they_were() {
        let lost = RequestError::Dial(DialError::Open(io::ErrorKind::ConnectionRefused.into()));
        let error = RequestError::from(Error::from(io::Error::other(lost)));
        assert!(matches!(error, RequestError::Dial(_)), "{error:?}");
        assert_eq!(error.io_kind(), Some(io::ErrorKind::ConnectionRefused));
    }

    #[test]
    fn the_other_failures_are_told_apart_by_what_was_reached() {
        let json = serde_json::from_str::<u8>("x").unwrap_err();
        let unreadable: [Error; 3] = [
            json.into(),
            Error::JsonDataError {
                message: String::new(),
                column: 1,
            },
            io::Error::other("bytes remaining on stream").into(),
        ];
        for error in unreadable {
            let error = RequestError::from(error);
            assert!(matches!(error, RequestError::Answer(_)), "{error:?}");
        }
        let error = RequestError::from(Error::RequestTimeoutError);
        assert!(error.is_lost(), "{error:?}");
        let error = RequestError::from(Error::APIVersionParseError {});
        assert!(matches!(error, RequestError::Request(_)), "{error:?}");
    }
}
