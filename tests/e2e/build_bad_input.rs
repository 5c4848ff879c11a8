//! What no build can be made of is said in words, begins nothing that should not begin, and costs nobody
//! what was typed before.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use slipway_lab::{Kind, Lab};

use crate::build::{open_build, tutorial_folder};
use crate::editor::kept;
use slipway_window::{App, Start, cli};

const TYPED: &str = "# typed before, in no file";

/// A Dockerfile of one line that needs no registry.
const FROM: &str = "FROM ubuntu\n";

/// What stands on the page once the command is in the form, what stands there after Build, and whether it
/// came as far as a build.
struct Row<'a> {
    file: &'a str,
    context: &'a str,
    opened: &'a str,
    built: &'a str,
    begins: bool,
}

#[tokio::test]
async fn what_cannot_be_built_is_said() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    engine.load_image("ubuntu").unwrap();
    let folder = tutorial_folder();
    let at = |name: &str| folder.path().join(name);
    let put = |name: &str, bytes: &[u8]| fs::write(at(name), bytes).unwrap();
    put("good.dockerfile", FROM.as_bytes());
    put("binary.dockerfile", b"\x7fELF\0\0\0\0");
    put("empty.dockerfile", b" \n");
    let large = fs::File::create(at("large.dockerfile")).unwrap();
    large.set_len((10 << 20) + 1).unwrap();
    symlink("loop.dockerfile", at("loop.dockerfile")).unwrap();
    fs::create_dir(at("gone")).unwrap();

    let app = App::on(&engine).await;
    app.go("Build").await;
    app.click("button", "Empty Dockerfile").await;
    app.see("textbox", "Dockerfile")
        .await
        .click()
        .await
        .unwrap();
    app.press(TYPED).await;

    let rows = [
        Row {
            file: "binary.dockerfile",
            context: "",
            opened: "It holds binary data",
            built: "it is not a text file",
            begins: true,
        },
        Row {
            file: "large.dockerfile",
            context: "",
            opened: "the editor takes files of up to 10 MB",
            built: "a Dockerfile may have 10 MB",
            begins: true,
        },
        Row {
            file: "empty.dockerfile",
            context: "",
            opened: "files with",
            built: "it is empty",
            begins: true,
        },
        Row {
            file: "loop.dockerfile",
            context: "",
            opened: "It is a link that leads in a circle",
            built: "its links lead round in a circle",
            begins: true,
        },
        Row {
            file: "good.dockerfile",
            context: "good.dockerfile",
            opened: "is a file. Choose the folder that it lies in",
            built: "is a file. Choose the folder that it lies in",
            begins: false,
        },
        Row {
            file: "good.dockerfile",
            context: "gone",
            opened: "0 files with",
            built: "There is no folder",
            begins: false,
        },
    ];
    for (number, row) in rows.iter().enumerate() {
        let tag = format!("bad{number}");
        let context = at(row.context);
        let command = format!(
            "docker build -f {} -t {tag} {}",
            at(row.file).display(),
            context.display()
        );
        open_build(&app, &command).await;
        app.read(row.opened).await;
        if row.context == "gone" {
            fs::remove_dir(&context).unwrap();
        }
        app.click("button", "~Build").await;
        app.read(row.built).await;
        app.show(&format!("bad-input-{number}")).await;
        let begun = app.trail().await.contains(&tag);
        assert_eq!(begun, row.begins, "{command}: {}", app.trail().await);
        is_still_there(&app, row.file).await;
    }

    // A name that no image can have is said at its field.
    open_build(
        &app,
        &command(&at("good.dockerfile"), "name", folder.path()),
    )
    .await;
    app.fill("Name of the image", "Über").await;
    app.is_told("Name of the image", "can’t contain “Ü”").await;
    assert!(!app.can_press("~Build").await);
    assert!(!app.trail().await.contains("Über"), "nothing was sent");
    is_still_there(&app, "a wrong name").await;
    assert!(cli(&engine, &["image", "ls", "-q", "bad*"]).is_empty());
    app.close().await;
}

