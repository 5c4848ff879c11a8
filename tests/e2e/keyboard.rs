//! Everything without a pointer: pull an image, run it, stop it, and remove it.

use fantoccini::key::Key;
use slipway_lab::{Kind, Lab};

use slipway_window::{App, cli};

/// Tab, until the focus is on what is wanted.
async fn tab_to(app: &App, wanted: &str) {
    for _ in 0..60 {
        if app.focused().await.contains(wanted) {
            return;
        }
        app.key(Key::Tab).await;
    }
    app.give_up(&format!(
        "Tab never comes to {wanted}; it is at {}",
        app.focused().await
    ))
    .await;
}

#[tokio::test]
async fn from_the_start_to_a_running_container_and_back() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let app = App::on(&engine).await;
    app.read("No containers yet").await;

    app.ctrl('2').await;
    app.see("heading", "Images").await;
    tab_to(&app, "Pull an image").await;
    app.key(Key::Enter).await;
    app.see("dialog", "Pull an image").await;
    app.press("busy").await;
    app.ctrl(char::from(Key::Enter)).await;
    app.read("busy is on this computer").await;
    tab_to(&app, "Run it").await;
    app.key(Key::Enter).await;

    app.see("dialog", "Run an image").await;
    app.read("EXPOSE 8080").await;
    tab_to(&app, "Name").await;
    app.press("by-keys").await;
    app.ctrl(char::from(Key::Enter)).await;
    app.see("heading", "by-keys").await;
    assert_eq!(cli(&engine, &["ps", "--format", "{{.Names}}"]), ["by-keys"]);
    tab_to(&app, "tab ").await;
    let first = app.focused().await;
    app.key(Key::Right).await;
    let next = app.focused().await;
    assert!(next.starts_with("tab ") && next != first, "{first}, {next}");

    app.ctrl('1').await;
    app.see("heading", "Containers").await;
    tab_to(&app, "tr by-keys").await;
    for (status, running) in [("Stopped", 0), ("Running", 1), ("Stopped", 0)] {
        app.press("s").await;
        app.until(&format!("it is not {status}"), async || {
            app.rows().await.concat().contains(status)
        })
        .await;
        assert_eq!(cli(&engine, &["ps", "-q"]).len(), running);
    }
    app.key(Key::Enter).await;
    app.see("heading", "by-keys").await;

    app.ctrl('1').await;
    tab_to(&app, "tr by-keys").await;
    app.key(Key::Delete).await;
    app.see("alertdialog", "Remove by-keys?").await;
    assert!(
        app.focused().await.contains("Cancel"),
        "the safe choice has the focus"
    );
    app.key(Key::Escape).await;
    app.gone("alertdialog", "Remove by-keys?").await;
    assert!(
        app.focused().await.contains("by-keys"),
        "the focus is back on the row"
    );
    app.key(Key::Delete).await;
    app.see("alertdialog", "Remove by-keys?").await;
    tab_to(&app, "Remove by-keys").await;
    app.key(Key::Enter).await;
    app.read("No containers yet").await;
    assert!(cli(&engine, &["ps", "-aq"]).is_empty());
    app.close().await;
}

#[tokio::test]
async fn each_region_and_page_has_its_key() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let app = App::on(&engine).await;
    app.read("No containers yet").await;
    for (key, page) in [('2', "Images"), (',', "Settings"), ('1', "Containers")] {
        app.ctrl(key).await;
        app.see("heading", page).await;
        app.until("the heading has no focus", async || {
            app.focused().await.contains(page)
        })
        .await;
    }
    app.ctrl('f').await;
    app.until("the find box has no focus", async || {
        app.focused().await.contains("Find by name")
    })
    .await;
    app.ctrl('n').await;
    app.see("dialog", "Run an image").await;
    app.key(Key::Escape).await;
    app.gone("dialog", "Run an image").await;

    // F6 goes round the regions and comes back to where it began.
    let mut seen = Vec::new();
    for _ in 0..8 {
        app.key(Key::F6).await;
        seen.push(app.focused().await);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 4, "navigation, top bar, page, trail: {seen:?}");
    app.close().await;
}

#[tokio::test]
async fn the_engines_are_chosen_from_by_keys() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let app = App::on(&engine).await;
    app.read("No containers yet").await;
    for opens in [Key::Down, Key::Enter] {
        tab_to(&app, "Switch engine").await;
        app.key(opens).await;
        app.see("menu", "Engines").await;
        app.until("no engine has the focus", async || {
            app.focused()
                .await
                .starts_with("menuitemradio Docker 20.10")
        })
        .await;
        app.key(Key::Escape).await;
        app.gone("menu", "Engines").await;
        app.until("the focus is not back", async || {
            app.focused().await.contains("Switch engine")
        })
        .await;
    }
    app.key(Key::Down).await;
    app.see("menu", "Engines").await;
    app.key(Key::End).await;
    app.key(Key::Enter).await;
    app.see("heading", "Settings").await;
    app.close().await;
}
