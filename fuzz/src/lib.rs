//! What is fuzzed. The same functions run over the seeds in the normal tests
//! (`src-tauri/action/tests/fuzzed`).

pub mod targets;
