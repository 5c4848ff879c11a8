//! What a published port answers, asked the way a browser would.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What came back from a port.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Probe {
    /// An HTTP answer.
    Http {
        /// The status, such as 200.
        status: u16,
        /// Its words, such as `OK`.
        reason: String,
        /// Milliseconds from the request to the end of the answer's head.
        millis: u32,
        /// The page's title, where it has one within its first 64 KiB.
        title: Option<String>,
        /// The type of the content, without parameters.
        content_type: Option<String>,
    },
    /// Nothing listens on the port.
    Refused,
    /// Something closed the connection without an answer: usually a program that listens only on
    /// 127.0.0.1 inside its container, or on another port.
    Reset,
    /// Something answered that is not HTTP.
    NotHttp,
    /// No answer within the time.
    Timeout,
    /// It could not be asked.
    Failed {
        /// Why.
        why: String,
    },
}
