//! How an engine looks whether a container is well.

use serde::Serialize;
use slipway_action::Health;
use slipway_action::duration::Span;
use slipway_action::text::Invalid;

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Check {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    test: Vec<String>,
    #[serde(skip_serializing_if = "is_zero")]
    interval: i64,
    #[serde(skip_serializing_if = "is_zero")]
    timeout: i64,
    #[serde(skip_serializing_if = "is_zero")]
    start_period: i64,
    #[serde(skip_serializing_if = "is_zero")]
    start_interval: i64,
    #[serde(skip_serializing_if = "is_zero")]
    retries: i64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(number: &i64) -> bool {
    *number == 0
}

impl Check {
    /// `None` leaves it to the image.
    pub fn of(flags: &Health) -> Result<Option<Self>, Invalid> {
        let time = |text: Option<&str>| {
            text.map_or(Ok(0), |text| Span::of_health(text).map(|span| span.nanos))
        };
        let check = Self {
            test: flags
                .health_cmd
                .iter()
                .flat_map(|command| ["CMD-SHELL".to_owned(), command.clone()])
                .collect(),
            interval: time(flags.health_interval.as_deref())?,
            timeout: time(flags.health_timeout.as_deref())?,
            start_period: time(flags.health_start_period.as_deref())?,
            start_interval: time(flags.health_start_interval.as_deref())?,
            retries: i64::from(flags.health_retries.unwrap_or_default()),
        };
        let times = [
            check.interval,
            check.timeout,
            check.start_period,
            check.start_interval,
            check.retries,
        ];
        let is_set = !check.test.is_empty() || times.iter().any(|number| *number != 0);
        if flags.no_healthcheck {
            return Ok(Some(Self {
                test: vec!["NONE".to_owned()],
                ..Self::default()
            }));
        }
        Ok(is_set.then_some(check))
    }
}
