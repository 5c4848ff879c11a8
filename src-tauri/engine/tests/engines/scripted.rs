//! What no real engine does on demand: streams cut anywhere, answers that nobody expects.
#![cfg(unix)]

use std::io::{Read, Write};
use std::time::Duration;

use crate::doing::{Kept, LIMIT, read, scripted};
use slipway_action::Action;
use slipway_engine::model::{Change, ContainerState, Outcome};
use slipway_engine::perform::perform;
use slipway_engine::problem::{Code, Problem};
use slipway_engine::stream::output::{OutputPiece, output};
use slipway_engine::watch::{WatchEvent, watch};
use slipway_lab::scripted::{Reply, Scripted};
use tokio_util::sync::CancellationToken;

const IMAGE: &str = r#"{"Id":"sha256:0123456789abcdef"}"#;
const STATUS: &[u8] = b"{\"status\":\"Status: Downloaded newer image for busy:latest\"}\r\n";

fn engine() -> Scripted {
    Scripted::new().on("GET /info", Reply::json("{}"))
}

async fn act(script: Scripted, line: &str) -> (Result<Outcome, Problem>, Kept) {
    let server = script.start().unwrap();
    let engine = scripted(&server).await;
    let kept = Kept::default();
    let action = Action::parse(line).unwrap();
    let done = perform(&engine, &action, &kept, &CancellationToken::new()).await;
    (done, kept)
}

fn pulls(reply: Reply) -> Scripted {
    engine()
        .on("POST /images/create", reply)
        .on("GET /images/busy/json", Reply::json(IMAGE))
}

#[tokio::test]
async fn a_good_pull_is_good_wherever_the_connection_cuts_it() {
    let chunks: [&[u8]; 5] = [
        b"{\"status\":\"Pulling from library/busy\",\"id\":\"latest\"}\r\n{\"status\":\"Pull",
        b"ing fs layer\",\"progressDetail\":{},\"id\":\"aa\"}\r",
        b"\n{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1,\"total\":2},\"id\":\"aa\"}{\"status\":\"Pull complete\",\"id\":\"aa\"}",
        b"\r\n",
        STATUS,
    ];
    for reply in [
        Reply::chunked(&chunks),
        Reply::chunked(&chunks).every_byte(),
    ] {
        let (done, kept) = act(pulls(reply), "docker pull busy").await;
        assert_eq!(done.unwrap().id.as_deref(), Some("sha256:0123456789abcdef"));
        let progress = kept.last_progress();
        let layer = &progress.layers[0];
        assert_eq!(
            (layer.id.as_str(), layer.current, layer.total, layer.done),
            ("aa", 2, 2, true)
        );
    }
}

#[tokio::test]
async fn the_end_of_a_pull_is_no_success() {
    let begun: &[u8] = b"{\"status\":\"Pull complete\",\"progressDetail\":{},\"id\":\"aa\"}\r\n";
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";
    let closed = [head.as_slice(), begun].concat();
    let rows = [
        ("ended by a close between two messages", pulls(Reply::raw(closed)), Code::EngineLost),
        ("ended properly, without the closing words", pulls(Reply::chunked(&[begun])), Code::EngineLost),
        (
            "cut in the middle of a message",
            pulls(Reply::raw([head.as_slice(), &begun[..20]].concat())),
            Code::EngineLost,
        ),
        (
            "closing words, but no image",
            engine().on("POST /images/create", Reply::chunked(&[STATUS])),
            Code::EngineLost,
        ),
        (
            "the engine's error in the stream",
            pulls(Reply::chunked(&[
                begun,
                b"{\"errorDetail\":{\"message\":\"write /x: no space left on device\"},\"error\":\"write /x: no space left on device\"}\r\n",
            ])),
            Code::DiskFull,
        ),
        (
            "rate limit",
            pulls(Reply::error(500, "toomanyrequests: You have reached your pull rate limit.")),
            Code::RateLimited,
        ),
        (
            "no network",
            pulls(Reply::error(500, "Get \"https://registry-1.docker.io/v2/\": dial tcp: lookup registry-1.docker.io: no such host")),
            Code::NoNetwork,
        ),
    ];
    for (what, script, code) in rows {
        let (done, _) = act(script, "docker pull busy").await;
        assert_eq!(done.map_err(|problem| problem.code), Err(code), "{what}");
    }
}

