#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use slipway_action::{Action, Shell, redact, secrets};
use slipway_engine::model::{Outcome, Progress, Task, TaskState};
use slipway_engine::problem::{Code, Fix, Problem};

use super::{KEPT, LINES, TrailFile, scrub_problem};

fn task(id: u64, line: &str, state: TaskState) -> (Task, Vec<String>) {
    let action = Action::parse(line).unwrap();
    let shown = redact(&action);
    let task = Task {
        id,
        engine: "env".to_owned(),
        command: shown.render(Shell::Posix),
        action: shown,
        folder: None,
        state,
        started: 1,
        ended: None,
        progress: Progress::default(),
        outcome: Outcome::default(),
        problem: None,
    };
    (task, secrets(&action))
}

fn again(data: &std::path::Path) -> Vec<Task> {
    TrailFile::open(data).1.into_tasks(Shell::Posix).collect()
}

#[test]
fn what_was_done_is_there_after_a_restart_and_ids_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let (trail, earlier) = TrailFile::open(folder.path());
    assert_eq!(earlier.last_id(), 0);
    let (mut done, none) = task(1, "docker pull hello-world", TaskState::Running);
    trail.keep(&done, &none);
    done.state = TaskState::Done;
    done.ended = Some(2);
    trail.keep(&done, &none);
    trail.keep(&task(2, "docker stop a", TaskState::Running).0, &none);
    trail.keep(&task(3, "docker start a", TaskState::Waiting).0, &none);
    drop(trail);

    let (_, earlier) = TrailFile::open(folder.path());
    assert_eq!(earlier.last_id(), 3);
    let tasks = again(folder.path());
    let states: Vec<_> = tasks.iter().map(|task| (task.id, task.state)).collect();
    // The app was killed while the second was under way and the third waited for it.
    assert_eq!(
        states,
        [
            (1, TaskState::Done),
            (2, TaskState::Interrupted),
            (3, TaskState::Interrupted)
        ]
    );
    assert_eq!(tasks[0], done);
}

#[test]
fn it_stays_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let (trail, _) = TrailFile::open(folder.path());
    for id in 1..=LINES as u64 + 1 {
        trail.keep(&task(id, "docker ps", TaskState::Done).0, &[]);
    }
    let lines = || {
        let text = std::fs::read_to_string(folder.path().join("trail.jsonl")).unwrap();
        text.lines().filter(|line| !line.is_empty()).count()
    };
    // While the app runs.
    assert_eq!(lines(), KEPT);
    drop(trail);
    let tasks = again(folder.path());
    assert_eq!(tasks.len(), KEPT);
    assert_eq!(tasks.last().unwrap().id, LINES as u64 + 1);
    assert_eq!(lines(), KEPT);
}

#[test]
fn what_is_under_way_stays_in_it_however_much_is_done_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let (trail, _) = TrailFile::open(folder.path());
    let (mut long, none) = task(1, "docker build .", TaskState::Running);
    trail.keep(&long, &none);
    for id in 2..=3 * LINES as u64 {
        trail.keep(&task(id, "docker ps", TaskState::Done).0, &[]);
    }
    long.state = TaskState::Done;
    trail.keep(&long, &none);
    drop(trail);
    let file = std::fs::read_to_string(folder.path().join("trail.jsonl")).unwrap();
    let told = file.lines().filter(|line| line.contains("docker build"));
    assert_eq!(told.count(), 2, "when it began, and when it ended");
}

#[test]
fn a_problem_is_told_without_secrets_and_can_still_be_mended() {
    let fix = Fix::new(
        "Try again",
        vec![Action::parse("docker run -e PASSWORD=canary-4711 x").unwrap()],
    );
    let problem = Problem {
        command: Some("docker run -e PASSWORD=canary-4711 x".to_owned()),
        ..Problem::new(Code::Other, "a canary-4711", "b canary-4711", "c")
    };
    let problem = problem
        .with_detail("other canary-4711")
        .with_fix(fix.clone());
    // A secret that is a word of the problem's own must not spoil it.
    let secrets = ["canary-4711", "other"].map(str::to_owned);
    let told = scrub_problem(problem, &secrets);
    assert_eq!(told.code, Code::Other);
    assert_eq!((told.what.as_str(), told.why.as_str()), ("a ***", "b ***"));
    assert_eq!(told.detail, "*** ***");
    assert_eq!(
        told.command.as_deref(),
        Some("docker run -e PASSWORD=*** x")
    );
    assert_eq!(told.fixes, [fix]);
}

