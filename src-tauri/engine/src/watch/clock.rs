//! The engine's own clock, which may differ from this computer's.

use std::time::UNIX_EPOCH;

use http::header::DATE;

use crate::call::Call;
use crate::connect::Engine;
use crate::transport::RequestError;

/// The engine's time in whole Unix seconds, taken from the `Date` of an answer (RFC 9110 section
/// 6.6.1); never later than the engine's now. Without one it is 0: then the engine tells all events
/// that it remembers, which costs a little and misses nothing.
pub(super) async fn of(engine: &Engine) -> Result<i64, RequestError> {
    let answer = Call::get("/_ping").send(engine).await?;
    let date = answer
        .headers()
        .get(DATE)
        .and_then(|date| date.to_str().ok());
    Ok(date.and_then(seconds).unwrap_or(0))
}

fn seconds(date: &str) -> Option<i64> {
    let since = httpdate::parse_http_date(date)
        .ok()?
        .duration_since(UNIX_EPOCH)
        .ok()?;
    i64::try_from(since.as_secs()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read() {
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        assert_eq!(seconds("yesterday"), None);
    }
}
