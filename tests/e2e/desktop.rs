//! The window among others: one of it, where it was left, and what comes up beside it.

use slipway_lab::{Kind, Lab, wait_until};

use slipway_window::{App, Desktop, PATIENCE, WindowManager, windows, xdotool};

#[test]
fn a_second_start_shows_the_first_window_and_ends() {
    let desktop = Desktop::start(1280, 800);
    let mut first = desktop.launch();
    let window = desktop.window("Slipway");
    xdotool(desktop.name(), &["windowminimize", "--sync", &window]);
    wait_until(PATIENCE, "the window to be small", || {
        desktop.windows("Slipway").is_empty().then_some(())
    })
    .unwrap();
    let mut second = desktop.launch();
    assert!(second.ended().success(), "it steps back without a failure");
    assert_eq!(
        desktop.window("Slipway"),
        window,
        "the first one shows itself"
    );
    wait_until(PATIENCE, "the focus", || {
        (xdotool(desktop.name(), &["getactivewindow"]).trim() == window).then_some(())
    })
    .unwrap();
    assert_eq!(desktop.windows("Slipway").len(), 1);
    assert!(first.runs());
}

#[test]
fn a_second_start_says_so_where_it_cannot_show_the_first() {
    let desktop = Desktop::without_bus(1280, 800);
    let mut first = desktop.launch();
    let window = desktop.window("Slipway");
    let mut second = desktop.launch();
    let said = desktop.window("Slipway is running already");
    xdotool(
        desktop.name(),
        &["windowactivate", "--sync", &said, "key", "Return"],
    );
    assert!(second.ended().success(), "it steps back without a failure");
    assert_eq!(desktop.windows("Slipway"), [window]);
    assert!(first.runs());
}

#[test]
fn it_opens_where_and_as_large_as_it_was_left() {
    let desktop = Desktop::start(1600, 1000);
    let mut first = desktop.launch();
    let window = desktop.window("Slipway");
    let name = desktop.name();
    xdotool(name, &["windowsize", "--sync", &window, "900", "640"]);
    xdotool(name, &["windowmove", "--sync", &window, "320", "170"]);
    let at = |window: &str, place: [i32; 4]| {
        let now = desktop.place(window);
        // The frame's own width lies between where a window is put and where it is.
        now.iter()
            .zip(place)
            .all(|(now, then)| (now - then).abs() <= 40)
    };
    let left = wait_until(PATIENCE, "the window to move", || {
        at(&window, [320, 170, 900, 640]).then(|| desktop.place(&window))
    })
    .unwrap();
    // As by the cross in its frame.
    xdotool(
        name,
        &["windowactivate", "--sync", &window, "key", "alt+F4"],
    );
    assert!(first.ended().success(), "it ends by itself");

    let _again = desktop.launch();
    let window = desktop.window("Slipway");
    let what = format!("the window to be at {left:?} again");
    wait_until(PATIENCE, &what, || {
        (desktop.place(&window) == left).then_some(())
    })
    .unwrap_or_else(|error| panic!("{error}; it is at {:?}", desktop.place(&window)));
}

#[tokio::test]
async fn a_folder_is_picked_for_a_volume() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let folder = tempfile::Builder::new()
        .prefix("picked ")
        .tempdir()
        .unwrap();
    let app = App::on(&engine).await;
    app.open_run("busy").await;
    app.click("button", "Add a folder").await;
    app.click("button", "Choose a folder, row 1").await;
    let title = "^Choose a folder for the container$";
    let find = || windows(app.display(), &["--onlyvisible", "--name", title]);
    let dialog = wait_until(PATIENCE, "the system’s dialog", || find().pop()).unwrap();
    app.picture("folder-picker");
    let do_it = |words: &[&str]| xdotool(app.display(), words);
    do_it(&["windowfocus", "--sync", &dialog]);
    // A typed slash opens GTK's field for a path.
    do_it(&[
        "type",
        "--delay",
        "20",
        &folder.path().display().to_string(),
    ]);
    app.picture("folder-picker-typed");
    do_it(&["key", "Return"]);
    wait_until(PATIENCE, "the dialog to go", || {
        find().is_empty().then_some(())
    })
    .unwrap();
    let wanted = folder.path().display().to_string();
    app.until("the folder is not in the row", async || {
        app.value("Folder or volume, row 1").await == wanted
    })
    .await;
    app.fill("Folder in the container, row 1", "/data").await;
    app.read(&format!("'{wanted}:/data'")).await;

    // Nothing picked leaves what was there.
    app.click("button", "Choose a folder, row 1").await;
    let dialog = wait_until(PATIENCE, "the system’s dialog", || find().pop()).unwrap();
    do_it(&["windowfocus", "--sync", &dialog]);
    do_it(&["key", "Escape"]);
    wait_until(PATIENCE, "the dialog to go", || {
        find().is_empty().then_some(())
    })
    .unwrap();
    assert_eq!(app.value("Folder or volume, row 1").await, wanted);
    app.close().await;
}

#[tokio::test]
async fn the_preview_goes_into_a_window_of_its_own() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let run = [
        "run",
        "-d",
        "--name",
        "web",
        "-p",
        "127.0.0.1::8080",
        "busy",
    ];
    engine.docker(&run).unwrap().ok().unwrap();
    let app = App::on(&engine).await;
    let _manager = WindowManager::start(app.display());
    app.click("link", "web").await;
    app.click("tab", "~Preview").await;
    app.read("200 OK").await;
    let inside = app.preview_text().await;
    app.click("button", "Open in its own window").await;
    let window = wait_until(PATIENCE, "the preview’s window", || {
        windows(app.display(), &["--onlyvisible", "--name", " - Slipway$"]).pop()
    })
    .unwrap();
    app.until("its page is not shown", async || {
        app.client.windows().await.unwrap().len() >= 2
    })
    .await;
    assert_eq!(app.preview_text().await, inside);
    app.picture("preview-window");
    // Closing it, as by the cross in its frame, closes nothing else.
    let close = ["windowactivate", "--sync", &window, "key", "alt+F4"];
    xdotool(app.display(), &close);
    wait_until(PATIENCE, "the preview’s window to go", || {
        let found = windows(app.display(), &["--name", " - Slipway$"]);
        found.is_empty().then_some(())
    })
    .unwrap();
    app.see("heading", "web").await;
    app.go("Containers").await;
    app.close().await;
}
