//! axe-core finds nothing serious on any screen, in light and dark, wide and narrow.

use fantoccini::key::Key;
use serde_json::{Value, json};
use slipway_lab::{Kind, Lab};

use slipway_window::{App, Start};

const AXE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/ui/node_modules/axe-core/axe.min.js"
);

/// Looks at what is shown, in both themes, and keeps a picture of each.
pub(super) async fn check(app: &App, screen: &str) {
    let axe = std::fs::read_to_string(AXE).expect("axe-core is among ui's packages");
    app.client.execute(&axe, vec![]).await.unwrap();
    let run = "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] }).then((found) => \
        done(found.violations.map(({ id, impact, nodes }) => ({ id, impact, at: nodes.map((n) => n.html.slice(0, 200) + ' ' + n.failureSummary) }))), (e) => done(String(e)))";
    for theme in ["light", "dark"] {
        let set = "document.documentElement.dataset.theme = arguments[0]; return document.body.offsetWidth";
        app.client.execute(set, vec![json!(theme)]).await.unwrap();
        let found = app.client.execute_async(run, vec![]).await.unwrap();
        let Value::Array(found) = found else {
            panic!("axe could not look at {screen}: {found}")
        };
        let serious: Vec<_> = found
            .iter()
            .filter(|one| one["impact"] == "serious" || one["impact"] == "critical")
            .collect();
        assert!(serious.is_empty(), "{screen}, {theme}: {serious:#?}");
        app.picture(&format!("{screen}-{theme}"));
        // A dialog that is larger than the window hides its buttons.
        let outside = "return [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].filter((dialog) => { \
            const at = dialog.getBoundingClientRect(); \
            return at.left < 0 || at.top < 0 || at.right > innerWidth || at.bottom > innerHeight }).length";
        let outside = app.client.execute(outside, vec![]).await.unwrap();
        assert_eq!(outside, json!(0), "{screen}, {theme}: a dialog is cut off");
    }
}

/// The same in the usual window and in the smallest one.
pub(super) async fn check_both(app: &App, screen: &str) {
    check(app, screen).await;
    size(app, (900, 600)).await;
    check(app, &format!("{screen}-narrow")).await;
    size(app, (1280, 800)).await;
}

async fn size(app: &App, (width, height): (u32, u32)) {
    app.client.set_window_size(width, height).await.unwrap();
    app.until(
        "the window has not the size that it was given",
        async || {
            let inner = app
                .client
                .execute("return [innerWidth, innerHeight]", vec![]);
            inner
                .await
                .is_ok_and(|inner| inner == json!([width, height]))
        },
    )
    .await;
}

#[tokio::test]
async fn no_screen_shuts_anyone_out() {
    screens((1280, 800), "").await;
}

#[tokio::test]
async fn no_narrow_screen_shuts_anyone_out() {
    screens((900, 600), "-narrow").await;
}

