//! What is chosen stays chosen: the theme over a restart, rows by the keyboard.

use fantoccini::key::Key;
use serde_json::Value;
use slipway_lab::{Kind, Lab};

use slipway_window::{App, Start, cli};

/// The colour behind the page, as it is painted.
async fn ground(app: &App) -> String {
    let script = "return getComputedStyle(document.body).backgroundColor";
    let colour = app.client.execute(script, vec![]).await.unwrap();
    colour.as_str().unwrap().to_owned()
}

/// Waits until the theme is on disk: what is killed before that has kept nothing.
async fn kept(app: &App, theme: &str) {
    let file = ".config/io.github.slipway-app.slipway/settings.json";
    let file = app.home().join(file);
    app.until("the theme is not kept", async || {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let kept: Value = serde_json::from_str(&text).unwrap_or_default();
        kept["theme"] == theme
    })
    .await;
}

#[tokio::test]
async fn the_theme_is_there_at_once_and_after_a_restart() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let app = App::on(&engine).await;
    app.read("No containers yet").await;
    app.click("link", "~Settings").await;
    app.click("radio", "Light").await;
    let light = ground(&app).await;
    app.click("radio", "Dark").await;
    app.until("it does not get dark", async || ground(&app).await != light)
        .await;
    let dark = ground(&app).await;
    app.show("settings-dark-chosen").await;

    kept(&app, "dark").await;
    let home = app.kill9();
    let again = || {
        App::start(Start {
            engine: Some(&engine),
            home: Some(home.clone()),
            ..Start::default()
        })
    };
    let app = again().await;
    app.read("No containers yet").await;
    assert_eq!(ground(&app).await, dark, "it begins as it was left");
    app.click("link", "~Settings").await;
    let chosen = app.see("radio", "Dark").await.attr("aria-checked").await;
    assert_eq!(chosen.unwrap().as_deref(), Some("true"));
    app.click("radio", "Light").await;
    app.until("it does not get light", async || {
        ground(&app).await == light
    })
    .await;
    kept(&app, "light").await;
    app.kill9();
    let app = again().await;
    app.read("No containers yet").await;
    assert_eq!(ground(&app).await, light);
    app.close().await;
}

/// The focus is in the row that begins with this name.
async fn is_at(app: &App, name: &str) {
    app.until(&format!("the focus is not on {name}"), async || {
        app.focused().await.contains(name)
    })
    .await;
}

#[tokio::test]
async fn rows_are_chosen_by_keys_and_asked_about() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let names = ["alpha", "beta", "gamma", "omega"];
    for name in names {
        let create = ["create", "--name", name, "busy"];
        engine.docker(&create).unwrap().ok().unwrap();
    }
    let app = App::on(&engine).await;
    app.rows_are(&names.map(String::from)).await;
    app.click("button", "Name and image").await;
    for _ in 0..20 {
        if app.focused().await.contains("alpha") {
            break;
        }
        app.key(Key::Tab).await;
    }
    is_at(&app, "alpha").await;

    app.press(" ").await;
    app.read("1 selected").await;
    app.shift(Key::Down).await;
    app.read("2 selected").await;
    is_at(&app, "beta").await;
    // A row that was not chosen can be asked about alone; the choice stays.
    app.key(Key::Down).await;
    app.key(Key::Down).await;
    is_at(&app, "omega").await;
    app.key(Key::Delete).await;
    app.see("alertdialog", "Remove omega?").await;
    is_at(&app, "Cancel").await;
    app.key(Key::Escape).await;
    app.gone("alertdialog", "Remove omega?").await;
    is_at(&app, "omega").await;
    app.read("2 selected").await;

    app.ctrl('a').await;
    app.read("4 selected").await;
    app.key(Key::Delete).await;
    app.see("alertdialog", "Remove 4 containers?").await;
    is_at(&app, "Cancel").await;
    app.key(Key::Escape).await;
    app.gone("alertdialog", "Remove 4 containers?").await;
    is_at(&app, "omega").await;
    assert_eq!(cli(&engine, &["ps", "-aq"]).len(), 4, "nothing was removed");
    app.key(Key::Escape).await;
    app.gone("region", "What to do with the selected containers")
        .await;

    // Space again lets go, and what is chosen then is what goes.
    for key in [Key::Home, Key::Down] {
        app.key(key).await;
    }
    is_at(&app, "beta").await;
    app.press(" ").await;
    app.read("1 selected").await;
    app.press(" ").await;
    app.gone("region", "What to do with the selected containers")
        .await;
    app.press(" ").await;
    app.shift(Key::Down).await;
    app.read("2 selected").await;
    app.key(Key::Delete).await;
    app.see("alertdialog", "Remove 2 containers?").await;
    app.click("button", "Remove 2 containers").await;
    app.rows_are(&["alpha".into(), "omega".into()]).await;
    let mut left = cli(&engine, &["ps", "-a", "--format", "{{.Names}}"]);
    left.sort();
    assert_eq!(left, ["alpha", "omega"]);
    app.close().await;
}
