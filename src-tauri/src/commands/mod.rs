//! What the page may ask for, one file per topic. A command takes, calls, and passes the answer on.

pub mod actions;
pub mod builds;
pub mod contexts;
pub mod desk;
pub mod engines;
pub mod files;
pub mod images;
pub mod preview;
pub mod reasons;
pub mod start;
pub mod streams;
pub mod texts;
pub mod trail;
pub mod words;

use slipway_engine::connect::Engine;
use slipway_engine::problem::{Code, Problem};
use tauri::State;
use tokio_util::sync::CancellationToken;

use crate::state::Slipway;

/// The engine in use, and the token that ends what hangs on it.
fn engine(slipway: &State<'_, Slipway>) -> Result<(Engine, CancellationToken), Problem> {
    slipway.session.current().ok_or_else(|| Problem {
        code: Code::EngineNotRunning,
        what: "No engine answers".to_owned(),
        why: "Slipway is not connected to an engine, so nothing was sent.".to_owned(),
        todo: "Start an engine, or choose another one in the upper left.".to_owned(),
        command: None,
        fixes: Vec::new(),
        detail: String::new(),
    })
}

/// The engine in use, if it is the one with this id. What was filled in, or failed, on one engine must
/// not reach another that was chosen meanwhile.
fn meant(slipway: &State<'_, Slipway>, id: &str) -> Result<Engine, Problem> {
    let (engine, _) = engine(slipway)?;
    if engine.id() == id {
        return Ok(engine);
    }
    Err(Problem {
        todo: "Switch back to that engine, or start anew on this one.".to_owned(),
        ..failed(
            "Another engine is in use now",
            &"This was meant for the engine that was in use before, so nothing was sent.",
        )
    })
}

/// Does what may wait for a disk where nothing else waits for it.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tauri::async_runtime::spawn_blocking(work)
        .await
        .map_err(|error| failed("Slipway could not do this", &error))?
}

/// A failure of this computer's own, not of an engine.
fn failed(what: &str, why: &dyn std::fmt::Display) -> Problem {
    Problem {
        code: Code::Other,
        what: what.to_owned(),
        why: why.to_string(),
        todo: String::new(),
        command: None,
        fixes: Vec::new(),
        detail: String::new(),
    }
}
