//! End to end: the app as it is packaged, in a real window, on real engines, driven by what a person
//! sees and hears: roles and names.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on has failed, and says where"
)]

mod http_page;

mod access;
mod access_more;
mod as_listed;
mod bad_input;
mod build;
mod build_again;
mod build_bad_input;
mod builds;
mod command_bar;
mod commands;
mod desktop;
mod editor;
mod failures;
mod first_light;
mod installer;
mod keyboard;
mod lists;
mod names;
mod ports;
mod preferences;
mod preview;
mod preview_tab;
mod reasons;
mod removal;
mod run_dialog;
mod several;
mod slow_pull;
mod switching;
mod taken_port;
mod ten_thousand;
mod trail;
mod verbs;
mod welcome;
