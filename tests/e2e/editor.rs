//! What is typed into the editor is nobody's to lose: not when the app is killed, not when another program
//! writes to the file, not when it is saved through the system's dialog.

use std::path::{Path, PathBuf};

use fantoccini::key::Key;
use slipway_lab::{Kind, Lab, wait_until};

use slipway_window::{App, PATIENCE, Start};

const WORDS: &str = "# words that are in no file yet";

#[tokio::test]
async fn what_is_typed_is_nobodys_to_lose() {
    let lab = Lab::up().unwrap();
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

/// Types a line of its own behind all that the editor holds.
async fn type_at_the_end(app: &App, line: &str) {
    let field = app.field("Dockerfile").await;
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
fn kept(home: &Path) -> Vec<String> {
    let desk = home.join(".local/share/io.github.slipway-app.slipway/desk");
    let entries = std::fs::read_dir(desk).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let drafts = paths.filter(|path: &PathBuf| path.extension().is_some_and(|it| it == "json"));
    drafts
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .collect()
}
