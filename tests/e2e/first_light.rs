//! The first ten minutes of a beginner, on each engine, which starts empty: pull hello-world, run it, read
//! it; remove it; then a web app, its page in the preview, a second one beside it.

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
    if let Some((_, why)) = lab
        .missing()
        .into_iter()
        .find(|(missing, _)| *missing == kind)
    {
        return left_out(&format!("first light on {}", kind.name()), &why).unwrap();
    }
    let engine = lab.fresh(kind).unwrap();
    let app = App::on(&engine).await;
    hello_world(&app, &engine).await;
    remove_it_all(&app, &engine).await;
    web_app(&app, &engine, kind).await;
    app.close().await;
}

async fn hello_world(app: &App, engine: &Engine) {
    app.read("No containers yet").await;
    app.pull("hello-world").await;
    app.click("button", "Run it").await;
    app.see("dialog", "Run an image").await;
    app.run().await;
    app.gone("dialog", "Run an image").await;
    app.click("tab", "Output").await;
    app.read("Hello from Docker!").await;
    app.read("Finished normally (exit 0)").await;

    app.go("Containers").await;
    app.rows_are(&cli(
        engine,
        &["container", "ls", "-a", "--format", "{{.Names}}"],
    ))
    .await;
    app.go("Images").await;
    app.until("hello-world is not listed", async || {
        app.rows()
            .await
            .iter()
            .any(|row| row.contains("hello-world"))
    })
    .await;
    assert_eq!(
        cli(engine, &["image", "ls", "-q"]).len(),
        app.rows().await.len()
    );
}

async fn remove_it_all(app: &App, engine: &Engine) {
    // The image is still used by the stopped container: the engine refuses, and the card mends it.
    app.go("Images").await;
    app.click("button", "~Remove hello-world").await;
    app.click("button", "~Remove hello-world").await;
    app.read("is in use").await;
    app.click("button", "~Remove the container").await;
    app.until("the image is not gone", async || {
        cli(engine, &["image", "ls", "-q"]).is_empty() && app.rows().await.is_empty()
    })
    .await;
    assert!(cli(engine, &["container", "ls", "-aq"]).is_empty());
}

async fn web_app(app: &App, engine: &Engine, kind: Kind) {
    app.click("button", "Close").await;
    app.pull("flask_app_df").await;
    app.click("button", "Run it").await;
    let mut names = Vec::new();
    for (name, port) in [("hello", "5000"), ("second", "5001")] {
        if port == "5001" {
            app.open_run("flask_app_df").await;
        }
        app.see("dialog", "Run an image").await;
        app.fill("Name", name).await;
        app.read("EXPOSE 5050").await;
        app.fill("~Port on this computer", port).await;
        app.read(&format!("{port} is free")).await;
        app.run().await;
        app.gone("dialog", "Run an image").await;
        names.push(name.to_owned());

        let id = cli(engine, &["inspect", name, "--format", "{{.Id}}"])[0][..12].to_owned();
        app.click("tab", "~Preview").await;
        app.read("200 OK").await;
        let shown = app.preview_text().await;
        assert!(
            shown.contains(&format!("Hello flask from inside Docker container id {id}")),
            "the preview shows: {shown}"
        );
        if name == "hello" && kind == Kind::Docker20 {
            app.picture("preview");
        }
    }
    app.go("Containers").await;
    app.rows_are(&names).await;
    for name in &names {
        app.click("button", &format!("Stop {name}")).await;
    }
    app.until("they do not stop", async || {
        cli(engine, &["container", "ls", "-q"]).is_empty()
    })
    .await;
    app.click("button", "~Remove stopped").await;
    app.click("button", "~Remove 2").await;
    app.read("No containers yet").await;
    assert!(cli(engine, &["container", "ls", "-aq"]).is_empty());
}
