use slipway_action::*;

fn texts(action: &Action) -> Vec<String> {
    action
        .tokens(Shell::Posix)
        .into_iter()
        .map(|token| token.text)
        .collect()
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_run_is_written_as_people_write_it() {
    let run = Action::Run(Run {
        detach: true,
        options: ContainerOptions {
            interactive: true,
            tty: true,
            rm: true,
            publish: strings(&["5000:5050", "", "127.0.0.1:8080:80"]),
            name: Some("hello".into()),
            env: strings(&["A=b c"]),
            workdir: Some("-x".into()),
            memory: Some(String::new()),
            stop_timeout: Some(-1),
            ..ContainerOptions::default()
        },
        image: "flask_app".into(),
        command: strings(&["python", "-c", "print(1)", ""]),
        ..Run::default()
    });
    let expected = [
        "docker",
        "run",
        "-d",
        "-it",
        "--rm",
        "-p 5000:5050",
        "-p 127.0.0.1:8080:80",
        "--name hello",
        "-e 'A=b c'",
        "--workdir=-x",
        "--stop-timeout=-1",
        "flask_app",
        "python",
        "-c",
        "'print(1)'",
        "''",
    ];
    assert_eq!(texts(&run), expected);
    assert_eq!(run.render(Shell::Posix).line, expected.join(" "));
}

#[test]
fn each_piece_knows_its_field_and_explains_itself() {
    let run = Action::Run(Run {
        options: ContainerOptions {
            interactive: true,
            tty: true,
            publish: strings(&["5000:5050"]),
            ..Default::default()
        },
        image: "flask_app".into(),
        ..Default::default()
    });
    let tokens = run.tokens(Shell::Posix);
    let fields: Vec<_> = tokens.iter().map(|token| token.field.as_deref()).collect();
    assert_eq!(
        fields,
        [
            None,
            None,
            Some("interactive"),
            Some("publish"),
            Some("image")
        ]
    );
    assert_eq!(tokens[0].explain, "");
    assert_eq!(tokens[1].explain, "");
    assert_eq!(
        tokens[2].explain,
        "Keeps the program's input open, so that you can type into it. \
         Gives the program a terminal, so that shells and other interactive programs work."
    );
    assert_eq!(tokens[4].explain, "The image to make the container from.");
    for token in &tokens[2..] {
        crate::assert_is_sentence(&token.explain);
    }
}

#[test]
fn each_of_the_two_alone_stands_alone() {
    let start = Action::Start(Start {
        interactive: true,
        attach: true,
        containers: strings(&["a"]),
        ..Start::default()
    });
    assert_eq!(texts(&start), ["docker", "start", "-a", "-i", "a"]);
    let run = |interactive, tty| {
        let options = ContainerOptions {
            interactive,
            tty,
            ..Default::default()
        };
        texts(&Action::Create(Create {
            options,
            image: "a".into(),
            command: Vec::new(),
        }))
    };
    assert_eq!(run(true, false), ["docker", "create", "-i", "a"]);
    assert_eq!(run(false, true), ["docker", "create", "-t", "a"]);
}

#[test]
fn what_is_missing_is_shown_as_a_word_in_capitals() {
    let rows = [
        (Action::Run(Run::default()), "docker run IMAGE"),
        (Action::Pull(Pull::default()), "docker pull IMAGE"),
        (
            Action::Rename(Rename::default()),
            "docker rename CONTAINER NEW_NAME",
        ),
        (
            Action::Stop(Stop {
                containers: strings(&["", ""]),
                ..Default::default()
            }),
            "docker stop CONTAINER",
        ),
        (
            Action::RemoveImage(RemoveImage::default()),
            "docker rmi IMAGE",
        ),
        (
            Action::PruneContainers(PruneContainers::default()),
            "docker container prune",
        ),
    ];
    for (action, line) in rows {
        let rendered = action.render(Shell::Posix);
        assert_eq!(rendered.line, line);
        let is_prune = matches!(action, Action::PruneContainers(_));
        assert_eq!(
            rendered.problems.is_empty(),
            is_prune,
            "{line} cannot be performed"
        );
    }
}

#[test]
fn an_empty_entrypoint_is_kept_because_it_means_something() {
    let options = ContainerOptions {
        entrypoint: Some(String::new()),
        ..Default::default()
    };
    let run = Action::Run(Run {
        options,
        image: "a".into(),
        ..Default::default()
    });
    assert_eq!(run.render(Shell::Posix).line, "docker run --entrypoint= a");
    assert_eq!(run.clone().without_blanks(), run);
}

#[test]
fn a_name_that_looks_like_a_flag_stands_behind_two_dashes() {
    let remove = Action::RemoveContainer(RemoveContainer {
        force: true,
        containers: strings(&["a", "-v"]),
        ..Default::default()
    });
    assert_eq!(texts(&remove), ["docker", "rm", "-f", "--", "a", "-v"]);
    assert_eq!(remove.check().len(), 1);
}

#[test]
fn a_draft_with_nul_is_shown_and_refused() {
    let rename = Action::Rename(Rename {
        container: "a".into(),
        new_name: "b\0c".into(),
    });
    assert_eq!(
        rename.render(Shell::Posix).line,
        "docker rename a 'b\u{fffd}c'"
    );
    assert_eq!(rename.check()[0].field, "new_name");
}

#[test]
fn every_verb_flag_and_name_explains_itself() {
    for grammar in slipway_action::grammar::grammars() {
        let about = [("about", &grammar.about)].into_iter();
        let flags = grammar.flags.iter().map(|flag| (flag.long, &flag.explain));
        let names = grammar.names.iter().map(|name| (name.field, &name.explain));
        for (what, explain) in about.chain(flags).chain(names) {
            assert!(explain.len() > 10, "{} {what}: {explain:?}", grammar.tag);
            crate::assert_is_sentence(explain);
        }
    }
}
