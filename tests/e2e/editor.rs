//! What is typed into the editor is nobody's to lose: not when the app is killed, not when another program
//! writes to the file, not when it is saved through the system's dialog.

use std::path::{Path, PathBuf};

use fantoccini::key::Key;
use slipway_lab::{Kind, Lab, wait_until};

use crate::build::{open_build, tutorial_folder};
use slipway_window::{App, PATIENCE, Start};

const WORDS: &str = "# words that are in no file yet";

#[tokio::test]
async fn what_is_typed_is_nobodys_to_lose() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let folder = tempfile::Builder::new()
        .prefix("my app ")
        .tempdir()
        .unwrap();
    let app = App::on(&engine).await;
    app.go("Build").await;
    app.click("button", "Like the tutorial").await;
    type_at_the_end(&app, WORDS).await;
    app.until("what is typed is not on disk", async || {
        kept(app.home()).iter().any(|draft| draft.contains(WORDS))
    })
    .await;

    // Killed, and started again: the file is open, and holds what no file on disk has.
    let home = app.kill9();
    let app = App::start(Start {
        engine: Some(&engine),
        home: Some(home),
        ..Start::default()
    })
    .await;
    app.go("Build").await;
    app.read(WORDS).await;
    app.read("new, not saved").await;

    // Saved through GTK's dialog, under a name with a space in its folder.
    let path = folder.path().join("my.dockerfile");
    app.field("Dockerfile").await.click().await.unwrap();
    app.ctrl('s').await;
    app.pick("Save as", &path);
    let saved = wait_until(PATIENCE, "the file to be there", || {
        std::fs::read_to_string(&path).ok()
    })
    .unwrap();
    assert!(
        saved.starts_with("FROM") || saved.starts_with('#'),
        "{saved}"
    );
    assert!(saved.contains(WORDS), "{saved}");
    app.see("tab", "~my.dockerfile").await;
    app.gone("tab", "~new, not saved").await;

    // Another program writes to it: nothing is written over it, and both can be seen.
    let theirs = "FROM other\n# theirs\n";
    std::fs::write(&path, theirs).unwrap();
    type_at_the_end(&app, "# mine").await;
    app.ctrl('s').await;
    app.read("Another program changed my.dockerfile on disk")
        .await;
    assert_eq!(std::fs::read_to_string(&path).unwrap(), theirs);
    app.click("button", "Show both").await;
    app.read("# theirs").await;
    app.read("# mine").await;
    app.picture("editor-both");
    app.click("button", "Keep mine").await;
    app.until("mine is not what stays", async || {
        std::fs::read_to_string(&path).is_ok_and(|now| now.contains("# mine"))
    })
    .await;
    assert!(std::fs::read_to_string(&path).unwrap().contains(WORDS));

    // Gone from the disk, it is still here.
    std::fs::remove_file(&path).unwrap();
    type_at_the_end(&app, "# more").await;
    app.ctrl('s').await;
    app.read("my.dockerfile is no longer on disk").await;
    app.click("button", "Save it again").await;
    app.until("it is not back", async || {
        std::fs::read_to_string(&path).is_ok_and(|now| now.contains("# more"))
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn the_ignore_file_that_counts_is_edited_and_its_list_is_live() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let folder = tutorial_folder();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put("web.dockerfile", "FROM ubuntu\nCOPY . /app\n");
    put("web.dockerfile.dockerignore", "secret.txt\n");
    put(".dockerignore", "*\n");
    put("secret.txt", "x");
    put("notes.log", "x");
    let app = App::on(&engine).await;
    app.go("Build").await;
    let file = folder.path().join("web.dockerfile");
    let place = folder.path().display();
    open_build(
        &app,
        &format!("docker build -f {} -t web {place}", file.display()),
    )
    .await;
    app.read("1 left out by").await;
    app.click("button", "More for this file").await;
    app.click("menuitem", "Open .dockerignore").await;
    app.see("tab", "~web.dockerfile.dockerignore").await;
    gets(&app, "notes.log", true).await;
    gets(&app, "secret.txt", false).await;
    gets(&app, "1 is left out", true).await;

    // What is typed counts at once, and is no less true once it is saved.
    type_in(&app, "web.dockerfile.dockerignore", "*.log").await;
    gets(&app, "notes.log", false).await;
    gets(&app, "2 are left out", true).await;
    app.ctrl('s').await;
    app.read("2 left out by").await;
    gets(&app, "2 are left out", true).await;
    app.show("editor-ignore").await;

    // A file that comes meanwhile is there as soon as somebody looks.
    put("brought.txt", "x");
    app.click("tab", "~web.dockerfile").await;
    app.click("tab", "~web.dockerfile.dockerignore").await;
    gets(&app, "brought.txt", true).await;

    // The other one is no part of this build, and says so.
    app.click("button", "New or open").await;
    app.click("menuitem", "Open a file…").await;
    app.pick("Open a Dockerfile", &folder.path().join(".dockerignore"));
    gets(
        &app,
        "The build reads web.dockerfile.dockerignore instead of this file.",
        true,
    )
    .await;
    app.close().await;
}

/// The line beside the cursor if an eye sees both, looked for on the screen, whatever the page holds; `null` also when
/// the editor is not as tall as its place.
const CURSOR_IN_SIGHT: &str = "const panel = document.querySelector('#editor-panel'); \
    const box = panel.getBoundingClientRect(); \
    const cursor = panel.querySelector('.cm-cursor-primary').getBoundingClientRect(); \
    const seen = cursor.top >= box.top && cursor.bottom <= box.bottom; \
    const fits = panel.querySelector('.cm-editor').offsetHeight === panel.clientHeight; \
    const under = document.elementsFromPoint(box.left + 100, cursor.top + cursor.height / 2); \
    return seen && fits ? under.find((it) => it.matches('.cm-line'))?.innerText ?? null : null";

#[tokio::test]
async fn a_long_file_is_scrolled_in_its_place() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Dockerfile");
    let lines: Vec<String> = (2..2_000).map(|line| format!("# line {line}")).collect();
    let text = format!("FROM ubuntu\n{}\n# the last line", lines.join("\n"));
    std::fs::write(&path, text).unwrap();
    let app = App::on(&engine).await;
    app.go("Build").await;
    let place = folder.path().display();
    open_build(&app, &format!("docker build -t long {place}")).await;
    app.field("Dockerfile").await.click().await.unwrap();

    let presses = async |key: Key, times: usize| {
        for _ in 0..times {
            app.stroke(char::from(key)).await;
        }
    };

    app.ctrl_stroke(char::from(Key::End)).await;
    cursor_at(&app, "# the last line").await;
    presses(Key::Enter, 1).await;
    app.stroke('#').await;
    cursor_at(&app, "#").await;
    presses(Key::Up, 101).await;
    cursor_at(&app, "# line 1900").await;
    presses(Key::PageUp, 10).await;
    presses(Key::Up, 1).await;
    cursor_at(&app, "# line 1").await;
    app.ctrl_stroke(char::from(Key::Home)).await;
    cursor_at(&app, "FROM ubuntu").await;
    presses(Key::PageDown, 3).await;
    presses(Key::Down, 99).await;
    cursor_at(&app, "# line 1").await;
    app.ctrl_stroke(char::from(Key::End)).await;
    cursor_at(&app, "#").await;
    app.show("editor-long").await;
    app.close().await;
}

