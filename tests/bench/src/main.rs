//! Slipway's figures, each beside a yardstick's from the same run: `./dev bench [name…]`.
//!
//! Nothing here passes or fails. The figures are for people, and for the notes of a release.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark that cannot run says why and stops; its table is what it is for"
)]

#[cfg(target_os = "linux")]
mod builds;
#[cfg(target_os = "linux")]
mod keystroke;
#[cfg(target_os = "linux")]
mod machine;
#[cfg(target_os = "linux")]
mod runs;
#[cfg(target_os = "linux")]
mod screen;
#[cfg(target_os = "linux")]
mod table;
#[cfg(target_os = "linux")]
mod words;

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let rows = runs::all(&wanted).await;
    println!("\n{}", table::print(&rows));
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("The benchmarks read Linux's /proc and drive WebKitGTK: they run on Linux.");
}
