#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;
use std::sync::Arc;

use slipway_action::{Action, Shell, redact, secrets};
use slipway_engine::build::{Finding, Sent, Step, StepNumber, StepState, Told, Way};
use slipway_engine::problem::{Code, Fix, Problem};

use super::super::{clipboard, find, write_all};
use super::{Ending, Record};
use crate::ipc::{BuildState, BuildSummary, LogHit};

pub fn summary(id: u64, line: &str) -> (BuildSummary, Vec<String>) {
    let action = Action::parse(line).unwrap();
    let shown = redact(&action);
    let summary = BuildSummary {
        id,
        engine: "env".to_owned(),
        command: shown.render(Shell::Posix),
        action: shown,
        folder: "/srv/app".to_owned(),
        way: None,
        way_why: String::new(),
        state: BuildState::Running,
        began: 1,
        ended: None,
        steps: 0,
        done: 0,
        cached: 0,
        at: None,
        image: None,
        size: None,
        size_before: None,
        layers: None,
        problem: None,
        line: None,
    };
    (summary, secrets(&action))
}

pub fn step(id: u32, name: &str, state: StepState) -> Step {
    Step {
        id,
        name: name.to_owned(),
        stage: None,
        number: Some(StepNumber { at: id + 1, of: 3 }),
        line: Some(id + 1),
        inputs: Vec::new(),
        state,
        began: Some(i64::from(id)),
        ended: None,
        parts: Vec::new(),
        error: None,
    }
}

pub fn record(folder: &Path, line: &str) -> Arc<Record> {
    let (summary, secrets) = summary(7, line);
    Arc::new(Record::new(folder, summary, secrets))
}

fn texts(record: &Record, step: u32) -> Vec<String> {
    let lines = record.log().lines(step, 0, 1_000).unwrap();
    let text = |line: Vec<u8>| String::from_utf8(line).unwrap();
    lines.into_iter().map(text).collect()
}

#[test]
fn news_are_what_changed_since_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path(), "docker build -t web .");
    let (whole, seen) = record.whole();
    assert!(whole.steps.is_empty() && whole.summary.way.is_none());
    assert!(record.tell(Told::Way(Way::Buildkit, "It can.")));
    assert!(record.tell(Told::Step(&step(0, "FROM ubuntu", StepState::Cached))));
    assert!(record.tell(Told::Step(&step(1, "RUN make", StepState::Running))));
    assert!(!record.tell(Told::Log(1, b"one\ntwo\nth")));
    let sent = Sent {
        files: 3,
        bytes: 9,
        done: true,
    };
    assert!(!record.tell(Told::Sent(sent)));
    let (news, seen) = record.news(seen);
    let at = news.summary.unwrap();
    assert_eq!(
        (at.way, at.steps, at.done, at.cached),
        (Some(Way::Buildkit), 2, 1, 1)
    );
    assert_eq!(at.at.as_deref(), Some("RUN make"));
    assert_eq!((news.steps.len(), news.sent), (2, Some(sent)));
    assert_eq!(news.lines, [(1, 3)]);

    // A progress bar: as many lines as before, but the page must look again.
    record.tell(Told::Log(1, b"\rfo"));
    let (news, seen) = record.news(seen);
    assert_eq!((news.lines, news.steps.len()), (vec![(1, 3)], 0));
    assert!(news.summary.is_none() && news.sent.is_none());
    // A part of a step moves on: nothing of that is in the history.
    let mut moved = step(1, "RUN make", StepState::Running);
    moved.line = Some(9);
    assert!(!record.tell(Told::Step(&moved)));
    let (news, seen) = record.news(seen);
    assert_eq!((news.steps, news.lines.len()), (vec![moved], 0));
    assert!(record.news(seen).0 == Default::default());
    let (whole, _) = record.whole();
    assert_eq!(whole.lines, [0, 3]);
}

