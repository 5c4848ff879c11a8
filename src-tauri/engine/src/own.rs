//! Slipway's own engine.

mod install;

pub(crate) use install::install_command;
