//! The laws: what is rendered is read back as the same action, in every shell, whatever is in it.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use slipway_action::quote::quote;
use slipway_action::text::is_hidden;
use slipway_action::words::split;
use slipway_action::{Action, Shell, redact};

use crate::strategy::{text, verbs};

/// As the project runs its tests, optimised, 10,000 cases take seconds; a debug build takes fewer.
pub fn config() -> Config {
    let cases = if cfg!(debug_assertions) {
        1_000
    } else {
        10_000
    };
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

const SHELLS: [Shell; 2] = [Shell::Posix, Shell::Powershell];

fn hold(action: &Action) -> Result<(), TestCaseError> {
    let expected = action.clone().without_blanks();
    for shell in SHELLS {
        let line = action.render(shell).line;
        prop_assert!(
            !line.contains(is_hidden),
            "something hidden is raw in {:?}",
            line
        );
        let read = Action::parse_as(&line, shell);
        prop_assert_eq!(read.as_ref(), Ok(&expected), "{:?}: {}", shell, line);
        let pasted = Action::parse(&line);
        prop_assert_eq!(pasted.as_ref(), Ok(&expected), "pasted: {}", line);
    }
    Ok(())
}

/// One test for each verb, so that they run side by side and say which one broke.
macro_rules! what_is_rendered_is_read_back {
    ($($test:ident = $verb:literal;)+) => {
        mod what_is_rendered_is_read_back {
            $(#[test]
            fn $test() {
                super::hold_for($verb);
            })+

            #[test]
            fn for_no_verb_more() {
                let verbs: Vec<_> = crate::strategy::verbs().into_iter().map(|(name, _)| name).collect();
                assert_eq!(verbs, [$($verb),+]);
            }
        }
    };
}

what_is_rendered_is_read_back! {
    pull = "pull";
    run = "run";
    create = "create";
    start = "start";
    stop = "stop";
    restart = "restart";
    kill = "kill";
    pause = "pause";
    unpause = "unpause";
    rename = "rename";
    remove_container = "rm";
    prune_containers = "container prune";
    inspect_container = "container inspect";
    remove_image = "rmi";
    prune_images = "image prune";
    inspect_image = "image inspect";
}

fn hold_for(verb: &str) {
    let (_, strategy) = verbs().into_iter().find(|(name, _)| *name == verb).unwrap();
    if let Err(error) = TestRunner::new(config()).run(&strategy, |action| hold(&action)) {
        panic!("docker {verb}: {error}");
    }
}

#[test]
fn drafts_of_anything_are_rendered_checked_and_hidden_without_a_panic() {
    for (name, strategy) in verbs() {
        let config = Config {
            cases: 500,
            ..config()
        };
        let result = TestRunner::new(config).run(&strategy, |action| {
            for problem in action.check() {
                crate::assert_is_sentence(&problem.message);
            }
            let hidden = redact(&action);
            prop_assert_eq!(redact(&hidden), hidden);
            Ok(())
        });
        if let Err(error) = result {
            panic!("docker {name}: {error}");
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_quoted_word_is_that_word(word in text()) {
        for shell in SHELLS {
            let quoted = quote(&word, shell).unwrap();
            prop_assert_eq!(split(&quoted, shell), Ok(vec![word.clone()]), "{:?}: {}", shell, quoted);
            prop_assert!(!quoted.contains(is_hidden));
        }
    }

    #[test]
    fn pasting_anything_never_panics(line in any::<String>(), word in text()) {
        let _ = Action::parse(&line);
        for shell in SHELLS {
            let _ = Action::parse_as(&line, shell);
        }
        for start in ["docker run ", "$ sudo docker stop -", "docker run --", "PS C:\\> docker rm ", "docker image ", "docker "] {
            if let Err(error) = Action::parse(&format!("{start}{word}")) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
