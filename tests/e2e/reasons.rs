//! What a beginner wonders at: a shell that ends at once, and a page that does not come.

use slipway_lab::{Kind, Lab};

use slipway_window::App;

#[tokio::test]
async fn a_shell_without_a_terminal_says_so_and_is_run_again_with_one() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::Docker20).unwrap();
    engine.load_image("ubuntu").unwrap();
    let app = App::on(&engine).await;
    app.read("No containers yet").await;
    app.ctrl('k').await;
    app.fill(
        "Search, or paste a docker command",
        "docker run --name shell ubuntu",
    )
    .await;
    app.click("button", "~Open in the form").await;
    app.see("dialog", "Run an image").await;
    app.run().await;
    app.gone("dialog", "Run an image").await;
    app.click("tab", "Output").await;
    app.read("It ended at once, because it had no terminal")
        .await;
    app.picture("no-terminal");
    app.click("button", "What to do").await;
    app.click("button", "~Run it again with a terminal").await;
    app.until("it does not run", async || {
        let words = ["ps", "--format", "{{.Names}}"];
        slipway_window::cli(&engine, &words) == ["shell"]
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn a_page_that_is_served_to_its_container_alone_says_so() {
    let Some(lab) = Lab::here().unwrap() else {
        return;
    };
    let engine = lab.fresh(Kind::DockerNewest).unwrap();
    engine.load_image("python:3.8.12-slim").unwrap();
    let serve = [
        "run",
        "-d",
        "--name",
        "inward",
        "-p",
        "127.0.0.1::8000",
        "python:3.8.12-slim",
        "python3",
        "-m",
        "http.server",
        "8000",
        "--bind",
        "127.0.0.1",
    ];
    engine.docker(&serve).unwrap().ok().unwrap();
    let app = App::on(&engine).await;
    app.click("link", "inward").await;
    app.click("tab", "~Preview").await;
    app.read("The program listens only inside its container")
        .await;
    app.read("0.0.0.0").await;
    app.picture("listens-inside");
    app.close().await;
}
