//! Follows the build of a task from its beginning to its end.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use slipway_action::Action;
use slipway_engine::build::{Told, dockerfile_of};
use slipway_engine::connect::Engine;
use slipway_engine::model::Outcome;
use slipway_engine::problem::Problem;

use super::record::{Ending, Record};
use super::{Builds, image};
use crate::hub::lock;
use crate::ipc::BuildState;
use crate::texts;

/// A longer Dockerfile is not kept, in bytes.
const DOCKERFILE: usize = 1 << 20;

/// Tells how one build goes.
#[derive(Debug)]
pub struct BuildReport {
    builds: Arc<Builds>,
    record: Arc<Record>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

/// Whoever followed it may be gone before it was told to end. Then nothing more comes, and the thread that
/// writes it down must not wait for it.
impl Drop for BuildReport {
    fn drop(&mut self) {
        if lock(&self.writer).is_some() {
            self.record.log().seal();
        }
    }
}

impl BuildReport {
    /// One for a build that `builds` knows already.
    pub fn new(builds: Arc<Builds>, record: Arc<Record>) -> BuildReport {
        BuildReport {
            builds,
            record,
            writer: Mutex::default(),
        }
    }

    /// It begins now: what is asked before anything changes.
    pub async fn begin(&self, engine: &Engine, folder: &Path, action: &Action, began: i64) {
        self.record.change_summary(|summary| summary.began = began);
        match self.record.keep_writing() {
            Ok(writer) => *lock(&self.writer) = Some(writer),
            Err(error) => tracing::warn!("the build is not written down: {error}"),
        }
        if let Action::Build(build) = action
            && let Some(path) = dockerfile_of(build, folder)
        {
            let read = tauri::async_runtime::spawn_blocking(move || texts::open(&path)).await;
            // One that cannot be read ends the build, which says why.
            if let Ok(Ok(file)) = read
                && file.text.len() <= DOCKERFILE
            {
                self.record.set_dockerfile(&file.text);
            }
        }
        let size = image::before(engine, action).await;
        self.record
            .change_summary(|summary| summary.size_before = size);
        self.builds.publish(&self.record);
    }

    /// Takes in what it tells.
    pub fn tell(&self, told: Told<'_>) {
        self.builds.tell(&self.record, told);
    }

    /// It has ended; without a result it never began.
    pub async fn end(
        &self,
        engine: &Engine,
        action: &Action,
        result: Option<&Result<Outcome, Problem>>,
        cancelled: bool,
        ended: i64,
    ) {
        let (how, ending) = match result {
            Some(Ok(outcome)) => (BuildState::Done, image::made(engine, action, outcome).await),
            Some(Err(problem)) if !cancelled => {
                let ending = Ending {
                    problem: Some(problem.clone()),
                    ..Ending::default()
                };
                (BuildState::Failed, ending)
            }
            Some(Err(_)) | None => (BuildState::Cancelled, Ending::default()),
        };
        self.record.end(how, ended, ending);
        self.builds.publish(&self.record);
        let (builds, record) = (Arc::clone(&self.builds), Arc::clone(&self.record));
        let writer = lock(&self.writer).take();
        // The build is over for its user; what is left to write is written behind it.
        tauri::async_runtime::spawn_blocking(move || {
            if let Some(Err(_)) = writer.map(JoinHandle::join) {
                tracing::warn!("the thread that wrote the build down did not end well");
            }
            record.write_end();
            builds.ended(&record);
        });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::builds::record::tests::summary;

    #[test]
    fn the_thread_that_writes_ends_with_who_follows_the_build() {
        let folder = tempfile::tempdir().unwrap();
        let record = Arc::new(Record::new(
            folder.path(),
            summary(1, "docker build .").0,
            Vec::new(),
        ));
        let report = BuildReport::new(Arc::new(Builds::new(folder.path())), Arc::clone(&record));
        *lock(&report.writer) = Some(record.keep_writing().unwrap());
        drop(report);
        // The thread holds the record as long as it goes on.
        while Arc::strong_count(&record) > 1 {
            std::thread::yield_now();
        }
    }
}