async fn screens(size: (u32, u32), suffix: &str) {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let app = App::start(Start {
        engine: Some(&engine),
        size,
        ..Start::default()
    })
    .await;
    let escape = char::from(Key::Escape).to_string();

    app.read("No containers yet").await;
    check(&app, &format!("containers-empty{suffix}")).await;
    for image in ["hello-world", "flask_app_df", "ubuntu"] {
        engine.load_image(image).unwrap();
    }
    let docker = |words: &[&str]| engine.docker(words).unwrap().ok().unwrap();
    docker(&["run", "--name", "vigilant_hopper", "hello-world"]);
    docker(&[
        "run",
        "-d",
        "--name",
        "hello",
        "-p",
        "127.0.0.1:5000:5050",
        "flask_app_df",
    ]);
    docker(&["run", "-dit", "--name", "gifted_noether", "ubuntu"]);
    let failed = engine
        .docker(&["run", "--name", "sleepy_wing", "ubuntu", "false"])
        .unwrap();
    assert!(failed.ok().is_err(), "`false` fails");
    app.rows_are(&["vigilant_hopper", "hello", "gifted_noether", "sleepy_wing"].map(String::from))
        .await;
    check(&app, &format!("containers{suffix}")).await;
    app.go("Images").await;
    app.read("flask_app_df").await;
    check(&app, &format!("images{suffix}")).await;
    app.click("button", "Pull an image").await;
    app.see("dialog", "Pull an image").await;
    check(&app, &format!("pull{suffix}")).await;
    app.press(&escape).await;
    app.gone("dialog", "Pull an image").await;

    app.open_run("flask_app_df").await;
    app.read("EXPOSE 5050").await;
    check(&app, &format!("run{suffix}")).await;
    app.press(&escape).await;
    if !app.all("dialog", None).await.is_empty() {
        app.press(&escape).await;
    }
    app.gone("dialog", "Run an image").await;

    app.go("Containers").await;
    app.click("link", "hello").await;
    app.see("heading", "hello").await;
    check(&app, &format!("container-overview{suffix}")).await;
    app.click("tab", "Output").await;
    app.read("Serving on").await;
    check(&app, &format!("container-output{suffix}")).await;
    app.click("tab", "~Preview").await;
    app.read("200 OK").await;
    check(&app, &format!("container-preview{suffix}")).await;
    app.click("tab", "Inspect").await;
    app.read("\"Id\"").await;
    check(&app, &format!("container-inspect{suffix}")).await;

    app.click("link", "~Settings").await;
    app.see("heading", "Settings").await;
    check(&app, &format!("settings{suffix}")).await;
    app.close().await;
}

#[tokio::test]
async fn no_screen_of_commands_shuts_anyone_out() {
    commands((1280, 800), "").await;
}

#[tokio::test]
async fn no_narrow_screen_of_commands_shuts_anyone_out() {
    commands((900, 600), "-narrow").await;
}

async fn commands(size: (u32, u32), suffix: &str) {
    const BAR: &str = "Search, or paste a docker command";
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let app = App::start(Start {
        engine: Some(&engine),
        size,
        ..Start::default()
    })
    .await;
    app.read("No containers yet").await;
    app.ctrl('k').await;
    app.see("dialog", BAR).await;
    check(&app, &format!("bar-empty{suffix}")).await;
    app.fill(BAR, "docker run --rm -p 5000:5050 --cap-add NET_ADMIN bu")
        .await;
    app.read("The image to make the container from.").await;
    check(&app, &format!("bar-explained{suffix}")).await;
    app.fill(BAR, "docker run --detatch busy").await;
    app.read("Did you mean").await;
    check(&app, &format!("bar-wrong{suffix}")).await;

    app.fill(BAR, "docker volume create notes").await;
    app.click("button", "~Open in the form").await;
    app.see("button", "~Make a volume").await;
    check(&app, &format!("form{suffix}")).await;
    app.click("button", "~Make a volume").await;
    app.until("the form does not go", async || {
        app.all("dialog", None).await.is_empty()
    })
    .await;

    app.ctrl('k').await;
    app.fill(BAR, "docker image history busy").await;
    app.click("button", "~Show the answer").await;
    app.read("CREATED BY").await;
    check(&app, &format!("answer{suffix}")).await;
    app.key(Key::Escape).await;
    app.until("the answer does not go", async || {
        app.all("dialog", None).await.is_empty()
    })
    .await;

    app.ctrl('k').await;
    app.fill(BAR, "docker container --help").await;
    app.click("button", "~Open the help").await;
    app.read("docker container").await;
    check(&app, &format!("help{suffix}")).await;
    app.key(Key::Escape).await;
    app.until("the help does not go", async || {
        app.all("dialog", None).await.is_empty()
    })
    .await;

    app.ctrl('k').await;
    app.fill(BAR, "docker pull busy").await;
    app.shift(Key::Enter).await;
    app.press("docker run busy").await;
    app.click("button", "~Go through them one by one").await;
    app.read("Going through 2 commands").await;
    app.ctrl('j').await;
    check(&app, &format!("steps-and-trail{suffix}")).await;
    app.close().await;
}

#[tokio::test]
async fn no_screen_of_builds_shuts_anyone_out() {
    builds((1280, 800), "").await;
}

