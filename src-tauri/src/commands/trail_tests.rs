#![allow(clippy::unwrap_used, reason = "tests")]

use slipway_action::{Action, Shell};
use slipway_engine::model::{
    Change, EngineChoice, EngineState, Outcome, Progress, Task, TaskState,
};

use super::written;
use crate::hub::Hub;

const ID: &str = "1111111111111111111111111111111111111111111111111111111111111111";

fn hub(current: Option<&str>) -> Hub {
    let hub = Hub::default();
    let engines = ["env", "own"].map(|id| EngineChoice {
        id: id.to_owned(),
        name: format!("the engine {id}"),
        source: String::new(),
        address: format!("unix:///{id}"),
        state: EngineState::Unknown,
    });
    hub.publish(&Change::Engines {
        engines: engines.to_vec(),
        current: current.map(str::to_owned),
    });
    hub
}

/// A task that took no time; each begins ten milliseconds after the one before.
fn task(id: u64, engine: &str, line: &str, outcome: Outcome) -> Task {
    let action = Action::parse(line).unwrap();
    let started = i64::try_from(id).unwrap() * 10;
    Task {
        id,
        engine: engine.to_owned(),
        command: action.render(Shell::Posix),
        action,
        folder: None,
        state: TaskState::Done,
        started,
        ended: Some(started),
        progress: Progress::default(),
        outcome,
        problem: None,
    }
}

fn done(hub: &Hub, id: u64, engine: &str, line: &str, outcome: Outcome) {
    let task = task(id, engine, line, outcome);
    hub.publish(&Change::Task { task });
}

fn made() -> Outcome {
    Outcome {
        id: Some(ID.to_owned()),
        name: Some("happy_turing".to_owned()),
        ..Outcome::default()
    }
}

/// The lines that a shell would run.
fn commands(hub: &Hub) -> Vec<String> {
    let text = String::from_utf8(written(hub, Shell::Posix)).unwrap();
    let lines = text
        .lines()
        .filter(|line| line.contains("docker") && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

#[test]
fn a_container_that_is_gone_is_still_known_by_the_name_that_it_had() {
    let hub = hub(Some("env"));
    done(&hub, 1, "env", "docker run -d nginx", made());
    done(
        &hub,
        2,
        "env",
        "docker rm -f happy_turing",
        Outcome::default(),
    );
    assert_eq!(
        commands(&hub),
        [
            "container_1=$(docker run -d nginx)",
            "docker rm -f \"${container_1}\"",
        ]
    );
}

#[test]
fn a_script_is_for_the_engine_in_use() {
    let rows = [
        (Some("env"), "docker stop a", "the engine own (unix:///own)"),
        (Some("own"), "docker stop b", "the engine env (unix:///env)"),
        // The last one that was used.
        (None, "docker stop b", "the engine env (unix:///env)"),
    ];
    for (current, command, other) in rows {
        let hub = hub(current);
        done(&hub, 1, "env", "docker stop a", Outcome::default());
        done(&hub, 2, "own", "docker stop b", Outcome::default());
        assert_eq!(commands(&hub), [command]);
        let text = String::from_utf8(written(&hub, Shell::Posix)).unwrap();
        let said = format!("on another engine, so it is left out: {other}\n");
        assert!(text.contains(&said), "{text}");
    }
}

#[test]
fn what_ran_in_the_foreground_while_others_were_given_runs_behind_them() {
    let stop = |hub: &Hub| {
        done(
            hub,
            2,
            "env",
            "docker stop happy_turing",
            Outcome::default(),
        )
    };
    let behind = [
        "container_1=$(docker run -d nginx)",
        "docker stop \"${container_1}\"",
    ];
    // Until somebody stopped it, or it goes on, with the app or without.
    let rows = [
        (TaskState::Done, Some(25)),
        (TaskState::Running, None),
        (TaskState::Interrupted, Some(5)),
    ];
    for (state, ended) in rows {
        let hub = hub(Some("env"));
        let first = task(1, "env", "docker run nginx", made());
        let task = Task {
            state,
            ended,
            ..first
        };
        hub.publish(&Change::Task { task });
        stop(&hub);
        assert_eq!(commands(&hub), behind, "{state:?}");
    }
    // On another engine it is not for this script, whatever it does there.
    let hub = hub(Some("own"));
    let task = Task {
        state: TaskState::Running,
        ended: None,
        ..task(1, "env", "docker run nginx", made())
    };
    hub.publish(&Change::Task { task });
    assert_eq!(commands(&hub), [""; 0]);
}

#[test]
fn windows_is_told_how_its_script_is_encoded() {
    let hub = hub(Some("env"));
    let mark = "\u{feff}".as_bytes();
    assert!(written(&hub, Shell::Powershell).starts_with(mark));
    assert!(written(&hub, Shell::Posix).starts_with(b"#!/bin/sh\n"));
}
