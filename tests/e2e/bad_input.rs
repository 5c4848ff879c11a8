//! What cannot be right is said at its field, nothing is sent, and nothing typed is lost.

use slipway_lab::{Kind, Lab};

use slipway_window::{App, cli};

#[tokio::test]
async fn the_run_dialog_says_what_is_wrong() {
    let lab = Lab::up().unwrap();
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("flask_app_df").unwrap();
    let app = App::on(&engine).await;
    app.open_run("flask_app_df").await;
    app.read("EXPOSE 5050").await;

    let long = "x".repeat(300);
    for (field, bad) in [
        ("Name", "Über name"),
        ("Name", "../x?force=1"),
        ("Name", "<img src=x onerror=alert(1)>"),
        ("Name", "\u{202e}gpj.exe"),
        ("Name", long.as_str()),
        ("~Port on this computer", "70000"),
        ("~Port on this computer", "abc"),
    ] {
        let before = app.value(field).await;
        app.fill(field, bad).await;
        app.until(&format!("nothing is said of {field} {bad:?}"), async || {
            app.field(field)
                .await
                .attr("aria-invalid")
                .await
                .unwrap()
                .as_deref()
                == Some("true")
        })
        .await;
        assert_eq!(app.value(field).await, bad, "what was typed stays");
        let run = app.see("button", "Run").await;
        let disabled = run.attr("aria-disabled").await.unwrap();
        assert_eq!(disabled.as_deref(), Some("true"), "{bad:?} cannot be sent");
        run.click().await.unwrap();
        assert!(
            !app.all("dialog", Some("Run an image")).await.is_empty(),
            "{bad:?} was sent"
        );
        app.fill(field, &before).await;
    }
    assert!(cli(&engine, &["ps", "-aq"]).is_empty(), "nothing was sent");
    app.close().await;
}

#[tokio::test]
async fn the_pull_dialog_says_what_is_wrong() {
    let lab = Lab::up().unwrap();
    let engine = lab.fresh(Kind::Docker20).unwrap();
    let app = App::on(&engine).await;
    app.go("Images").await;
    app.click("button", "Pull an image").await;
    let long = "x".repeat(300);
    for bad in [
        "Ubuntu",
        "../x?force=1",
        "<b>x</b>",
        "ubuntu\u{202e}",
        long.as_str(),
        "a b",
    ] {
        app.fill("Image", bad).await;
        app.until(&format!("nothing is said of {bad:?}"), async || {
            app.field("Image")
                .await
                .attr("aria-invalid")
                .await
                .unwrap()
                .as_deref()
                == Some("true")
        })
        .await;
        assert_eq!(app.value("Image").await, bad);
    }
    app.close().await;
}
