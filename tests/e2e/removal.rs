//! What is removed through the window is gone from the engine, on each kind, and the lists are those that
//! the CLI prints.

use slipway_lab::{Engine, Kind, Lab, left_out};

use slipway_window::{App, cli};

#[tokio::test]
async fn docker_20() {
    on(Kind::Docker20).await;
}

#[tokio::test]
async fn docker_newest() {
    on(Kind::DockerNewest).await;
}

#[tokio::test]
async fn podman() {
    on(Kind::Podman).await;
}

async fn on(kind: Kind) {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let missing = lab.missing().into_iter().find(|(other, _)| *other == kind);
    if let Some((_, why)) = missing {
        return left_out(&format!("removal on {}", kind.name()), &why).unwrap();
    }
    let engine = lab.fresh(kind).unwrap();
    for image in ["busy", "hello-world"] {
        engine.load_image(image).unwrap();
    }
    let docker = |words: &[&str]| engine.docker(words).unwrap().ok().unwrap();
    for name in ["runs", "waits"] {
        docker(&["run", "-d", "--name", name, "busy"]);
    }
    docker(&["create", "--name", "never", "busy"]);
    docker(&["run", "--name", "done", "hello-world"]);
    docker(&["tag", "busy", "other/name:v2"]);

    let app = App::on(&engine).await;
    containers(&app, &engine).await;
    images(&app, &engine).await;
    app.close().await;
}

async fn are_listed(app: &App, engine: &Engine) {
    let names = ["container", "ls", "-a", "--format", "{{.Names}}"];
    app.rows_are(&cli(engine, &names)).await;
}

async fn containers(app: &App, engine: &Engine) {
    are_listed(app, engine).await;
    let rows = app.rows().await.join("\n");
    assert_eq!(rows.matches("Running").count(), 2, "{rows}");

    // One that has ended goes without more questions, one that runs only when that is said.
    for (name, runs) in [("done", false), ("runs", true)] {
        app.click("button", &format!("More actions for {name}"))
            .await;
        app.click("menuitem", "~Remove…").await;
        app.see("alertdialog", &format!("Remove {name}?")).await;
        let remove = format!("Remove {name}");
        if runs {
            assert!(!app.can_press(&remove).await, "it runs");
            app.click("switch", "~Stop it at once and remove it").await;
            app.read("docker rm -f").await;
        }
        app.click("button", &remove).await;
        app.gone("alertdialog", &format!("Remove {name}?")).await;
        are_listed(app, engine).await;
    }
    app.click("button", "Remove stopped…").await;
    app.read("docker container prune").await;
    app.click("button", "Remove 1 container").await;
    app.rows_are(&["waits".into()]).await;
    are_listed(app, engine).await;
}

async fn images(app: &App, engine: &Engine) {
    app.go("Images").await;
    let names = ["image", "ls", "--format", "{{.Repository}}"];
    let listed = async |what: &str| {
        let mut wanted = cli(engine, &names);
        wanted.sort();
        app.until(what, async || {
            let rows = app.rows().await;
            rows.len() == wanted.len()
                && wanted
                    .iter()
                    .all(|name| rows.iter().any(|row| name.ends_with(first(row))))
        })
        .await;
    };
    listed("the images are not those that the engine has").await;
    app.click("button", "~Remove hello-world").await;
    app.click("button", "~Remove hello-world").await;
    app.until("the image does not go", async || {
        !cli(engine, &names)
            .iter()
            .any(|name| name.ends_with("hello-world"))
    })
    .await;
    listed("the removed image is still listed").await;
    // Of two names of one image, one goes and the image stays.
    let ids = cli(engine, &["image", "ls", "-q"]);
    app.click("button", "~Remove other/name").await;
    app.click("button", "~Remove other/name").await;
    app.until("the name does not go", async || {
        !cli(engine, &names)
            .iter()
            .any(|name| name.ends_with("other/name"))
    })
    .await;
    listed("the removed name is still listed").await;
    assert!(ids.contains(&cli(engine, &["image", "ls", "-q"])[0]));
}

/// The name that a row begins with.
fn first(row: &str) -> &str {
    let line = row.lines().map(str::trim).find(|line| !line.is_empty());
    let name = line.unwrap_or("(an empty row)");
    name.split(':').next().unwrap_or(name)
}
