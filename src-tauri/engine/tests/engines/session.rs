//! The connection as the app sees it: found, lost, back, switched.
#![cfg(unix)]

use std::fs;
use std::path::Path;

use crate::around::{LIMIT, empty, has_failed, in_use, is_ready, until, with_env};
use slipway_engine::model::{Change, EngineState, OwnEngine};
use slipway_engine::problem::Code;
use slipway_engine::session::{Session, SessionConfig};
use slipway_engine::surroundings::Surroundings;
use slipway_lab::scripted::{Reply, Scripted, ScriptedServer};
use slipway_lab::{Kind, Lab, LabError, left_out};
use tokio::sync::mpsc;

fn start(
    surroundings: Surroundings,
    chosen: Option<&str>,
) -> (Session, mpsc::Receiver<Change>, tempfile::TempDir) {
    let data = tempfile::tempdir().unwrap();
    let (session, changes) = Session::start(SessionConfig {
        surroundings,
        data_dir: data.path().to_owned(),
        chosen: chosen.map(str::to_owned),
    });
    (session, changes, data)
}

/// An engine that is just alive enough to be watched, with nothing in it.
fn quiet_engine() -> ScriptedServer {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let system_time = r#"{"SystemTime": "2026-01-01T00:00:00.000000000Z"}"#;
    Scripted::new()
        .on("GET /info", Reply::json(system_time))
        .on("GET /containers/json", Reply::json("[]"))
        .on("GET /images/json", Reply::json("[]"))
        .on("GET /events", Reply::raw(head).then_listen())
        .start()
        .unwrap()
}

fn context(root: &Path, name: &str, host: &str) {
    // The folder's name is not looked at when contexts are listed.
    let folder = root.join("home/me/.docker/contexts/meta").join(name);
    fs::create_dir_all(&folder).unwrap();
    let meta = serde_json::json!({"Name": name, "Endpoints": {"docker": {"Host": host}}});
    fs::write(folder.join("meta.json"), meta.to_string()).unwrap();
}

fn is_reset(change: &Change) -> Option<usize> {
    match change {
        Change::Containers {
            reset: true,
            changed,
            ..
        } => Some(changed.len()),
        Change::Containers { .. }
        | Change::Images { .. }
        | Change::Engines { .. }
        | Change::Task { .. }
        | Change::OwnEngine { .. } => None,
    }
}

