//! What several of these tests need: surroundings of their own, and waiting for a change.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::path::Path;
use std::time::Duration;

use slipway_engine::model::{Change, EngineChoice, EngineState};
use slipway_engine::problem::Code;
use slipway_engine::surroundings::Surroundings;
use tokio::sync::mpsc;

/// Long enough for a machine that is busy with something else.
pub const LIMIT: Duration = Duration::from_secs(60);

/// A computer whose files all lie below `root`, with nothing installed and nothing set.
pub fn empty(root: &Path) -> Surroundings {
    Surroundings {
        home: Some(root.join("home/me")),
        runtime_dir: Some(root.join("run/user/1000")),
        uid: Some(1000),
        root: root.to_owned(),
        ..Surroundings::default()
    }
}

/// The same, with these variables set.
pub fn with_env(root: &Path, env: &[(&str, &str)]) -> Surroundings {
    let env = env
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Surroundings { env, ..empty(root) }
}

/// Takes changes until one fits, and gives what it gave.
pub async fn until<T>(
    changes: &mut mpsc::Receiver<Change>,
    what: &str,
    mut fits: impl FnMut(&Change) -> Option<T>,
) -> T {
    let mut last = Vec::new();
    let wait = async {
        while let Some(change) = changes.recv().await {
            if let Some(found) = fits(&change) {
                return found;
            }
            last.push(change);
        }
        panic!("the session ended before {what}; it said {last:#?}")
    };
    match tokio::time::timeout(LIMIT, wait).await {
        Ok(found) => found,
        Err(_) => panic!("{what} did not come; the session said {last:#?}"),
    }
}

/// The engine in use, if the change tells of it.
pub fn in_use(change: &Change) -> Option<EngineChoice> {
    let Change::Engines { engines, current } = change else {
        return None;
    };
    engines
        .iter()
        .find(|engine| Some(&engine.id) == current.as_ref())
        .cloned()
}

/// Whether the change says that the engine with this id is used and answers.
pub fn is_ready(change: &Change, id: &str) -> Option<()> {
    let engine = in_use(change)?;
    (engine.id == id && matches!(engine.state, EngineState::Ready(_))).then_some(())
}

/// The code with which the engine with this id, which is in use, has failed.
pub fn has_failed(change: &Change, id: &str) -> Option<Code> {
    let engine = in_use(change)?;
    match engine.state {
        EngineState::Failed { problem } if engine.id == id => Some(problem.code),
        EngineState::Failed { .. }
        | EngineState::Ready(_)
        | EngineState::Connecting
        | EngineState::Unknown => None,
    }
}
