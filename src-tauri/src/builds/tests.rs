#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;
use std::sync::Arc;

use slipway_action::{Action, Shell};
use slipway_engine::build::{StepState, Told};
use slipway_engine::model::{Outcome, Progress, Task, TaskState};

use super::record::tests::step;
use super::record::{Ending, Record};
use super::{BYTES, BuildPiece, BuildReader, Builds, BuildsReader, KEPT, OPEN};
use crate::ipc::{BuildState, BuildsNews};

fn task(id: u64) -> Task {
    let action = Action::parse("docker build -t web .").unwrap();
    Task {
        id,
        engine: "env".to_owned(),
        command: action.render(Shell::Posix),
        action,
        folder: None,
        state: TaskState::Running,
        started: 1,
        ended: None,
        progress: Progress::default(),
        outcome: Outcome::default(),
        problem: None,
    }
}

fn open(data: &Path) -> Arc<Builds> {
    let builds = Builds::new(data);
    builds.read_history(Shell::Posix);
    Arc::new(builds)
}

fn begin(builds: &Builds, id: u64) -> Arc<Record> {
    builds.add(&task(id), Path::new("/srv"), Vec::new())
}

fn end(builds: &Builds, record: &Arc<Record>) {
    let writer = record.keep_writing().unwrap();
    record.end(BuildState::Done, 2, Ending::default());
    builds.publish(record);
    writer.join().unwrap();
    record.write_end();
    builds.ended(record);
}

fn ids(news: &BuildsNews) -> Vec<u64> {
    news.changed.iter().map(|summary| summary.id).collect()
}

#[tokio::test]
async fn the_history_is_told_and_then_what_changes() {
    let data = tempfile::tempdir().unwrap();
    let builds = open(data.path());
    let mut reader = BuildsReader::new(Arc::clone(&builds));
    let first = reader.next().await;
    assert!(first.reset && first.changed.is_empty());
    let (one, two) = (begin(&builds, 1), begin(&builds, 2));
    assert_eq!(ids(&reader.next().await), [1, 2]);
    builds.tell(&two, Told::Log(0, b"of no interest here"));
    builds.tell(&two, Told::Step(&step(0, "RUN a", StepState::Running)));
    let news = reader.next().await;
    assert_eq!(
        (ids(&news), news.changed[0].at.as_deref()),
        (vec![2], Some("RUN a"))
    );
    builds.forget(&[1]).unwrap();
    end(&builds, &one);
    let news = reader.next().await;
    assert_eq!(
        (ids(&news), news.removed),
        (vec![1], vec![]),
        "what goes on is not forgotten"
    );
    builds.forget(&[1, 2, 99]).unwrap();
    let news = reader.next().await;
    assert_eq!((news.changed.len(), news.removed), (0, vec![1]));
    assert!(builds.get(1).is_err() && builds.get(2).is_ok());
    assert!(!data.path().join("builds/1").exists());
}

#[tokio::test]
async fn a_reader_that_is_there_first_waits_for_the_history() {
    let data = tempfile::tempdir().unwrap();
    let builds = open(data.path());
    end(&builds, &begin(&builds, 4));
    let builds = Arc::new(Builds::new(data.path()));
    assert_eq!(builds.last_id(), 4);
    let mut reader = BuildsReader::new(Arc::clone(&builds));
    begin(&builds, 5);
    let (news, ()) = tokio::join!(reader.next(), async {
        tokio::task::yield_now().await;
        builds.read_history(Shell::Powershell);
    });
    assert_eq!(ids(&news), [4, 5]);
    assert_eq!(news.changed[0].state, BuildState::Done);
}

#[tokio::test]
async fn a_build_is_told_whole_then_in_news_then_ends() {
    let data = tempfile::tempdir().unwrap();
    let builds = open(data.path());
    let record = begin(&builds, 1);
    let mut reader = BuildReader::new(builds.get(1).unwrap());
    assert!(matches!(reader.next().await, Some(BuildPiece::Whole(_))));
    for n in 0..1_000 {
        record.tell(Told::Log(0, format!("{n}\n").as_bytes()));
    }
    record.tell(Told::Step(&step(0, "RUN a", StepState::Running)));
    // However much there was, it is one piece.
    let Some(BuildPiece::News(news)) = reader.next().await else {
        panic!("news");
    };
    assert_eq!(
        (news.lines.clone(), news.steps.len()),
        (vec![(0, 1_000)], 1)
    );
    end(&builds, &record);
    // The end is told at once, however shortly before it something else was.
    let told = tokio::select! {
        biased;
        told = reader.next() => told,
        () = std::future::ready(()) => panic!("the end waits"),
    };
    let Some(BuildPiece::News(news)) = told else {
        panic!("the end");
    };
    assert_eq!(news.summary.unwrap().state, BuildState::Done);
    assert_eq!(reader.next().await, None);
    // Who comes late hears it in one piece.
    let mut late = BuildReader::new(builds.get(1).unwrap());
    let Some(BuildPiece::Whole(whole)) = late.next().await else {
        panic!("all of it");
    };
    assert_eq!(
        (whole.lines, whole.summary.state),
        (vec![1_000], BuildState::Done)
    );
    assert_eq!(late.next().await, None);
}

#[test]
fn it_stays_bounded() {
    let data = tempfile::tempdir().unwrap();
    let builds = open(data.path());
    let running = begin(&builds, 1);
    for id in 2..=KEPT as u64 + 10 {
        end(&builds, &begin(&builds, id));
    }
    assert!(super::lock(&builds.inner).open.len() <= OPEN);
    assert!(builds.get(1).is_ok(), "it goes on");
    end(&builds, &running);
    let kept = builds.ids();
    assert_eq!(
        (kept.len(), kept.contains(&1), kept.contains(&11)),
        (KEPT, true, false)
    );
    // One whose log is as large as all may be together pushes the others out, oldest first.
    let folder = data.path().join("builds/110");
    let log = std::fs::File::create(folder.join("0.log")).unwrap();
    log.set_len(BYTES).unwrap();
    let builds = open(data.path());
    assert_eq!(
        builds.ids(),
        Vec::<u64>::new(),
        "the newest alone is too much"
    );
    end(&builds, &begin(&builds, 200));
    assert_eq!(builds.ids(), [200]);
}

#[test]
fn what_cannot_be_read_is_left_out_and_stays() {
    let data = tempfile::tempdir().unwrap();
    let builds = open(data.path());
    for id in [1, 2, 3] {
        end(&builds, &begin(&builds, id));
    }
    let at = |name: &str| data.path().join("builds").join(name);
    std::fs::write(at("1/build.json"), "{\"summary\"").unwrap();
    std::fs::rename(at("2"), at("22")).unwrap();
    std::fs::create_dir(at("notes")).unwrap();
    std::fs::write(at("4"), "a file").unwrap();
    let builds = open(data.path());
    let (news, _) = builds.news(None);
    assert_eq!(ids(&news), [3]);
    assert!(builds.get(1).is_err() && builds.get(22).is_err());
    assert!(at("1/build.json").exists() && at("22").exists() && at("notes").exists());
    assert_eq!(builds.last_id(), 22);
}