/// A real engine, killed and started again: the lists stay, and it is live again without a click.
#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_comes_back_is_live_again() {
    let engine = match Lab::up().and_then(|lab| lab.fresh(Kind::Docker20)) {
        Ok(engine) => engine,
        Err(LabError::CannotRun { what, why }) => return left_out(&what, &why).unwrap(),
        Err(error) => panic!("{error}"),
    };
    let root = tempfile::tempdir().unwrap();
    let env = [("DOCKER_HOST", engine.host())];
    let env = env.each_ref().map(|(name, value)| (*name, value.as_str()));
    let (session, mut changes, _data) = start(with_env(root.path(), &env), None);
    until(&mut changes, "the engine", |change| is_ready(change, "env")).await;
    until(&mut changes, "its containers", is_reset).await;
    let (before, cancel) = session.current().expect("it is in use");

    engine.kill9().unwrap();
    let code = until(&mut changes, "its end", |change| has_failed(change, "env")).await;
    assert!(
        matches!(code, Code::EngineLost | Code::EngineNotRunning),
        "{code:?}"
    );
    assert!(session.current().is_none());
    assert!(cancel.is_cancelled(), "nothing goes on streaming from it");
    assert!(before.get_json::<serde_json::Value>("/info").await.is_err());

    engine.start().unwrap();
    let back = std::time::Instant::now();
    let mut resets = 0;
    until(&mut changes, "its return", |change| {
        resets += usize::from(is_reset(change).is_some());
        is_ready(change, "env")
    })
    .await;
    assert_eq!(
        resets, 0,
        "the lists stay until the engine itself tells new ones"
    );
    until(&mut changes, "its containers again", is_reset).await;
    eprintln!(
        "live again {} ms after the engine",
        back.elapsed().as_millis()
    );
    assert!(session.current().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_switch_cancels_what_the_old_engine_streams() {
    let (one, two) = (quiet_engine(), quiet_engine());
    let root = tempfile::tempdir().unwrap();
    context(root.path(), "one", &one.host());
    context(root.path(), "two", &two.host());
    let (session, mut changes, _data) = start(empty(root.path()), Some("context:one"));
    until(&mut changes, "one", |change| {
        is_ready(change, "context:one")
    })
    .await;
    until(&mut changes, "one’s containers", is_reset).await;
    let (engine, cancel) = session.current().unwrap();
    assert_eq!(engine.id(), "context:one");

    session.choose(Some("context:two"));
    assert!(cancel.is_cancelled(), "before choose returns");
    assert!(
        session.current().is_none(),
        "and the old engine is not given out any more"
    );
    let mut forgotten = false;
    until(&mut changes, "two", |change| {
        forgotten |= is_reset(change) == Some(0);
        is_ready(change, "context:two")
    })
    .await;
    assert!(forgotten, "one’s containers are not shown under two’s name");
    until(&mut changes, "two’s containers", is_reset).await;
    let (current, _) = session.current().unwrap();
    assert_eq!(current.id(), "context:two");
    // Whoever kept the old engine still talks to that one.
    let asked = one.requests().len();
    engine.get_json::<serde_json::Value>("/info").await.unwrap();
    assert!(one.requests().len() > asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_engine_takes_the_place_of_the_one_that_is_meant() {
    let other = quiet_engine();
    let root = tempfile::tempdir().unwrap();
    context(root.path(), "other", &other.host());
    let gone = format!("unix://{}", root.path().join("gone.sock").display());
    let env = with_env(root.path(), &[("DOCKER_HOST", &gone)]);
    let (session, mut changes, _data) = start(env, None);
    let mut other_answers = false;
    until(&mut changes, "both to be known", |change| {
        if let Change::Engines { engines, .. } = change {
            other_answers = engines.iter().any(|engine| {
                engine.id == "context:other" && matches!(engine.state, EngineState::Ready(_))
            });
        }
        has_failed(change, "env").filter(|_| other_answers)
    })
    .await;
    assert!(session.current().is_none());
    session.choose(Some("context:other"));
    until(&mut changes, "the other", |change| {
        is_ready(change, "context:other")
    })
    .await;
}

/// A choice that is taken back leaves what a start without one would use: the engine that the
/// environment means and no other, or the first that answers.
#[tokio::test(flavor = "multi_thread")]
async fn a_choice_can_be_taken_back() {
    for means in [None, Some("first")] {
        let (first, chosen) = (quiet_engine(), quiet_engine());
        let root = tempfile::tempdir().unwrap();
        context(root.path(), "chosen", &chosen.host());
        context(root.path(), "first", &first.host());
        let mut env = Vec::new();
        match means {
            Some(name) => env.push(("DOCKER_CONTEXT", name)),
            None => {
                let config = serde_json::json!({ "currentContext": "first" });
                let file = root.path().join("home/me/.docker/config.json");
                fs::write(file, config.to_string()).unwrap();
            }
        }
        let (session, mut changes, _data) =
            start(with_env(root.path(), &env), Some("context:chosen"));
        until(&mut changes, "the chosen one", |change| {
            is_ready(change, "context:chosen")
        })
        .await;
        let (_, cancel) = session.current().unwrap();

        session.choose(None);
        assert!(cancel.is_cancelled(), "before choose returns");
        until(&mut changes, "the first", |change| {
            is_ready(change, "context:first")
        })
        .await;
        let (current, _) = session.current().unwrap();
        assert_eq!(current.id(), "context:first", "{means:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_that_answers_is_used_when_none_is_meant() {
    let root = tempfile::tempdir().unwrap();
    let (session, mut changes, _data) = start(empty(root.path()), None);
    until(&mut changes, "nothing to answer", |change| match change {
        Change::Engines {
            engines,
            current: None,
        } => engines
            .iter()
            .all(|engine| matches!(engine.state, EngineState::Failed { .. }))
            .then_some(()),
        _ => None,
    })
    .await;
    // It comes later: a context made meanwhile, found without a click.
    let engine = quiet_engine();
    context(root.path(), "late", &engine.host());
    until(&mut changes, "it", |change| {
        is_ready(change, "context:late")
    })
    .await;
    assert!(session.current().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_again_is_at_once_and_at_all() {
    let engine = quiet_engine();
    let root = tempfile::tempdir().unwrap();
    context(root.path(), "one", &engine.host());
    context(root.path(), "far", "tcp://no-such-computer.invalid:2375");
    let (session, mut changes, _data) = start(empty(root.path()), Some("context:one"));
    let far = |change: &Change| match change {
        Change::Engines { engines, .. } => engines
            .iter()
            .find(|engine| engine.id == "context:far")
            .map(|far| far.state.clone()),
        _ => None,
    };
    until(&mut changes, "one’s containers", |change| {
        let asked = far(change).is_some_and(|state| state != EngineState::Unknown);
        assert!(!asked, "another computer is not asked without need");
        is_reset(change)
    })
    .await;
    session.look_again();
    until(&mut changes, "the other computer’s answer", |change| {
        far(change).filter(|state| matches!(state, EngineState::Failed { .. }))
    })
    .await;
    assert!(
        session.current().is_some(),
        "and the engine in use stays in use"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_with_its_last_handle() {
    let engine = quiet_engine();
    let root = tempfile::tempdir().unwrap();
    let env = with_env(root.path(), &[("DOCKER_HOST", &engine.host())]);
    let (session, mut changes, _data) = start(env, None);
    until(&mut changes, "the engine", |change| is_ready(change, "env")).await;
    let (_, cancel) = session.current().unwrap();
    drop(session);
    let end = async { while changes.recv().await.is_some() {} };
    tokio::time::timeout(LIMIT, end)
        .await
        .expect("the changes end");
    assert!(cancel.is_cancelled());
}

/// The whole way of somebody who has no engine running: offered, started, used, stopped.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn slipways_own_engine_is_used_when_it_was_started() {
    let surroundings = Surroundings::of_this_process();
    if surroundings.uid != Some(0) {
        return left_out("an engine of root’s", "this is not root").unwrap();
    }
    // Only what is on PATH is seen, and none of this machine's own engines.
    let folder = tempfile::Builder::new()
        .prefix("slipway-")
        .tempdir_in("/var/tmp")
        .unwrap();
    let surroundings = Surroundings {
        root: folder.path().join("root"),
        home: Some(folder.path().to_owned()),
        runtime_dir: Some(folder.path().to_owned()),
        env: surroundings
            .env
            .into_iter()
            .filter(|(name, _)| !name.starts_with("DOCKER"))
            .collect(),
        uid: surroundings.uid,
    };
    let engine_folder = folder.path().join("engine");
    fs::create_dir_all(&engine_folder).unwrap();
    // Other engines run on this machine, and all of them would write to the same tables.
    let settings = r#"{"iptables": false, "ip6tables": false}"#;
    fs::write(engine_folder.join("daemon.json"), settings).unwrap();
    let (session, mut changes) = Session::start(SessionConfig {
        surroundings,
        data_dir: folder.path().to_owned(),
        chosen: None,
    });
    let own = |change: &Change| match change {
        Change::OwnEngine { own } => Some(own.clone()),
        _ => None,
    };
    match until(&mut changes, "its state", own).await {
        OwnEngine::Stopped { .. } => {}
        OwnEngine::NotInstalled { .. } => {
            return left_out("the own engine", "dockerd is not installed").unwrap();
        }
        other => panic!("{other:?}"),
    }
    let mut starting = false;
    let (started, ()) = tokio::join!(session.start_own(), async {
        until(&mut changes, "it to be used", |change| {
            starting |= matches!(own(change), Some(OwnEngine::Starting { .. }));
            is_ready(change, "own")
        })
        .await;
    });
    assert!(started.unwrap(), "it is the chosen one now");
    assert!(starting, "that it comes up is told");
    session.stop_own().await.unwrap();
    let problem = until(&mut changes, "its end", |change| {
        in_use(change).and_then(|engine| match engine.state {
            EngineState::Failed { problem } if problem.code == Code::EngineNotRunning => {
                Some(problem)
            }
            _ => None,
        })
    })
    .await;
    assert!(problem.what.contains("own engine"), "{problem:?}");
}