#[tokio::test]
async fn a_cancelled_pull_closes_its_connection() {
    let server = engine().start().unwrap();
    let ours = scripted(&server).await;
    drop(server);
    // A socket of this test's own on the same path, which tells when its client has hung up.
    let path = ours
        .endpoint()
        .to_string()
        .trim_start_matches("unix://")
        .to_owned();
    std::fs::create_dir_all(std::path::Path::new(&path).parent().unwrap()).unwrap();
    let _ = std::fs::remove_file(&path);
    let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
    let hung_up = std::thread::spawn(move || {
        let mut client = listener.accept().unwrap().0;
        let _request = client.read(&mut [0; 4096]).unwrap();
        let layer =
            r#"{"status":"Downloading","progressDetail":{"current":1,"total":2},"id":"aa"}"#;
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        write!(client, "{head}{:x}\r\n{layer}\r\n", layer.len()).unwrap();
        // Ends when the client closes, and not before.
        client.read_to_end(&mut Vec::new()).unwrap();
    });
    let kept = Kept::default();
    let action = Action::parse("docker pull busy").unwrap();
    let cancel = CancellationToken::new();
    let seen = async {
        while kept.last_progress().layers.is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        cancel.cancel();
    };
    let both = async { tokio::join!(perform(&ours, &action, &kept, &cancel), seen).0 };
    let done = tokio::time::timeout(LIMIT, both).await;
    let done = done.expect("the layer is told, and the pull stopped");
    assert_eq!(done.unwrap_err().what, "Stopped");
    tokio::task::spawn_blocking(|| hung_up.join().unwrap())
        .await
        .unwrap();
    std::fs::remove_file(&path).unwrap();
    std::fs::remove_dir(std::path::Path::new(&path).parent().unwrap()).unwrap();
}

#[tokio::test]
async fn what_is_not_right_is_not_sent() {
    let server = engine().start().unwrap();
    let engine = scripted(&server).await;
    let before = server.requests().len();
    for line in ["docker rmi busy", "docker rm web", "docker run busy"] {
        let mut action = Action::parse(line).unwrap();
        match &mut action {
            Action::RemoveImage(verb) => verb.images = vec!["../containers/victim?force=1".into()],
            Action::RemoveContainer(verb) => verb.containers = vec!["..".into()],
            Action::Run(verb) => verb.options.publish = vec!["99999:1".into()],
            other => panic!("{other:?}"),
        }
        let done = perform(
            &engine,
            &action,
            &Kept::default(),
            &CancellationToken::new(),
        )
        .await;
        assert_eq!(done.unwrap_err().code, Code::Invalid, "{line}");
    }
    assert_eq!(server.requests().len(), before, "nothing was sent");
}

