//! The names of volumes and networks, which no list of the watch has. The engine is asked for them when
//! a word begins that may be one of them, and not again while that word is typed.

use std::time::Duration;

use slipway_action::complete::Wanted;
use slipway_engine::connect::Engine;
use slipway_engine::names::{networks, volumes};
use tokio::sync::Mutex;
use tokio::time::timeout;

/// Whoever types a command does not wait longer for what may stand in it.
const LIMIT: Duration = Duration::from_secs(5);

/// Names of volumes and of networks.
#[derive(Debug, Clone, Default)]
pub struct Unlisted {
    /// Of volumes.
    pub volumes: Vec<String>,
    /// Of networks.
    pub networks: Vec<String>,
}

#[derive(Debug)]
struct Known {
    engine: String,
    wanted: Wanted,
    names: Unlisted,
}

/// What was asked for last.
#[derive(Debug, Default)]
pub struct LastUnlisted(Mutex<Option<Known>>);

impl LastUnlisted {
    /// The names that are wanted. Those who come while the engine is asked wait for its answer; an engine
    /// that gives none has no names.
    pub async fn get(&self, engine: &Engine, wanted: Wanted) -> Unlisted {
        let mut last = self.0.lock().await;
        let is_same = |known: &&Known| {
            known.engine == engine.id()
                && known.wanted.front == wanted.front
                && (known.wanted.volumes, known.wanted.networks)
                    == (wanted.volumes, wanted.networks)
        };
        if let Some(known) = last.as_ref().filter(is_same).filter(|_| !wanted.is_new) {
            return known.names.clone();
        }
        let names = timeout(LIMIT, ask(engine, &wanted))
            .await
            .unwrap_or_default();
        *last = Some(Known {
            engine: engine.id().to_owned(),
            wanted,
            names: names.clone(),
        });
        names
    }
}

async fn ask(engine: &Engine, wanted: &Wanted) -> Unlisted {
    let mut names = Unlisted::default();
    if wanted.volumes {
        names.volumes = volumes(engine).await.unwrap_or_else(|error| none(&error));
    }
    if wanted.networks {
        names.networks = networks(engine).await.unwrap_or_else(|error| none(&error));
    }
    names
}

fn none(error: &dyn std::fmt::Display) -> Vec<String> {
    tracing::warn!(%error, "the engine did not tell the names that a command can have");
    Vec::new()
}