#[tokio::test]
async fn no_narrow_screen_of_builds_shuts_anyone_out() {
    builds((900, 600), "-narrow").await;
}

/// The build room: nothing chosen, no Dockerfile, a file with suggestions, a build that runs, one that
/// failed, one that is done; their history and the image's page.
async fn builds(size: (u32, u32), suffix: &str) {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    engine.load_image("ubuntu").unwrap();
    let folder = tempfile::Builder::new()
        .prefix("flask_app-")
        .tempdir()
        .unwrap();
    let place = folder.path();
    let write = |name: &str, text: &str| std::fs::write(place.join(name), text).unwrap();
    write("app.py", "print('hello')\n");
    let app = App::start(Start {
        engine: Some(&engine),
        size,
        ..Start::default()
    })
    .await;
    app.read("No containers yet").await;
    app.go("Build").await;
    app.read("Choose the folder with your files").await;
    check(&app, &format!("build-empty{suffix}")).await;
    app.click("button", "Choose… Context folder").await;
    app.pick("The folder whose files the Dockerfile can use", place);
    app.read("No Dockerfile in this folder").await;
    check(&app, &format!("build-no-dockerfile{suffix}")).await;
    app.click("button", "Like the tutorial").await;
    app.see("textbox", "Dockerfile").await;
    check(&app, &format!("build-template{suffix}")).await;
    // The middle of a long text may be out of sight, where nothing can be clicked.
    let focus = "document.querySelector('.cm-content').focus()";
    app.client.execute(focus, vec![]).await.unwrap();
    app.ctrl_stroke('\u{e010}').await;
    for key in ['\u{e007}', 'E'] {
        app.stroke(key).await;
    }
    app.until("nothing is proposed", async || {
        !app.all("option", Some("~EXPOSE")).await.is_empty()
    })
    .await;
    check(&app, &format!("build-proposals{suffix}")).await;
    app.key(Key::Escape).await;
    for _ in 0..2 {
        app.stroke('\u{e003}').await;
    }

    write(
        "failed.dockerfile",
        "FROM ubuntu\nWORKDIR /app\nCOPY app.py .\nRUN echo one && echo two\nRUN pithon app.py\nRUN echo three\n",
    );
    write(
        "done.dockerfile",
        "FROM ubuntu AS base\nWORKDIR /app\nFROM base AS first\nCOPY app.py .\nFROM base AS second\nRUN echo two > two\nFROM base\nCOPY --from=first /app/app.py .\nCOPY --from=second /app/two .\n",
    );
    for (name, ended) in [("failed", "failed: RUN pithon"), ("done", "done is ready")] {
        app.ctrl('k').await;
        app.fill(
            "Search, or paste a docker command",
            &format!(
                "docker build -f {0}/{name}.dockerfile -t {name} {0}",
                place.display()
            ),
        )
        .await;
        app.click("button", "~Open the build page").await;
        app.until("the Dockerfile is not in the form", async || {
            !app.all("button", Some(&format!("Dockerfile: {name}.dockerfile")))
                .await
                .is_empty()
        })
        .await;
        check(&app, &format!("build-filled-{name}{suffix}")).await;
        app.click("button", "~Build").await;
        app.read(ended).await;
        check(&app, &format!("build-{name}{suffix}")).await;
    }
    app.click("button", "More options").await;
    app.see("switch", "Do every step again").await;
    check(&app, &format!("build-options{suffix}")).await;
    app.click("link", "Look at its layers").await;
    app.see("list", "Layers, oldest first").await;
    app.click("button", "Read the image").await;
    app.until("the image is not read", async || {
        !app.all("button", Some("~Show the files of"))
            .await
            .is_empty()
    })
    .await;
    check(&app, &format!("image{suffix}")).await;
    app.go("Build").await;
    app.click("link", "All builds").await;
    app.see("table", "Builds").await;
    check(&app, &format!("builds{suffix}")).await;
    for row in app.all("checkbox", Some("~Choose docker build")).await {
        row.click().await.unwrap();
    }
    app.click("button", "Compare").await;
    app.see("table", "Time of each step").await;
    check(&app, &format!("builds-compared{suffix}")).await;
    app.close().await;
}