#[test]
fn a_broken_line_costs_that_line_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (trail, _) = TrailFile::open(folder.path());
    trail.keep(&task(1, "docker ps", TaskState::Done).0, &[]);
    drop(trail);
    let path = folder.path().join("trail.jsonl");
    let whole = std::fs::read(&path).unwrap();
    let half = [&whole[..], &whole[..whole.len() / 2]].concat();
    std::fs::write(&path, half).unwrap();
    let (trail, _) = TrailFile::open(folder.path());
    trail.keep(&task(2, "docker ps", TaskState::Done).0, &[]);
    drop(trail);
    let ids: Vec<_> = again(folder.path()).iter().map(|task| task.id).collect();
    assert_eq!(ids, [1, 2]);
}

#[test]
fn no_secret_is_written_wherever_it_was() {
    const CANARY: &str = "canary-4711";
    let places = [
        "docker run -e DB_PASSWORD=canary-4711 ubuntu",
        "docker run --env API_TOKEN=canary-4711 ubuntu",
        "docker create -e MY_KEY=canary-4711 ubuntu",
        "docker login -u me -p canary-4711",
        "docker login --password=canary-4711",
        "docker build --build-arg GITHUB_TOKEN=canary-4711 .",
        "docker build --secret id=npm,src=canary-4711 .",
        "docker exec -e PGPASSWORD=canary-4711 db psql",
        "docker run mysql --password=canary-4711",
        "docker run -e URL=https://me:canary-4711@example.com/ ubuntu",
        "docker volume create -o o=username=me,password=canary-4711 share",
    ];
    for (id, line) in (1..).zip(places) {
        let folder = tempfile::tempdir().unwrap();
        let (trail, _) = TrailFile::open(folder.path());
        let (mut failed, hidden) = task(id, line, TaskState::Failed);
        let words = |what: &str| format!("{what}: invalid value “{CANARY}”");
        failed.problem = Some(Problem {
            code: Code::Other,
            what: words("what"),
            why: words("why"),
            todo: words("todo"),
            command: Some(words("command")),
            fixes: Vec::new(),
            detail: words("detail"),
        });
        failed.outcome = Outcome {
            warnings: vec![words("warning")],
            text: Some(words("text")),
            ..Outcome::default()
        };
        trail.keep(&failed, &hidden);
        trail.clear().unwrap();
        trail.keep(&failed, &hidden);
        drop(trail);
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            assert!(!text.contains(CANARY), "{line}: {text}");
            assert!(text.contains("***"), "{line}: {text}");
        }
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (trail, _) = TrailFile::open(folder.path());
    trail.keep(&task(1, "docker ps", TaskState::Done).0, &[]);
    let path = folder.path().join("trail.jsonl");
    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    trail.clear().unwrap();
    assert_eq!(mode(&path), 0o600);
}

/// A file that somebody has spoilt costs no more memory than its longest line may have.
#[test]
fn lines_that_are_too_long_are_left_out_and_those_behind_them_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let (trail, _) = TrailFile::open(folder.path());
    trail.keep(&task(1, "docker stop a", TaskState::Done).0, &[]);
    drop(trail);
    let path = folder.path().join("trail.jsonl");
    let mut bytes = std::fs::read(&path).unwrap();
    let first = bytes.clone();
    bytes.extend(std::iter::repeat_n(b'{', 3 << 20));
    bytes.push(b'\n');
    bytes.extend(
        String::from_utf8(first)
            .unwrap()
            .replacen("\"id\":1", "\"id\":2", 1)
            .bytes(),
    );
    std::fs::write(&path, bytes).unwrap();
    let ids: Vec<u64> = again(folder.path()).iter().map(|task| task.id).collect();
    assert_eq!(ids, [1, 2]);
}
