//! The laws: what is rendered is read back as the same action, in every shell, whatever is in it.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use slipway_action::grammar::grammars;
use slipway_action::quote::quote;
use slipway_action::text::is_hidden;
use slipway_action::words::split;
use slipway_action::{Action, Shell, redact};

use crate::strategy::{action, text, verb};

/// As the project runs its tests, optimised, 10,000 cases take seconds; a debug build takes fewer.
pub fn config() -> Config {
    let cases = if cfg!(debug_assertions) { 200 } else { 10_000 };
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
    ($($test:ident = $tag:literal;)+) => {
        mod what_is_rendered_is_read_back {
            $(#[test]
            fn $test() {
                super::hold_for($tag);
            })+

            #[test]
            fn for_every_verb() {
                let tags: Vec<_> = slipway_action::grammar::grammars()
                    .iter()
                    .map(|grammar| grammar.tag.as_str())
                    .collect();
                assert_eq!(tags, [$($tag),+]);
            }
        }
    };
}

what_is_rendered_is_read_back! {
    list_images = "list-images";
    pull = "pull";
    push = "push";
    remove_image = "remove-image";
    tag = "tag";
    history = "history";
    inspect_image = "inspect-image";
    save = "save";
    load = "load";
    import = "import";
    prune_images = "prune-images";
    build = "build";
    list_containers = "list-containers";
    run = "run";
    create = "create";
    start = "start";
    stop = "stop";
    restart = "restart";
    kill = "kill";
    pause = "pause";
    unpause = "unpause";
    attach = "attach";
    exec = "exec";
    logs = "logs";
    copy = "copy";
    commit = "commit";
    diff = "diff";
    rename = "rename";
    remove_container = "remove-container";
    prune_containers = "prune-containers";
    inspect_container = "inspect-container";
    list_ports = "list-ports";
    top = "top";
    stats = "stats";
    wait = "wait";
    update = "update";
    export = "export";
    list_volumes = "list-volumes";
    create_volume = "create-volume";
    remove_volume = "remove-volume";
    inspect_volume = "inspect-volume";
    prune_volumes = "prune-volumes";
    list_networks = "list-networks";
    create_network = "create-network";
    remove_network = "remove-network";
    inspect_network = "inspect-network";
    prune_networks = "prune-networks";
    connect_network = "connect-network";
    disconnect_network = "disconnect-network";
    system_df = "system-df";
    system_prune = "system-prune";
    info = "info";
    version = "version";
    events = "events";
    inspect = "inspect";
    login = "login";
    logout = "logout";
    search = "search";
    list_contexts = "list-contexts";
    use_context = "use-context";
}

fn hold_for(tag: &str) {
    let strategy = action(verb(tag));
    if let Err(error) = TestRunner::new(config()).run(&strategy, |action| hold(&action)) {
        panic!("{tag}: {error}");
    }
}

#[test]
fn drafts_of_anything_are_rendered_checked_and_hidden_without_a_panic() {
    for grammar in grammars() {
        let config = Config {
            cases: 300,
            ..config()
        };
        let result = TestRunner::new(config).run(&action(grammar), |action| {
            for problem in action.check() {
                crate::assert_is_sentence(&problem.message);
            }
            for note in action.unperformed() {
                crate::assert_is_sentence(&note.message);
            }
            let hidden = redact(&action);
            prop_assert_eq!(redact(&hidden), hidden);
            Ok(())
        });
        if let Err(error) = result {
            panic!("{}: {error}", grammar.tag);
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
