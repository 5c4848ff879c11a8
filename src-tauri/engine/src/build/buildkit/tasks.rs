//! Tasks that belong to one build and end with it.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinSet;

/// Starts tasks of a build. HTTP/2 needs it for its connections and streams.
#[derive(Clone, Default)]
pub(super) struct Spawner(Arc<Mutex<Running>>);

#[derive(Default)]
struct Running {
    tasks: JoinSet<()>,
    over: bool,
}

impl Spawner {
    /// Starts a task, unless the build is over.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What has ended is let go, so that a long build does not gather it.
        while running.tasks.try_join_next().is_some() {}
        if !running.over {
            running.tasks.spawn(task);
        }
    }
}

impl<F> hyper::rt::Executor<F> for Spawner
where
    F: Future + Send + 'static,
{
    fn execute(&self, task: F) {
        self.spawn(async move {
            task.await;
        });
    }
}

/// Owns the tasks of a build: dropping it ends all of them, and with them their connections.
#[derive(Default)]
pub(super) struct Tasks(Spawner);

impl Tasks {
    /// What starts tasks that end with this.
    pub fn spawner(&self) -> Spawner {
        self.0.clone()
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        let mut running = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.over = true;
        running.tasks.abort_all();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use tokio::sync::oneshot;

    #[tokio::test]
    async fn tasks_end_with_their_owner_and_none_begins_afterwards() {
        let tasks = Tasks::default();
        let spawner = tasks.spawner();
        let held = || {
            let (held, ended) = oneshot::channel::<()>();
            spawner.spawn(async move {
                std::future::pending::<()>().await;
                drop(held);
            });
            ended
        };
        let before = held();
        drop(tasks);
        assert!(before.await.is_err(), "it was dropped with its owner");
        assert!(held().await.is_err(), "none begins any more");
    }
}
