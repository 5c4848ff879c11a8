use slipway_action::grammar::grammars;
use slipway_action::*;

#[test]
fn every_verb_has_a_page_in_every_spelling() {
    for grammar in grammars() {
        for spelling in grammar.spellings {
            let page = help(Some(spelling)).unwrap();
            assert_eq!(page.title, format!("docker {spelling}"));
            crate::assert_is_sentence(&page.about);
            assert!(page.usage[0].starts_with(&page.title));
            assert_eq!(page.usage.len(), grammar.spellings.len());
            let count: usize = page.groups.iter().map(|group| group.items.len()).sum();
            assert_eq!(count, grammar.flags.len() + grammar.names.len());
            for item in page.groups.iter().flat_map(|group| &group.items) {
                crate::assert_is_sentence(&item.explain);
            }
        }
    }
}

#[test]
fn pages_lead_to_pages() {
    let mut open = vec![None];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(verb) = open.pop() {
        let page = help(verb.as_deref()).unwrap_or_else(|| panic!("{verb:?}"));
        for item in page.groups.into_iter().flat_map(|group| group.items) {
            crate::assert_is_sentence(&item.explain);
            if item.verb.is_some() && seen.insert(item.verb.clone()) {
                open.push(item.verb);
            }
        }
    }
    // Every verb is reached from the first page.
    for grammar in grammars() {
        let is_reached = grammar
            .spellings
            .iter()
            .any(|spelling| seen.contains(&Some((*spelling).to_owned())));
        assert!(is_reached || grammar.tag == "build", "{}", grammar.tag);
    }
    for unknown in ["", "zzz", "containers", "run zzz", "volume zzz"] {
        let page = help(Some(unknown));
        assert_eq!(page.is_some(), unknown.is_empty(), "{unknown}");
    }
}

#[test]
fn the_first_page_is_grouped_as_dockers_own() {
    let page = help(None).unwrap();
    let titles: Vec<&str> = page
        .groups
        .iter()
        .map(|group| group.title.as_str())
        .collect();
    assert_eq!(
        titles,
        ["Common commands", "Management commands", "Commands"]
    );
    let terms = |index: usize| -> Vec<&str> {
        let items = page.groups[index].items.iter();
        items.map(|item| item.term.as_str()).collect()
    };
    assert_eq!(terms(0)[..4], ["run", "exec", "ps", "build"]);
    assert_eq!(
        terms(1),
        [
            "container",
            "context",
            "image",
            "network",
            "system",
            "volume"
        ]
    );
    assert!(terms(2).contains(&"rmi") && !terms(2).contains(&"run"));
}

#[test]
fn what_is_not_performed_is_said() {
    let page = help(Some("run")).unwrap();
    let item = |term: &str| {
        let mut items = page.groups.iter().flat_map(|group| &group.items);
        items.find(|item| item.term.contains(term)).unwrap()
    };
    assert_eq!(item("--publish ").note, None);
    assert_eq!(
        item("--publish ").term,
        "-p, --publish [ADDRESS:]HOST:CONTAINER"
    );
    assert!(item("--kernel-memory").note.is_some());
}

#[test]
fn a_form_has_every_field_that_the_action_has() {
    for grammar in grammars() {
        let form = form(&grammar.tag).unwrap();
        assert_eq!(form.command, format!("docker {}", grammar.spellings[0]));
        let ids: Vec<&str> = form.fields.iter().map(|field| field.id.as_str()).collect();
        let names = grammar.names.iter().map(|name| name.field);
        let flags = grammar.flags.iter().map(|flag| flag.field);
        assert_eq!(
            ids,
            names.chain(flags).collect::<Vec<_>>(),
            "{}",
            grammar.tag
        );
        for field in &form.fields {
            crate::assert_is_sentence(&field.explain);
            assert_eq!(
                field.takes.is_none(),
                field.kind == FieldKind::Switch,
                "{} {}",
                grammar.tag,
                field.id
            );
        }
    }
    assert_eq!(form("zzz"), None);
}

#[test]
fn fields_say_what_they_hold() {
    use CompletionKind::{Container, Image, Network, Volume};
    use FieldKind::{List, Number, Switch, Text, Words};
    let rows = [
        ("run", "image", Text, true, Some(Image)),
        ("run", "command", Words, false, None),
        ("run", "publish", List, false, None),
        ("run", "detach", Switch, false, None),
        ("run", "volume", List, false, Some(Volume)),
        ("run", "network", List, false, Some(Network)),
        ("stop", "containers", List, true, Some(Container)),
        ("stop", "timeout", Number, false, None),
        ("create-volume", "volume", Text, false, None),
        ("create-network", "network", Text, true, None),
        ("remove-volume", "volumes", List, true, Some(Volume)),
        ("connect-network", "network", Text, true, Some(Network)),
        ("connect-network", "container", Text, true, Some(Container)),
        ("copy", "source", Text, true, Some(Container)),
        ("commit", "container", Text, true, Some(Container)),
        ("commit", "image", Text, false, None),
        ("commit", "pause", Switch, false, None),
        ("tag", "source", Text, true, Some(Image)),
        ("tag", "target", Text, true, None),
        ("push", "image", Text, true, Some(Image)),
    ];
    for (verb, id, kind, required, names) in rows {
        let form = form(verb).unwrap();
        let field = form.fields.iter().find(|field| field.id == id).unwrap();
        assert_eq!(
            (field.kind, field.required, field.names),
            (kind, required, names),
            "{verb} {id}"
        );
    }
    let run = form("run").unwrap();
    let restart = run
        .fields
        .iter()
        .find(|field| field.id == "restart")
        .unwrap();
    assert!(
        restart
            .choices
            .iter()
            .any(|choice| choice == "unless-stopped")
    );
}
