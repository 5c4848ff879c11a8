//! The app in a real window under Xvfb, driven through WebKit's own driver by what a person sees and
//! hears: roles and names. For the end-to-end tests and the benchmarks.
//!
//! It knows what the screens say, and nothing of the code behind them.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, and says where"
)]

mod app;
mod desktop;
mod dialogs;
mod find;
mod keys;
mod pages;

pub use app::{App, PATIENCE, Start, main_binary};
pub use desktop::{Desktop, Launched, WindowManager, windows, xdotool};
pub use pages::cli;
