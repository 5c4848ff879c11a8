//! The yardstick for start and memory: a Tauri window that shows one word.

use std::process::ExitCode;

fn main() -> ExitCode {
    match tauri::Builder::default().run(tauri::generate_context!()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the empty window does not open: {error}");
            ExitCode::FAILURE
        }
    }
}
