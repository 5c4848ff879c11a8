//! A thread of its own for work whose streams bring thousands of pieces a second, as a build's do.
//!
//! Where tasks may run on any of several threads, each piece that one hands to the other wakes a further thread up,
//! which finds that there is nothing left to do. While an engine builds, that is time taken from what it builds.

use std::future::Future;
use std::io;

use tokio::runtime::{Builder, Runtime};

/// A thread that does such work. What is under way ends with the value.
#[derive(Debug)]
pub struct OneThread(Option<Runtime>);

impl OneThread {
    /// Starts one of this name.
    ///
    /// # Errors
    /// When the system has no further thread.
    pub fn start(name: &str) -> io::Result<OneThread> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name(name)
            .enable_all()
            .build()?;
        Ok(OneThread(Some(runtime)))
    }

    /// Begins to do something there, beside what it does already.
    pub fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = &self.0 {
            runtime.spawn(work);
        }
    }
}

impl Drop for OneThread {
    fn drop(&mut self) {
        // A runtime that is dropped waits for its threads, which no task of another one may do.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
