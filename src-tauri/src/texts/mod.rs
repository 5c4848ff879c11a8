//! The text files that the editor reads and writes: the user's own, so nothing of them may be lost.

mod decode;
mod read;
mod write;

use std::path::Path;

pub use read::{open, stamps};
pub use write::{Ends, save, save_new, write_new};

use slipway_engine::problem::{Code, Problem};

/// A failure with a file, told to a person.
fn problem(what: &str, why: impl Into<String>, todo: &str) -> Problem {
    Problem::new(Code::Other, what, why, todo)
}

/// The name by which a sentence calls a file.
fn called(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    format!("“{}”", name.to_string_lossy())
}
