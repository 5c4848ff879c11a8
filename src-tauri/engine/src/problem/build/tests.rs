use super::*;

#[test]
fn the_end_of_a_log_is_shown_plain() {
    let log = " ---> Running in 1b34eee7d98a\n\u{1b}[91merr\n\u{1b}[0mok\r\n10%\r20%\r30%\n\
        Removing intermediate container 1b34eee7d98a\n\u{1b}]0;x";
    assert_eq!(printed(log), "err\nok\n30%\n]0;x");
    let many: String = (0..200).map(|it| format!("{it}\n")).collect();
    let detail = detail(&printed(&many), "it failed\n");
    assert!(
        detail.starts_with("180\n") && detail.ends_with("199\n\nit failed"),
        "{detail}"
    );
}

#[test]
fn a_source_that_is_not_there_is_told_with_the_reason() {
    let check = |found| {
        vec![
            SourceCheck {
                source: "here".to_owned(),
                found: SourceFound::Here,
            },
            SourceCheck {
                source: "a.txt".to_owned(),
                found,
            },
        ]
    };
    let similar = || "A.txt".to_owned();
    let rows = [
        (
            SourceFound::Ignored {
                pattern: "*.txt".to_owned(),
                line: 3,
                file: ".dockerignore".to_owned(),
            },
            "line 3 of “.dockerignore”",
            "!a.txt",
        ),
        (SourceFound::Outside, "outside", "Copy the file into"),
        (
            SourceFound::Case { similar: similar() },
            "letters",
            "“A.txt”",
        ),
        (
            SourceFound::Missing {
                similar: Some(similar()),
            },
            "not in the build’s folder",
            "Did you mean “A.txt”?",
        ),
        (
            SourceFound::Missing { similar: None },
            "not in",
            "Check the name",
        ),
    ];
    for (found, why, todo) in rows {
        let shown = format!("{found:?}");
        let told = no_source(&check(found));
        let fits = told.is_some_and(|it| it.why.contains(why) && it.todo.contains(todo));
        assert!(fits, "{shown}");
    }
    assert_eq!(no_source(&check(SourceFound::Unknown)), None);
}

#[test]
fn steps_of_the_builder_are_no_instructions() {
    let rows = [
        ("RUN x", "RUN"),
        ("from x", "FROM"),
        ("load build context", ""),
        ("[internal] load", ""),
        ("", ""),
    ];
    for (name, word) in rows {
        assert_eq!(known_keyword(name), word, "{name}");
    }
}
