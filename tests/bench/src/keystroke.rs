//! A key in the editor: from the moment it was pressed to the frame that shows its letter.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::json;
use slipway_lab::{Kind, Lab};
use slipway_window::{App, Start};

use crate::runs::empty_window;
use crate::table::{Row, p95};

/// Keys that are timed.
const KEYS: usize = 200;

/// Lines of the Dockerfile.
const LINES: usize = 2_000;

/// Its last one.
const LAST: &str = "# the last line";

/// What is typed again and again, as hands would: an instruction, its words, the end of the line.
const TYPED: &str = "RUN pip install flask\n";

/// The keys that have no letter, as the WebDriver standard writes them.
const ENTER: char = '\u{e007}';
const END: char = '\u{e010}';

/// Times each key from now on: a task that follows the callback of a frame comes once that frame is painted.
const TIME: &str = "const channel = new MessageChannel(); const waiting = []; window.__keys = []; \
    channel.port1.onmessage = () => { const now = performance.now(); \
        for (const pressed of waiting.splice(0)) window.__keys.push(now - pressed); }; \
    addEventListener('keydown', (event) => requestAnimationFrame(() => { \
        waiting.push(event.timeStamp); channel.port2.postMessage(null); }), true)";

/// How long so many keys took; `null` while the last of them is not painted.
const TIMED: &str = "return window.__keys.length === arguments[0] ? window.__keys : null";

/// Lays a file on the desk, as if it had been open when the app was closed.
const OPEN: &str = "const [path, name, done] = arguments; \
    const invoke = window.__TAURI_INTERNALS__.invoke; \
    const draft = { id: 1, path, name, text: null, stamp: null, crlf: false }; \
    invoke('desk_keep', { draft }) \
        .then(() => invoke('desk_arrange', { desk: { open: [draft], front: 1, recent: [], build: null, folder: null } })) \
        .then(() => done(null), (error) => done(JSON.stringify(error)))";

/// A plain field with a text, and the cursor at its end.
const FIELD: &str = "const field = document.createElement('textarea'); field.rows = 30; field.cols = 80; \
    field.value = arguments[0]; document.body.append(field); field.focus(); \
    field.setSelectionRange(field.value.length, field.value.length)";

/// A key in a long Dockerfile, beside one in the plainest field that there is.
pub async fn row(lab: &Lab) -> Row {
    let engine = lab.fresh(Kind::Docker20).expect("an engine");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Dockerfile");
    let text = dockerfile();
    fs::write(&path, &text).unwrap();

    let app = App::on(&engine).await;
    app.read("Containers").await;
    open(&app, &path).await;
    app.ctrl_stroke(END).await;
    app.read(LAST).await;
    let ours = timed(&app).await;
    app.close().await;

    let empty = App::start(Start {
        binary: empty_window(),
        ..Start::default()
    })
    .await;
    empty
        .client
        .execute(FIELD, vec![json!(text)])
        .await
        .unwrap();
    let theirs = timed(&empty).await;
    empty.close().await;
    Row {
        what: format!("a key in a Dockerfile of {LINES} lines to painted, p95 of {KEYS}, ms"),
        ours: p95(ours),
        yardstick: Some(p95(theirs)),
        against: "the same text in a plain text field, an empty Tauri window",
        aim: "under 16 ms",
    }
}

/// Opens a Dockerfile in the editor, with the cursor in it.
async fn open(app: &App, path: &Path) {
    let arguments = vec![json!(path), json!("Dockerfile")];
    let refused = app.client.execute_async(OPEN, arguments).await.unwrap();
    assert!(refused.is_null(), "{refused}");
    app.go("Build").await;
    app.read("package-1").await;
    app.field("Dockerfile").await.click().await.unwrap();
}

/// Types, one key after the other, each once the one before is painted.
async fn timed(app: &App) -> Vec<f64> {
    app.client.execute(TIME, vec![]).await.unwrap();
    let mut times = Vec::new();
    for (count, key) in TYPED.chars().cycle().take(KEYS).enumerate() {
        app.stroke(if key == '\n' { ENTER } else { key }).await;
        app.until("the key is not painted", async || {
            let told = app.client.execute(TIMED, vec![json!(count + 1)]);
            times = serde_json::from_value(told.await.unwrap()).unwrap_or_default();
            !times.is_empty()
        })
        .await;
    }
    times
}

/// A Dockerfile with what long ones have: continued lines, comments, stages.
fn dockerfile() -> String {
    let mut text = String::from("FROM ubuntu AS base\n");
    let mut part = 0;
    while text.lines().count() < LINES - 5 {
        part += 1;
        let written = if part % 40 == 0 {
            writeln!(text, "FROM base AS stage-{part}")
        } else {
            write!(
                text,
                "# part {part}\nRUN apt-get update && \\\n    apt-get install -y package-{part}\n\
                COPY src/{part} /app/{part}\nENV NAME_{part}=value-{part}\n"
            )
        };
        written.unwrap();
    }
    while text.lines().count() < LINES - 1 {
        text.push_str("# more\n");
    }
    text.push_str(LAST);
    text.push('\n');
    text
}
