#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::sync::Mutex;

use bollard_buildkit_proto::moby::buildkit::v1::VertexLog;

use super::*;

fn at(seconds: i64) -> Option<Timestamp> {
    Some(Timestamp { seconds, nanos: 0 })
}

fn vertex(digest: &str, name: &str) -> Vertex {
    Vertex {
        digest: digest.to_owned(),
        name: name.to_owned(),
        ..Vertex::default()
    }
}

#[test]
fn what_an_engine_says_becomes_steps() {
    let heard = Mutex::new(Vec::new());
    let hear = |told: Told<'_>| {
        let line = match told {
            Told::Step(step) => format!("{} {:?} {:?}", step.id, step.state, step.inputs),
            Told::Log(id, bytes) => format!("{id} {}", String::from_utf8_lossy(bytes)),
            other @ (Told::Way(..) | Told::Sent(_) | Told::Finding(_)) => format!("{other:?}"),
        };
        heard.lock().unwrap().push(line);
    };
    let mut steps = Steps::new(&hear, Lines::default());
    let second = Vertex {
        inputs: vec!["a".to_owned(), "later".to_owned()],
        ..vertex("b", "[2/2] RUN x")
    };
    steps.take(StatusResponse {
        vertexes: vec![second, vertex("a", "[1/2] FROM y")],
        ..StatusResponse::default()
    });
    let done = Vertex {
        started: at(1_000),
        completed: at(1_001),
        ..vertex("a", "[1/2] FROM y")
    };
    let failed = Vertex {
        started: at(1_002),
        completed: at(1_003),
        error: "exit code: 1".to_owned(),
        ..vertex("b", "[2/2] RUN x")
    };
    let log = VertexLog {
        vertex: "b".to_owned(),
        msg: b"words".to_vec(),
        ..VertexLog::default()
    };
    steps.take(StatusResponse {
        vertexes: vec![done, failed, vertex("later", "[internal] z")],
        logs: vec![log],
        ..StatusResponse::default()
    });
    assert_eq!(steps.failed(), Some((1, None)));
    steps.end_ill();
    let heard = heard.lock().unwrap();
    let expected = [
        "0 Waiting []",
        "1 Waiting [0]",
        "2 Waiting []",
        "0 Done []",
        "1 Failed [0, 2]",
        "1 words",
        "2 Cancelled []",
    ];
    assert_eq!(*heard, expected);
}

#[test]
fn an_engine_with_another_clock_has_this_computers_times() {
    let heard = Mutex::new(None);
    let hear = |told: Told<'_>| {
        if let Told::Step(step) = told {
            *heard.lock().unwrap() = Some(step.clone());
        }
    };
    let mut steps = Steps::new(&hear, Lines::default());
    let before = now();
    steps.take(StatusResponse {
        vertexes: vec![Vertex {
            started: at(1_000),
            completed: at(1_005),
            ..vertex("a", "x")
        }],
        ..StatusResponse::default()
    });
    let step = heard.lock().unwrap().clone().unwrap();
    let (began, ended) = (step.began.unwrap(), step.ended.unwrap());
    assert_eq!(ended - began, 5_000);
    assert!(
        (before..=now()).contains(&ended),
        "it ended just now: {ended}"
    );
}

#[test]
fn a_step_keeps_no_endless_list_of_parts() {
    let count = Mutex::new(0);
    let hear = |told: Told<'_>| {
        if let Told::Step(step) = told {
            *count.lock().unwrap() = step.parts.len();
        }
    };
    let mut steps = Steps::new(&hear, Lines::default());
    let part = |id: usize| VertexStatus {
        id: format!("{id}:"),
        vertex: "a".to_owned(),
        ..VertexStatus::default()
    };
    steps.take(StatusResponse {
        statuses: (0..MOST_PARTS + 10).map(part).collect(),
        ..StatusResponse::default()
    });
    assert_eq!(*count.lock().unwrap(), MOST_PARTS);
}
