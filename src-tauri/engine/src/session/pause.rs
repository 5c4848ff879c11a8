//! How long to wait before an engine is asked again.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::endpoint::Endpoint;

/// While no engine is meant and none answers. Only sockets and pipes of this computer are looked at then, of
/// which most are not even there, so somebody who has just started an engine sees it within a second.
pub(super) const NONE_ANSWERS: Duration = Duration::from_secs(1);

/// The pause after so many failures. A socket of this computer is asked often, since that costs
/// nothing and the user may have just started the engine; another computer is spared, and not asked by
/// everybody at once when it comes back.
pub(super) fn before(tries: u32, endpoint: &Endpoint) -> Duration {
    let doubled = |first: u64| first.saturating_mul(1 << tries.min(10));
    if endpoint.is_cheap() {
        Duration::from_millis(doubled(50).min(800))
    } else {
        let most = doubled(1000).min(10_000);
        Duration::from_millis(most / 2 + chance(most / 2))
    }
}

/// A number up to `most` that differs from one program to the next: no more is needed of it.
fn chance(most: u64) -> u64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::from(now.subsec_nanos()) % (most + 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn pauses_grow_to_a_limit() {
        let socket = Endpoint::parse("unix:///x").unwrap();
        let remote = Endpoint::parse("ssh://x").unwrap();
        assert!(before(0, &socket) < before(2, &socket));
        for tries in [0, 5, 50, u32::MAX] {
            assert!(before(tries, &socket) < Duration::from_secs(1));
            assert!(before(tries, &remote) <= Duration::from_secs(10));
            assert!(before(tries, &remote) >= Duration::from_millis(500));
        }
    }
}
