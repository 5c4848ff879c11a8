#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::sync::Mutex;

use bollard_buildkit_proto::moby::buildkit::v1::{VertexLog, VertexWarning};

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
    let mut steps = Steps::new(&hear, Dockerfile::default());
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
    let mut steps = Steps::new(&hear, Dockerfile::default());
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
    let mut steps = Steps::new(&hear, Dockerfile::default());
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

#[test]
fn an_engine_that_says_too_much_is_heard_to_a_bound() {
    let told = Mutex::new((0, 0, 0));
    let hear = |it: Told<'_>| {
        let mut told = told.lock().unwrap();
        match it {
            Told::Step(step) => {
                told.0 = told.0.max(step.id as usize + 1);
                let texts = [Some(&step.name), step.stage.as_ref(), step.error.as_ref()];
                let parts = step.parts.iter().map(|part| &part.what);
                let longest = texts.into_iter().flatten().chain(parts).map(String::len);
                told.1 = told.1.max(longest.max().unwrap_or_default());
            }
            Told::Finding(finding) => {
                told.1 = told.1.max(finding.message.len()).max(finding.about.len());
                told.2 += 1;
            }
            Told::Way(..) | Told::Sent(_) | Told::Log(..) => {}
        }
    };
    let mut steps = Steps::new(&hear, Dockerfile::default());
    let long = "x".repeat(100_000);
    let of = |number: usize| {
        let digest = number.to_string();
        let vertex = Vertex {
            started: Some(Timestamp {
                seconds: i64::MIN,
                nanos: i32::MIN,
            }),
            error: long.clone(),
            ..vertex(&digest, &format!("[{long} 1/2] {long}"))
        };
        let part = VertexStatus {
            vertex: digest,
            id: long.clone(),
            ..VertexStatus::default()
        };
        let warning = VertexWarning {
            short: format!("{number} {long}").into_bytes(),
            detail: vec![long.clone().into_bytes()],
            ..VertexWarning::default()
        };
        (vertex, part, warning)
    };
    for number in 0..MOST_FINDINGS + 10 {
        let (vertex, part, warning) = of(number);
        steps.take(StatusResponse {
            vertexes: vec![vertex],
            statuses: vec![part],
            warnings: vec![warning],
            ..StatusResponse::default()
        });
    }
    let many = (0..MOST_STEPS + 100).map(|number| vertex(&number.to_string(), "RUN x"));
    steps.take(StatusResponse {
        vertexes: many.chain([vertex(&long, "RUN x")]).collect(),
        ..StatusResponse::default()
    });
    assert_eq!(
        *told.lock().unwrap(),
        (MOST_STEPS, LONGEST_TEXT, MOST_FINDINGS)
    );
}
