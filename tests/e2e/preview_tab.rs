//! The Preview tab: which page it shows and where that is, and what it says of what it does not show.

use fantoccini::{Client, Locator};
use slipway_lab::left_out;
use slipway_window::{App, Start};

use crate::http_page::{HttpPage, Served};
use crate::preview::serving;

const START: &str =
    "<!doctype html><title>The first page</title><h1>first</h1><a id=on href=/second>on</a>";

const OTHERS: &[Served] = &[(
    "/second",
    "Content-Type: text/html\r\n",
    "<!doctype html><title>The second page</title><h1>second</h1><a id=out href='http://docs.example/start'>out</a> \
     <p style='width: 3000px; height: 3000px'>large</p>",
)];

/// The app on an engine whose one container is open there, with its Preview tab on screen.
async fn tab(open: &[(&str, u16)]) -> (App, slipway_lab::scripted::ScriptedServer) {
    let server = serving(open);
    let app = App::start(Start {
        extra_env: vec![("DOCKER_HOST", server.host())],
        ..Start::default()
    })
    .await;
    app.click("link", "page").await;
    app.click("tab", "~Preview").await;
    (app, server)
}

/// Does something in the page that the preview shows.
async fn in_page<T>(app: &App, work: impl AsyncFnOnce(&Client) -> T) -> T {
    let main = app.client.window().await.unwrap();
    for handle in app.client.windows().await.unwrap() {
        if handle == main {
            continue;
        }
        app.client.switch_to_window(handle).await.unwrap();
        let done = work(&app.client).await;
        app.client.switch_to_window(main).await.unwrap();
        return done;
    }
    app.give_up("there is no preview").await;
}

/// Clicks in the page that the preview shows.
async fn click_in_page(app: &App, selector: &str) {
    in_page(app, async |page: &Client| {
        let link = page.find(Locator::Css(selector)).await.unwrap();
        link.click().await.unwrap();
    })
    .await;
}

/// Waits until the preview is as large as the place that its tab has for it, and covers nothing beside it.
async fn fills_its_place(app: &App) {
    let place = "const { width, height } = document.querySelector('.guest').getBoundingClientRect(); \
        return [width, height].map(Math.round)";
    let what = "the preview is not as large as its place";
    app.until(what, async || {
        let place = app.client.execute(place, vec![]).await.unwrap();
        let page = in_page(app, async |page: &Client| {
            let size = page.execute("return [innerWidth, innerHeight]", vec![]);
            size.await.unwrap()
        })
        .await;
        place == page
    })
    .await;
}

/// Waits until the preview's page says `text`.
async fn shows(app: &App, text: &str) {
    app.until(&format!("the preview does not show {text}"), async || {
        app.preview_text().await.contains(text)
    })
    .await;
}

async fn address_is(app: &App, address: &str) {
    app.until(&format!("the address is not {address}"), async || {
        app.value("Address").await == address
    })
    .await;
}

#[tokio::test]
async fn the_address_follows_the_page_and_leads_back() {
    let page = HttpPage::serve_at("127.0.0.1", START, OTHERS);
    let (app, _server) = tab(&[("127.0.0.1", page.port)]).await;
    let base = format!("http://127.0.0.1:{}", page.port);
    shows(&app, "first").await;
    app.read("The first page").await;
    app.read("200 OK").await;
    address_is(&app, &base).await;

    click_in_page(&app, "#on").await;
    shows(&app, "second").await;
    address_is(&app, &format!("{base}/second")).await;

    // The address that it began with, typed, leads there and does not load the second page again.
    app.fill("Address", &format!("{base}/")).await;
    app.press("\u{e007}").await;
    shows(&app, "first").await;
    address_is(&app, &base).await;
    app.click("button", "Back").await;
    shows(&app, "second").await;
    app.fill("Address", "/second?x=1").await;
    app.press("\u{e007}").await;
    address_is(&app, &format!("{base}/second?x=1")).await;
    app.close().await;
}

#[tokio::test]
async fn what_the_page_may_not_do_is_said() {
    let page = HttpPage::serve_at("127.0.0.1", START, OTHERS);
    let (app, _server) = tab(&[("127.0.0.1", page.port)]).await;
    shows(&app, "first").await;
    click_in_page(&app, "#on").await;
    shows(&app, "second").await;
    click_in_page(&app, "#out").await;
    app.read("wanted to go to http://docs.example/start").await;
    app.see("button", "Open in the browser").await;
    fills_its_place(&app).await;
    app.show("preview-elsewhere").await;
    assert!(
        app.preview_text().await.contains("second"),
        "it stays where it is"
    );
    // Another page, and what the one before wanted no longer matters.
    app.fill("Address", "/").await;
    app.press("\u{e007}").await;
    shows(&app, "first").await;
    app.until("it is still said", async || {
        !app.text().await.contains("The page wanted")
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn a_page_of_another_address_is_left_to_the_browser() {
    // Nobody's but this computer's, yet not the one that the preview shows, as that of another computer.
    let page = HttpPage::serve_at("127.0.0.2", START, OTHERS);
    let (app, _server) = tab(&[("127.0.0.2", page.port)]).await;
    app.see("heading", "Pages of 127.0.0.2 open in the browser")
        .await;
    app.read("only what is published on this computer’s own address")
        .await;
    app.read(&format!("{} on 127.0.0.2 is 80 in page", page.port))
        .await;
    assert!(!app.can_press("Open in its own window").await);
    assert_eq!(
        app.all("button", Some("Open in the browser")).await.len(),
        2
    );
    assert!(app.all("dialog", None).await.is_empty(), "no failure");
    assert_eq!(app.client.windows().await.unwrap().len(), 1);
    app.show("preview-not-here").await;
    app.close().await;
}

#[tokio::test]
async fn a_page_on_the_other_loopback_address_is_shown() {
    if std::net::TcpListener::bind(("::1", 0)).is_err() {
        return left_out("a page on ::1", "this machine has no IPv6").unwrap();
    }
    let page = HttpPage::serve_at("::1", START, OTHERS);
    let (app, _server) = tab(&[("::1", page.port)]).await;
    shows(&app, "first").await;
    address_is(&app, &format!("http://[::1]:{}", page.port)).await;
    app.close().await;
}

#[tokio::test]
async fn each_of_many_ports_can_be_chosen() {
    let page = HttpPage::serve_at("127.0.0.1", START, OTHERS);
    let mut open: Vec<(&str, u16)> = (1..=9).map(|port| ("127.0.0.1", port)).collect();
    // The same port at a second address is the same page.
    open.push(("192.0.2.1", page.port));
    open.push(("127.0.0.1", page.port));
    let (app, _server) = tab(&open).await;
    let list = app.field("Port").await;
    let each = list.find_all(Locator::Css("option")).await.unwrap();
    assert_eq!(each.len(), 10);
    each.last().unwrap().click().await.unwrap();
    shows(&app, "first").await;
    app.close().await;
}
