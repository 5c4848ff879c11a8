//! Tells how it stands with Slipway's own engine.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc, watch};

use super::Wish;
use crate::model::{Change, OwnEngine};
use crate::own::Own;

/// While it comes up.
const SOON: Duration = Duration::from_millis(250);
/// Otherwise; it may be ended by something else at any time.
const LATER: Duration = Duration::from_secs(2);

/// Looks until the session ends, and says what is new.
pub(super) async fn follow(
    own: Arc<Own>,
    changed: Arc<Notify>,
    mut session: watch::Receiver<Wish>,
    changes: mpsc::Sender<Change>,
) {
    let mut known: Option<OwnEngine> = None;
    loop {
        let state = own.state().await;
        let pause = if matches!(state, OwnEngine::Starting { .. }) {
            SOON
        } else {
            LATER
        };
        if known.as_ref() != Some(&state) {
            known = Some(state.clone());
            if changes
                .send(Change::OwnEngine { own: state })
                .await
                .is_err()
            {
                return;
            }
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = changed.notified() => {}
            () = ended(&mut session) => return,
            () = changes.closed() => return,
        }
    }
}

/// When the last handle of the session is gone.
async fn ended(session: &mut watch::Receiver<Wish>) {
    while session.changed().await.is_ok() {}
}
