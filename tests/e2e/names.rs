//! Names that are taken, and names that cannot be: said at the field where the page can know it, and by
//! a card with a way out where only the engine does.

use slipway_lab::scripted::{Reply, Scripted};
use slipway_lab::{Kind, Lab};

use slipway_window::{App, Start, cli};

#[tokio::test]
async fn a_taken_name_is_said_while_it_is_typed() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("busy").unwrap();
    let docker = |words: &[&str]| engine.docker(words).unwrap().ok().unwrap();
    docker(&["create", "--name", "taken", "busy"]);
    let app = App::on(&engine).await;
    app.rows_are(&["taken".into()]).await;
    app.open_run("busy").await;
    app.read("EXPOSE 8080").await;
    app.fill("Name", "taken").await;
    app.is_told("Name", "Another container is named taken")
        .await;
    assert!(!app.can_press("Run").await);
    app.show("run-name-taken").await;

    // Somebody else takes the next one while it stands in the field, and gives it back.
    app.fill("Name", "mine").await;
    app.until("mine is free", async || app.can_press("Run").await)
        .await;
    docker(&["create", "--name", "mine", "busy"]);
    app.is_told("Name", "Another container is named mine").await;
    docker(&["rm", "mine"]);
    app.until("mine is free again", async || app.can_press("Run").await)
        .await;
    assert_eq!(app.value("Name").await, "mine");

    // Without a name the engine chooses one.
    app.fill("Name", "").await;
    app.run().await;
    app.gone("dialog", "Run an image").await;
    let names = cli(&engine, &["ps", "--format", "{{.Names}}"]);
    app.see("heading", &names[0]).await;
    app.close().await;
}

#[tokio::test]
async fn what_is_no_image_is_said_at_its_field() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let app = App::on(&engine).await;
    app.click("button", "Run an image").await;
    app.see("dialog", "Run an image").await;
    let run = app.see("button", "Run").await;
    app.settled(&run).await;
    run.click().await.unwrap();
    app.read("Choose an image first.").await;
    let long = "x".repeat(300);
    for bad in [
        "Ubuntu",
        "../x?force=1",
        "<img src=x onerror=alert(1)>",
        "ubuntu\u{202e}",
        long.as_str(),
    ] {
        app.fill("Image", bad).await;
        app.until(&format!("nothing is said of {bad:?}"), async || {
            let invalid = app.field("Image").await.attr("aria-invalid").await.unwrap();
            invalid.as_deref() == Some("true")
        })
        .await;
        assert!(!app.can_press("Run").await, "{bad:?} cannot be sent");
        assert_eq!(app.value("Image").await, bad, "what was typed stays");
    }
    let trail = app.trail().await;
    assert!(!trail.contains("docker run"), "something was sent: {trail}");
    assert!(cli(&engine, &["ps", "-aq"]).is_empty());
    app.close().await;
}

/// An engine that knows of a container which its list does not tell yet.
#[tokio::test]
async fn a_name_that_only_the_engine_knows_to_be_taken_has_a_way_out() {
    let id = "4f2c".repeat(16);
    let taken = format!(
        "Conflict. The container name \"/web\" is already in use by container \"{id}\". You have to \
         remove (or rename) that container to be able to reuse that name."
    );
    let other = format!(
        r#"{{"Id":"{id}","Name":"/web","Image":"sha256:01","Created":"2024-01-01T00:00:00Z","Config":{{"Image":"busy"}},
        "State":{{"Status":"exited","Running":false,"ExitCode":0}},"HostConfig":{{}},"NetworkSettings":{{}}}}"#
    );
    let server = Scripted::new()
        .on("GET /info", Reply::json("{}"))
        .on("GET /events", Reply::chunked_open(&[]))
        .on("GET /containers/json", Reply::json("[]"))
        .on("GET /containers/", Reply::json(other))
        .on("GET /images/json", Reply::json("[]"))
        .on(
            "GET /images/",
            Reply::json(
                r#"{"Id":"sha256:01","RepoTags":["busy:latest"],"Config":{"Cmd":["busy"]}}"#,
            ),
        )
        .on("POST /containers/create", Reply::error(409, &taken))
        .start()
        .unwrap();
    let app = App::start(Start {
        extra_env: vec![("DOCKER_HOST", server.host())],
        ..Start::default()
    })
    .await;
    app.open_run("busy").await;
    app.fill("Name", "web").await;
    app.run().await;
    app.read("is taken").await;
    app.show("run-name-refused").await;
    assert_eq!(app.value("Name").await, "web", "what was typed stays");
    assert_eq!(app.value("~Image").await, "busy");
    app.see("button", "~Remove").await;
    app.close().await;
}
