//! What cannot be right is said at its field, nothing is sent, and nothing typed is lost.

use fantoccini::key::Key;
use slipway_lab::{Kind, Lab};

use slipway_window::{App, cli};

/// What is wrong as a container's name, and a part of the sentence that says so.
fn bad_names() -> Vec<(String, &'static str)> {
    [
        ("../x?force=1", "can’t contain “/”"),
        ("x?force=1", "can’t contain “?”"),
        ("<img src=x onerror=alert(1)>", "can’t contain “<”"),
        ("Über name", "can’t contain “Ü”"),
        (
            "\u{202e}gpj.exe",
            "can’t contain the hidden character \\u{202e}",
        ),
        ("a\u{200f}b", "can’t contain the hidden character \\u{200f}"),
        ("-x", "begins with a letter or a digit"),
        ("x", "at least two characters"),
    ]
    .map(|(text, said)| (text.to_owned(), said))
    .into_iter()
    .chain([(
        "x".repeat(300),
        "has at most 255 characters; this one has 300",
    )])
    .collect()
}

/// Fills a field with what cannot be right: it is said there and heard, the text stays, and neither the
/// button nor the keys send it.
async fn is_refused(app: &App, dialog: &str, button: &str, field: &str, bad: &str, said: &str) {
    app.fill(field, bad).await;
    app.is_told(field, said).await;
    let invalid = app.field(field).await.attr("aria-invalid").await.unwrap();
    assert_eq!(invalid.as_deref(), Some("true"), "{bad:?} is marked");
    assert!(!app.can_press(button).await, "{bad:?} can be sent");
    app.see("button", button).await.click().await.unwrap();
    app.field(field).await.click().await.unwrap();
    app.ctrl(char::from(Key::Enter)).await;
    app.see("dialog", dialog).await;
    assert_eq!(app.value(field).await, bad, "what was typed stays");
}

#[tokio::test]
async fn the_run_dialog_says_what_is_wrong() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("flask_app_df").unwrap();
    let app = App::on(&engine).await;
    app.open_run("flask_app_df").await;
    app.read("EXPOSE 5050").await;

    let port = "~Port on this computer";
    for (bad, said) in bad_names() {
        is_refused(&app, "Run an image", "Run", "Name", &bad, said).await;
    }
    app.fill("Name", "").await;
    let before = app.value(port).await;
    for (bad, said) in [("70000", "no port “70000”"), ("abc", "“abc” is not a port")] {
        is_refused(&app, "Run an image", "Run", port, bad, said).await;
    }
    assert!(cli(&engine, &["ps", "-aq"]).is_empty(), "nothing was sent");
    let trail = app.trail().await;
    assert!(!trail.contains("docker run"), "something was sent: {trail}");

    // Unlike an image's, a container's name may have capitals.
    app.fill(port, &before).await;
    app.fill("Name", "Web").await;
    app.until("it cannot be sent", async || app.can_press("Run").await)
        .await;
    app.run().await;
    app.see("heading", "Web").await;
    assert_eq!(cli(&engine, &["ps", "--format", "{{.Names}}"]), ["Web"]);
    app.close().await;
}

#[tokio::test]
async fn the_pull_dialog_says_what_is_wrong() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let app = App::on(&engine).await;
    app.go("Images").await;
    app.click("button", "Pull an image").await;
    app.see("dialog", "Pull an image").await;
    // Nothing typed yet is no mistake until it is sent.
    app.see("button", "Pull").await.click().await.unwrap();
    app.is_told("Image", "Name an image, such as ubuntu").await;
    app.read("Type the name of an image first.").await;
    let long = "x".repeat(300);
    for (bad, said) in [
        ("", "Name an image, such as ubuntu"),
        ("Ubuntu", "has only small letters. Write “ubuntu”"),
        ("../x?force=1", "can’t contain “?”"),
        ("<b>x</b>", "can’t contain “<”"),
        ("ubuntu\u{202e}", "the hidden character \\u{202e}"),
        (long.as_str(), "has at most"),
        ("a b", "can’t contain a space"),
        ("https://example.com/x", "has no “https://” in front"),
    ] {
        is_refused(&app, "Pull an image", "Pull", "Image", bad, said).await;
    }
    let trail = app.trail().await;
    assert!(
        !trail.contains("docker pull"),
        "something was sent: {trail}"
    );
    assert!(cli(&engine, &["image", "ls", "-q"]).is_empty());
    app.close().await;
}

#[tokio::test]
async fn the_rename_dialog_says_what_is_wrong() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    for name in ["old", "taken"] {
        let create = ["create", "--name", name, "busy"];
        engine.docker(&create).unwrap().ok().unwrap();
    }
    let names = || {
        let mut names = cli(&engine, &["ps", "-a", "--format", "{{.Names}}"]);
        names.sort();
        names
    };
    let app = App::on(&engine).await;
    app.click("button", "More actions for old").await;
    app.click("menuitem", "~Rename…").await;
    app.see("dialog", "Rename old").await;
    let more = [
        (String::new(), "name is missing"),
        ("taken".to_owned(), "Another container is called taken."),
    ];
    for (bad, said) in bad_names().into_iter().chain(more) {
        is_refused(&app, "Rename old", "Rename", "New name", &bad, said).await;
        app.field("New name").await.click().await.unwrap();
        app.key(Key::Enter).await;
        app.see("dialog", "Rename old").await;
    }
    // Its own name is no mistake, and nothing to send.
    app.fill("New name", "old").await;
    app.until("it can be sent", async || !app.can_press("Rename").await)
        .await;
    let trail = app.trail().await;
    assert!(
        !trail.contains("docker rename"),
        "something was sent: {trail}"
    );
    assert_eq!(names(), ["old", "taken"]);

    app.fill("New name", "Web").await;
    app.until("it cannot be sent", async || app.can_press("Rename").await)
        .await;
    app.ctrl(char::from(Key::Enter)).await;
    app.gone("dialog", "Rename old").await;
    app.rows_are(&["Web".into(), "taken".into()]).await;
    assert_eq!(names(), ["Web", "taken"]);
    app.close().await;
}