#[test]
fn what_failed_is_told_with_its_place_and_the_rest_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path(), "docker build .");
    record.tell(Told::Step(&step(0, "FROM a", StepState::Done)));
    record.tell(Told::Step(&step(1, "RUN nonsense", StepState::Failed)));
    record.tell(Told::Step(&step(2, "RUN sleep", StepState::Running)));
    let (_, seen) = record.whole();
    let problem = Problem::new(Code::Other, "what", "why", "todo");
    record.end(
        BuildState::Failed,
        99,
        Ending {
            problem: Some(problem.clone()),
            ..Ending::default()
        },
    );
    let (news, _) = record.news(seen);
    let summary = news.summary.unwrap();
    assert_eq!(
        (summary.state, summary.ended, summary.line),
        (BuildState::Failed, Some(99), Some(2))
    );
    assert_eq!(
        (summary.at.as_deref(), summary.problem),
        (Some("RUN nonsense"), Some(problem))
    );
    let left = &news.steps[0];
    assert_eq!(
        (left.id, left.state, left.ended),
        (2, StepState::Cancelled, Some(99))
    );
    assert_eq!(news.steps.len(), 1);
}

#[test]
fn all_of_it_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path(), "docker build -t web .");
    let writer = record.keep_writing().unwrap();
    record.set_dockerfile("FROM a\nRUN b\n");
    record.tell(Told::Step(&step(0, "FROM a", StepState::Done)));
    record.tell(Told::Log(0, b"pulled\nno end"));
    record.tell(Told::Finding(&Finding {
        rule: "JSONArgsRecommended".to_owned(),
        message: "m".to_owned(),
        about: "a".to_owned(),
        url: None,
        line: Some(2),
        last_line: None,
    }));
    let ending = Ending {
        image: Some("sha256:a".to_owned()),
        size: Some(5),
        layers: Some(2),
        problem: None,
    };
    record.end(BuildState::Done, 5, ending);
    writer.join().unwrap();
    record.write_end();
    let again = Record::load(folder.path()).unwrap();
    assert_eq!(again.whole().0, record.whole().0);
    assert_eq!(again.whole().0.dockerfile, "FROM a\nRUN b\n");
    assert_eq!(texts(&again, 0), ["pulled", "no end"]);
}

#[test]
fn an_app_that_is_killed_leaves_a_build_that_was_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path(), "docker build -t web .");
    record.tell(Told::Step(&step(0, "RUN a", StepState::Done)));
    record.tell(Told::Step(&step(1, "RUN b", StepState::Running)));
    record.tell(Told::Step(&step(2, "RUN c", StepState::Waiting)));
    record.tell(Told::Log(1, b"one\n"));
    let writer = record.keep_writing().unwrap();
    // Its thread has written both by itself when this is so; nothing more is said to the record.
    while !folder.path().join("1.log").exists() || !folder.path().join("build.json").exists() {
        std::thread::yield_now();
    }
    let again = Record::load(folder.path()).unwrap();
    let (whole, _) = again.whole();
    assert_eq!(whole.summary.state, BuildState::Interrupted);
    assert!(whole.summary.ended >= Some(whole.summary.began));
    let states: Vec<StepState> = whole.steps.iter().map(|step| step.state).collect();
    assert_eq!(
        states,
        [StepState::Done, StepState::Cancelled, StepState::Cancelled]
    );
    assert_eq!(texts(&again, 1), ["one"]);
    record.end(BuildState::Cancelled, 5, Ending::default());
    writer.join().unwrap();
}

#[test]
fn a_torn_or_foreign_file_is_no_build() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Record::load(folder.path()).is_err());
    for bytes in ["", "{\"summary\": {", "[]", "{}"] {
        std::fs::write(folder.path().join("build.json"), bytes).unwrap();
        assert!(Record::load(folder.path()).is_err(), "{bytes}");
    }
}

