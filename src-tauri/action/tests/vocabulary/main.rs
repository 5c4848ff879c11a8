//! What the vocabulary promises: the values of flags, rendering, parsing, checking, and the laws
//! that hold between them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

mod alone;
mod check;
mod check_finer;
mod complete;
mod finer;
mod help;
mod laws;
mod parse;
mod port;
mod powershell;
mod reading;
mod reference;
mod render;
#[path = "../rules/powershell.rs"]
mod rules;
mod script;
mod script_names;
mod script_powershell;
mod secret;
mod shell;
mod strategy;
mod switches;
mod tutorial;
mod unperformed;
mod values;

/// A value that must be refused, and words that the sentence must have.
#[track_caller]
fn refused<T: std::fmt::Debug, E: std::fmt::Display>(
    result: Result<T, E>,
    text: &str,
    words: &str,
) {
    match result {
        Ok(value) => panic!("{text:?} was taken as {value:?}"),
        Err(error) => {
            let message = error.to_string();
            assert!(
                message.contains(words),
                "{text:?}: {message:?} does not say {words:?}"
            );
            assert_is_sentence(&message);
        }
    }
}

/// What every sentence for people has: an end, a sane length, nothing hidden in it.
#[track_caller]
fn assert_is_sentence(message: &str) {
    assert!(message.ends_with(['.', '?', '!']), "no end: {message:?}");
    assert!(message.chars().count() < 320, "too long: {message:?}");
    assert!(
        !message.contains(slipway_action::text::is_hidden),
        "hidden: {message:?}"
    );
}
