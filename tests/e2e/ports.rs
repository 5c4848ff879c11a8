//! A port that cannot be published is said at its row while it is typed, with a way out where there is
//! one; nothing is sent, and nothing that was typed is lost.

use std::net::TcpListener;

use slipway_lab::scripted::{Reply, Scripted};
use slipway_lab::{Kind, Lab};

use slipway_window::{App, Start, cli};

const HOST: &str = "~Port on this computer";
const INSIDE: &str = "~Port in the container";

#[tokio::test]
async fn each_is_said_at_its_row() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    for image in ["flask_app_df", "busy"] {
        engine.load_image(image).unwrap();
    }
    let process = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let by_process = process.local_addr().unwrap().port();
    let holds = [
        "run",
        "-d",
        "--name",
        "holder",
        "-p",
        "127.0.0.1::8080",
        "busy",
    ];
    engine.docker(&holds).unwrap().ok().unwrap();
    let by_container = cli(&engine, &["port", "holder", "8080"])[0]
        .rsplit(':')
        .next()
        .unwrap()
        .to_owned();
    let before = cli(&engine, &["ps", "-aq", "--no-trunc"]);

    let app = App::on(&engine).await;
    app.open_run("flask_app_df").await;
    app.read("EXPOSE 5050").await;
    app.fill("Name", "kept").await;
    for (field, typed, said, fix) in [
        (HOST, "0", "leave the field empty", false),
        (HOST, "70000", "There is no port “70000”", false),
        (HOST, "abc", "“abc” is not a port", false),
        (HOST, "5000-4000", "runs backwards", false),
        (INSIDE, "0", "There is no port 0", false),
        (INSIDE, "70000", "There is no port “70000”", false),
        (INSIDE, "", "is missing", false),
        (HOST, &by_process.to_string(), "is used by process", true),
        (HOST, &by_container, "is used by container holder", true),
    ] {
        let was = app.value(field).await;
        app.fill(field, typed).await;
        app.is_told(field, said).await;
        app.until(&format!("{typed:?} can be sent"), async || {
            !app.can_press("Run").await
        })
        .await;
        let invalid = app.field(field).await.attr("aria-invalid").await.unwrap();
        assert_eq!(invalid.as_deref(), Some("true"), "{typed:?} is marked");
        app.ctrl('\u{e007}').await;
        app.see("button", "Run").await.click().await.unwrap();
        app.see("dialog", "Run an image").await;
        assert_eq!(app.value(field).await, typed, "what was typed stays");
        assert_eq!(app.value("Name").await, "kept");
        if !fix {
            app.fill(field, &was).await;
            continue;
        }
        app.show("run-port-taken").await;
        let free: u16 = typed.parse::<u16>().unwrap() + 1;
        // The next free port: the one after it, unless this machine uses that too.
        let use_it = app.see("button", "~Use ").await;
        let offered = use_it.text().await.unwrap();
        let offered = offered.trim_start_matches("Use ").to_owned();
        assert!(offered.parse::<u16>().unwrap() >= free, "{offered}");
        use_it.click().await.unwrap();
        app.is_told(field, &format!("{offered} is free")).await;
        assert_eq!(app.value(field).await, offered);
        assert!(app.can_press("Run").await);
    }
    // A range is looked at port by port, where the container has as many.
    let range = format!("{by_process}-{}", by_process + 2);
    app.fill(INSIDE, "5050-5052").await;
    app.fill(HOST, &range).await;
    let said = format!("{by_process}, which is in this range, is used by process");
    app.is_told(HOST, &said).await;
    app.show("run-port-range").await;
    app.until("it can be sent", async || !app.can_press("Run").await)
        .await;
    app.fill(INSIDE, "5050").await;
    app.is_told(HOST, "takes the first free port of").await;
    app.until("it cannot be sent", async || app.can_press("Run").await)
        .await;
    let trail = app.trail().await;
    assert!(!trail.contains("docker run"), "something was sent: {trail}");
    assert_eq!(cli(&engine, &["ps", "-aq", "--no-trunc"]), before);

    // An engine with all rights may have it: a warning, and it can be sent.
    let low = (1..1024)
        .rev()
        .find(|&port| TcpListener::bind(("127.0.0.1", port)).is_ok());
    let low = low.expect("a low port is free").to_string();
    app.fill(HOST, &low).await;
    app.is_told(HOST, "kept for well-known programs").await;
    assert!(app.can_press("Run").await);
    app.run().await;
    app.see("heading", "kept").await;
    let published = cli(&engine, &["port", "kept"]);
    assert_eq!(published, [format!("5050/tcp -> 127.0.0.1:{low}")]);
    app.close().await;
}

#[tokio::test]
async fn low_ones_need_rights_that_a_rootless_engine_lacks() {
    let image = r#"{"Id":"sha256:0123456789abcdef","RepoTags":["web:latest"],"Created":"2024-01-01T00:00:00Z","Size":1,
        "Config":{"ExposedPorts":{"80/tcp":{}},"Cmd":["serve"]},"Os":"linux","Architecture":"amd64"}"#;
    let server = Scripted::new()
        .on("GET /info", Reply::json(r#"{"SecurityOptions":["name=rootless"]}"#))
        .on("GET /events", Reply::chunked_open(&[]))
        .on("GET /containers/json", Reply::json("[]"))
        .on(
            "GET /images/json",
            Reply::json(r#"[{"Id":"sha256:0123456789abcdef","RepoTags":["web:latest"],"RepoDigests":[],"ParentId":"",
                "Created":1700000000,"Size":1,"SharedSize":-1,"Labels":{},"Containers":-1}]"#),
        )
        .on("GET /images/", Reply::json(image))
        .start()
        .unwrap();
    let app = App::start(Start {
        extra_env: vec![("DOCKER_HOST", server.host())],
        ..Start::default()
    })
    .await;
    app.open_run("web").await;
    app.read("EXPOSE 80").await;
    app.fill(HOST, "81").await;
    app.is_told(HOST, "need more rights than this engine has")
        .await;
    // A warning: whether somebody gave the engine this right can't be seen from here.
    assert!(app.can_press("Run").await);
    app.click("button", "~Use 80").await;
    app.until("no other port came", async || {
        app.value(HOST)
            .await
            .parse::<u16>()
            .is_ok_and(|port| port >= 8081)
    })
    .await;
    app.close().await;
}