#[test]
fn no_secret_is_written_wherever_it_was() {
    const CANARY: &str = "canary-4711";
    let folder = tempfile::tempdir().unwrap();
    let line = "docker build --build-arg API_TOKEN=canary-4711 -t web .";
    let record = record(folder.path(), line);
    let writer = record.keep_writing().unwrap();
    let words = |what: &str| format!("{what}: {CANARY}");
    let mut failed = step(0, &words("RUN curl -u"), StepState::Failed);
    failed.error = Some(words("error"));
    record.tell(Told::Way(Way::Classic, &words("why")));
    record.tell(Told::Step(&failed));
    record.tell(Told::Log(0, b"+ curl -u canary-"));
    record.tell(Told::Log(0, b"4711\nlast canary-4711"));
    record.tell(Told::Finding(&Finding {
        rule: "SecretsUsedInArgOrEnv".to_owned(),
        message: words("found"),
        about: words("about"),
        url: None,
        line: None,
        last_line: None,
    }));
    record.set_dockerfile(&words("FROM"));
    let action = Action::parse(line).unwrap();
    let problem = Problem {
        code: Code::Other,
        what: words("what"),
        why: words("why"),
        todo: words("todo"),
        command: Some(words("command")),
        fixes: vec![Fix {
            label: words("label"),
            danger: false,
            note: String::new(),
            commands: vec![action.render(Shell::Posix)],
            actions: vec![action],
        }],
        detail: words("detail"),
    };
    record.end(
        BuildState::Failed,
        2,
        Ending {
            problem: Some(problem),
            ..Ending::default()
        },
    );
    writer.join().unwrap();
    record.write_end();
    let mut files = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!text.contains(CANARY), "{text}");
        assert!(text.contains("***"), "{text}");
        files += 1;
    }
    assert_eq!(files, 2);
}

#[test]
fn what_was_printed_is_found_and_taken_along_as_plain_text() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path(), "docker build .");
    record.tell(Told::Step(&step(0, "RUN a", StepState::Done)));
    record.tell(Told::Step(&step(1, "RUN \u{1b}[1mb", StepState::Done)));
    record.tell(Told::Log(
        0,
        b"Fetching\n\x1b[31mERR\x1b[0mOR: no (x)\n\tindented\n",
    ));
    record.tell(Told::Log(1, "error\nGR\u{dc}N\n\u{fffd}\nerror".as_bytes()));
    record.tell(Told::Log(1, b"\xff\n"));
    let hit = |step, line| LogHit { step, line };
    let rows: [(&str, Option<u32>, &[LogHit]); 7] = [
        ("error", None, &[hit(0, 1), hit(1, 0), hit(1, 3)]),
        ("eRRor", Some(1), &[hit(1, 0), hit(1, 3)]),
        ("(x)", None, &[hit(0, 1)]),
        (".*", None, &[]),
        ("gr\u{fc}n", None, &[hit(1, 1)]),
        ("", None, &[]),
        ("error", Some(9), &[]),
    ];
    for (text, step, hits) in rows {
        assert_eq!(find(&record, step, text).unwrap(), hits, "{text}");
    }
    let one = "Fetching\nERROR: no (x)\n\tindented\n";
    assert_eq!(clipboard(&record, Some(0)).unwrap(), one);
    let all = clipboard(&record, None).unwrap();
    assert!(
        all.starts_with(&format!("#0 [1/3] RUN a\n{one}#1 [2/3] RUN b\nerror\n")),
        "{all}"
    );
    let mut file = Vec::new();
    write_all(&record, None, &mut file).unwrap();
    assert_eq!(String::from_utf8(file).unwrap(), all);
    assert_eq!(clipboard(&record, Some(9)).unwrap(), "");
}

#[test]
fn the_clipboard_gets_the_end_of_what_is_long() {
    let folder = tempfile::tempdir().unwrap();
    let record = record(folder.path(), "docker build .");
    record.tell(Told::Step(&step(0, "RUN a", StepState::Done)));
    for n in 0..100_000 {
        record.tell(Told::Log(0, format!("line {n} of many lines\n").as_bytes()));
    }
    let text = clipboard(&record, None).unwrap();
    assert!(text.len() < (1 << 20) + 200 && text.len() > 1 << 20);
    assert!(
        text.starts_with("… (what comes before is left out)\nline "),
        "{}",
        &text[..80]
    );
    assert!(text.ends_with("line 99998 of many lines\nline 99999 of many lines\n"));
    let hits = find(&record, None, "line 9").unwrap();
    assert_eq!(hits.len(), 1_000);
}