#[tokio::test]
async fn verbs_ask_for_what_their_command_does() {
    let rows = [
        ("docker start web", "POST /containers/web/start"),
        ("docker stop -t 300 web", "POST /containers/web/stop?t=300"),
        ("docker stop web", "POST /containers/web/stop"),
        (
            "docker restart -t 0 web",
            "POST /containers/web/restart?t=0",
        ),
        ("docker kill web", "POST /containers/web/kill"),
        (
            "docker kill -s HUP web",
            "POST /containers/web/kill?signal=HUP",
        ),
        ("docker pause web", "POST /containers/web/pause"),
        ("docker unpause web", "POST /containers/web/unpause"),
        (
            "docker rename web other",
            "POST /containers/web/rename?name=other",
        ),
        (
            "docker rm -f web",
            "DELETE /containers/web?v=false&force=true&link=false",
        ),
        (
            "docker rm -v web",
            "DELETE /containers/web?v=true&force=false&link=false",
        ),
        (
            "docker rmi --no-prune a:5000/b:1",
            "DELETE /images/a:5000/b:1?force=false&noprune=true",
        ),
        (
            "docker container prune -f --filter label=a --filter label=b=c",
            r#"POST /containers/prune?filters={"label":["a","b=c"]}"#,
        ),
        (
            "docker image prune -f -a",
            r#"POST /images/prune?filters={"dangling":["false"]}"#,
        ),
        (
            "docker image prune -f --filter dangling=false",
            r#"POST /images/prune?filters={"dangling":["false","true"]}"#,
        ),
    ];
    for (line, expected) in rows {
        let server = engine()
            .on("POST /containers/", Reply::status(204, ""))
            .on("DELETE /containers/", Reply::status(204, ""))
            .on("DELETE /images/", Reply::json("[]"))
            .on("POST /containers/prune", Reply::json("{}"))
            .on("POST /images/prune", Reply::json("{}"))
            .start()
            .unwrap();
        let engine = scripted(&server).await;
        let action = Action::parse(line).unwrap();
        let kept = Kept::default();
        let done = perform(&engine, &action, &kept, &CancellationToken::new()).await;
        done.unwrap_or_else(|problem| panic!("{line}: {problem:#?}"));
        let sent = server.requests().pop().unwrap();
        let (path, query) = sent.route().split_once('?').unwrap_or((sent.route(), ""));
        let query: Vec<String> = form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let asked = format!("{} {path}?{}", sent.method, query.join("&"));
        assert_eq!(asked.trim_end_matches('?'), expected, "{line}");
    }
}

fn container(terminal: bool, running: bool) -> Reply {
    Reply::json(format!(
        r#"{{"Id":"aa","Config":{{"Tty":{terminal}}},"State":{{"Running":{running}}}}}"#
    ))
}

#[tokio::test]
async fn a_terminals_output_is_never_taken_for_frames() {
    // A first byte of 1 and a prompt without a line end: bollard's reader gets stuck on either.
    let script = engine()
        .on("GET /containers/aa/json", container(true, true))
        .on(
            "GET /containers/aa/logs",
            Reply::chunked(&[b"\x01abcdefghijkl", b"\r 50 %", b"\r100 %$ "]),
        );
    let server = script.start().unwrap();
    let engine = scripted(&server).await;
    let mut stream = output(&engine, "aa", 100, CancellationToken::new())
        .await
        .unwrap();
    let (text, end) = read(&mut stream, |_| false).await;
    assert_eq!(text, "\x01abcdefghijkl\r 50 %\r100 %$ ");
    assert_eq!(end, Some(OutputPiece::Ended));
    assert!(stream.next().await.is_none(), "nothing follows the end");
}

#[tokio::test]
async fn frames_are_read_however_they_are_cut() {
    let frames: &[u8] = b"\x01\0\0\0\0\0\0\x03out\x02\0\0\0\0\0\0\x03err";
    for cut in 0..=frames.len() {
        let (left, right) = frames.split_at(cut);
        let pieces: Vec<&[u8]> = [left, right]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect();
        let script = engine()
            .on("GET /containers/aa/json", container(false, false))
            .on("GET /containers/aa/logs", Reply::chunked(&pieces));
        let server = script.start().unwrap();
        let engine = scripted(&server).await;
        let mut stream = output(&engine, "aa", 100, CancellationToken::new())
            .await
            .unwrap();
        let (text, end) = read(&mut stream, |_| false).await;
        assert_eq!(
            (text.as_str(), end),
            ("outerr", Some(OutputPiece::Ended)),
            "cut at {cut}"
        );
        let asked = server.wait_for("GET /containers/aa/logs").unwrap();
        assert!(
            !asked.path.contains("follow"),
            "it does not run: {}",
            asked.path
        );
    }
}