#[tokio::test]
async fn what_is_only_unusual_is_built() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    engine.load_image("ubuntu").unwrap();
    let folder = tutorial_folder();
    let at = |name: &str| folder.path().join(name);
    let windows = "\u{feff}FROM ubuntu\r\nRUN echo one > /one\r\n";
    fs::write(at("crlf.dockerfile"), windows).unwrap();
    let wide: Vec<u8> = "\u{feff}FROM ubuntu\nRUN echo two > /two\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(at("utf16.dockerfile"), wide).unwrap();
    // Nearly as long as a Dockerfile may be.
    let line = "# a line that says nothing\n";
    let lines = (10 << 20) / line.len() - 2;
    let long = format!("{FROM}RUNN x\n{}", line.repeat(lines));
    fs::write(at("long.dockerfile"), long).unwrap();
    fs::write(
        at("odd.dockerfile"),
        "FROM ubuntu\nCOPY hello_flask_app /app\n",
    )
    .unwrap();
    // "café" as Windows wrote it: no UTF-8, and no step needs it.
    fs::write(folder.path().join(OsStr::from_bytes(b"caf\xe9")), "x").unwrap();

    let app = App::on(&engine).await;
    app.go("Build").await;
    for (name, is_built) in [("crlf", true), ("odd", true), ("utf16", false)] {
        let file = at(&format!("{name}.dockerfile"));
        open_build(&app, &command(&file, name, folder.path())).await;
        if name == "utf16" {
            app.see("region", "utf16.dockerfile is saved as UTF-16.")
                .await;
            app.show("editor-utf16").await;
        }
        app.click("button", "~Build").await;
        let ready = format!("{name} is ready");
        app.read(if is_built {
            ready.as_str()
        } else {
            "Save it as UTF-8, the way in which Docker reads text"
        })
        .await;
    }
    assert_eq!(fs::read_to_string(at("crlf.dockerfile")).unwrap(), windows);
    app.click("button", "Save as UTF-8").await;
    app.gone("region", "utf16.dockerfile is saved as UTF-16.")
        .await;
    assert_eq!(
        fs::read_to_string(at("utf16.dockerfile")).unwrap(),
        "FROM ubuntu\nRUN echo two > /two\n"
    );
    app.click("button", "~Build").await;
    app.read("utf16 is ready").await;

    // Too long to be checked is not the same as without a mistake.
    open_build(
        &app,
        &command(&at("long.dockerfile"), "long", folder.path()),
    )
    .await;
    app.read("too long to check").await;
    app.click("button", "~Build").await;
    app.see("region", "~Line 2 failed").await;

    // What a step needs has a name that the engine can't take: it is said, and which one it is.
    fs::write(at("whole.dockerfile"), "FROM ubuntu\nCOPY . /all\n").unwrap();
    open_build(
        &app,
        &command(&at("whole.dockerfile"), "whole", folder.path()),
    )
    .await;
    app.click("button", "~Build").await;
    app.read("has a name that is not UTF-8").await;
    app.read("Rename it").await;
    assert!(app.text().await.contains("caf"), "its name");
    app.show("bad-input-name").await;
    app.close().await;
}

/// Root may read everything, so the app runs as somebody else, whom the engine answers too: without one
/// there is no page to open a file on.
#[tokio::test]
async fn a_file_that_may_not_be_read_says_so() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    let folder = tutorial_folder();
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(&engine.socket, 0o666);
    mode(folder.path(), 0o755);
    let secret = folder.path().join("secret.dockerfile");
    fs::write(&secret, FROM).unwrap();
    mode(&secret, 0o000);
    let app = App::start(Start {
        engine: Some(&engine),
        user: Some(12_345),
        ..Start::default()
    })
    .await;
    app.go("Build").await;
    app.click("button", "Choose… Context folder").await;
    app.pick(
        "The folder whose files the Dockerfile can use",
        folder.path(),
    );
    app.read("“secret.dockerfile” can’t be opened").await;
    app.read("You have no permission to read it.").await;

    // What was typed meanwhile stays, and a build of it says the same.
    app.click("button", "Empty Dockerfile").await;
    app.see("textbox", "Dockerfile")
        .await
        .click()
        .await
        .unwrap();
    app.press(TYPED).await;
    open_build(&app, &command(&secret, "secret", folder.path())).await;
    app.click("button", "~Build").await;
    app.read("no permission").await;
    app.show("bad-input-permission").await;
    is_still_there(&app, "a file that may not be read").await;
    app.close().await;
}

fn command(file: &Path, tag: &str, context: &Path) -> String {
    format!(
        "docker build -f {} -t {tag} {}",
        file.display(),
        context.display()
    )
}

/// The words that were typed first are on disk and have their tab.
async fn is_still_there(app: &App, after: &str) {
    assert!(
        kept(app.home()).iter().any(|draft| draft.contains(TYPED)),
        "{after}: what was typed is not kept"
    );
    assert!(
        !app.all("tab", Some("~Dockerfile")).await.is_empty(),
        "{after}: its tab is gone"
    );
}