/// Waits until the cursor is in sight in a line that begins so.
async fn cursor_at(app: &App, line: &str) {
    app.until(
        &format!("the cursor is not seen at “{line}”"),
        async || {
            let looked = app.client.execute(CURSOR_IN_SIGHT, vec![]).await;
            looked
                .unwrap()
                .as_str()
                .is_some_and(|it| it.starts_with(line))
        },
    )
    .await;
}

/// Waits until the list of what the build gets holds a part, or does not.
async fn gets(app: &App, part: &str, is_there: bool) {
    let list = "return document.querySelector('section[aria-label=\"What the build gets\"][aria-busy=\"false\"]')?.innerText ?? null";
    app.until(
        &format!("{part}: is not {is_there} in what the build gets"),
        async || {
            let told = app.client.execute(list, vec![]).await.unwrap_or_default();
            told.as_str()
                .is_some_and(|told| told.contains(part) == is_there)
        },
    )
    .await;
}

/// Types a line of its own behind all that the editor holds.
async fn type_at_the_end(app: &App, line: &str) {
    type_in(app, "Dockerfile", line).await;
}

/// The same in the editor of this name.
async fn type_in(app: &App, name: &str, line: &str) {
    let field = app.field(name).await;
    field.click().await.unwrap();
    let (control, release) = (char::from(Key::Control), char::from(Key::Null));
    let end = char::from(Key::End);
    field
        .send_keys(&format!("{control}{end}{release}"))
        .await
        .unwrap();
    field.send_keys(&format!("\n{line}")).await.unwrap();
    app.read(line).await;
}

/// The files in which the app keeps what is not saved.
pub fn kept(home: &Path) -> Vec<String> {
    let desk = home.join(".local/share/io.github.slipway-app.slipway/desk");
    let entries = std::fs::read_dir(desk).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let drafts = paths.filter(|path: &PathBuf| path.extension().is_some_and(|it| it == "json"));
    drafts
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect()
}