#[tokio::test]
async fn an_output_that_breaks_says_so() {
    let rows: [(&str, Reply, Code); 3] = [
        (
            "the engine's own error",
            Reply::chunked(&[b"\x01\0\0\0\0\0\0\x02hi\x03\0\0\0\0\0\0\x04boom"]),
            Code::Other,
        ),
        ("cut in a frame", Reply::chunked(&[b"\x01\0\0\0\0\0\0\x05hi"]), Code::EngineLost),
        (
            "the connection is gone",
            Reply::raw(*b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n\x01\0\0\0\0\0\0\x02hi\r\n"),
            Code::EngineLost,
        ),
    ];
    for (what, reply, code) in rows {
        let script = engine()
            .on("GET /containers/aa/json", container(false, true))
            .on("GET /containers/aa/logs", reply);
        let server = script.start().unwrap();
        let engine = scripted(&server).await;
        let mut stream = output(&engine, "aa", 100, CancellationToken::new())
            .await
            .unwrap();
        let (text, end) = read(&mut stream, |_| false).await;
        let Some(OutputPiece::Failed(problem)) = end else {
            panic!("{what}: {end:?}")
        };
        assert_eq!((text.as_str(), problem.code), ("hi", code), "{what}");
    }
}

#[tokio::test]
async fn one_strange_container_does_not_empty_the_list() {
    let list =
        r#"[{"Id":"a","Names":["/a"],"State":"running"},{"Id":"b","State":"warping"},{"Id":7}]"#;
    let script = engine()
        .on("GET /containers/json", Reply::json(list))
        .on("GET /images/json", Reply::json("[]"))
        .on(
            "GET /events",
            Reply::raw(*b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").then_listen(),
        );
    let server = script.start().unwrap();
    let mut events = watch(scripted(&server).await, CancellationToken::new());
    let Some(WatchEvent::Change(Change::Containers {
        reset: true,
        changed,
        ..
    })) = events.recv().await
    else {
        panic!("the whole list comes first");
    };
    let states: Vec<_> = changed
        .iter()
        .map(|row| (row.id.as_str(), row.state))
        .collect();
    assert_eq!(
        states,
        [
            ("a", ContainerState::Running),
            ("b", ContainerState::Unknown)
        ]
    );
}

#[tokio::test]
async fn the_end_of_the_events_is_a_loss() {
    let script = engine()
        .on("GET /containers/json", Reply::json("[]"))
        .on("GET /images/json", Reply::json("[]"))
        .on(
            "GET /events",
            Reply::chunked(&[b"{\"Type\":\"network\"}\n"]),
        );
    let server = script.start().unwrap();
    let mut events = watch(scripted(&server).await, CancellationToken::new());
    let mut last = None;
    while let Some(event) = events.recv().await {
        last = Some(event);
    }
    assert!(matches!(last, Some(WatchEvent::Lost(problem)) if problem.code == Code::EngineLost));
    let asked = server.wait_for("GET /events").unwrap();
    assert!(
        asked.path.contains("since="),
        "nothing may fall between: {}",
        asked.path
    );
}

#[tokio::test]
async fn an_engine_that_falls_silent_is_lost() {
    let ping =
        || Reply::raw(*b"HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK");
    let script = engine()
        .on("GET /_ping", ping())
        .on("GET /_ping", ping())
        // From the third on: accepted, and never answered.
        .on("GET /_ping", Reply::raw(*b"").then_listen())
        .on("GET /containers/json", Reply::json("[]"))
        .on("GET /images/json", Reply::json("[]"))
        .on(
            "GET /events",
            Reply::raw(*b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").then_listen(),
        );
    let server = script.start().unwrap();
    let mut events = watch(scripted(&server).await, CancellationToken::new());
    for list in ["containers", "images"] {
        let event = events.recv().await;
        assert!(
            matches!(event, Some(WatchEvent::Change(_))),
            "{list}: {event:?}"
        );
    }
    // From here on waiting costs no time: the clock jumps to whatever is waited for.
    tokio::time::pause();
    let event = events.recv().await;
    assert!(
        matches!(&event, Some(WatchEvent::Lost(it)) if it.code == Code::EngineLost),
        "{event:?}"
    );
    assert_eq!(events.recv().await, None);
}
