//! A key in the editor: from the moment it is pressed to the letter on the screen.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::json;
use slipway_lab::{Kind, Lab};
use slipway_window::{App, Start};

use crate::runs::{empty_window, idle};
use crate::screen::{Place, Screen};
use crate::table::{Row, p95};

/// Keys that are timed, after a first line that is not: it is the one that everything is made ready for.
const KEYS: usize = 132;

/// Lines of the Dockerfile.
const LINES: usize = 2_000;

/// Its last one.
const LAST: &str = "# the last line";

/// What is typed again and again, as hands would: an instruction, its words, the end of the line.
const TYPED: &str = "RUN pip install flask\n";

/// The key End, as the WebDriver standard writes it.
const END: char = '\u{e010}';

/// Whether a list of proposals is open.
const PROPOSED: &str = "return document.querySelector('.cm-tooltip-autocomplete') !== null";

/// Where an element is on the screen: the window lies at its corner.
const PLACE: &str = "const box = document.querySelector(arguments[0]).getBoundingClientRect(); \
    return [box.left, box.top, box.width, box.height].map(Math.floor)";

/// Lays a file on the desk, as if it had been open when the app was closed.
const OPEN: &str = "const [path, name, done] = arguments; \
    const invoke = window.__TAURI_INTERNALS__.invoke; \
    const draft = { id: 1, path, name, text: null, stamp: null, crlf: false }; \
    invoke('desk_keep', { draft }) \
        .then(() => invoke('desk_arrange', { desk: { open: [draft], front: 1, recent: [], build: null, folder: null } })) \
        .then(() => done(null), (error) => done(JSON.stringify(error)))";

/// A plain field with a text, and nothing else, with the cursor at its end.
const FIELD: &str = "document.body.replaceChildren(); const field = document.createElement('textarea'); field.rows = 30; field.cols = 80; \
    field.value = arguments[0]; document.body.append(field); field.focus(); \
    field.setSelectionRange(field.value.length, field.value.length)";

/// A key in a long Dockerfile, beside one in the plainest field that there is: at all times, and while nothing is
/// proposed; and what is done while none is pressed.
pub async fn rows(lab: &Lab) -> [Row; 3] {
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
    let ours = timed(&app, "#editor-panel").await;
    let waits = idle(app.pid()).await;
    app.close().await;

    let empty = App::start(Start {
        binary: empty_window(),
        ..Start::default()
    })
    .await;
    let plain = async |text: &str| {
        let put = empty.client.execute(FIELD, vec![json!(text)]);
        put.await.unwrap();
        took(&timed(&empty, "textarea").await, true)
    };
    let same_text = plain(&text).await;
    let floor = plain("").await;
    let plain_waits = idle(empty.pid()).await;
    empty.close().await;
    let what = format!("a key in a Dockerfile of {LINES} lines to the screen, p95");
    let (all, alone) = (took(&ours, true), took(&ours, false));
    let row = |what: String, ours, yardstick, against| Row {
        what,
        ours: p95(ours),
        yardstick: Some(p95(yardstick)),
        against,
        aim: "under 16 ms",
    };
    let [many, few] = [all.len(), alone.len()];
    [
        row(
            format!("{what} of {many}, ms"),
            all,
            same_text,
            "the same text in a plain text field, an empty Tauri window",
        ),
        row(
            format!("the same of the {few} with no proposals open, ms"),
            alone,
            floor,
            "a plain text field with nothing in it, an empty Tauri window",
        ),
        Row {
            what: "processor while the cursor waits for a key, % of one".to_owned(),
            ours: waits,
            yardstick: Some(plain_waits),
            against: "a plain text field with nothing in it, an empty Tauri window",
            aim: "none to speak of",
        },
    ]
}

/// How long keys took, those under a list of proposals too if that is wanted.
fn took(keys: &[Pressed], proposed: bool) -> Vec<f64> {
    let counted = keys.iter().filter(|key| proposed || !key.proposed);
    counted.map(|key| key.took).collect()
}

/// A key that was pressed.
struct Pressed {
    /// Until it was seen, in milliseconds.
    took: f64,
    /// A list of proposals was open before it or after it.
    proposed: bool,
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

/// Types, one key after the other, each once all that the one before drew is drawn.
async fn timed(app: &App, field: &str) -> Vec<Pressed> {
    let place = app.client.execute(PLACE, vec![json!(field)]).await.unwrap();
    let place: Place = serde_json::from_value(place).unwrap();
    let screen = Screen::watch(app.display());
    let mut keys = Vec::new();
    for (count, key) in TYPED.chars().cycle().take(TYPED.len() + KEYS).enumerate() {
        screen.rest();
        let before = app.client.execute(PROPOSED, vec![]).await.unwrap();
        let took = screen.press(key, place);
        let after = app.client.execute(PROPOSED, vec![]).await.unwrap();
        if count >= TYPED.len() {
            keys.push(Pressed {
                took,
                proposed: before == true || after == true,
            });
        }
    }
    keys
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
