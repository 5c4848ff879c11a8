//! Slipway's own engine: one that the app starts for this user, on a socket and with data of its own,
//! and that lives on when the app ends. Linux only; elsewhere the app says what to install.

mod install;
#[cfg(target_os = "linux")]
mod linux;

#[cfg(target_os = "linux")]
pub use linux::Own;

pub(crate) use install::install_command;

use crate::problem::{Code, Problem};

#[cfg(not(target_os = "linux"))]
pub use elsewhere::Own;

/// Nobody has started it, or it was stopped: what its choice says when it does not answer.
pub(crate) fn not_running(detail: String) -> Problem {
    Problem {
        code: Code::EngineNotRunning,
        what: "Slipway’s own engine is not running".to_owned(),
        why: "It runs only while it is wanted: nobody has started it, or it was stopped."
            .to_owned(),
        todo: "Start it. Its containers and images are kept from one time to the next.".to_owned(),
        command: None,
        fixes: Vec::new(),
        detail,
    }
}

/// A system on which no engine is started from here.
#[cfg(not(target_os = "linux"))]
mod elsewhere {
    use std::path::Path;

    use super::install_command;
    use crate::model::OwnEngine;
    use crate::problem::{Code, Problem};
    use crate::surroundings::Surroundings;

    /// Slipway's own engine, which this system does not have.
    #[derive(Debug)]
    pub struct Own;

    impl Own {
        /// Nothing is kept.
        pub fn new(_surroundings: &Surroundings, _data_dir: &Path) -> Self {
            Self
        }

        /// There is none.
        pub fn socket(&self) -> Option<&Path> {
            None
        }

        /// It has never run.
        pub async fn log(&self) -> String {
            std::future::ready(String::new()).await
        }

        /// Whether it can be used or started at all.
        pub fn is_offered(&self) -> bool {
            false
        }

        /// What would bring an engine.
        pub async fn state(&self) -> OwnEngine {
            std::future::ready(OwnEngine::NotInstalled {
                install: install_command(),
            })
            .await
        }

        /// Can't be done here.
        ///
        /// # Errors
        /// Always, with what to install.
        pub async fn start(&self) -> Result<(), Problem> {
            let problem = Problem {
                code: Code::EngineNotInstalled,
                what: "Slipway can’t start an engine here".to_owned(),
                why: "This system needs a small Linux of its own for containers.".to_owned(),
                todo: "Install one with the command below, then look again.".to_owned(),
                command: install_command(),
                fixes: Vec::new(),
                detail: String::new(),
            };
            std::future::ready(Err(problem)).await
        }

        /// Nothing runs, so nothing is to be done.
        ///
        /// # Errors
        /// None.
        pub async fn stop(&self) -> Result<(), Problem> {
            std::future::ready(Ok(())).await
        }
    }
}
