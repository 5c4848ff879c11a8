//! Ten thousand containers: however they are scrolled, every row in sight is filled.

use fantoccini::key::Key;
use serde_json::{Value, json};
use slipway_lab::scripted::{Reply, Scripted};

use slipway_window::{App, Start, xdotool};

const MANY: usize = 10_000;

/// The list of an engine with that many containers, every third of them stopped.
fn containers() -> String {
    let rows: Vec<Value> = (0..MANY)
        .map(|number| {
            let runs = number % 3 != 0;
            json!({
                "Id": format!("{number:064x}"), "Names": [format!("/box-{number:05}")], "Image": "busy",
                "ImageID": "sha256:01", "Command": "busy", "Created": 1_700_000_000 - number, "Labels": {},
                "Ports": [{ "IP": "127.0.0.1", "PrivatePort": 8080, "PublicPort": 20_000 + number, "Type": "tcp" }],
                "State": if runs { "running" } else { "exited" },
                "Status": if runs { "Up 2 hours" } else { "Exited (0) 2 hours ago" },
            })
        })
        .collect();
    Value::from(rows).to_string()
}

/// The names of the rows in sight, top to bottom.
async fn in_sight(app: &App) -> Vec<String> {
    let script = include_str!("in_sight.js");
    let names = app.client.execute_async(script, vec![]).await.unwrap();
    let names = names.as_array().cloned().unwrap_or_default();
    names
        .iter()
        .map(|name| name.as_str().unwrap_or_default().to_owned())
        .collect()
}

/// Nothing in sight is blank, and the rows follow each other; gives the last one.
fn whole(names: &[String], what: &str) -> usize {
    assert!(names.len() > 5, "{what}: {names:?}");
    let numbers: Vec<usize> = names
        .iter()
        .map(|name| {
            let number = name.strip_prefix("box-").unwrap_or_default().parse();
            number.unwrap_or_else(|_| panic!("{what}: a blank among {names:?}"))
        })
        .collect();
    for pair in numbers.windows(2) {
        assert_eq!(
            pair[1],
            pair[0] + 1,
            "{what}: a row is missing in {names:?}"
        );
    }
    numbers[numbers.len() - 1]
}

#[tokio::test]
async fn scroll_without_a_blank() {
    let server = Scripted::new()
        .on("GET /info", Reply::json("{}"))
        .on("GET /events", Reply::chunked_open(&[]))
        .on("GET /containers/json", Reply::json(containers()))
        .on("GET /images/json", Reply::json("[]"))
        .start()
        .unwrap();
    let app = App::start(Start {
        extra_env: vec![("DOCKER_HOST", server.host())],
        ..Start::default()
    })
    .await;
    app.read("6,666 running, 3,334 stopped").await;
    let list = app.see("grid", "Containers").await;
    let counted = list.attr("aria-rowcount").await.unwrap();
    assert_eq!(counted.as_deref(), Some("10001"), "with the head");
    whole(&in_sight(&app).await, "the beginning");

    // By keys, from a row.
    for _ in 0..40 {
        if app.focused().await.starts_with("tr box-00000") {
            break;
        }
        app.key(Key::Tab).await;
    }
    for page in 0..40 {
        app.key(Key::PageDown).await;
        whole(&in_sight(&app).await, &format!("page {page}"));
    }

    // From one end to the other, and back.
    for _ in 0..2 {
        app.key(Key::End).await;
        app.until("End does not lead to the last row", async || {
            in_sight(&app).await.last() == Some(&format!("box-{:05}", MANY - 1))
        })
        .await;
        whole(&in_sight(&app).await, "after End");
        app.key(Key::Home).await;
        app.until("Home does not lead to the first row", async || {
            in_sight(&app).await.first().map(String::as_str) == Some("box-00000")
        })
        .await;
        whole(&in_sight(&app).await, "after Home");
    }

    // By a wheel, as fast as it turns: whenever one looks, the rows are there.
    let mut last = whole(&in_sight(&app).await, "before the wheel");
    xdotool(app.display(), &["mousemove", "700", "500"]);
    for turn in 0..40 {
        xdotool(
            app.display(),
            &["click", "--repeat", "12", "--delay", "5", "5"],
        );
        let now = whole(&in_sight(&app).await, &format!("turn {turn}"));
        assert!(now >= last, "the wheel goes down: {last}, then {now}");
        last = now;
    }
    assert!(last > 360, "the wheel moved the list: {last}");
    app.show("ten-thousand").await;

    // By the bar, anywhere at once.
    for place in [0.5, 0.1, 0.999, 0.33] {
        let script = "const wrap = document.querySelector('main table').parentElement; \
            wrap.scrollTop = arguments[0] * (wrap.scrollHeight - wrap.clientHeight)";
        app.client
            .execute(script, vec![json!(place)])
            .await
            .unwrap();
        whole(&in_sight(&app).await, &format!("at {place}"));
    }

    // And what is asked for among them is found.
    app.fill("Find by name or image", "box-0777").await;
    app.until("ten are left", async || {
        let left = in_sight(&app).await;
        left.iter()
            .filter(|name| name.starts_with("box-0777"))
            .count()
            == 10
    })
    .await;
    app.close().await;
}
